//! A criterion for the LADO that people answer with yes: the harm test is met, whatever was answered before.

use trail_domain::advice::clocks::{self, Duty, Running};
use trail_domain::event::report::{HarmTest, Subject, SubjectKind, TriageExit};
use trail_domain::pack::{National, PolicyPack};
use trail_domain::procedure::Command;
use trail_domain::refusal::RefusalCode;
use trail_domain::time::Moment;

use crate::walk::{computer, member, open};
use crate::world::{School5, World, person, words};

const HERTFORDSHIRE: &str = include_str!("../../../../../assets/packs/beechfield-hertfordshire.toml");
const NATIONAL: &str = include_str!("../../../../../assets/packs/national.toml");
const CRITERIA: &str = "lado-criteria";

fn school() -> School5 {
    School5::with(PolicyPack::parse("beechfield-hertfordshire.toml", HERTFORDSHIRE).unwrap())
}

fn act(world: &mut World<'_>, command: Command) -> Result<(), RefusalCode> {
    world.act(command, &person(1), &[person(1)]).map(|_| ()).map_err(|refusal| refusal.code())
}

fn answer(world: &mut World<'_>, chart: &str, question: &str, answer: &str) {
    let command = Command::AnswerChart {
        chart: chart.to_owned(),
        question: question.to_owned(),
        answer: answer.to_owned(),
        words: words("the group asked"),
    };
    act(world, command).unwrap();
}

fn no() -> Command {
    Command::AnswerHarmTest(HarmTest::No { reason: words("no child was near") })
}

fn advised() -> Command {
    let (lado, advice) = (words("Lee Marsh"), words("nobody speaks to them yet"));
    Command::AnswerHarmTest(HarmTest::YesOrUnsure { lado, at: Moment::from_micros(0), advice })
}

/// A case about somebody on the staff, come to the criteria; they work with children or do not.
fn at_the_criteria<'s>(school: &'s School5, works_with_children: bool) -> World<'s> {
    let mut world = World::opened(school, "contact-details", None);
    act(&mut world, Command::FinishPreserve(Some(words("nothing")))).unwrap();
    act(&mut world, Command::Triage(TriageExit::OtherIncidents, words("it is to be looked into"))).unwrap();
    let subject = Subject { name: words("A"), kind: SubjectKind::Staff, enrolled: None, works_with_children };
    act(&mut world, Command::ChangeSubject(subject, words("it was learned"))).unwrap();
    answer(&mut world, "managing-an-incident", "staff-victim", "who");
    world
}

fn lado_clock(world: &World<'_>) -> Option<Running> {
    let national = National::parse("national.toml", NATIONAL).unwrap();
    let running = clocks::clocks(&world.case, &world.school.pack, world.at(), national.calendar());
    running.into_iter().find(|clock| clock.duty == Duty::TellTheLado)
}

fn to_the_review(world: &mut World<'_>) {
    let form = Command::FormGroup(vec![member(&person(0)), member(&person(1))], words("none"));
    act(world, form).unwrap();
    act(world, computer(true, true)).unwrap();
}

fn may_review(world: &World<'_>) -> Result<(), RefusalCode> {
    let standing = trail_domain::advice::advise(&world.case).into_iter().nth(4).unwrap().1;
    match standing {
        trail_domain::advice::Standing::Waiting(refusal) => Err(refusal.code()),
        trail_domain::advice::Standing::Done
        | trail_domain::advice::Standing::Next
        | trail_domain::advice::Standing::Open
        | trail_domain::advice::Standing::NotNeeded => Ok(()),
    }
}

/// Each of the four criteria, also of somebody who was reported as not working with children.
#[test]
fn a_criterion_that_holds_meets_the_harm_test() {
    for works_with_children in [true, false] {
        for (place, criterion) in ["harmed", "offence", "risk", "unsuitable"].iter().enumerate() {
            let school = school();
            let mut world = at_the_criteria(&school, works_with_children);
            for (from, to) in [("harmed", "offence"), ("offence", "risk"), ("risk", "unsuitable")].iter().take(place) {
                answer(&mut world, CRITERIA, from, to);
            }
            assert!(world.case.harm_test_met().is_none(), "no criterion holds yet");
            assert_eq!(world.case.harm_test_open(), works_with_children);
            answer(&mut world, CRITERIA, criterion, "lado");
            assert!(world.case.harm_test_met().is_some() && world.case.harm_test_open(), "{criterion}");
            assert!(lado_clock(&world).is_some(), "{criterion}: the LADO's clock runs");
            assert_eq!(act(&mut world, no()), Err(RefusalCode::HarmTestMet), "{criterion}");
            to_the_review(&mut world);
            assert_eq!(may_review(&world), Err(RefusalCode::HarmTestFirst), "{criterion}: the LADO comes first");
            act(&mut world, advised()).unwrap();
            assert_eq!(may_review(&world), Ok(()), "{criterion}");
            assert!(lado_clock(&world).is_none(), "{criterion}");
        }
    }
}

