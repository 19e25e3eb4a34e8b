//! Lines that run side by side in one channel each get a track of their own there; lines to the same box share one. The
//! tracks are put in the order in which the fewest lines cross.

use std::collections::BTreeMap;

use super::route::{Net, Order, Run, routes};

/// The lines of a chart with their tracks.
pub(super) struct Drawn {
    /// The straight parts of each way.
    pub(super) runs: Vec<Vec<Run>>,
    tracks: BTreeMap<(usize, usize), usize>,
    counts: BTreeMap<(bool, usize), usize>,
}

impl Drawn {
    /// Where a part lies in its channel, in tracks: from the first one, or beside a box around its middle.
    pub(super) fn offset(&self, part: (usize, usize)) -> f32 {
        offset_of(self.runs[part.0][part.1].line, self.track(part))
    }

    /// How many tracks a column or row of the grid has.
    pub(super) fn count(&self, upright: bool, line: usize) -> usize {
        self.counts.get(&(upright, line)).copied().unwrap_or(0)
    }

    fn track(&self, part: (usize, usize)) -> usize {
        self.tracks.get(&part).copied().unwrap_or(0)
    }
}

/// The lines laid in the order that leaves the fewest crossings. `worded` says of each way whether it has a word.
pub(super) fn drawn(net: &Net, worded: &[bool]) -> Drawn {
    let tried = Order::ALL.map(|order| {
        let mut drawn = colored(net, routes(net, order));
        let crossed = uncross(&mut drawn, net);
        let parts: usize = drawn.runs.iter().map(Vec::len).sum();
        let cost = crossed * 1000 + parts + crowded(net, worded, &drawn.runs) * 5000;
        (cost, drawn)
    });
    let best = tried.into_iter().min_by_key(|(cost, _)| *cost);
    best.map_or_else(
        || Drawn { runs: Vec::new(), tracks: BTreeMap::new(), counts: BTreeMap::new() },
        |(_, drawn)| drawn,
    )
}

/// How many answers leave their box by a side that another answer leaves by: their words would lie on one another.
fn crowded(net: &Net, worded: &[bool], runs: &[Vec<Run>]) -> usize {
    let mut sides: BTreeMap<(usize, bool, bool), usize> = BTreeMap::new();
    for (way, own) in runs.iter().enumerate().filter(|(way, _)| worded[*way]) {
        if let Some(first) = own.first() {
            *sides.entry((net.ways[way].0, first.upright, first.forward())).or_default() += 1;
        }
    }
    sides.values().map(|count| count - 1).sum()
}

/// Where a part begins and ends; from box to box leaves the inside of both out.
fn span(run: &Run, first: bool, last: bool) -> (f32, f32) {
    let (mut low, mut high) = (run.low() as f32, run.high() as f32);
    let (at_low, at_high) = if run.forward() { (first, last) } else { (last, first) };
    low += if at_low { 0.6 } else { 0.0 };
    high -= if at_high { 0.6 } else { 0.0 };
    (low, high)
}

fn colored(net: &Net, runs: Vec<Vec<Run>>) -> Drawn {
    let mut drawn = Drawn { runs, tracks: BTreeMap::new(), counts: BTreeMap::new() };
    for (line, mut parts) in lines(&drawn.runs) {
        // What goes straight from box to box first: it keeps the middle.
        let long = |way: usize| -> usize { drawn.runs[way].iter().map(|run| run.high() - run.low()).sum() };
        parts.sort_by_key(|(way, _)| long(*way));
        let mut placed: Vec<(f32, f32, usize, usize)> = Vec::new();
        for part in parts {
            let own = &drawn.runs[part.0];
            let (low, high) = span(&own[part.1], part.1 == 0, part.1 + 1 == own.len());
            let to = net.ways[part.0].1;
            let meets = |other: &&(f32, f32, usize, usize)| other.0 <= high && low <= other.1;
            let joined = placed.iter().filter(meets).find(|other| other.2 == to).map(|other| other.3);
            let free = |track: &usize| !placed.iter().filter(meets).any(|other| other.3 == *track);
            let track = joined.or_else(|| (0..).find(free)).unwrap_or(0);
            placed.push((low, high, to, track));
            drawn.tracks.insert(part, track);
        }
        let count = placed.iter().map(|other| other.3 + 1).max().unwrap_or(0);
        drawn.counts.insert(line, count);
    }
    drawn
}

