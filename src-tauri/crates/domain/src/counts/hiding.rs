//! Which counts are hidden, and the proof that each hidden one could be another number.

use std::collections::{BTreeSet, VecDeque};

use super::{Counted, LEAST, Printed, Total, is_small, nearest};

/// The charts with what is printed of them so far.
#[derive(Clone, Debug)]
pub(super) struct Page<'a> {
    counts: &'a [Vec<u32>],
    rows: Vec<Vec<Printed>>,
    total: Total,
    rounded: bool,
}

/// The numbers that something printed may stand for, both ends among them.
#[derive(Clone, Copy)]
struct Span {
    low: u32,
    high: u32,
}

/// Most pages that are looked through for another number. Where more print alike and none was found, nothing is shown.
const TRIED: usize = 5_000;

/// Most pages that are remembered as printing otherwise. Any more are looked at again where they come again.
const REMEMBERED: usize = 10 * TRIED;

/// No term has as many cases. Sums of a few such stay far below the end of numbers.
const ANY: u32 = 1_000_000;

impl<'a> Page<'a> {
    pub(super) fn new(counts: &'a [Vec<u32>], rounded: bool) -> Self {
        let things = counts.first().map_or(0, |rows| rows.iter().sum());
        let total = match things {
            0 => Total::Nothing,
            few if is_small(few) => Total::Few,
            many if rounded => Total::About(nearest(many)),
            many => Total::Exact(many),
        };
        let plain = |count: &u32| match *count {
            0 => Printed::Nothing,
            few if is_small(few) => Printed::Few,
            many => Printed::Shown(many),
        };
        let rows = counts.iter().map(|rows| rows.iter().map(plain).collect()).collect();
        let mut page = Self { counts, rows, total, rounded };
        page.hide_what_is_needed();
        page
    }

    pub(super) fn counted(&self) -> Counted {
        Counted { total: self.total, charts: Some(self.rows.clone()) }
    }

    /// Whether each hidden count could be another number, for a reader who knows these rules too: some other counts
    /// print this very page. Pages that print alike are found from one another by moving one thing between hidden rows,
    /// so that all of them come to the same answer, as long as fewer than [`TRIED`] of them print alike.
    pub(super) fn gives_nothing_away(&self) -> bool {
        let hidden = self.hidden();
        let moved = |counts: &[Vec<u32>]| self.moved(counts, &hidden);
        all_differ(self.counts, &hidden, moved, |counts| self.prints_alike(counts))
    }

    fn hide_what_is_needed(&mut self) {
        for chart in 0..self.rows.len() {
            if self.rows[chart].iter().filter(|row| is_hidden(**row)).count() == 1 {
                self.hide_smallest(chart);
            }
        }
        while let Some(chart) = self.found_out() {
            let hid =
                self.hide_smallest(chart) || self.chart_with_smallest().is_some_and(|chart| self.hide_smallest(chart));
            if !hid {
                if self.total == Total::NotShown {
                    return;
                }
                self.total = Total::NotShown;
            }
        }
    }

    /// Hides the smallest count of a chart that is shown; false where none is.
    fn hide_smallest(&mut self, chart: usize) -> bool {
        let shown = self.rows[chart].iter().enumerate().filter_map(|(row, printed)| Some((shown(*printed)?, row)));
        match shown.min() {
            Some((_, row)) => {
                self.rows[chart][row] = Printed::NotShown;
                true
            }
            None => false,
        }
    }

    fn chart_with_smallest(&self) -> Option<usize> {
        let smallest = |rows: &Vec<Printed>| rows.iter().filter_map(|row| shown(*row)).min();
        let charts = self.rows.iter().enumerate().filter_map(|(chart, rows)| Some((smallest(rows)?, chart)));
        charts.min().map(|(_, chart)| chart)
    }

