//! The window: our own bar above, the page below, and HALT in the corner.
//!
//! Everything a page could wish to forge stands above the line, in widgets it cannot reach.

use std::cell::Cell;
use std::rc::Rc;

use gtk::gdk;
use gtk::prelude::*;

use super::address_bar::AddressBar;
use super::cover::Cover;
use super::find::FindBar;
use crate::engine::press::{OnPress, Press, Size};
use crate::protocol::observation::{Ask, HaltedBy};

/// The window's parts that change.
pub(super) struct Window {
    pub(super) top: gtk::Window,
    pub(super) web: gtk::Box,
    pub(super) bar: AddressBar,
    pub(super) cover: Cover,
    pub(super) find: FindBar,
    back: gtk::Button,
    forward: gtk::Button,
    toggle: gtk::Button,
    toggle_words: gtk::Label,
    toggle_key: gtk::Label,
}

impl Window {
    pub(super) fn build(on: &OnPress) -> Self {
        dress();
        let top = gtk::Window::new(gtk::WindowType::Toplevel);
        top.set_title("Evidence browser - Evidence Trail");
        top.set_default_size(1100, 800);
        top.set_role("evidence-browser");
        let head = gtk::Box::new(gtk::Orientation::Horizontal, 8);
        head.style_context().add_class("et-bar");
        let back = small_button("\u{2190}", "Back (Alt+Left)", Press::Back, on);
        let forward = small_button("\u{2192}", "Forward (Alt+Right)", Press::Forward, on);
        let reload = small_button("\u{21bb}", "Load again (F5)", Press::Reload, on);
        let stop = small_button("\u{25a1}", "Stop loading", Press::StopLoading, on);
        for button in [&back, &forward, &reload, &stop] {
            head.pack_start(button, false, false, 0);
        }
        let bar = AddressBar::build();
        head.pack_start(bar.widget(), true, true, 4);
        let find = FindBar::build(on);
        let (toggle, toggle_words, toggle_key) = toggle(on);
        head.pack_start(&toggle, false, false, 0);
        head.pack_end(&halt(on), false, false, 0);

        let web = gtk::Box::new(gtk::Orientation::Vertical, 0);
        let cover = Cover::build(&{
            let on = Rc::clone(on);
            move || on(Press::ToggleReveal)
        });
        let body = gtk::Overlay::new();
        body.add(&web);
        // Over the page, so that opening it moves nothing; under the cover.
        body.add_overlay(find.widget());
        body.add_overlay(cover.widget());
        let column = gtk::Box::new(gtk::Orientation::Vertical, 0);
        column.pack_start(&head, false, false, 0);
        column.pack_start(&body, true, true, 0);
        top.add(&column);
        listen_to_keys(on);
        top.connect_delete_event({
            let on = Rc::clone(on);
            move |_, _| {
                on(Press::Close);
                gtk::glib::Propagation::Stop
            }
        });
        Self { top, web, bar, cover, find, back, forward, toggle, toggle_words, toggle_key }
    }

    /// Says what the button beside HALT does now.
    pub(super) fn show_toggle(&self, seconds_left: Option<u64>, has_page: bool) {
        self.toggle.set_sensitive(has_page);
        match seconds_left {
            Some(left) => {
                self.toggle_words.set_text(&format!("Cover page ({left} s)"));
                self.toggle_key.set_text("Esc");
            }
            None => {
                self.toggle_words.set_text("Reveal for 30 seconds");
                self.toggle_key.set_text("F4");
            }
        }
    }

    /// Says whether there is a page before this one, and after it.
    pub(super) fn show_ways(&self, back: bool, forward: bool) {
        self.back.set_sensitive(back);
        self.forward.set_sensitive(forward);
    }

    /// Takes everything off the screen at once.
    pub(super) fn vanish(&self) {
        self.top.hide();
        if let Some(display) = gdk::Display::default() {
            display.flush();
        }
    }
}

fn small_button(label: &str, words: &str, press: Press, on: &OnPress) -> gtk::Button {
    let button = gtk::Button::with_label(label);
    button.set_tooltip_text(Some(words));
    if let Some(accessible) = button.accessible() {
        accessible.set_name(words);
    }
    button.set_valign(gtk::Align::Center);
    button.set_size_request(42, 42);
    button.style_context().add_class("et-small");
    let on = Rc::clone(on);
    button.connect_clicked(move |_| on(press));
    button
}

fn toggle(on: &OnPress) -> (gtk::Button, gtk::Label, gtk::Label) {
    let (words, key) = (gtk::Label::new(None), gtk::Label::new(None));
    key.style_context().add_class("et-key");
    key.set_valign(gtk::Align::Center);
    let row = gtk::Box::new(gtk::Orientation::Horizontal, 10);
    row.set_halign(gtk::Align::Center);
    row.pack_start(&words, false, false, 0);
    row.pack_start(&key, false, false, 0);
    let button = gtk::Button::new();
    button.add(&row);
    button.set_valign(gtk::Align::Center);
    button.set_size_request(232, 42);
    button.style_context().add_class("et-small");
    let on = Rc::clone(on);
    button.connect_clicked(move |_| on(Press::ToggleReveal));
    (button, words, key)
}

