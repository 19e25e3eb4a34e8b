//! What the engine asks and tells. Whoever listens decides.

use std::cell::Cell;

use block2::{DynBlock, RcBlock};
use objc2_web_kit::WKNavigationActionPolicy;

use super::certificate::Certificate;

/// A document that wants to go somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Where to.
    pub address: String,
    /// How it is asked for, such as `GET`.
    pub method: String,
    /// Whether it is a form, sent for the first time or again.
    pub is_form: bool,
    /// Whether it is a frame within the page.
    pub in_frame: bool,
    /// Whether it wants a window of its own.
    pub in_new_window: bool,
    /// Whether a server sends it there.
    pub redirected: bool,
    /// Whether it is to be saved and not shown.
    pub to_save: bool,
}

type Block = RcBlock<dyn Fn(WKNavigationActionPolicy)>;

/// The answer to a wish. Without one it is no.
pub struct Decision {
    block: Cell<Option<Block>>,
}

impl std::fmt::Debug for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Decision")
    }
}

impl Decision {
    pub(super) fn of(block: &DynBlock<dyn Fn(WKNavigationActionPolicy)>) -> Self {
        Self { block: Cell::new(Some(block.copy())) }
    }

    /// Lets the document go there.
    pub fn allow(self) {
        self.answer(WKNavigationActionPolicy::Allow);
    }

    /// Calls it off.
    pub fn refuse(self) {
        self.answer(WKNavigationActionPolicy::Cancel);
    }

    fn answer(&self, policy: WKNavigationActionPolicy) {
        // The engine ends the process where it is answered twice.
        if let Some(block) = self.block.take() {
            block.call((policy,));
        }
    }
}

impl Drop for Decision {
    fn drop(&mut self) {
        self.answer(WKNavigationActionPolicy::Cancel);
    }
}

/// A document's answer, before anything of it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What was asked for.
    pub address: String,
    /// HTTP status, if there is one.
    pub status: Option<u16>,
    /// Media type as the engine reads it, if it does.
    pub media_type: Option<String>,
    /// Header names and values. Not in the server's order: the engine keeps none.
    pub headers: Vec<(String, String)>,
    /// Whether it is that of a frame within the page.
    pub in_frame: bool,
    /// Whether the engine can show it.
    pub can_show: bool,
}

/// Why a load did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether it was called off, by us or for the next one.
    pub called_off: bool,
    /// Why, in the engine's words.
    pub why: String,
    /// Where it wanted to go, if the engine tells.
    pub address: Option<String>,
    /// The certificate that does not hold, if that is why.
    pub certificate: Option<Certificate>,
}

/// One load of the page, to be told apart from others. A load that the engine gives no name is like any other.
#[derive(Debug, Clone, Copy, Default)]
pub struct Load(pub(super) usize);

impl Load {
    /// Whether this may be the same load. Where the engine names one of the two only, it may.
    #[must_use]
    pub fn may_be(self, other: Self) -> bool {
        self.0 == 0 || other.0 == 0 || self.0 == other.0
    }
}

/// A door that a page knocked at, and that stayed shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knock {
    /// A window of its own.
    NewWindow,
    /// Taking a file from this computer.
    Upload,
    /// Camera and microphone.
    Permission,
    /// Alert, confirm, prompt.
    Dialog,
    /// A box for signing in, or a wish for a certificate of this computer.
    SignIn,
    /// Printing.
    Print,
    /// What the view's rules keep out.
    Rules,
}

/// Who is asked and told. Everything comes on the main thread.
pub trait Ears {
    /// Whether a document may go there. It waits for the decision.
    fn may_go(&self, wish: &Wish, decision: Decision);

    /// Whether a document that was answered so may be shown.
    fn may_show(&self, answer: &Answer) -> bool;

    /// A load of the page begins.
    fn begins(&self, load: Load);

    /// A server sends the page on.
    fn sent_on(&self, load: Load);

    /// The page's answer begins to replace the page before.
    fn content_comes(&self, load: Load);

    /// A load of the page came to its end, or did not.
    fn load_ended(&self, load: Load, fault: Option<&Fault>);

    /// A door stayed shut.
    fn knocked(&self, at: Knock, concerning: &str);

    /// The page's process ended.
    fn process_ended(&self);
}
