//! Imports and what is drawn over a picture: refused where a capture is, and only the file that was asked about is kept.

use trail_domain::event::Event;
use trail_domain::event::capture::mark::{Mark, Place};
use trail_domain::event::capture::{ExhibitKind, GateAnswer, GateAnswers, GatedFile, Shows, StoppedBy};
use trail_domain::ids::{Hash, PersonId};
use trail_domain::procedure::gate::{self, Gate};
use trail_domain::procedure::permit::CapturePermit;
use trail_domain::procedure::{Command, import, marked};
use trail_domain::refusal::{Refusal, RefusalCode};
use trail_domain::words::Words;

use crate::changes::{both, code, reviewing};
use crate::kept::{black, derived, file, given, import_draft, kept, marked_draft, numbered};
use crate::walk::NO_TWICE;
use crate::world::{School5, World, pack, person, words};

fn ask(world: &World<'_>, answers: GateAnswers, company: &[PersonId]) -> Result<Gate, Refusal> {
    gate::answer_for_file(&world.case, &world.school.pack, &given(), answers, &world.now(&person(0), company))
}

fn permit(world: &mut World<'_>) -> CapturePermit {
    let Ok(Gate::Open(events, permit)) = ask(world, NO_TWICE, &both()) else { panic!("no twice opens the gate") };
    world.take(&events, &person(0));
    permit
}

#[test]
fn a_file_is_kept_after_no_twice_and_only_the_one_that_was_asked_about() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    let allowed = permit(&mut world);
    assert_eq!((allowed.kind(), allowed.mark().to_string()), (ExhibitKind::Import, "JS/1".to_owned()));
    let (by, company) = (person(0), both());
    let original = || file(given().bytes, Hash::of(b"file"), Shows::Original);
    let seen = |from: &[u8]| file(1, Hash::of(b"seen"), derived(&[Hash::of(from)]));
    for (name, files) in [
        ("another.jpg", vec![original()]),
        ("photo.jpg", vec![]),
        ("photo.jpg", vec![file(8, Hash::of(b"file"), Shows::Original)]),
        ("photo.jpg", vec![original(), original()]),
        ("photo.jpg", vec![original(), seen(b"something else")]),
        ("photo.jpg", vec![seen(b"file")]),
    ] {
        let came = import::exhibit(&allowed, &world.case, import_draft(name, files), &world.now(&by, &company));
        assert_eq!(code(came), Some(RefusalCode::NotWhatWasGated), "{name}");
    }
    let draft = import_draft("photo.jpg", vec![original(), seen(b"file")]);
    let event = import::exhibit(&allowed, &world.case, draft, &world.now(&by, &company)).unwrap();
    world.take(&[event], &by);
    let (_, _, exhibit) = &world.case.exhibits()[0];
    assert_eq!(exhibit.import.as_ref().map(|facts| facts.name.as_str()), Some("photo.jpg"));
    assert_eq!((exhibit.gate, exhibit.page.is_none()), (Some(NO_TWICE), true));
    // Its mark is taken now.
    assert_eq!(code(kept(&allowed, &world.case, true, &world.now(&by, &company))), Some(RefusalCode::NotWhatWasGated));
}

#[test]
fn a_file_without_a_name_is_not_asked_about() {
    let school = School5::with(pack());
    let world = reviewing(&school, None);
    for name in [String::new(), "n".repeat(1_001)] {
        let (by, company) = (person(0), both());
        let gated = GatedFile { name, bytes: 1 };
        let came = gate::answer_for_file(&world.case, &school.pack, &gated, NO_TWICE, &world.now(&by, &company));
        assert_eq!(code(came), Some(RefusalCode::NotWhatWasGated));
    }
}

#[test]
fn yes_or_not_sure_before_an_import_is_halt_and_then_stop_and_refer() {
    let school = School5::with(pack());
    for child in [GateAnswer::Yes, GateAnswer::NotSure] {
        let world = reviewing(&school, None);
        let Ok(Gate::Halted(events)) = ask(&world, GateAnswers { child, extreme: None }, &both()) else {
            panic!("it halts")
        };
        let names = |event: &Event| matches!(event, Event::GateAnswered { file: Some(file), .. } if *file == given());
        assert!(events.iter().any(names) && events.iter().any(|event| event.kind() == "halted"));
    }
    for extreme in [GateAnswer::Yes, GateAnswer::NotSure] {
        let mut world = reviewing(&school, None);
        let answers = GateAnswers { child: GateAnswer::No, extreme: Some(extreme) };
        let Ok(Gate::Stopped(events)) = ask(&world, answers, &both()) else { panic!("it stops") };
        world.take(&events, &person(0));
        assert_eq!(world.case.stopped()[0].1, "File given: photo.jpg");
        assert_eq!(code(ask(&world, NO_TWICE, &both())), Some(RefusalCode::SiteStopped));
    }
    let world = reviewing(&school, None);
    let unanswered = GateAnswers { child: GateAnswer::No, extreme: None };
    assert_eq!(code(ask(&world, unanswered, &both())), Some(RefusalCode::GateUnanswered));
}

