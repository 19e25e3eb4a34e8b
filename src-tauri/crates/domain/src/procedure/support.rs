//! Where the school's staff find support after a review: two people say it, in words.

use crate::event::{Event, Turn};
use crate::ids::PersonId;
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::freeze::not_frozen;
use super::{Now, release};

/// The most contacts that are shown.
pub const MOST: usize = 10;
/// The longest contact, in characters.
pub const LONGEST: usize = 200;

/// Whether there are at most [`MOST`] contacts, each of at most [`LONGEST`] characters.
#[must_use]
pub fn fit(contacts: &[Words]) -> bool {
    contacts.len() <= MOST && contacts.iter().all(|contact| contact.as_str().chars().count() <= LONGEST)
}

/// What to record where two people say where this school's staff find support.
///
/// # Errors
/// - If two people who are enrolled are not signed in, or it is one person twice.
/// - If the computer is frozen by a HALT.
/// - If there are more than [`MOST`], one is longer than [`LONGEST`], or they are those that are shown already.
pub fn set(contacts: Vec<Words>, with: PersonId, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    release::two_people(&with, now, Stage::Review)?;
    not_frozen(now.register)?;
    if !fit(&contacts) || contacts == now.register.support() {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::Review));
    }
    Ok(vec![Event::Turn(Turn::SupportSet { contacts, with })])
}
