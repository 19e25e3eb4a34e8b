//! A chart of the policy with the case's position on it: drawn, and the same in words.

mod layout;
mod route;
#[cfg(test)]
mod tests;
mod tracks;

use serde::{Deserialize, Serialize};

use super::flow::Flow;
use super::grid::{BODY, BOTTOM, LEFT, TOP, WIDTH, rule};
use super::line::{Line, height};
use super::paper::{Mark, WordsOnly, pen};
use super::structure::{Place, Role};
use super::table::{Row, Table};
use super::words::Words;
use layout::Laid;

/// A chart that the case stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What it is called.
    pub title: String,
    /// Where the case is on it, as a sentence.
    pub position: String,
    /// Its boxes, in reading order.
    pub boxes: Vec<ChartBox>,
    /// Its ways.
    pub ways: Vec<ChartWay>,
}

/// A box of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartBox {
    /// What stands in it.
    pub label: String,
    /// Its column, from 0 at the left.
    pub column: u8,
    /// Its row, from 0 at the top.
    pub row: u8,
    /// The case is here.
    pub here: bool,
    /// The case came past here.
    pub taken: bool,
}

/// A way from one box to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartWay {
    /// The box that it leaves, by its place among the boxes.
    pub from: usize,
    /// The box that it reaches.
    pub to: usize,
    /// The answer that leads along it; empty where there is only one way.
    pub word: String,
    /// The case took it.
    pub taken: bool,
}

/// The sizes that a chart is drawn in, in points: the largest that fits a page.
const POINTS: [f32; 7] = [9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0];
/// Room for the title of a chart and the case's position above it.
const ABOVE: f32 = 22.0;
/// Half the width of an arrow's head, and its length.
const HEAD: (f32, f32) = (1.1, 2.0);

/// Draws the charts, one after the other.
pub(super) fn lay(flow: &mut Flow<'_, WordsOnly>, charts: &[Chart]) {
    for chart in charts {
        one(flow, chart);
    }
}

fn one(flow: &mut Flow<'_, WordsOnly>, chart: &Chart) {
    let laid = fitted(flow, chart);
    let tall = laid.as_ref().map_or(20.0, |laid| laid.height);
    flow.gap(5.0);
    flow.need((ABOVE + tall).min(BOTTOM - TOP));
    flow.part_title(&format!("Chart: {}", chart.title));
    flow.text(&Words::outside(&chart.position), BODY, LEFT, WIDTH);
    flow.y += 2.0;
    match laid {
        Some(laid) => draw(flow, chart, &laid),
        None => flow.note(&Words::ours("This chart is too large to be drawn on a page. It stands in words below.")),
    }
    flow.gap(2.0);
    in_words(flow, chart);
}

/// The chart in the largest size in which it fits a page; none where it fits in no size.
fn fitted(flow: &Flow<'_, WordsOnly>, chart: &Chart) -> Option<Laid> {
    let fits = |laid: &Laid| laid.width <= WIDTH + 0.01 && laid.height <= BOTTOM - TOP - ABOVE;
    POINTS.into_iter().map(|points| layout::lay_out(flow.fonts, chart, points, WIDTH)).find(fits)
}

fn draw(flow: &mut Flow<'_, WordsOnly>, chart: &Chart, laid: &Laid) {
    let (left, top) = (LEFT, flow.y);
    let node = flow.paper.open(Role::Figure);
    flow.paper.tree.nodes[node].alternative = Some(alternative(chart));
    flow.paper.tree.nodes[node].place = Some(Place { x: left, y: top, w: laid.width, h: laid.height });
    let moved = |place: Place| Place { x: left + place.x, y: top + place.y, ..place };
    // The way that was taken is drawn over the others.
    for taken in [false, true] {
        for (way, laid) in chart.ways.iter().zip(&laid.ways).filter(|(way, _)| way.taken == taken) {
            line(flow, laid, (left, top), if way.taken { rule::HEAVY } else { rule::FINE });
        }
    }
    for (place, lines) in laid.ways.iter().filter_map(|way| way.word.as_ref()) {
        centred(flow, moved(*place), lines, false);
    }
    for (one, (place, lines)) in chart.boxes.iter().zip(&laid.boxes) {
        let place = moved(*place);
        if one.here {
            flow.paper.artifact(Mark::Black { place });
        } else {
            flow.paper.frame(place, pen(if one.taken { rule::HEAVY } else { rule::FINE }));
        }
        centred(flow, place, lines, one.here);
    }
    flow.paper.close();
    flow.y = top + laid.height;
}

