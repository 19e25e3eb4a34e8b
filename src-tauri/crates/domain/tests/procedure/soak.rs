//! The long campaign over the procedure: random sequences on two threads for as long as it is given, every law held
//! against every command. `cargo xtask soak procedure --minutes N`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a campaign fails as a test does")]
#![allow(clippy::disallowed_methods, reason = "a campaign is not the core: it has a clock and a command line")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is there to tell")]

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

mod kept;
mod laws;
mod rolls;
mod runner;
mod spoiled;
#[allow(dead_code, reason = "the share of it in the tests asks for single counts")]
mod tally;
mod turns;
mod walk;
#[allow(dead_code, reason = "the tests of single refusals act in it by hand")]
mod world;

use runner::Breach;
use tally::Tally;

/// Sequences under one seed. The next ones have the next seed.
const AT_ONCE: u32 = 2_000;
/// Goes through the sequences at once.
const THREADS: usize = 2;
/// Where the seeds begin if none is given.
const SEED: u64 = 1;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let value = |option: &str| {
        let at = words.iter().position(|word| word == option)?;
        words.get(at + 1)?.parse::<u64>().ok()
    };
    let Some(minutes) = value("--minutes") else {
        eprintln!("usage: soak-procedure --minutes N [--seed FIRST]");
        return ExitCode::from(2);
    };
    let first = value("--seed").unwrap_or(SEED);
    let began = Instant::now();
    let (tally, breach, seeds) = campaign(first, began + Duration::from_secs(minutes * 60));
    println!("{tally}");
    println!(
        "seeds {first} to {}, {AT_ONCE} sequences each, {THREADS} threads, {:.0} seconds",
        first + seeds - 1,
        began.elapsed().as_secs_f64()
    );
    match breach {
        None => {
            println!("Every law held in all {} sequences.", tally.sequences());
            ExitCode::SUCCESS
        }
        Some((seed, Breach { law, why, story })) => {
            println!("A law does not hold: {law}: {why}\nseed {seed}; after {story}");
            ExitCode::FAILURE
        }
    }
}

/// Goes through seed after seed until the time is over or a law is broken.
fn campaign(first: u64, end: Instant) -> (Tally, Option<(u64, Breach)>, u64) {
    let schools = world::schools();
    let (next, broken) = (AtomicU64::new(0), AtomicBool::new(false));
    let walk = || {
        let mut tally = Tally::default();
        while Instant::now() < end && !broken.load(Ordering::Relaxed) {
            let seed = first + next.fetch_add(1, Ordering::Relaxed);
            let (more, breach) = runner::run(&schools, seed, AT_ONCE);
            tally.add(more);
            if let Some(breach) = breach {
                broken.store(true, Ordering::Relaxed);
                return (tally, Some((seed, breach)));
            }
        }
        (tally, None)
    };
    let (tally, breach) = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(walk)).collect();
        let mut whole = (Tally::default(), None);
        for thread in threads {
            let (tally, breach) = thread.join().unwrap();
            whole.0.add(tally);
            whole.1 = whole.1.or(breach);
        }
        whole
    });
    (tally, breach, next.into_inner())
}
