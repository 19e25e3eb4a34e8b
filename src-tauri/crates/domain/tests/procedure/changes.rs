//! What changes in the course of a case: each guard with its refusal, and the way that is open.

use trail_domain::advice::clocks::{Duty, clocks};
use trail_domain::event::course::{Decision, PausedBy};
use trail_domain::event::report::{ChildSafe, GroupMember, HarmTest, Involved, Role, Subject, SubjectKind, TriageExit};
use trail_domain::event::review::{ActionState, Finding, SessionEnd, View};
use trail_domain::ids::PersonId;
use trail_domain::pack::{Due, National};
use trail_domain::procedure::{Command, outcome};
use trail_domain::refusal::{Refusal, RefusalCode};
use trail_domain::time::Moment;

use crate::turns::logged;
use crate::walk::{Act, forward, isolation, item, member, open};
use crate::world::{School5, World, pack, person, words};

const REVIEWED: &str = "bypassing-filters";

pub(crate) fn both() -> [PersonId; 2] {
    [person(0), person(1)]
}

pub(crate) fn code<T>(answer: Result<T, Refusal>) -> Option<RefusalCode> {
    answer.err().map(|refusal| refusal.code())
}

/// A case about this enrolled person, if any, in which a session is open.
pub(crate) fn reviewing(school: &School5, subject: Option<usize>) -> World<'_> {
    walked(school, subject, |world| world.case.open_session().is_some())
}

/// A case about this enrolled person, if any, walked on until something holds.
fn walked<'a>(school: &'a School5, subject: Option<usize>, until: impl Fn(&World<'_>) -> bool) -> World<'a> {
    let mut world = World::opened(school, REVIEWED, subject);
    for _ in 0..40 {
        if until(&world) {
            return world;
        }
        // Salts that end sessions, agree on substance and ask for no police.
        let (act, by) = forward(&world.case, &school.pack, 3);
        let Act::Do(command) = act else { panic!("nothing else is needed on this way") };
        let company = if both().contains(&by) { both().to_vec() } else { vec![by.clone()] };
        world.act(*command, &by, &company).unwrap();
    }
    panic!("the case did not come that far")
}

#[track_caller]
pub(crate) fn refused(world: &mut World<'_>, command: Command, by: usize, code: RefusalCode) {
    let came = world.act(command, &person(by), &both());
    assert_eq!(came.map(|_| ()).map_err(|refusal| refusal.code()), Err(code));
}

fn staff(enrolled: Option<usize>) -> Subject {
    let enrolled = enrolled.map(person);
    Subject { name: words("A member of staff"), kind: SubjectKind::Staff, enrolled, works_with_children: true }
}

#[test]
fn an_incident_is_logged_and_closed_in_one_act_by_one_person_and_can_go_on_later() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, REVIEWED, None);
    let alone = [person(0)];
    refused(&mut world, Command::Triage(TriageExit::LogOnly, words("small")), 0, RefusalCode::LogWithAction);
    let kinds: Vec<&str> = world
        .act(Command::Log(words("small"), logged(&school.pack, 1)), &person(0), &alone)
        .unwrap()
        .iter()
        .map(trail_domain::event::Event::kind)
        .collect();
    assert_eq!(kinds, ["triaged", "logged", "retained"]);
    assert_eq!(world.case.retained().unwrap().1, "2032-11-22");
    assert!(world.case.is_log_only());
    world.act(Command::Reroute(TriageExit::OtherIncidents, words("there is more")), &person(0), &alone).unwrap();
    assert!(world.case.retained().is_none() && !world.case.is_log_only());
}

