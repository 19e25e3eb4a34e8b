//! What no sequence of commands can bring about. 4,000 sequences for each test, the same ones in every run.

use std::cell::Cell;

use trail_domain::case::Case;
use trail_domain::event::document::{DocumentKind, SignatureField};
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::event::release::Verdict;
use trail_domain::event::report::{ChildSafe, HarmTest, Role, TriageExit};
use trail_domain::event::{Event, Turn};
use trail_domain::ids::Hash;
use trail_domain::pack::CaptureRule;
use trail_domain::people::Standing;
use trail_domain::procedure::freeze::TAKEN;

use crate::runner::{Came, hold_for_all};

#[test]
fn after_halt_no_sequence_yields_an_image() {
    let (with_pictures, tried, seen) = (Cell::new(0), Cell::new(0), Cell::new(0));
    hold_for_all(|came| {
        if !came.was_halted_before {
            let halts_now = came.events.iter().any(|event| matches!(event, Event::Halted { .. }));
            let has_pictures = came.world.case.exhibits().iter().any(|(_, _, exhibit)| !exhibit.files.is_empty());
            if halts_now && has_pictures {
                with_pictures.set(with_pictures.get() + 1);
            }
            return Ok(());
        }
        if came.permit_made {
            return Err("a capture permit was made");
        }
        if !came.halted_before {
            return after_release(came, &seen);
        }
        tried.set(tried.get() + 1);
        if came.view.is_some() {
            return Err("a view permit was made");
        }
        if came.world.case.halt().is_none() {
            return released_by_two(came);
        }
        let referral = |sha256: &Hash| {
            let documents = came.world.case.documents().iter();
            documents.rev().any(|document| document.made.kind == DocumentKind::Referral && document.stands() == *sha256)
        };
        if came.events.iter().any(|event| matches!(event, Event::CopySaved { sha256, .. } if !referral(sha256))) {
            return Err("a copy of a form or volume was saved");
        }
        came.events.iter().try_for_each(no_image)
    });
    assert!(with_pictures.get() > 100, "too few cases were halted with pictures in them: {}", with_pictures.get());
    assert!(tried.get() > 8_000, "too little was tried after HALT: {}", tried.get());
    assert!(seen.get() > 10, "too few pictures were seen again: {}", seen.get());
}

