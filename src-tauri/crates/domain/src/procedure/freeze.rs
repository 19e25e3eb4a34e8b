//! The frozen computer. While a HALT stands that the computer was not released from, the store takes only what has to
//! be recorded of it, in every case of the store: whatever else is written changes what the police will look at.

use crate::case::Case;
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};
use crate::register::Register;

use super::Command;
use super::halt::goes_on_in_words;

/// Kinds of entries that a frozen store takes. The database holds the same list.
///
/// Coming and going, what is noticed on the way, and a restored store's first entry; of a case, HALT, the end of a
/// session with what the browser did until then, referral, isolation, custody, clocks, words, and both releases.
/// Exhibits and documents among them are of words alone: the rules of HALT see to that.
pub const TAKEN: [&str; 27] = [
    "signed-in",
    "signed-out",
    "wrong-passphrases",
    "clock-set-back",
    "anchor-broken",
    "anchor-accepted",
    "migrated",
    "restored",
    "exhibits-left-out",
    "halted",
    "session-ended",
    "visited",
    "capture-failed",
    "gate-answered",
    "exhibit-kept",
    "document-made",
    "document-signed",
    "copy-saved",
    "isolated",
    "referred",
    "custody-recorded",
    "note-added",
    "clock-started",
    "child-safety-answered",
    "rerouted",
    "computer-released",
    "case-released",
];

/// Refuses where the computer is frozen.
///
/// # Errors
/// - If a HALT stands on this computer, and the police have not released it.
pub fn not_frozen(register: &Register) -> Result<(), Refusal> {
    if register.is_frozen() { Err(Refusal::new(RefusalCode::Frozen, Stage::Isolation)) } else { Ok(()) }
}

/// Refuses whatever a frozen computer does not take.
pub(super) fn look(case: &Case, command: &Command, register: &Register) -> Result<(), Refusal> {
    // An address is kept in words where HALT was pressed; in another case that would be a review that goes on.
    let reviews = matches!(command, Command::KeepWords(_)) && case.halt().is_none();
    let taken = matches!(command, Command::Halt(..)) || (goes_on_in_words(case, command) && !reviews);
    if taken { Ok(()) } else { not_frozen(register) }
}
