//! Where a case is on the charts of its policy: as far as its record answers, and no further.

use trail_app::wire::Answer;
use trail_app::wire::act::Act;
use trail_app::wire::case::Chart;

use super::school::School;

fn charts(school: &School, case: &str) -> Vec<Chart> {
    school.app.policy(Some(case), None).unwrap().charts
}

fn on(school: &School, case: &str, id: &str) -> String {
    let chart = charts(school, case).into_iter().find(|chart| chart.id == id).unwrap();
    chart.nodes.into_iter().find(|node| node.here).map_or_else(|| "nowhere".to_owned(), |node| node.id)
}

fn done(school: &mut School, case: &str, act: Act) {
    let answer = school.app.act(case, act).unwrap();
    assert!(matches!(answer, Answer::Done { .. }), "{answer:?}");
}

fn triaged(school: &mut School, case: &str) {
    done(school, case, Act::FinishPreserve { nothing_because: Some("Nothing is left".to_owned()) });
    let reason = "Nothing suggests anything illegal".to_owned();
    done(school, case, Act::Triage { exit: "other-incidents".to_owned(), reason });
}

#[test]
fn a_case_stands_at_the_first_question_that_its_record_does_not_answer() {
    let mut school = School::new();
    school.sign_in(0);
    let case = school.open_case(None);
    assert_eq!(on(&school, &case, "triage"), "illegal");
    let before = charts(&school, &case).remove(0);
    assert!(before.position.unwrap().contains("Is it illegal, or might it be?"));
    assert!(before.nodes.iter().filter(|node| node.taken).count() == 3, "reported, no risk, and the question");
    triaged(&mut school, &case);
    assert_eq!(on(&school, &case, "triage"), "other-incidents");
    assert_eq!(
        school.app.case_view(&case).unwrap().chart.nodes.iter().find(|node| node.here).unwrap().id,
        "other-incidents"
    );
    let plain = school.app.policy(None, None).unwrap().charts;
    assert!(
        plain.iter().all(|chart| chart.position.is_none() && chart.nodes.iter().all(|node| !node.here && !node.taken))
    );
}

#[test]
fn a_case_is_on_a_chart_only_once_another_led_it_there() {
    let mut school = School::set_up("beechfield-hertfordshire");
    let case = school.open_case_of("cyberbullying");
    assert_eq!(on(&school, &case, "illegal-incident"), "illegal");
    assert_eq!(on(&school, &case, "managing-an-incident"), "nowhere");
    triaged(&mut school, &case);
    assert_eq!(on(&school, &case, "illegal-incident"), "managing");
    assert_eq!(on(&school, &case, "managing-an-incident"), "staff-victim", "the report does not say who was harmed");
    for id in ["staff-as-victims", "lado-criteria", "accidental-or-deliberate", "cross-recording"] {
        assert_eq!(on(&school, &case, id), "nowhere", "{id}");
    }
    let unreached = charts(&school, &case).into_iter().find(|chart| chart.id == "staff-as-victims").unwrap();
    assert!(unreached.position.unwrap().contains("has not come to this chart"));
}

#[test]
fn a_category_leads_to_one_of_the_three_ways() {
    let mut school = School::set_up("st-laurence-birmingham");
    for (category, stands) in [
        ("child-protection", "safeguarding-procedures"),
        ("other-illegal", "alleged-crime"),
        ("password-given-away", "other-illegal"),
    ] {
        let case = school.open_case_of(category);
        assert_eq!(on(&school, &case, "three-way-routing"), stands, "{category}");
    }
}
