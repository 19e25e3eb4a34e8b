//! What is known of a page and of a picture: each item is observed, or says why it is not.

use serde::{Deserialize, Serialize};

use super::Micros;
use super::bounded::{Address, List, Text};

/// A fact, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact<T> {
    /// Observed.
    Observed(T),
    /// Not recorded, because of this.
    NotTold(Text),
}

impl<T> Fact<T> {
    /// The fact, if there is one.
    #[must_use]
    pub fn observed(&self) -> Option<&T> {
        match self {
            Self::Observed(fact) => Some(fact),
            Self::NotTold(_) => None,
        }
    }

    /// What an option tells: its value, or the reason for its absence.
    #[must_use]
    pub fn from_option(fact: Option<T>, because: &str) -> Self {
        fact.map_or_else(|| Self::NotTold(Text::new(because)), Self::Observed)
    }
}

/// One picture: an opaque RGB8 PNG that follows as a binary frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFacts {
    /// Length of the PNG in bytes.
    pub bytes: u32,
    /// Width in picture pixels.
    pub width: u32,
    /// Height in picture pixels.
    pub height: u32,
    /// Horizontal scroll offset in CSS pixels.
    pub scroll_x: u32,
    /// Vertical scroll offset in CSS pixels.
    pub scroll_y: u32,
    /// When the engine handed the picture over.
    pub taken_at: Micros,
}

/// What was known of the page when the picture was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFacts {
    /// The address asked for, exactly as sent.
    pub requested: Fact<Address>,
    /// The address that the shown document came from.
    pub final_address: Address,
    /// The redirects between the two.
    pub redirects: List<Hop>,
    /// The title the page gives itself.
    pub title: Fact<Text>,
    /// HTTP status and headers of the main document.
    pub response: Fact<Response>,
    /// The certificate of the main document's server.
    pub certificate: Fact<Certificate>,
    /// The remote end of the latest connection to the document's host.
    pub remote: Fact<Text>,
    /// Protocol version of the connection.
    pub protocol: Fact<Text>,
    /// The user agent the engine names.
    pub user_agent: Fact<Text>,
    /// How the page stood in the window.
    pub layout: Layout,
    /// Whether parts were still loading.
    pub loading: bool,
    /// How many of its pictures had not come yet, such as those that load only when they are scrolled to.
    pub coming: Fact<u32>,
    /// How many elements stand still in the window while the page is scrolled.
    pub standing: Fact<u32>,
    /// How often the page grew after its end was in view.
    pub grew: u32,
    /// How large it was shown, in percent.
    pub zoom: u32,
    /// When the load began.
    pub started_at: Fact<Micros>,
    /// When the engine said that it was finished.
    pub finished_at: Fact<Micros>,
}

/// One redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// From here.
    pub from: Address,
    /// To here.
    pub to: Address,
    /// With this HTTP status.
    pub status: Fact<u16>,
}

/// Status and headers of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Media type as the engine read it.
    pub media_type: Fact<Text>,
    /// Header names and values, in the order the engine gives them.
    pub headers: List<(Text, Text)>,
}

/// A server's certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Subject, as the TLS library writes it.
    pub subject: Fact<Text>,
    /// Issuer.
    pub issuer: Fact<Text>,
    /// Not valid after, ISO 8601.
    pub expires: Fact<Text>,
    /// The certificates in PEM, the server's first.
    pub chain: List<Text>,
    /// What the TLS library found wrong; empty when it found nothing.
    pub faults: Text,
}

/// How a page stands in the window, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Layout {
    /// Width of the view.
    pub width: u32,
    /// Height of the view.
    pub height: u32,
    /// Height of the whole page.
    pub scroll_height: u32,
    /// Horizontal offset of the view.
    pub scroll_x: u32,
    /// Vertical offset of the view.
    pub scroll_y: u32,
    /// Device pixels in 1,000 CSS pixels.
    pub ratio_milli: u32,
}

/// Why no picture was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureRefusal {
    /// The page is covered: only what is shown can be captured.
    Covered,
    /// Not every part of the page was in view while revealed, or the page has changed since.
    NotScrolledThrough,
    /// There is no page: nothing was opened, or it failed, or its process ended.
    NoPage,
    /// The page has more views than are kept.
    TooTall,
    /// Another capture is still under way.
    Busy,
    /// The page was covered, left or changed while the picture was being made; it was thrown away.
    ChangedMeanwhile,
    /// The engine made none, and says why.
    Engine(Text),
}
