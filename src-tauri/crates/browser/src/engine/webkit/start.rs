//! The start of the engine: the known page is drawn and read back, then the empty first page comes, then it is ready.

use std::cell::RefCell;
use std::rc::Rc;

use gtk::glib;
use webkit2gtk::{LoadEvent, WebViewExt};

use super::WebKit;
use super::capture::snapshot;
use super::page::Page;
use crate::engine::known::{self, PATIENCE};
use crate::engine::shoot::Region;
use crate::known::PAGE;
use crate::protocol::bounded::Text;
use crate::protocol::facts::{CaptureRefusal, Fact};
use crate::protocol::observation::Observation;

/// How far the start has come.
pub(super) struct Start {
    stage: RefCell<Stage>,
    sandbox: Fact<Text>,
}

enum Stage {
    /// The known page is on its way, or being drawn.
    Known,
    /// The empty first page is on its way. This came of the known one.
    Empty(Fact<Text>),
    Ready,
}

impl Start {
    /// Nothing was loaded yet.
    pub(super) fn of(sandbox: Fact<Text>) -> Rc<Self> {
        Rc::new(Self { stage: RefCell::new(Stage::Known), sandbox })
    }
}

impl WebKit {
    /// Begins with the known page.
    pub(super) fn begin(&self) {
        self.page.view.load_html(PAGE, None);
    }

    /// Whether the browser stands ready. Tells it when the empty first page has come.
    pub(super) fn is_ready(&self, event: LoadEvent) -> bool {
        let known_page = match (&*self.start.stage.borrow(), event) {
            (Stage::Ready, _) => return true,
            (Stage::Known, LoadEvent::Finished) => {
                self.draw_known_page();
                return false;
            }
            (Stage::Empty(known_page), LoadEvent::Finished) => known_page.clone(),
            (Stage::Known | Stage::Empty(_), _) => return false,
        };
        self.start.stage.replace(Stage::Ready);
        let engine = self.page.engine(self.start.sandbox.clone(), known_page);
        self.page.mouth.observe(Observation::Ready(engine));
        false
    }

    fn draw_known_page(&self) {
        let (page, start) = (Rc::clone(&self.page), Rc::clone(&self.start));
        glib::MainContext::default().spawn_local(async move {
            let known_page = known::read_back(async || look(&page).await, glib::timeout_future).await;
            start.stage.replace(Stage::Empty(known_page));
            page.view.load_uri("about:blank");
        });
    }
}

/// The colours of the known page from its picture.
async fn look(page: &Page) -> Result<String, String> {
    let layout = page.stands().await.ok_or("it does not answer")?;
    let (pixels, _) = snapshot(page, Region::Visible, PATIENCE).await.map_err(|why| match why {
        CaptureRefusal::Engine(why) => why.as_str().to_owned(),
        other @ (CaptureRefusal::Covered
        | CaptureRefusal::NotScrolledThrough
        | CaptureRefusal::NoPage
        | CaptureRefusal::TooTall
        | CaptureRefusal::Busy
        | CaptureRefusal::ChangedMeanwhile) => format!("no picture was made of it ({other:?})"),
    })?;
    known::colours_of(&pixels, layout.ratio_milli)
}
