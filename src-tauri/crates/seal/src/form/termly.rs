//! The termly report: counts and charts of a term, without names.
//!
//! What a count may print is decided before it comes here (small numbers are not printed); this draws what is printed.

mod bars;
mod model;

pub use model::*;

use super::flow::{Flow, settled};
use super::grid::{BODY, HALF_RIGHT, HALF_W, LEFT, REFERENCE, RIGHT, SMALL, TITLE, TOP, WIDTH, rule};
use super::line::height;
use super::paper::WordsOnly;
use super::structure::{Place, Role};
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind, shape, sheet};

type Pages<'a> = Flow<'a, WordsOnly>;

/// Left edges of the figures in the head.
const FIGURES: [f32; 4] = [22.0, 66.0, 110.0, 150.0];
/// Room of a figure in the head.
const FIGURE_W: f32 = 40.0;

const HOW_TO_READ: &str = "All bars on this page are drawn to one scale, but those of the six terms. A count from 1 to 4 is \
     given as “fewer than 5”. Where that count could be found by taking others from a total, one more is “not shown”, \
     and totals are to the nearest 5.";

/// Lays out the report of a term.
///
/// # Errors
/// - If there is no chart.
/// - If the page references do not settle or the file cannot be finished, which are faults of the program.
pub fn lay_out(model: &TermlyModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.charts.is_empty() {
        return Err(FormError::Missing { what: "chart" });
    }
    let about = sheet::from_ledger("Termly report", &model.letterhead);
    let paper = settled(fonts, &about, |flow| {
        page(flow, model);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn page(flow: &mut Pages<'_>, model: &TermlyModel) {
    head(flow, model);
    figures(flow, model);
    let foot = charts(flow, model);
    flow.y = foot;
    flow.rule(rule::FINE);
    flow.y += 1.5;
    flow.label(LEFT, flow.y, "How to read the counts", super::grid::FIELD_LABEL);
    flow.y += 4.8;
    let words = format!("{HOW_TO_READ} {} This report names nobody.", model.scope);
    flow.text(&Words::ours(&words), BODY, LEFT, WIDTH);
    flow.y += 3.0;
    bars::six_terms(flow, &model.six);
    flow.need(sheet::BOX_H + 10.0);
    sheet::seen_by(flow, "Seen by", "Headteacher", &model.letterhead.terms);
    flow.end_of_document();
}

fn head(flow: &mut Pages<'_>, model: &TermlyModel) {
    flow.bookmark("Termly report");
    let title = shape::one_line(flow.fonts, &Words::ours("Termly report"), TITLE);
    flow.set_as(Role::H1, LEFT, TOP, &[title]);
    let school = &model.letterhead.school;
    let school = Words::ours("Online safety at ").then_outside(&school.name).then(", ").then_outside(&school.address);
    let school = flow.lines(&school, BODY, 90.0);
    let term = flow.lines(&Words::ours(&model.term), REFERENCE, 76.0);
    let span = flow.lines(&Words::ours(&model.span), SMALL, 76.0);
    let foot = TOP + 8.5 + height(&school).max(height(&term) + height(&span) - 8.5);
    flow.set_at(LEFT, TOP + 8.5, &school);
    let mut y = foot - height(&term) - height(&span);
    for line in term.iter().chain(&span) {
        flow.paper.open(Role::P);
        flow.paper.line(RIGHT - line.width, y, line);
        flow.paper.close();
        y += line.height;
    }
    flow.y = foot + 2.0;
    flow.rule(rule::HEAVY);
    flow.y += 2.0;
}

/// The figures that are read first.
fn figures(flow: &mut Pages<'_>, model: &TermlyModel) {
    let top = flow.y;
    let mut foot = top;
    for (x, figure) in FIGURES.into_iter().zip(&model.figures) {
        let style = if figure.figure.chars().count() > 9 { REFERENCE } else { TITLE };
        let line = shape::one_line(flow.fonts, &Words::ours(&figure.figure), style);
        flow.paper.open(Role::P);
        flow.paper.line(x, top + 8.5 - line.height, &line);
        flow.paper.close();
        let caption = flow.lines(&Words::ours(&figure.caption), SMALL, FIGURE_W);
        foot = foot.max(flow.set_at(x, top + 8.5, &caption));
    }
    flow.y = foot + 4.0;
}

/// The charts in two columns, each where there is more room; says where the longer column ends.
fn charts(flow: &mut Pages<'_>, model: &TermlyModel) -> f32 {
    let most = model.charts.iter().flat_map(|chart| &chart.rows).filter_map(|row| row.bar).max().unwrap_or(0);
    let mut ends = [flow.y, flow.y];
    for chart in &model.charts.iter().flat_map(|chart| bars::pieces(flow, chart)).collect::<Vec<_>>() {
        let tall = bars::height_of(flow, chart);
        let side = usize::from(ends[1] < ends[0]);
        if ends[side] + tall > super::grid::BOTTOM {
            flow.y = ends[0].max(ends[1]);
            flow.new_page();
            ends = [flow.y, flow.y];
        }
        let side = usize::from(ends[1] < ends[0]);
        let x = [LEFT, HALF_RIGHT][side];
        bars::draw(flow, chart, Place { x, y: ends[side], w: HALF_W, h: tall }, most);
        ends[side] += tall + 4.0;
    }
    ends[0].max(ends[1])
}
