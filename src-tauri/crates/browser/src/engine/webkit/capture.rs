//! Pictures of the page: of what stands in the window, or of all that was scrolled through.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use gtk::glib;
use webkit2gtk::{SnapshotOptions, SnapshotRegion, WebViewExt};

use super::WebKit;
use super::page::{Page, within};
use crate::clock::now;
use crate::engine::coverage::Coverage;
use crate::engine::layout::scroll_script;
use crate::engine::load::Stage;
use crate::engine::picture::Pixels;
use crate::engine::shoot::{PAINT, Region, Sitter, answer, may_begin};
use crate::mouth::Mouth;
use crate::protocol::bounded::{Address, Text};
use crate::protocol::facts::{CaptureRefusal, Fact, Layout, PageFacts};
use crate::protocol::{CaptureRequest, Micros};

const PATIENCE: Duration = Duration::from_secs(20);

impl WebKit {
    pub(super) fn take(&self, request: CaptureRequest) {
        if !may_begin(&*self.page, self.is_revealed(), &request) {
            return;
        }
        let page = Rc::clone(&self.page);
        let revealed = Rc::clone(&self.window);
        let still_revealed = move || !gtk::prelude::WidgetExt::is_visible(revealed.cover.widget());
        glib::MainContext::default().spawn_local(async move {
            // What is marked as found would stand in the picture.
            page.stop_finding();
            answer(&*page, request, &still_revealed).await;
        });
    }
}

impl Sitter for Page {
    /// The engine's surfaces end here.
    const TALLEST_SURFACE: u64 = 32_767;

    fn has_page(&self) -> bool {
        self.load.borrow().has_page()
    }

    async fn stands(&self) -> Option<Layout> {
        Self::stands(self).await
    }

    async fn state(&self) -> Option<(u32, u32)> {
        Self::state(self).await
    }

    async fn paint(&self, region: Region, _: &Layout) -> Result<(Pixels, Micros), CaptureRefusal> {
        snapshot(self, region, PATIENCE).await
    }

    async fn scroll_to(&self, top: u32) {
        self.evaluate(&scroll_script(top), |_| {});
        glib::timeout_future(PAINT).await;
    }

    fn coverage(&self) -> &RefCell<Coverage> {
        &self.coverage
    }

    fn layout(&self) -> &Cell<Layout> {
        &self.layout
    }

    fn generation(&self) -> u64 {
        self.generation.get()
    }

    fn is_held(&self) -> bool {
        self.held.borrow().is_some()
    }

    fn mouth(&self) -> &Mouth {
        &self.mouth
    }

    fn capturing(&self) -> &Arc<AtomicBool> {
        &self.capturing
    }

    fn facts(&self, state: Option<(u32, u32)>) -> PageFacts {
        page_facts(self, state)
    }
}

pub(super) async fn snapshot(
    page: &Page,
    region: Region,
    at_most: Duration,
) -> Result<(Pixels, Micros), CaptureRefusal> {
    let region = match region {
        Region::Visible => SnapshotRegion::Visible,
        Region::Whole => SnapshotRegion::FullDocument,
    };
    let surface = within(at_most, |then| {
        page.view.snapshot(region, SnapshotOptions::NONE, gio::Cancellable::NONE, then);
    });
    let surface = match surface.await {
        Some(Ok(surface)) => surface,
        Some(Err(error)) => return Err(CaptureRefusal::Engine(Text::new(error.message()))),
        None => {
            let why = format!("the page did not answer within {} seconds", at_most.as_secs());
            return Err(CaptureRefusal::Engine(Text::new(&why)));
        }
    };
    let taken_at = now();
    let pixels = Pixels::from_surface(surface).map_err(|why| CaptureRefusal::Engine(Text::new(&why)))?;
    Ok((pixels, taken_at))
}

fn page_facts(page: &Page, state: Option<(u32, u32)>) -> PageFacts {
    let load = page.load.borrow();
    let address = page.address();
    let title = page.view.title().filter(|title| !title.is_empty());
    let encrypted = load.certificate.is_some();
    PageFacts {
        requested: Fact::from_option(load.requested.clone(), "the page was not opened by an address"),
        final_address: Address::observed(&address),
        redirects: load.redirects.clone(),
        title: Fact::from_option(title.map(|title| Text::new(&title)), "the page names no title"),
        response: Fact::from_option(load.response.clone(), "the engine told none for this page"),
        certificate: Fact::from_option(load.certificate.clone(), "the connection was not encrypted"),
        remote: Fact::from_option(
            page.gateway.reached(&address).map(|to| Text::new(&to.to_string())),
            "no connection was made for this page",
        ),
        protocol: Fact::from_option(
            load.protocol.clone(),
            if encrypted {
                "the engine does not tell the TLS version"
            } else {
                "the engine does not tell the HTTP version"
            },
        ),
        user_agent: page.user_agent(),
        layout: page.layout.get(),
        coming: Fact::from_option(state.map(|(coming, _)| coming), "the page did not answer"),
        standing: Fact::from_option(state.map(|(_, standing)| standing), "the page did not answer"),
        grew: page.coverage.borrow().grew(),
        zoom: page.zoom(),
        loading: load.stage != Stage::Done || page.view.is_loading(),
        started_at: Fact::from_option(load.started_at, "the load began unseen"),
        finished_at: Fact::from_option(load.finished_at, "the page had not finished loading"),
    }
}
