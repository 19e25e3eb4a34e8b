//! Annex B: sessions, readings of the clock, proof of working, changes of computer.

use super::model::{RecordModel, Session, VisitPlace};
use crate::form::address::{self, Whole};
use crate::form::flow::Flow;
use crate::form::grid::LEFT;
use crate::form::line::Line;
use crate::form::model::said;
use crate::form::number::thousands;
use crate::form::paper::WordsOnly;
use crate::form::table::{Row, Table};
use crate::form::time;
use crate::form::words::Words;

type Pages<'a> = Flow<'a, WordsOnly>;

pub(super) fn lay(flow: &mut Pages<'_>, model: &RecordModel) {
    flow.annex("B", "Sessions and clock check", &Words::default(), false);
    sessions(flow, model);
    flow.gap(3.0);
    for (number, session) in model.sessions.iter().enumerate() {
        visits(flow, number + 1, session);
        flow.gap(3.0);
    }
    clock(flow, model);
    flow.gap(3.0);
    proof(flow, model);
}

fn sessions(flow: &mut Pages<'_>, model: &RecordModel) {
    let times: Vec<_> =
        model.sessions.iter().flat_map(|session| std::iter::once(session.opened).chain(session.closed)).collect();
    let head = time::column("Opened and closed", &times);
    let columns = [
        (7.0, ""),
        (39.0, head.as_str()),
        (32.0, "Operator, observer"),
        (54.0, "Computer checked at opening"),
        (16.0, "Pages visited"),
        (24.0, "Exhibits made"),
    ];
    let mut table = Table::new("The list of sessions", LEFT, &columns);
    for (number, session) in model.sessions.iter().enumerate() {
        let mut opened = table.cell(flow, 1, &Words::ours(&time::date(session.opened)));
        let from = time::in_column(session.opened, &times);
        let span = match session.closed {
            Some(closed) if time::date(closed) == time::date(session.opened) => {
                format!("{from} to {}", time::in_column(closed, &times))
            }
            Some(closed) => format!("{from} to {}, {}", time::date(closed), time::in_column(closed, &times)),
            None => format!("{from}; not closed"),
        };
        opened.extend(table.cell(flow, 1, &Words::ours(&span)));
        let mut people = table.cell(flow, 2, &said(&session.operator));
        people.extend(table.cell(flow, 2, &said(&session.observer)));
        let visited = match session.pages_visited {
            0 => "None".to_owned(),
            number => thousands(number as u64),
        };
        let exhibits = if session.exhibits.is_empty() { "None".to_owned() } else { session.exhibits.join(", ") };
        let row = Row::new(vec![
            table.cell(flow, 0, &Words::ours(&(number + 1).to_string())),
            opened,
            people,
            table.cell(flow, 3, &said(&session.checks.join("; "))),
            table.cell(flow, 4, &Words::ours(&visited)),
            table.cell(flow, 5, &Words::outside(&exhibits)),
        ]);
        table.push(row);
    }
    if model.sessions.is_empty() {
        let none = Words::ours("None");
        let cells = (1..6).map(|column| table.cell(flow, column, &none));
        let row = Row::new(std::iter::once(Vec::new()).chain(cells).collect());
        table.push(row);
    }
    let mut note = Words::default();
    for session in &model.sessions {
        note = note.and(said(&session.how_closed)).then(" ");
    }
    if model.sessions.is_empty() {
        note = Words::ours("No session was held.");
    }
    table.draw_with_note(flow, &note);
}

