//! The recovery kit: a page for each of the two codes, and the emergency card.

use super::address;
use super::emergency::{self, EmergencyModel};
use super::field::Label;
use super::flow::{Flow, settled};
use super::grid::{ANSWER_W, BODY, CODE, HALF_RIGHT, HALF_W, LEFT, SMALL, SMALL_LABEL, WIDTH, rule};
use super::line::{Line, after, beside, height};
use super::model::{School, Terms, hexadecimal, said};
use super::paper::{WordsOnly, pen};
use super::structure::Place;
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind, sheet};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

type Pages<'a> = Flow<'a, WordsOnly>;

const WHAT_FOR: &str = "**Both codes are needed, always together.** One code alone opens nothing.";
const OPENS: &str = "Both codes open the school’s records, all cases in them and the key of the school’s authority: in the \
     store on its computer, and in every backup of it. With them the police open sealed exhibits on their own image of \
     the disk.";
const CANNOT: &str = "It never opens anybody’s signing key. Who forgot a passphrase gets new keys; the old certificate is \
     revoked, and both are on record.";
const WHEN: &str = "When somebody has forgotten their passphrase, when the computer is lost or broken, or when the police \
     ask. Two people bring one code each. Tell the headteacher before you open an envelope, and write the date on it.";
const RESTORE: [&str; 4] = [
    "Install Evidence Trail on the other computer. Connect the newest backup.",
    "At the first screen choose to restore from a backup, and choose its folder.",
    "Type both codes, each by the person who brought it. Say which case was halted since, if one was.",
    "A person who was enrolled then signs in with their passphrase of that day. Both codes go back into closed envelopes.",
];
const LOST: &str = "Tell the headteacher the same day. A code cannot be printed again: while one is lost, no backup can be restored. \
     Whoever has both codes and a copy of the store can read all of it.";

/// All that the recovery kit prints. It holds secrets: drop it as soon as it is printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitModel {
    /// The school.
    pub school: School,
    /// What the pack calls people.
    pub terms: Terms,
    /// Protective marking, such as `OFFICIAL-SENSITIVE`.
    pub marking: String,
    /// Made in practice mode.
    pub practice: bool,
    /// When the codes were made.
    pub made: DateTime<Utc>,
    /// Name of the designated computer.
    pub computer: String,
    /// The two codes, each in its groups.
    pub codes: [Vec<String>; 2],
    /// Who keeps each code: `the school safe`, `the chair of governors`.
    pub keepers: [String; 2],
    /// SHA-256 of the certificate of the school's authority.
    #[serde(with = "hexadecimal")]
    pub fingerprint: [u8; 32],
    /// Whom to ring, each with the number the school entered; empty leaves lines for ink.
    pub contacts: Vec<(String, String)>,
}

impl std::fmt::Debug for KitModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KitModel({}, codes not shown)", self.school.name)
    }
}

