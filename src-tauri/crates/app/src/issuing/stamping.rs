//! The time of a signature: a time-stamp authority vouches for it, or the record says why none does.
//!
//! HALT goes before it: under HALT nobody is asked, and a press of HALT ends the asking at once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use trail_domain::case::Case;
use trail_domain::event::document::{SignatureField, SignatureTime};
use trail_domain::event::keeping::TimeAuthority;
use trail_domain::ids::Hash;
use trail_domain::time::Moment;
use trail_seal::form::Fonts;
use trail_seal::sign::{self, SignError, Signer};
use trail_seal::stamp::{Question, Stamp, receive};

use crate::app::App;
use crate::keeping::stamping::root_of;
use crate::ports::NoReply;
use crate::show::dates;

/// A signed file, and how the time of its newest signature is known where the school has an authority.
pub(super) struct Timed {
    pub(super) bytes: Vec<u8>,
    pub(super) time: Option<Box<SignatureTime>>,
}

/// What was received, and from where.
struct Received {
    address: String,
    reply: Vec<u8>,
}

impl App {
    /// Signs a document; asks the school's time-stamp authorities, first one, then the other, before the signature is
    /// written. With none of theirs it is signed without a time-stamp.
    pub(super) fn sign_in_time(
        &self,
        case: &Case,
        bytes: &[u8],
        field: SignatureField,
        signer: &Signer<'_>,
        fonts: &Fonts,
    ) -> Result<Timed, SignError> {
        let name = match field {
            SignatureField::Maker => None,
            SignatureField::First | SignatureField::Second | SignatureField::Head => {
                Some(crate::show::signing::field_id(field))
            }
        };
        let random = &self.ports.random;
        let authorities = self.desk().map(|desk| desk.register.time_authorities()).unwrap_or_default();
        let is_halted = case.halt().is_some() || self.not_frozen().is_err();
        if authorities.is_empty() || is_halted {
            let bytes = match name {
                None => sign::sign_one(bytes, signer, fonts, random)?,
                Some(name) => sign::sign(bytes, name, signer, fonts, random)?,
            };
            let why = || self.by_this_computer(case, &self.phrases.say("signature-time.halt", &[]));
            return Ok(Timed { bytes, time: (!authorities.is_empty()).then(why) });
        }
        let (mut received, mut faults) = (None, Vec::new());
        let mut ask = |value: &[u8]| self.stamp_of(value, authorities, signer, &mut received, &mut faults);
        let (bytes, says) = sign::sign_timed(bytes, name, signer, fonts, random, &mut ask)?;
        let time = match (says, received) {
            (Some(says), Some(received)) => Box::new(SignatureTime::Authority {
                name: says.by,
                address: received.address,
                at: Moment::from_micros(says.at.timestamp_micros()),
                root: Hash::new(says.root),
                reply: STANDARD.encode(received.reply),
            }),
            _ => self.by_this_computer(case, &faults.join("; ")),
        };
        Ok(Timed { bytes, time: Some(time) })
    }

    fn stamp_of(
        &self,
        value: &[u8],
        authorities: &[TimeAuthority],
        signer: &Signer<'_>,
        received: &mut Option<Received>,
        faults: &mut Vec<String>,
    ) -> Option<Stamp> {
        let stop = self.brake.stops();
        for authority in authorities {
            let asked = || -> Result<(Stamp, Vec<u8>), String> {
                let root = root_of(authority).map_err(|fault| fault.to_string())?;
                let question = Question::of(value, &self.ports.random).map_err(|fault| fault.to_string())?;
                let reply = self.ports.time_stamps.ask(&authority.address, question.der(), &stop);
                let reply = reply.map_err(|none: NoReply| none.to_string())?;
                let stamp = receive(&question, &reply, &root, signer.at).map_err(|fault| fault.to_string())?;
                Ok((stamp, reply))
            };
            match asked() {
                Ok((stamp, reply)) => {
                    *received = Some(Received { address: authority.address.clone(), reply });
                    return Some(stamp);
                }
                Err(fault) => faults.push(format!("{}: {fault}", authority.address)),
            }
            if self.brake.is_pressed() {
                return None;
            }
        }
        None
    }

    /// What the record says where nobody but this computer's clock vouches for the time.
    fn by_this_computer(&self, case: &Case, why: &str) -> Box<SignatureTime> {
        let because = match case.sessions().last() {
            Some(session) => self.phrases.say(
                "signature-time.compared",
                &[
                    ("reference", session.check.reference_is.as_str()),
                    ("when", &dates::exact(session.check.reference)),
                    ("why", why),
                ],
            ),
            None => self.phrases.say("signature-time.not-compared", &[("why", why)]),
        };
        Box::new(SignatureTime::Computer { because })
    }
}
