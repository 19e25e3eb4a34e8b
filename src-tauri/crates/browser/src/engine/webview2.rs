//! The adapter for WebView2, the engine that Windows brings.
//!
//! What it says in the developer's protocol is read in [`wire`], which is tested on every system; the rest can only be
//! tried on Windows. `PLATFORMS.md` says what was.

mod wire;

#[cfg(windows)]
mod capture;
#[cfg(windows)]
mod eyes;
#[cfg(windows)]
mod kit;
#[cfg(windows)]
mod load;
#[cfg(windows)]
mod page;
#[cfg(windows)]
mod reveal;
#[cfg(windows)]
mod start;
#[cfg(windows)]
mod window;

#[cfg(windows)]
pub(crate) use kit::WebView2;
