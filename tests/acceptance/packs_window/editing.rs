//! From the list of cases to a policy that the headteacher signed: read, copied, faulty, below the floor, compared.

use acceptance::house::PASSPHRASE;
use acceptance::window::keeping::{acts, holds, problem};
use acceptance::window::{Window, ready, steps};
use serde_json::json;

use super::alone;
use super::charts::is_in_words;
use super::files::saved_and_opened;

/// The parts of the default policy, by their pages.
const PARTS: [&str; 16] = [
    "about",
    "national",
    "categories",
    "grounds",
    "steps",
    "outcomes",
    "agencies",
    "clocks",
    "isolation",
    "chart-triage",
    "pupils",
    "staff",
    "media",
    "log",
    "review",
    "retention",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_read_copied_checked_and_signed_by_the_head() {
    alone(async {
        let home = ready::home_before("group", &[]);
        let mut window = Window::open("packs/editing", home.path(), "").await;
        steps::sign_in(&window, "Jo Stirling").await;
        window.press("carry-on").await;
        window.at("cases").await;
        the_case_is_on_its_chart(&mut window).await;
        window.press("go-policy").await;
        window.shown("policy").await;
        window.smallest("policy").await;
        window.widen().await;
        every_part(&mut window).await;
        copied(&mut window).await;
        saved_and_opened(&mut window, home.path()).await;
        faulty(&mut window).await;
        below_the_floor(&mut window).await;
        compared(&mut window).await;
        signed(&mut window).await;
        new_cases_only(&mut window).await;
        window.close().await;
    })
    .await;
}

async fn the_case_is_on_its_chart(window: &mut Window) {
    window.press("open-case").await;
    window.at("case").await;
    window.press("stage-triage").await;
    window.shown("stage-triage").await;
    window.wait_for_words("[data-position]", "What is recorded leads to \"Is it illegal, or might it be?\"").await;
    window.smallest("stage-triage").await;
    window.widen().await;
    is_in_words(window).await;
    window.look("stage-triage-in-words").await;
    window.press("go-case-policy").await;
    window.at("policy").await;
    window.look("case-policy").await;
    window.press("part-chart-triage").await;
    window.wait_for_words("[data-position]", "What is recorded leads to").await;
    window.press("back").await;
    window.press("back").await;
    window.at("case").await;
}

async fn every_part(window: &mut Window) {
    window.press(&format!("part-{}", PARTS[0])).await;
    for (place, part) in PARTS.iter().enumerate() {
        window.at(&format!("policy-{part}")).await;
        window.zoomed(&format!("policy-{part}")).await;
        window.smallest(&format!("policy-{part}")).await;
        window.widen().await;
        if *part == "pupils" {
            let ticks = "return [document.querySelectorAll('[data-table=pupils] tbody tr').length,
                document.querySelectorAll('[data-table=pupils] .ticked').length]";
            let [rows, ticked] = figures();
            assert_eq!(window.script(ticks, vec![]).await, json!([rows, ticked]), "every row and tick is shown");
        }
        if place + 1 < PARTS.len() {
            window.press("part-after").await;
        }
    }
    assert!(!window.has("[data-act='part-after']").await, "a part is not walked through");
    window.press("back").await;
    window.wait("main[data-page='policy']").await;
}

/// Rows and ticks of the pupils' table, counted in the text.
fn figures() -> [usize; 2] {
    let text = std::fs::read_to_string(acceptance::outside::root().join("assets/packs/swgfl-template.toml")).unwrap();
    let pack: toml::Table = text.parse().unwrap();
    let rows = pack["sanctions"]["pupils"]["rows"].as_array().unwrap();
    [rows.len(), rows.iter().map(|row| row["proposed"].as_array().unwrap().len()).sum()]
}

async fn copied(window: &mut Window) {
    window.press("change-policy").await;
    window.shown("policy-begin").await;
    window.write("policyId", "Our School").await;
    window.press("begin-edit").await;
    problem(window, "is no short name").await;
    window.look("policy-begin-wrong").await;
    window.write("policyId", "our-school").await;
    window.press("begin-edit").await;
    window.shown("policy-edit").await;
    window.smallest("policy-edit").await;
    window.widen().await;
    assert!(holds(window, "policyText").await.contains("id = \"our-school\""));
}

/// Puts one thing in place of another in the text, as somebody types it.
async fn put(window: &Window, from: &str, to: &str) {
    let script = "const [from, to] = arguments; const area = document.getElementById('policyText');
        const at = area.value.indexOf(from);
        if (at < 0) return false;
        area.focus(); area.setSelectionRange(at, at + from.length);
        area.setRangeText(to); area.dispatchEvent(new Event('input', { bubbles: true }));
        return true;";
    assert_eq!(window.script(script, vec![json!(from), json!(to)]).await, json!(true), "{from} is not in the text");
}

