//! A case on the charts of its pack: led by what is recorded, and by the answers of people where nothing is.

use trail_domain::event::capture::StoppedBy;
use trail_domain::event::report::{HarmTest, Involved, Role, Subject, SubjectKind, TriageExit};
use trail_domain::pack::PolicyPack;
use trail_domain::procedure::{Command, charts};
use trail_domain::refusal::RefusalCode;

use crate::world::{School5, World, person, words};

const HERTFORDSHIRE: &str = include_str!("../../../../../assets/packs/beechfield-hertfordshire.toml");
const BIRMINGHAM: &str = include_str!("../../../../../assets/packs/st-laurence-birmingham.toml");

fn school(name: &str, text: &str) -> School5 {
    School5::with(PolicyPack::parse(name, text).unwrap())
}

/// Where the case stands: each chart that it has come to, and the box.
fn stands(world: &World<'_>) -> Vec<(String, String)> {
    let positions = charts::positions(&world.case, &world.school.pack);
    let last = |position: &charts::Position<'_>| position.boxes.last().unwrap().id().to_owned();
    positions.iter().map(|position| (position.chart.id().to_owned(), last(position))).collect()
}

fn at(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(chart, node)| ((*chart).to_owned(), (*node).to_owned())).collect()
}

/// Takes the case out of triage by this way.
fn triage(world: &mut World<'_>, exit: TriageExit) {
    let finish = Command::FinishPreserve(Some(words("nothing")));
    world.act(finish, &person(1), &[person(1)]).unwrap();
    world.act(Command::Triage(exit, words("it is to be looked into")), &person(1), &[person(1)]).unwrap();
}

fn answer(world: &mut World<'_>, chart: &str, question: &str, answer: &str) -> Result<(), RefusalCode> {
    let command = Command::AnswerChart {
        chart: chart.to_owned(),
        question: question.to_owned(),
        answer: answer.to_owned(),
        words: words("the group asked"),
    };
    world.act(command, &person(1), &[person(1)]).map(|_| ()).map_err(|refusal| refusal.code())
}

#[test]
fn answers_lead_on_and_a_later_one_counts() {
    let school = school("beechfield-hertfordshire.toml", HERTFORDSHIRE);
    let mut world = World::opened(&school, "cyberbullying", None);
    assert_eq!(stands(&world), at(&[("triage", "illegal"), ("illegal-incident", "illegal")]), "nobody has decided yet");
    triage(&mut world, TriageExit::OtherIncidents);
    let (risk, illegal) = (("triage", "other-incidents"), ("illegal-incident", "managing"));
    let managing = "managing-an-incident";
    assert_eq!(stands(&world), at(&[risk, illegal, (managing, "staff-victim")]));
    answer(&mut world, managing, "staff-victim", "who").unwrap();
    assert_eq!(stands(&world), at(&[risk, illegal, (managing, "pupil-harmed")]));
    answer(&mut world, managing, "pupil-harmed", "support").unwrap();
    let cross = ("cross-recording", "second-form");
    assert_eq!(stands(&world), at(&[risk, illegal, (managing, "cross-recording"), cross]));
    answer(&mut world, managing, "staff-victim", "staff-as-victims").unwrap();
    let victims = ("staff-as-victims", "pupil-refuses");
    assert_eq!(stands(&world), at(&[risk, illegal, (managing, "staff-as-victims"), victims]));
    assert_eq!(world.case.chart_answers().len(), 3, "what was answered before stays");
}

/// The questions that are offered are those that the core takes an answer to.
#[test]
fn what_is_offered_to_be_answered_is_taken() {
    let school = school("beechfield-hertfordshire.toml", HERTFORDSHIRE);
    let mut world = World::opened(&school, "cyberbullying", None);
    let offered = |world: &World<'_>| -> Vec<(String, String)> {
        let positions = charts::positions(&world.case, &world.school.pack);
        let asked = |position: &charts::Position<'_>| {
            let nodes = charts::asked(&world.case, &world.school.pack, position);
            nodes.iter().map(|node| (position.chart.id().to_owned(), node.id().to_owned())).collect::<Vec<_>>()
        };
        positions.iter().flat_map(asked).collect()
    };
    assert_eq!(offered(&world), [], "the way out of triage has an act of its own");
    triage(&mut world, TriageExit::OtherIncidents);
    let managing = "managing-an-incident";
    assert_eq!(offered(&world), at(&[(managing, "staff-victim")]));
    answer(&mut world, managing, "staff-victim", "who").unwrap();
    assert_eq!(offered(&world), at(&[(managing, "staff-victim"), (managing, "pupil-harmed")]), "or answered anew");
    for (chart, question) in offered(&world) {
        let to = school.pack.chart(&chart).unwrap().ways_from(&question).last().unwrap().to().to_owned();
        answer(&mut world, &chart, &question, &to).unwrap();
    }
    world.act(Command::Halt(StoppedBy::Pressed, None), &person(1), &[person(1)]).unwrap();
    assert_eq!(offered(&world), [], "under HALT the charts stand still");
}

