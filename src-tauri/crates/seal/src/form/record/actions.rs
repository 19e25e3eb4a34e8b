//! Annex D: the group's actions against the school's table, departures with their reasons.

use super::model::{RecordModel, TableAction};
use crate::form::flow::Flow;
use crate::form::grid::{BODY, LEFT, SMALL, WIDTH};
use crate::form::model::said;
use crate::form::number::{spelt, starting};
use crate::form::paper::WordsOnly;
use crate::form::table::{Row, Table};
use crate::form::words::Words;

pub(super) fn lay(flow: &mut Flow<'_, WordsOnly>, model: &RecordModel) {
    flow.annex("D", "Actions against the school’s table", &said(&model.table_row), false);
    let over = Words::ours("Incident in the table: ").then_bold(&model.table_incident).then(
        ". A departure is an action chosen that the table does not propose, or proposed and not chosen; each \
         needs a reason.",
    );
    flow.text(&over, BODY, LEFT, WIDTH);
    flow.y += 2.0;
    let columns = [(40.0, "Action"), (20.0, "Table"), (17.0, "Group"), (36.0, "Owner"), (59.0, "Outcome and date")];
    let mut table = Table::new("Annex D", LEFT, &columns);
    for action in &model.table_actions {
        let yes = |said: bool| if said { "Yes" } else { "No" };
        let group = if action.group { "**Yes**" } else { "No" };
        let mut row = Row::new(vec![
            table.cell(flow, 0, &said(&action.action)),
            table.cell(flow, 1, &Words::ours(yes(action.table))),
            table.cell(flow, 2, &Words::ours(group)),
            table.cell(flow, 3, &action.owner.words()),
            table.cell(flow, 4, &action.outcome.words()),
        ]);
        if let Some(words) = departure(action) {
            let lines = flow.lines(&words, SMALL, table.inner_from(1));
            row = row.with_more(1, lines);
        }
        table.push(row);
    }
    if model.table_actions.is_empty() {
        let none = Words::ours("None");
        let row = Row::new((0..5).map(|column| table.cell(flow, column, &none)).collect());
        table.push(row);
    }
    table.draw_with_note(flow, &note(model));
}

fn departs(action: &TableAction) -> bool {
    action.table != action.group
}

fn departure(action: &TableAction) -> Option<Words> {
    if !departs(action) && action.departure.is_none() {
        return None;
    }
    let reason = action.departure.as_deref().unwrap_or_default();
    Some(Words::ours("**Departure.** ").and(said(reason)))
}

fn note(model: &RecordModel) -> Words {
    let departures: Vec<&TableAction> = model.table_actions.iter().filter(|action| departs(action)).collect();
    let with_reasons = departures
        .iter()
        .filter(|action| action.departure.as_deref().is_some_and(|reason| !reason.trim().is_empty()))
        .count();
    let count = departures.len();
    let reasons = if count == 0 {
        "No departure.".to_owned()
    } else {
        let things = if count == 1 { "departure" } else { "departures" };
        let having = match (count, count - with_reasons) {
            (1, 0) => "with its reason".to_owned(),
            (2, 0) => "both with reasons".to_owned(),
            (_, 0) => "all with reasons".to_owned(),
            (_, missing) => format!("{} without a reason", spelt(missing)),
        };
        format!("{} {things}, {having}.", starting(count))
    };
    let words = Words::ours(&format!(
        "“Table” is what the school’s table proposes; “Group” is what the group chose. {reasons} Overdue when this \
         form was made: "
    ));
    if model.overdue.is_empty() {
        return words.then("none.");
    }
    words.then_outside(&model.overdue.join("; ")).then(".")
}
