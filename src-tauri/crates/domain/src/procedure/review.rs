//! The review: sessions of two signed-in people, what the browser did, and exhibits in words. Stage 5.

use crate::case::{Case, Session};
use crate::event::capture::{Exhibit, ExhibitFile, ExhibitKind, PageFacts, Shows};
use crate::event::course::PausedBy;
use crate::event::review::{ComputerCheck, SessionEnd, Visit};
use crate::event::{Event, Turn};
use crate::ids::{PersonId, SessionId};
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::permit::CapturePermit;
use super::{Now, WordsOnly, intake};

/// A capture as it came from the browser, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// A few words.
    pub title: Words,
    /// The nature of the content.
    pub nature: Words,
    /// The reason for concern.
    pub concern: Words,
    /// Its files; at least one view.
    pub files: Vec<ExhibitFile>,
    /// What is known of the page.
    pub page: PageFacts,
}

/// The entry for a capture that the gate allowed. The permit is consumed when the store keeps the bytes.
///
/// # Errors
/// - If HALT came in between.
/// - If the person concerned has signed in since.
/// - If the session has ended, or one of its people is no longer signed in.
/// - If there is no view, or the page asked for is not the one the gate was answered for.
/// - If another exhibit took its mark in between.
pub fn exhibit(permit: &CapturePermit, case: &Case, draft: Draft, now: &Now<'_>) -> Result<Event, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Review));
    let session = may_capture(case, now)?;
    let views = draft.files.iter().filter(|file| matches!(file.shows, Shows::View { .. })).count();
    let same_page = draft.page.shown.observed().is_none_or(|shown| shown == &permit.address);
    let is_page = matches!(permit.kind, ExhibitKind::Page | ExhibitKind::WholePage);
    let is_for_it = is_page && case.id() == &permit.case && session.id == permit.session;
    if !is_for_it || views == 0 || !same_page || case.has_mark(&permit.mark) {
        return refuse(RefusalCode::NotWhatWasGated);
    }
    let said = (draft.title, draft.nature, draft.concern);
    let exhibit = Exhibit {
        address: Some(permit.address.clone()),
        page: Some(draft.page),
        ..permit.exhibit(said, draft.files, now.at)
    };
    Ok(Event::ExhibitKept { session: permit.session.clone(), exhibit: Box::new(exhibit) })
}

/// Microseconds after which the observer has to confirm again: 15 minutes.
pub const CONFIRMED_FOR: i64 = 15 * 60 * 1_000_000;

/// The open session, where a capture may be made in it now.
///
/// # Errors
/// - If HALT stands or stood, the computer is frozen, or the person concerned is signed in.
/// - If no session is open with both people signed in, or it is paused.
pub(super) fn may_capture<'a>(case: &'a Case, now: &Now<'_>) -> Result<&'a Session, Refusal> {
    super::halt::no_capture(case)?;
    super::freeze::not_frozen(now.register)?;
    super::admitted(case, now)?;
    running(case, now)
}

/// The open session, both of whose people are signed in, and whose observer confirmed in time.
pub(super) fn running<'a>(case: &'a Case, now: &Now<'_>) -> Result<&'a Session, Refusal> {
    let session = both_here(case, now)?;
    let since = now.at.micros().saturating_sub(session.last_confirmed().micros());
    if session.is_paused || since > CONFIRMED_FOR {
        return Err(Refusal::new(RefusalCode::ReviewPaused, Stage::Review));
    }
    Ok(session)
}

/// The open session, both of whose people are signed in.
fn both_here<'a>(case: &'a Case, now: &Now<'_>) -> Result<&'a Session, Refusal> {
    let Some(session) = case.open_session() else {
        return Err(Refusal::opened_by(RefusalCode::NoSession, Stage::Review, Stage::Review));
    };
    if !now.is_signed_in(&session.operator) || !now.is_signed_in(&session.observer) {
        return Err(Refusal::new(RefusalCode::BothMustBeSignedIn, Stage::Review));
    }
    Ok(session)
}

