//! The procedure from outside: random sequences of commands, and the refusals that no screen can lead to.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the sequences say how often what came")]

mod changes;
mod charts;
mod computers;
mod continuity;
mod criteria;
mod disposal;
mod each_alone;
mod halted;
mod handing;
mod held;
mod imports;
mod kept;
mod laws;
mod leaves;
mod policy;
mod refusals;
mod rolls;
mod runner;
mod sequences;
mod spoiled;
mod stamping;
mod tally;
mod turns;
mod walk;
mod world;
