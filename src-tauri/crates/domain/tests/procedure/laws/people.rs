//! Who may be in a session, and who may sign off.

use trail_domain::event::document::SignatureField;
use trail_domain::event::report::GroupMember;
use trail_domain::event::{Event, Turn};
use trail_domain::ids::PersonId;
use trail_domain::people::Standing;

use super::{Came, Held};
use crate::tally::Tally;

/// No session opens, goes on in other roles, or captures with one person, somebody outside the group, or the person
/// concerned.
pub(super) fn two_in_a_session(came: &Came<'_>, tally: &mut Tally) -> Held {
    for event in &came.answer.events {
        if let Event::SessionOpened { operator, observer, .. } = event {
            tally.note("sessions opened");
            two_of_the_group(came, operator, observer)?;
        }
        if let Event::Turn(Turn::RolesChanged { operator, observer, .. }) = event {
            tally.note("roles changed");
            two_of_the_group(came, operator, observer)?;
        }
        if let Event::ExhibitKept { exhibit, .. } = event
            && !exhibit.files.is_empty()
        {
            tally.note("pictures kept");
            two_of_the_group(came, &exhibit.operator, &exhibit.observer)?;
        }
    }
    Ok(())
}

fn two_of_the_group(came: &Came<'_>, operator: &PersonId, observer: &PersonId) -> Held {
    if operator == observer {
        return Err("a session went on with one person");
    }
    if !came.company.contains(operator) || !came.company.contains(observer) {
        return Err("a session went on with somebody who was not signed in");
    }
    if !came.in_group(operator) || !came.in_group(observer) {
        return Err("a session went on with somebody outside the group");
    }
    if came.subject().is_some_and(|subject| came.company.contains(subject)) {
        return Err("the subject was there in a session");
    }
    Ok(())
}

/// Who signs off is the head or a deputy, is not concerned, and never was in the group.
pub(super) fn sign_off(came: &Came<'_>, tally: &mut Tally) -> Held {
    for event in &came.answer.events {
        let Event::DocumentSigned { signed } = event else { continue };
        if signed.field != SignatureField::Head {
            continue;
        }
        tally.note("signed off");
        tally.notes("signed off, about an enrolled person", u64::from(came.subject().is_some()));
        let now = came.world.school.now(came.world.at(), came.by, came.company);
        let senior = now.register.person(&signed.person).is_none_or(|who| who.standing == Standing::Senior);
        if senior || ever_in_group(came, &signed.person) || came.subject() == Some(&signed.person) {
            return Err("somebody signed off who may not");
        }
        if &signed.person != came.by || !came.company.contains(came.by) {
            return Err("somebody signed for another person");
        }
    }
    Ok(())
}

/// By the entries, not by what the case makes of them.
fn ever_in_group(came: &Came<'_>, who: &PersonId) -> bool {
    let is = |member: &GroupMember| &member.person == who;
    came.world.log.iter().any(|entry| {
        use trail_domain::event::course::Decision;
        if let Event::GroupFormed { members, .. } = &entry.event {
            return members.iter().any(is);
        }
        if let Event::Turn(Turn::MemberReplaced { member, .. }) = &entry.event {
            return is(member);
        }
        matches!(&entry.event, Event::Turn(Turn::DisagreementDecided { decision: Decision::ThirdMember { member }, .. })
            if is(member))
    })
}