/// A case is released by two people who are signed in.
fn released_by_two(came: &Came<'_>) -> Result<(), &'static str> {
    let [Event::Turn(Turn::CaseReleased { release })] = came.events else { return Err("HALT was lifted") };
    let here = came.company.contains(&release.with) && came.company.contains(came.by);
    if here && &release.with != came.by { Ok(()) } else { Err("one person released a case") }
}

/// After the release nothing is captured, and only what it names is seen.
fn after_release(came: &Came<'_>, seen: &Cell<u32>) -> Result<(), &'static str> {
    let case = &came.world.case;
    let captures = |event: &Event| {
        let picture = matches!(event, Event::ExhibitKept { exhibit, .. } if !exhibit.files.is_empty());
        picture || matches!(event, Event::SessionOpened { .. } | Event::GateAnswered { .. })
    };
    if came.events.iter().any(captures) {
        return Err("the review went on after HALT");
    }
    let Some(view) = came.view else { return Ok(()) };
    let Some((_, release)) = case.release() else { return Err("a view permit was made") };
    for (_, _, exhibit) in case.exhibits() {
        let named = release.verdict == Verdict::NotIllegal && release.exhibits.contains(&exhibit.mark);
        for file in &exhibit.files {
            seen.set(seen.get() + u32::from(view.allows(&file.sha256)));
            if view.allows(&file.sha256) && !named {
                return Err("a sealed picture may be seen");
            }
        }
    }
    Ok(())
}

#[test]
fn a_frozen_computer_takes_only_what_it_must() {
    let (taken, refused) = (Cell::new(0), Cell::new(0));
    hold_for_all(|came| {
        if !came.frozen_before {
            return Ok(());
        }
        let count = if came.events.is_empty() { &refused } else { &taken };
        count.set(count.get() + 1);
        if came.permit_made {
            return Err("a capture permit was made on a frozen computer");
        }
        let is_taken = |event: &Event| TAKEN.contains(&event.kind());
        if came.events.iter().all(is_taken) { Ok(()) } else { Err("a frozen computer took something else") }
    });
    assert!(taken.get() > 1_000, "too little was taken: {}", taken.get());
    assert!(refused.get() > 1_000, "too little was tried: {}", refused.get());
}

#[test]
fn no_session_opens_with_one_person_or_the_subject() {
    let opened = Cell::new(0);
    hold_for_all(|came| {
        for event in came.events {
            let Event::SessionOpened { operator, observer, .. } = event else { continue };
            opened.set(opened.get() + 1);
            if operator == observer {
                return Err("a session opened with one person");
            }
            if !came.company.contains(operator) || !came.company.contains(observer) {
                return Err("a session opened with somebody who was not signed in");
            }
            if !came.in_group(operator) || !came.in_group(observer) {
                return Err("a session opened with somebody outside the group");
            }
            if came.subject().is_some_and(|subject| came.company.contains(subject)) {
                return Err("the subject was there when a session opened");
            }
        }
        Ok(())
    });
    assert!(opened.get() > 1_000, "too few sessions were opened: {}", opened.get());
}

#[test]
fn no_route_is_laxer_than_the_category() {
    let (reviewed, permits, rerouted, logged) = (Cell::new(0), Cell::new(0), Cell::new(0), Cell::new(0));
    hold_for_all(|came| {
        let school_reviews = came.category().route().allows_review();
        if came.permit_made {
            permits.set(permits.get() + 1);
            if !school_reviews || came.category().capture() == CaptureRule::Forbidden {
                return Err("a capture permit was made against the category");
            }
        }
        for event in came.events {
            let other_incidents = matches!(event, Event::Triaged { exit: TriageExit::OtherIncidents, .. });
            if other_incidents {
                reviewed.set(reviewed.get() + 1);
            }
            if other_incidents && !school_reviews {
                return Err("a laxer route than the category's was taken");
            }
            if matches!(event, Event::SessionOpened { .. }) && !school_reviews {
                return Err("the school reviewed what it may not");
            }
            if let Event::Turn(Turn::Rerouted { exit, .. }) = event {
                rerouted.set(rerouted.get() + 1);
                if came.exit_before.is_none_or(|before| strictness(*exit) <= strictness(before)) {
                    return Err("a case took a way that is not stricter");
                }
            }
            if matches!(event, Event::Turn(Turn::Logged { .. })) {
                logged.set(logged.get() + 1);
                let report = came.world.case.report();
                let child = report.others.iter().any(|other| other.role == Role::ChildAtRisk);
                if child
                    || matches!(report.child_safe, ChildSafe::NotSafe { .. })
                    || possible_harm_by_staff(&came.world.case)
                {
                    return Err("a case was only logged where harm is possible");
                }
            }
        }
        Ok(())
    });
    assert!(reviewed.get() > 1_000, "too few cases went on to review: {}", reviewed.get());
    assert!(permits.get() > 1_000, "too few permits were made: {}", permits.get());
    assert!(rerouted.get() > 40, "too few cases took another way: {}", rerouted.get());
    assert!(logged.get() > 40, "too few cases were only logged: {}", logged.get());
}

/// The person concerned works with children, and the harm test was not answered with *no*.
fn possible_harm_by_staff(case: &Case) -> bool {
    let cleared = matches!(case.harm_test(), Some((_, HarmTest::No { .. })));
    case.report().subject.works_with_children && !cleared
}

/// How strict a way is.
fn strictness(exit: TriageExit) -> u8 {
    match exit {
        TriageExit::LogOnly => 0,
        TriageExit::OtherIncidents => 1,
        TriageExit::IllegalRoute => 2,
    }
}

#[test]
fn nobody_signs_off_who_took_part_or_is_the_subject() {
    let (signed_off, with_subject) = (Cell::new(0), Cell::new(0));
    hold_for_all(|came| {
        for event in came.events {
            let Event::DocumentSigned { signed } = event else { continue };
            if signed.field != SignatureField::Head {
                continue;
            }
            signed_off.set(signed_off.get() + 1);
            with_subject.set(with_subject.get() + u32::from(came.subject().is_some()));
            let now = came.world.school.now(came.world.at(), came.by, came.company);
            let senior = now.register.person(&signed.person).is_none_or(|who| who.standing == Standing::Senior);
            if senior || came.in_group(&signed.person) || came.subject() == Some(&signed.person) {
                return Err("somebody signed off who may not");
            }
            if &signed.person != came.by || !came.company.contains(came.by) {
                return Err("somebody signed for another person");
            }
        }
        Ok(())
    });
    assert!(signed_off.get() > 200, "too few forms were signed off: {}", signed_off.get());
    assert!(with_subject.get() > 20, "too few of them were about an enrolled person: {}", with_subject.get());
}

#[test]
fn nothing_is_destroyed_without_three_people_or_under_a_hold() {
    let (whole, early) = (Cell::new(0), Cell::new(0));
    hold_for_all(|came| {
        let Some(leave) = came.leave else { return Ok(()) };
        let case = &came.world.case;
        match leave.target() {
            DestructionTarget::Case => {
                whole.set(whole.get() + 1);
                if case.retained().is_none() || !came.world.has_waited() {
                    return Err("a case may go before its day");
                }
            }
            DestructionTarget::Entry { entry } => {
                early.set(early.get() + 1);
                if !case.exhibits().iter().any(|(stamp, ..)| stamp.seq == entry) {
                    return Err("an entry may go that is not an exhibit");
                }
            }
        }
        let three = [leave.asked_by(), leave.agreed_by(), leave.head()];
        if three[0] == three[1] || three[1] == three[2] || three[0] == three[2] {
            return Err("fewer than three people destroy");
        }
        let now = came.world.school.now(came.world.at(), came.by, came.company);
        if now.register.person(leave.head()).is_none_or(|who| who.standing == Standing::Senior) {
            return Err("somebody decided who may not");
        }
        if leave.head() != came.by || !came.company.contains(came.by) {
            return Err("somebody decided for another person");
        }
        if came.subject().is_some_and(|subject| three.contains(&subject) || came.company.contains(subject)) {
            return Err("the subject had a part in it");
        }
        let police = case.actions().is_some_and(|actions| actions.response.police);
        let illegal = matches!(case.triage(), Some((_, TriageExit::IllegalRoute, _)));
        let held = illegal || !case.referrals().is_empty() || !case.stopped().is_empty();
        if police || (held && !case.was_halted()) || (case.was_halted() && !let_go(case)) {
            return Err("something is destroyed that is held");
        }
        Ok(())
    });
    assert!(whole.get() > 200, "too few cases were to be destroyed: {}", whole.get());
    assert!(early.get() > 20, "too few entries were to be destroyed early: {}", early.get());
}

/// The police let go of a halted case, and heard nothing of it since.
fn let_go(case: &Case) -> bool {
    let Some((told, release)) = case.release() else { return false };
    release.verdict != Verdict::SchoolMayProceed && case.referrals().iter().all(|(stamp, _)| stamp.seq < told.seq)
}

#[test]
fn the_state_of_a_case_equals_the_replay_of_its_entries() {
    let retained = Cell::new(0);
    hold_for_all(|came| {
        if came.events.is_empty() {
            return Ok(());
        }
        if came.events.iter().any(|event| matches!(event, Event::Retained { .. })) {
            retained.set(retained.get() + 1);
        }
        match Case::replay(&came.world.log) {
            Ok(replayed) if replayed == came.world.case => Ok(()),
            Ok(_) => Err("the state is not the replay of the entries"),
            Err(_) => Err("the entries do not make a case"),
        }
    });
    assert!(retained.get() > 200, "too few cases went to their end: {}", retained.get());
}

/// Refuses an event that would add, sign or bind a picture, or go on with the review.
fn no_image(event: &Event) -> Result<(), &'static str> {
    if matches!(event, Event::ExhibitKept { exhibit, .. } if !exhibit.files.is_empty()) {
        return Err("an exhibit with files was kept");
    }
    if matches!(event, Event::DocumentMade { document } if document.kind != DocumentKind::Referral) {
        return Err("a form or volume was made");
    }
    if matches!(event, Event::DocumentSigned { signed } if signed.kind != DocumentKind::Referral) {
        return Err("a form or volume was signed");
    }
    if matches!(event, Event::SessionOpened { .. } | Event::GateAnswered { .. }) {
        return Err("the review went on");
    }
    Ok(())
}
