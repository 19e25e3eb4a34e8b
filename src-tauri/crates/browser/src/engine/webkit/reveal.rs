//! Covered and revealed, and what of the page was in view while revealed.

use std::rc::Rc;
use std::time::{Duration, Instant};

use gtk::glib;
use webkit2gtk::{SnapshotOptions, SnapshotRegion, WebViewExt};

use super::WebKit;
use crate::engine::layout::{LOOK, parse_layout, scroll_script};
use crate::engine::load::Stage;
use crate::engine::picture::Pixels;
use crate::engine::revealed::SQUARE;
use crate::protocol::facts::Layout;
use crate::protocol::observation::{Observation, WhyCovered};

impl WebKit {
    pub(super) fn is_revealed(&self) -> bool {
        self.revealed.is_revealed()
    }

    pub(super) fn reveal(&self, seconds: u16) {
        if !self.page.load.borrow().has_page() {
            return;
        }
        let seconds = self.revealed.begin(seconds);
        self.window.cover.open();
        self.show_time_left();
        self.page.mouth.observe(Observation::Revealed { seconds });
    }

    pub(super) fn cover(&self, why: WhyCovered) {
        let was_revealed = self.revealed.end();
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
        if self.revealed.begin_scrolling() {
            self.scroll_to(0);
        }
    }

    pub(super) fn scroll_to(&self, top: u32) {
        self.revealed.scrolled_to.set(Some(top));
        self.page.evaluate(&scroll_script(top), |_| {});
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
        if self.revealed.is_over() {
            self.cover(WhyCovered::TimeOver);
        }
        self.show_time_left();
        self.notice_silence();
        self.tell_address_owed();
        self.insist();
        if self.page.load.borrow().stage == Stage::Nothing || self.revealed.asked_since.get().is_some() {
            return;
        }
        if self.revealed.wants_look() {
            self.look();
        }
        if self.revealed.wants_squares() {
            self.refresh_cover();
        }
    }

    fn look(self: &Rc<Self>) {
        self.revealed.asked_since.set(Some(Instant::now()));
        let kit = Rc::clone(self);
        let generation = self.page.generation.get();
        self.page.evaluate(LOOK, move |answer| {
            kit.revealed.looked();
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
        let tell = |what| self.page.observe(what);
        if let Some(top) = self.revealed.notice(&*self.page, layout, tell) {
            self.scroll_to(top);
        }
    }

    fn notice_silence(&self) {
        if self.revealed.is_silent() && !self.revealed.unresponsive.replace(true) {
            self.cover(WhyCovered::PageGone);
            self.page.mouth.observe(Observation::Unresponsive);
            self.window.bar.show_state("The page does not answer");
            self.window.cover.say("The page does not answer", "Wait, stop loading, or press HALT.", false);
        }
    }

    fn show_time_left(&self) {
        if let Some(left) = self.revealed.left_to_show() {
            self.window.show_toggle(Some(left), true);
        }
    }
}