#[test]
fn nothing_is_only_logged_where_harm_is_possible() {
    let school = School5::with(pack());
    let log = |salt| Command::Log(words("small"), logged(&school.pack, salt));
    let no = RefusalCode::NotForLogOnly;
    refused(&mut World::opened(&school, "grooming", None), log(1), 0, no);
    refused(&mut World::opened(&school, "threats", None), log(1), 0, no);
    // The first row of the table asks for the police.
    refused(&mut World::opened(&school, REVIEWED, None), log(0), 0, no);
    let mut of_staff = World::opened(&school, REVIEWED, Some(3));
    refused(&mut of_staff, log(1), 0, no);
    of_staff.act(Command::AnswerHarmTest(HarmTest::No { reason: words("no") }), &person(0), &both()).unwrap();
    assert!(of_staff.act(log(1), &person(0), &both()).is_ok());
    let mut with_child = World::opened(&school, REVIEWED, None);
    let child = Involved { name: words("Pupil B"), role: Role::ChildAtRisk };
    with_child.act(Command::Involve(child.clone(), words("it was learned")), &person(0), &both()).unwrap();
    let [(_, involved, learned)] = with_child.case.involved_since() else { panic!("one was added") };
    assert_eq!((involved, learned.as_str()), (&child, "it was learned"));
    refused(&mut with_child, log(1), 0, no);

    // What was logged goes on by itself when the facts no longer allow it.
    let mut closed = World::opened(&school, REVIEWED, None);
    closed.act(log(1), &person(0), &both()).unwrap();
    let done = ChildSafe::NotSafe { done: words("999 was rung") };
    closed.act(Command::AnswerChildSafe(done.clone(), words("a parent rang")), &person(0), &both()).unwrap();
    let [(_, answer, learned)] = closed.case.child_safe_answers() else { panic!("it was answered once") };
    assert_eq!((answer, learned.as_str()), (&done, "a parent rang"));
    assert!(!closed.case.is_log_only() && closed.case.retained().is_none());
}

#[test]
fn a_case_takes_a_stricter_way_at_any_stage_and_never_a_laxer_one() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    refused(&mut world, Command::Reroute(TriageExit::LogOnly, words("no")), 0, RefusalCode::RouteTooLax);
    refused(&mut world, Command::Reroute(TriageExit::OtherIncidents, words("no")), 0, RefusalCode::AlreadyDone);
    world.act(Command::Reroute(TriageExit::IllegalRoute, words("it is illegal")), &person(0), &both()).unwrap();
    assert!(world.case.open_session().is_none(), "the review ends");
    refused(&mut world, open(&person(0), &person(1), 9), 0, RefusalCode::NoReviewHere);
    refused(&mut world, Command::Reroute(TriageExit::OtherIncidents, words("no")), 0, RefusalCode::RouteTooLax);
}

#[test]
fn a_case_that_turns_into_an_allegation_against_staff_waits_for_the_harm_test() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    let change = |enrolled| Command::ChangeSubject(staff(enrolled), words("a teacher did it"));
    refused(&mut world, change(Some(0)), 0, RefusalCode::SubjectExcluded);
    world.act(change(Some(3)), &person(0), &both()).unwrap();
    assert!(world.case.open_session().is_none());
    refused(&mut world, open(&person(0), &person(1), 9), 0, RefusalCode::HarmTestFirst);
    let answer = Command::AnswerHarmTest(HarmTest::No { reason: words("no child was near") });
    world.act(answer, &person(0), &both()).unwrap();
    assert!(world.act(open(&person(0), &person(1), 9), &person(0), &both()).is_ok());
    assert_eq!(world.case.subjects_before().len(), 1);
}

#[test]
fn a_member_who_is_the_person_concerned_is_replaced_before_anything_goes_on() {
    let school = School5::with(pack());
    let mut world = walked(&school, None, |world| world.case.computer().is_some());
    let alone = [person(0)];
    world.act(Command::ChangeSubject(staff(Some(1)), words("it was them")), &person(0), &alone).unwrap();
    let answer = Command::AnswerHarmTest(HarmTest::No { reason: words("no") });
    world.act(answer, &person(0), &alone).unwrap();
    let company = [person(0), person(3)];
    let opened = world.act(open(&person(0), &person(3), 9), &person(0), &company);
    assert_eq!(opened.unwrap_err().code(), RefusalCode::SubjectExcluded);
    let replace = Command::ReplaceMember(person(1), member(&person(3)), words("they are concerned"));
    world.act(replace, &person(0), &company).unwrap();
    assert!(world.act(open(&person(0), &person(3), 9), &person(0), &company).is_ok());
    assert!(world.case.took_part(&person(1)) && world.case.took_part(&person(3)));
}

