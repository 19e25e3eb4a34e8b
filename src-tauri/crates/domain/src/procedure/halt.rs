//! HALT in the core. Looked at before every command; nothing here can lift it.
//!
//! From the moment it is recorded, no permit for a picture is made in that case, whatever the variant, and only
//! words go on: addresses, custody, isolation, referral and the police referral record. The police can release the
//! case (`release`): then only exhibits that they name as not illegal are seen again, and nothing is ever captured.

use crate::case::{Case, Document, Stamp};
use crate::event::Event;
use crate::event::capture::{Exhibit, ExhibitKind, StoppedBy};
use crate::event::document::DocumentKind;
use crate::event::review::SessionEnd;
use crate::ids::{Hash, SessionId};
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};

use super::permit::ViewPermit;
use super::{Command, Now};

/// Leave to show, print or bind this case's pictures now.
///
/// # Errors
/// - If HALT stands in the case.
/// - If who acts is not signed in, or the subject is.
pub fn permit_view(case: &Case, now: &Now<'_>) -> Result<ViewPermit, Refusal> {
    no_pictures(case)?;
    super::admitted(case, now)?;
    let unsealed = case.was_halted().then(|| unsealed(case));
    Ok(ViewPermit { case: case.id().clone(), position: case.last(), unsealed })
}

/// The files of exhibits that were unsealed, but for those that a sealed exhibit has too.
fn unsealed(case: &Case) -> Vec<Hash> {
    let (sealed, open): (Vec<_>, Vec<_>) = case.exhibits().iter().partition(|(_, _, exhibit)| case.is_sealed(exhibit));
    let files = |exhibits: Vec<&(Stamp, SessionId, Exhibit)>| -> Vec<Hash> {
        exhibits.into_iter().flat_map(|(_, _, exhibit)| exhibit.files.iter().map(|file| file.sha256)).collect()
    };
    let sealed = files(sealed);
    files(open).into_iter().filter(|file| !sealed.contains(file)).collect()
}

/// Whether a document of the case may be read and saved: after a HALT no volume of exhibits from before it.
///
/// # Errors
/// - If HALT stands and it is not a police referral record.
/// - If it is a volume from before a HALT: what was sealed may be bound in it.
pub fn may_read(case: &Case, document: &Document) -> Result<(), Refusal> {
    let words_only = match document.made.kind {
        DocumentKind::Referral => return Ok(()),
        DocumentKind::Record => true,
        DocumentKind::Volume => false,
    };
    no_pictures(case)?;
    let from_before = case.last_halt().is_some_and(|halt| document.stamp.seq <= halt.stamp.seq);
    if from_before && !words_only { Err(refused()) } else { Ok(()) }
}

/// Refuses whatever would add, show, print or export a picture, or go on with the review, under HALT.
pub(super) fn look_first(case: &Case, command: &Command) -> Result<(), Refusal> {
    if case.halt().is_none() || goes_on_in_words(case, command) { Ok(()) } else { Err(refused()) }
}

/// Whether a command is of words alone, or of what has to be done with the computer: all that HALT leaves in its case,
/// and all that a frozen computer takes in any.
pub(super) fn goes_on_in_words(case: &Case, command: &Command) -> bool {
    match command {
        Command::Halt(..) => false,
        Command::KeepWords(words) => words.kind() == ExhibitKind::AddressOnly,
        Command::MakeDocument(made) => made.kind == DocumentKind::Referral,
        Command::Sign(signed) => signed.kind == DocumentKind::Referral,
        Command::SaveCopy(sha256, _) => super::closing::is_referral(case, sha256),
        Command::Isolate(_)
        | Command::Refer(_)
        | Command::Custody(..)
        | Command::Note(_)
        | Command::Record(_)
        | Command::RecordFault(_)
        | Command::EndSession(_)
        | Command::StartClock(..)
        | Command::AnswerChildSafe(..)
        | Command::ReleaseComputer(_)
        | Command::ReleaseCase(_) => true,
        Command::Preserve(_)
        | Command::FinishPreserve(_)
        | Command::Triage(..)
        | Command::AnswerHarmTest(_)
        | Command::FormGroup(..)
        | Command::ChooseComputer { .. }
        | Command::OpenSession { .. }
        | Command::Confirm
        | Command::SealView(_)
        | Command::Find(..)
        | Command::ChooseActions { .. }
        | Command::ReturnForm(_)
        | Command::Reroute(..)
        | Command::ChangeSubject(..)
        | Command::Involve(..)
        | Command::Log(..)
        | Command::ReplaceMember(..)
        | Command::ChangeComputer { .. }
        | Command::Pause(_)
        | Command::ChangeRoles
        | Command::LetThrough(_)
        | Command::DecideDisagreement(..)
        | Command::MoveAction(..)
        | Command::ReleaseAction(..)
        | Command::Reopen(..)
        | Command::PlaceHold(_)
        | Command::LiftHold(..)
        | Command::AnswerChart { .. }
        | Command::StopClock(..)
        | Command::NoteCopy(..)
        | Command::HandOver(_)
        | Command::ViewPicture(_)
        | Command::PrintExhibit(..)
        | Command::EndHandOver(..)
        | Command::Retain(..)
        | Command::Correct(..)
        | Command::AskDestruction(..)
        | Command::AgreeDestruction(_) => false,
    }
}

/// Refuses under HALT.
pub(super) fn no_pictures(case: &Case) -> Result<(), Refusal> {
    if case.halt().is_some() { Err(refused()) } else { Ok(()) }
}

/// Refuses for good once HALT was pressed in the case: no release brings capturing back.
pub(super) fn no_capture(case: &Case) -> Result<(), Refusal> {
    no_pictures(case)?;
    if case.was_halted() { Err(Refusal::new(RefusalCode::NoReviewAfterHalt, Stage::Review)) } else { Ok(()) }
}

/// HALT by any one signed-in person, at any stage. Ends the session that runs.
pub(super) fn halt(
    case: &Case,
    because: StoppedBy,
    address: Option<String>,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    no_pictures(case)?;
    let sealed = case.exhibits().iter().filter(|(_, _, exhibit)| !exhibit.files.is_empty());
    let mut events = vec![Event::Halted {
        by: now.by.clone(),
        because,
        address,
        sealed: sealed.map(|(_, _, exhibit)| exhibit.mark.clone()).collect(),
    }];
    if let Some(session) = case.open_session() {
        events.push(Event::SessionEnded { session: session.id.clone(), how: SessionEnd::Halted });
    }
    Ok(events)
}

const fn refused() -> Refusal {
    Refusal::new(RefusalCode::Halted, Stage::Review)
}
