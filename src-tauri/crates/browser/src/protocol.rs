//! The five messages between the application and the evidence browser.
//!
//! Into the browser: [`ToBrowser::Navigate`], [`ToBrowser::Capture`], [`ToBrowser::Stop`].
//! Out of it: [`FromBrowser::Status`] (an observation, or the answer to a capture) and
//! [`FromBrowser::Crash`].
//!
//! Both sides distrust each other's lengths: every text is bounded where it is made *and* where it
//! is read, see [`bounded`] and [`frame`].

pub mod bounded;
pub mod facts;
pub mod frame;
pub mod observation;

use serde::{Deserialize, Serialize};

use bounded::{Address, Text};
use facts::{CaptureRefusal, PageFacts, PictureFacts};
use observation::Observation;

/// The version of this protocol. Either side ends the talk when the other names another one.
pub const VERSION: u32 = 1;

/// Microseconds since 1970 UTC, by the wall clock of the process that wrote it.
pub type Micros = i64;

/// What the application tells the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToBrowser {
    /// Go somewhere, or change what is shown.
    Navigate(Navigate),
    /// Make a picture.
    Capture(CaptureRequest),
    /// End at once. Nothing is answered; the process is gone.
    Stop,
}

/// Where to go, or what to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Navigate {
    /// Open an address, exactly as given.
    Open(Address),
    /// One page back.
    Back,
    /// One page forward.
    Forward,
    /// Load the page again.
    Reload,
    /// Stop loading.
    StopLoading,
    /// Show the page unblurred for this many seconds (1 to 300).
    Reveal {
        /// Seconds until it covers itself again.
        seconds: u16,
    },
    /// Cover the page now.
    Cover,
    /// Scroll the revealed page to its end, one view after the other, so that all of it was shown.
    ScrollThrough,
    /// Scroll the revealed page to this offset.
    ScrollTo {
        /// CSS pixels from the top.
        top: u32,
    },
    /// Bring the browser's window to the front.
    ShowWindow,
    /// Let something through that was held: people have given a reason for it.
    LetThrough(Pass),
}

/// What may pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pass {
    /// Pages of this site, see [`crate::address::site`], as long as the process lives.
    Site(Text),
    /// One form to this address.
    Form(Address),
    /// The sign-in box of this `host:port`, once.
    SignIn(Text),
}

/// A picture asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureRequest {
    /// Comes back in the answer.
    pub id: u64,
    /// Which picture.
    pub what: CaptureKind,
}

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureKind {
    /// What stands in the window now.
    Viewport,
    /// The whole page, which must have been scrolled through while revealed.
    WholePage,
}

/// What the browser tells the application.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "nearly every message is the large one")]
pub enum FromBrowser {
    /// Something was observed, or a capture is answered.
    Status(Status),
    /// The browser cannot go on and is about to end.
    Crash {
        /// Why, in words.
        reason: Text,
    },
}

/// Something observed, with the browser's own time. The reader adds the time of receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// The browser's wall clock when it saw this.
    pub seen_at: Micros,
    /// What it saw.
    pub what: Told,
}

/// What a status tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// An observation.
    Observed(Observation),
    /// Pictures follow this header as binary frames: first `views`, then `stitched`.
    Captured(Box<CapturedHeader>),
    /// No picture was made.
    CaptureRefused {
        /// The request.
        id: u64,
        /// Why not.
        why: CaptureRefusal,
    },
}

/// The header of an answered capture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CapturedHeader {
    /// The request.
    pub id: u64,
    /// Which picture was asked for.
    pub what: CaptureKind,
    /// The views, top to bottom: these are the exhibit.
    pub views: Vec<PictureFacts>,
    /// One picture of the whole page, derived from the same rendering.
    pub stitched: Option<PictureFacts>,
    /// What was known of the page at that moment.
    pub page: PageFacts,
}

#[cfg(test)]
#[path = "protocol/tests.rs"]
mod tests;
