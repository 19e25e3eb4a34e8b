//! The long campaign against forms and packages: mutants that must be refused, clean ones that must not be, and every
//! byte of one package flipped once. Prints what it did; status 1 where anything did not hold.
#![allow(clippy::unwrap_used, reason = "a campaign fails by panicking")]
#![allow(clippy::print_stdout, reason = "a campaign says what it did")]
#![allow(dead_code, reason = "the support modules serve several tests")]

#[path = "../tests/support/document.rs"]
mod document;
mod mutate;
#[path = "../tests/support/parcel.rs"]
mod parcel;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use document::School;
use mutate::{BYTES, Dice, STRUCTURED};
use parcel::parcel;
use trail_seal::package::{InMemory, verify_package};
use trail_seal::verify::{Expectation, verify};

/// How many clean packages of random cases are looked at.
const CLEAN: usize = 1000;

/// What is mutated.
struct Ground {
    forms: Vec<Vec<u8>>,
    packages: Vec<InMemory>,
    other: InMemory,
}

/// Who says whether a form and a package hold.
#[derive(Clone, Copy)]
struct Judges<'a> {
    form: &'a (dyn Fn(&[u8]) -> bool + Sync),
    package: &'a (dyn Fn(&InMemory) -> bool + Sync),
}

/// The verifier itself.
const VERIFIER: Judges<'_> = Judges {
    form: &|form| verify(form, &Expectation::default()).all_holds(),
    package: &|package| verify_package(package, &Expectation::default()).all_holds(),
};

/// What a campaign did: how many mutants of each kind, and those that were not refused.
#[derive(Default)]
struct Count {
    kinds: BTreeMap<String, u64>,
    passed: Vec<String>,
}

fn main() -> ExitCode {
    let (minutes, seed) = arguments();
    println!("Seed {seed}, {minutes} minutes.");
    let ground = ground();
    let false_alarms = clean(seed, CLEAN);
    println!("Clean packages of random cases: {CLEAN}, false alarms: {false_alarms}");
    let (flips, held) = every_byte(&ground.packages[0], VERIFIER);
    println!("Every byte of one package flipped once: {flips}, not refused: {held}");
    let count = campaign(&ground, VERIFIER, seed, Duration::from_secs(minutes * 60));
    let total: u64 = count.kinds.values().sum();
    for (kind, times) in &count.kinds {
        println!("  {kind:<28} {times:>9}");
    }
    println!("Mutants: {total}, {:.0} a minute; not refused: {}", total as f64 / minutes as f64, count.passed.len());
    for passed in count.passed.iter().take(20) {
        println!("  NOT REFUSED: {passed}");
    }
    if false_alarms == 0 && held == 0 && count.passed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn arguments() -> (u64, u64) {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = given.iter().position(|word| word == name)?;
        given.get(at + 1)?.parse().ok()
    };
    (value("--minutes").unwrap_or(10), value("--seed").unwrap_or(1))
}

fn ground() -> Ground {
    let (school, stranger) = (School::open(false), School::open(false));
    let sizes = [0, 40, 700, 5000];
    let packages = sizes.iter().map(|size| parcel(&school, 3, 1 + size).sealed(&school, 0)).collect();
    let forms = (1..=3).map(|count| school.signed(count)).collect();
    Ground { forms, packages, other: parcel(&stranger, 3, 700).sealed(&stranger, 0) }
}

/// Packages of random cases: how many of them do not hold.
fn clean(seed: u64, times: usize) -> usize {
    let schools = [School::open(false), School::open(true)];
    let mut dice = Dice::of(seed);
    let names = ["Zoë Łukasiewicz", "محمد", "DC \"Quote\" \\ Slash", "李雷", "A", "e\u{301} — \u{1F9FE}"];
    let mut alarms = 0;
    for _ in 0..times {
        let school = &schools[dice.below(2)];
        let size = 1 + dice.below(3000);
        let mut made = parcel(school, dice.below(4), size);
        made.statement.to = names[dice.below(names.len())].to_owned();
        made.statement.organisation = names[dice.below(names.len())].repeat(1 + dice.below(20));
        made.statement.number = 1 + u32::try_from(dice.below(1000)).unwrap();
        let package = made.sealed(school, dice.below(3));
        let verdict = verify_package(&package, &school.card());
        alarms += usize::from(!verdict.all_holds());
    }
    alarms
}

