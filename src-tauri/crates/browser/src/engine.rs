//! The web engine behind one trait: one small adapter for each platform. See `PLATFORMS.md`.

mod coverage;
mod drawn;
mod form;
mod known;
mod layout;
mod load;
mod picture;
mod press;
mod revealed;
mod shoot;
#[cfg(any(windows, target_os = "macos", test))]
mod shown;
#[cfg(any(windows, target_os = "macos"))]
mod tasks;
mod views;

#[cfg(target_os = "linux")]
pub(crate) mod webkit;
#[cfg(any(windows, test))]
pub(crate) mod webview2;
#[cfg(any(target_os = "macos", test))]
pub(crate) mod wkwebview;

use futures_channel::mpsc::UnboundedReceiver;

use crate::address::Terms;
use crate::mouth::Mouth;
use crate::protocol::{CaptureRequest, Navigate, ToBrowser};

/// What an adapter does with its platform's web engine.
///
/// Whatever it cannot tell it leaves as *not told, because*; it never guesses.
pub(crate) trait Engine {
    /// Opens the window, obeys what comes, and returns only when it cannot go on: with the reason.
    fn run(terms: Terms, mouth: &Mouth, orders: UnboundedReceiver<ToBrowser>) -> String;

    /// Goes somewhere, or changes what is shown.
    fn navigate(&self, order: &Navigate);

    /// Makes a picture and answers it through the mouth.
    fn capture(&self, request: CaptureRequest);
}