#[test]
fn no_file_is_imported_under_halt_beside_the_subject_or_alone_each_by_itself() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, Some(3));
    assert!(ask(&world, NO_TWICE, &both()).is_ok());
    let beside = [person(0), person(1), person(3)];
    assert_eq!(code(ask(&world, NO_TWICE, &beside)), Some(RefusalCode::SubjectExcluded));
    assert_eq!(code(ask(&world, NO_TWICE, &[person(0)])), Some(RefusalCode::BothMustBeSignedIn));
    let allowed = permit(&mut world);
    let (by, company) = (person(0), both());
    assert_eq!(code(kept(&allowed, &world.case, true, &world.now(&by, &beside))), Some(RefusalCode::SubjectExcluded));
    world.freeze(true);
    assert_eq!(code(ask(&world, NO_TWICE, &both())), Some(RefusalCode::Frozen));
    assert_eq!(code(kept(&allowed, &world.case, true, &world.now(&by, &company))), Some(RefusalCode::Frozen));
    world.freeze(false);
    world.act(Command::Halt(StoppedBy::Pressed, None), &by, &company).unwrap();
    assert_eq!(code(ask(&world, NO_TWICE, &both())), Some(RefusalCode::Halted));
    assert_eq!(code(kept(&allowed, &world.case, true, &world.now(&by, &company))), Some(RefusalCode::Halted));
}

#[test]
fn boxes_are_drawn_over_a_picture_of_the_case_by_two_and_say_from_which() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, Some(3));
    let (by, company) = (person(0), both());
    let allowed = permit(&mut world);
    let event = kept(&allowed, &world.case, true, &world.now(&by, &company)).unwrap();
    world.take(&[event], &by);
    let (original, source) = {
        let files = &world.case.exhibits()[0].2.files;
        (files[0].sha256, files[1].sha256)
    };
    let leave = |world: &World<'_>, source: &Hash, who: &PersonId, company: &[PersonId]| {
        marked::permit(&world.case, source, &black(), &world.now(who, company))
    };
    assert_eq!(code(leave(&world, &source, &by, std::slice::from_ref(&by))), Some(RefusalCode::TwoNeeded));
    assert_eq!(code(leave(&world, &source, &person(4), &[person(4), person(0)])), Some(RefusalCode::TwoNeeded));
    assert_eq!(code(leave(&world, &source, &by, &[person(0), person(3)])), Some(RefusalCode::SubjectExcluded));
    assert_eq!(code(leave(&world, &Hash::of(b"none"), &by, &company)), Some(RefusalCode::NotWhatWasGated));
    assert_eq!(code(leave(&world, &original, &by, &company)), Some(RefusalCode::NotWhatWasGated));
    let allowed = leave(&world, &source, &by, &company).unwrap();
    assert_eq!(allowed.mark().to_string(), "JS/2");
    for shows in [derived(&[original]), derived(&[source, source]), derived(&[]), Shows::Original] {
        let draft = marked_draft(file(1, Hash::of(b"boxes"), shows), black());
        let came = marked::exhibit(&allowed, &world.case, draft, &world.now(&by, &company));
        assert_eq!(code(came), Some(RefusalCode::NotWhatWasGated));
    }
    let stale = leave(&world, &source, &by, &company).unwrap();
    let event = kept(&allowed, &world.case, true, &world.now(&by, &company)).unwrap();
    world.take(&[event], &by);
    assert_eq!(world.case.exhibits().len(), 2);
    assert_eq!(code(kept(&stale, &world.case, true, &world.now(&by, &company))), Some(RefusalCode::NotWhatWasGated));
    let allowed = leave(&world, &source, &by, &company).unwrap();
    world.act(Command::Halt(StoppedBy::Pressed, None), &by, &company).unwrap();
    assert_eq!(code(leave(&world, &source, &by, &company)), Some(RefusalCode::Halted));
    assert_eq!(code(kept(&allowed, &world.case, true, &world.now(&by, &company))), Some(RefusalCode::Halted));
    assert!(world.case.is_sealed(&world.case.exhibits()[1].2));
}