/// The red corner. It acts on press, not on release, and asks nothing.
fn halt(on: &OnPress) -> gtk::Button {
    let button = gtk::Button::new();
    let row = gtk::Box::new(gtk::Orientation::Horizontal, 12);
    row.set_halign(gtk::Align::Center);
    row.pack_start(&octagon(), false, false, 0);
    let word = gtk::Label::new(Some("HALT"));
    word.style_context().add_class("et-halt-word");
    row.pack_start(&word, false, false, 0);
    let key = gtk::Label::new(Some("F8"));
    key.style_context().add_class("et-key");
    key.set_valign(gtk::Align::Center);
    row.pack_start(&key, false, false, 0);
    button.add(&row);
    button.set_size_request(172, 60);
    button.style_context().add_class("et-halt");
    if let Some(accessible) = button.accessible() {
        accessible.set_name("HALT, F8");
    }
    button.connect_button_press_event({
        let on = Rc::clone(on);
        move |_, _| {
            on(Press::Halt(HaltedBy::Button));
            gtk::glib::Propagation::Stop
        }
    });
    let on = Rc::clone(on);
    button.connect_clicked(move |_| on(Press::Halt(HaltedBy::Button)));
    button
}

fn octagon() -> gtk::DrawingArea {
    let area = gtk::DrawingArea::new();
    area.set_size_request(30, 30);
    area.set_valign(gtk::Align::Center);
    area.connect_draw(|_, pen| {
        pen.set_source_rgb(1.0, 1.0, 1.0);
        pen.set_line_width(2.6);
        let (near, far, low, high) = (9.0, 21.0, 2.0, 28.0);
        let corners =
            [(near, low), (far, low), (high, near), (high, far), (far, high), (near, high), (low, far), (low, near)];
        for (x, y) in corners {
            pen.line_to(x, y);
        }
        pen.close_path();
        // A sign that cannot be drawn leaves the word HALT.
        let _ = pen.stroke();
        pen.set_line_width(3.4);
        pen.move_to(9.0, 15.0);
        pen.line_to(21.0, 15.0);
        let _ = pen.stroke();
        gtk::glib::Propagation::Proceed
    });
    area
}

/// Takes keys before any widget does, also while a list of the page stands open.
fn listen_to_keys(on: &OnPress) {
    let on = Rc::clone(on);
    let down = Cell::new(0_u32);
    gdk::Event::set_handler(Some(move |event: &mut gdk::Event| {
        if event.event_type() == gdk::EventType::KeyPress {
            let repeated = event.keycode().is_some_and(|code| u32::from(code) == down.get());
            down.set(event.keycode().map_or(0, u32::from));
            if let Some(press) = key_press(event) {
                if !repeated {
                    on(press);
                }
                return;
            }
        } else if event.event_type() == gdk::EventType::KeyRelease {
            down.set(0);
        }
        gtk::main_do_event(event);
    }));
}

fn key_press(event: &gdk::Event) -> Option<Press> {
    use gdk::keys::constants as key;
    let pressed = gdk::keys::Key::from(event.keyval()?);
    let alt = event.state().is_some_and(|state| state.contains(gdk::ModifierType::MOD1_MASK));
    let control = event.state().is_some_and(|state| state.contains(gdk::ModifierType::CONTROL_MASK));
    if control {
        return match pressed {
            key::f | key::F => Some(Press::Find),
            key::plus | key::equal | key::KP_Add => Some(Press::Zoom(Size::Larger)),
            key::minus | key::KP_Subtract => Some(Press::Zoom(Size::Smaller)),
            key::_0 | key::KP_0 => Some(Press::Zoom(Size::Own)),
            _ => None,
        };
    }
    match pressed {
        key::F8 => Some(Press::Halt(HaltedBy::Key)),
        key::Escape => Some(Press::Cover),
        key::F4 if !alt => Some(Press::ToggleReveal),
        key::F2 => Some(Press::Ask(Ask::Capture)),
        key::F3 => Some(Press::Ask(Ask::AddressOnly)),
        key::F5 => Some(Press::Reload),
        key::Left if alt => Some(Press::Back),
        key::Right if alt => Some(Press::Forward),
        _ => None,
    }
}

fn dress() {
    let provider = gtk::CssProvider::new();
    if provider.load_from_data(include_bytes!("window.css")).is_ok()
        && let Some(screen) = gdk::Screen::default()
    {
        gtk::StyleContext::add_provider_for_screen(&screen, &provider, gtk::STYLE_PROVIDER_PRIORITY_APPLICATION);
    }
}
