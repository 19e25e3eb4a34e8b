//! Finding words in the page, and showing it larger or smaller: both of our own chrome, and neither told to the page.

use std::rc::Rc;

use gtk::prelude::*;
use webkit2gtk::{FindControllerExt, FindOptions, WebViewExt};

use super::page::Page;
use crate::engine::press::{OnPress, Press, Size};

/// The longest words that are looked for, in characters.
const LONGEST: i32 = 200;

/// Where the words to find are typed.
pub(super) struct FindBar {
    field: gtk::SearchEntry,
}

impl FindBar {
    pub(super) fn build(on: &OnPress) -> Self {
        let field = gtk::SearchEntry::new();
        field.set_placeholder_text(Some("Find in the page (Enter: next)"));
        field.set_max_length(LONGEST);
        field.set_no_show_all(true);
        field.set_halign(gtk::Align::End);
        field.set_valign(gtk::Align::Start);
        field.set_size_request(320, 40);
        if let Some(accessible) = field.accessible() {
            accessible.set_name("Find in the page");
        }
        let on = Rc::clone(on);
        field.connect_activate(move |_| on(Press::FindNext));
        Self { field }
    }

    pub(super) fn widget(&self) -> &gtk::SearchEntry {
        &self.field
    }

    pub(super) fn open(&self) {
        self.field.show();
        self.field.grab_focus();
    }

    pub(super) fn close(&self) {
        self.field.hide();
    }

    pub(super) fn words(&self) -> String {
        self.field.text().into()
    }
}

impl Page {
    /// Goes to the next place where these words stand.
    pub(super) fn find(&self, words: &str) {
        let Some(finder) = self.view.find_controller() else { return };
        self.finding.set(true);
        if words.is_empty() {
            finder.search_finish();
        } else if finder.search_text().is_some_and(|before| before == words) {
            finder.search_next();
        } else {
            let how = FindOptions::CASE_INSENSITIVE | FindOptions::WRAP_AROUND;
            finder.search(words, how.bits(), 1000);
        }
    }

    /// Takes away the marks of what was found, and the engine's selection of it.
    pub(super) fn stop_finding(&self) {
        if !self.finding.take() {
            return;
        }
        self.evaluate("getSelection().removeAllRanges();''", |_| {});
        if let Some(finder) = self.view.find_controller() {
            finder.search_finish();
        }
    }

    /// How large the page is shown, in percent.
    pub(super) fn zoom(&self) -> u32 {
        (self.view.zoom_level() * 100.0).round().clamp(1.0, 1000.0) as u32
    }

    /// Shows it one size larger, or smaller, or in its own size again. What was in view in another size counts no more.
    pub(super) fn resize(&self, by: Size) {
        if let Some(percent) = by.after(self.zoom()) {
            self.view.set_zoom_level(f64::from(percent) / 100.0);
            self.coverage.borrow_mut().forget();
        }
    }
}