pub(super) fn open_session(
    case: &Case,
    session: SessionId,
    operator: PersonId,
    observer: PersonId,
    check: ComputerCheck,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Review));
    intake::may_start(case, Stage::Review)?;
    if case.open_session().is_some() {
        return refuse(RefusalCode::SessionOpen);
    }
    // A view that is sealed was formed on what had been seen by then: the review is over.
    if case.finding().is_some() || case.sealed_views().next().is_some() {
        return refuse(RefusalCode::AlreadyDone);
    }
    if operator == observer {
        return refuse(RefusalCode::SamePerson);
    }
    let member = |person: &PersonId| {
        case.group().is_some_and(|group| group.members.iter().any(|member| &member.person == person))
    };
    if !member(&operator) || !member(&observer) {
        return refuse(RefusalCode::TwoNeeded);
    }
    if !now.is_signed_in(&operator) || !now.is_signed_in(&observer) {
        return refuse(RefusalCode::TwoNeeded);
    }
    if case.computer().is_none_or(|(_, computer, _)| computer.asset_tag != check.asset_tag) {
        return refuse(RefusalCode::WrongComputer);
    }
    if !check.halt_key_tried {
        return refuse(RefusalCode::HaltKeyUntried);
    }
    Ok(vec![Event::SessionOpened { session, operator, observer, check }])
}

pub(super) fn confirm(case: &Case, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    let session = both_here(case, now)?;
    if &session.observer != now.by {
        return Err(Refusal::new(RefusalCode::ObserverOnly, Stage::Review));
    }
    Ok(vec![Event::ObserverConfirmed { session: session.id.clone() }])
}

/// Pauses: nothing is captured until the observer confirms.
pub(super) fn pause(case: &Case, because: PausedBy) -> Result<Vec<Event>, Refusal> {
    let Some(session) = case.open_session() else {
        return Err(Refusal::opened_by(RefusalCode::NoSession, Stage::Review, Stage::Review));
    };
    if session.is_paused {
        return Err(Refusal::new(RefusalCode::AlreadyDone, Stage::Review));
    }
    Ok(vec![Event::Turn(Turn::ReviewPaused { session: session.id.clone(), because })])
}

/// Operator and observer change places, in an entry.
pub(super) fn change_roles(case: &Case, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    let session = running(case, now)?;
    if &session.observer != now.by && &session.operator != now.by {
        return Err(Refusal::new(RefusalCode::TwoNeeded, Stage::Review));
    }
    let (operator, observer) = (session.observer.clone(), session.operator.clone());
    Ok(vec![Event::Turn(Turn::RolesChanged { session: session.id.clone(), operator, observer })])
}

pub(super) fn record(case: &Case, visits: Vec<Visit>) -> Result<Vec<Event>, Refusal> {
    // Visits belong to the session they were made in, also where they arrive when it has just ended.
    let Some(session) = case.sessions().last() else {
        return Err(Refusal::opened_by(RefusalCode::NoSession, Stage::Review, Stage::Review));
    };
    let event = |visit| Event::Visited { session: session.id.clone(), visit };
    Ok(visits.into_iter().map(event).collect())
}

pub(super) fn record_fault(case: &Case, because: String) -> Result<Vec<Event>, Refusal> {
    let Some(session) = case.sessions().last() else {
        return Err(Refusal::opened_by(RefusalCode::NoSession, Stage::Review, Stage::Review));
    };
    Ok(vec![Event::CaptureFailed { session: session.id.clone(), because }])
}

pub(super) fn keep_words(case: &Case, words: WordsOnly, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    // Under HALT an address may still be put down; it belongs to the session that was cut short.
    let session = match (case.last_halt(), case.sessions().last()) {
        (Some(_), Some(session)) => session,
        (Some(_) | None, _) => both_here(case, now)?,
    };
    let person =
        now.register.person(&session.operator).ok_or(Refusal::new(RefusalCode::UnknownPerson, Stage::Review))?;
    let exhibit = Exhibit {
        mark: case.next_mark(&person.initials),
        kind: words.kind(),
        title: words.title,
        nature: words.nature,
        concern: words.concern,
        operator: session.operator.clone(),
        observer: session.observer.clone(),
        at: now.at,
        files: Vec::new(),
        page: None,
        gate: None,
        address: words.address,
        import: None,
        screen: None,
        thing: words.thing,
        marks: None,
    };
    Ok(vec![Event::ExhibitKept { session: session.id.clone(), exhibit: Box::new(exhibit) }])
}

pub(super) fn end_session(case: &Case, how: SessionEnd) -> Result<Vec<Event>, Refusal> {
    let Some(session) = case.open_session() else {
        return Err(Refusal::new(RefusalCode::NoSession, Stage::Review));
    };
    Ok(vec![Event::SessionEnded { session: session.id.clone(), how }])
}