    /// A chart with a hidden count that only one number fits.
    fn found_out(&self) -> Option<usize> {
        let spans: Vec<Vec<Span>> = self.rows.iter().map(|rows| spans(rows)).collect();
        let sum = |rows: &[Span]| Span {
            low: rows.iter().map(|span| span.low).sum(),
            high: rows.iter().map(|span| span.high).fold(0, u32::saturating_add),
        };
        let things = spans.iter().map(|rows| sum(rows)).fold(self.things(), Span::both);
        let only_one = |rows: &Vec<Span>| {
            let all = sum(rows);
            rows.iter().filter(|span| span.low < span.high).any(|span| {
                let others = Span { low: all.low - span.low, high: all.high.saturating_sub(span.high) };
                let low = span.low.max(things.low.saturating_sub(others.high));
                let high = span.high.min(things.high.saturating_sub(others.low));
                low >= high
            })
        };
        let stuck = |rows: &[Printed], spans: &[Span]| {
            rows.iter().zip(spans).any(|(row, span)| is_hidden(*row) && span.low >= span.high)
        };
        (0..spans.len()).find(|chart| only_one(&spans[*chart]) || stuck(&self.rows[*chart], &spans[*chart]))
    }

    fn things(&self) -> Span {
        match self.total {
            Total::Nothing => Span { low: 0, high: 0 },
            Total::Few => Span { low: 1, high: LEAST - 1 },
            Total::NotShown => Span { low: 0, high: ANY },
            Total::Exact(count) => Span { low: count, high: count },
            Total::About(count) => Span { low: LEAST.max(count.saturating_sub(2)), high: count.saturating_add(2) },
        }
    }

    fn hidden(&self) -> Vec<(usize, usize)> {
        let rows = |(chart, rows): (usize, &Vec<Printed>)| {
            let hidden = rows.iter().enumerate().filter(|(_, row)| is_hidden(**row));
            hidden.map(|(row, _)| (chart, row)).collect::<Vec<_>>()
        };
        self.rows.iter().enumerate().flat_map(rows).collect()
    }

    fn prints_alike(&self, counts: &[Vec<u32>]) -> bool {
        let other = Page::new(counts, self.rounded);
        other.rows == self.rows && other.total == self.total
    }

    /// The counts with one thing moved between two hidden rows of a chart, or with one thing more or less in a hidden
    /// row of every chart.
    fn moved(&self, counts: &[Vec<u32>], hidden: &[(usize, usize)]) -> Vec<Vec<Vec<u32>>> {
        let mut out = Vec::new();
        for from in hidden {
            for to in hidden.iter().filter(|to| to.0 == from.0 && to.1 != from.1) {
                out.extend(less(counts, &[*from]).map(|counts| more(&counts, &[*to])));
            }
        }
        let mut ways: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
        for chart in 0..counts.len() {
            let rows: Vec<_> = hidden.iter().filter(|place| place.0 == chart).copied().collect();
            ways = ways.iter().flat_map(|way| rows.iter().map(|row| [way.as_slice(), &[*row]].concat())).collect();
        }
        for way in ways.iter().filter(|way| !way.is_empty()) {
            out.push(more(counts, way));
            out.extend(less(counts, way));
        }
        out
    }
}

impl Span {
    fn both(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }
}

/// Whether each of these places comes to another number in some page that is found from this one.
fn all_differ(
    first: &[Vec<u32>],
    places: &[(usize, usize)],
    mut moved: impl FnMut(&[Vec<u32>]) -> Vec<Vec<Vec<u32>>>,
    mut prints_alike: impl FnMut(&[Vec<u32>]) -> bool,
) -> bool {
    let mut open: BTreeSet<(usize, usize)> = places.iter().copied().collect();
    let mut alike = BTreeSet::from([first.to_vec()]);
    let mut otherwise = BTreeSet::new();
    let mut next = VecDeque::from([first.to_vec()]);
    while let Some(counts) = next.pop_front() {
        open.retain(|(chart, row)| counts[*chart][*row] == first[*chart][*row]);
        if open.is_empty() {
            return true;
        }
        // What is found already is looked through to its end.
        let neighbours = if alike.len() < TRIED { moved(&counts) } else { Vec::new() };
        for counts in neighbours {
            if alike.len() >= TRIED {
                break;
            }
            if alike.contains(&counts) || otherwise.contains(&counts) {
                continue;
            }
            if prints_alike(&counts) {
                alike.insert(counts.clone());
                next.push_back(counts);
            } else if otherwise.len() < REMEMBERED {
                otherwise.insert(counts);
            }
        }
    }
    false
}

