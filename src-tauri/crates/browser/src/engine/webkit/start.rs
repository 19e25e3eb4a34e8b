//! The start of the engine: the known page is drawn and read back, then the empty first page comes, then it is ready.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gtk::glib;
use webkit2gtk::{LoadEvent, WebViewExt};

use super::WebKit;
use super::capture::snapshot;
use super::page::Page;
use crate::engine::known;
use crate::engine::shoot::Region;
use crate::known::{PAGE, colours};
use crate::protocol::bounded::Text;
use crate::protocol::facts::{CaptureRefusal, Fact};
use crate::protocol::observation::Observation;

/// An engine may have loaded a page and not painted it yet: so often it is looked at, at this distance.
const LOOKS: u32 = 12;
const BETWEEN: Duration = Duration::from_millis(25);
/// How long one picture may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How far the start has come.
pub(super) struct Start {
    stage: Cell<Stage>,
    sandbox: Fact<Text>,
    known_page: RefCell<Fact<Text>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The known page is on its way, or being drawn.
    Known,
    /// The empty first page is on its way.
    Empty,
    Ready,
}

impl Start {
    /// Nothing was loaded yet.
    pub(super) fn of(sandbox: Fact<Text>) -> Rc<Self> {
        let known_page = RefCell::new(known::told(Err("its process ended before it was drawn".to_owned())));
        Rc::new(Self { stage: Cell::new(Stage::Known), sandbox, known_page })
    }
}

impl WebKit {
    /// Begins with the known page.
    pub(super) fn begin(&self) {
        self.page.view.load_html(PAGE, None);
    }

    /// Whether the browser stands ready. Tells it when the empty first page has come.
    pub(super) fn is_ready(&self, event: LoadEvent) -> bool {
        match (self.start.stage.get(), event) {
            (Stage::Ready, _) => return true,
            (Stage::Known, LoadEvent::Finished) => self.draw_known_page(),
            (Stage::Empty, LoadEvent::Finished) => {
                self.start.stage.set(Stage::Ready);
                let engine = self.page.engine(self.start.sandbox.clone(), self.start.known_page.borrow().clone());
                self.page.mouth.observe(Observation::Ready(engine));
            }
            (Stage::Known | Stage::Empty, _) => {}
        }
        false
    }

    fn draw_known_page(&self) {
        let (page, start) = (Rc::clone(&self.page), Rc::clone(&self.start));
        glib::MainContext::default().spawn_local(async move {
            let told = known::told(drawn(&page).await);
            start.known_page.replace(told);
            start.stage.set(Stage::Empty);
            page.view.load_uri("about:blank");
        });
    }
}

/// The colours of the known page from its picture.
async fn drawn(page: &Page) -> Result<String, String> {
    let mut seen = Err("it was not looked at".to_owned());
    for _ in 0..LOOKS {
        seen = look(page).await;
        if seen.as_ref().is_ok_and(|seen| *seen == colours()) {
            break;
        }
        glib::timeout_future(BETWEEN).await;
    }
    seen
}

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
    let png = pixels.encode_rows(0, pixels.height)?;
    known::sample(&png, layout.ratio_milli)
}
