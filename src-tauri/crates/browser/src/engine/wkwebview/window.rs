//! The window: our own bar above, the page below, and HALT in the corner.
//!
//! Two views stand in it, each with a process of its own for its documents: ours and the page's. **They never
//! overlap.** While the page is covered ours takes the whole window, and the page's view lies outside of it; while it
//! is revealed ours is the bar alone. So nothing that a page draws can lie over what is ours.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use trail_macos::window::{Hear, Key, Place, Window as Top};
use trail_macos::wkwebview::Ours;

use super::keys::{Stroke, press};
use super::page::Page;
use crate::engine::press::{OnPress, Press};
use crate::engine::shown::{FIND, HTML, Said, Shown, Squares};

/// Height of the bar in points.
const BAR: f64 = 60.0;
/// The window's size at its start, in points.
const SIZE: (f64, f64) = (1100.0, 800.0);

/// The window's parts that change.
pub(super) struct Window {
    top: Top,
    ours: Ours,
    shown: RefCell<Shown>,
    words: Rc<RefCell<String>>,
    /// Our document came to stand there, and what it was told before may be lost.
    stands: Rc<Cell<bool>>,
    open: Cell<bool>,
}

impl Window {
    pub(super) fn build(page: &Page, on: &OnPress) -> Result<Self, String> {
        let top = Top::open("Evidence browser - Evidence Trail", SIZE.0, SIZE.1)?;
        let words: Rc<RefCell<String>> = Rc::default();
        let stands: Rc<Cell<bool>> = Rc::default();
        let (heard, sought, come) = (Rc::clone(on), Rc::clone(&words), Rc::clone(&stands));
        let mouth = page.mouth.clone();
        let ended = move || mouth.crash("the bar with HALT ended; open the evidence browser again");
        let hear = move |said: &str| match Said::read(said) {
            Some(Said::Find(words)) => {
                *sought.borrow_mut() = words;
                heard(Press::FindNext);
            }
            Some(Said::Button(press)) => heard(press),
            Some(Said::Ready) => come.set(true),
            None => {}
        };
        let ours = Ours::build(HTML, hear, ended)?;
        top.take_in(&page.view);
        top.take_in(ours.view());
        Ok(Self { top, ours, shown: RefCell::new(Shown::first()), words, stands, open: Cell::new(false) })
    }

    /// Shows the window, and lets `hear` hear what happens, and that so much time has passed. Does not return while the
    /// system lets the window be.
    pub(super) fn run(&self, each: Duration, hear: Hear) {
        self.top.run(each, hear);
    }

    /// Puts the two views where they belong. A view that cannot be moved would lie over the other: then the process
    /// ends, which takes both off the screen.
    pub(super) fn arrange(&self, page: &Page, revealed: bool) {
        let (width, height) = self.top.size();
        let (width, height, below) = (width.max(1.0), height.max(1.0), (height - BAR).max(1.0));
        let across = |top: f64, height: f64| Place { left: 0.0, top, width, height };
        let (ours, theirs) = if revealed {
            (across(0.0, BAR.min(height)), across(BAR, below))
        } else {
            (across(0.0, height), across(height + BAR, below))
        };
        // What covers comes first, and what uncovers last.
        let order = if revealed {
            [(self.ours.view(), ours), (&page.view, theirs)]
        } else {
            [(&page.view, theirs), (self.ours.view(), ours)]
        };
        for (view, place) in order {
            self.top.put(view, place);
            if !self.top.stands_at(view, place) {
                page.mouth.crash("the page could not be covered or shown");
            }
        }
        if !revealed {
            self.top.stand_alone();
        }
        self.open.set(revealed);
        self.change(|shown| shown.open = revealed);
    }

    /// Shows again what our document may have missed.
    pub(super) fn catch_up(&self) {
        if self.stands.take() {
            self.change(|_| {});
        }
    }

    /// Whether the page is shown.
    pub(super) fn is_open(&self) -> bool {
        self.open.get()
    }

    pub(super) fn show_address(&self, address: &str) {
        self.change(|shown| shown.set_address(address));
    }

    pub(super) fn show_connection(&self, words: &str) {
        self.change(|shown| words.clone_into(&mut shown.connection));
    }

    pub(super) fn show_state(&self, words: &str) {
        self.change(|shown| words.clone_into(&mut shown.state));
    }

    /// Says whether there is a page before this one, and after it.
    pub(super) fn show_ways(&self, back: bool, forward: bool) {
        self.change(|shown| (shown.back, shown.forward) = (back, forward));
    }

    /// Says what the button beside HALT does now.
    pub(super) fn show_toggle(&self, seconds_left: Option<u64>, has_page: bool) {
        self.change(|shown| (shown.seconds, shown.page) = (seconds_left, has_page));
    }

    /// Says what is under the cover, and whether it can be revealed.
    pub(super) fn say(&self, title: &str, words: &str, can_reveal: bool) {
        self.change(|shown| shown.set_card(title, words, can_reveal));
    }

    /// Shows these grey squares on the cover, or none.
    pub(super) fn show_squares(&self, squares: Option<Squares>) {
        self.change(|shown| shown.squares = squares);
    }

    pub(super) fn open_find(&self) {
        self.top.focus(self.ours.view());
        self.ours.run(FIND);
    }

    pub(super) fn words(&self) -> String {
        self.words.borrow().clone()
    }

    pub(super) fn present(&self) {
        self.top.present();
    }

    /// Takes everything off the screen at once.
    pub(super) fn vanish(&self) {
        self.top.vanish();
    }

    fn change(&self, how: impl FnOnce(&mut Shown)) {
        how(&mut self.shown.borrow_mut());
        // What our own view does not take it gets with the next change.
        self.ours.run(&self.shown.borrow().script());
    }
}

/// What a key stands for. One that the keyboard repeats is ours all the same, and does nothing more.
pub(super) fn heard(key: &Key) -> (bool, Option<Press>) {
    let Key { code, letters, command, control, option, repeated } = key;
    let stroke = Stroke { code: *code, letters, command: *command, control: *control, option: *option };
    let press = press(stroke);
    (press.is_some(), press.filter(|_| !repeated))
}
