//! The questions of a chart that no record answers, answered by the keyboard alone; and the clause that a page rests on,
//! read at its place in the policy while the page waits.

use acceptance::window::keeping::{holds, problem};
use acceptance::window::{Window, ready, steps};
use fantoccini::key::Key;
use serde_json::json;

use super::alone;

/// A page that is in front, and does not wait behind a clause.
const FRONT: &str = ".page-place:not([hidden]) > ";

#[tokio::test(flavor = "multi_thread")]
async fn what_the_record_does_not_say_is_answered_where_the_case_stands() {
    alone(async {
        let staff = [
            ("subject", json!("A teacher")),
            ("subjectKind", json!("staff")),
            ("worksWithChildren", json!(true)),
            ("category", json!("contact-details")),
        ];
        let home = ready::home_under("beechfield-hertfordshire", "computer", &staff);
        let mut window = Window::open("packs/questions", home.path(), "").await;
        steps::sign_in(&window, "Jo Stirling").await;
        window.press("carry-on").await;
        window.at("cases").await;
        window.press("open-case").await;
        window.at("case").await;
        the_clause_is_read_in_the_policy(&mut window).await;
        window.press("go-case-policy").await;
        window.at("policy").await;
        window.press("part-chart-managing-an-incident").await;
        window.wait_for_words("[data-position]", "which is not answered yet").await;
        window.look("chart-that-asks").await;
        window.smallest("chart-that-asks").await;
        window.widen().await;
        answered_by_keyboard(&mut window).await;
        window.close().await;
    })
    .await;
}

/// From the list of stages to the policy's entry and back, with the focus where it was.
async fn the_clause_is_read_in_the_policy(window: &mut Window) {
    window.tab_to("li[data-stage='group'] [data-act='clause']").await;
    window.key(Key::Enter).await;
    window.tab_to("[data-act='clause-in-policy']").await;
    window.key(Key::Enter).await;
    window.wait("main[data-page='policy-steps'] [data-sought]").await;
    window.look("clause-in-policy").await;
    window.zoomed("clause-in-policy").await;
    let seen = "const row = document.querySelector('[data-sought]').getBoundingClientRect();
        return row.top >= 0 && row.bottom <= innerHeight && document.activeElement.matches('[data-sought] > th')";
    window.smallest("clause-in-policy").await;
    window.widen().await;
    window.press("back-from-clause").await;
    window.wait(&format!("{FRONT}main[data-page='case']")).await;
    window.key(Key::Enter).await;
    window.wait("main[data-page='policy-steps'] [data-sought]").await;
    assert_eq!(window.script(seen, vec![]).await, json!(true), "the entry is in sight and has the focus");
    window.key(Key::Escape).await;
    window.wait(&format!("{FRONT}main[data-page='case']")).await;
}

async fn answered_by_keyboard(window: &mut Window) {
    window.tab_to("[data-act='answer-question']").await;
    window.key(Key::Enter).await;
    window.shown("chart-question").await;
    window.smallest("chart-question").await;
    window.widen().await;
    window.tab_to("[data-act='answer-chart']").await;
    window.key(Key::Enter).await;
    problem(window, "Choose an answer").await;
    problem(window, "Say what your answer rests on").await;
    window.look("chart-question-empty").await;
    window.tab_to("input[name='answer']").await;
    window.key(Key::Down).await;
    window.tab_to("#words").await;
    window.type_keys("The head of year asked both").await;
    window.tab_to("[data-act='clause']").await;
    window.key(Key::Enter).await;
    window.tab_to("[data-act='clause-in-policy']").await;
    window.key(Key::Enter).await;
    window.wait("main[data-page='policy-steps'] [data-sought]").await;
    window.key(Key::Escape).await;
    window.wait(&format!("{FRONT}main[data-page='chart-question']")).await;
    assert_eq!(holds(window, "words").await, "The head of year asked both", "what was typed waits");
    window.tab_to("[data-act='answer-chart']").await;
    window.key(Key::Enter).await;
    window.wait("main[data-page='policy-chart-managing-an-incident'] [data-answered-before]").await;
    window.wait_for_words("[data-answered-before]", "No, by Jo Stirling").await;
    window.wait_for_words("[data-position]", "go on to the criteria for the LADO").await;
    window.look("chart-answered").await;
    window.smallest("chart-answered").await;
    window.widen().await;
    window.press("answer-staff-victim").await;
    window.wait("main[data-page='chart-question'] [data-answered]").await;
    window.look("chart-question-again").await;
    window.press("back").await;
    window.wait("main[data-page='policy-chart-managing-an-incident']").await;
}