async fn faulty(window: &mut Window) {
    put(window, "route = \"school\"", "route = \"scool\"").await;
    put(window, "[retention]\n", "[retention]\nperiod = 6\n").await;
    put(window, "required = true", "required = \"yes\"").await;
    window.press("check-policy").await;
    problem(window, "The policy has").await;
    window.wait("[data-faults='3']").await;
    window.wait_for_words(".fault-table", "scool").await;
    window.look("policy-edit-faulty").await;
    window.zoomed("policy-edit-faulty").await;
    window.smallest("policy-edit-faulty").await;
    window.widen().await;
    window.press("show-line").await;
    let line = "const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd)";
    assert_eq!(window.script(line, vec![]).await, json!("route = \"scool\""), "the line is shown");
    window.look("policy-edit-line").await;
    put(window, "route = \"scool\"", "route = \"school\"").await;
    put(window, "required = \"yes\"", "required = true").await;
    window.press("check-policy").await;
    window.wait("[data-faults='1']").await;
    window.wait_for_words(".fault-table", "period").await;
    put(window, "period = 6\n", "").await;
}

async fn below_the_floor(window: &mut Window) {
    put(window, "safeguard = \"gate\"\n", "").await;
    put(window, "legal = \"extreme-pornography\"\n", "").await;
    window.press("check-policy").await;
    problem(window, "The policy has 2 faults").await;
    window.wait_for_words("[data-floor]", "gate: two questions come before every capture").await;
    window.wait_for_words("[data-floor]", "extreme-pornography").await;
    window.look("policy-below-the-floor").await;
    window.press("start-again").await;
    window.press("keep-draft").await;
    window.press("start-again").await;
    window.look("policy-start-again").await;
    window.press("start-again-sure").await;
    window.wait("main[data-page='policy-begin']").await;
    window.press("begin-edit").await;
    window.wait("main[data-page='policy-edit']").await;
}

async fn compared(window: &mut Window) {
    put(window, "years = 6", "years = 7").await;
    put(
        window,
        "[[police_grounds]]",
        "[[police_grounds]]\nid = \"ransom\"\nlabel = \"A demand for money to give data back\"\n\n[[police_grounds]]",
    )
    .await;
    window.press("check-policy").await;
    window.shown("policy-use").await;
    window.wait_for_words(".change-table", "A demand for money to give data back").await;
    window.wait_for_words(".change-table", "Retention").await;
    assert!(window.has("[data-change='added']").await && window.has("[data-change='changed']").await);
    window.smallest("policy-use").await;
    window.widen().await;
    window.wait_for_words("main", "Only the headteacher, or who stands in").await;
    assert!(!window.has("[data-act='use-policy']").await, "a reviewer cannot sign a policy");
    let by_hand = json!({ "form": { "text": "", "sha256": "", "reason": "x", "person": "", "passphrase": "" } });
    let thrown = window.invoke("adopt_policy", by_hand).await;
    assert_eq!(thrown["thrown"]["code"], json!("policy-faulty"), "{thrown}");
}

async fn signed(window: &mut Window) {
    window.press("sign-in-second").await;
    steps::sign_in(window, "Amara Okonkwo-Pryce").await;
    window.at("cases").await;
    window.press("go-policy").await;
    window.wait_for_words("[data-act='change-policy']", "Go on with your draft").await;
    window.press("change-policy").await;
    window.wait("main[data-page='policy-edit']").await;
    window.press("check-policy").await;
    window.wait("main[data-page='policy-use'] [data-act='use-policy']").await;
    window.press("use-policy").await;
    problem(window, "Say why the policy changes").await;
    window.look("policy-use-empty").await;
    window.write("reason", "Agreed by the governors on 26 November 2026").await;
    acts(window, ["person", "passphrase"], "Amara Okonkwo-Pryce", "wrong-passphrase").await;
    window.press("use-policy").await;
    problem(window, "passphrase").await;
    window.look("policy-use-wrong-passphrase").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    acts(window, ["person", "passphrase"], "Amara Okonkwo-Pryce", PASSPHRASE).await;
    window.zoomed("policy-use-filled").await;
    window.press("use-policy").await;
    window.wait_for_words("main .answer", "Open cases keep theirs").await;
    window.wait_for_words("[data-history]", "signed by Amara Okonkwo-Pryce").await;
    window.look("policy-in-use").await;
    window.smallest("policy-in-use").await;
    window.widen().await;
    window.zoomed("policy-in-use").await;
}

async fn new_cases_only(window: &mut Window) {
    window.press("go-cases").await;
    window.wait("main[data-page='cases']").await;
    window.press("open-case").await;
    window.wait("main[data-page='case']").await;
    window.press("go-case-policy").await;
    window.press("part-retention").await;
    window.wait_for_words("main", "6 years").await;
    window.press("go-policy").await;
    window.press("part-retention").await;
    window.wait_for_words("main", "7 years").await;
    window.press("go-cases").await;
}
