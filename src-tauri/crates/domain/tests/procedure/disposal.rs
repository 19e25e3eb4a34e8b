//! Destruction: each guard with its refusal, and the one way on which a permit is made.

use trail_domain::event::Event;
use trail_domain::event::capture::StoppedBy;
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::event::report::TriageExit;
use trail_domain::event::review::View;
use trail_domain::ids::{PersonId, Seq};
use trail_domain::procedure::permit::DisposePermit;
use trail_domain::procedure::{Command, WordsOnly, decide, disposal};
use trail_domain::refusal::{Refusal, RefusalCode};
use trail_domain::time::Moment;

use crate::walk::{Act, PAGE, actions, forward, referral};
use crate::world::{School5, World, pack, person, words};

/// A category that the school may review.
const REVIEWED: &str = "bypassing-filters";
/// 2032-11-21T23:59:59Z: a second before the day of review that the walk records.
const EVE: i64 = 1_984_694_399_000_000;

const CASE: DestructionTarget = DestructionTarget::Case;

#[test]
fn the_head_gets_leave_for_what_two_others_asked_for_and_agreed_on() {
    let school = School5::with(pack());
    let mut world = retained(&school, None);
    let asked = agreed_on(&mut world, CASE, 1);
    let permit = permit(&world, asked, 2, 1).unwrap();
    assert_eq!(permit.case(), world.case.id());
    assert_eq!((permit.target(), permit.asked()), (CASE, asked));
    assert_eq!([permit.asked_by(), permit.agreed_by(), permit.head()], [&person(0), &person(1), &person(2)]);
    assert_eq!(permit.position(), world.case.last());

    let request = &world.case.destructions()[0];
    assert_eq!((request.asked.seq, &request.asked.by, request.target), (asked, &person(0), CASE));
    assert_eq!(request.agreed.as_ref().map(|stamp| &stamp.by), Some(&person(1)));
    assert!(self::permit(&world, asked, 4, 1).is_ok(), "the deputy stands in");
}

#[test]
fn a_frozen_computer_destroys_nothing_of_any_case() {
    let school = School5::with(pack());
    let mut world = retained(&school, None);
    let asked = agreed_on(&mut world, CASE, 1);
    let (head, company, later) = (person(2), [person(2)], Moment::from_micros(EVE + 1_000_000));
    let permit = |now| refused_or(disposal::permit(&world.case, asked, &now));
    assert_eq!(permit(school.frozen(later, &head, &company)), Err(RefusalCode::Frozen));
    assert_eq!(permit(school.now(later, &head, &company)), Ok(()));
}

#[test]
fn a_case_is_destroyed_from_its_day_of_review_on_and_not_before() {
    let school = School5::with(pack());
    let mut world = retained(&school, None);
    assert_eq!(world.case.retained().unwrap().1, "2032-11-22");
    assert_eq!(ask(&mut world, CASE, 0, 0), Err(RefusalCode::NotYet));
    let asked = ask(&mut world, CASE, 0, 1).unwrap();
    // A clock that was set back between asking and agreeing helps nobody.
    assert_eq!(agree(&mut world, asked, 1, 0), Err(RefusalCode::NotYet));
    agree(&mut world, asked, 1, 1).unwrap();
    assert_eq!(refused(permit(&world, asked, 2, 0)), RefusalCode::NotYet);
    assert!(permit(&world, asked, 2, 1).is_ok());

    let mut open = reviewed(&school, None);
    assert!(open.case.retained().is_none());
    assert_eq!(ask(&mut open, CASE, 0, 1), Err(RefusalCode::NotYet), "a case that is not retained has no day");
}

#[test]
fn one_entry_may_go_early() {
    let school = School5::with(pack());
    let mut world = reviewed(&school, None);
    let exhibit = world.case.exhibits()[0].0.seq;
    let note = noted(&mut world);
    for entry in [exhibit, note] {
        let target = DestructionTarget::Entry { entry };
        let asked = agreed_on(&mut world, target, 0);
        assert_eq!(permit(&world, asked, 2, 0).unwrap().target(), target);
    }
}

#[test]
fn only_an_exhibit_or_a_note_that_stands_may_go_early() {
    let school = School5::with(pack());
    let mut world = reviewed(&school, None);
    let opened = world.log[0].seq;
    for entry in [opened, Seq(1), Seq(9_999)] {
        assert_eq!(ask(&mut world, DestructionTarget::Entry { entry }, 0, 0), Err(RefusalCode::UnknownEntry));
    }
    let entry = noted(&mut world);
    let target = DestructionTarget::Entry { entry };
    let first = agreed_on(&mut world, target, 0);
    let second = ask(&mut world, target, 0, 0).unwrap();
    world.take(&[Event::Erased { asked: first, entry }], &person(2));
    assert_eq!(ask(&mut world, target, 0, 0), Err(RefusalCode::AlreadyDone));
    assert_eq!(agree(&mut world, second, 1, 0), Err(RefusalCode::AlreadyDone));
    assert_eq!(refused(permit(&world, first, 2, 0)), RefusalCode::AlreadyDone);
}

