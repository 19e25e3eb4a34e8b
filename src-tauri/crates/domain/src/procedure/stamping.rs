//! The time-stamp authorities of the school: two people choose them, or that nobody is asked.

use crate::event::keeping::TimeAuthority;
use crate::event::{Event, Turn};
use crate::ids::PersonId;
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};

use super::freeze::not_frozen;
use super::{Now, release};

/// The most authorities: one, and another where the first is not reached.
pub const MOST: usize = 2;

/// What to record where two people choose which authorities are asked for each signature from here on.
///
/// # Errors
/// - If two people who are enrolled are not signed in, or it is one person twice.
/// - If the computer is frozen by a HALT.
/// - If there are more than [`MOST`], or one stands there twice, or they are those that are asked already.
pub fn set(authorities: Vec<TimeAuthority>, with: PersonId, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    release::two_people(&with, now, Stage::SignOff)?;
    not_frozen(now.register)?;
    let is_twice = matches!(authorities.as_slice(), [first, second] if first.address == second.address);
    if authorities.len() > MOST || is_twice || authorities == now.register.time_authorities() {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::SignOff));
    }
    Ok(vec![Event::Turn(Turn::TimeAuthoritiesSet { authorities, with })])
}
