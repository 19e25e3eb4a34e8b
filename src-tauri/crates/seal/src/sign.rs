//! Signing: PAdES baseline B-B, or B-T with a time-stamp; one incremental update for each signature.
//!
//! **Only a document that our own code wrote is ever signed**: everything the verifier asks of a
//! document is asked here too, before the next signature is added.

pub(crate) mod cms;

mod appearance;
mod stages;

use std::borrow::Cow;

use chrono::{DateTime, SubsecRound, Utc};
use ring::rand::SecureRandom;

use crate::authority::{Certificate, FormKey, KeyError, sign_message};
use crate::form::inscription::Inscribed;
use crate::form::{Fonts, time};
use crate::stamp::{Stamp, Stamped};
use crate::verify::base::Field;
use crate::verify::inspect::{Inspection, inspect};
use crate::verify::revision::{self, Before, Composed, ROOM, STAMPED_ROOM, Words};
use crate::verify::value::{Dict, Value};

pub use stages::{First, Form, Second, Stage, Unsigned, Whole, sign_one};

/// The field of the person who signs the whole off.
const SIGN_OFF: &str = "head";

/// The person who signs, and what the signature says.
#[derive(Debug, Clone, Copy)]
pub struct Signer<'a> {
    /// The person's key.
    pub key: &'a FormKey,
    /// The certificate that says whose key it is.
    pub certificate: &'a Certificate,
    /// The certificate of the school's authority that issued it.
    pub authority: &'a Certificate,
    /// The person's name, as in the certificate.
    pub name: &'a str,
    /// The person's position, as in the certificate.
    pub position: &'a str,
    /// What the signature is for. For the headteacher this is the decision.
    pub reason: &'a str,
    /// Where it was signed.
    pub location: &'a str,
    /// When it was signed, by this computer's clock.
    pub at: DateTime<Utc>,
    /// How the time is known, as it stands in the signature's box.
    pub time_note: &'a str,
}

/// Fills the named field with a signature and gives the whole new file.
///
/// # Errors
///
/// - If the file is not one that Evidence Trail wrote, or not as it was after its last signature.
/// - If the field is not the next to be signed.
/// - If the certificate is not the signer's, was not issued by the authority, is not valid at the
///   time, or another authority vouches for the signatures before.
/// - If the person has signed this file before.
/// - If the source of randomness fails.
pub fn sign(
    pdf: &[u8],
    field: &str,
    signer: &Signer<'_>,
    fonts: &Fonts,
    rng: &dyn SecureRandom,
) -> Result<Vec<u8>, SignError> {
    let seen = ready(pdf, Some(field), signer)?;
    add(pdf, &seen, signer, fonts, rng)
}

/// Why a file was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The file was not written by this program, or was changed since.
    #[error("This file is not as Evidence Trail made it, so it was not signed. Make the document again from the case.")]
    NotOurs,
    /// A signature before this one does not hold.
    #[error("A signature in this file does not hold, so no other was added. Make the document again from the case.")]
    Broken,
    /// It is another person's turn.
    #[error("The next signature belongs in the field “{next}”. Ask that person to sign first.")]
    Order {
        /// The field to be signed next.
        next: String,
    },
    /// Nothing is left to sign.
    #[error("Every signature is there. To change the document, make its next edition.")]
    Complete,
    /// The certificate does not belong to the signer.
    #[error("The certificate does not belong to {name}. Have the school's authority issue a new one.")]
    WrongPerson {
        /// The signer's name.
        name: String,
    },
    /// The school's authority did not issue the certificate, or not for this time.
    #[error(
        "The school's authority does not vouch for this certificate at this time. Check this computer's clock, then have a new certificate issued."
    )]
    NotVouchedFor,
    /// The signatures before were vouched for by another authority.
    #[error("The signatures in this file come from another school's authority. Make the document again from the case.")]
    OtherAuthority,
    /// One person may sign a file once.
    #[error("{name} has signed this file already. Another person must sign here.")]
    Twice {
        /// The signer's name.
        name: String,
    },
    /// The letters of the signature's box could not be drawn.
    #[error("The signature could not be drawn. Install Evidence Trail again.")]
    Lettering,
    /// The certificates are too long.
    #[error("The certificates are too long for the signature's place. Shorten the names in them.")]
    Room,
    /// The key failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The signature could not be put together.
    #[error("The signature could not be put together: {0}. Try again; if it happens again, report it.")]
    Encoding(#[from] der::Error),
}