#[test]
fn it_takes_a_request_and_somebody_else_who_agrees() {
    let school = School5::with(pack());
    let mut world = retained(&school, None);
    assert_eq!(agree(&mut world, Seq(9_999), 1, 1), Err(RefusalCode::NotAgreed));
    assert_eq!(refused(permit(&world, Seq(9_999), 2, 1)), RefusalCode::NotAgreed);
    let asked = ask(&mut world, CASE, 0, 1).unwrap();
    assert_eq!(refused(permit(&world, asked, 2, 1)), RefusalCode::NotAgreed, "nobody agreed");
    assert_eq!(agree(&mut world, asked, 0, 1), Err(RefusalCode::SamePerson));
    agree(&mut world, asked, 1, 1).unwrap();
    assert_eq!(agree(&mut world, asked, 3, 1), Err(RefusalCode::AlreadyDone));
    // Agreeing to one request says nothing of another.
    let other = ask(&mut world, CASE, 0, 1).unwrap();
    assert_eq!(refused(permit(&world, other, 2, 1)), RefusalCode::NotAgreed);
}

#[test]
fn only_the_head_or_the_deputy_decides_and_not_who_asked_or_agreed() {
    let school = School5::with(pack());
    let mut world = retained(&school, None);
    let asked = agreed_on(&mut world, CASE, 1);
    for senior in [0, 1, 3] {
        assert_eq!(refused(permit(&world, asked, senior, 1)), RefusalCode::HeadOnly, "person {senior}");
    }
    // The head asks, the deputy agrees: neither of them decides, and nobody else may.
    let asked = ask(&mut world, CASE, 2, 1).unwrap();
    agree(&mut world, asked, 4, 1).unwrap();
    for who in [2, 4, 0] {
        assert_eq!(refused(permit(&world, asked, who, 1)), RefusalCode::HeadOnly, "person {who}");
    }
    let stranger = PersonId::from_bytes([200; 16]);
    let company = [stranger.clone()];
    let now = school.now(Moment::from_micros(EVE + 1_000_000), &stranger, &company);
    assert_eq!(refused(disposal::permit(&world.case, asked, &now)), RefusalCode::HeadOnly);
}

#[test]
fn the_subject_and_who_is_not_signed_in_decide_nothing() {
    let school = School5::with(pack());
    let mut world = retained(&school, Some(2));
    let asked = agreed_on(&mut world, CASE, 1);
    assert_eq!(refused(permit(&world, asked, 2, 1)), RefusalCode::SubjectExcluded);
    assert!(permit(&world, asked, 4, 1).is_ok());
    let (deputy, beside) = (person(4), [person(4), person(2)]);
    let late = Moment::from_micros(EVE + 1_000_000);
    assert_eq!(
        refused(disposal::permit(&world.case, asked, &school.now(late, &deputy, &beside))),
        RefusalCode::SubjectExcluded
    );
    let nobody = [person(0)];
    assert_eq!(
        refused(disposal::permit(&world.case, asked, &school.now(late, &deputy, &nobody))),
        RefusalCode::NotSignedIn
    );
}

#[test]
fn nothing_is_destroyed_that_somebody_outside_may_ask_for() {
    let school = School5::with(pack());
    let stopped = Event::StoppedAndReferred { by: person(0), address: PAGE.to_owned() };
    let holds: [(&str, Vec<Event>); 3] = [
        ("a referral", vec![Event::Referred { referral: referral() }]),
        ("stop and refer", vec![stopped]),
        ("the illegal route", vec![Event::Triaged { exit: TriageExit::IllegalRoute, reason: words("it is") }]),
    ];
    for (what, events) in holds {
        let mut world = retained(&school, None);
        let pending = ask(&mut world, CASE, 0, 1).unwrap();
        let asked = agreed_on(&mut world, CASE, 1);
        assert!(permit(&world, asked, 2, 1).is_ok(), "{what}");
        world.take(&events, &person(0));
        held(&mut world, pending, asked, RefusalCode::UnderHold, what);
    }
}

#[test]
fn nothing_is_destroyed_once_the_police_respond() {
    let school = School5::with(pack());
    // The first row of the table names the police.
    let mut world = walked(&school, None, true, |world| world.case.retained().is_some());
    assert!(world.case.actions().unwrap().response.police);
    assert_eq!(ask(&mut world, CASE, 0, 1), Err(RefusalCode::UnderHold));
    let entry = world.case.exhibits()[0].0.seq;
    assert_eq!(ask(&mut world, DestructionTarget::Entry { entry }, 0, 0), Err(RefusalCode::UnderHold));
    // What was asked for and agreed on before the police came in gives no leave after it.
    let actions = world.log.iter().find(|entry| matches!(entry.event, Event::ActionsChosen { .. })).unwrap();
    let actions = actions.event.clone();
    let mut world = retained(&school, None);
    let pending = ask(&mut world, CASE, 0, 1).unwrap();
    let asked = agreed_on(&mut world, CASE, 1);
    world.take(&[actions], &person(0));
    held(&mut world, pending, asked, RefusalCode::UnderHold, "the police");
}

