//! Documents, signatures, sign-off and retention: stages 9 and 10.

use crate::case::{Case, Document};
use crate::event::Event;
use crate::event::document::{DocumentKind, DocumentMade, Returned, SignatureField, Signed};
use crate::event::report::TriageExit;
use crate::ids::{Hash, PersonId, Seq};
use crate::pack::Stage;
use crate::people::Standing;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::{Now, intake, outcome};

/// The field that is signed next on the newest edition of the form; none when all three stand.
#[must_use]
pub fn next_field(case: &Case) -> Option<SignatureField> {
    match case.form()?.signatures.len() {
        0 => Some(SignatureField::First),
        1 => Some(SignatureField::Second),
        2 => Some(SignatureField::Head),
        _ => None,
    }
}

/// Who may sign in this field: a reviewing person in their own; in the head's, head or deputy who took no part
/// and is not the subject.
#[must_use]
pub fn may_sign(case: &Case, field: SignatureField, person: &PersonId, now: &Now<'_>) -> bool {
    let Some(enrolled) = now.register.person(person) else { return false };
    match field {
        SignatureField::First => case.reviewers().is_some_and(|(first, _)| first == person),
        SignatureField::Second => case.reviewers().is_some_and(|(_, second)| second == person),
        SignatureField::Head => {
            let took_part = case.took_part(person);
            let subject = case.report().subject.enrolled.as_ref() == Some(person);
            enrolled.standing != Standing::Senior && !took_part && !subject
        }
        SignatureField::Maker => case.report().subject.enrolled.as_ref() != Some(person),
    }
}

pub(crate) fn may_sign_off(case: &Case) -> Result<(), Refusal> {
    let stage = Stage::SignOff;
    match case.triage() {
        _ if case.release().is_some() => {}
        Some((_, TriageExit::IllegalRoute, _)) => return Err(Refusal::new(RefusalCode::NoReviewHere, Stage::Triage)),
        Some((_, TriageExit::LogOnly, _)) => return Err(Refusal::new(RefusalCode::OnlyLogged, Stage::Triage)),
        Some((_, TriageExit::OtherIncidents, _)) => {}
        None => return Err(Refusal::opened_by(RefusalCode::TriageFirst, stage, Stage::Triage)),
    }
    if case.finding().is_none() {
        return Err(Refusal::opened_by(RefusalCode::JudgementFirst, stage, Stage::Judgement));
    }
    let Some(substance) = case.substance() else {
        return Err(Refusal::opened_by(RefusalCode::DisagreementOpen, stage, Stage::Judgement));
    };
    if substance && case.actions().is_none() {
        return Err(Refusal::opened_by(RefusalCode::ActionFirst, stage, Stage::Action));
    }
    if outcome::isolation_required(case) && !outcome::is_isolated(case) {
        return Err(Refusal::opened_by(RefusalCode::IsolationFirst, stage, Stage::Isolation));
    }
    Ok(())
}

pub(crate) fn may_retain(case: &Case) -> Result<(), Refusal> {
    let unreviewed = case.triage().is_some_and(|(_, exit, _)| *exit == TriageExit::IllegalRoute);
    let illegal = unreviewed && case.release().is_none();
    if illegal && case.referrals().is_empty() {
        return Err(Refusal::opened_by(RefusalCode::ReferralFirst, Stage::Retained, Stage::Triage));
    }
    if case.is_log_only() {
        return Ok(());
    }
    if !illegal && case.signed_off().is_none() {
        return Err(Refusal::opened_by(RefusalCode::SignOffFirst, Stage::Retained, Stage::SignOff));
    }
    Ok(())
}

pub(super) fn make_document(case: &Case, made: DocumentMade, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    match made.kind {
        DocumentKind::Referral => {
            let illegal = case.triage().is_some_and(|(_, exit, _)| *exit == TriageExit::IllegalRoute);
            if !case.was_halted() && !illegal && case.stopped().is_empty() {
                return Err(Refusal::new(RefusalCode::NoReferralHere, Stage::Triage));
            }
        }
        DocumentKind::Record | DocumentKind::Volume => {
            super::halt::no_pictures(case)?;
            intake::still_open(case, Stage::SignOff)?;
            may_sign_off(case)?;
            if !case.reviewers().is_some_and(|(a, b)| a == now.by || b == now.by) {
                return Err(Refusal::new(RefusalCode::NotTheSigner, Stage::SignOff));
            }
            if case.form().is_some_and(Document::is_current) {
                return Err(Refusal::new(RefusalCode::InSigning, Stage::SignOff));
            }
        }
    }
    Ok(vec![Event::DocumentMade { document: made }])
}

