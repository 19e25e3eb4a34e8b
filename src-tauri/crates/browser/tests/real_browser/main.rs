//! The evidence browser for real: its own process, a real display, a real loopback site.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a test prints what it measured and looks for one thing"
)]

mod captures;
mod ends;
mod held;
mod hostile;
mod navigation;
mod stage;
