//! A ledger of 100,000 entries, checked as the app checks it and signature by signature.

use super::Measured;
use super::capture::Store;
use super::spread::timed;
use super::table::Row;

const ENTRIES: usize = 100_000;
const ROUNDS: usize = 2;

pub(super) fn measure() -> Measured {
    let mut store = Store::make()?;
    let ((), written) = {
        let (filled, ms) = timed(|| store.fill(ENTRIES));
        (filled?, ms)
    };
    let (mut together, mut one_by_one, mut entries) = (f64::MAX, f64::MAX, 0);
    for _ in 0..ROUNDS {
        let (verdict, ms) = timed(|| store.vault().verify(|_| {}));
        let verdict = verdict.map_err(|error| error.to_string())?;
        if !verdict.holds() {
            return Err(format!("the ledger does not hold: {:?}", verdict.faults.first()));
        }
        entries = verdict.entries;
        together = together.min(ms);
        let (verdict, ms) = timed(|| store.vault().verify_one_by_one());
        if !verdict.map_err(|error| error.to_string())?.holds() {
            return Err("signature by signature the ledger does not hold".to_owned());
        }
        one_by_one = one_by_one.min(ms);
    }
    let shown = format!("{:.2} s", together / 1e3);
    let ratio = one_by_one / together;
    Ok(vec![
        Row::new("check all of it", shown.clone()).target("<= 3 s on one core", together <= 3000.0).note(&format!(
            "{entries} entries: chain, hashes, signatures, bodies; one thread, best of {ROUNDS}. Written in {:.1} s.",
            written / 1e3
        )),
        Row::new("check all of it", shown)
            .beside(format!("one by one {:.2} s", one_by_one / 1e3), ratio)
            .target(">= 2.5x faster", ratio >= 2.5)
            .note("One by one: the same check, with ed25519-dalek's strict verification of each signature."),
    ])
}