/// The parts of all ways, by the line of the grid in which they lie.
fn lines(runs: &[Vec<Run>]) -> BTreeMap<(bool, usize), Vec<(usize, usize)>> {
    let mut lines: BTreeMap<(bool, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (way, own) in runs.iter().enumerate() {
        for (number, run) in own.iter().enumerate() {
            lines.entry((run.upright, run.line)).or_default().push((way, number));
        }
    }
    lines
}

/// Tries every order of the tracks of each line, as long as that takes crossings away. Gives how many are left.
fn uncross(drawn: &mut Drawn, net: &Net) -> usize {
    let mut least = crossings(drawn, net);
    let all = lines(&drawn.runs);
    for _round in 0..2 {
        for (line, parts) in &all {
            let count = drawn.counts.get(line).copied().unwrap_or(1);
            if !(2..=4).contains(&count) {
                continue;
            }
            let mut kept: Vec<usize> = parts.iter().map(|part| drawn.track(*part)).collect();
            for order in orders(count) {
                let tried: Vec<usize> = kept.iter().map(|track| order[*track]).collect();
                drawn.put(parts, &tried);
                let found = crossings(drawn, net);
                if found < least {
                    least = found;
                    kept = tried;
                }
                drawn.put(parts, &kept);
            }
        }
    }
    least
}

impl Drawn {
    fn put(&mut self, parts: &[(usize, usize)], tracks: &[usize]) {
        self.tracks.extend(parts.iter().copied().zip(tracks.iter().copied()));
    }
}

/// Every order of so many tracks.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count <= 1 {
        return vec![vec![0]];
    }
    let mut all = Vec::new();
    for order in orders(count - 1) {
        for at in 0..count {
            let mut longer = order.clone();
            longer.insert(at, count - 1);
            all.push(longer);
        }
    }
    all
}

/// Where a track lies in its line: beside the boxes, tracks lie around the middle.
fn offset_of(line: usize, track: usize) -> f32 {
    let half = track.div_ceil(2) as f32;
    match (line % 2, track % 2) {
        (0, _) => track as f32,
        (_, 1) => half,
        (_, _) => -half,
    }
}

/// A part as it lies: upright or across, where, from where to where.
type Lies = (bool, f32, f32, f32);

fn crossings(drawn: &Drawn, net: &Net) -> usize {
    let at = |part: (usize, usize)| drawn.runs[part.0][part.1].line as f32 * 100.0 + drawn.offset(part) * 5.0;
    let lies: Vec<Vec<Lies>> = drawn
        .runs
        .iter()
        .enumerate()
        .map(|(way, own)| {
            let part = |(number, run): (usize, &Run)| {
                let from = if number == 0 { run.from as f32 * 100.0 } else { at((way, number - 1)) };
                let to = if number + 1 == own.len() { run.to as f32 * 100.0 } else { at((way, number + 1)) };
                (run.upright, at((way, number)), from.min(to), from.max(to))
            };
            own.iter().enumerate().map(part).collect()
        })
        .collect();
    let mut found = 0;
    for (one, own) in lies.iter().enumerate() {
        for (other, theirs) in lies.iter().enumerate().skip(one + 1) {
            if net.ways[one].1 != net.ways[other].1 {
                found += own.iter().flat_map(|a| theirs.iter().map(move |b| meet(a, b))).sum::<usize>();
            }
        }
    }
    found
}

/// Two lines on one another would be worse than any crossing.
fn meet(a: &Lies, b: &Lies) -> usize {
    if a.0 == b.0 {
        return if a.1 == b.1 && a.2 < b.3 && b.2 < a.3 { 20 } else { 0 };
    }
    usize::from(b.1 > a.2 && b.1 < a.3 && a.1 > b.2 && a.1 < b.3)
}
