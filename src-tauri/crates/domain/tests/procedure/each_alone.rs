//! Rules with several grounds: each ground by itself is enough, and none of them is not.

use trail_domain::event::capture::{ExhibitKind, GateAnswer, GateAnswers, StoppedBy};
use trail_domain::event::document::DocumentKind;
use trail_domain::event::report::{HarmTest, TriageExit};
use trail_domain::event::review::Finding;
use trail_domain::ids::PersonId;
use trail_domain::procedure::follow::must_wait;
use trail_domain::procedure::gate::{self, Gate};
use trail_domain::procedure::outcome::isolation_required;
use trail_domain::procedure::{Command, closing, group};
use trail_domain::refusal::RefusalCode;
use trail_domain::time::Moment;

use crate::rolls::words_only;
use crate::walk::{Act, PAGE, actions, case_release, document, forward, item, member, referral};
use crate::world::{School5, World, pack, person, words};

const REVIEWED: &str = "bypassing-filters";

fn both() -> [PersonId; 2] {
    [person(0), person(1)]
}

/// Goes on as a diligent school would until this holds.
fn on(world: &mut World<'_>, until: impl Fn(&World<'_>) -> bool) {
    on_with(world, 3, until);
}

/// The same with this salt: 8 finds no substance.
fn on_with(world: &mut World<'_>, salt: u8, until: impl Fn(&World<'_>) -> bool) {
    for _ in 0..40 {
        if until(world) {
            return;
        }
        let (act, by) = forward(&world.case, &world.school.pack, salt);
        let Act::Do(command) = act else { panic!("nothing else is needed on this way") };
        let company = if both().contains(&by) { both().to_vec() } else { vec![by.clone()] };
        world.act(*command, &by, &company).unwrap();
    }
    panic!("the case did not come that far")
}

#[test]
fn whoever_would_be_alerted_waits_for_police_lado_halt_referral_or_stop_each_by_itself() {
    let school = School5::with(pack());
    let plain = World::opened(&school, REVIEWED, None);
    assert!(!must_wait(&plain.case, false) && must_wait(&plain.case, true));

    let mut lado = World::opened(&school, REVIEWED, Some(3));
    let harm = |world: &mut World<'_>, test| world.act(Command::AnswerHarmTest(test), &person(0), &both()).unwrap();
    harm(&mut lado, HarmTest::No { reason: words("no") });
    assert!(!must_wait(&lado.case, false));
    let advice = words("wait for a meeting");
    harm(&mut lado, HarmTest::YesOrUnsure { lado: words("Lee Marsh"), at: Moment::from_micros(0), advice });
    assert!(must_wait(&lado.case, false));

    let mut referred = World::opened(&school, REVIEWED, None);
    referred.act(Command::Refer(referral()), &person(0), &both()).unwrap();
    assert!(must_wait(&referred.case, false));

    let mut halted = World::opened(&school, REVIEWED, None);
    halted.act(Command::Halt(StoppedBy::Pressed, None), &person(0), &both()).unwrap();
    assert!(must_wait(&halted.case, false));

    assert!(must_wait(&stopped(&school).case, false));
}

/// A case in which Stop and refer closed a site.
fn stopped(school: &School5) -> World<'_> {
    let mut world = World::opened(school, REVIEWED, None);
    on(&mut world, |world| world.case.open_session().is_some());
    let answers = GateAnswers { child: GateAnswer::No, extreme: Some(GateAnswer::NotSure) };
    let (by, company) = (person(0), both());
    let gate = gate::answer(&world.case, &school.pack, ExhibitKind::Page, PAGE, answers, &world.now(&by, &company));
    let Ok(Gate::Stopped(events)) = gate else { panic!("not sure counts as yes") };
    world.take(&events, &person(0));
    world
}

#[test]
fn the_computer_is_isolated_for_the_illegal_route_police_a_ground_halt_or_stop_each_by_itself() {
    let school = School5::with(pack());
    let mut plain = World::opened(&school, REVIEWED, None);
    on(&mut plain, |world| world.case.opened_views().is_some());
    assert!(!isolation_required(&plain.case));
    let ground = school.pack.police_grounds()[0].id().to_owned();
    let find = Command::Find(Finding::Substance, words("both saw it"), vec![ground]);
    plain.act(find, &person(0), &both()).unwrap();
    assert!(isolation_required(&plain.case));

    let mut police = World::opened(&school, REVIEWED, None);
    on(&mut police, |world| world.case.substance().is_some());
    assert!(!isolation_required(&police.case));
    police.act(actions(&school.pack, 0), &person(0), &both()).unwrap();
    assert!(isolation_required(&police.case));

    let mut illegal = World::opened(&school, REVIEWED, None);
    on(&mut illegal, |world| world.case.preserve_finished().is_some());
    illegal.act(Command::Triage(TriageExit::IllegalRoute, words("it seems so")), &person(0), &both()).unwrap();
    assert!(isolation_required(&illegal.case));

    let mut halted = World::opened(&school, REVIEWED, None);
    halted.act(Command::Halt(StoppedBy::Pressed, None), &person(0), &both()).unwrap();
    assert!(isolation_required(&halted.case));
    assert!(isolation_required(&stopped(&school).case));
}

