//! Covered and revealed, and what of the page was in view while revealed.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::kit::WebView2;
use super::wire;
use crate::engine::load::Stage;
use crate::protocol::facts::Layout;
use crate::protocol::observation::{Observation, WhyCovered};

/// The longest reveal, in seconds.
const LONGEST_REVEAL: u16 = 300;
const LOOK_EACH: Duration = Duration::from_millis(80);
const LOOK_EACH_WHILE_COVERED: Duration = Duration::from_millis(800);
const SQUARES_EACH: Duration = Duration::from_secs(2);
const UNRESPONSIVE_AFTER: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(5);
/// Of a view, how much the next one in a scroll through still shows.
const OVERLAP: u32 = 40;
/// Side of a square in picture pixels: wide enough that no face and no word survives.
const SQUARE: u32 = 36;

/// Until when the page is shown, and what is under way to find out how it stands.
#[derive(Debug, Default)]
pub(super) struct Revealed {
    until: Cell<Option<Instant>>,
    shown_left: Cell<Option<u64>>,
    asked_since: Cell<Option<Instant>>,
    looked_at: Cell<Option<Instant>>,
    painted_at: Cell<Option<Instant>>,
    unresponsive: Cell<bool>,
    scrolling: Cell<bool>,
    scrolled_to: Cell<Option<u32>>,
}

impl WebView2 {
    pub(super) fn is_revealed(&self) -> bool {
        self.revealed.until.get().is_some()
    }

    pub(super) fn reveal(&self, seconds: u16) {
        if !self.page.load.borrow().has_page() {
            return;
        }
        let seconds = seconds.clamp(1, LONGEST_REVEAL);
        self.revealed.until.set(Some(Instant::now() + Duration::from_secs(seconds.into())));
        self.revealed.looked_at.set(None);
        self.window.show_squares(None);
        self.window.arrange(&self.page, true);
        self.show_time_left();
        self.page.mouth.observe(Observation::Revealed { seconds });
    }

    pub(super) fn cover(&self, why: WhyCovered) {
        self.revealed.scrolling.set(false);
        let was_revealed = self.revealed.until.take().is_some();
        let has_page = self.page.load.borrow().has_page();
        self.window.arrange(&self.page, false);
        if has_page {
            self.window.say(
                "The page is blurred",
                "Reveal only what you need to judge the concern. It blurs again by itself.",
                true,
            );
        } else {
            self.window.show_squares(None);
        }
        self.page.stop_finding();
        self.revealed.shown_left.set(None);
        self.window.show_toggle(None, has_page);
        if was_revealed {
            self.page.mouth.observe(Observation::Covered(why));
        }
        if has_page && why != WhyCovered::NewPage {
            self.refresh_cover();
        }
    }

    /// Makes the grey squares of a covered page anew, from a picture that lives only in memory for that moment.
    pub(super) fn refresh_cover(&self) {
        if self.is_revealed() || !self.page.load.borrow().has_page() || self.revealed.unresponsive.get() {
            return;
        }
        self.revealed.painted_at.set(Some(Instant::now()));
        let (page, window) = (Rc::clone(&self.page), Rc::clone(&self.window));
        let generation = page.generation.get();
        self.page.tasks.begin(async move {
            let painted =
                page.call("Page.captureScreenshot", "{\"format\":\"png\",\"optimizeForSpeed\":true}", PATIENCE);
            let Ok(json) = painted.await else { return };
            let squares = super::tasks::beside(move || wire::picture(&json).map(|pixels| pixels.grey_squares(SQUARE)));
            if let Some(Ok(squares)) = squares.await
                && page.generation.get() == generation
            {
                window.show_squares(Some(squares));
            }
        });
    }

    /// Scrolls to the end of the revealed page, one view after the other, as each was really seen.
    pub(super) fn scroll_through(&self) {
        if self.is_revealed() {
            self.revealed.scrolling.set(true);
            self.scroll_to(0);
        }
    }

    pub(super) fn scroll_to(&self, top: u32) {
        self.revealed.scrolled_to.set(Some(top));
        self.page.run(format!("window.scrollTo({{left:0,top:{top},behavior:'instant'}});''"));
    }

    /// Looks at the page again and again: how it stands, and whether it still answers.
    pub(super) fn tick(self: &Rc<Self>) {
        if let Some(until) = self.revealed.until.get() {
            if Instant::now() >= until {
                self.cover(WhyCovered::TimeOver);
            } else {
                self.show_time_left();
            }
        }
        if self.revealed.asked_since.get().is_some_and(|since| since.elapsed() >= UNRESPONSIVE_AFTER) {
            self.falls_silent();
        }
        self.tell_address_owed();
        if self.page.load.borrow().stage == Stage::Nothing || self.revealed.asked_since.get().is_some() {
            return;
        }
        let each = if self.is_revealed() { LOOK_EACH } else { LOOK_EACH_WHILE_COVERED };
        if self.revealed.looked_at.get().is_none_or(|at| at.elapsed() >= each) {
            self.look();
        }
        if self.revealed.painted_at.get().is_none_or(|at| at.elapsed() >= SQUARES_EACH) {
            self.refresh_cover();
        }
    }

    fn look(self: &Rc<Self>) {
        self.revealed.asked_since.set(Some(Instant::now()));
        let kit = Rc::clone(self);
        let generation = self.page.generation.get();
        self.page.tasks.begin(async move {
            let layout = kit.page.stands().await;
            kit.revealed.asked_since.set(None);
            kit.revealed.looked_at.set(Some(Instant::now()));
            let Some(layout) = layout else { return };
            if kit.revealed.unresponsive.replace(false) {
                kit.page.observe(Observation::Responsive);
            }
            if kit.page.generation.get() == generation && kit.page.load.borrow().has_page() {
                kit.seen(layout);
            }
        });
    }

    fn seen(&self, layout: Layout) {
        if self.page.layout.replace(layout) != layout {
            self.page.observe(Observation::Layout(layout));
        }
        if !self.is_revealed() {
            return;
        }
        if self.page.coverage.borrow_mut().see(&layout) {
            let scroll_height = layout.scroll_height;
            self.page.observe(Observation::ScrolledThrough { scroll_height });
        }
        if self.revealed.scrolling.get() {
            self.scroll_on(&layout);
        }
    }

    fn scroll_on(&self, layout: &Layout) {
        let end = layout.scroll_height.saturating_sub(layout.height);
        if self.page.coverage.borrow().is_complete_for(layout) {
            self.revealed.scrolling.set(false);
        } else if layout.scroll_y >= end {
            // At the end and not complete: the page grew on the way, so the first rows count anew.
            self.scroll_to(0);
        } else if self.revealed.scrolled_to.get().is_none_or(|asked| layout.scroll_y >= asked.min(end)) {
            let step = layout.height.saturating_sub(OVERLAP).max(1);
            self.scroll_to(layout.scroll_y.saturating_add(step).min(end));
        }
    }

    /// The page does not answer: said once, until it does again.
    pub(super) fn falls_silent(&self) {
        if !self.revealed.unresponsive.replace(true) {
            self.cover(WhyCovered::PageGone);
            self.page.mouth.observe(Observation::Unresponsive);
            self.window.show_state("The page does not answer");
            self.window.say("The page does not answer", "Wait, stop loading, or press HALT.", false);
        }
    }

    fn show_time_left(&self) {
        let left = self.revealed.until.get().map(|until| until.saturating_duration_since(Instant::now()).as_secs() + 1);
        if self.revealed.shown_left.replace(left) != left {
            self.window.show_toggle(left, true);
        }
    }
}
