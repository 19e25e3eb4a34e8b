//! Where the boxes, lines and words of a chart are drawn, in millimetres from its top left corner.

use super::route::{Cell, Net, Run};
use super::tracks::{Drawn, drawn};
use super::{Chart, ChartBox};
use crate::form::face::{Face, Fonts};
use crate::form::grid::{MM_PER_PT, Style};
use crate::form::line::{Line, height};
use crate::form::shape;
use crate::form::structure::Place;
use crate::form::words::Words;

/// The parts of a chart with their places.
pub(super) struct Laid {
    pub(super) width: f32,
    pub(super) height: f32,
    /// The boxes in order, each with its lines.
    pub(super) boxes: Vec<(Place, Vec<Line>)>,
    pub(super) ways: Vec<Way>,
}

/// A line from box to box.
pub(super) struct Way {
    /// Where it turns, its ends among them.
    pub(super) points: Vec<(f32, f32)>,
    /// Its word, where it has one, and where the line is left out for it.
    pub(super) word: Option<(Place, Vec<Line>)>,
}

/// The measures, in millimetres. All grow with the size of the text.
#[derive(Clone, Copy)]
struct Sizes {
    text: Style,
    bold: Style,
    /// A 16th of the text's size: the unit of all other measures.
    unit: f32,
}

const EDGE: f32 = 4.0;
const TRACK: f32 = 16.0;
/// Between two lines that leave a box by the same side.
const PORT: f32 = 30.0;
const ARROW: f32 = 12.0;
const WIDEST: f32 = 300.0;
const INSIDE: f32 = 8.0;
const OFF: f32 = 6.0;

/// Lays a chart out in so many millimetres of width, with its text in so many points.
pub(super) fn lay_out(fonts: &Fonts, chart: &Chart, points: f32, available: f32) -> Laid {
    let unit = points * MM_PER_PT / 16.0;
    let style = |face| Style { face, size: points, line: unit * 18.5 };
    let sizes = Sizes { text: style(Face::Sans), bold: style(Face::Bold), unit };
    let worded: Vec<bool> = chart.ways.iter().map(|way| !way.word.is_empty()).collect();
    let cell = |one: &ChartBox| (usize::from(one.column) * 2 + 1, usize::from(one.row) * 2 + 1);
    let net = Net {
        boxes: chart.boxes.iter().map(cell).collect(),
        ways: chart.ways.iter().map(|way| (way.from, way.to)).collect(),
    };
    let found = drawn(&net, &worded);
    let columns = net.boxes.iter().map(|cell| cell.0.div_ceil(2)).max().unwrap_or(1);
    let rows = net.boxes.iter().map(|cell| cell.1.div_ceil(2)).max().unwrap_or(1);
    let words: Vec<Option<(f32, Vec<Line>)>> =
        chart.ways.iter().map(|way| word(fonts, &way.word, sizes, if columns > 3 { 62.0 } else { 130.0 })).collect();
    let (across, down) = channels(&found, &words, sizes, columns, rows);
    let room = available - across.iter().map(|gap| gap.width).sum::<f32>() - EDGE * 2.0 * unit;
    let width = (room / columns as f32).clamp(70.0 * unit, if columns > 2 { 250.0 } else { WIDEST } * unit);
    let lines: Vec<Vec<Line>> = chart.boxes.iter().map(|one| box_lines(fonts, one, sizes, width)).collect();
    let tall = |at: usize| height(&lines[at]) + INSIDE * 2.0 * unit;
    let heights: Vec<f32> = (0..rows)
        .map(|row| {
            let ports = found.count(false, row * 2 + 1).saturating_sub(1) as f32 * PORT + 24.0;
            let own = (0..net.boxes.len()).filter(|at| net.boxes[*at].1 == row * 2 + 1).map(tall);
            own.fold((ports * unit).max(40.0 * unit), f32::max)
        })
        .collect();
    let grid = Grid {
        found: &found,
        unit,
        columns: starts(&across, &vec![width; columns], unit),
        rows: starts(&down, &heights, unit),
    };
    let place = |at: usize| {
        let (column, row) = half(net.boxes[at]);
        let (top, own) = (grid.rows.boxes[row], tall(at));
        Place { x: grid.columns.boxes[column], y: top + (heights[row] - own) / 2.0, w: width, h: own }
    };
    let places: Vec<Place> = (0..net.boxes.len()).map(place).collect();
    let ways =
        (0..net.ways.len()).map(|way| grid.way(way, &net, &places, words[way].clone(), (width, &heights))).collect();
    Laid {
        width: grid.columns.end + EDGE * unit,
        height: grid.rows.end + EDGE * unit,
        boxes: places.into_iter().zip(lines).collect(),
        ways,
    }
}