/// What the record holds cannot be answered otherwise, and nothing is asked that the case has not come to.
#[test]
fn only_the_question_at_which_the_record_stops_is_asked() {
    let school = school("beechfield-hertfordshire.toml", HERTFORDSHIRE);
    let mut world = World::opened(&school, "cyberbullying", None);
    assert_eq!(answer(&mut world, "illegal-incident", "illegal", "managing"), Err(RefusalCode::NotAsked));
    triage(&mut world, TriageExit::OtherIncidents);
    for (chart, question, to, code) in [
        ("no-chart", "harmed", "lado", RefusalCode::NoSuchQuestion),
        ("lado-criteria", "no-box", "lado", RefusalCode::NoSuchQuestion),
        ("lado-criteria", "harmed", "not-met", RefusalCode::NoSuchQuestion),
        ("lado-criteria", "harmed", "lado", RefusalCode::NotAsked),
        ("managing-an-incident", "pupil-harmed", "support", RefusalCode::NotAsked),
        ("managing-an-incident", "start", "log", RefusalCode::NotAsked),
        ("triage", "illegal", "illegal-route", RefusalCode::NotAsked),
        ("triage", "settled", "log-only", RefusalCode::NotAsked),
        ("illegal-incident", "illegal", "police", RefusalCode::NotAsked),
    ] {
        assert_eq!(answer(&mut world, chart, question, to), Err(code), "{chart} {question} {to}");
    }
    assert!(world.case.chart_answers().is_empty());
}

/// *Other, or not known* is no answer to who is concerned: nobody is called an employee for it.
#[test]
fn where_it_is_not_known_who_is_concerned_people_say() {
    let school = school("st-laurence-birmingham.toml", BIRMINGHAM);
    let mut world = World::opened(&school, "unknown-links", None);
    triage(&mut world, TriageExit::OtherIncidents);
    let subject = |kind| Subject { name: words("A"), kind, enrolled: None, works_with_children: false };
    let change = |kind| Command::ChangeSubject(subject(kind), words("it was learned"));
    world.act(change(SubjectKind::Other), &person(1), &[person(1)]).unwrap();
    let chart = "three-way-routing";
    answer(&mut world, chart, "what-it-needs", "investigation").unwrap();
    assert_eq!(stands(&world)[1], (chart.to_owned(), "investigation".to_owned()));
    answer(&mut world, chart, "investigation", "disciplinary-procedure").unwrap();
    assert_eq!(stands(&world)[1].1, "disciplinary-procedure");
    world.act(change(SubjectKind::Pupil), &person(1), &[person(1)]).unwrap();
    assert_eq!(stands(&world)[1].1, "behaviour-policy", "what is recorded comes before what was answered");
    assert_eq!(answer(&mut world, chart, "investigation", "disciplinary-procedure"), Err(RefusalCode::NotAsked));
}

/// The harm test and the way out of triage lead on through the triage chart.
#[test]
fn the_record_leads_through_triage() {
    let school = school("beechfield-hertfordshire.toml", HERTFORDSHIRE);
    let mut world = World::opened(&school, "copyright", Some(2));
    let stands_in_triage = |world: &World<'_>| stands(world).remove(0).1;
    assert_eq!(stands_in_triage(&world), "illegal");
    triage(&mut world, TriageExit::OtherIncidents);
    assert_eq!(stands_in_triage(&world), "lado");
    assert_eq!(stands(&world)[1].1, "managing", "a rating is not a route");
    let no = HarmTest::No { reason: words("no child was there") };
    world.act(Command::AnswerHarmTest(no), &person(1), &[person(1)]).unwrap();
    assert_eq!(stands_in_triage(&world), "other-incidents");
    let stricter = Command::Reroute(TriageExit::IllegalRoute, words("more was learned"));
    world.act(stricter, &person(1), &[person(1)]).unwrap();
    assert_eq!(stands_in_triage(&world), "illegal-route");
    assert_eq!(stands(&world)[1], ("illegal-incident".to_owned(), "lado".to_owned()));
}

/// A child who may be harmed is on the record: nobody is asked again whether one was.
#[test]
fn a_child_who_may_be_harmed_is_an_answer() {
    let school = school("beechfield-hertfordshire.toml", HERTFORDSHIRE);
    let mut world = World::opened(&school, "cyberbullying", None);
    triage(&mut world, TriageExit::OtherIncidents);
    let managing = "managing-an-incident";
    answer(&mut world, managing, "staff-victim", "who").unwrap();
    answer(&mut world, managing, "pupil-harmed", "review-pupil").unwrap();
    let involved = Involved { name: words("Pupil B"), role: Role::ChildAtRisk };
    world.act(Command::Involve(involved, words("a parent rang")), &person(1), &[person(1)]).unwrap();
    let boxes = charts::positions(&world.case, &school.pack).remove(2).boxes;
    assert!(boxes.iter().any(|node| node.id() == "support"), "what is recorded comes before what was answered");
    assert_eq!(answer(&mut world, managing, "pupil-harmed", "review-pupil"), Err(RefusalCode::NotAsked));
}