#[test]
fn nothing_is_destroyed_under_halt() {
    let school = School5::with(pack());
    let mut world = retained(&school, None);
    let pending = ask(&mut world, CASE, 0, 1).unwrap();
    let asked = agreed_on(&mut world, CASE, 1);
    world.act(Command::Halt(StoppedBy::Pressed, None), &person(3), &[person(3)]).unwrap();
    // HALT is looked at before the command is; the permit has no command before it.
    held(&mut world, pending, asked, RefusalCode::Halted, "HALT");
}

/// Under a hold nobody asks, agrees or decides.
fn held(world: &mut World<'_>, pending: Seq, asked: Seq, code: RefusalCode, what: &str) {
    assert_eq!(ask(world, CASE, 0, 1), Err(code), "{what}");
    let entry = world.case.exhibits()[0].0.seq;
    assert_eq!(ask(world, DestructionTarget::Entry { entry }, 0, 1), Err(code), "{what}");
    assert_eq!(agree(world, pending, 1, 1), Err(code), "{what}");
    assert_eq!(refused(permit(world, asked, 2, 1)), RefusalCode::UnderHold, "{what}");
}

/// A case with an exhibit and no finding yet.
fn reviewed<'a>(school: &'a School5, subject: Option<usize>) -> World<'a> {
    walked(school, subject, false, |world| !world.case.exhibits().is_empty() && world.case.open_session().is_none())
}

/// A case that found no substance and was signed off: nothing holds it.
fn retained<'a>(school: &'a School5, subject: Option<usize>) -> World<'a> {
    walked(school, subject, false, |world| world.case.retained().is_some())
}

/// A case that went on as it should until this holds, with one exhibit in words.
pub(crate) fn walked<'a>(
    school: &'a School5,
    subject: Option<usize>,
    substance: bool,
    until: impl Fn(&World<'_>) -> bool,
) -> World<'a> {
    let mut world = World::opened(school, REVIEWED, subject);
    for _ in 0..60 {
        if until(&world) {
            return world;
        }
        let (act, by) = if world.case.open_session().is_some() && world.case.exhibits().is_empty() {
            (Act::from(Command::KeepWords(in_words())), person(0))
        } else {
            forward(&world.case, &school.pack, 3)
        };
        let Act::Do(mut command) = act else { panic!("nothing else is needed on this way") };
        if let Command::SealView(view) = command.as_mut() {
            *view = View { substance, ..view.clone() };
        }
        if matches!(*command, Command::ChooseActions { .. }) {
            *command = actions(&school.pack, 0);
        }
        let company = [person(0), person(1), by.clone()];
        world.act(*command, &by, &company).unwrap();
    }
    panic!("the case did not come that far")
}

fn in_words() -> WordsOnly {
    WordsOnly {
        thing: None,
        title: words("An address"),
        nature: words("A placeholder for content of concern"),
        concern: words("It names a person"),
        address: Some(PAGE.to_owned()),
    }
}

fn noted(world: &mut World<'_>) -> Seq {
    world.act(Command::Note(words("a line too much")), &person(0), &[person(0)]).unwrap();
    world.case.last()
}

/// Asks as the first person, agrees as the second.
fn agreed_on(world: &mut World<'_>, target: DestructionTarget, late: i64) -> Seq {
    let asked = ask(world, target, 0, late).unwrap();
    agree(world, asked, 1, late).unwrap();
    asked
}

/// Asks, `late` seconds after the eve of the day of review.
fn ask(world: &mut World<'_>, target: DestructionTarget, who: usize, late: i64) -> Result<Seq, RefusalCode> {
    act(world, Command::AskDestruction(target, words("the day has come")), who, late)
}

fn agree(world: &mut World<'_>, asked: Seq, who: usize, late: i64) -> Result<Seq, RefusalCode> {
    act(world, Command::AgreeDestruction(asked), who, late)
}

fn act(world: &mut World<'_>, command: Command, who: usize, late: i64) -> Result<Seq, RefusalCode> {
    let (by, company) = (person(who), [person(who)]);
    let now = world.school.now(Moment::from_micros(EVE + late * 1_000_000), &by, &company);
    let events = decide(&world.case, &world.school.pack, command, &now).map_err(|refusal| refusal.code())?;
    world.take(&events, &by);
    Ok(world.case.last())
}

fn permit(world: &World<'_>, asked: Seq, who: usize, late: i64) -> Result<DisposePermit, Refusal> {
    let (by, company) = (person(who), [person(who)]);
    disposal::permit(&world.case, asked, &world.school.now(Moment::from_micros(EVE + late * 1_000_000), &by, &company))
}

fn refused(answer: Result<DisposePermit, Refusal>) -> RefusalCode {
    refused_or(answer).unwrap_err()
}

fn refused_or(answer: Result<DisposePermit, Refusal>) -> Result<(), RefusalCode> {
    answer.map(|_| ()).map_err(|refusal| refusal.code())
}
