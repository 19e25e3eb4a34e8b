//! Until when a page is revealed, what is under way to find out how it stands, and where a scroll through goes on.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::coverage::Coverage;
use super::shoot::Sitter;
use crate::protocol::facts::Layout;
use crate::protocol::observation::Observation;

/// The longest reveal, in seconds.
const LONGEST_REVEAL: u16 = 300;
const LOOK_EACH: Duration = Duration::from_millis(80);
const LOOK_EACH_WHILE_COVERED: Duration = Duration::from_millis(800);
const SQUARES_EACH: Duration = Duration::from_secs(2);
const UNRESPONSIVE_AFTER: Duration = Duration::from_secs(3);
/// Of a view, how much the next one in a scroll through still shows, in CSS pixels.
const OVERLAP: u32 = 40;
/// Side of a square of the cover in picture pixels: wide enough that no face and no word survives.
pub(super) const SQUARE: u32 = 36;

/// Until when the page is shown, and what is under way to find out how it stands.
#[derive(Debug, Default)]
pub(super) struct Revealed {
    pub(super) until: Cell<Option<Instant>>,
    shown_left: Cell<Option<u64>>,
    pub(super) asked_since: Cell<Option<Instant>>,
    looked_at: Cell<Option<Instant>>,
    pub(super) painted_at: Cell<Option<Instant>>,
    pub(super) unresponsive: Cell<bool>,
    scrolling: Cell<bool>,
    pub(super) scrolled_to: Cell<Option<u32>>,
}

/// What one look at the page brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    /// This view was the one that completed the page.
    is_through: bool,
    /// Where a scroll through goes on, in CSS pixels.
    scroll_to: Option<u32>,
}

impl Revealed {
    pub(super) fn is_revealed(&self) -> bool {
        self.until.get().is_some()
    }

    /// Begins a reveal of at most so many seconds. Returns how many it is.
    pub(super) fn begin(&self, seconds: u16) -> u16 {
        let seconds = seconds.clamp(1, LONGEST_REVEAL);
        self.until.set(Some(Instant::now() + Duration::from_secs(seconds.into())));
        self.looked_at.set(None);
        seconds
    }

    /// Ends it, and a scroll through with it. Returns whether there was one.
    pub(super) fn end(&self) -> bool {
        self.scrolling.set(false);
        self.shown_left.set(None);
        self.until.take().is_some()
    }

    /// Whether the time of the reveal is over.
    pub(super) fn is_over(&self) -> bool {
        self.until.get().is_some_and(|until| Instant::now() >= until)
    }

    /// The seconds that are left, where they are others than those that were shown last.
    pub(super) fn left_to_show(&self) -> Option<u64> {
        let left = self.until.get().map(|until| until.saturating_duration_since(Instant::now()).as_secs() + 1);
        left.filter(|_| self.shown_left.replace(left) != left)
    }

    /// Whether the page was asked something so long ago that it hangs.
    pub(super) fn is_silent(&self) -> bool {
        is_past(&self.asked_since, UNRESPONSIVE_AFTER).unwrap_or(false)
    }

    /// Whether it is time to look at the page again.
    pub(super) fn wants_look(&self) -> bool {
        let each = if self.is_revealed() { LOOK_EACH } else { LOOK_EACH_WHILE_COVERED };
        is_past(&self.looked_at, each).unwrap_or(true)
    }

    /// Whether it is time for new squares.
    pub(super) fn wants_squares(&self) -> bool {
        is_past(&self.painted_at, SQUARES_EACH).unwrap_or(true)
    }

    /// The page answered a look.
    pub(super) fn looked(&self) {
        self.asked_since.set(None);
        self.looked_at.set(Some(Instant::now()));
    }

    /// Begins a scroll through, if the page is revealed. Returns whether it does.
    pub(super) fn begin_scrolling(&self) -> bool {
        let is_revealed = self.is_revealed();
        if is_revealed {
            self.scrolling.set(true);
        }
        is_revealed
    }

    /// Takes in how the page stands, and tells what is new. The row to scroll to next, where a scroll through goes on.
    pub(super) fn notice(&self, page: &impl Sitter, layout: Layout, tell: impl Fn(Observation)) -> Option<u32> {
        if page.layout().replace(layout) != layout {
            tell(Observation::Layout(layout));
        }
        if !self.is_revealed() {
            return None;
        }
        let seen = self.see(&mut page.coverage().borrow_mut(), &layout);
        if seen.is_through {
            tell(Observation::ScrolledThrough { scroll_height: layout.scroll_height });
        }
        seen.scroll_to
    }

