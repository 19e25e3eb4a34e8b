//! Which rows of a page have been in view while it was revealed.

use crate::protocol::facts::Layout;

/// The rows seen so far of one page in one shape.
///
/// A page of another height or width is another page: what was seen counts no more, because what
/// stood in those rows may have moved.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    shape: (u32, u32),
    seen: Vec<(u32, u32)>,
    grew: u32,
}

impl Coverage {
    /// Takes the rows in view. Returns whether this view was the one that completed the page.
    pub(crate) fn see(&mut self, layout: &Layout) -> bool {
        let shape = (layout.width, layout.scroll_height);
        if shape != self.shape {
            let (width, height) = self.shape;
            // A page that grows at its end does so before the end itself can be looked at.
            let end_was_seen =
                self.seen.last().is_some_and(|(_, end)| end.saturating_add(layout.height) >= height && height > 0);
            if end_was_seen && width == layout.width && layout.scroll_height > height {
                self.grew += 1;
            }
            self.shape = shape;
            self.seen.clear();
        }
        let before = self.is_complete_for(layout);
        self.add(layout.scroll_y, layout.scroll_y.saturating_add(layout.height));
        !before && self.is_complete_for(layout)
    }

    /// Whether every row of the page, in this shape, has been in view.
    pub(crate) fn is_complete_for(&self, layout: &Layout) -> bool {
        self.shape == (layout.width, layout.scroll_height)
            && layout.scroll_height > 0
            && matches!(self.seen.as_slice(), [(0, end)] if *end >= layout.scroll_height)
    }

    /// How often the page grew after its end was in view: an endless one grows each time.
    pub(crate) fn grew(&self) -> u32 {
        self.grew
    }

    /// Forgets all: another page came.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    fn add(&mut self, from: u32, to: u32) {
        self.seen.push((from, to));
        self.seen.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(self.seen.len());
        for (from, to) in self.seen.drain(..) {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                Some(_) | None => joined.push((from, to)),
            }
        }
        self.seen = joined;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(scroll_y: u32, scroll_height: u32) -> Layout {
        Layout { width: 900, height: 600, scroll_height, scroll_y, scroll_x: 0, ratio_milli: 1000 }
    }

    #[test]
    fn a_page_is_complete_when_every_row_was_in_view() {
        let mut coverage = Coverage::default();
        assert!(!coverage.see(&at(0, 1500)));
        assert!(!coverage.see(&at(900, 1500)), "the rows from 600 to 900 were skipped");
        assert!(!coverage.is_complete_for(&at(0, 1500)));
        assert!(coverage.see(&at(500, 1500)));
        assert!(coverage.is_complete_for(&at(0, 1500)));
        assert!(!coverage.see(&at(0, 1500)), "completed once, told once");
    }

    #[test]
    fn a_row_short_is_not_complete() {
        let mut coverage = Coverage::default();
        coverage.see(&at(0, 1201));
        assert!(!coverage.see(&at(600, 1201)));
        assert!(coverage.see(&at(601, 1201)));
    }

    #[test]
    fn a_page_of_another_shape_starts_again() {
        let mut coverage = Coverage::default();
        assert!(coverage.see(&at(0, 600)));
        assert!(!coverage.is_complete_for(&at(0, 601)));
        assert!(!coverage.see(&at(0, 1200)));
        assert!(!coverage.is_complete_for(&at(0, 600)), "the shape before is forgotten");
        let mut wider = at(0, 1200);
        wider.width = 901;
        wider.scroll_y = 600;
        coverage.see(&wider);
        assert!(!coverage.is_complete_for(&wider), "the upper half was seen in another width");
    }

    #[test]
    fn an_empty_page_and_another_page_are_not_complete() {
        let mut coverage = Coverage::default();
        assert!(!coverage.see(&at(0, 0)));
        assert!(coverage.see(&at(0, 300)));
        coverage.forget();
        assert!(!coverage.is_complete_for(&at(0, 300)));
    }
}
