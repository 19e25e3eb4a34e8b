//! The window: our own bar above, the page below, and HALT in the corner.
//!
//! Two views stand in it, of two engines that share no process: ours and the page's. **They never overlap.** While the
//! page is covered ours takes the whole window, and the page's view lies outside of it; while it is revealed ours is the
//! bar alone. So nothing that a page draws can lie over what is ours.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;

use tao::dpi::{LogicalSize, PhysicalPosition, PhysicalSize};
use tao::event::{ElementState, KeyEvent};
use tao::event_loop::EventLoop;
use tao::keyboard::KeyCode;
use trail_windows::webview2::{Key, View, hear_keys};
use wry::{Rect, WebContext, WebViewBuilder, WebViewBuilderExtWindows, WebViewExtWindows};

use super::page::Page;
use crate::engine::press::{OnPress, Press, Size};
use crate::engine::shown::{FIND, HTML, Said, Shown};
use crate::protocol::observation::{Ask, HaltedBy};

/// Height of the bar in CSS pixels.
const BAR: f64 = 60.0;
/// Our own view loads one document, which is given to it, and reaches nothing.
const ARGUMENTS: &str = "--disable-features=msWebOOUI,msPdfOOUI,msSmartScreenProtection --proxy-server=http://127.0.0.1:9 \
    --proxy-bypass-list=<-loopback> --disable-background-networking --disable-component-update --disable-sync";

/// The window's parts that change.
pub(super) struct Window {
    top: tao::window::Window,
    ours: wry::WebView,
    _context: WebContext,
    shown: RefCell<Shown>,
    words: Rc<RefCell<String>>,
    open: Cell<bool>,
}

impl Window {
    pub(super) fn frame(turns: &EventLoop<()>) -> Result<tao::window::Window, String> {
        tao::window::WindowBuilder::new()
            .with_title("Evidence browser - Evidence Trail")
            .with_inner_size(LogicalSize::new(1100.0, 800.0))
            .build(turns)
            .map_err(|error| format!("no window could be opened ({error}); sign in at the screen and try again"))
    }

    pub(super) fn build(top: tao::window::Window, files: &Path, page: &Page, on: &OnPress) -> Result<Self, String> {
        let words: Rc<RefCell<String>> = Rc::default();
        let mut context = WebContext::new(Some(files.to_owned()));
        let (heard, sought) = (Rc::clone(on), Rc::clone(&words));
        let ours = WebViewBuilder::new_with_web_context(&mut context)
            .with_incognito(true)
            .with_devtools(false)
            .with_browser_accelerator_keys(false)
            .with_default_context_menus(false)
            .with_browser_extensions_enabled(false)
            .with_additional_browser_args(ARGUMENTS)
            .with_html(HTML)
            .with_ipc_handler(move |message| {
                let said = Said::read(message.body());
                if let Some(Said::Find(words)) = said {
                    *sought.borrow_mut() = words;
                    heard(Press::FindNext);
                } else if let Some(Said::Button(press)) = said {
                    heard(press);
                }
            })
            .build_as_child(&top)
            .map_err(|error| format!("the web engine did not start ({error})"))?;
        for view in [View::of(ours.controller())?, page.view.clone()] {
            let on = Rc::clone(on);
            hear_keys(&view, move |key| {
                let press = key_press(key);
                if let Some(press) = press.filter(|_| !key.repeated) {
                    on(press);
                }
                press.is_some()
            })?;
        }
        let shown = RefCell::new(Shown::first());
        Ok(Self { top, ours, _context: context, shown, words, open: Cell::new(false) })
    }

    /// Puts the two views where they belong. A view that cannot be moved would lie over the other: then the process ends,
    /// which takes both off the screen.
    pub(super) fn arrange(&self, page: &Page, revealed: bool) {
        let PhysicalSize { width, height } = self.top.inner_size();
        let bar = (BAR * self.top.scale_factor()).round() as u32;
        let below = height.saturating_sub(bar).max(1);
        let rect = |top: u32, height: u32| Rect {
            position: PhysicalPosition::new(0, i32::try_from(top).unwrap_or(i32::MAX)).into(),
            size: PhysicalSize::new(width.max(1), height).into(),
        };
        let outside = height.saturating_add(bar);
        // What covers comes first, and what uncovers last.
        let moved = if revealed {
            self.ours.set_bounds(rect(0, bar.min(height.max(1)))).and_then(|()| page.built.set_bounds(rect(bar, below)))
        } else {
            page.built.set_bounds(rect(outside, below)).and_then(|()| self.ours.set_bounds(rect(0, height.max(1))))
        };
        if let Err(error) = moved {
            page.mouth.crash(&format!("the page could not be covered or shown ({error})"));
        }
        self.open.set(revealed);
        self.change(|shown| shown.open = revealed);
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
    pub(super) fn show_squares(&self, squares: Option<(u32, u32, Vec<u8>)>) {
        self.change(|shown| shown.squares = squares);
    }

    pub(super) fn open_find(&self) {
        // A bar that does not open shows by itself.
        let _ = self.ours.focus();
        let _ = self.ours.evaluate_script(FIND);
    }

    pub(super) fn words(&self) -> String {
        self.words.borrow().clone()
    }

    pub(super) fn present(&self) {
        self.top.set_minimized(false);
        self.top.set_focus();
    }

    /// Takes everything off the screen at once.
    pub(super) fn vanish(&self) {
        self.top.set_visible(false);
    }

    fn change(&self, how: impl FnOnce(&mut Shown)) {
        how(&mut self.shown.borrow_mut());
        // What our own view does not take it gets with the next change.
        let _ = self.ours.evaluate_script(&self.shown.borrow().script());
    }
}

/// Virtual-key codes, as in WinUser.h.
fn key_press(key: Key) -> Option<Press> {
    if key.control {
        return match key.code {
            0x46 => Some(Press::Find),
            0xBB | 0x6B => Some(Press::Zoom(Size::Larger)),
            0xBD | 0x6D => Some(Press::Zoom(Size::Smaller)),
            0x30 | 0x60 => Some(Press::Zoom(Size::Own)),
            _ => None,
        };
    }
    match key.code {
        0x77 => Some(Press::Halt(HaltedBy::Key)),
        0x1B => Some(Press::Cover),
        0x73 if !key.alt => Some(Press::ToggleReveal),
        0x71 => Some(Press::Ask(Ask::Capture)),
        0x72 => Some(Press::Ask(Ask::AddressOnly)),
        0x74 => Some(Press::Reload),
        0x25 if key.alt => Some(Press::Back),
        0x27 if key.alt => Some(Press::Forward),
        _ => None,
    }
}

/// Keys while neither view has the keyboard: those that matter most.
#[allow(clippy::wildcard_enum_match_arm, reason = "the window system's keys are not ours")]
pub(super) fn hear_window_keys(event: &KeyEvent) -> Option<Press> {
    if event.state != ElementState::Pressed || event.repeat {
        return None;
    }
    match event.physical_key {
        KeyCode::F8 => Some(Press::Halt(HaltedBy::Key)),
        KeyCode::Escape => Some(Press::Cover),
        _ => None,
    }
}