fn half(cell: Cell) -> (usize, usize) {
    (cell.0 / 2, cell.1 / 2)
}

fn box_lines(fonts: &Fonts, one: &ChartBox, sizes: Sizes, width: f32) -> Vec<Line> {
    let inner = width - INSIDE * 2.0 * sizes.unit;
    let mut lines = Vec::new();
    if one.here {
        lines.extend(shape::lines(fonts, &Words::ours("The case is here:"), sizes.bold, inner));
    }
    lines.extend(shape::lines(fonts, &Words::outside(&one.label), sizes.text, inner));
    lines
}

/// The word of a way and its width.
fn word(fonts: &Fonts, text: &str, sizes: Sizes, widest: f32) -> Option<(f32, Vec<Line>)> {
    if text.is_empty() {
        return None;
    }
    // No word is broken for want of room: its column is as wide as its longest.
    let alone = text.split_whitespace().map(|one| shape::one_line(fonts, &Words::outside(one), sizes.bold).width);
    let widest = alone.fold(widest * sizes.unit, f32::max) + 0.1;
    let lines = shape::lines(fonts, &Words::outside(text), sizes.bold, widest);
    let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    Some((width, lines))
}

/// How much of the line a word needs, with the room around it.
fn length(word: &(f32, Vec<Line>), upright: bool, unit: f32) -> f32 {
    let around = if upright { 4.0 } else { 6.0 };
    if upright { height(&word.1) + around * unit } else { word.0 + around * unit }
}

#[derive(Clone, Copy)]
struct Gap {
    /// Room for words before the tracks.
    before: f32,
    width: f32,
}

/// How wide the channels are: room for the words of what leaves a box into them, and for their tracks.
fn channels(
    found: &Drawn,
    words: &[Option<(f32, Vec<Line>)>],
    sizes: Sizes,
    columns: usize,
    rows: usize,
) -> (Vec<Gap>, Vec<Gap>) {
    let unit = sizes.unit;
    let gap = |upright: bool, at: usize, last: usize| {
        let line = at * 2;
        let (mut before, mut after, mut passed) = (0.0_f32, 0.0_f32, false);
        for (own, word) in found.runs.iter().zip(words) {
            // A word stands where the line leaves its box: in the channel beside it.
            if let Some(first) = own.first().filter(|first| first.upright != upright) {
                let needed = word.as_ref().map_or(0.0, |word| length(word, !upright, unit) + (OFF + 3.0) * unit);
                if first.forward() && first.from + 1 == line {
                    before = before.max(needed);
                }
                if !first.forward() && first.from == line + 1 {
                    after = after.max(needed);
                }
            }
            passed |= own.iter().any(|run| run.upright != upright && run.low() < line && run.high() > line);
        }
        let tracks = found.count(upright, line) as f32;
        let outer = at == 0 || at == last;
        let head = if passed { (ARROW + 8.0) * unit } else { 4.0 * unit };
        let least = match (outer && tracks == 0.0, passed) {
            (true, _) => 0.0,
            (false, true) => (ARROW + 16.0) * unit,
            (false, false) => 12.0 * unit,
        };
        let inner = before + tracks * TRACK * unit + after + head;
        if tracks == 0.0 {
            return Gap { before: 0.0, width: least.max(before.max(after) + if passed { head } else { 0.0 }) };
        }
        let width = least.max(inner);
        Gap { before: before + (width - inner) / 2.0 + if before > 0.0 { 2.0 * unit } else { 0.0 }, width }
    };
    let across = (0..=columns).map(|at| gap(true, at, columns)).collect();
    (across, (0..=rows).map(|at| gap(false, at, rows)).collect())
}