#[test]
fn somebody_managed_by_the_subject_reviews_only_with_a_reason_beside_an_external_reviewer() {
    let school = School5::with(pack());
    let mut world = walked(&school, None, |world| world.case.triage().is_some());
    let managed = |despite: bool| GroupMember {
        managed_by_subject: true,
        despite: despite.then(|| words("there is nobody else")),
        ..member(&person(1))
    };
    let external = |is: bool| GroupMember { external: is.then(|| words("The trust")), ..member(&person(3)) };
    let form = |despite, is| Command::FormGroup(vec![managed(despite), external(is)], words("they manage them"));
    for (despite, is) in [(false, false), (false, true), (true, false)] {
        refused(&mut world, form(despite, is), 0, RefusalCode::ManagedBySubject);
    }
    assert!(world.act(form(true, true), &person(0), &both()).is_ok());
}

#[test]
fn the_head_reviews_only_where_somebody_else_is_left_to_sign_off() {
    let school = School5::with(pack());
    let mut world = walked(&school, None, |world| world.case.triage().is_some());
    let form = |people: &[usize]| {
        let members = people.iter().map(|who| member(&person(*who))).collect();
        Command::FormGroup(members, words("none"))
    };
    refused(&mut world, form(&[2, 4]), 0, RefusalCode::SignerReviews);
    world.act(form(&[0, 2]), &person(0), &both()).unwrap();
    let deputy = person(4);
    let now = school.now(world.at(), &deputy, &[]);
    let head = trail_domain::event::document::SignatureField::Head;
    assert!(trail_domain::procedure::closing::may_sign(&world.case, head, &person(4), &now));
    assert!(!trail_domain::procedure::closing::may_sign(&world.case, head, &person(2), &now));
}

#[test]
fn a_missed_confirmation_pauses_the_review_until_the_observer_confirms() {
    let school = School5::with(pack());
    let mut world = reviewing(&school, None);
    world.act(Command::Pause(PausedBy::Missed), &person(0), &both()).unwrap();
    refused(&mut world, Command::Pause(PausedBy::Asked), 0, RefusalCode::AlreadyDone);
    refused(&mut world, Command::ChangeRoles, 0, RefusalCode::ReviewPaused);
    refused(&mut world, Command::Confirm, 0, RefusalCode::ObserverOnly);
    world.act(Command::Confirm, &person(1), &both()).unwrap();
    world.act(Command::ChangeRoles, &person(0), &both()).unwrap();
    assert_eq!(world.case.open_session().unwrap().operator, person(1));
    // Also where nothing was recorded of it: the core looks at the time.
    let late = Moment::from_micros(world.at().micros() + 16 * 60 * 1_000_000);
    let (by, company) = (person(0), both());
    let now = school.now(late, &by, &company);
    let swapped = trail_domain::procedure::decide(&world.case, &school.pack, Command::ChangeRoles, &now);
    assert_eq!(swapped.unwrap_err().code(), RefusalCode::ReviewPaused);
}