/// Every visit of a session: it breaks over pages with its heading.
fn visits(flow: &mut Pages<'_>, number: usize, session: &Session) {
    let times: Vec<_> = session.visits.iter().map(|visit| visit.at).collect();
    let head = time::column("Time", &times);
    let columns = [(9.0, ""), (25.0, head.as_str()), (84.0, "Address"), (54.0, "What came of it")];
    let name = format!("Visits of session {number}");
    let mut table = Table::new(&name, LEFT, &columns).with_title("", &name);
    let mut day = String::new();
    for (place, visit) in session.visits.iter().enumerate() {
        let date = time::date(visit.at);
        let mut when = if date == day { Vec::new() } else { table.cell(flow, 1, &Words::ours(&date)) };
        day = date;
        when.extend(table.cell(flow, 1, &Words::ours(&time::in_column(visit.at, &times))));
        let address = visited(flow, &table, &visit.place);
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::ours(&thousands(place as u64 + 1))),
            when,
            address,
            table.cell(flow, 3, &said(&visit.came)),
        ]));
    }
    if session.visits.is_empty() {
        let none = Words::ours("None");
        let cells = (1..4).map(|column| table.cell(flow, column, &none));
        let row = Row::new(std::iter::once(Vec::new()).chain(cells).collect());
        table.push(row);
    }
    let other = match session.other_entries {
        0 => String::new(),
        1 => " One further entry of the browser stands in the ledger.".to_owned(),
        count => format!(
            " {} further entries of the browser stand in the ledger: its start, connections, what was revealed.",
            thousands(count as u64)
        ),
    };
    let note = format!(
        "Each address is written first so that nobody opens it by accident, then exactly as it was. Where one runs over \
         lines, the breaks are not part of it.{other}"
    );
    table.draw_with_note(flow, &Words::ours(&note));
}

fn visited(flow: &Pages<'_>, table: &Table, place: &VisitPlace) -> Vec<Line> {
    match place {
        VisitPlace::Exact(exact) => {
            let width = table.inner(2);
            let mut lines = address::readable_lines(flow.fonts, exact, width, Whole::InLedger);
            if address::readable(exact) != *exact {
                lines.extend(address::exact_lines(flow.fonts, exact, width, Whole::InLedger));
            }
            lines
        }
        VisitPlace::Withheld(entry) => {
            let words = format!("Address withheld, ledger entry {}", thousands(*entry));
            table.cell(flow, 2, &Words::ours(&words))
        }
    }
}

fn clock(flow: &mut Pages<'_>, model: &RecordModel) {
    let columns =
        [(36.0, "Reference clock"), (36.0, "This computer"), (36.0, "Difference"), (64.0, "Read by, and how")];
    let mut table = Table::new("The clock check", LEFT, &columns);
    for check in &model.clock_checks {
        let cells = [&check.reference, &check.computer, &check.difference, &check.read_by];
        let cells = cells.iter().enumerate().map(|(column, cell)| table.cell(flow, column, &cell.words()));
        let row = Row::new(cells.collect());
        table.push(row);
    }
    if model.clock_checks.is_empty() {
        let words = Words::ours("Not recorded, because the clock was not checked");
        let row = Row::new((0..4).map(|column| table.cell(flow, column, &words)).collect());
        table.push(row);
    }
    table.draw_with_note(flow, &model.clock_set.words());
}

fn proof(flow: &mut Pages<'_>, model: &RecordModel) {
    let columns = [(62.0, "Proof of working"), (110.0, "What was recorded")];
    let mut table = Table::new("Proof of working", LEFT, &columns);
    for (item, value) in &model.proof_of_working {
        table.push(Row::new(vec![table.cell(flow, 0, &said(item)), table.cell(flow, 1, &value.words())]));
    }
    if model.proof_of_working.is_empty() {
        let missing = said("");
        let row = Row::new(vec![table.cell(flow, 0, &Words::ours("All")), table.cell(flow, 1, &missing)]);
        table.push(row);
    }
    let changes = if model.computer_changes.is_empty() { "None".to_owned() } else { model.computer_changes.join("; ") };
    let row =
        Row::new(vec![table.cell(flow, 0, &Words::ours("Changes of computer")), table.cell(flow, 1, &said(&changes))]);
    table.push(row);
    table.draw(flow);
}
