//! The procedure from outside: random sequences of commands, and the refusals that no screen can lead to.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod disposal;
mod refusals;
mod rolls;
mod sequences;
mod walk;
mod world;
