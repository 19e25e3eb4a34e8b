//! What is done with an exhibit after it was kept: a picture of it is shown, it is put on paper. Whatever else happens
//! to it (bound, saved, handed over) has an entry of its own.

use crate::case::Case;
use crate::event::capture::{Exhibit, ExhibitFile, Shows};
use crate::event::{Event, Turn};
use crate::ids::{ExhibitMark, Hash};
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::{Now, halt};

/// The entry for a picture that is given to the window to be looked at.
pub(super) fn view(case: &Case, sha256: Hash, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    let leave = halt::permit_view(case, now)?;
    let has_it = |exhibit: &&Exhibit| exhibit.files.iter().any(|file| is_picture(file) && file.sha256 == sha256);
    let mut exhibits = case.exhibits().iter().map(|(_, _, exhibit)| exhibit);
    let Some(exhibit) = exhibits.find(has_it) else { return Err(unknown()) };
    if !leave.allows(&sha256) {
        return Err(sealed());
    }
    let here = now.signed_in.to_vec();
    Ok(vec![Event::Turn(Turn::ExhibitViewed { mark: exhibit.mark.clone(), sha256, here })])
}

/// The entry for a paper copy that somebody made. Copies of an exhibit are numbered from 1 and no number is given twice.
pub(super) fn print(case: &Case, mark: ExhibitMark, holder: Words) -> Result<Vec<Event>, Refusal> {
    halt::no_pictures(case)?;
    let mut exhibits = case.exhibits().iter().map(|(_, _, exhibit)| exhibit);
    let Some(exhibit) = exhibits.find(|exhibit| exhibit.mark == mark) else { return Err(unknown()) };
    if case.is_sealed(exhibit) {
        return Err(sealed());
    }
    let copy = case.printed().iter().filter(|printed| printed.mark == mark).map(|printed| printed.copy).max();
    let copy = copy.unwrap_or(0).saturating_add(1);
    Ok(vec![Event::Turn(Turn::ExhibitPrinted { mark, copy, holder })])
}

/// Whether a file of an exhibit is a picture of ours, made to be looked at. What was imported is not: nothing is known
/// of its bytes.
#[must_use]
pub fn is_picture(file: &ExhibitFile) -> bool {
    match file.shows {
        Shows::View { .. } | Shows::Derived { .. } => true,
        Shows::Original => false,
    }
}

const fn unknown() -> Refusal {
    Refusal::new(RefusalCode::NoSuchExhibit, Stage::Review)
}

const fn sealed() -> Refusal {
    Refusal::new(RefusalCode::StaysSealed, Stage::Review)
}