    /// Takes one look at the revealed page.
    fn see(&self, coverage: &mut Coverage, layout: &Layout) -> Seen {
        let is_through = coverage.see(layout);
        let is_complete = coverage.is_complete_for(layout);
        let mut scroll_to = None;
        if self.scrolling.get() {
            self.scrolling.set(!is_complete);
            scroll_to = next_row(layout, is_complete, self.scrolled_to.get());
        }
        Seen { is_through, scroll_to }
    }
}

fn is_past(since: &Cell<Option<Instant>>, length: Duration) -> Option<bool> {
    since.get().map(|at| at.elapsed() >= length)
}

/// The row that a scroll through goes to next. `None` if it is through, or the page is still on its way to the row that
/// was asked for last.
fn next_row(layout: &Layout, is_complete: bool, asked: Option<u32>) -> Option<u32> {
    let end = layout.scroll_height.saturating_sub(layout.height);
    if is_complete {
        None
    } else if layout.scroll_y >= end {
        // At the end and not complete: the page grew on the way, so the first rows count anew.
        Some(0)
    } else if asked.is_none_or(|asked| layout.scroll_y >= asked.min(end)) {
        let step = layout.height.saturating_sub(OVERLAP).max(1);
        Some(layout.scroll_y.saturating_add(step).min(end))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(scroll_y: u32) -> Layout {
        Layout { width: 900, height: 600, scroll_height: 1500, scroll_y, scroll_x: 0, ratio_milli: 1000 }
    }

    #[test]
    fn a_scroll_through_goes_on_view_by_view_with_some_of_the_one_before() {
        assert_eq!(next_row(&at(0), false, Some(0)), Some(560));
        assert_eq!(next_row(&at(300), false, Some(560)), None, "still on its way");
        assert_eq!(next_row(&at(560), false, Some(560)), Some(900), "no further than the end");
        assert_eq!(next_row(&at(900), true, Some(900)), None, "through");
        assert_eq!(next_row(&at(900), false, Some(900)), Some(0), "it grew on the way");
        assert_eq!(next_row(&at(0), false, None), Some(560));
        assert_eq!(next_row(&at(0), false, Some(9000)), None);
        let flat = Layout { height: 10, ..at(3) };
        assert_eq!(next_row(&flat, false, Some(3)), Some(4), "a window of a few rows moves too");
    }

    #[test]
    fn a_page_that_shrank_is_not_waited_for() {
        assert_eq!(next_row(&at(900), false, Some(5000)), Some(0));
        let short = Layout { scroll_height: 500, ..at(0) };
        assert_eq!(next_row(&short, false, Some(0)), Some(0));
    }

    #[test]
    fn a_whole_scroll_through_ends_by_itself() {
        let (revealed, mut coverage) = (Revealed::default(), Coverage::default());
        assert!(!revealed.begin_scrolling(), "the page is covered");
        assert_eq!(revealed.begin(0), 1);
        assert_eq!(revealed.begin(u16::MAX), LONGEST_REVEAL);
        assert!(revealed.begin_scrolling());
        let (mut row, mut rows, mut through) = (Some(0), Vec::new(), 0);
        while let Some(to) = row {
            rows.push(to);
            revealed.scrolled_to.set(Some(to));
            let seen = revealed.see(&mut coverage, &at(to));
            through += u32::from(seen.is_through);
            row = seen.scroll_to;
        }
        assert_eq!((rows.as_slice(), through), (&[0, 560, 900][..], 1));
        assert!(!revealed.scrolling.get());
        assert!(revealed.end() && !revealed.end(), "ended once");
        assert_eq!(revealed.left_to_show(), None);
    }

    #[test]
    fn the_seconds_left_are_shown_when_they_change() {
        let revealed = Revealed::default();
        revealed.begin(30);
        assert_eq!(revealed.left_to_show(), Some(30));
        assert_eq!(revealed.left_to_show(), None, "these stand there");
        assert!(!revealed.is_over() && !revealed.is_silent() && revealed.wants_look() && revealed.wants_squares());
        revealed.looked();
        assert!(!revealed.wants_look());
    }
}
