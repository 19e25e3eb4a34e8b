//! The web engine that macOS brings, in safe words: a view whose doors are shut, the questions that it asks, its
//! pictures, and our own scripts in a world of their own.
//!
//! `WKWebView` lives on the main thread. Nothing here is `Send`, and every question comes on that thread.
//!
//! A few switches are not in the engine's published interface (their names begin with an underscore). Each is asked for
//! before it is used; where one is missing, whoever asked is told.
#![allow(
    unsafe_code,
    reason = "every call goes to an object that is counted and alive, on the main thread (the objects are not Send), with \
              arguments of the types that the system declares, and the blocks that are handed over are kept by those who \
              call them"
)]

mod certificate;
mod doors;
mod ears;
mod hear;
mod network;
mod ours;
mod read;
mod shut;
mod snapshot;
mod view;

pub use certificate::Certificate;
pub use ears::{Answer, Decision, Ears, Fault, Knock, Load, Wish};
pub use hear::{Hearing, listen};
pub use network::{Proxy, Rules};
pub use ours::Ours;
pub use snapshot::Painted;
pub use view::{Setup, View, version};
