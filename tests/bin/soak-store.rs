//! The long campaigns against a store: `cargo xtask soak store --minutes N`.

use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use acceptance::soak::{campaign, control, full, image, journeys, make_at_once, power, rollback, tamper, worked};

/// States of the store that older ones are put back into: 21 make 210 pairs.
const MOMENTS: usize = 21;
/// Tried at most by each method.
const MOST: usize = 210;
/// In less time than this there are fewer.
const LONG: Duration = Duration::from_secs(600);
const FEW_MOMENTS: usize = 6;
/// Parts of the time: power cuts, older states put back and edits each, heads in print; the rest is the system calls'.
const POWER: u32 = 3;
const MATRIX: u32 = 8;
const PAPER: u32 = 20;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let value = |option: &str| {
        let at = words.iter().position(|word| word == option)?;
        words.get(at + 1).map(String::as_str)
    };
    let Some(minutes) = value("--minutes").and_then(|given| given.parse::<u64>().ok()) else {
        tell(
            "usage: soak-store --minutes N [--only faults|power|full|rollback|tamper] [--journey NAME] [--at-once N] [--enough FAULTS]",
        );
        return ExitCode::from(2);
    };
    if let Some(wanted) = value("--at-once").and_then(|given| given.parse().ok()) {
        make_at_once(wanted);
    }
    let (only, journey) = (value("--only"), value("--journey"));
    let enough = value("--enough").and_then(|given| given.parse().ok()).unwrap_or(usize::MAX);
    match campaigns(Duration::from_secs(minutes * 60), only, journey, enough) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(wrong) => {
            tell(&format!("The campaign broke off: {wrong}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether everything held, and the control did not.
fn campaigns(time: Duration, only: Option<&str>, journey: Option<&str>, enough: usize) -> Result<bool, String> {
    let chosen = |one: &&journeys::Journey| journey.is_none_or(|name| one.name.starts_with(name));
    let journeys: Vec<journeys::Journey> = journeys::ALL.iter().filter(chosen).copied().collect();
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    let end = Instant::now() + time;
    let share = |parts: u32| if only.is_some() { end } else { Instant::now() + time / parts };
    let hear = |line: &str| drop(writeln!(std::io::stderr(), "{line}"));
    let mut held = true;
    let moments = if time < LONG { FEW_MOMENTS } else { MOMENTS };
    if wanted("rollback") {
        let worked = worked::Worked::through("form", false, moments)?;
        let paper = rollback::by_paper_alone(&worked, share(PAPER), MOST)?;
        tell(&paper.text());
        let figures = rollback::matrix(&worked, share(MATRIX), MOST)?;
        tell(&figures.text());
        held &= figures.missed.is_empty() && paper.missed.is_empty();
    }
    if wanted("tamper") {
        let worked = worked::Worked::through("form", false, moments)?;
        let halted = worked::Worked::through("captured", true, moments)?;
        let figures = tamper::matrix(&worked, &halted, share(MATRIX), MOST)?;
        tell(&figures.text());
        held &= figures.missed.is_empty();
    }
    let why_not = image::why_not();
    if let Some(why) = &why_not {
        tell(&format!("Power cuts and full disks: not tried, because {why}."));
        held = false;
    }
    if wanted("full") && why_not.is_none() {
        let chosen = |(name, _): &&(&str, &[u64])| journey.is_none_or(|journey| name.starts_with(journey));
        let tried: Vec<(&str, &[u64])> = journeys::FULL.iter().filter(chosen).copied().collect();
        let figures = full::disks(&tried)?;
        tell(&figures.text());
        held &= figures.losses.is_empty();
    }
    if wanted("power") && why_not.is_none() {
        let until = share(POWER);
        let careful = power::control(control::CAREFUL, until, 16, 150)?;
        tell(&careful.text("Control, written with care"));
        let careless = power::control(control::CARELESS, until, 64, 150)?;
        tell(&careless.text("Control, written carelessly (must be bad)"));
        let figures = power::cuts(&journeys, until, (64, usize::MAX), hear)?;
        tell(&figures.text("Power cuts"));
        held &= figures.bad == 0 && careful.bad == 0 && careless.bad * 4 > careless.states;
    }
    if wanted("faults") {
        let figures = campaign::faults(&journeys, end, (usize::MAX, enough), hear)?;
        tell(&figures.text());
        held &= figures.losses.is_empty() && figures.hit > 0;
    }
    Ok(held)
}

fn tell(words: &str) {
    let _ = writeln!(std::io::stdout(), "{words}");
}
