//! Handing over: which documents and pictures of a case may leave it in a package, and what became of one.
//!
//! Under HALT nothing is handed over: the police referral record is saved by itself. In a case that was ever halted no
//! package holds a picture, whatever the variant and whatever the police released.

use crate::case::{Case, Document};
use crate::event::document::DocumentKind;
use crate::event::handing::{HandOver, HandOverEnd, HandOverVariant};
use crate::event::{Event, Turn};
use crate::ids::Hash;
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::halt::may_read;

const STAGE: Stage = Stage::Retained;

/// The number that the next package of the case has.
#[must_use]
pub fn next_number(case: &Case) -> u32 {
    u32::try_from(case.hand_overs().len()).unwrap_or(u32::MAX).saturating_add(1)
}

/// The documents that a package of this variant holds now: the newest edition of the form with its volumes, and the
/// newest referral record. The headteacher's holds the form alone.
#[must_use]
pub fn documents(case: &Case, variant: HandOverVariant) -> Vec<&Document> {
    let edition = case.form().map(|form| form.made.form_edition);
    let newest = |kind| case.documents().iter().rev().find(|document| document.made.kind == kind);
    let referral = newest(DocumentKind::Referral).map(|found| found.stands());
    let is_wanted = |document: &&Document| match document.made.kind {
        DocumentKind::Record => Some(document.made.form_edition) == edition,
        DocumentKind::Volume => {
            holds_more_than_the_form(variant)
                && Some(document.made.form_edition) == edition
                && gives_pictures(case, variant)
        }
        DocumentKind::Referral => variant == HandOverVariant::Police && Some(document.stands()) == referral,
    };
    case.documents().iter().filter(is_wanted).filter(|document| may_read(case, document).is_ok()).collect()
}

/// The pictures that a package of this variant holds: none in a case that was ever halted.
#[must_use]
pub fn pictures(case: &Case, variant: HandOverVariant) -> Vec<Hash> {
    if !gives_pictures(case, variant) {
        return Vec::new();
    }
    case.exhibits().iter().flat_map(|(_, _, exhibit)| exhibit.files.iter().map(|file| file.sha256)).collect()
}

fn holds_more_than_the_form(variant: HandOverVariant) -> bool {
    match variant {
        HandOverVariant::Police | HandOverVariant::Lado => true,
        HandOverVariant::Headteacher => false,
    }
}

fn gives_pictures(case: &Case, variant: HandOverVariant) -> bool {
    holds_more_than_the_form(variant) && !case.was_halted()
}

pub(super) fn hand_over(case: &Case, given: HandOver) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, STAGE));
    super::halt::no_pictures(case)?;
    if given.variant == HandOverVariant::Headteacher && case.form().is_none() {
        return Err(Refusal::opened_by(RefusalCode::FormFirst, STAGE, Stage::SignOff));
    }
    if given.number != next_number(case) {
        return refuse(RefusalCode::AlreadyDone);
    }
    if !given.pictures.iter().all(|picture| pictures(case, given.variant).contains(picture)) {
        return refuse(RefusalCode::StaysSealed);
    }
    let may_leave = documents(case, given.variant);
    if !given.documents.iter().all(|sha256| may_leave.iter().any(|document| document.stands() == *sha256)) {
        return refuse(RefusalCode::NotTheSameFile);
    }
    Ok(vec![Event::Turn(Turn::HandedOver { hand_over: Box::new(given) })])
}

pub(super) fn end(case: &Case, number: u32, how: HandOverEnd, words: Words) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, STAGE));
    let Some(known) = case.hand_overs().iter().find(|known| known.given.number == number) else {
        return refuse(RefusalCode::UnknownEntry);
    };
    // What was never written neither comes back nor is wiped; the rest happens once each.
    let is_over = known.ended.iter().any(|(_, ended, _)| *ended == how || *ended == HandOverEnd::NotWritten);
    if is_over {
        return refuse(RefusalCode::AlreadyDone);
    }
    Ok(vec![Event::Turn(Turn::HandOverEnded { number, how, words })])
}
