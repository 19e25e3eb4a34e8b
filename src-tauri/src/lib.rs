//! The shell: a thin layer between the window and the application. The only crate that names tauri.
//!
//! **A command is one call.** Rules live in `trail-domain`, joins in `trail-app`; [`parts`] brings the real clock,
//! keychain, computer and evidence browser behind the application's ports.

pub mod parts;
pub mod police;
pub mod start;

mod commands;
mod exhibit_scheme;

mod framed;
mod freed;
mod renewal;
mod screen;

pub use screen::run;
