//! What only Windows' own interface can do, in safe words. On every other system this crate is empty.
//!
//! Beside `trail-macos` it is the only crate of the workspace in which `unsafe` may stand: every function of that
//! interface is `unsafe` to call. A module that calls it says once why its calls hold. No rule of ours lives here: who
//! may be asked for what is decided by those who use it.

#[cfg(windows)]
pub mod console;
#[cfg(windows)]
pub mod drive;
#[cfg(windows)]
pub mod job;
#[cfg(all(windows, feature = "webview2"))]
pub mod webview2;
