//! What is known of the load under way or done: the material of a page's facts.

use crate::clock::now;
use crate::protocol::Micros;
use crate::protocol::bounded::{Address, List, Text};
use crate::protocol::facts::{Certificate, Hop, Response};

/// How far a load is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Stage {
    /// Nothing was opened.
    #[default]
    Nothing,
    /// The server has not answered.
    Asked,
    /// The page is being shown while it loads.
    Coming,
    /// The engine says that it is loaded.
    Done,
    /// It did not load; what the window holds is not the page.
    Failed,
}

/// One load of a main document.
#[derive(Debug, Default)]
pub(crate) struct Load {
    pub(crate) stage: Stage,
    pub(crate) requested: Option<Address>,
    /// The address of the document that is shown, or that comes.
    #[cfg_attr(windows, allow(dead_code, reason = "there the engine is asked for it each time"))]
    pub(crate) shown: String,
    pub(crate) redirects: List<Hop>,
    pub(crate) response: Option<Response>,
    pub(crate) certificate: Option<Certificate>,
    /// The version of HTTP and how it was encrypted, where the engine tells it.
    #[cfg_attr(target_os = "macos", allow(dead_code, reason = "there the engine does not tell it"))]
    pub(crate) protocol: Option<Text>,
    pub(crate) started_at: Option<Micros>,
    pub(crate) finished_at: Option<Micros>,
}

impl Load {
    pub(crate) fn begin(requested: Address) -> Self {
        Self { stage: Stage::Asked, requested: Some(requested), started_at: Some(now()), ..Self::default() }
    }

    /// Whether the window holds a page from outside.
    pub(crate) fn has_page(&self) -> bool {
        matches!(self.stage, Stage::Coming | Stage::Done)
    }
}