#[test]
fn each_reviewing_person_makes_the_form_and_nobody_else() {
    let school = School5::with(pack());
    for (who, may) in [(0, true), (1, true), (2, false), (3, false)] {
        let mut world = World::opened(&school, REVIEWED, None);
        on(&mut world, |world| world.case.substance().is_some() && world.case.actions().is_some());
        on(&mut world, |world| {
            let Act::Do(command) = forward(&world.case, &school.pack, 3).0 else { return false };
            matches!(*command, Command::MakeDocument(_))
        });
        let company = [person(0), person(1), person(who)];
        let made = world.act(Command::MakeDocument(document(DocumentKind::Record, 1)), &person(who), &company);
        let made = made.map(|_| ()).map_err(|refusal| refusal.code());
        assert_eq!(made, if may { Ok(()) } else { Err(RefusalCode::NotTheSigner) }, "person {who}");
    }
}

#[test]
fn a_case_of_the_illegal_route_that_the_police_released_goes_on_to_its_form() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, REVIEWED, None);
    world.act(Command::FinishPreserve(Some(words("nothing was there"))), &person(0), &both()).unwrap();
    world.act(Command::Triage(TriageExit::IllegalRoute, words("it seems illegal")), &person(0), &both()).unwrap();
    let unreleased = world.act(Command::MakeDocument(document(DocumentKind::Record, 1)), &person(0), &both());
    assert_eq!(unreleased.map_err(|refusal| refusal.code()), Err(RefusalCode::NoReviewHere));
    world.act(Command::Halt(StoppedBy::Pressed, None), &person(0), &both()).unwrap();
    let release = case_release(&world.case, 0, &person(1));
    world.act(Command::ReleaseCase(release), &person(0), &both()).unwrap();
    world.freeze(false);
    on_with(&mut world, 8, |world| world.case.form().is_some());
    assert!(closing::next_field(&world.case).is_some());
}

#[test]
fn a_frozen_computer_takes_words_in_another_case_and_nothing_else() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, REVIEWED, None);
    world.freeze(true);
    let code = |came: Result<_, trail_domain::refusal::Refusal>| came.map(|_: Vec<_>| ()).map_err(|why| why.code());
    assert_eq!(code(world.act(Command::Note(words("the room was locked")), &person(0), &both())), Ok(()));
    let frozen = Err(RefusalCode::Frozen);
    assert_eq!(code(world.act(Command::Preserve(item()), &person(0), &both())), frozen);
    assert_eq!(code(world.act(Command::KeepWords(words_only(0)), &person(0), &both())), frozen);
    assert_eq!(code(world.act(Command::Halt(StoppedBy::Pressed, None), &person(0), &both())), Ok(()));
    assert!(world.case.halt().is_some());
}

#[test]
fn neither_person_of_a_session_is_replaced_while_it_goes_on_but_a_third_is() {
    let school = School5::with(pack());
    let mut world = World::opened(&school, REVIEWED, None);
    on(&mut world, |world| world.case.triage().is_some());
    let members = [0, 1, 3].map(|who| member(&person(who))).to_vec();
    world.act(Command::FormGroup(members, words("none")), &person(0), &both()).unwrap();
    on(&mut world, |world| world.case.open_session().is_some());
    for who in [0, 1] {
        let replace = Command::ReplaceMember(person(who), member(&person(4)), words("they are away"));
        let came = world.act(replace, &person(0), &both());
        assert_eq!(came.map_err(|refusal| refusal.code()), Err(RefusalCode::SessionOpen));
    }
    let replace = Command::ReplaceMember(person(3), member(&person(4)), words("they are away"));
    assert!(world.act(replace, &person(0), &both()).is_ok());
}

#[test]
fn who_can_sign_off_reviews_only_where_another_can_who_is_not_concerned() {
    let school = School5::with(pack());
    let conflict = |subject, who| {
        let world = World::opened(&school, REVIEWED, subject);
        let (by, company) = (person(0), [person(0)]);
        group::conflict(&world.case, &person(who), &world.now(&by, &company))
    };
    for who in [0, 1, 2, 3, 4] {
        assert_eq!(conflict(None, who), None, "person {who}");
    }
    assert_eq!(conflict(Some(4), 2), Some(RefusalCode::SignerReviews));
    assert_eq!(conflict(Some(2), 4), Some(RefusalCode::SignerReviews));
    assert_eq!(conflict(Some(4), 0), None);
    assert_eq!(conflict(Some(3), 3), Some(RefusalCode::SubjectExcluded));
    assert_eq!(conflict(Some(3), 2), None);
}
