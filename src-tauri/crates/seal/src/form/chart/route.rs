//! Which way the lines of a chart take. The chart stands on a grid: boxes in the odd columns and rows, and between them
//! channels in which lines run. Each line takes the cheapest way: few bends, few crossings, a side of the box for itself.
//! The pages of the product lay their charts out by the same rules.

use std::collections::{BTreeMap, BTreeSet};

/// A place on the grid: column and row.
pub(super) type Cell = (usize, usize);

/// A box and a way, as far as the grid knows them.
pub(super) struct Net {
    /// The cell of each box.
    pub(super) boxes: Vec<Cell>,
    /// From box to box, by their places in the list.
    pub(super) ways: Vec<(usize, usize)>,
}

/// A straight part of a line. `line` is the grid's column or row in which it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The way that it is part of.
    pub(super) way: usize,
    /// Along the columns of the grid, or across them.
    pub(super) upright: bool,
    pub(super) line: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Run {
    pub(super) fn forward(&self) -> bool {
        self.to > self.from
    }

    pub(super) fn low(&self) -> usize {
        self.from.min(self.to)
    }

    pub(super) fn high(&self) -> usize {
        self.from.max(self.to)
    }
}

/// The orders in which lines are laid: each takes what the ones before have left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Near,
    Far,
    First,
    Last,
}

impl Order {
    pub(super) const ALL: [Self; 4] = [Self::Near, Self::Far, Self::First, Self::Last];
}

/// Right, down, left, up.
const TURNS: [(isize, isize); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
const UP: usize = 3;
const BEND: usize = 4;
const CROSSING: usize = 6;
const BESIDE: usize = 3;
const SHARED_SIDE: usize = 9;
const FROM_ABOVE_OR_BELOW: usize = 9;

/// The straight parts of each way, laid in this order.
pub(super) fn routes(net: &Net, by: Order) -> Vec<Vec<Run>> {
    let far = |way: usize| {
        let (from, to) = net.ends(way);
        from.0.abs_diff(to.0) * 2 + from.1.abs_diff(to.1)
    };
    let mut order: Vec<usize> = (0..net.ways.len()).collect();
    match by {
        Order::Near => order.sort_by_key(|way| far(*way)),
        Order::Far => order.sort_by_key(|way| std::cmp::Reverse(far(*way))),
        Order::First => {}
        Order::Last => order.reverse(),
    }
    let mut used = Used::default();
    let mut found = vec![Vec::new(); net.ways.len()];
    for way in order {
        let path = net.cheapest(&used, way);
        found[way] = runs_of(&path, way);
        used.take(&path, net.ways[way].1);
    }
    found
}

fn runs_of(path: &[Cell], way: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for pair in path.windows(2) {
        let (before, cell) = (pair[0], pair[1]);
        let upright = cell.0 == before.0;
        let (line, from, to) = if upright { (cell.0, before.1, cell.1) } else { (cell.1, before.0, cell.0) };
        match runs.last_mut() {
            Some(last) if last.upright == upright => last.to = to,
            Some(_) | None => runs.push(Run { way, upright, line, from, to }),
        }
    }
    runs
}

impl Net {
    fn ends(&self, way: usize) -> (Cell, Cell) {
        let (from, to) = self.ways[way];
        (self.boxes[from], self.boxes[to])
    }

    /// The cells that a way passes, both boxes included; none where no way is left.
    fn cheapest(&self, used: &Used, way: usize) -> Vec<Cell> {
        let ((from, to), target) = (self.ends(way), self.ways[way].1);
        let width = self.boxes.iter().map(|cell| cell.0).max().unwrap_or(0) + 2;
        let height = self.boxes.iter().map(|cell| cell.1).max().unwrap_or(0) + 2;
        // By cost, then by the order in which they were found; each knows the one before it.
        let mut states: Vec<(Cell, usize, Option<usize>)> = Vec::new();
        let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
        for turn in 0..TURNS.len() {
            open.insert((if turn == UP { FROM_ABOVE_OR_BELOW } else { 0 }, states.len()));
            states.push((from, turn, None));
        }
        let mut best: BTreeMap<(Cell, usize), usize> = BTreeMap::new();
        while let Some((cost, at)) = open.pop_first() {
            let (cell, facing, before) = states[at];
            if cell == to {
                return unwound(&states, at);
            }
            if best.get(&(cell, facing)).is_some_and(|known| *known <= cost) {
                continue;
            }
            best.insert((cell, facing), cost);
            for (turn, (x, y)) in TURNS.iter().enumerate() {
                if (before.is_none() && turn != facing) || turn == (facing + 2) % 4 {
                    continue;
                }
                let (Some(x_next), Some(y_next)) = (cell.0.checked_add_signed(*x), cell.1.checked_add_signed(*y))
                else {
                    continue;
                };
                let next = (x_next, y_next);
                if next.0 >= width || next.1 >= height || (next != to && self.boxes.contains(&next)) {
                    continue;
                }
                let mut sum = cost + 1 + if turn == facing { 0 } else { BEND };
                if before.is_none() {
                    sum += used.side(from, next, true, target);
                }
                if next == to {
                    sum += used.side(to, cell, false, target) + if turn == UP { FROM_ABOVE_OR_BELOW } else { 0 };
                } else {
                    sum += used.cell(next, *x == 0, target);
                }
                open.insert((sum, states.len()));
                states.push((next, turn, Some(at)));
            }
        }
        Vec::new()
    }
}

fn unwound(states: &[(Cell, usize, Option<usize>)], end: usize) -> Vec<Cell> {
    let mut path = Vec::new();
    let mut at = Some(end);
    while let Some((cell, _, before)) = at.and_then(|at| states.get(at)) {
        path.push(*cell);
        at = *before;
    }
    path.reverse();
    path
}

/// What the lines before have taken: cells by direction, and sides of boxes.
#[derive(Default)]
struct Used {
    cells: BTreeMap<Cell, Vec<(bool, usize)>>,
    sides: BTreeMap<(Cell, Cell), Vec<(bool, usize)>>,
}

impl Used {
    fn take(&mut self, path: &[Cell], to: usize) {
        for run in runs_of(path, 0) {
            for at in run.low()..=run.high() {
                let cell = if run.upright { (run.line, at) } else { (at, run.line) };
                self.cells.entry(cell).or_default().push((run.upright, to));
            }
        }
        if let [first, second, ..] = path {
            self.sides.entry((*first, *second)).or_default().push((true, to));
        }
        if let [.., before, last] = path {
            self.sides.entry((*last, *before)).or_default().push((false, to));
        }
    }

    /// What it costs to leave or reach a box by this side. Lines to the same box may come in together.
    fn side(&self, of: Cell, beside: Cell, out: bool, to: usize) -> usize {
        let here = self.sides.get(&(of, beside)).map_or(&[][..], Vec::as_slice);
        here.iter().filter(|(was_out, other)| out || *was_out || *other != to).count() * SHARED_SIDE
    }

    fn cell(&self, at: Cell, upright: bool, to: usize) -> usize {
        let here = self.cells.get(&at).map_or(&[][..], Vec::as_slice);
        let others = here.iter().filter(|(_, other)| *other != to);
        others.map(|(other, _)| if *other == upright { BESIDE } else { CROSSING }).sum()
    }
}