/// Where channels and boxes begin, across or down.
struct Starts {
    gaps: Vec<f32>,
    boxes: Vec<f32>,
    before: Vec<f32>,
    end: f32,
}

fn starts(gaps: &[Gap], boxes: &[f32], unit: f32) -> Starts {
    let mut found = Starts { gaps: Vec::new(), boxes: Vec::new(), before: Vec::new(), end: EDGE * unit };
    for (at, gap) in gaps.iter().enumerate() {
        found.gaps.push(found.end);
        found.before.push(gap.before);
        found.end += gap.width;
        found.boxes.push(found.end);
        found.end += boxes.get(at).copied().unwrap_or(0.0);
    }
    found
}

struct Grid<'a> {
    found: &'a Drawn,
    unit: f32,
    columns: Starts,
    rows: Starts,
}

impl Grid<'_> {
    /// Where a part of a line lies: from the left if it is upright, else from the top.
    fn lies(&self, part: (usize, usize), (width, heights): (f32, &[f32])) -> f32 {
        let run = &self.found.runs[part.0][part.1];
        let (start, at, offset) =
            (if run.upright { &self.columns } else { &self.rows }, run.line / 2, self.found.offset(part));
        if run.line % 2 == 1 {
            let size = if run.upright { width } else { heights[at] };
            return start.boxes[at] + size / 2.0 + offset * PORT * self.unit;
        }
        start.gaps[at] + start.before[at] + (TRACK / 2.0 + offset * TRACK) * self.unit
    }

    fn way(
        &self,
        way: usize,
        net: &Net,
        places: &[Place],
        word: Option<(f32, Vec<Line>)>,
        sizes: (f32, &[f32]),
    ) -> Way {
        let runs = &self.found.runs[way];
        let (from, to) = (places[net.ways[way].0], places[net.ways[way].1]);
        let at: Vec<f32> = (0..runs.len()).map(|part| self.lies((way, part), sizes)).collect();
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
            return Way { points: Vec::new(), word: None };
        };
        let start = side(from, first, at[0], first.forward());
        let end = side(to, last, at[runs.len() - 1], !last.forward());
        let mut points = vec![start];
        for turn in 1..runs.len() {
            points.push(if runs[turn].upright { (at[turn], at[turn - 1]) } else { (at[turn - 1], at[turn]) });
        }
        points.push(end);
        let word = word.map(|word| {
            let (deep, forward) = (length(&word, first.upright, self.unit), first.forward());
            let off = OFF * self.unit;
            let begin = |from: f32| if forward { from + off } else { from - off - deep };
            let wide = if first.upright { word.0 + 4.0 * self.unit } else { deep };
            let tall = if first.upright { deep } else { height(&word.1) };
            let place = if first.upright {
                Place { x: start.0 - wide / 2.0, y: begin(start.1), w: wide, h: tall }
            } else {
                Place { x: begin(start.0), y: start.1 - tall / 2.0, w: wide, h: tall }
            };
            (place, word.1)
        });
        Way { points, word }
    }
}

/// Where a line leaves a box or comes to it: on the side that it goes through.
fn side(of: Place, run: &Run, at: f32, far: bool) -> (f32, f32) {
    match (run.upright, far) {
        (true, true) => (at, of.y + of.h),
        (true, false) => (at, of.y),
        (false, true) => (of.x + of.w, at),
        (false, false) => (of.x, at),
    }
}