#[test]
fn sign_off_decides_a_disagreement_or_asks_for_a_third_member() {
    let school = School5::with(pack());
    let mut world = walked(&school, None, |world| !world.case.sessions().is_empty());
    world.act(Command::EndSession(SessionEnd::Ended), &person(0), &both()).unwrap();
    let view =
        |who: usize, substance| Command::SealView(View { person: person(who), substance, reasons: words("mine") });
    world.act(view(0, true), &person(0), &both()).unwrap();
    world.act(view(1, false), &person(1), &both()).unwrap();
    let find = |finding| Command::Find(finding, words("ours"), Vec::new());
    world.act(find(Finding::Disagreed), &person(0), &both()).unwrap();
    refused(&mut world, crate::walk::actions(&school.pack, 1), 0, RefusalCode::DisagreementOpen);
    let decide = |decision| Command::DecideDisagreement(decision, words("as I see it"));
    refused(&mut world, decide(Decision::Substance), 0, RefusalCode::NotTheSigner);
    let head = [person(2)];
    let third = Decision::ThirdMember { member: member(&person(3)) };
    world.act(decide(third), &person(2), &head).unwrap();
    assert!(world.case.opened_views().is_none(), "the views are closed until the third is sealed");
    refused(&mut world, find(Finding::Substance), 0, RefusalCode::ViewsFirst);
    world.act(view(3, true), &person(3), &[person(3)]).unwrap();
    refused(&mut world, find(Finding::Disagreed), 0, RefusalCode::FindingUnfit);
    world.act(find(Finding::Substance), &person(0), &both()).unwrap();
    assert_eq!(world.case.substance(), Some(true));
    let nothing = world.act(decide(Decision::Substance), &person(2), &head);
    assert_eq!(nothing.unwrap_err().code(), RefusalCode::NothingToDecide);
}

#[test]
fn an_action_that_would_alert_somebody_waits_until_it_may_go_ahead() {
    let school = School5::with(pack());
    let mut world = walked(&school, None, |world| world.case.substance() == Some(true));
    let Command::ChooseActions { table, row, lines, response } = crate::walk::actions(&school.pack, 0) else {
        panic!("the walk chooses actions")
    };
    let mut open = lines.clone();
    for line in &mut open {
        line.held = None;
    }
    let choose = |lines| Command::ChooseActions { table: table.clone(), row, lines, response };
    refused(&mut world, choose(open), 0, RefusalCode::MustBeHeld);
    world.act(choose(lines), &person(0), &both()).unwrap();
    let parents = || "inform-parents".to_owned();
    let tell = || Command::MoveAction(parents(), ActionState::Done, words("they were told"));
    refused(&mut world, tell(), 0, RefusalCode::StillHeld);
    world.act(Command::ReleaseAction(parents(), words("PC 4471 rang")), &person(0), &both()).unwrap();
    world.act(tell(), &person(0), &both()).unwrap();
    refused(&mut world, Command::ReleaseAction(parents(), words("again")), 0, RefusalCode::AlreadyDone);
    refused(
        &mut world,
        Command::MoveAction("warning".into(), ActionState::Done, words("x")),
        0,
        RefusalCode::UnknownAction,
    );
}

#[test]
fn isolation_covers_every_preserved_item() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, REVIEWED, None);
    world.act(Command::Preserve(item()), &person(0), &both()).unwrap();
    world.act(Command::FinishPreserve(None), &person(0), &both()).unwrap();
    world.act(Command::Triage(TriageExit::IllegalRoute, words("it is")), &person(0), &both()).unwrap();
    let lines = isolation(&world.case, &school.pack);
    assert_eq!(lines.len(), school.pack.isolation().len() + 1);
    let computer_alone = Command::Isolate(lines[..lines.len() - 1].to_vec());
    refused(&mut world, computer_alone, 0, RefusalCode::IsolationIncomplete);
    world.act(Command::Isolate(lines), &person(0), &both()).unwrap();
    assert!(outcome::is_isolated(&world.case));
    world.act(Command::Preserve(item()), &person(0), &both()).unwrap();
    assert!(!outcome::is_isolated(&world.case), "another item was preserved since");
}

#[test]
fn two_people_reopen_a_case_and_lift_a_hold() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, REVIEWED, None);
    refused(&mut world, Command::Reopen(words("more"), person(1)), 0, RefusalCode::NotRetained);
    world.act(Command::Log(words("small"), logged(&school.pack, 1)), &person(0), &both()).unwrap();
    refused(&mut world, Command::Reopen(words("more"), person(0)), 0, RefusalCode::SamePerson);
    refused(&mut world, Command::Reopen(words("more"), person(3)), 0, RefusalCode::TwoSignedIn);
    world.act(Command::PlaceHold(words("a solicitor wrote")), &person(0), &[person(0)]).unwrap();
    let hold = world.case.holds()[0].placed.seq;
    world.wait();
    let ask =
        || Command::AskDestruction(trail_domain::event::keeping::DestructionTarget::Case, words("the day has come"));
    refused(&mut world, ask(), 0, RefusalCode::UnderHold);
    refused(&mut world, Command::LiftHold(hold, words("over"), person(3)), 0, RefusalCode::TwoSignedIn);
    world.act(Command::LiftHold(hold, words("over"), person(1)), &person(0), &both()).unwrap();
    refused(&mut world, Command::LiftHold(hold, words("over"), person(1)), 0, RefusalCode::UnknownEntry);
    assert!(world.act(ask(), &person(0), &both()).is_ok());
    world.act(Command::Reopen(words("more"), person(1)), &person(0), &both()).unwrap();
    assert!(world.case.retained().is_none());
}