/// The parts of a way's line: where its word stands it is left out.
fn segments(way: &layout::Way) -> Vec<((f32, f32), (f32, f32))> {
    let mut parts: Vec<_> = way.points.windows(2).map(|pair| (pair[0], pair[1])).collect();
    if let (Some((place, _)), Some((from, to))) = (&way.word, parts.first().copied()) {
        let upright = from.0 == to.0;
        let (low, high) = if upright { (place.y, place.y + place.h) } else { (place.x, place.x + place.w) };
        let forward = if upright { to.1 > from.1 } else { to.0 > from.0 };
        let (near, far) = if forward { (low, high) } else { (high, low) };
        let at = |along: f32| if upright { (from.0, along) } else { (along, from.1) };
        parts.splice(0..1, [(from, at(near)), (at(far), to)]);
    }
    parts
}

fn line(flow: &mut Flow<'_, WordsOnly>, way: &layout::Way, (left, top): (f32, f32), width: f32) {
    let mut rule = |from: (f32, f32), to: (f32, f32)| {
        let (x1, y1, x2, y2) = (left + from.0, top + from.1, left + to.0, top + to.1);
        flow.paper.artifact(Mark::Rule { x1, y1, x2, y2, pen: pen(width) });
    };
    for (from, to) in segments(way) {
        rule(from, to);
    }
    if let [.., before, end] = way.points.as_slice() {
        let (x, y) = ((end.0 - before.0).signum(), (end.1 - before.1).signum());
        let upright = end.0 == before.0;
        for side in [-HEAD.0, HEAD.0] {
            let back = if upright { (end.0 + side, end.1 - y * HEAD.1) } else { (end.0 - x * HEAD.1, end.1 + side) };
            rule(back, *end);
        }
    }
}

fn centred(flow: &mut Flow<'_, WordsOnly>, place: Place, lines: &[Line], white: bool) {
    let mut y = place.y + (place.h - height(lines)) / 2.0;
    for line in lines {
        let x = place.x + (place.w - line.width) / 2.0;
        if white {
            flow.paper.white_line(x, y, line);
        } else {
            flow.paper.line(x, y, line);
        }
        y += line.height;
    }
}

/// The chart as it is read out: its title, the case's position, and where each box leads.
fn alternative(chart: &Chart) -> String {
    let label = |at: usize| chart.boxes.get(at).map_or("", |one| one.label.as_str());
    let ways = chart.ways.iter().map(|way| {
        let word = if way.word.is_empty() { "then" } else { way.word.as_str() };
        format!("{} {word}: {}.", label(way.from), label(way.to))
    });
    let title = [format!("Chart: {}. {}", chart.title, chart.position)];
    title.into_iter().chain(ways).collect::<Vec<_>>().join(" ")
}

/// The chart as a table: each box by its number, and where its answers lead.
fn in_words(flow: &mut Flow<'_, WordsOnly>, chart: &Chart) {
    let columns = [(7.0, ""), (97.0, "The chart in words"), (68.0, "Leads on")];
    let mut table = Table::new(&format!("Chart: {}", chart.title), LEFT, &columns);
    for (at, one) in chart.boxes.iter().enumerate() {
        let stop = if one.label.ends_with(['?', '.', '!']) { "" } else { "." };
        let mut label = Words::outside(&one.label);
        if one.here {
            label = label.then(&format!("{stop} **The case is here.**"));
        } else if one.taken {
            label = label.then(&format!("{stop} On the way of this case."));
        }
        let mut leads = Vec::new();
        for way in chart.ways.iter().filter(|way| way.from == at) {
            let to = format!("go to {}", way.to + 1);
            let words = if way.word.is_empty() { Words::ours("Then ") } else { Words::outside(&way.word).then(": ") };
            leads.extend(table.cell(flow, 2, &words.then(&to)));
        }
        if leads.is_empty() {
            leads = table.cell(flow, 2, &Words::ours("The chart ends here"));
        }
        let number = table.cell(flow, 0, &Words::ours(&(at + 1).to_string()));
        table.push(Row::new(vec![number, table.cell(flow, 1, &label), leads]));
    }
    table.draw(flow);
}
