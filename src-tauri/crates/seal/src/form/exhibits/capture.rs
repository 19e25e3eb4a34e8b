//! The first page of an exhibit: its mark, its continuity, its capture sheet.

use super::model::{ExhibitModel, Known, SheetRow, SheetValue, VolumeModel};
use crate::form::address::{self, Whole};
use crate::form::flow::Flow;
use crate::form::grid::{BODY, EXHIBIT_MARK, LEFT, SMALL, SMALL_LABEL, TABLE_HEAD, WIDTH, rule};
use crate::form::line::{Line, Sign, after, height, shifted};
use crate::form::model::said;
use crate::form::number::thousands;
use crate::form::paper::{Mark, pen};
use crate::form::picture::Placed;
use crate::form::structure::{Place, Role};
use crate::form::table::{Row, Table};
use crate::form::time;
use crate::form::words::Words;

type Pages<'a> = Flow<'a, Placed>;

const BOX_H: f32 = 28.5;
const MARK_W: f32 = 48.0;
const INK_ROW: f32 = 8.0;
/// A sign and the space before its word.
const SIGN: f32 = 3.9;

pub(super) fn lay(flow: &mut Pages<'_>, model: &VolumeModel, exhibit: &ExhibitModel) {
    flow.anchor(&format!("exhibit {}", exhibit.mark));
    flow.bookmark(&format!("Exhibit {}", exhibit.mark));
    mark_box(flow, model, exhibit);
    flow.y += 2.0;
    continuity(flow, exhibit);
    flow.y += 3.0;
    sheet(flow, exhibit);
}

fn mark_box(flow: &mut Pages<'_>, model: &VolumeModel, exhibit: &ExhibitModel) {
    let top = flow.y;
    let x = LEFT + MARK_W + 3.0;
    let width = WIDTH - MARK_W - 3.0 - 25.0 - 3.0;
    let rows = [
        ("What it is", said(&exhibit.what)),
        ("Produced by", said(&exhibit.produced_by)),
        ("Made", Words::ours(&format!("{}, ", time::date_and_time(exhibit.made))).and(exhibit.place.words())),
    ];
    let mut lines = Vec::new();
    for (label, words) in rows {
        let label = flow.lines(&Words::ours(label), SMALL_LABEL, 24.0);
        lines.extend(crate::form::line::beside(label, flow.lines(&words, BODY, width), 25.0));
    }
    // The box grows with long names; a mark or a name is never cut.
    let mark = flow.lines(&Words::default().then_bold(&exhibit.mark), EXHIBIT_MARK, MARK_W - 4.0);
    let tall = BOX_H.max(height(&lines) + 15.0).max(height(&mark) + 16.0);
    flow.paper.frame(Place { x: LEFT, y: top, w: WIDTH, h: tall }, pen(rule::HEAVY));
    let split = LEFT + MARK_W;
    flow.paper.artifact(Mark::Rule { x1: split, y1: top, x2: split, y2: top + tall, pen: pen(rule::MIDDLE) });
    flow.label(LEFT + 3.5, top + 2.0, "Exhibit mark", SMALL_LABEL);
    let y = flow.set_as(Role::H2, LEFT + 3.5, top + 6.5, &mark);
    let case = flow.lines(&Words::ours("Case ").then_outside(&model.heading.case_reference), SMALL, MARK_W - 5.0);
    flow.set_at(LEFT + 3.5, y, &case[..1]);
    let y = flow.set_at(x, top + 2.0, &lines);
    flow.label(x, y, "Signed", SMALL_LABEL);
    flow.ink(x + 25.0, LEFT + WIDTH - 3.5, y + 6.0);
    flow.y = top + tall;
}

fn continuity(flow: &mut Pages<'_>, exhibit: &ExhibitModel) {
    let times: Vec<_> = exhibit.continuity.iter().map(|row| row.at).collect();
    let head = time::column("Continuity: when", &times);
    let columns = [
        (48.0, head.as_str()),
        (47.0, "What happened, and why"),
        (47.0, "Name, position or number"),
        (30.0, "Signature"),
    ];
    let mut table = Table::new("Continuity", LEFT, &columns);
    for row in &exhibit.continuity {
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::ours(&format!("{}, {}", time::date(row.at), time::in_column(row.at, &times)))),
            table.cell(flow, 1, &row.what.words()),
            table.cell(flow, 2, &row.who.words()),
            table.cell(flow, 3, &Words::ours(&format!("Ledger entry {}", thousands(row.ledger_entry)))),
        ]));
    }
    for _row in 0..3 {
        table.push(Row::for_ink(4, INK_ROW));
    }
    table.draw(flow);
}

