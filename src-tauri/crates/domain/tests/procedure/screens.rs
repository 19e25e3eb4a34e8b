//! Screens and windows: refused where a capture is, and only the one that was asked about is kept.

use trail_domain::event::Event;
use trail_domain::event::capture::screen::{GatedScreen, Surface};
use trail_domain::event::capture::{ExhibitKind, GateAnswer, GateAnswers, Shows, StoppedBy};
use trail_domain::event::course::PausedBy;
use trail_domain::ids::{Hash, PersonId};
use trail_domain::procedure::gate::{self, Gate};
use trail_domain::procedure::permit::CapturePermit;
use trail_domain::procedure::{Command, screen};
use trail_domain::refusal::{Refusal, RefusalCode};

use crate::changes::{both, code, reviewing};
use crate::kept::{derived, file, kept, screen_draft, view, window};
use crate::walk::NO_TWICE;
use crate::world::{School5, World, pack, person};

fn ask(world: &World<'_>, answers: GateAnswers, company: &[PersonId]) -> Result<Gate, Refusal> {
    gate::answer_for_screen(&world.case, &world.school.pack, &window(), answers, &world.now(&person(0), company))
}

fn choose(world: &World<'_>, company: &[PersonId]) -> Option<RefusalCode> {
    code(screen::may_choose(&world.case, &world.school.pack, &world.now(&person(0), company)))
}

fn permit(world: &mut World<'_>) -> CapturePermit {
    let Ok(Gate::Open(events, permit)) = ask(world, NO_TWICE, &both()) else { panic!("no twice opens the gate") };
    world.take(&events, &person(0));
    permit
}

#[test]
fn a_window_is_kept_after_no_twice_and_only_the_one_that_was_asked_about() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    assert_eq!(choose(&world, &both()), None);
    let allowed = permit(&mut world);
    assert_eq!((allowed.kind(), allowed.mark().to_string()), (ExhibitKind::Screen, "JS/1".to_owned()));
    let (by, company) = (person(0), both());
    let whole = || view((0, 0));
    for (of, shows) in [
        (GatedScreen { number: 8, ..window() }, whole()),
        (GatedScreen { name: "Placeholder chat (1)".to_owned(), ..window() }, whole()),
        (GatedScreen { surface: Surface::Screen, ..window() }, whole()),
        (window(), view((0, 1))),
        (window(), derived(&[Hash::of(b"shot")])),
        (window(), Shows::Original),
    ] {
        let said = format!("{of:?} {shows:?}");
        let draft = screen_draft(of, vec![file(1, Hash::of(b"shot"), shows)]);
        let came = screen::exhibit(&allowed, &world.case, draft, &world.now(&by, &company));
        assert_eq!(code(came), Some(RefusalCode::NotWhatWasGated), "{said}");
    }
    let shot = || file(1, Hash::of(b"shot"), whole());
    for files in [vec![], vec![shot(), shot()]] {
        let draft = screen_draft(window(), files);
        let came = screen::exhibit(&allowed, &world.case, draft, &world.now(&by, &company));
        assert_eq!(code(came), Some(RefusalCode::NotWhatWasGated), "one picture is kept, no less and no more");
    }
    let draft = screen_draft(window(), vec![shot()]);
    let event = screen::exhibit(&allowed, &world.case, draft, &world.now(&by, &company)).unwrap();
    world.take(&[event], &by);
    let (_, _, exhibit) = &world.case.exhibits()[0];
    assert_eq!(exhibit.screen.as_ref().map(|facts| &facts.of), Some(&window()));
    assert_eq!((exhibit.gate, exhibit.address.is_none()), (Some(NO_TWICE), true));
    // Its mark is taken now.
    assert_eq!(code(kept(&allowed, &world.case, true, &world.now(&by, &company))), Some(RefusalCode::NotWhatWasGated));
}

