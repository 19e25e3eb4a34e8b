//! The address, drawn by us: host in ink, the rest muted, a word for the connection, a word for
//! the load. Nothing in it is the page's own choice but the address it was loaded from.

use gtk::pango;
use gtk::prelude::*;

use crate::address::shown_host;
use crate::engine::drawn::{drawn, path_of};

/// The field with the address.
pub(super) struct AddressBar {
    field: gtk::Box,
    lock: gtk::Label,
    host: gtk::Label,
    rest: gtk::Label,
    state: gtk::Label,
}

impl AddressBar {
    pub(super) fn build() -> Self {
        let field = gtk::Box::new(gtk::Orientation::Vertical, 0);
        field.set_valign(gtk::Align::Center);
        field.set_size_request(-1, 46);
        field.style_context().add_class("et-field");
        let row = gtk::Box::new(gtk::Orientation::Horizontal, 0);
        let label = |class: &str| {
            let label = gtk::Label::new(None);
            label.style_context().add_class(class);
            label.set_single_line_mode(true);
            label.set_xalign(0.0);
            label
        };
        let (lock, host, rest, state) = (label("et-open"), label("et-host"), label("et-rest"), label("et-state"));
        // A long host is cut at its beginning: its end says whose it is.
        host.set_ellipsize(pango::EllipsizeMode::Start);
        rest.set_ellipsize(pango::EllipsizeMode::End);
        row.pack_start(&host, false, true, 0);
        row.pack_start(&rest, true, true, 0);
        let below = gtk::Box::new(gtk::Orientation::Horizontal, 12);
        below.pack_start(&state, false, false, 0);
        below.pack_start(&lock, false, false, 0);
        field.pack_start(&row, true, true, 0);
        field.pack_start(&below, true, true, 0);
        let bar = Self { field, lock, host, rest, state };
        bar.show_state("No page is open");
        bar
    }

    pub(super) fn widget(&self) -> &gtk::Box {
        &self.field
    }

    pub(super) fn show_address(&self, address: &str) {
        let Some(host) = shown_host(address) else {
            self.host.set_text("");
            self.rest.set_text("");
            self.lock.set_text("");
            return;
        };
        let path = path_of(address);
        self.host.set_text(&drawn(&host));
        self.host.set_width_chars(i32::try_from(host.len().min(48)).unwrap_or(48));
        self.rest.set_text(&drawn(&path));
    }

    /// A lock says only that a certificate is recorded, not that a page is safe.
    pub(super) fn show_connection(&self, certificate: Option<bool>) {
        let (words, class, other) = match certificate {
            Some(true) => ("\u{1f512}\u{fe0e} Certificate noted", "et-lock", "et-open"),
            Some(false) => ("Not encrypted", "et-open", "et-lock"),
            None => ("", "et-open", "et-lock"),
        };
        self.lock.set_text(words);
        self.lock.style_context().remove_class(other);
        self.lock.style_context().add_class(class);
    }

    pub(super) fn show_state(&self, words: &str) {
        self.state.set_text(words);
    }
}
