//! The long campaigns against a store: system-call faults, power cuts, a full disk, and older states put back. A
//! share of each stands in the tests; `cargo xtask soak store` runs them for as long as it is told.
//!
//! A **journey** is performed by the real application in a process of its own, which tells after each act what was
//! acknowledged. Whatever then happens to that process or to its disk, a second application must find all of it.

mod acts;
pub mod campaign;
pub mod changes;
pub mod check;
pub mod child;
pub mod control;
pub mod full;
pub mod image;
mod intruder;
pub mod journeys;
pub mod keeping;
pub mod line;
pub mod matrix;
mod migrating;
mod place;
mod points;
pub mod power;
mod record;
pub mod rollback;
pub mod strace;
pub mod tamper;
pub mod template;
pub mod worked;
