//! Covered and revealed, and what of the page was in view while revealed.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use gtk::glib;
use webkit2gtk::{SnapshotOptions, SnapshotRegion, WebViewExt};

use super::cover::SQUARE;
use super::layout::{LOOK, parse_layout};
use super::load::Stage;
use super::picture::Pixels;
use super::webkit::{WebKit, is_past};
use crate::protocol::facts::Layout;
use crate::protocol::observation::{Observation, WhyCovered};

/// The longest reveal, in seconds.
const LONGEST_REVEAL: u16 = 300;
const LOOK_EACH: Duration = Duration::from_millis(80);
const LOOK_EACH_WHILE_COVERED: Duration = Duration::from_millis(800);
const SQUARES_EACH: Duration = Duration::from_secs(2);
const UNRESPONSIVE_AFTER: Duration = Duration::from_secs(3);
/// Of a view, how much the next one in a scroll through still shows.
const OVERLAP: u32 = 40;

/// Until when the page is shown, and what is under way to find out how it stands.
#[derive(Debug, Default)]
pub(crate) struct Revealed {
    until: Cell<Option<Instant>>,
    asked_since: Cell<Option<Instant>>,
    looked_at: Cell<Option<Instant>>,
    painted_at: Cell<Option<Instant>>,
    unresponsive: Cell<bool>,
    scrolling: Cell<bool>,
    scrolled_to: Cell<Option<u32>>,
}

impl WebKit {
    pub(super) fn is_revealed(&self) -> bool {
        self.revealed.until.get().is_some()
    }

    /// Whether the page was asked something so long ago that it hangs.
    pub(super) fn is_silent(&self) -> bool {
        self.revealed.asked_since.get().is_some_and(|since| is_past(since, UNRESPONSIVE_AFTER))
    }

    pub(super) fn reveal(&self, seconds: u16) {
        if !self.page.load.borrow().has_page() {
            return;
        }
        let seconds = seconds.clamp(1, LONGEST_REVEAL);
        self.revealed.until.set(Some(Instant::now() + Duration::from_secs(seconds.into())));
        self.revealed.looked_at.set(None);
        self.window.cover.open();
        self.show_time_left();
        self.page.mouth.observe(Observation::Revealed { seconds });
    }

    pub(super) fn cover(&self, why: WhyCovered) {
        self.revealed.scrolling.set(false);
        let was_revealed = self.revealed.until.take().is_some();
        let has_page = self.page.load.borrow().has_page();
        if has_page {
            self.window.cover.say(
                "The page is blurred",
                "Reveal only what you need to judge the concern. It blurs again by itself.",
                true,
            );
        }
        self.window.cover.close();
        self.window.find.close();
        self.page.stop_finding();
        self.window.show_toggle(None, has_page);
        if was_revealed {
            self.page.mouth.observe(Observation::Covered(why));
        }
        if has_page && why != WhyCovered::NewPage {
            self.refresh_cover();
        }
    }

    /// Makes the grey squares of a covered page anew.
    pub(super) fn refresh_cover(self: &WebKit) {
        if self.is_revealed() || !self.page.load.borrow().has_page() || self.revealed.unresponsive.get() {
            return;
        }
        self.revealed.painted_at.set(Some(Instant::now()));
        let window = Rc::clone(&self.window);
        let page = Rc::clone(&self.page);
        let generation = page.generation.get();
        self.page.view.snapshot(
            SnapshotRegion::Visible,
            SnapshotOptions::NONE,
            gio::Cancellable::NONE,
            move |surface| {
                if page.generation.get() != generation {
                    return;
                }
                if let Some(pixels) = surface.ok().and_then(|surface| Pixels::from_surface(surface).ok()) {
                    let (across, down, grey) = pixels.grey_squares(SQUARE);
                    window.cover.show_squares(Some((across, down, &grey)));
                }
            },
        );
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
        self.page.evaluate(&format!("window.scrollTo({{left:0,top:{top},behavior:'instant'}});''"), |_| {});
    }

    /// Looks at the page again and again: how it stands, and whether it still answers.
    pub(super) fn watch_layout(self: &Rc<Self>) {
        let kit = Rc::clone(self);
        glib::timeout_add_local(Duration::from_millis(40), move || {
            kit.tick();
            glib::ControlFlow::Continue
        });
    }

    fn tick(self: &Rc<Self>) {
        if let Some(until) = self.revealed.until.get() {
            if Instant::now() >= until {
                self.cover(WhyCovered::TimeOver);
            } else {
                self.show_time_left();
            }
        }
        self.notice_silence();
        self.tell_address_owed();
        self.insist();
        if self.page.load.borrow().stage == Stage::Nothing || self.revealed.asked_since.get().is_some() {
            return;
        }
        let each = if self.is_revealed() { LOOK_EACH } else { LOOK_EACH_WHILE_COVERED };
        if self.revealed.looked_at.get().is_none_or(|at| is_past(at, each)) {
            self.look();
        }
        if self.revealed.painted_at.get().is_none_or(|at| is_past(at, SQUARES_EACH)) {
            self.refresh_cover();
        }
    }

    fn look(self: &Rc<Self>) {
        self.revealed.asked_since.set(Some(Instant::now()));
        let kit = Rc::clone(self);
        let generation = self.page.generation.get();
        self.page.evaluate(LOOK, move |answer| {
            kit.revealed.asked_since.set(None);
            kit.revealed.looked_at.set(Some(Instant::now()));
            if kit.revealed.unresponsive.replace(false) {
                kit.page.observe(Observation::Responsive);
            }
            let layout = answer.as_deref().and_then(parse_layout);
            if let Some(layout) = layout
                && kit.page.generation.get() == generation
                && kit.page.load.borrow().has_page()
            {
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

    fn notice_silence(&self) {
        if self.is_silent() && !self.revealed.unresponsive.replace(true) {
            self.cover(WhyCovered::PageGone);
            self.page.mouth.observe(Observation::Unresponsive);
            self.window.bar.show_state("The page does not answer");
            self.window.cover.say("The page does not answer", "Wait, stop loading, or press HALT.", false);
        }
    }

    fn show_time_left(&self) {
        let left = self.revealed.until.get().map(|until| until.saturating_duration_since(Instant::now()));
        self.window.show_toggle(left.map(|left| left.as_secs() + 1), true);
    }
}
