//! Refusals that no screen leads to, because the screens offer nothing that would earn them.

use trail_domain::event::Event;
use trail_domain::event::capture::thing::Thing;
use trail_domain::event::capture::{ExhibitKind, GateAnswer, GateAnswers, StoppedBy};
use trail_domain::event::document::{DocumentKind, SignatureField};
use trail_domain::event::report::{GroupMember, Subject, SubjectKind};
use trail_domain::ids::PersonId;
use trail_domain::pack::PolicyPack;
use trail_domain::procedure::gate::Gate;
use trail_domain::procedure::permit::CapturePermit;
use trail_domain::procedure::{Command, WordsOnly, gate, halt, review};
use trail_domain::refusal::RefusalCode;

use crate::kept::draft;
use crate::rolls::device;
use crate::walk::{Act, NO_TWICE, PAGE, document, forward, member, open, sign};
use crate::world::{PACK, School5, World, pack, person, words};

/// A category that the school may review.
const REVIEWED: &str = "bypassing-filters";

#[test]
fn both_people_of_a_session_must_be_signed_in() {
    let school = School5::with(pack());
    let (world, by, both) = in_session(&school);
    let alone = [by.clone()];
    let now = school.now(world.at(), &by, &alone);
    let code = |answer: Result<Gate, trail_domain::refusal::Refusal>| answer.map(|_| ()).unwrap_err().code();
    let gate = |now| gate::answer(&world.case, &school.pack, ExhibitKind::Page, PAGE, NO_TWICE, now);
    assert_eq!(code(gate(&now)), RefusalCode::BothMustBeSignedIn);
    assert!(gate(&school.now(world.at(), &by, &both)).is_ok());

    let permit = permit(&world, &by, &both);
    let kept = review::exhibit(&permit, &world.case, draft(PAGE, 1), &now);
    assert_eq!(kept.unwrap_err().code(), RefusalCode::BothMustBeSignedIn);
}

#[test]
fn a_capture_needs_the_second_answer_too() {
    let school = School5::with(pack());
    let (mut world, by, both) = in_session(&school);
    let once = GateAnswers { child: GateAnswer::No, extreme: None };
    let now = school.now(world.at(), &by, &both);
    let answered = gate::answer(&world.case, &school.pack, ExhibitKind::Page, PAGE, once, &now);
    assert_eq!(answered.map(|_| ()).unwrap_err().code(), RefusalCode::GateUnanswered);

    // Words make no exhibit with a picture, whatever they are of.
    for (thing, kind) in [(None, ExhibitKind::AddressOnly), (Some(device()), ExhibitKind::Device)] {
        let events = world.act(Command::KeepWords(in_words(thing)), &by, &both).unwrap();
        let [Event::ExhibitKept { exhibit, .. }] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((exhibit.kind, exhibit.files.len()), (kind, 0));
    }
}

#[test]
fn only_what_the_gate_was_answered_for_is_kept() {
    let school = School5::with(pack());
    let (world, by, both) = in_session(&school);
    let now = school.now(world.at(), &by, &both);
    let permit = permit(&world, &by, &both);
    let keep = |shown, views| review::exhibit(&permit, &world.case, draft(shown, views), &now);
    assert_eq!(keep("https://board.example/topic/2", 1).unwrap_err().code(), RefusalCode::NotWhatWasGated);
    assert_eq!(keep(PAGE, 0).unwrap_err().code(), RefusalCode::NotWhatWasGated);
    assert!(keep(PAGE, 1).is_ok());

    let wordy = gate::answer(&world.case, &school.pack, ExhibitKind::Device, PAGE, NO_TWICE, &now);
    assert_eq!(wordy.map(|_| ()).unwrap_err().code(), RefusalCode::NotWhatWasGated);
}

#[test]
fn nothing_is_kept_once_the_person_concerned_has_signed_in() {
    let school = School5::with(pack());
    let (mut world, by, both) = in_session(&school);
    let permit = permit(&world, &by, &both);
    let concerned = Subject {
        name: words("Person B"),
        kind: SubjectKind::Other,
        enrolled: Some(person(4)),
        works_with_children: false,
    };
    world.act(Command::ChangeSubject(concerned, words("it was learned")), &by, &both).unwrap();
    let with_them = [both.clone(), vec![person(4)]].concat();
    let keep = |company: &[PersonId]| {
        review::exhibit(&permit, &world.case, draft(PAGE, 1), &school.now(world.at(), &by, company))
    };
    assert_eq!(keep(&with_them).unwrap_err().code(), RefusalCode::SubjectExcluded);
    assert!(keep(&both).is_ok());
}

#[test]
fn a_permit_of_an_earlier_session_keeps_nothing() {
    let school = School5::with(pack());
    let (mut world, by, both) = in_session(&school);
    let permit = permit(&world, &by, &both);
    world.act(Command::EndSession(trail_domain::event::review::SessionEnd::Ended), &by, &both).unwrap();
    world.act(open(&both[0], &both[1], 77), &by, &both).unwrap();
    let kept = review::exhibit(&permit, &world.case, draft(PAGE, 1), &school.now(world.at(), &by, &both));
    assert_eq!(kept.unwrap_err().code(), RefusalCode::NotWhatWasGated);
}

