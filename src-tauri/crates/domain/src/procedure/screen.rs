//! Pictures of a screen or a window outside the evidence browser. The gate is answered before it is shot, and stands for
//! that screen or window alone.

use crate::case::Case;
use crate::event::Event;
use crate::event::capture::screen::ScreenFacts;
use crate::event::capture::{Exhibit, ExhibitFile, ExhibitKind, Shows};
use crate::pack::{PolicyPack, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::permit::CapturePermit;
use super::{Now, gate, review};

/// A screen or window as it was shot, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenDraft {
    /// A few words.
    pub title: Words,
    /// The nature of the content.
    pub nature: Words,
    /// The reason for concern.
    pub concern: Words,
    /// One picture.
    pub files: Vec<ExhibitFile>,
    /// What is known of it.
    pub facts: ScreenFacts,
}

/// Whether the names of screens and windows may be asked for, to choose one from. A name may tell what nobody needs to
/// know, so they are told where a capture could follow and nowhere else.
///
/// # Errors
/// - If HALT stands, or capture is forbidden for the category.
/// - If the person concerned is signed in.
/// - If no session runs with both people signed in, or it is paused.
pub fn may_choose(case: &Case, pack: &PolicyPack, now: &Now<'_>) -> Result<(), Refusal> {
    review::may_capture(case, now)?;
    if gate::forbids_capture(case, pack) {
        return Err(Refusal::new(RefusalCode::CaptureForbidden, Stage::Review));
    }
    Ok(())
}

/// The entry for a screen or window that the gate allowed. The permit is consumed when the store keeps the bytes.
///
/// # Errors
/// - If HALT came in between.
/// - If the person concerned has signed in since.
/// - If the session has ended, or one of its people is no longer signed in.
/// - If it is not the screen or window that the gate was answered for, or its picture is not one view of the whole.
/// - If another exhibit took its mark in between.
pub fn exhibit(permit: &CapturePermit, case: &Case, draft: ScreenDraft, now: &Now<'_>) -> Result<Event, Refusal> {
    let session = review::may_capture(case, now)?;
    let is_for_it = case.id() == &permit.case && session.id == permit.session;
    if !is_for_it || !is_what_was_gated(permit, &draft) || case.has_mark(&permit.mark) {
        return Err(Refusal::new(RefusalCode::NotWhatWasGated, Stage::Review));
    }
    let said = (draft.title, draft.nature, draft.concern);
    let exhibit = Exhibit { screen: Some(draft.facts), ..permit.exhibit(said, draft.files, now.at) };
    Ok(Event::ExhibitKept { session: permit.session.clone(), exhibit: Box::new(exhibit) })
}

/// One picture of the whole, of the very surface, number and name that the gate was answered for.
fn is_what_was_gated(permit: &CapturePermit, draft: &ScreenDraft) -> bool {
    let Some(gated) = permit.screen.as_deref().filter(|_| permit.kind == ExhibitKind::Screen) else { return false };
    let [picture] = draft.files.as_slice() else { return false };
    draft.facts.of == *gated && matches!(picture.shows, Shows::View { offset: (0, 0), .. })
}