/// A picture of the case: what was decoded of a file that was given.
fn with_a_picture<'a>(school: &'a School5) -> (World<'a>, Hash) {
    let mut world = reviewing(school, None);
    let (by, company) = (person(0), both());
    let allowed = permit(&mut world);
    let event = kept(&allowed, &world.case, true, &world.now(&by, &company)).unwrap();
    world.take(&[event], &by);
    let source = world.case.exhibits()[0].2.files[1].sha256;
    (world, source)
}

#[test]
fn an_annotation_names_its_source_and_each_number_its_place_and_words() {
    let school = School5::with(pack());
    let (mut world, source) = with_a_picture(&school);
    let (by, company) = (person(0), both());
    let drawn = |world: &World<'_>, from: &Hash, marks: Vec<Mark>, as_asked: bool| {
        let now = world.now(&by, &company);
        let asked = if as_asked { marks.clone() } else { black() };
        let allowed = marked::permit(&world.case, from, &asked, &now).unwrap();
        let fresh = Hash::of(&world.case.last().0.to_be_bytes());
        marked::exhibit(&allowed, &world.case, marked_draft(file(1, fresh, derived(&[*from])), marks), &now)
    };
    let mark =
        |right, words: Words| Mark::Numbered { place: Place { left: 0, top: 0, right, bottom: 0 }, number: 1, words };
    for (marks, as_asked) in [
        (vec![], true),
        (numbered(&[2]), true),
        (numbered(&[1, 1]), true),
        (numbered(&[2, 1]), true),
        (numbered(&[0]), true),
        (vec![mark(1, words("Outside of the picture"))], true),
        (vec![mark(0, words(&"w".repeat(501)))], true),
        (vec![black().remove(0); 201], true),
        (numbered(&[1]), false),
    ] {
        assert_eq!(
            code(drawn(&world, &source, marks.clone(), as_asked)),
            Some(RefusalCode::NotWhatWasGated),
            "{marks:?}"
        );
    }
    let marks = vec![numbered(&[1]).remove(0), mark_of(2, "The second name")];
    let event = drawn(&world, &source, marks.clone(), true).unwrap();
    world.take(&[event], &by);
    let exhibit = world.case.exhibits()[1].2.clone();
    assert_eq!((exhibit.kind, exhibit.marks.as_ref()), (ExhibitKind::Annotated, Some(&marks)));
    assert!(matches!(&exhibit.files[0].shows, Shows::Derived { from, .. } if *from == [source]));
    // What is drawn over it next goes on from its numbers, and a box makes a redaction of it.
    let annotated = exhibit.files[0].sha256;
    assert_eq!(code(drawn(&world, &annotated, numbered(&[1]), true)), Some(RefusalCode::NotWhatWasGated));
    let event = drawn(&world, &annotated, black(), true).unwrap();
    world.take(&[event], &by);
    assert_eq!(world.case.exhibits()[2].2.kind, ExhibitKind::Marked);
    let covered = world.case.exhibits()[2].2.files[0].sha256;
    assert_eq!(code(drawn(&world, &covered, numbered(&[1]), true)), Some(RefusalCode::NotWhatWasGated));
    assert!(drawn(&world, &covered, numbered(&[3]), true).is_ok());
}

#[test]
fn no_mark_is_drawn_after_halt_or_kept_with_a_permit_from_before() {
    let school = School5::with(pack());
    let (mut world, source) = with_a_picture(&school);
    let (by, company) = (person(0), both());
    let leave = |world: &World<'_>| marked::permit(&world.case, &source, &numbered(&[1]), &world.now(&by, &company));
    let allowed = leave(&world).unwrap();
    assert_eq!(allowed.kind(), ExhibitKind::Annotated);
    world.act(Command::Halt(StoppedBy::Pressed, None), &by, &company).unwrap();
    assert_eq!(code(leave(&world)), Some(RefusalCode::Halted));
    assert_eq!(code(kept(&allowed, &world.case, true, &world.now(&by, &company))), Some(RefusalCode::Halted));
}

fn mark_of(number: u8, said: &str) -> Mark {
    Mark::Numbered { place: Place { left: 0, top: 0, right: 0, bottom: 0 }, number, words: words(said) }
}
