//! The application: joins domain, store and seal, and speaks to the world through its own [`ports`].
//!
//! One [`App`] holds everything. The shell calls one method for each command; each answers in [`wire`] types.
//! HALT has a way round the App's lock: the [`brake::Brake`] kills the browser and voids what is being captured
//! before anything waits; the [`door::Door`] is that lock.

pub mod brake;
pub mod door;
pub mod phrases;
pub mod ports;
pub mod progress;
pub mod wire;

mod app;
mod casework;
mod desk;
mod drafts;
mod fault;
mod issuing;
mod keeping;
mod listing;
mod policy;
mod reading;
mod reporting;
mod reviewing;
mod set_up;
mod shelf;
mod show;
mod sign_in;
mod sync;
mod typeface;
mod verifying;

pub use app::{App, Folders, SessionLock, Settings};
pub use fault::{Fault, Stop};
pub use sign_in::wipe_stack;