#[test]
fn clocks_run_from_what_starts_them_until_they_are_answered() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, REVIEWED, Some(3));
    let national = include_str!("../../../../../assets/packs/national.toml");
    let national = National::parse("national.toml", national).unwrap();
    let running = |world: &World<'_>, hours: u32| {
        clocks(&world.case, &school.pack, world.at().after_hours(hours), national.calendar())
    };
    // 22 November 2026 is a Sunday: within one working day is read as by Monday.
    let [lado] = running(&world, 0).try_into().unwrap_or_else(|all| panic!("{all:?}"));
    assert_eq!((lado.duty, lado.over), (Duty::TellTheLado, false));
    assert!(matches!(lado.until, Due::By(until) if until.to_string().starts_with("2026-11-23T")), "{:?}", lado.until);
    assert!(running(&world, 48)[0].over);
    world.act(Command::StartClock("ico".into(), words("a list was sent out")), &person(0), &both()).unwrap();
    assert_eq!(running(&world, 71)[1].duty, Duty::ReportTheBreach);
    assert_eq!((running(&world, 71)[1].over, running(&world, 73)[1].over), (false, true));
    let done = ChildSafe::NotSafe { done: words("999 was rung") };
    world.act(Command::AnswerChildSafe(done, words("a parent rang")), &person(0), &both()).unwrap();
    assert_eq!(running(&world, 0)[0].duty, Duty::ChildNotSafe, "the most urgent first");
    world.act(Command::Refer(crate::walk::referral()), &person(0), &both()).unwrap();
    world.act(Command::StopClock("ico".into(), words("reported")), &person(0), &both()).unwrap();
    world.act(Command::AnswerHarmTest(HarmTest::No { reason: words("no") }), &person(0), &both()).unwrap();
    assert_eq!(running(&world, 0), []);
}

#[test]
fn a_clock_is_started_by_one_person_and_the_computer_is_changed_by_two() {
    let school = School5::with(pack());
    let mut world = walked(&school, None, |world| world.case.computer().is_some());
    refused(&mut world, Command::StartClock("tea".into(), words("x")), 0, RefusalCode::UnknownClock);
    world.act(Command::StartClock("ico".into(), words("a list was sent out")), &person(0), &[person(0)]).unwrap();
    world.act(Command::StopClock("ico".into(), words("reported")), &person(0), &both()).unwrap();
    refused(&mut world, Command::StopClock("ico".into(), words("again")), 0, RefusalCode::UnknownClock);
    let change = |tag: &str, with: usize| Command::ChangeComputer {
        asset_tag: words(tag),
        filter: words("opened for one day"),
        reason: words("it failed"),
        custodian: words("the headteacher"),
        place: words("the safe"),
        with: person(with),
    };
    refused(&mut world, change(crate::world::TAG, 1), 0, RefusalCode::AlreadyDone);
    refused(&mut world, change("HB-9", 1), 0, RefusalCode::WrongComputer);
    refused(&mut world, change(crate::world::SPARE, 0), 0, RefusalCode::SamePerson);
    world.act(change(crate::world::SPARE, 1), &person(0), &both()).unwrap();
    assert_eq!(world.case.computers_before().len(), 1);
    assert_eq!(world.case.custody().len(), 1);
    refused(&mut world, open(&person(0), &person(1), 9), 0, RefusalCode::WrongComputer);
}
