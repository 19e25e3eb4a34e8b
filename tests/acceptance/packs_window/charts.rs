//! Every chart of every policy that ships, as it is drawn: no line lies on another or runs through a box, no word is
//! cut, and the chart fits the window.

use acceptance::window::Window;
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::alone;

/// The policies that ship, with the charts of each.
const CHARTS: [(&str, &[&str]); 6] = [
    ("swgfl-template", &["triage"]),
    ("durants", &["triage"]),
    ("st-joseph", &["triage"]),
    ("st-laurence-birmingham", &["triage", "three-way-routing"]),
    ("victoria-park", &["triage"]),
    (
        "beechfield-hertfordshire",
        &[
            "triage",
            "illegal-incident",
            "managing-an-incident",
            "lado-criteria",
            "accidental-or-deliberate",
            "staff-as-victims",
            "cross-recording",
        ],
    ),
];

/// What is wrong with the chart in front, as words.
const WRONG: &str = r"
const wrong = [];
const svg = document.querySelector('svg.chart');
const frame = svg.parentElement;
if (svg.width.baseVal.value > frame.clientWidth + 1) wrong.push(`it is ${svg.width.baseVal.value} wide in ${frame.clientWidth}`);
const of = (one) => { const b = one.getBBox(); return { x: b.x, y: b.y, r: b.x + b.width, b: b.y + b.height, one }; };
const meet = (a, b, by) => a.x < b.r - by && b.x < a.r - by && a.y < b.b - by && b.y < a.b - by;
const boxes = [...svg.querySelectorAll('rect.box')].map(of);
const words = [...svg.querySelectorAll('rect.way-word')].map(of);
const name = (box) => box.one.dataset.box ?? box.one.dataset.way;
for (const [at, box] of boxes.entries()) {
  for (const other of [...boxes.slice(at + 1), ...words]) if (meet(box, other, 0.5)) wrong.push(`${name(box)} lies on ${name(other)}`);
}
for (const [at, word] of words.entries()) {
  for (const other of words.slice(at + 1)) if (meet(word, other, 0.5)) wrong.push(`the words of ${name(word)} lie on those of ${name(other)}`);
}
for (const text of [...svg.querySelectorAll('text')].map(of)) {
  const within = (box) => text.x >= box.x - 0.5 && text.r <= box.r + 0.5 && text.y >= box.y - 1 && text.b <= box.b + 1;
  if (![...boxes, ...words].some(within)) wrong.push(`'${text.one.textContent}' is cut`);
}
const all = [{ x: 0, y: 0, r: svg.width.baseVal.value, b: svg.height.baseVal.value }];
for (const box of [...boxes, ...words]) if (box.x < 0 || box.y < 0 || box.r > all[0].r || box.b > all[0].b) wrong.push(`${name(box)} is outside`);
const parts = [...svg.querySelectorAll('path.way')].flatMap((way) => {
  let [x, y] = [0, 0];
  const found = [];
  for (const [, letter, numbers] of way.getAttribute('d').matchAll(/([MVH])([-\d. ]+)/g)) {
    const [one, two] = numbers.trim().split(' ').map(Number);
    const [to, down] = letter === 'M' ? [one, two] : letter === 'H' ? [one, y] : [x, one];
    if (letter !== 'M') found.push({ x: Math.min(x, to), r: Math.max(x, to), y: Math.min(y, down), b: Math.max(y, down), way: way.dataset.way, to: way.dataset.to });
    [x, y] = [to, down];
  }
  if (found.length === 0) wrong.push(`${way.dataset.way} is not drawn`);
  return found;
});
const touch = (part, box, by) => part.x < box.r - by && part.r > box.x + by && part.y < box.b - by && part.b > box.y + by;
for (const part of parts) {
  if (part.x < 0 || part.y < 0 || part.r > all[0].r || part.b > all[0].b) wrong.push(`${part.way} is outside`);
  for (const box of boxes) if (touch(part, box, 1)) wrong.push(`${part.way} runs through ${name(box)}`);
  for (const word of words) if (word.one.dataset.way !== part.way && touch(part, word, 1)) wrong.push(`${part.way} runs through the words of ${name(word)}`);
}
for (const [at, a] of parts.entries()) {
  for (const b of parts.slice(at + 1)) {
    if (a.to === b.to || a.way === b.way) continue;
    const beside = (a.x === a.r && b.x === b.r && Math.abs(a.x - b.x) < 6 && a.y < b.b && b.y < a.b)
      || (a.y === a.b && b.y === b.b && Math.abs(a.y - b.y) < 6 && a.x < b.r && b.x < a.r);
    if (beside) wrong.push(`${a.way} lies on ${b.way}`);
  }
}
if (parts.length === 0 || boxes.length === 0 || words.length === 0) wrong.push('nothing is drawn');
return wrong;";

#[tokio::test(flavor = "multi_thread")]
async fn every_chart_of_every_policy_is_drawn_whole() {
    alone(async {
        let home = tempfile::tempdir().unwrap();
        let mut window = Window::open("packs/charts", home.path(), "").await;
        window.at("welcome").await;
        window.press("set-up").await;
        window.write("schoolName", "Hollybrook School").await;
        window.write("schoolAddress", "Mill Lane, Hollybrook, HB1 2CD").await;
        window.write("prefix", "HB").await;
        window.press("continue").await;
        window.at("set-up-pack").await;
        window.smallest("set-up-pack").await;
        window.widen().await;
        let mut wrong: Vec<String> = Vec::new();
        for (pack, charts) in CHARTS {
            window.tick(&format!("pack-{pack}")).await;
            window.press("read-policy").await;
            window.at("policy").await;
            for chart in charts {
                window.press(&format!("part-chart-{chart}")).await;
                wrong.extend(drawn(&mut window, pack, chart).await);
                window.press("back").await;
            }
            window.press("back").await;
            window.wait("main[data-page='set-up-pack']").await;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        window.close().await;
    })
    .await;
}

/// What is wrong with a chart in the usual and in the smallest window.
async fn drawn(window: &mut Window, pack: &str, chart: &str) -> Vec<String> {
    window.wait(&format!("main[data-page='policy-chart-{chart}'] svg.chart")).await;
    let name = format!("{pack}-{chart}");
    window.look(&name).await;
    window.whole(&name).await;
    let mut wrong = found(window, &format!("{name} in the usual window")).await;
    window.smallest(&name).await;
    wrong.extend(found(window, &format!("{name} in the smallest window")).await);
    window.widen().await;
    wrong
}

async fn found(window: &Window, name: &str) -> Vec<String> {
    let found = window.script(WRONG, vec![]).await;
    let wrong = found.as_array().unwrap_or_else(|| panic!("{name}: {found}"));
    wrong.iter().map(Value::to_string).map(|one| format!("{name}: {one}")).collect()
}

/// By the keyboard alone: the chart can be scrolled, and in words it names each box once, in order, and says where each
/// answer leads.
pub(crate) async fn is_in_words(window: &Window) {
    let words = "return [...document.querySelectorAll('.chart-words > li')].map((one) => one.innerText)";
    window.tab_to(".chart-frame").await;
    window.tab_to(".govuk-details__summary").await;
    window.key(Key::Enter).await;
    window.wait("details[open] .chart-words").await;
    let said = window.script(words, vec![]).await;
    let boxes = window.script("return document.querySelectorAll('rect.box').length", vec![]).await;
    assert_eq!(json!(said.as_array().map(Vec::len)), boxes);
    assert!(said.to_string().contains("Yes: go to"), "{said}");
}