fn every_byte(package: &InMemory, judges: Judges<'_>) -> (u64, u64) {
    let (mut flips, mut held) = (0, 0);
    for (name, bytes) in &package.0 {
        let mut changed = package.clone();
        for (at, byte) in bytes.iter().enumerate() {
            changed.0.get_mut(name).unwrap()[at] = byte ^ (1 << (at % 8));
            held += u64::from((judges.package)(&changed));
            changed.0.get_mut(name).unwrap()[at] = *byte;
            flips += 1;
        }
    }
    (flips, held)
}

/// On every hand that the computer has, until the time is over.
fn campaign(ground: &Ground, judges: Judges<'_>, seed: u64, time: Duration) -> Count {
    let until = Instant::now() + time;
    let hands = std::thread::available_parallelism().map_or(1, usize::from);
    let counts: Vec<Count> = std::thread::scope(|scope| {
        let work = (0..hands).map(|hand| {
            scope.spawn(move || {
                let mut dice = Dice::of(seed + 1000 * (hand as u64 + 1));
                let mut count = Count::default();
                while Instant::now() < until {
                    one(ground, judges, &mut dice, &mut count);
                }
                count
            })
        });
        let hands: Vec<_> = work.collect();
        hands.into_iter().map(|hand| hand.join().unwrap()).collect()
    });
    counts.into_iter().fold(Count::default(), |mut all, count| {
        for (kind, times) in count.kinds {
            *all.kinds.entry(kind).or_default() += times;
        }
        all.passed.extend(count.passed);
        all
    })
}

fn one(ground: &Ground, judges: Judges<'_>, dice: &mut Dice, count: &mut Count) {
    if dice.below(2) == 0 {
        let whole = &ground.forms[dice.below(ground.forms.len())];
        let mut changed = whole.clone();
        let kind = mutate::bytes(dice, &mut changed);
        if changed == *whole {
            return;
        }
        // A form that was cut back to an earlier signature is no whole form; none of these may hold.
        let held = (judges.form)(&changed);
        note(count, &format!("form: {}", BYTES[kind]), held);
        return;
    }
    let whole = &ground.packages[dice.below(ground.packages.len())];
    let mut changed = whole.clone();
    let kind = if dice.below(3) == 0 {
        STRUCTURED[mutate::package(dice, &mut changed, &ground.other)]
    } else {
        let names: Vec<&String> = whole.0.keys().collect();
        let name = names[dice.below(names.len())];
        BYTES[mutate::bytes(dice, changed.0.get_mut(name).unwrap())]
    };
    if changed != *whole {
        let held = (judges.package)(&changed);
        note(count, &format!("package: {kind}"), held);
    }
}

fn note(count: &mut Count, kind: &str, held: bool) {
    let times = count.kinds.entry(kind.to_owned()).or_default();
    *times += 1;
    if held {
        count.passed.push(format!("{kind}, mutant {times}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_campaign_refuses_every_mutant_and_no_clean_package() {
        assert_eq!(clean(7, 12), 0);
        let count = campaign(&ground(), VERIFIER, 7, Duration::from_secs(3));
        let total: u64 = count.kinds.values().sum();
        assert!(total > 40, "{total}");
        assert!(count.passed.is_empty(), "{:?}", count.passed);
    }

    #[test]
    fn a_verifier_that_takes_everything_would_be_seen() {
        let ground = ground();
        let passes = |judges| {
            let count = campaign(&ground, judges, 7, Duration::from_secs(2));
            let of = |kind: &str| count.passed.iter().filter(|passed| passed.starts_with(kind)).count() as u64;
            let made = |kind: &str| -> u64 {
                count.kinds.iter().filter(|(name, _)| name.starts_with(kind)).map(|(_, times)| times).sum()
            };
            [("form", of("form"), made("form")), ("package", of("package"), made("package"))]
        };
        for (kind, passed, made) in passes(Judges { form: &|_| true, package: &|_| true }) {
            assert!(made > 0 && passed == made, "{kind}: {passed} of {made}");
        }
        let [form, package] = passes(Judges { form: &|_| true, ..VERIFIER });
        assert!(form.1 > 0 && package.1 == 0, "forms alone: {form:?}, {package:?}");
        let (flips, held) = every_byte(&ground.packages[0], Judges { package: &|_| true, ..VERIFIER });
        assert!(flips > 0 && held == flips, "{held} of {flips}");
    }
}
