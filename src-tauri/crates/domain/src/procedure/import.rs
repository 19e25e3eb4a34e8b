//! Imports: a file that somebody gave, kept byte for byte. The gate is answered before its bytes are read, and stands
//! for that file alone.

use crate::case::Case;
use crate::event::Event;
use crate::event::capture::{Exhibit, ExhibitFile, ExhibitKind, ImportFacts, Shows};
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::permit::CapturePermit;
use super::{Now, review};

/// A file as it was given, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportDraft {
    /// A few words.
    pub title: Words,
    /// The nature of the content.
    pub nature: Words,
    /// The reason for concern.
    pub concern: Words,
    /// The file as it came, and what was made from it to look at.
    pub files: Vec<ExhibitFile>,
    /// What is known of it.
    pub facts: ImportFacts,
}

/// The entry for an import that the gate allowed. The permit is consumed when the store keeps the bytes.
///
/// # Errors
/// - If HALT came in between.
/// - If the person concerned has signed in since.
/// - If the session has ended, or one of its people is no longer signed in.
/// - If it is not the file that the gate was answered for, or something in it is not made from that file.
/// - If another exhibit took its mark in between.
pub fn exhibit(permit: &CapturePermit, case: &Case, draft: ImportDraft, now: &Now<'_>) -> Result<Event, Refusal> {
    let session = review::may_capture(case, now)?;
    let is_for_it = case.id() == &permit.case && session.id == permit.session;
    if !is_for_it || !is_what_was_gated(permit, &draft) || case.has_mark(&permit.mark) {
        return Err(Refusal::new(RefusalCode::NotWhatWasGated, Stage::Review));
    }
    let said = (draft.title, draft.nature, draft.concern);
    let exhibit = Exhibit { import: Some(draft.facts), ..permit.exhibit(said, draft.files, now.at) };
    Ok(Event::ExhibitKept { session: permit.session.clone(), exhibit: Box::new(exhibit) })
}

/// One file as it came, of the name and size that the gate was answered for; all else is made from it.
fn is_what_was_gated(permit: &CapturePermit, draft: &ImportDraft) -> bool {
    let Some(gated) = permit.file.as_deref().filter(|_| permit.kind == ExhibitKind::Import) else { return false };
    let mut originals = draft.files.iter().filter(|file| file.shows == Shows::Original);
    let (Some(original), None) = (originals.next(), originals.next()) else { return false };
    let made_from_it = draft.files.iter().all(|file| match &file.shows {
        Shows::Original => true,
        Shows::Derived { from, .. } => from == &[original.sha256],
        Shows::View { .. } => false,
    });
    draft.facts.name == gated.name && original.bytes == gated.bytes && made_from_it
}
