//! Annex A: every step of the procedure, also the ones not done.

use super::model::{RecordModel, When};
use crate::form::flow::Flow;
use crate::form::grid::LEFT;
use crate::form::model::{Cell, said};
use crate::form::paper::WordsOnly;
use crate::form::table::{Row, Table};
use crate::form::time;
use crate::form::words::Words;
use chrono::{DateTime, Utc};

pub(super) fn lay(flow: &mut Flow<'_, WordsOnly>, model: &RecordModel) {
    flow.annex("A", "Steps of the procedure", &said(&model.pack), false);
    let times: Vec<DateTime<Utc>> = model
        .steps
        .iter()
        .flat_map(|step| match &step.when {
            When::At(at) => vec![*at],
            When::Span(from, to) => vec![*from, *to],
            When::Cell(_) => Vec::new(),
        })
        .collect();
    let head = time::column("Time", &times);
    let columns =
        [(7.0, ""), (68.0, "Step, and clause of the pack"), (38.0, "Done by"), (34.0, "Date"), (25.0, head.as_str())];
    let mut table = Table::new("Annex A", LEFT, &columns);
    for (number, step) in model.steps.iter().enumerate() {
        let words = said(&step.step).then(" (").then_outside(&step.clause).then(")");
        let (date, clock) = when(&step.when, &times);
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::ours(&(number + 1).to_string())),
            table.cell(flow, 1, &words),
            table.cell(flow, 2, &step.done_by.words()),
            table.cell(flow, 3, &date),
            table.cell(flow, 4, &clock),
        ]));
    }
    let left_out = model.steps.iter().filter(|step| matches!(&step.when, When::Cell(cell) if cell.missing())).count();
    let mut note = Words::ours("“Both” means ")
        .then_outside(&model.first.name)
        .then(" and ")
        .then_outside(&model.second.name)
        .then(".");
    note = note.then(&match left_out {
        0 => " No step was left out.".to_owned(),
        1 => " One step has no time on record.".to_owned(),
        number => format!(" {} steps have no time on record.", crate::form::number::starting(number)),
    });
    for sentence in &model.steps_note {
        note = note.then(" ").then_outside(sentence);
    }
    table.draw_with_note(flow, &note);
}

/// The words of the columns Date and Time. Where there is no time, the second says where to look.
fn when(when: &When, times: &[DateTime<Utc>]) -> (Words, Words) {
    let between =
        |from, to| Words::ours(&format!("{} to {}", time::in_column(from, times), time::in_column(to, times)));
    match when {
        When::At(at) => (Words::ours(&time::date(*at)), Words::ours(&time::in_column(*at, times))),
        When::Span(from, to) if time::date(*from) == time::date(*to) => {
            (Words::ours(&time::date(*from)), between(*from, *to))
        }
        When::Span(from, to) => {
            (Words::ours(&format!("{} to {}", time::date(*from), time::date(*to))), between(*from, *to))
        }
        When::Cell(cell) => {
            let clock = match cell {
                Cell::See(_) => "See there",
                Cell::NotNeeded => "Not needed",
                Cell::NotChosen => "Not chosen",
                Cell::None => "None",
                Cell::Said(_) | Cell::NotRecorded { .. } => "Not recorded",
            };
            (cell.words(), Words::ours(clock))
        }
    }
}
