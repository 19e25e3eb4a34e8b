//! What the acceptance tests share: a school in a temporary folder, doubles behind the application's ports, the
//! reader of scripts, and the outside judges.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc, reason = "a test fails by panicking")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests read the real clock and folders, and tell what they saw"
)]

pub mod doubles;
pub mod example;
pub mod given;
pub mod handing;
pub mod house;
pub mod memory;
pub mod outside;
pub mod packs;
pub mod perform;
pub mod script;
pub mod sntp;
pub mod soak;
pub mod time;
pub mod window;

#[cfg(feature = "bench")]
pub mod bench;