fn is_hidden(row: Printed) -> bool {
    match row {
        Printed::Few | Printed::NotShown => true,
        Printed::Nothing | Printed::Shown(_) => false,
    }
}

fn shown(row: Printed) -> Option<u32> {
    match row {
        Printed::Shown(count) => Some(count),
        Printed::Nothing | Printed::Few | Printed::NotShown => None,
    }
}

/// What each row of a chart may stand for. What is not shown is smaller than everything that is.
fn spans(rows: &[Printed]) -> Vec<Span> {
    let smallest = rows.iter().filter_map(|row| shown(*row)).min().unwrap_or(ANY);
    let span = |row: &Printed| match *row {
        Printed::Nothing => Span { low: 0, high: 0 },
        Printed::Few => Span { low: 1, high: LEAST - 1 },
        Printed::NotShown => Span { low: LEAST, high: smallest },
        Printed::Shown(count) => Span { low: count, high: count },
    };
    rows.iter().map(span).collect()
}

fn more(counts: &[Vec<u32>], places: &[(usize, usize)]) -> Vec<Vec<u32>> {
    let mut counts = counts.to_vec();
    for (chart, row) in places {
        counts[*chart][*row] += 1;
    }
    counts
}

fn less(counts: &[Vec<u32>], places: &[(usize, usize)]) -> Option<Vec<Vec<u32>>> {
    let mut counts = counts.to_vec();
    for (chart, row) in places {
        counts[*chart][*row] = counts[*chart][*row].checked_sub(1)?;
    }
    Some(counts)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{TRIED, all_differ};

    /// One more and one less in each row of a chart of two.
    fn around(counts: &[Vec<u32>]) -> Vec<Vec<Vec<u32>>> {
        let [left, right] = [counts[0][0], counts[0][1]];
        [(left + 1, right), (left, right + 1), (left.saturating_sub(1), right), (left, right.saturating_sub(1))]
            .map(|(left, right)| vec![vec![left, right]])
            .to_vec()
    }

    #[test]
    fn no_page_is_tried_twice() {
        let mut tried: BTreeMap<Vec<Vec<u32>>, u32> = BTreeMap::new();
        let alike = |counts: &[Vec<u32>]| {
            *tried.entry(counts.to_vec()).or_default() += 1;
            counts[0][0] == 9 && counts[0][1] < 20
        };
        assert!(!all_differ(&[vec![9, 9]], &[(0, 0), (0, 1)], around, alike));
        assert_eq!(tried.len(), 19 + 2 * 20 + 1, "nineteen others of the column, both its sides and its end");
        assert!(tried.values().all(|times| *times == 1), "{tried:?}");
    }

    #[test]
    fn no_neighbours_are_made_once_as_many_are_found_as_are_tried() {
        let mut made = 0;
        let mut tried = 0;
        let alike = |_: &[Vec<u32>]| {
            tried += 1;
            true
        };
        // A third row that stays as it is keeps the search from ending early.
        let moved = |counts: &[Vec<u32>]| {
            made += 1;
            around(counts).into_iter().map(|chart| vec![[chart[0].as_slice(), &[0]].concat()]).collect()
        };
        assert!(!all_differ(&[vec![500, 500, 0]], &[(0, 2)], moved, alike));
        assert_eq!(tried, TRIED - 1, "the first one is among them");
        assert!(made < TRIED, "{made}");
    }
}