pub(super) fn sign(case: &Case, signed: Signed, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::SignOff));
    if &signed.person != now.by {
        return refuse(RefusalCode::NotTheSigner);
    }
    let document = case.documents().iter().rev().find(|document| {
        document.made.kind == signed.kind
            && document.made.edition == signed.edition
            && document.made.form_edition == signed.form_edition
    });
    let Some(document) = document else {
        return refuse(RefusalCode::FormFirst);
    };
    if !document.is_current() {
        return refuse(RefusalCode::OutOfTurn);
    }
    let turn = match signed.kind {
        DocumentKind::Record => next_field(case),
        DocumentKind::Volume | DocumentKind::Referral => {
            document.signatures.is_empty().then_some(SignatureField::Maker)
        }
    };
    if turn != Some(signed.field) {
        return refuse(RefusalCode::OutOfTurn);
    }
    if !may_sign(case, signed.field, &signed.person, now) {
        return refuse(RefusalCode::NotTheSigner);
    }
    let stands = document.signatures.last().map_or(document.made.sha256, |(_, earlier)| earlier.sha256);
    if signed.before != stands {
        return refuse(RefusalCode::NotTheSameFile);
    }
    Ok(vec![Event::DocumentSigned { signed }])
}

pub(super) fn return_form(case: &Case, reasons: Words, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::SignOff));
    intake::still_open(case, Stage::SignOff)?;
    let Some(form) = case.form() else {
        return refuse(RefusalCode::FormFirst);
    };
    if !form.is_current() || next_field(case) != Some(SignatureField::Head) {
        return refuse(RefusalCode::ReviewersSignFirst);
    }
    if !may_sign(case, SignatureField::Head, now.by, now) {
        return refuse(RefusalCode::NotTheSigner);
    }
    let returned = Returned { edition: form.made.edition, by: now.by.clone(), reasons };
    Ok(vec![Event::FormReturned { returned }])
}

/// Whether this is a police referral record of the case, as it stands: words only.
pub(super) fn is_referral(case: &Case, sha256: &Hash) -> bool {
    let is = |document: &&Document| document.made.kind == DocumentKind::Referral && document.stands() == *sha256;
    case.documents().iter().any(|document| is(&document))
}

pub(super) fn save_copy(case: &Case, sha256: Hash, place: Words) -> Result<Vec<Event>, Refusal> {
    let document = case.documents().iter().rev().find(|document| document.stands() == sha256);
    let Some(document) = document else {
        return Err(Refusal::new(RefusalCode::FormFirst, Stage::SignOff));
    };
    super::halt::may_read(case, document)?;
    let pictures = match document.made.kind {
        DocumentKind::Volume => true,
        DocumentKind::Record | DocumentKind::Referral => false,
    };
    Ok(vec![Event::CopySaved { name: document.made.name.clone(), sha256, pictures, place }])
}

/// A paper in words that is made anew each time, such as the case summary: the entry is all that is kept of it.
pub(super) fn note_copy(name: String, sha256: Hash, place: Words) -> Result<Vec<Event>, Refusal> {
    Ok(vec![Event::CopySaved { name, sha256, pictures: false, place }])
}

pub(super) fn retain(case: &Case, review_on: String, rule: Words, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    intake::may_start(case, Stage::Retained)?;
    let today = now.at.in_uk().0.date().format("%Y-%m-%d").to_string();
    if !outcome::is_day(&review_on) || review_on <= today {
        return Err(Refusal::new(RefusalCode::BadDay, Stage::Retained));
    }
    Ok(vec![Event::Retained { review_on, rule }])
}

pub(super) fn correct(case: &Case, corrects: Seq, words: Words) -> Result<Vec<Event>, Refusal> {
    if !case.entries().contains(&corrects) {
        return Err(Refusal::new(RefusalCode::UnknownEntry, Stage::Retained));
    }
    Ok(vec![Event::Corrected { corrects, words }])
}
