//! What only the interface of macOS can do, in safe words. On every other system this crate is empty.
//!
//! Beside `trail-windows` it is the only crate of the workspace in which `unsafe` may stand. A module that calls what
//! is `unsafe` says once why its calls hold. No rule of ours lives here: who may be asked for what is decided by those
//! who use it. It was type-checked, and has never been linked or run.

#[cfg(all(target_os = "macos", feature = "wkwebview"))]
pub mod window;
#[cfg(all(target_os = "macos", feature = "wkwebview"))]
pub mod wkwebview;
