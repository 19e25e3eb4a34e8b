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

/// How many trials campaigns make at once where nobody says.
const AT_ONCE: usize = 2;

static WANTED: std::sync::OnceLock<usize> = std::sync::OnceLock::new();

/// From now on campaigns of this process make so many trials at once. The first who says so is heard.
pub fn make_at_once(wanted: usize) {
    let _ = WANTED.set(wanted.clamp(1, 16));
}

fn at_once() -> usize {
    *WANTED.get_or_init(|| AT_ONCE)
}
