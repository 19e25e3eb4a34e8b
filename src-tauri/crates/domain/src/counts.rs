//! Counts that may be printed: what a report without names says of small numbers.
//!
//! A count from 1 to 4 may point at somebody. It prints as *fewer than 5*; and where it could be worked out by taking
//! others from a total, one more is not shown and totals are to the nearest 5 (rules of the termly report).

mod hiding;

#[cfg(test)]
mod tests;

/// The smallest count that is printed, but for none.
pub const LEAST: u32 = 5;

/// A count as a report prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Printed {
    /// 0.
    Nothing,
    /// 1 to 4.
    Few,
    /// 5 or more, left out so that another cannot be worked out.
    NotShown,
    /// The count, 5 or more.
    Shown(u32),
}

/// A total as a report prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Total {
    /// 0.
    Nothing,
    /// 1 to 4.
    Few,
    /// Left out.
    NotShown,
    /// The count, 5 or more.
    Exact(u32),
    /// To the nearest 5.
    About(u32),
}

/// What is printed of charts that count the same things in several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    total: Total,
    charts: Option<Vec<Vec<Printed>>>,
}

impl Counted {
    /// How many things there are.
    pub fn total(&self) -> Total {
        self.total
    }

    /// The rows of each chart, in the order they were given; `None` where the counts are too small for any chart.
    pub fn charts(&self) -> Option<&[Vec<Printed>]> {
        self.charts.as_deref()
    }

    /// Whether every count stands on the page as it is.
    pub fn hides_nothing(&self) -> bool {
        let hidden = |row: &Printed| matches!(row, Printed::Few | Printed::NotShown);
        self.charts.as_ref().is_some_and(|charts| !charts.iter().flatten().any(hidden))
            && !matches!(self.total, Total::Few | Total::NotShown)
    }
}

/// Whether a count is one that is not printed.
pub fn is_small(count: u32) -> bool {
    (1..LEAST).contains(&count)
}

/// What is printed of charts over the same things: the rows of each add up to the same number of things. `rounded`
/// says that something on the page is hidden, so that totals are to the nearest 5.
pub fn printed(charts: &[Vec<u32>], rounded: bool) -> Counted {
    let rounded = rounded || charts.iter().flatten().any(|count| is_small(*count));
    let page = hiding::Page::new(charts, rounded);
    if page.gives_nothing_away() { page.counted() } else { Counted { total: Total::NotShown, charts: None } }
}

/// A number of things that stands alone, to the nearest 5: `Few` from 1 to 4.
pub fn to_the_nearest_five(count: u32) -> Total {
    match count {
        0 => Total::Nothing,
        few if is_small(few) => Total::Few,
        many => Total::About(nearest(many)),
    }
}

fn nearest(count: u32) -> u32 {
    count.saturating_add(2) / 5 * 5
}