fn sheet(flow: &mut Pages<'_>, exhibit: &ExhibitModel) {
    let columns = [(34.0, "Capture sheet"), (110.0, "What was recorded"), (28.0, "How it is known")];
    let mut table = Table::new("The capture sheet", LEFT, &columns);
    for (number, row) in exhibit.sheet.iter().enumerate() {
        let item = flow.lines(&Words::default().then_bold(&row.item), TABLE_HEAD, table.inner(0));
        let value = value(flow, &table, row, &exhibit.sheet[..number]);
        table.push(Row::new(vec![item, value, known(flow, &table, row)]));
    }
    if exhibit.sheet.is_empty() {
        let cells = [Words::ours("All"), said(""), Words::ours("Not recorded")];
        let row = Row::new(cells.iter().enumerate().map(|(column, words)| table.cell(flow, column, words)).collect());
        table.push(row);
    }
    table.draw(flow);
    flow.y += 1.0;
    key(flow);
}

fn value(flow: &Pages<'_>, table: &Table, row: &SheetRow, above: &[SheetRow]) -> Vec<Line> {
    match &row.value {
        SheetValue::Words(cell) => table.cell(flow, 1, &cell.words()),
        SheetValue::Address(exact) => {
            let count = thousands(address::characters(exact) as u64);
            let words = format!("For reading, then exact ({count} characters)");
            let mut out = table.cell(flow, 1, &Words::ours(&words));
            // Addresses may run under the next column, which has one line.
            let width = table.inner_from(1);
            out.extend(after(1.0, address::readable_lines(flow.fonts, exact, width, Whole::InExhibit)));
            out.extend(after(0.5, address::exact_lines(flow.fonts, exact, width, Whole::InExhibit)));
            out
        }
        SheetValue::Redirects(all) if all.is_empty() => table.cell(flow, 1, &Words::ours("None")),
        SheetValue::Redirects(all) => {
            let mut out = Vec::new();
            for (number, (status, to)) in all.iter().enumerate() {
                let words = Words::ours(&format!("{}. ", number + 1)).and(said(status)).then(", to");
                if above.last().is_some_and(|row| row.value == SheetValue::Address(to.clone())) {
                    out.extend(table.cell(flow, 1, &words.then(" the address above")));
                    continue;
                }
                out.extend(table.cell(flow, 1, &words));
                out.extend(shifted(
                    address::readable_lines(flow.fonts, to, table.inner(1) - 4.0, Whole::InExhibit),
                    4.0,
                ));
            }
            out
        }
    }
}

fn known(flow: &Pages<'_>, table: &Table, row: &SheetRow) -> Vec<Line> {
    let missing = match &row.value {
        SheetValue::Words(cell) => cell.missing(),
        SheetValue::Address(_) | SheetValue::Redirects(_) => false,
    };
    // A value that says it is not recorded is not known in any other way.
    let (sign, word) = match if missing { Known::NotRecorded } else { row.known } {
        Known::Observed => (Some(Sign::Observed), "Observed"),
        Known::NotRecorded => (Some(Sign::NotRecorded), "Not recorded"),
        Known::Stated => (None, "Stated"),
    };
    let lines = table.cell(flow, 2, &Words::ours(word));
    match sign {
        None => lines,
        Some(sign) => signed(lines, sign),
    }
}

fn signed(lines: Vec<Line>, sign: Sign) -> Vec<Line> {
    let mut lines = shifted(lines, SIGN);
    if let Some(first) = lines.first_mut() {
        first.signs.push((0.0, sign));
    }
    lines
}

fn key(flow: &mut Pages<'_>) {
    flow.need(4.0);
    let first =
        signed(flow.lines(&Words::ours("read from the browser or this computer."), SMALL, WIDTH), Sign::Observed);
    let second = signed(flow.lines(&Words::ours("not recorded, with the reason."), SMALL, WIDTH), Sign::NotRecorded);
    let by = first.first().map_or(0.0, |line| line.width) + 5.0;
    flow.set(LEFT, &crate::form::line::beside(first, second, by));
}
