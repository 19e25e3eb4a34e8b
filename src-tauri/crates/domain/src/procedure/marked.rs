//! Boxes and marks over a picture of the case: a derived exhibit. The original stays, and what is made says from which
//! file, where each mark stands and what its number points out.

use crate::case::{Case, Stamp};
use crate::event::Event;
use crate::event::capture::mark::{self, HIGHEST_NUMBER, MOST_MARK_WORDS, MOST_MARKS, Mark};
use crate::event::capture::{Exhibit, ExhibitFile, Shows};
use crate::ids::{Hash, PersonId, SessionId};
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
    /// What was drawn, in the order that it was drawn in.
    pub marks: Vec<Mark>,
}

/// Leave to keep one picture made from this file of the case by these marks. Whoever acts draws, another member of the
/// group who is signed in watches; the review need not be running, since copies for others are made after it.
///
/// # Errors
/// - If HALT stands, or stood: nothing more is made of that case's pictures.
/// - If the computer is frozen, or the person concerned is signed in.
/// - If who acts, or everybody else who is signed in, is not of the group.
/// - If no exhibit of the case has that picture.
pub fn permit(case: &Case, source: &Hash, marks: &[Mark], now: &Now<'_>) -> Result<CapturePermit, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Review));
    super::halt::no_capture(case)?;
    super::freeze::not_frozen(now.register)?;
    super::admitted(case, now)?;
    let others = now.signed_in.iter().filter(|person| *person != now.by);
    let Some(observer) = others.into_iter().find(|person| is_member(case, person)).filter(|_| is_member(case, now.by))
    else {
        return refuse(RefusalCode::TwoNeeded);
    };
    let Some((session, ..)) = self::source(case, source) else { return refuse(RefusalCode::NotWhatWasGated) };
    let person = now.register.person(now.by).ok_or(Refusal::new(RefusalCode::UnknownPerson, Stage::Review))?;
    Ok(CapturePermit {
        case: case.id().clone(),
        session: session.clone(),
        operator: now.by.clone(),
        observer: observer.clone(),
        kind: mark::kind(marks),
        mark: case.next_mark(&person.initials),
        answers: None,
        address: source.to_string(),
        file: None,
        screen: None,
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
/// - If it is not made from the file that the permit is for, pixel for pixel, or another exhibit was kept in between.
/// - If a mark stands outside of the picture, or the numbers do not go on from those that stand on it.
pub fn exhibit(permit: &CapturePermit, case: &Case, draft: MarkedDraft, now: &Now<'_>) -> Result<Event, Refusal> {
    super::halt::no_capture(case)?;
    super::freeze::not_frozen(now.register)?;
    super::admitted(case, now)?;
    let from_it = match &draft.file.shows {
        Shows::Derived { from, .. } => matches!(from.as_slice(), [from] if from.to_string() == permit.address),
        Shows::View { .. } | Shows::Original => false,
    };
    let is_for_it = mark::kind(&draft.marks) == permit.kind && case.id() == &permit.case;
    let two = [&permit.operator, &permit.observer];
    if !two.into_iter().all(|person| now.is_signed_in(person) && is_member(case, person)) {
        return Err(Refusal::new(RefusalCode::TwoNeeded, Stage::Review));
    }
    if !is_for_it || !from_it || !marks_hold(case, &draft) || case.has_mark(&permit.mark) {
        return Err(Refusal::new(RefusalCode::NotWhatWasGated, Stage::Review));
    }
    let said = (draft.title, draft.nature, draft.concern);
    let exhibit = Exhibit { marks: Some(draft.marks), ..permit.exhibit(said, vec![draft.file], now.at) };
    Ok(Event::ExhibitKept { session: permit.session.clone(), exhibit: Box::new(exhibit) })
}

/// Whether the marks are some, stand within the picture that they are drawn over, and are numbered on from it.
fn marks_hold(case: &Case, draft: &MarkedDraft) -> bool {
    let Shows::Derived { size: of_size, from, .. } = &draft.file.shows else { return false };
    let Some((_, picture, of)) = from.first().and_then(|from| source(case, from)) else { return false };
    let short = |mark: &Mark| match mark {
        Mark::Numbered { words, .. } => words.as_str().chars().count() <= MOST_MARK_WORDS,
        Mark::Box { .. } | Mark::Frame { .. } | Mark::Arrow { .. } => true,
    };
    let numbers: Vec<u8> = draft.marks.iter().filter_map(Mark::number).collect();
    let run_on = (next(case, of)..=HIGHEST_NUMBER).take(numbers.len());
    (1..=MOST_MARKS).contains(&draft.marks.len())
        && size(picture) == Some(*of_size)
        && draft.marks.iter().all(|mark| mark.place().is_within(*of_size) && short(mark))
        && numbers.into_iter().eq(run_on)
}

/// The number that the next mark over a picture of this exhibit has: one picture never shows a number twice, also where
/// it was drawn over before. More than [`HIGHEST_NUMBER`] where no number is left.
#[must_use]
pub fn next(case: &Case, exhibit: &Exhibit) -> u8 {
    // Each exhibit is made from one that was kept before it, so the way back ends.
    let all = std::iter::successors(Some(exhibit), |exhibit| drawn_over(case, exhibit));
    let numbers = all.flat_map(|exhibit| exhibit.marks.iter().flatten()).filter_map(Mark::number);
    numbers.max().unwrap_or(0).saturating_add(1)
}

/// The exhibit whose picture this one was drawn over.
fn drawn_over<'a>(case: &'a Case, exhibit: &Exhibit) -> Option<&'a Exhibit> {
    exhibit.marks.as_ref()?;
    match &exhibit.files.first()?.shows {
        Shows::Derived { from, .. } => source(case, from.first()?).map(|(_, _, before)| before),
        Shows::View { .. } | Shows::Original => None,
    }
}

/// The picture with this hash, with its session and the exhibit that it is of. It is the first that has it.
#[must_use]
pub fn source<'a>(case: &'a Case, sha256: &Hash) -> Option<(&'a SessionId, &'a ExhibitFile, &'a Exhibit)> {
    let of = |(_, session, exhibit): &'a (Stamp, SessionId, Exhibit)| {
        exhibit.files.iter().map(move |file| (session, file, exhibit))
    };
    case.exhibits().iter().flat_map(of).find(|(_, file, _)| is_source(file, sha256))
}

/// Width and height of a picture in pixels; none of a file that is kept as it came.
#[must_use]
pub fn size(file: &ExhibitFile) -> Option<(u32, u32)> {
    match &file.shows {
        Shows::View { size, .. } | Shows::Derived { size, .. } => Some(*size),
        Shows::Original => None,
    }
}
