//! What the browser sees and tells as it happens.

use serde::{Deserialize, Serialize};

use super::bounded::{Address, Text};
use super::facts::{Certificate, Fact, Hop, Layout, Response};

/// One thing seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observation {
    /// The browser stands ready.
    Ready(Engine),
    /// A load of the main document began.
    NavigationStarted(Address),
    /// The server's answer began to replace the page before.
    NavigationCommitted(Address),
    /// The engine says that the page is loaded.
    NavigationFinished(Address),
    /// The page did not load.
    NavigationFailed {
        /// Which.
        address: Address,
        /// What the engine says.
        reason: Text,
    },
    /// The page changed its own address without loading.
    AddressChanged(Address),
    /// The page named itself.
    Title(Text),
    /// The server sent the browser on.
    Redirected(Hop),
    /// The main document's answer.
    Responded {
        /// Which document.
        address: Address,
        /// Status and headers.
        response: Response,
    },
    /// The main document's certificate, or why there is none.
    Secured {
        /// Which document.
        address: Address,
        /// The certificate.
        certificate: Fact<Certificate>,
    },
    /// The server's certificate does not hold, so the page was not loaded.
    CertificateRefused {
        /// Which document.
        address: Address,
        /// The certificate that was offered.
        certificate: Certificate,
    },
    /// A connection was made for the page.
    Connected {
        /// Host and port asked for.
        host: Text,
        /// Address and port reached.
        remote: Text,
    },
    /// A connection for the page could not be made.
    NotConnected {
        /// Host and port asked for.
        host: Text,
        /// Why.
        why: Text,
    },
    /// The page wanted something that the evidence browser does not do.
    Refused {
        /// What.
        what: Refused,
        /// Which address or name it concerned; the page's own words for a dialog.
        concerning: Address,
    },
    /// A page of a site that is not among those of the terms was to be opened, and is held.
    AwayHeld(Address),
    /// The page sent, or wanted to send, a form with a field for a password.
    PasswordForm {
        /// Where to; without what was filled in.
        address: Address,
        /// Whether it was let through.
        let_through: bool,
    },
    /// The sign-in box of this `host:port` is shown, because people gave a reason.
    SignInShown(Text),
    /// The page sent, or wanted to send, a form.
    FormPost {
        /// Where to.
        address: Address,
        /// Whether it was let through.
        let_through: bool,
    },
    /// How far loading is, in percent.
    Progress(u8),
    /// How the page stands in the window.
    Layout(Layout),
    /// The page is shown unblurred for this many seconds.
    Revealed {
        /// Seconds.
        seconds: u16,
    },
    /// The page is covered.
    Covered(WhyCovered),
    /// Every row of the page has been in view while revealed.
    ScrolledThrough {
        /// Height of the page in CSS pixels.
        scroll_height: u32,
    },
    /// A reviewer pressed a key in the browser's window that the application answers.
    Asked(Ask),
    /// HALT. The process ends with this.
    Halted(HaltedBy),
    /// A reviewer closed the window. The process ends with this.
    WindowClosed,
    /// The page's process does not answer.
    Unresponsive,
    /// The page's process answers again.
    Responsive,
    /// The page's process ended.
    PageProcessEnded(Text),
    /// The page did more than is told one by one.
    NotTold {
        /// How many observations were left out.
        count: u64,
    },
}

impl Observation {
    /// Bytes of text that a page chose.
    #[cfg(all(feature = "engine", any(target_os = "linux", target_os = "macos", windows)))]
    pub(crate) fn text(&self) -> usize {
        let hop = |hop: &Hop| hop.from.as_str().len() + hop.to.as_str().len();
        let headers = |response: &Response| -> usize {
            response.headers.entries().iter().map(|(name, value)| name.as_str().len() + value.as_str().len()).sum()
        };
        match self {
            Self::NavigationStarted(address)
            | Self::NavigationCommitted(address)
            | Self::NavigationFinished(address)
            | Self::NavigationFailed { address, .. }
            | Self::AddressChanged(address)
            | Self::Secured { address, .. }
            | Self::CertificateRefused { address, .. }
            | Self::AwayHeld(address)
            | Self::PasswordForm { address, .. }
            | Self::FormPost { address, .. }
            | Self::Refused { concerning: address, .. } => address.as_str().len(),
            Self::Title(text) | Self::PageProcessEnded(text) | Self::SignInShown(text) => text.as_str().len(),
            Self::Redirected(one) => hop(one),
            Self::Responded { address, response } => address.as_str().len() + headers(response),
            Self::Connected { host, .. } | Self::NotConnected { host, .. } => host.as_str().len(),
            Self::Ready(_)
            | Self::Progress(_)
            | Self::Layout(_)
            | Self::Revealed { .. }
            | Self::Covered(_)
            | Self::ScrolledThrough { .. }
            | Self::Asked(_)
            | Self::Halted(_)
            | Self::WindowClosed
            | Self::Unresponsive
            | Self::Responsive
            | Self::NotTold { .. } => 0,
        }
    }
}

/// The web engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engine {
    /// Its name.
    pub name: Text,
    /// Its version.
    pub version: Text,
    /// The user agent it sends.
    pub user_agent: Fact<Text>,
    /// Whether the page's process stands in the engine's sandbox; if not, why.
    pub sandbox: Fact<Text>,
    /// The colours of [`crate::known::PAGE`] as it drew them at its start; or why it could not.
    pub known_page: Fact<Text>,
}

/// What a page may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// A window of its own.
    NewWindow,
    /// Sending a file to this computer.
    Download,
    /// Taking a file from this computer.
    Upload,
    /// Camera, microphone, location, notifications, pointer lock and the like.
    Permission,
    /// An address that is neither http nor https.
    Scheme,
    /// An address on this computer or in the local network.
    PrivateAddress,
    /// An address outside the few that are allowed.
    Outside,
    /// A dialog: alert, confirm, prompt.
    Dialog,
    /// A sign-in box of the browser.
    SignIn,
    /// Printing.
    Print,
    /// The whole screen.
    Fullscreen,
    /// A notification.
    Notification,
}

/// Why a page is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyCovered {
    /// Somebody covered it.
    Asked,
    /// Its time was over.
    TimeOver,
    /// Another page came.
    NewPage,
    /// The page's process ended or hangs.
    PageGone,
}

/// What a reviewer asks for by a key in the browser's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// F2: capture this page.
    Capture,
    /// F3: record the address only.
    AddressOnly,
}

/// How HALT was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HaltedBy {
    /// F8.
    Key,
    /// The red button.
    Button,
}
