//! A ledger of 100,000 entries, checked as the app checks it and signature by signature.

use super::Measured;
use super::capture::Store;
use super::spread::{timed, worked};
use super::table::Row;

const ENTRIES: usize = 100_000;
const ROUNDS: usize = 2;

pub(super) fn measure() -> Measured {
    let mut store = Store::make()?;
    let ((), written) = {
        let (filled, ms) = timed(|| store.fill(ENTRIES));
        (filled?, ms)
    };
    let (mut together, mut one_by_one, mut entries, mut wall) = (f64::MAX, f64::MAX, 0, f64::MAX);
    for _ in 0..ROUNDS {
        let (verdict, ms, core) = worked(|| store.vault().verify(|_| {}));
        let verdict = verdict.map_err(|error| error.to_string())?;
        if !verdict.holds() {
            return Err(format!("the ledger does not hold: {:?}", verdict.faults.first()));
        }
        entries = verdict.entries;
        together = together.min(core);
        wall = wall.min(ms);
        let (verdict, _, core) = worked(|| store.vault().verify_one_by_one());
        if !verdict.map_err(|error| error.to_string())?.holds() {
            return Err("signature by signature the ledger does not hold".to_owned());
        }
        one_by_one = one_by_one.min(core);
    }
    let shown = format!("{:.2} s", together / 1e3);
    let ratio = one_by_one / together;
    Ok(vec![
        Row::new("check all of it", shown.clone()).target("<= 3 s on one core", together <= 3000.0).note(&format!(
            "{entries} entries: chain, hashes, signatures, bodies; time on the core of one thread, best of {ROUNDS}; by the clock \
             {:.2} s. Written in {:.1} s.",
            wall / 1e3,
            written / 1e3
        )),
        Row::new("check all of it", shown)
            .beside(format!("one by one {:.2} s", one_by_one / 1e3), ratio)
            .target(">= 2.5x faster", ratio >= 2.5)
            .note("One by one: the same check, with ed25519-dalek's strict verification of each signature."),
    ])
}