#[test]
fn a_permit_for_a_page_or_a_file_keeps_no_window() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    let (by, company) = (person(0), both());
    for answered in [
        gate::answer(
            &world.case,
            &school.pack,
            ExhibitKind::Page,
            "https://a.example/",
            NO_TWICE,
            &world.now(&by, &company),
        ),
        gate::answer_for_file(&world.case, &school.pack, &crate::kept::given(), NO_TWICE, &world.now(&by, &company)),
    ] {
        let Ok(Gate::Open(_, other)) = answered else { panic!("no twice opens the gate") };
        let draft = screen_draft(window(), vec![file(1, Hash::of(b"shot"), view((0, 0)))]);
        let came = screen::exhibit(&other, &world.case, draft, &world.now(&by, &company));
        assert_eq!(code(came), Some(RefusalCode::NotWhatWasGated));
    }
    let asked = gate::answer(&world.case, &school.pack, ExhibitKind::Screen, "x", NO_TWICE, &world.now(&by, &company));
    assert_eq!(code(asked), Some(RefusalCode::NotWhatWasGated), "a screen is not asked about as a page");
    drop(permit(&mut world));
}

#[test]
fn a_window_without_a_name_is_not_asked_about() {
    let school = School5::with(pack());
    let world = reviewing(&school, None);
    for name in [String::new(), "n".repeat(1_001)] {
        let (by, company) = (person(0), both());
        let gated = GatedScreen { name, ..window() };
        let came = gate::answer_for_screen(&world.case, &school.pack, &gated, NO_TWICE, &world.now(&by, &company));
        assert_eq!(code(came), Some(RefusalCode::NotWhatWasGated));
    }
}

#[test]
fn yes_or_not_sure_before_a_window_is_halt_and_then_stop_and_refer() {
    let school = School5::with(pack());
    for child in [GateAnswer::Yes, GateAnswer::NotSure] {
        let world = reviewing(&school, None);
        let Ok(Gate::Halted(events)) = ask(&world, GateAnswers { child, extreme: None }, &both()) else {
            panic!("it halts")
        };
        let names = |event: &Event| matches!(event, Event::GateAnswered { screen: Some(of), .. } if *of == window());
        assert!(events.iter().any(names) && events.iter().any(|event| event.kind() == "halted"));
    }
    for extreme in [GateAnswer::Yes, GateAnswer::NotSure] {
        let mut world = reviewing(&school, None);
        let answers = GateAnswers { child: GateAnswer::No, extreme: Some(extreme) };
        let Ok(Gate::Stopped(events)) = ask(&world, answers, &both()) else { panic!("it stops") };
        world.take(&events, &person(0));
        assert_eq!(world.case.stopped()[0].1, "Window: Placeholder chat");
        assert_eq!(code(ask(&world, NO_TWICE, &both())), Some(RefusalCode::SiteStopped));
    }
    let world = reviewing(&school, None);
    let unanswered = GateAnswers { child: GateAnswer::No, extreme: None };
    assert_eq!(code(ask(&world, unanswered, &both())), Some(RefusalCode::GateUnanswered));
}

#[test]
fn no_window_is_named_or_shot_under_halt_paused_beside_the_subject_or_alone_each_by_itself() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, Some(3));
    assert!(ask(&world, NO_TWICE, &both()).is_ok());
    let (by, company, beside) = (person(0), both(), [person(0), person(1), person(3)]);
    let allowed = permit(&mut world);
    let refused = |world: &World<'_>, company: &[PersonId], by_what| {
        assert_eq!(choose(world, company), Some(by_what));
        assert_eq!(code(ask(world, NO_TWICE, company)), Some(by_what));
        assert_eq!(code(kept(&allowed, &world.case, true, &world.now(&person(0), company))), Some(by_what));
    };
    refused(&world, &beside, RefusalCode::SubjectExcluded);
    refused(&world, &[person(0)], RefusalCode::BothMustBeSignedIn);
    world.freeze(true);
    refused(&world, &company, RefusalCode::Frozen);
    world.freeze(false);
    world.act(Command::Pause(PausedBy::Missed), &by, &company).unwrap();
    refused(&world, &company, RefusalCode::ReviewPaused);
    world.act(Command::Confirm, &person(1), &company).unwrap();
    assert_eq!(choose(&world, &company), None);
    world.act(Command::Halt(StoppedBy::Pressed, None), &by, &company).unwrap();
    refused(&world, &company, RefusalCode::Halted);
}
