//! The group: who may be in it, who comes for somebody who leaves, and the third member where two do not agree.

use crate::case::Case;
use crate::event::course::Decision;
use crate::event::document::SignatureField;
use crate::event::report::GroupMember;
use crate::event::review::Finding;
use crate::event::{Event, Turn};
use crate::ids::PersonId;
use crate::pack::Stage;
use crate::people::Standing;
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::{Now, closing, intake};

/// Why this person cannot be in the group; nothing where they can. Whoever else is in it does not matter here.
#[must_use]
pub fn conflict(case: &Case, person: &PersonId, now: &Now<'_>) -> Option<RefusalCode> {
    let Some(enrolled) = now.register.person(person).filter(|_| !now.register.is_removed(person)) else {
        return Some(RefusalCode::UnknownPerson);
    };
    if case.report().subject.enrolled.as_ref() == Some(person) {
        return Some(RefusalCode::SubjectExcluded);
    }
    // Whoever signs off may review where somebody else is there who can sign off.
    let another_signs = now.register.people().iter().any(|other| {
        other.standing != Standing::Senior
            && &other.id != person
            && !now.register.is_removed(&other.id)
            && !case.took_part(&other.id)
            && case.report().subject.enrolled.as_ref() != Some(&other.id)
    });
    let may = enrolled.standing == Standing::Senior || another_signs;
    (!may).then_some(RefusalCode::SignerReviews)
}

pub(super) fn form(
    case: &Case,
    members: Vec<GroupMember>,
    declared: Words,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Group));
    intake::may_start(case, Stage::Group)?;
    if case.group().is_some() {
        return refuse(RefusalCode::AlreadyDone);
    }
    for (place, member) in members.iter().enumerate() {
        if members.iter().take(place).any(|earlier| earlier.person == member.person) {
            return refuse(RefusalCode::SamePerson);
        }
        if let Some(code) = conflict(case, &member.person, now) {
            return refuse(code);
        }
    }
    together(&members, now)?;
    if members.len() < 2 {
        return refuse(RefusalCode::GroupTooSmall);
    }
    Ok(vec![Event::GroupFormed { members, declared }])
}

/// Somebody comes for a member who leaves. A session that the member is part of ends first.
pub(super) fn replace(
    case: &Case,
    left: PersonId,
    member: GroupMember,
    reason: Words,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Group));
    intake::still_open(case, Stage::Group)?;
    let Some(group) = case.group() else {
        return Err(Refusal::opened_by(RefusalCode::GroupFirst, Stage::Group, Stage::Group));
    };
    if !group.members.iter().any(|place| place.person == left) {
        return refuse(RefusalCode::NotInGroup);
    }
    if group.members.iter().any(|place| place.person == member.person) {
        return refuse(RefusalCode::SamePerson);
    }
    if let Some(code) = conflict(case, &member.person, now) {
        return refuse(code);
    }
    let after: Vec<GroupMember> =
        group.members.iter().map(|place| if place.person == left { &member } else { place }).cloned().collect();
    together(&after, now)?;
    if case.open_session().is_some_and(|session| session.operator == left || session.observer == left) {
        return refuse(RefusalCode::SessionOpen);
    }
    if case.form().is_some_and(crate::case::Document::is_current) {
        return refuse(RefusalCode::InSigning);
    }
    Ok(vec![Event::Turn(Turn::MemberReplaced { left, member, reason })])
}

/// Sign-off decides where the reviewing people did not agree, with reasons, or asks for a third member.
pub(super) fn decide(case: &Case, decision: Decision, reasons: Words, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Judgement));
    intake::still_open(case, Stage::Judgement)?;
    let disagreed = case.finding().is_some_and(|(_, finding, ..)| *finding == Finding::Disagreed);
    if !disagreed || case.substance().is_some() {
        return refuse(RefusalCode::NothingToDecide);
    }
    if !closing::may_sign(case, SignatureField::Head, now.by, now) {
        return refuse(RefusalCode::NotTheSigner);
    }
    if let Decision::ThirdMember { member } = &decision {
        let group = case.group().ok_or(Refusal::new(RefusalCode::GroupFirst, Stage::Group))?;
        if case.took_part(&member.person) || group.third.is_some() {
            return refuse(RefusalCode::SamePerson);
        }
        if &member.person == now.by {
            return refuse(RefusalCode::SignerReviews);
        }
        if let Some(code) = conflict(case, &member.person, now) {
            return refuse(code);
        }
        let mut after = group.members.clone();
        after.push(member.clone());
        together(&after, now)?;
    }
    Ok(vec![Event::Turn(Turn::DisagreementDecided { decision, reasons })])
}

/// Somebody whom the subject manages is in the group only with a reason, and beside an external reviewer; and whoever
/// signs off is left over.
fn together(members: &[GroupMember], now: &Now<'_>) -> Result<(), Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Group));
    let external = members.iter().any(|member| member.external.is_some() && !member.managed_by_subject);
    if members.iter().any(|member| member.managed_by_subject && (member.despite.is_none() || !external)) {
        return refuse(RefusalCode::ManagedBySubject);
    }
    let left_to_sign = now.register.people().iter().any(|person| {
        person.standing != Standing::Senior
            && !now.register.is_removed(&person.id)
            && members.iter().all(|member| member.person != person.id)
    });
    let signer_in = |member: &GroupMember| {
        now.register.person(&member.person).is_some_and(|person| person.standing != Standing::Senior)
    };
    if members.iter().any(signer_in) && !left_to_sign {
        return refuse(RefusalCode::SignerReviews);
    }
    Ok(())
}

/// A member of the group turned out to be the person concerned: they are replaced before anything goes on.
pub(crate) fn fits(case: &Case, stage: Stage) -> Result<(), Refusal> {
    let subject = case.report().subject.enrolled.as_ref();
    let inside = case.group().is_some_and(|group| group.members.iter().any(|member| Some(&member.person) == subject));
    if inside {
        return Err(Refusal::opened_by(RefusalCode::SubjectExcluded, stage, Stage::Group));
    }
    Ok(())
}
