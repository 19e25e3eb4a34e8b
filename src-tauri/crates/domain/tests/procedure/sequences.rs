//! What no sequence of commands can bring about. 24,000 sequences in all, the same ones in every run.

use std::cell::Cell;

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

use trail_domain::case::Case;
use trail_domain::event::Event;
use trail_domain::event::capture::ExhibitKind;
use trail_domain::event::document::{DocumentKind, SignatureField};
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::event::report::TriageExit;
use trail_domain::ids::{Hash, PersonId};
use trail_domain::pack::{CaptureRule, Category};
use trail_domain::people::Standing;
use trail_domain::procedure::gate::Gate;
use trail_domain::procedure::permit::{CapturePermit, DisposePermit};
use trail_domain::procedure::{Now, decide, disposal, gate, halt, review};

use crate::rolls::{Sequence, sequences};
use crate::walk::{Act, PAGE, draft};
use crate::world::{School5, World, pack};

/// How many sequences each of the six tests takes.
const EACH: u32 = 4_000;

/// What came of one roll.
struct Came<'a> {
    /// The world after it.
    world: &'a World<'a>,
    /// Whether HALT stood before it.
    halted_before: bool,
    events: &'a [Event],
    permit_made: bool,
    view_made: bool,
    leave: Option<&'a DisposePermit>,
    by: &'a PersonId,
    company: &'a [PersonId],
}

impl Came<'_> {
    fn category(&self) -> &Category {
        self.world.school.pack.category(&self.world.case.report().category).unwrap()
    }

    fn subject(&self) -> Option<&PersonId> {
        self.world.case.report().subject.enrolled.as_ref()
    }

    fn in_group(&self, who: &PersonId) -> bool {
        self.world.case.group().is_some_and(|group| group.members.iter().any(|member| &member.person == who))
    }
}

#[test]
fn after_halt_no_sequence_yields_an_image() {
    let (with_pictures, tried) = (Cell::new(0), Cell::new(0));
    hold_for_all(|came| {
        if !came.halted_before {
            let halts_now = came.events.iter().any(|event| matches!(event, Event::Halted { .. }));
            let has_pictures = came.world.case.exhibits().iter().any(|(_, _, exhibit)| !exhibit.files.is_empty());
            if halts_now && has_pictures {
                with_pictures.set(with_pictures.get() + 1);
            }
            return Ok(());
        }
        tried.set(tried.get() + 1);
        if came.permit_made {
            return Err("a capture permit was made");
        }
        if came.view_made {
            return Err("a view permit was made");
        }
        if came.world.case.halt().is_none() {
            return Err("HALT was lifted");
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
    assert!(tried.get() > 10_000, "too little was tried after HALT: {}", tried.get());
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
    let (reviewed, permits) = (Cell::new(0), Cell::new(0));
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
        }
        Ok(())
    });
    assert!(reviewed.get() > 1_000, "too few cases went on to review: {}", reviewed.get());
    assert!(permits.get() > 1_000, "too few permits were made: {}", permits.get());
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
        if case.halt().is_some() || police || illegal || !case.referrals().is_empty() || !case.stopped().is_empty() {
            return Err("something is destroyed that is held");
        }
        Ok(())
    });
    assert!(whole.get() > 200, "too few cases were to be destroyed: {}", whole.get());
    assert!(early.get() > 20, "too few entries were to be destroyed early: {}", early.get());
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

fn hold_for_all(holds: impl Fn(&Came<'_>) -> Result<(), &'static str>) {
    let school = School5::with(pack());
    let config = Config {
        cases: EACH,
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let ran = TestRunner::new(config).run(&sequences(school.pack.categories().len()), |sequence| {
        go_through(&school, &sequence, &holds).map_err(TestCaseError::fail)
    });
    match ran {
        Ok(()) => {}
        Err(TestError::Fail(why, sequence)) => panic!("{why}\nafter {sequence:#?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

fn go_through(
    school: &School5,
    sequence: &Sequence,
    holds: impl Fn(&Came<'_>) -> Result<(), &'static str>,
) -> Result<(), &'static str> {
    let category = school.pack.categories()[sequence.category].id();
    let mut world = World::opened(school, category, sequence.subject);
    let mut permits: Vec<CapturePermit> = Vec::new();
    for roll in &sequence.rolls {
        let (act, by, company) = roll.cast(&world.case, &school.pack);
        let halted_before = world.case.halt().is_some();
        let now = school.now(world.at(), &by, &company);
        let (mut permit_made, mut view_made, mut waits, mut leave) = (false, false, false, None);
        let events = match act {
            Act::Do(command) => decide(&world.case, &school.pack, *command, &now).unwrap_or_default(),
            Act::Gate(answers) => {
                match gate::answer(&world.case, &school.pack, ExhibitKind::Page, PAGE, answers, &now) {
                    Ok(Gate::Open(events, permit)) => {
                        permit_made = true;
                        permits.push(permit);
                        events
                    }
                    Ok(Gate::Halted(events) | Gate::Stopped(events)) => events,
                    Err(_) => Vec::new(),
                }
            }
            Act::Keep => keep(&mut permits, &world, &now).into_iter().collect(),
            Act::See => {
                view_made = halt::permit_view(&world.case, &now).is_ok();
                Vec::new()
            }
            Act::Wait => {
                waits = true;
                Vec::new()
            }
            Act::Destroy => {
                leave = destroy(&world.case, &now);
                leave.as_ref().and_then(erased).into_iter().collect()
            }
        };
        world.take(&events, &by);
        if waits {
            world.wait();
        }
        let (events, by, company) = (&events, &by, &company);
        let leave = leave.as_ref();
        holds(&Came { world: &world, halted_before, events, permit_made, view_made, leave, by, company })?;
    }
    Ok(())
}

/// Keeps what the newest permit allows. A permit that was refused is tried again later: also after HALT.
fn keep(permits: &mut Vec<CapturePermit>, world: &World<'_>, now: &Now<'_>) -> Option<Event> {
    let kept = review::exhibit(permits.last()?, &world.case, draft(PAGE, 1), now).ok()?;
    permits.pop();
    Some(kept)
}

/// Leave to destroy what was asked for last.
fn destroy(case: &Case, now: &Now<'_>) -> Option<DisposePermit> {
    let newest = case.destructions().last()?;
    disposal::permit(case, newest.asked.seq, now).ok()
}

/// What is recorded in the case when one entry of it is destroyed; of a whole case nothing is.
fn erased(leave: &DisposePermit) -> Option<Event> {
    match leave.target() {
        DestructionTarget::Case => None,
        DestructionTarget::Entry { entry } => Some(Event::Erased { asked: leave.asked(), entry }),
    }
}