/// As [`sign`]; and before the signature is written, `stamp` is asked for a time-stamp of its value, which goes in with
/// it. If it has none, the file is signed without, byte for byte as [`sign`] does. With no field's name it is the only
/// one of the document. Says what the time-stamp says.
///
/// # Errors
///
/// - If [`sign`] refuses.
/// - If no field is named, and the document has another number of fields than one.
pub fn sign_timed(
    pdf: &[u8],
    field: Option<&str>,
    signer: &Signer<'_>,
    fonts: &Fonts,
    rng: &dyn SecureRandom,
    stamp: &mut dyn FnMut(&[u8]) -> Option<Stamp>,
) -> Result<(Vec<u8>, Option<Stamped>), SignError> {
    let seen = ready(pdf, field, signer)?;
    let draft = draft(&seen, signer, fonts)?;
    match stamped(pdf, &draft, signer, rng, stamp)? {
        Some((bytes, says)) => Ok((bytes, Some(says))),
        None => Ok((filled(pdf, draft.composed(ROOM), signer, rng)?, None)),
    }
}

/// The document taken apart, once the signer may sign it next: in the named field, or in the only one of the document.
fn ready<'a>(pdf: &'a [u8], field: Option<&str>, signer: &Signer<'_>) -> Result<Inspection<'a>, SignError> {
    check_signer(signer)?;
    let seen = inspect(pdf).map_err(|_| SignError::NotOurs)?;
    check_file(&seen, signer)?;
    if field.is_none() && seen.fields().len() != 1 {
        return Err(SignError::NotOurs);
    }
    let next = seen.next_field().ok_or(SignError::Complete)?;
    if field.is_some_and(|field| next.name != field) {
        return Err(SignError::Order { next: next.name.clone() });
    }
    Ok(seen)
}

/// Adds the next signature without asking whether it may be there.
fn add(
    pdf: &[u8],
    seen: &Inspection<'_>,
    signer: &Signer<'_>,
    fonts: &Fonts,
    rng: &dyn SecureRandom,
) -> Result<Vec<u8>, SignError> {
    filled(pdf, draft(seen, signer, fonts)?.composed(ROOM), signer, rng)
}

/// A revision that lacks nothing but its signature.
struct Draft<'s, 'a> {
    before: Before<'s, 'a>,
    field: &'s Field<'a>,
    words: Words,
    parts: Vec<Value<'a>>,
}

impl Draft<'_, '_> {
    fn composed(&self, room: usize) -> Composed {
        revision::compose(&self.before, self.field.id, &self.field.dict, &self.words, &self.parts, room)
    }
}

fn draft<'s, 'a>(seen: &'s Inspection<'a>, signer: &Signer<'_>, fonts: &Fonts) -> Result<Draft<'s, 'a>, SignError> {
    let field = seen.next_field().ok_or(SignError::Complete)?;
    let before = seen.before().ok_or(SignError::NotOurs)?;
    let words = Words {
        at: signer.at.trunc_subsecs(0),
        name: signer.name.to_owned(),
        reason: signer.reason.to_owned(),
        location: signer.location.to_owned(),
    };
    let lines = lines(&field.name, signer, words.at);
    let parts = appearance::draw(fonts, &lines, size(&field.dict)?, before.appearance_id())?;
    if !revision::is_appearance(&parts, before.appearance_id()) {
        return Err(SignError::Lettering);
    }
    Ok(Draft { before, field, words, parts })
}

/// Appends the revision and writes its signature into the gap.
fn filled(pdf: &[u8], composed: Composed, signer: &Signer<'_>, rng: &dyn SecureRandom) -> Result<Vec<u8>, SignError> {
    let (digest, signature) = value(pdf, &composed, signer, rng)?;
    written(pdf, &composed, &cms::Signed { digest: &digest, signature: &signature, stamp: None }, signer)
}

/// The same with a time-stamp of the signature's value, if one is to be had.
fn stamped(
    pdf: &[u8],
    draft: &Draft<'_, '_>,
    signer: &Signer<'_>,
    rng: &dyn SecureRandom,
    stamp: &mut dyn FnMut(&[u8]) -> Option<Stamp>,
) -> Result<Option<(Vec<u8>, Stamped)>, SignError> {
    let composed = draft.composed(STAMPED_ROOM);
    let (digest, signature) = value(pdf, &composed, signer, rng)?;
    let Some(stamp) = stamp(&signature) else {
        return Ok(None);
    };
    let signed = cms::Signed { digest: &digest, signature: &signature, stamp: Some(stamp.token()) };
    Ok(Some((written(pdf, &composed, &signed, signer)?, stamp.says().clone())))
}