/// Lays out the recovery kit: three pages.
///
/// # Errors
/// - If a code is empty.
/// - If the file cannot be finished, which is a fault of the program.
pub fn lay_out(model: &KitModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.codes.iter().any(|code| code.iter().all(|group| group.trim().is_empty())) {
        return Err(FormError::Missing { what: "recovery code" });
    }
    let about = sheet::about("Recovery kit", &model.school, &model.marking, model.practice, model.made);
    let card = EmergencyModel {
        school: model.school.clone(),
        terms: model.terms.clone(),
        marking: model.marking.clone(),
        practice: model.practice,
        made: model.made,
        contacts: model.contacts.clone(),
    };
    let paper = settled(fonts, &about, |flow| {
        code_page(flow, model, 0);
        flow.new_page();
        code_page(flow, model, 1);
        flow.new_page();
        emergency::page(flow, &card);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn code_page(flow: &mut Pages<'_>, model: &KitModel, number: usize) {
    let name = format!("Recovery code {} of 2", number + 1);
    sheet::heading(flow, &name, &model.school, model.made);
    code_box(flow, &model.codes[number]);
    let fields = [
        ("What it is for", Words::ours(WHAT_FOR)),
        ("What it opens", Words::ours(OPENS)),
        ("What it cannot do", Words::ours(CANNOT)),
        ("Where each is kept", kept(model, number)),
        ("When to use it", sheet::renamed(WHEN, &model.terms)),
    ];
    for (place, (label, words)) in fields.into_iter().enumerate() {
        let answer = flow.lines(&words, BODY, ANSWER_W);
        let number = (place + 1).to_string();
        let label = Label::numbered(&number, label);
        flow.field(&if place == 0 { label.under(rule::STRONG) } else { label }, answer);
    }
    let answer = steps(flow);
    flow.field(&Label::numbered("6", "To restore on another computer"), answer);
    let answer = flow.lines(&sheet::renamed(LOST, &model.terms), BODY, ANSWER_W);
    flow.field(&Label::numbered("7", "If it is lost or seen"), answer);
    let answer = flow.lines(&said(&model.computer), BODY, ANSWER_W);
    flow.field(&Label::numbered("8", "Made on"), answer);
    let mut answer = address::hash(flow.fonts, &model.fingerprint, 4);
    let words =
        "Compare it with the fingerprint on any document of this school. If they differ, it is not the school’s.";
    answer.extend(after(0.5, flow.lines(&Words::ours(words), BODY, ANSWER_W)));
    flow.field(&Label::numbered("9", "Fingerprint of the school’s authority"), answer);
    flow.rule(rule::FINE);
    flow.y += 3.0;
    let (y, h) = (flow.y, 21.0);
    let (left, right) = (Place { x: LEFT, y, w: HALF_W, h }, Place { x: HALF_RIGHT, y, w: HALF_W, h });
    flow.ink_box(left, "Put into its place by", "Name and signature", "Date", 26.0);
    flow.ink_box(right, "Seen by", "Name and signature", "Date", 26.0);
    flow.y += h;
}

fn code_box(flow: &mut Pages<'_>, code: &[String]) {
    let mut lines: Vec<Line> = Vec::new();
    for row in code.chunks(3) {
        let mut line: Vec<Line> = Vec::new();
        for (place, group) in row.iter().enumerate() {
            let next = flow.lines(&Words::default().then_mono(group), CODE, 50.0);
            line = beside(line, next, 50.0 * place as f32);
        }
        lines.extend(line);
    }
    let tall = height(&lines) + 17.0;
    flow.paper.frame(Place { x: LEFT, y: flow.y, w: WIDTH, h: tall }, pen(rule::HEAVY));
    flow.label(LEFT + 5.0, flow.y + 2.5, "The code. Read along the rows.", SMALL_LABEL);
    let foot = flow.set_at(LEFT + 10.0, flow.y + 8.0, &lines);
    flow.label(LEFT + 5.0, foot + 2.0, "No group has the letters I, L, O or U: write 1 and 0 as figures.", SMALL);
    flow.y += tall + 3.0;
}

/// Where this code is kept, and where the other one.
fn kept(model: &KitModel, number: usize) -> Words {
    let other = 1 - number;
    Words::ours(&format!("**This code, {}:** ", number + 1))
        .and(said(&model.keepers[number]))
        .then(&format!(", in a closed envelope. **Code {}:** ", other + 1))
        .and(said(&model.keepers[other]))
        .then(". Never both in one place, never in a photograph, an e-mail or a file, never beside a backup.")
}

fn steps(flow: &Pages<'_>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for (number, words) in RESTORE.iter().enumerate() {
        let count = flow.lines(&Words::ours(&format!("{}.", number + 1)), BODY, 6.0);
        let words = flow.lines(&Words::ours(words), BODY, ANSWER_W - 6.0);
        out.extend(after(if number == 0 { 0.0 } else { 0.5 }, beside(count, words, 6.0)));
    }
    out
}
