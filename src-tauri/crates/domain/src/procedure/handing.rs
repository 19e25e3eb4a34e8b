//! Handing over: which documents and pictures of a case may leave it in a package, and what became of one.
//!
//! Under HALT nothing is handed over: the police referral record is saved by itself. In a case that was ever halted no
//! package holds a picture, whatever the variant and whatever the police released. A redacted package holds neither a
//! signed document nor a picture as it was captured.

use std::collections::BTreeSet;

use crate::case::{Case, Document};
use crate::event::capture::thing::{Stated, Thing};
use crate::event::capture::{Exhibit, ExhibitKind};
use crate::event::document::DocumentKind;
use crate::event::handing::{HandOver, HandOverEnd, HandOverVariant};
use crate::event::{Event, Turn};
use crate::ids::Hash;
use crate::pack::Stage;
use crate::redaction::tells_of_somebody;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::halt::may_read;

const STAGE: Stage = Stage::Retained;

/// The number that the next package of the case has.
#[must_use]
pub fn next_number(case: &Case) -> u32 {
    u32::try_from(case.hand_overs().len()).unwrap_or(u32::MAX).saturating_add(1)
}

/// Whether a package of this variant may be made now.
///
/// # Errors
/// - If HALT stands in the case.
/// - If it is for the headteacher and there is no form yet, or only one from before a HALT: that one prints addresses.
/// - If it is redacted and no form stands: a copy is made of one.
/// - If it is for a subject access request, and the police have an interest in the case or HALT was ever pressed in it.
pub fn may_hand_over(case: &Case, variant: HandOverVariant) -> Result<(), Refusal> {
    super::halt::no_pictures(case)?;
    match variant {
        HandOverVariant::Police | HandOverVariant::Lado => Ok(()),
        HandOverVariant::Headteacher => has_a_form(case, |form| withholds(case, form)),
        HandOverVariant::LocalAuthority => has_a_form(case, |form| !form.superseded),
        HandOverVariant::SubjectAccess => {
            let grounds = case.finding().is_some_and(|(_, _, _, grounds)| !grounds.is_empty());
            if case.was_halted() || grounds || super::disposal::of_interest_to_the_police(case) {
                return Err(Refusal::new(RefusalCode::PoliceInterest, STAGE));
            }
            has_a_form(case, |form| !form.superseded)
        }
    }
}

fn has_a_form(case: &Case, will_do: impl Fn(&Document) -> bool) -> Result<(), Refusal> {
    match case.form().filter(|form| will_do(form)) {
        Some(_) => Ok(()),
        None => Err(Refusal::opened_by(RefusalCode::FormFirst, STAGE, Stage::SignOff)),
    }
}

/// Whether a package of this variant gives words in which people are replaced, and no document that was signed.
#[must_use]
pub fn is_redacted(variant: HandOverVariant) -> bool {
    match variant {
        HandOverVariant::Police | HandOverVariant::Lado | HandOverVariant::Headteacher => false,
        HandOverVariant::LocalAuthority | HandOverVariant::SubjectAccess => true,
    }
}

/// The people of the case, as its report and what was learned later name them, each once: the person concerned, others
/// involved, who was taken for the person concerned before, who reported it and to whom, and who owned, gave or held a
/// thing, where what is recorded there tells of somebody.
#[must_use]
pub fn people(case: &Case) -> Vec<Words> {
    let report = case.report();
    let others = report.others.iter().map(|involved| &involved.name);
    let before = case.subjects_before().iter().map(|(_, subject, _)| &subject.name);
    let told = std::iter::once(&report.subject.name).chain(others).chain(before).chain([&report.reporter]);
    let also = std::iter::once(&report.reported_to).chain(holders(case)).filter(|name| tells_of_somebody(name));
    let mut people: Vec<Words> = Vec::new();
    for name in told.chain(also) {
        if !people.contains(name) {
            people.push(name.clone());
        }
    }
    people
}

