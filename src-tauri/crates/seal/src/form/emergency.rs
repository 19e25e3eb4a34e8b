//! The emergency card: what to do by hand after HALT, or when the program cannot be used. It holds no secret.

use super::flow::{Flow, settled};
use super::grid::{ANSWER, BODY, HALF_RIGHT, HALF_W, LEFT, PART, RIGHT, SMALL_LABEL, WIDTH, rule};
use super::line::height;
use super::model::{School, Terms, said};
use super::paper::{WordsOnly, pen};
use super::structure::{Place, Role};
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind, shape, sheet};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

type Pages<'a> = Flow<'a, WordsOnly>;

/// Most people and places that the card names; what is past them is not printed.
const CONTACTS: usize = 6;
/// Where the number of a contact begins, from the left edge of its half.
const NUMBER_AT: f32 = 54.0;
/// Distance between two lines for ink.
const PITCH: f32 = 7.5;

const WHEN: &str = "Use this card **after HALT was pressed**, or when you see, or may be seeing, a nude, semi-nude or \
     sexual image of anyone who is or may be under 18 and **Evidence Trail cannot be used**. Not sure counts \
     as yes. If a child is in danger now, ring **999** first. Any of you may ring; you do not need permission.";

const STEPS: [(&str, &str); 5] = [
    (
        "Stop looking.",
        "Turn the screen away or switch it off. Do not scroll, click, look again or ask anyone else to look.",
    ),
    (
        "Copy nothing.",
        "No screenshot, photograph, print, download or message. Do not save, send or delete anything. Copying such \
         an image is an offence, also with good intentions.",
    ),
    (
        "Leave the computer as it is.",
        "If it is on, leave it on; if it is off, leave it off. Take out the network cable or switch off wireless at \
         its switch. Do not update, scan, back up or restart it. Lock the room; note who has the key.",
    ),
    (
        "Ring the police.",
        "101, or 999 if a child is in danger now. Say that it is an online safety incident at a school. Then tell the \
         headteacher and the designated safeguarding lead. Do not tell or question the person concerned.",
    ),
    (
        "Write it down below, in words.",
        "Say of what kind the content was; do not describe it further. Enter it in Evidence Trail as soon as you can, \
         and keep this sheet: it is the first note made.",
    ),
];

/// Whom a school rings, where it has not entered anybody: the number is for ink.
const USUAL: [&str; 6] = [
    "Police: 999 in danger, else 101",
    "Designated safeguarding lead",
    "Headteacher",
    "Chair of governors, if it is about the headteacher",
    "Local authority, if it is about a member of staff",
    "Who looks after the computers",
];

/// All that the emergency card prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyModel {
    /// The school.
    pub school: School,
    /// What the pack calls people.
    pub terms: Terms,
    /// Protective marking, such as `OFFICIAL-SENSITIVE`.
    pub marking: String,
    /// Made in practice mode.
    pub practice: bool,
    /// When the card was made.
    pub made: DateTime<Utc>,
    /// Whom to ring, each with the number; an empty number leaves a line for ink, no contact at all the usual ones.
    pub contacts: Vec<(String, String)>,
}

