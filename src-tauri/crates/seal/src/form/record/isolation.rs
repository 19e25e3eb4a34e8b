//! Annexes E and F: isolation of the computer, and the sign-off that comes last.

use super::HEAD;
use super::model::RecordModel;
use crate::form::field::{Label, Signer};
use crate::form::flow::Flow;
use crate::form::grid::{ANSWER, ANSWER_W, BODY, LEFT, RIGHT, SMALL, WIDTH, rule};
use crate::form::line::{Line, after, height};
use crate::form::model::said;
use crate::form::paper::{Mark, WordsOnly, pen};
use crate::form::structure::Place;
use crate::form::table::{Row, Table};
use crate::form::words::Words;

type Pages<'a> = Flow<'a, WordsOnly>;

const TICK: f32 = 3.6;
const TICK_LINE: f32 = 6.0;
const INK_PITCH: f32 = 7.5;
const REASONS_H: f32 = 3.0 * INK_PITCH;
const NOTE_ABOVE: f32 = 1.0;
const NOTE_BELOW: f32 = 3.0;
const STATEMENT: &str = "Statement";
const DECISION: &str = "Decision";
const REASONS: &str = "Reasons or changes";
const SIGNED_OFF: &str = "Signed off by";
const KEEP_UNTIL: &str = "Keep until";

pub(super) fn lay(flow: &mut Pages<'_>, model: &RecordModel) {
    isolation(flow, model);
    sign_off(flow, model);
}

/// Annex E.
pub(super) fn isolation(flow: &mut Pages<'_>, model: &RecordModel) {
    flow.annex("E", "Isolation of the computer", &said(&model.isolation_remark), true);
    let columns = [(74.0, "Step"), (22.0, "State"), (30.0, "By"), (46.0, "When, or why not")];
    let mut table = Table::new("Annex E", LEFT, &columns);
    for step in &model.isolation {
        let state = if step.done { Words::ours("**Done**") } else { step.state.words() };
        table.push(Row::new(vec![
            table.cell(flow, 0, &said(&step.step)),
            table.cell(flow, 1, &state),
            table.cell(flow, 2, &step.by.words()),
            table.cell(flow, 3, &step.when.words()),
        ]));
    }
    if model.isolation.is_empty() {
        let none = Words::ours("None");
        let row = Row::new((0..4).map(|column| table.cell(flow, column, &none)).collect());
        table.push(row);
    }
    let note = Words::ours("Computer: ")
        .and(said(&model.computer.name))
        .then(". Any change to a computer’s state can get in the way of a later police investigation.");
    table.draw_with_note(flow, &note);
}

fn sign_off(flow: &mut Pages<'_>, model: &RecordModel) {
    let headteacher = &model.terms.headteacher;
    let (title, called) = if model.chair_signs {
        ("Chair’s sign-off".to_owned(), "the chair of governors".to_owned())
    } else {
        (format!("{}’s sign-off", capital(headteacher)), format!("the {headteacher}"))
    };
    let statement = "I have read this record and its annexes. I took no part in the review, and I am not the \
                     person concerned.";
    let statement = flow.lines(&Words::ours(statement), BODY, ANSWER_W);
    let decision = decision_lines(flow);
    let signer =
        Signer { field: HEAD, called: &called, name: said(&model.head.name), position: said(&model.head.position) };
    let note = Words::ours(&format!(
        "The chair of governors signs instead where the {headteacher} took part in the review or is the person \
         concerned."
    ));
    let keep_until = flow.lines(&model.keep_until.words(), BODY, ANSWER_W);
    // Kept whole: who signs sees on the same page what is signed, and how long it is kept.
    let tall = flow.field_height(STATEMENT, &statement, 0.0)
        + flow.field_height(DECISION, &decision, 0.0)
        + flow.field_height(REASONS, &[], REASONS_H)
        + flow.signature_height(SIGNED_OFF, &signer)
        + NOTE_ABOVE
        + height(&flow.lines(&note, SMALL, WIDTH))
        + NOTE_BELOW
        + flow.field_height(KEEP_UNTIL, &keep_until, 0.0);
    flow.whole_annex("F", &title, &Words::ours("Signed last"), tall);
    flow.field(&Label::plain(STATEMENT), statement);
    draw_decision(flow, decision);
    flow.field_with(&Label::plain(REASONS), Vec::new(), REASONS_H, |flow, y| {
        for line in 1..=3 {
            flow.ink(ANSWER, RIGHT, y + INK_PITCH * line as f32 - 1.6);
        }
    });
    flow.signature_field(&Label::plain(SIGNED_OFF), &signer);
    flow.rule(rule::FINE);
    flow.y += NOTE_ABOVE;
    flow.note(&note);
    flow.gap(NOTE_BELOW);
    flow.field(&Label::plain(KEEP_UNTIL), keep_until);
    flow.rule(rule::FINE);
}

fn decision_lines(flow: &Pages<'_>) -> Vec<Line> {
    let choices = [
        "I accept the finding and the actions.",
        "I accept the finding. I change the actions as written below.",
        "I do not accept the finding, for the reasons written below.",
    ];
    let mut answer = Vec::new();
    for choice in choices {
        let lines = flow.lines(&Words::ours(choice), BODY, ANSWER_W - TICK - 1.6);
        let lines = crate::form::line::shifted(lines, TICK + 1.6);
        answer.extend(after(0.75, lines).into_iter().map(|mut line| {
            line.height = TICK_LINE - 0.75;
            line
        }));
    }
    answer
}

fn draw_decision(flow: &mut Pages<'_>, answer: Vec<Line>) {
    flow.field_with(&Label::plain(DECISION), answer, 0.0, |flow, foot| {
        for number in 0..3 {
            let y = foot - TICK_LINE * (3 - number) as f32 + 0.75 + (TICK_LINE - 0.75 - TICK) / 2.0;
            let place = Place { x: ANSWER, y, w: TICK, h: TICK };
            flow.paper.artifact(Mark::Frame { place, pen: pen(rule::MIDDLE) });
        }
    });
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