/// What was recorded where somebody is asked for who owned, gave or held a thing.
fn holders(case: &Case) -> Vec<&Words> {
    let preserved = case.preserved().iter().map(|(_, item)| &item.custodian);
    let stated = case.exhibits().iter().flat_map(|(_, _, exhibit)| match &exhibit.thing {
        Some(Thing::Device(device)) => vec![&device.owner, &device.handed_over_by],
        Some(Thing::Item(item)) => vec![&item.custodian],
        None => Vec::new(),
    });
    let stated = stated.filter_map(|stated| match stated {
        Stated::Recorded(words) => Some(words),
        Stated::NotRecorded(_) => None,
    });
    // A change of the computer is custody of the one before too.
    let custody = case.custody().iter().map(|(_, _, custodian, _)| custodian);
    preserved.chain(stated).chain(custody).collect()
}

/// The documents that a package of this variant holds now: the newest edition of the form with its volumes, and the
/// newest referral record. The headteacher's holds the form alone, a redacted one none: each of them names everybody. A
/// form from before a HALT prints the addresses that are withheld since, so it goes to the police alone.
#[must_use]
pub fn documents(case: &Case, variant: HandOverVariant) -> Vec<&Document> {
    let edition = case.form().map(|form| form.made.form_edition);
    let newest = |kind| case.documents().iter().rev().find(|document| document.made.kind == kind);
    let referral = newest(DocumentKind::Referral).map(|found| found.stands());
    let gives_pictures = gives_pictures(case, variant);
    let is_wanted = |document: &&Document| match document.made.kind {
        DocumentKind::Record => {
            let goes = variant == HandOverVariant::Police || withholds(case, document);
            !is_redacted(variant) && goes && Some(document.made.form_edition) == edition
        }
        DocumentKind::Volume => !is_redacted(variant) && gives_pictures && Some(document.made.form_edition) == edition,
        DocumentKind::Referral => variant == HandOverVariant::Police && Some(document.stands()) == referral,
    };
    case.documents().iter().filter(is_wanted).filter(|document| may_read(case, document).is_ok()).collect()
}

/// Whether a document was made under the same rule for addresses that holds for the case now: after its first HALT, if
/// there was one.
fn withholds(case: &Case, document: &Document) -> bool {
    case.first_halt().is_none_or(|halt| document.stamp.seq > halt.stamp.seq)
}

/// The pictures that a package of this variant may hold: none in a case that was ever halted, and in a redacted one only
/// those that were drawn over.
#[must_use]
pub fn pictures(case: &Case, variant: HandOverVariant) -> Vec<Hash> {
    if !gives_pictures(case, variant) {
        return Vec::new();
    }
    let goes = |exhibit: &&Exhibit| !is_redacted(variant) || exhibit.kind == ExhibitKind::Marked;
    let exhibits = case.exhibits().iter().map(|(_, _, exhibit)| exhibit).filter(goes);
    exhibits.flat_map(|exhibit| exhibit.files.iter().map(|file| file.sha256)).collect()
}

fn gives_pictures(case: &Case, variant: HandOverVariant) -> bool {
    variant != HandOverVariant::Headteacher && !case.was_halted()
}

pub(super) fn hand_over(case: &Case, given: HandOver) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, STAGE));
    may_hand_over(case, given.variant)?;
    if given.number != next_number(case) {
        return refuse(RefusalCode::AlreadyDone);
    }
    let people = people(case);
    let is_one_too_few_or_many = given.variant == HandOverVariant::SubjectAccess && given.named.len() != 1;
    if is_one_too_few_or_many || !given.named.iter().all(|name| people.contains(name)) {
        return refuse(RefusalCode::UnknownPerson);
    }
    let may_leave: BTreeSet<Hash> = pictures(case, given.variant).into_iter().collect();
    if !given.pictures.iter().all(|picture| may_leave.contains(picture)) {
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
