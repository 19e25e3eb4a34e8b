//! Papers over several cases that leave the store: logs and reports. Their entry is the store's, since they are of no
//! one case.

use crate::event::{Event, Turn};
use crate::ids::Hash;
use crate::refusal::Refusal;
use crate::words::Words;

use super::freeze::not_frozen;
use super::{Now, signed_in};

/// What to record where such a paper is saved outside the store: its name, SHA-256 of the file, and the folder.
///
/// # Errors
/// - If who saves it is not signed in.
/// - If the computer is frozen by a HALT.
pub fn save(name: String, sha256: Hash, place: Words, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    signed_in(now)?;
    not_frozen(now.register)?;
    Ok(vec![Event::Turn(Turn::PaperSaved { name, sha256, place })])
}
