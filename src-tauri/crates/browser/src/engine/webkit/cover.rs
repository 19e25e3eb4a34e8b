//! The cover: a widget of ours that stands over the page until somebody asks for it.
//!
//! It is opaque, and lies above the page in our own process: no style, no dialog and no full-screen
//! element of the page can reach over it. What it shows of the page is a handful of grey squares,
//! averaged from a picture that lives only in memory for that moment.

use std::cell::RefCell;
use std::rc::Rc;

use gtk::cairo;
use gtk::prelude::*;

/// The widget, and the grey squares on it.
pub(super) struct Cover {
    layers: gtk::EventBox,
    ground: gtk::DrawingArea,
    squares: Rc<RefCell<Option<cairo::ImageSurface>>>,
    title: gtk::Label,
    words: gtk::Label,
    button: gtk::Button,
}

impl Cover {
    pub(super) fn build(reveal: &(impl Fn() + Clone + 'static)) -> Self {
        let squares: Rc<RefCell<Option<cairo::ImageSurface>>> = Rc::default();
        let ground = gtk::DrawingArea::new();
        ground.connect_draw({
            let squares = Rc::clone(&squares);
            move |area, pen| {
                paint(area, pen, squares.borrow().as_ref());
                gtk::glib::Propagation::Stop
            }
        });
        let (title, words) = (gtk::Label::new(None), gtk::Label::new(None));
        title.style_context().add_class("et-title");
        words.style_context().add_class("et-words");
        words.set_line_wrap(true);
        words.set_max_width_chars(44);
        words.set_justify(gtk::Justification::Center);
        let button = reveal_button(reveal.clone());
        let card = gtk::Box::new(gtk::Orientation::Vertical, 12);
        card.style_context().add_class("et-card");
        card.set_halign(gtk::Align::Center);
        card.set_valign(gtk::Align::Center);
        card.pack_start(&title, false, false, 0);
        card.pack_start(&words, false, false, 0);
        card.pack_start(&button, false, false, 0);
        let stack = gtk::Overlay::new();
        stack.add(&ground);
        stack.add_overlay(&card);
        let layers = gtk::EventBox::new();
        layers.style_context().add_class("et-cover");
        layers.add(&stack);
        let cover = Self { layers, ground, squares, title, words, button };
        cover.say("No page is open", "Open an address in Evidence Trail.", false);
        cover
    }

    pub(super) fn widget(&self) -> &gtk::EventBox {
        &self.layers
    }

    /// Says what is under the cover, and whether it can be revealed.
    pub(super) fn say(&self, title: &str, words: &str, can_reveal: bool) {
        self.title.set_text(title);
        self.words.set_text(words);
        self.button.set_visible(can_reveal);
    }

    pub(super) fn close(&self) {
        self.layers.show();
        if self.button.is_visible() {
            self.button.grab_focus();
        }
    }

    pub(super) fn open(&self) {
        self.layers.hide();
        self.show_squares(None);
    }

    /// Shows these grey squares, or none.
    pub(super) fn show_squares(&self, squares: Option<(u32, u32, &[u8])>) {
        *self.squares.borrow_mut() = squares.and_then(|(across, down, grey)| surface(across, down, grey));
        self.ground.queue_draw();
    }
}

fn reveal_button(reveal: impl Fn() + 'static) -> gtk::Button {
    let row = gtk::Box::new(gtk::Orientation::Horizontal, 10);
    row.set_halign(gtk::Align::Center);
    row.pack_start(&gtk::Label::new(Some("Reveal for 30 seconds")), false, false, 0);
    let key = gtk::Label::new(Some("F4"));
    key.style_context().add_class("et-key");
    key.set_valign(gtk::Align::Center);
    row.pack_start(&key, false, false, 0);
    row.show_all();
    let button = gtk::Button::new();
    button.add(&row);
    button.set_halign(gtk::Align::Center);
    button.set_size_request(-1, 44);
    button.style_context().add_class("et-small");
    button.set_no_show_all(true);
    button.connect_clicked(move |_| reveal());
    button
}

fn surface(across: u32, down: u32, grey: &[u8]) -> Option<cairo::ImageSurface> {
    let (width, height) = (i32::try_from(across).ok()?, i32::try_from(down).ok()?);
    let mut surface = cairo::ImageSurface::create(cairo::Format::Rgb24, width, height).ok()?;
    let stride = usize::try_from(surface.stride()).ok()?;
    let mut data = surface.data().ok()?;
    for (row, grey) in data.chunks_mut(stride).zip(grey.chunks(across as usize)) {
        for (pixel, grey) in row.chunks_exact_mut(4).zip(grey) {
            pixel.fill(*grey);
        }
    }
    drop(data);
    Some(surface)
}

fn paint(area: &gtk::DrawingArea, pen: &cairo::Context, squares: Option<&cairo::ImageSurface>) {
    pen.set_source_rgb(0.875, 0.89, 0.89);
    // What cannot be painted stays the window's plain ground, which is opaque too.
    let _ = pen.paint();
    let Some(squares) = squares else { return };
    let wide = f64::from(area.allocated_width()) / f64::from(squares.width());
    let high = f64::from(area.allocated_height()) / f64::from(squares.height());
    pen.scale(wide, high);
    if pen.set_source_surface(squares, 0.0, 0.0).is_ok() {
        pen.source().set_filter(cairo::Filter::Good);
        pen.source().set_extend(cairo::Extend::Pad);
        let _ = pen.paint_with_alpha(0.75);
    }
}