/// The digest that the revision comes to, and the signature's value.
fn value(
    pdf: &[u8],
    composed: &Composed,
    signer: &Signer<'_>,
    rng: &dyn SecureRandom,
) -> Result<([u8; 32], Vec<u8>), SignError> {
    let digest = revision::digest(pdf, &composed.bytes, &composed.gap);
    let message = cms::signed_bytes(&digest, signer.certificate)?;
    Ok((digest, sign_message(signer.key, &message, rng)?))
}

fn written(
    pdf: &[u8],
    composed: &Composed,
    signed: &cms::Signed<'_>,
    signer: &Signer<'_>,
) -> Result<Vec<u8>, SignError> {
    let cms = cms::encode(signed, signer.certificate, signer.authority)?;
    let figures = hex::encode_upper(&cms);
    let start = composed.gap.start + 1;
    let mut out = Vec::with_capacity(pdf.len() + composed.bytes.len());
    out.extend_from_slice(pdf);
    out.extend_from_slice(&composed.bytes);
    if cms.len() > cms::room(signed) {
        return Err(SignError::Room);
    }
    let place = out.get_mut(start..start + figures.len()).ok_or(SignError::Room)?;
    place.copy_from_slice(figures.as_bytes());
    Ok(out)
}

fn check_signer(signer: &Signer<'_>) -> Result<(), SignError> {
    let certificate = signer.certificate;
    let is_theirs = certificate.common_name() == signer.name
        && certificate.position().as_deref() == Some(signer.position)
        && certificate.public_key() == Some(signer.key.public());
    if !is_theirs {
        return Err(SignError::WrongPerson { name: signer.name.to_owned() });
    }
    let is_vouched_for = certificate.is_signer()
        && signer.authority.is_authority()
        && certificate.is_issued_by(signer.authority)
        && certificate.is_valid_at(signer.at)
        && signer.authority.is_valid_at(signer.at);
    if is_vouched_for { Ok(()) } else { Err(SignError::NotVouchedFor) }
}

fn check_file(seen: &Inspection<'_>, signer: &Signer<'_>) -> Result<(), SignError> {
    if !seen.base_holds() {
        return Err(SignError::NotOurs);
    }
    if !seen.signatures_hold() {
        return Err(SignError::Broken);
    }
    for parts in seen.parts() {
        if parts.authority != *signer.authority {
            return Err(SignError::OtherAuthority);
        }
        if parts.signer.public_key() == signer.certificate.public_key() {
            return Err(SignError::Twice { name: signer.name.to_owned() });
        }
    }
    Ok(())
}

fn lines<'a>(field: &str, signer: &Signer<'a>, at: DateTime<Utc>) -> Vec<Inscribed<'a>> {
    let plain = |words: Cow<'a, str>| Inscribed { words, is_bold: false };
    let mut lines = vec![
        Inscribed { words: Cow::Borrowed(signer.name), is_bold: true },
        plain(Cow::Borrowed("Signed electronically")),
    ];
    if field == SIGN_OFF {
        lines.push(plain(Cow::Borrowed(signer.reason)));
    }
    lines.push(plain(Cow::Owned(time::date_and_time(at))));
    lines.push(plain(Cow::Borrowed(signer.time_note)));
    let figures = signer.certificate.short_fingerprint();
    lines.push(plain(Cow::Owned(format!("Certificate {figures}"))));
    lines
}

/// Width and height of the field's rectangle in points.
fn size(field: &Dict<'_>) -> Result<(f32, f32), SignError> {
    let rect = field.get("Rect").and_then(Value::as_array).ok_or(SignError::NotOurs)?;
    let sides: Vec<f32> = rect.iter().filter_map(Value::as_f32).collect();
    let [left, bottom, right, top] = sides.as_slice() else {
        return Err(SignError::NotOurs);
    };
    let (width, height) = (right - left, top - bottom);
    let is_drawable = (20.0..2000.0).contains(&width) && (20.0..2000.0).contains(&height);
    if is_drawable { Ok((width, height)) } else { Err(SignError::NotOurs) }
}

#[cfg(test)]
mod tests;