/// Lays out the emergency card: one page.
///
/// # Errors
/// - If the file cannot be finished, which is a fault of the program.
pub fn lay_out(model: &EmergencyModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    let about = sheet::about("Emergency card", &model.school, &model.marking, model.practice, model.made);
    let paper = settled(fonts, &about, |flow| {
        page(flow, model);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

/// The card as a page, also of the recovery kit.
pub(super) fn page(flow: &mut Pages<'_>, model: &EmergencyModel) {
    sheet::heading(flow, "Emergency card", &model.school, model.made);
    let lines = flow.lines(&Words::ours(WHEN), BODY, WIDTH - 7.0);
    let tall = height(&lines) + 4.0;
    flow.paper.frame(Place { x: LEFT, y: flow.y, w: WIDTH, h: tall }, pen(rule::HEAVY));
    flow.set_at(LEFT + 3.5, flow.y + 2.0, &lines);
    flow.y += tall + 3.0;
    steps(flow, &model.terms);
    contacts(flow, model);
    by_pen(flow);
    let words = "Keep this card beside the designated computer and in the office. It holds no secret.";
    flow.note(&Words::ours(words));
}

fn steps(flow: &mut Pages<'_>, terms: &Terms) {
    for (number, (head, words)) in STEPS.iter().enumerate() {
        let count = shape::one_line(flow.fonts, &Words::ours(&(number + 1).to_string()), PART);
        let head = flow.lines(&Words::ours(head), PART, WIDTH - 10.0);
        let words = flow.lines(&sheet::renamed(words, terms), BODY, WIDTH - 10.0);
        flow.rule(rule::FINE);
        flow.y += 0.7;
        flow.set_as(Role::P, LEFT, flow.y, &[count]);
        flow.y = flow.set_as(Role::H2, LEFT + 10.0, flow.y, &head);
        flow.set(LEFT + 10.0, &words);
        flow.y += 1.2;
    }
    flow.rule(rule::STRONG);
    flow.y += 2.0;
}

fn contacts(flow: &mut Pages<'_>, model: &EmergencyModel) {
    let usual: Vec<(Words, String)> =
        USUAL.iter().map(|who| (sheet::renamed(who, &model.terms), String::new())).collect();
    let known = model.contacts.iter().take(CONTACTS).map(|(who, number)| (said(who), number.clone()));
    let rows: Vec<(Words, String)> = if model.contacts.is_empty() { usual } else { known.collect() };
    flow.label(LEFT, flow.y, "Whom to ring", SMALL_LABEL);
    flow.y += 4.5;
    for pair in rows.chunks(2) {
        let set: Vec<_> = pair
            .iter()
            .map(|(who, number)| {
                let number = if number.trim().is_empty() { Words::default() } else { Words::outside(number.trim()) };
                let who = flow.lines(who, BODY, NUMBER_AT - 3.0);
                (who, flow.lines(&number, BODY, HALF_W - NUMBER_AT))
            })
            .collect();
        let tall = set.iter().map(|(who, number)| height(who).max(height(number))).fold(PITCH - 1.0, f32::max) + 1.0;
        flow.need(tall);
        for (x, (who, number)) in [LEFT, HALF_RIGHT].into_iter().zip(&set) {
            flow.set_at(x, flow.y + tall - height(who), who);
            flow.set_at(x + NUMBER_AT, flow.y + tall - height(number), number);
            flow.ink(x + NUMBER_AT, x + HALF_W, flow.y + tall + 0.2);
        }
        flow.y += tall + 0.8;
    }
    flow.y += 1.7;
}

/// What is written down, with lines for a pen.
fn by_pen(flow: &mut Pages<'_>) {
    let rows: [(&str, Option<&str>); 10] = [
        ("Date and time", Some("Room, computer")),
        ("Who was there", None),
        ("Address, if seen", None),
        ("What kind it was", None),
        ("What was done, in order, with times", None),
        ("", None),
        ("", None),
        ("Police: force", Some("Reference")),
        ("Officer, number", Some("Rung at")),
        ("Advice given", None),
    ];
    flow.need(7.5 + PITCH * (rows.len() as f32 + 1.0));
    flow.rule(rule::STRONG);
    flow.y += 2.0;
    for (number, (label, second)) in rows.into_iter().enumerate() {
        flow.y += if number == 0 { 5.0 } else { PITCH };
        line(flow, LEFT, label, ANSWER, if second.is_some() { HALF_RIGHT - 4.0 } else { RIGHT });
        if let Some(second) = second {
            line(flow, HALF_RIGHT, second, HALF_RIGHT + 30.0, RIGHT);
        }
    }
    flow.y += PITCH;
    line(flow, LEFT, "Written by", ANSWER, HALF_RIGHT - 4.0);
    line(flow, HALF_RIGHT, "Signature, time", HALF_RIGHT + 30.0, RIGHT);
    flow.y += 1.5;
}

fn line(flow: &mut Pages<'_>, x: f32, label: &str, from: f32, to: f32) {
    if !label.is_empty() {
        let lines = flow.lines(&Words::ours(label), SMALL_LABEL, from - x - 2.0);
        flow.set_at(x, flow.y - 4.5, &lines);
    }
    flow.ink(from, to, flow.y);
}