/// What was answered before is overtaken where it was laxer, and stays where it was not. Nothing said later is laxer.
#[test]
fn a_criterion_is_never_laxer_than_what_stands() {
    let school = school();
    let mut world = at_the_criteria(&school, true);
    let since = world.case.harm_asked_since().seq;
    act(&mut world, no()).unwrap();
    assert!(lado_clock(&world).is_none());
    answer(&mut world, CRITERIA, "harmed", "lado");
    assert!(world.case.harm_test().is_none() && lado_clock(&world).is_some(), "it was not met, and now it is");
    let met = world.case.harm_test_met().unwrap().clone();
    assert!(world.case.harm_asked_since().seq > since, "the clock starts with the criterion");
    assert_eq!(world.case.harm_asked_since(), &met);
    answer(&mut world, CRITERIA, "harmed", "offence");
    assert!(world.case.harm_test_open(), "another answer does not take it back");
    act(&mut world, advised()).unwrap();
    answer(&mut world, CRITERIA, "harmed", "lado");
    assert!(world.case.lado().is_some() && !world.case.harm_test_open(), "what the LADO advised stays");
    assert_eq!(world.case.harm_test_met(), Some(&met), "the first criterion counts");
    assert_eq!(act(&mut world, no()), Err(RefusalCode::HarmTestMet));
}

/// Where the test waits already, its clock runs on: a criterion gives no new day.
#[test]
fn a_criterion_gives_no_more_time() {
    let school = school();
    let mut world = at_the_criteria(&school, true);
    let since = world.case.harm_asked_since().clone();
    answer(&mut world, CRITERIA, "harmed", "lado");
    assert_eq!(world.case.harm_asked_since(), &since);
}

#[test]
fn a_criterion_was_answered_of_one_person_only() {
    let school = school();
    let mut world = at_the_criteria(&school, false);
    answer(&mut world, CRITERIA, "harmed", "lado");
    let other = Subject { name: words("B"), kind: SubjectKind::Pupil, enrolled: None, works_with_children: false };
    act(&mut world, Command::ChangeSubject(other, words("it was somebody else"))).unwrap();
    assert!(world.case.harm_test_met().is_none() && !world.case.needs_harm_test());
    assert_eq!(act(&mut world, no()), Err(RefusalCode::NoHarmTestNeeded));
}

/// More is known of the same person: what a criterion said of them stands, and what the LADO advised. That the test is not
/// met was said before it was known, and is asked again.
#[test]
fn what_is_known_of_the_same_person_makes_nothing_laxer() {
    let school = school();
    let same = |world: &World, works: bool| {
        let known = world.case.report().subject.clone();
        Command::ChangeSubject(Subject { works_with_children: works, ..known }, words("more is known"))
    };
    let mut world = at_the_criteria(&school, false);
    answer(&mut world, CRITERIA, "harmed", "lado");
    let since = world.case.harm_asked_since().clone();
    let told = same(&world, true);
    act(&mut world, told).unwrap();
    let told = same(&world, false);
    act(&mut world, told).unwrap();
    assert!(world.case.harm_test_met().is_some() && world.case.harm_test_open());
    assert_eq!(world.case.harm_asked_since(), &since, "it gives no more time");
    act(&mut world, advised()).unwrap();
    let told = same(&world, true);
    act(&mut world, told).unwrap();
    assert!(world.case.lado().is_some(), "what the LADO advised stays");

    let mut world = at_the_criteria(&school, true);
    act(&mut world, no()).unwrap();
    let told = same(&world, true);
    act(&mut world, told).unwrap();
    assert!(world.case.harm_test_open(), "it is asked again");
}

/// A session that is open ends: until the LADO has advised, nothing is looked at.
#[test]
fn a_criterion_that_holds_ends_the_review() {
    let school = school();
    let mut world = at_the_criteria(&school, true);
    act(&mut world, no()).unwrap();
    to_the_review(&mut world);
    let both = [person(0), person(1)];
    world.act(open(&person(0), &person(1), 9), &person(0), &both).unwrap();
    answer(&mut world, CRITERIA, "harmed", "offence");
    assert!(world.case.open_session().is_some(), "no criterion holds");
    answer(&mut world, CRITERIA, "offence", "lado");
    assert!(world.case.open_session().is_none());
    assert_eq!(may_review(&world).err(), None, "a review that ended counts as done");
}
