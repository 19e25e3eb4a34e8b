//! What the engine asks and tells. Whoever listens decides.

use super::certificate::Certificate;

/// A document that wants to go somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Where to.
    pub address: String,
    /// Whether it is a frame within the page.
    pub in_frame: bool,
    /// Whether a server sends it there.
    pub redirected: bool,
}

/// A door that a page knocked at, and that stayed shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knock {
    /// A window of its own.
    NewWindow,
    /// Sending a file to this computer.
    Download,
    /// Camera, microphone, location, notifications and the like.
    Permission,
    /// Alert, confirm, prompt.
    Dialog,
    /// The engine's own sign-in box.
    SignIn,
    /// Another program, by the scheme of an address.
    OtherProgram,
    /// The whole view.
    Fullscreen,
}

/// The answer to a request, as the engine read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What was asked for.
    pub address: String,
    /// HTTP status.
    pub status: u16,
    /// Header names and values, in the engine's order.
    pub headers: Vec<(String, String)>,
}

/// How a load ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Whether the engine calls it a success.
    pub loaded: bool,
    /// Whether it was called off, by us or for the next one.
    pub called_off: bool,
    /// Why not, in words.
    pub why: &'static str,
}

/// A process of the engine that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The page's process ended.
    PageEnded,
    /// The process of a frame within the page ended.
    FrameEnded,
    /// The page's process does not answer.
    PageSilent,
    /// The engine itself ended: there is no view any more.
    EngineEnded,
    /// One of those that paint or play, which the engine starts again by itself.
    Other,
}

/// A key that was pressed while the view has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its virtual-key code, as in WinUser.h.
    pub code: u32,
    /// Held with Alt.
    pub alt: bool,
    /// Held with Control.
    pub control: bool,
    /// It was down before: the keyboard repeats it.
    pub repeated: bool,
}

/// Who is asked and told. Everything comes on the window's thread.
pub trait Ears {
    /// Whether a document may go there. If not, the load is called off.
    fn may_go(&self, wish: &Wish) -> bool;

    /// Whether a document may be asked for in this way. If not, nothing is sent and the page stays.
    fn may_ask(&self, method: &str, address: &str) -> bool;

    /// The server's answer begins to replace the page before, or a page of the engine's own about an error does.
    fn content_comes(&self, is_error_page: bool);

    /// The address changed.
    fn address_changed(&self, is_new_document: bool);

    /// A load ended.
    fn load_ended(&self, end: &End);

    /// A request was answered.
    fn answered(&self, answer: &Answered);

    /// The page named itself.
    fn titled(&self, title: &str);

    /// A door stayed shut.
    fn knocked(&self, at: Knock, concerning: &str);

    /// The server's certificate does not hold, and the load was called off.
    fn certificate_refused(&self, address: &str, fault: &'static str, certificate: &Certificate);

    /// A process of the engine failed.
    fn failed(&self, failure: Failure);

    /// Something was told in the developer's protocol, as JSON.
    fn told(&self, event: &'static str, json: &str);
}
