//! The incident log and the reporting log: the cases of a period, a row each.
//!
//! The columns of the incident log are those of schools in Hertfordshire, those of the reporting log are those of logs
//! on the template that most policies are written on. Either can be printed under any policy.

mod model;

pub use model::*;

use super::flow::{Flow, settled};
use super::grid::{BODY, LEFT, SMALL, SMALL_LABEL, TITLE, TOP, WIDTH, rule};
use super::line::Line;
use super::model::Letterhead;
use super::number::counted;
use super::paper::WordsOnly;
use super::structure::Role;
use super::table::{Row, Table};
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind, shape, sheet, time};

type Pages<'a> = Flow<'a, WordsOnly>;

/// Widths of the columns, in millimetres.
const INCIDENT: [f32; 6] = [25.0, 27.0, 20.0, 27.0, 37.0, 36.0];
const REPORTING: [f32; 7] = [26.0, 13.0, 35.0, 36.0, 21.0, 20.0, 21.0];

/// Lays out a log. A period without a case has a page that says so.
///
/// # Errors
/// - If a row has not a cell for each column.
/// - If the page references do not settle or the file cannot be finished, which are faults of the program.
pub fn lay_out(model: &LogModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.rows.iter().any(|row| row.cells.len() != model.kind.columns().len()) {
        return Err(FormError::Missing { what: "cell for each column" });
    }
    let about = sheet::from_ledger(model.kind.title(), &model.letterhead);
    let paper = settled(fonts, &about, |flow| {
        pages(flow, model);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn pages(flow: &mut Pages<'_>, model: &LogModel) {
    head(flow, model);
    rows(flow, model);
    seen_by(flow, model);
    flow.end_of_document();
}

fn head(flow: &mut Pages<'_>, model: &LogModel) {
    flow.bookmark(model.kind.title());
    let title = shape::one_line(flow.fonts, &Words::ours(model.kind.title()), TITLE);
    flow.y = flow.set_as(Role::H1, LEFT, TOP, &[title]);
    let Letterhead { school, made, .. } = &model.letterhead;
    let school = Words::outside(&school.name).then(", ").then_outside(&school.address);
    let lines = flow.lines(&school, BODY, WIDTH);
    flow.set(LEFT, &lines);
    let span = format!("**{}** · made {}", model.span, time::date_and_time(*made));
    let lines = flow.lines(&Words::ours(&span), BODY, WIDTH);
    flow.set(LEFT, &lines);
    flow.y += 1.5;
    let scope = flow.lines(&Words::ours(&model.scope), SMALL, WIDTH);
    flow.set(LEFT, &scope);
    flow.y += 3.0;
}

fn rows(flow: &mut Pages<'_>, model: &LogModel) {
    if model.rows.is_empty() {
        flow.boxed(&Words::ours("**No case of these days is on record** that the people who were signed in may open."));
        return;
    }
    let widths: &[f32] = match model.kind {
        LogKind::Incident => &INCIDENT,
        LogKind::Reporting => &REPORTING,
    };
    let columns: Vec<(f32, &str)> = widths.iter().copied().zip(model.kind.columns().iter().copied()).collect();
    let mut table = Table::new(model.kind.title(), LEFT, &columns);
    for row in &model.rows {
        let mut cells: Vec<Vec<Line>> =
            row.cells.iter().enumerate().map(|(column, cell)| table.paragraphs(flow, column, cell)).collect();
        if let Some(first) = cells.first_mut() {
            let case = flow.lines(&Words::outside(&row.case), SMALL_LABEL, table.inner(0));
            let when = std::mem::replace(first, case);
            first.extend(when);
        }
        table.push(Row::new(cells));
    }
    let rows = counted(model.rows.len(), "case", "cases");
    table.draw_with_note(flow, &Words::ours(&format!("{rows}; the log of these days ends here.")));
}

fn seen_by(flow: &mut Pages<'_>, model: &LogModel) {
    flow.need(sheet::BOX_H + 12.0);
    flow.gap(3.0);
    flow.rule(rule::FINE);
    sheet::seen_by(flow, "Looked over by", "Headteacher, or a senior leader", &model.letterhead.terms);
}
