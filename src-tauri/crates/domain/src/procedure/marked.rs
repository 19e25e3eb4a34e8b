//! Boxes and marks over a picture of the case: a derived exhibit. The original stays, and what is made says from which
//! file.

use crate::case::Case;
use crate::event::Event;
use crate::event::capture::{ExhibitFile, ExhibitKind, Shows};
use crate::ids::{Hash, PersonId};
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::Now;
use super::permit::CapturePermit;

/// What was drawn over, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedDraft {
    /// A few words.
    pub title: Words,
    /// What is covered or pointed out.
    pub nature: Words,
    /// Why.
    pub concern: Words,
    /// The picture; derived from the one that the permit is for.
    pub file: ExhibitFile,
}

/// Leave to keep one picture made from this file of the case. Whoever acts draws, another member of the group who is
/// signed in watches; the review need not be running, since copies for others are made after it.
///
/// # Errors
/// - If HALT stands, or stood: nothing more is made of that case's pictures.
/// - If the computer is frozen, or the person concerned is signed in.
/// - If who acts, or everybody else who is signed in, is not of the group.
/// - If no exhibit of the case has that picture.
pub fn permit(case: &Case, source: &Hash, now: &Now<'_>) -> Result<CapturePermit, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Review));
    super::halt::no_capture(case)?;
    super::freeze::not_frozen(now.register)?;
    super::admitted(case, now)?;
    let others = now.signed_in.iter().filter(|person| *person != now.by);
    let Some(observer) = others.into_iter().find(|person| is_member(case, person)).filter(|_| is_member(case, now.by))
    else {
        return refuse(RefusalCode::TwoNeeded);
    };
    let from = case.exhibits().iter().find(|(_, _, exhibit)| exhibit.files.iter().any(|file| is_source(file, source)));
    let Some((_, session, _)) = from else { return refuse(RefusalCode::NotWhatWasGated) };
    let person = now.register.person(now.by).ok_or(Refusal::new(RefusalCode::UnknownPerson, Stage::Review))?;
    Ok(CapturePermit {
        case: case.id().clone(),
        session: session.clone(),
        operator: now.by.clone(),
        observer: observer.clone(),
        kind: ExhibitKind::Marked,
        mark: case.next_mark(&person.initials),
        answers: None,
        address: source.to_string(),
        file: None,
        position: case.last(),
    })
}

fn is_member(case: &Case, person: &PersonId) -> bool {
    case.group().is_some_and(|group| group.members.iter().any(|member| &member.person == person))
}

fn is_source(file: &ExhibitFile, source: &Hash) -> bool {
    super::continuity::is_picture(file) && file.sha256 == *source
}

/// The entry for it. The permit is consumed when the store keeps the bytes.
///
/// # Errors
/// - If HALT came in between, the computer is frozen, or the person concerned has signed in since.
/// - If one of the two is no longer signed in, or no longer of the group.
/// - If it is not made from the file that the permit is for, or another exhibit was kept in between.
pub fn exhibit(permit: &CapturePermit, case: &Case, draft: MarkedDraft, now: &Now<'_>) -> Result<Event, Refusal> {
    super::halt::no_capture(case)?;
    super::freeze::not_frozen(now.register)?;
    super::admitted(case, now)?;
    let from_it = match &draft.file.shows {
        Shows::Derived { from, .. } => matches!(from.as_slice(), [from] if from.to_string() == permit.address),
        Shows::View { .. } | Shows::Original => false,
    };
    let is_for_it = permit.kind == ExhibitKind::Marked && case.id() == &permit.case;
    let two = [&permit.operator, &permit.observer];
    if !two.into_iter().all(|person| now.is_signed_in(person) && is_member(case, person)) {
        return Err(Refusal::new(RefusalCode::TwoNeeded, Stage::Review));
    }
    if !is_for_it || !from_it || case.has_mark(&permit.mark) {
        return Err(Refusal::new(RefusalCode::NotWhatWasGated, Stage::Review));
    }
    let said = (draft.title, draft.nature, draft.concern);
    let exhibit = permit.exhibit(said, vec![draft.file], now.at);
    Ok(Event::ExhibitKept { session: permit.session.clone(), exhibit: Box::new(exhibit) })
}
