//! HALT in the core. Looked at before every command; nothing here can lift it.
//!
//! From the moment it is recorded, no permit for a picture is made in that case, whatever the variant, and only
//! words go on: addresses, custody, isolation, referral and the police referral record.

use crate::case::Case;
use crate::event::Event;
use crate::event::capture::{ExhibitKind, StoppedBy};
use crate::event::document::DocumentKind;
use crate::event::review::SessionEnd;
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
    Ok(ViewPermit { case: case.id().clone(), position: case.last() })
}

/// Refuses whatever would add, show, print or export a picture, or go on with the review, under HALT.
pub(super) fn look_first(case: &Case, command: &Command) -> Result<(), Refusal> {
    if case.halt().is_none() {
        return Ok(());
    }
    let words_only = match command {
        Command::Halt(..) => false,
        Command::KeepWords(words) => words.kind == ExhibitKind::AddressOnly,
        Command::MakeDocument(made) => made.kind == DocumentKind::Referral,
        Command::Sign(signed) => signed.kind == DocumentKind::Referral,
        Command::SaveCopy(sha256, _) => super::closing::is_referral(case, sha256),
        Command::Isolate(_)
        | Command::Refer(_)
        | Command::Custody(..)
        | Command::Note(_)
        | Command::Record(_)
        | Command::RecordFault(_)
        | Command::EndSession(_) => true,
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
        | Command::Retain(..)
        | Command::Correct(..)
        | Command::AskDestruction(..)
        | Command::AgreeDestruction(_) => false,
    };
    if words_only { Ok(()) } else { Err(refused()) }
}

/// Refuses under HALT.
pub(super) fn no_pictures(case: &Case) -> Result<(), Refusal> {
    if case.halt().is_some() { Err(refused()) } else { Ok(()) }
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
