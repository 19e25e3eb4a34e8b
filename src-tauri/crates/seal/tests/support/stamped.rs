//! Documents signed by people whose time-stamps come from a real authority.

use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use trail_seal::sign::{Signer, sign_timed};
use trail_seal::stamp::{Question, Root, Stamp, receive};

use crate::document::{School, THREE};
use crate::stamper::Stamper;

/// The authority stamps by the real clock, so the people sign by it.
pub(crate) fn now() -> DateTime<Utc> {
    DateTime::<Utc>::from(SystemTime::now())
}

pub(crate) fn school() -> School {
    School::open_at(false, now() - TimeDelta::hours(1))
}

pub(crate) fn root(stamper: &Stamper) -> Root {
    Root::from_pem(&stamper.root_pem()).unwrap()
}

/// Signs with whatever stamp there is.
pub(crate) fn signed(
    school: &School,
    pdf: &[u8],
    place: usize,
    mut stamp: impl FnMut(&[u8]) -> Option<Stamp>,
) -> Vec<u8> {
    let signer = Signer { at: now(), ..school.signer(place) };
    sign_timed(pdf, Some(THREE[place]), &signer, &school.fonts, &school.rng, &mut stamp).unwrap().0
}

pub(crate) fn stamped_by<'a>(stamper: &'a Stamper, school: &'a School) -> impl FnMut(&[u8]) -> Option<Stamp> + 'a {
    move |value| {
        let question = Question::of(value, &school.rng).unwrap();
        Some(receive(&question, &stamper.reply(question.der()), &root(stamper), now()).unwrap())
    }
}
