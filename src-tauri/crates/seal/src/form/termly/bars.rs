//! Bars: a chart of counts, and the columns of six terms.

use super::{CountChart, CountRow, Pages};
use crate::form::grid::{BODY, BOTTOM, FIELD_LABEL, LEFT, RIGHT, SMALL, WIDTH, rule};
use crate::form::line::{Line, height};
use crate::form::paper::{Mark, pen};
use crate::form::shape;
use crate::form::structure::{Place, Role};
use crate::form::words::Words;

/// Width of a row's label.
const LABEL_W: f32 = 46.0;
/// From the left edge of a chart to its axis.
const AXIS: f32 = 47.5;
/// Least height of a row.
const ROW: f32 = 6.0;
const BAR_H: f32 = 4.6;
/// Length of the longest bar.
const LONGEST: f32 = 28.0;
const HEAD: f32 = 8.0;
/// Width of a column of the six terms.
const COLUMN_W: f32 = 14.0;
/// Height of the tallest column.
const TALLEST: f32 = 26.0;

/// A chart taller than this goes on in the next column.
const TALL: f32 = 100.0;

/// The chart in pieces that each fit in a column.
pub(super) fn pieces(flow: &Pages<'_>, chart: &CountChart) -> Vec<CountChart> {
    let mut pieces = vec![CountChart { rows: Vec::new(), ..chart.clone() }];
    let mut tall = HEAD;
    for (row, (_, height)) in chart.rows.iter().zip(rows(flow, chart)) {
        if tall + height > TALL {
            let title = format!("{}, continued", chart.title);
            pieces.push(CountChart { title, rows: Vec::new(), instead: None });
            tall = HEAD;
        }
        tall += height;
        if let Some(piece) = pieces.last_mut() {
            piece.rows.push(row.clone());
        }
    }
    pieces
}

pub(super) fn height_of(flow: &Pages<'_>, chart: &CountChart) -> f32 {
    let instead = chart.instead.as_ref().map_or(0.0, |words| height(&said(flow, words)));
    HEAD + instead + rows(flow, chart).iter().map(|row| row.1).sum::<f32>()
}

/// Draws a chart; `most` is the count of the longest bar on the page.
pub(super) fn draw(flow: &mut Pages<'_>, chart: &CountChart, place: Place, most: u32) {
    flow.paper.rule(place.x, place.x + place.w, place.y, rule::STRONG);
    let title = shape::one_line(flow.fonts, &Words::ours(&chart.title), FIELD_LABEL);
    flow.set_as(Role::H2, place.x, place.y + 1.5, &[title]);
    if let Some(words) = &chart.instead {
        let lines = said(flow, words);
        flow.set_at(place.x, place.y + HEAD - 1.0, &lines);
        return;
    }
    let laid = rows(flow, chart);
    let top = place.y + HEAD - 1.0;
    figure(flow, &alternative(&chart.title, &chart.rows), Place { y: top, h: place.h - HEAD + 1.0, ..place });
    let mut y = top;
    for (row, (label, tall)) in chart.rows.iter().zip(&laid) {
        line_by_line(flow, place.x, y + (tall - height(label)) / 2.0, label);
        let axis = place.x + AXIS;
        let length = row.bar.map_or(0.0, |count| LONGEST * count as f32 / most.max(1) as f32);
        if length > 0.0 {
            let bar = Place { x: axis, y: y + (tall - BAR_H) / 2.0, w: length, h: BAR_H };
            flow.paper.artifact(Mark::Black { place: bar });
        }
        let count = shape::one_line(flow.fonts, &Words::ours(&row.printed), BODY);
        flow.paper.line(axis + length + 1.5, y + (tall - count.height) / 2.0, &count);
        y += tall;
    }
    flow.paper.close();
    let axis = place.x + AXIS;
    flow.paper.artifact(Mark::Rule { x1: axis, y1: top, x2: axis, y2: y, pen: pen(rule::MIDDLE) });
}

/// The columns of the terms up to this one, on a scale of their own.
pub(super) fn six_terms(flow: &mut Pages<'_>, terms: &[CountRow]) {
    let title = "Cases opened, six terms, to the nearest 5";
    let tall = 4.0 + TALLEST + 5.0;
    flow.need(9.0 + tall + 3.0);
    flow.rule(rule::FINE);
    let line = shape::one_line(flow.fonts, &Words::ours(title), FIELD_LABEL);
    flow.y = flow.set_as(Role::H2, LEFT, flow.y + 1.5, &[line]) + 2.0;
    let top = flow.y;
    let floor = top + 4.0 + TALLEST;
    figure(flow, &alternative(title, terms), Place { x: LEFT, y: top, w: WIDTH, h: tall });
    let most = terms.iter().filter_map(|term| term.bar).max().unwrap_or(0).max(1);
    let pitch = WIDTH / terms.len().max(1) as f32;
    for (number, term) in terms.iter().enumerate() {
        let middle = LEFT + pitch * (number as f32 + 0.5);
        let high = term.bar.map_or(0.0, |count| TALLEST * count as f32 / most as f32);
        let place = Place { x: middle - COLUMN_W / 2.0, y: floor - high, w: COLUMN_W, h: high };
        if high > 0.0 && number + 1 == terms.len() {
            flow.paper.artifact(Mark::Black { place });
        } else if high > 0.0 {
            flow.paper.frame(place, pen(rule::MIDDLE));
        }
        let label = shape::one_line(flow.fonts, &Words::ours(&term.label), SMALL);
        flow.paper.line(middle - label.width / 2.0, floor + 0.8, &label);
        let count = shape::one_line(flow.fonts, &Words::ours(&term.printed), SMALL);
        flow.paper.line(middle - count.width / 2.0, floor - high - 4.2, &count);
    }
    flow.paper.close();
    flow.paper.rule(LEFT, RIGHT, floor, rule::MIDDLE);
    flow.y = (top + tall + 2.0).min(BOTTOM);
}

fn said(flow: &Pages<'_>, words: &str) -> Vec<Line> {
    flow.lines(&Words::ours(words), BODY, crate::form::grid::HALF_W)
}

/// The label of each row, and the row's height.
fn rows(flow: &Pages<'_>, chart: &CountChart) -> Vec<(Vec<Line>, f32)> {
    let laid = |row: &CountRow| {
        let label = flow.lines(&Words::outside(&row.label), BODY, LABEL_W);
        let tall = (height(&label) + 1.2).max(ROW);
        (label, tall)
    };
    chart.rows.iter().map(laid).collect()
}

/// Opens a figure: what follows until it is closed is drawn, and these words are said.
fn figure(flow: &mut Pages<'_>, alternative: &str, place: Place) {
    let node = flow.paper.open(Role::Figure);
    flow.paper.tree.nodes[node].alternative = Some(alternative.to_owned());
    flow.paper.tree.nodes[node].place = Some(place);
}

fn alternative(title: &str, rows: &[CountRow]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.label, row.printed)).collect();
    format!("{title}. {}.", rows.join("; "))
}

fn line_by_line(flow: &mut Pages<'_>, x: f32, y: f32, lines: &[Line]) {
    let mut y = y;
    for line in lines {
        y += line.before;
        flow.paper.line(x, y, line);
        y += line.height;
    }
}