#[test]
fn a_permit_from_before_halt_keeps_nothing_after_it() {
    let school = School5::with(pack());
    let (mut world, by, both) = in_session(&school);
    let permit = permit(&world, &by, &both);
    world.act(Command::Halt(StoppedBy::Pressed, None), &by, &both).unwrap();
    let now = school.now(world.at(), &by, &both);
    let kept = review::exhibit(&permit, &world.case, draft(PAGE, 1), &now);
    assert_eq!(kept.unwrap_err().code(), RefusalCode::Halted);
    assert_eq!(halt::permit_view(&world.case, &now).unwrap_err().code(), RefusalCode::Halted);
}

#[test]
fn anybody_signed_in_may_halt_even_beside_the_subject() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, REVIEWED, Some(3));
    let (by, beside) = (person(0), [person(0), person(3)]);
    assert_eq!(
        halt::permit_view(&world.case, &school.now(world.at(), &by, &beside)).unwrap_err().code(),
        RefusalCode::SubjectExcluded
    );
    assert!(world.act(Command::Halt(StoppedBy::Pressed, None), &by, &beside).is_ok());
}

#[test]
fn nobody_signs_a_file_that_they_were_not_shown() {
    let school = School5::with(pack());
    let (mut world, by, both) = at_form(&school);
    let Command::Sign(mut signed) = sign(&world.case, SignatureField::First, &by) else { unreachable!() };
    signed.before = document(DocumentKind::Record, 99).sha256;
    let refused = world.act(Command::Sign(signed.clone()), &by, &both).unwrap_err();
    assert_eq!(refused.code(), RefusalCode::NotTheSameFile);
    let first = sign(&world.case, SignatureField::First, &by);
    assert!(world.act(first, &by, &both).is_ok());

    // The second signs the file with the first signature, not the file before it.
    let made = world.case.form().unwrap().made.sha256;
    let Command::Sign(mut second) = sign(&world.case, SignatureField::Second, &both[1]) else { unreachable!() };
    second.before = made;
    assert_eq!(world.act(Command::Sign(second), &both[1], &both).unwrap_err().code(), RefusalCode::NotTheSameFile);
}

#[test]
fn a_group_has_only_enrolled_people_whom_the_subject_does_not_manage() {
    let school = School5::with(pack());
    let (mut world, by, both) = walked_to(&school, |world| world.case.triage().is_some());
    let form = |member_two| Command::FormGroup(vec![member(&person(0)), member_two], words("none"));
    let stranger = member(&PersonId::from_bytes([200; 16]));
    assert_eq!(world.act(form(stranger), &by, &both).unwrap_err().code(), RefusalCode::UnknownPerson);
    let managed = GroupMember { managed_by_subject: true, ..member(&person(1)) };
    assert_eq!(world.act(form(managed), &by, &both).unwrap_err().code(), RefusalCode::ManagedBySubject);
    assert!(world.act(form(member(&person(1))), &by, &both).is_ok());
}

#[test]
fn a_category_that_forbids_capture_leaves_the_way_to_halt_open() {
    let school = School5::with(forbidding());
    let (world, by, both) = in_session(&school);
    let now = school.now(world.at(), &by, &both);
    let answer = |answers| gate::answer(&world.case, &school.pack, ExhibitKind::Page, PAGE, answers, &now);
    assert_eq!(answer(NO_TWICE).map(|_| ()).unwrap_err().code(), RefusalCode::CaptureForbidden);
    let unsure = GateAnswers { child: GateAnswer::NotSure, extreme: None };
    let Ok(Gate::Halted(events)) = answer(unsure) else { panic!("not sure counts as yes") };
    assert!(events.iter().any(|event| matches!(event, Event::Halted { .. })));
}

/// The bundled pack, with one reviewed category that forbids capture.
fn forbidding() -> PolicyPack {
    let at = PACK.find(&format!("id = \"{REVIEWED}\"")).unwrap();
    let (before, after) = PACK.split_at(at);
    let text = format!("{before}{}", after.replacen("capture = \"allowed\"", "capture = \"forbidden\"", 1));
    PolicyPack::parse("swgfl-template", &text).unwrap()
}

fn in_session(school: &School5) -> (World<'_>, PersonId, Vec<PersonId>) {
    walked_to(school, |world| world.case.open_session().is_some())
}

fn at_form(school: &School5) -> (World<'_>, PersonId, Vec<PersonId>) {
    walked_to(school, |world| world.case.form().is_some())
}

/// A case that went on as it should until this holds.
fn walked_to(school: &School5, until: impl Fn(&World<'_>) -> bool) -> (World<'_>, PersonId, Vec<PersonId>) {
    let mut world = World::opened(school, REVIEWED, None);
    let both = vec![person(0), person(1)];
    for _ in 0..40 {
        if until(&world) {
            return (world, person(0), both);
        }
        let (act, by) = forward(&world.case, &school.pack, 3);
        let Act::Do(command) = act else { panic!("nothing else is needed on this way") };
        world.act(*command, &by, &both).unwrap();
    }
    panic!("the case did not come that far")
}

fn permit(world: &World<'_>, by: &PersonId, both: &[PersonId]) -> CapturePermit {
    let now = world.school.now(world.at(), by, both);
    match gate::answer(&world.case, &world.school.pack, ExhibitKind::Page, PAGE, NO_TWICE, &now).unwrap() {
        Gate::Open(_, permit) => permit,
        Gate::Halted(_) | Gate::Stopped(_) => panic!("no twice opens the gate"),
    }
}

fn in_words(thing: Option<Thing>) -> WordsOnly {
    WordsOnly {
        thing,
        title: words("An address"),
        nature: words("A placeholder for content of concern"),
        concern: words("It names a person"),
        address: None,
    }
}
