//! The adapter for WKWebView, the engine that macOS brings.
//!
//! What is decided by words and numbers alone (the rules of the view, the keys, what an answer tells) stands in
//! [`rules`], [`keys`] and [`told`], which are tested on every system; the rest can only be tried on a Mac.
//! `PLATFORMS.md` says what was.

mod keys;
mod rules;
mod told;

#[cfg(target_os = "macos")]
mod bound;
#[cfg(target_os = "macos")]
mod capture;
#[cfg(target_os = "macos")]
mod eyes;
#[cfg(target_os = "macos")]
mod kit;
#[cfg(target_os = "macos")]
mod load;
#[cfg(target_os = "macos")]
mod page;
#[cfg(target_os = "macos")]
mod reveal;
#[cfg(target_os = "macos")]
mod start;
#[cfg(target_os = "macos")]
mod window;

#[cfg(target_os = "macos")]
pub(crate) use kit::WkWebView;
