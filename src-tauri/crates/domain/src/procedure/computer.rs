//! A further designated computer of the school, registered by two people: cases go on there when the one before failed,
//! was seized or was replaced.

use crate::event::Event;
use crate::ids::PersonId;
use crate::pack::Stage;
use crate::people::Computer;
use crate::refusal::{Refusal, RefusalCode};

use super::freeze::not_frozen;
use super::{Now, release};

/// What to record where two people register a further computer.
///
/// # Errors
/// - If two people who are enrolled are not signed in, or it is one person twice.
/// - If the computer is frozen by a HALT.
/// - If a computer with this asset tag is registered, however it is written.
pub fn register(computer: Computer, with: PersonId, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    release::two_people(&with, now, Stage::Computer)?;
    not_frozen(now.register)?;
    let tag = written(computer.asset_tag.as_str());
    if now.register.computers().iter().any(|known| written(known.asset_tag.as_str()) == tag) {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::Computer));
    }
    Ok(vec![Event::ComputerRegistered { computer, with: Some(with) }])
}

/// A tag as it is compared: two labels that differ in case or blanks only would be taken for one another.
fn written(tag: &str) -> String {
    tag.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect()
}
