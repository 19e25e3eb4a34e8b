//! Covered and revealed, and what of the page was in view while revealed.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::kit::WkWebView;
use super::told::opaque;
use crate::engine::layout::scroll_script;
use crate::engine::load::Stage;
use crate::engine::revealed::SQUARE;
use crate::engine::tasks::beside;
use crate::protocol::facts::Layout;
use crate::protocol::observation::{Observation, WhyCovered};

const PATIENCE: Duration = Duration::from_secs(5);

impl WkWebView {
    pub(super) fn is_revealed(&self) -> bool {
        self.revealed.is_revealed()
    }

    pub(super) fn reveal(&self, seconds: u16) {
        if !self.page.load.borrow().has_page() {
            return;
        }
        let seconds = self.revealed.begin(seconds);
        self.window.show_squares(None);
        self.window.arrange(&self.page, true);
        self.show_time_left();
        self.page.mouth.observe(Observation::Revealed { seconds });
    }

    pub(super) fn cover(&self, why: WhyCovered) {
        let was_revealed = self.revealed.end();
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
            let Ok(painted) = page.paint_view(false, PATIENCE).await else { return };
            let grey = move || {
                let pixels = opaque(painted.width, painted.height, &painted.bytes);
                pixels.map(|pixels| pixels.grey_squares(SQUARE))
            };
            if let Some(Ok(squares)) = beside(grey).await
                && page.generation.get() == generation
            {
                window.show_squares(Some(squares));
            }
        });
    }

    /// Scrolls to the end of the revealed page, one view after the other, as each was really seen.
    pub(super) fn scroll_through(&self) {
        if self.revealed.begin_scrolling() {
            self.scroll_to(0);
        }
    }

    pub(super) fn scroll_to(&self, top: u32) {
        self.revealed.scrolled_to.set(Some(top));
        self.page.run(&scroll_script(top));
    }

    /// Looks at the page again and again: how it stands, and whether it still answers.
    pub(super) fn tick(self: &Rc<Self>) {
        if self.revealed.is_over() {
            self.cover(WhyCovered::TimeOver);
        }
        self.show_time_left();
        if self.revealed.is_silent() {
            self.falls_silent();
        }
        self.tell_what_it_calls_itself();
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
        self.page.tasks.begin(async move {
            let layout = kit.page.stands().await;
            kit.revealed.looked();
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
        let tell = |what| self.page.observe(what);
        if let Some(top) = self.revealed.notice(&*self.page, layout, tell) {
            self.scroll_to(top);
        }
    }

    /// The page does not answer: said once, until it does again.
    fn falls_silent(&self) {
        if !self.revealed.unresponsive.replace(true) {
            self.cover(WhyCovered::PageGone);
            self.page.mouth.observe(Observation::Unresponsive);
            self.window.show_state("The page does not answer");
            self.window.say("The page does not answer", "Wait, stop loading, or press HALT.", false);
        }
    }

    fn show_time_left(&self) {
        if let Some(left) = self.revealed.left_to_show() {
            self.window.show_toggle(Some(left), true);
        }
    }
}
