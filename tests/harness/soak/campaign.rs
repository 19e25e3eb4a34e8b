//! The campaign of system-call faults: every call of every journey, each fault that fits it, for as long as there is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::check::{self, Scene};
use super::journeys::Journey;
use super::line::{Ack, Secrets};
use super::strace::{CALLS, Fault, Kind, fresh, run};
use super::template::{Template, Templates, ground};

/// One in so many stores is signed in to afterwards; all are opened and checked.
const SIGN_IN_EACH: usize = 8;

/// Beside each call by itself, every so many-th fails: a disk that goes on failing. Each is begun at several calls, so
/// that every call is met.
const EACH: &[u32] = &[3, 4, 5, 7, 11, 13, 17, 23];
/// At how many calls.
const BEGUN_AT: u32 = 4;

/// What a campaign came to.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    /// Faults that happened.
    pub hit: usize,
    /// Journeys disturbed, each in a process and a store of its own.
    pub runs: usize,
    /// Runs in which the call was not made so often.
    pub missed: usize,
    /// Faults by call and kind.
    pub by_kind: BTreeMap<(String, String), usize>,
    /// Acts acknowledged over all runs.
    pub acknowledged: usize,
    /// What did not hold.
    pub losses: Vec<String>,
    /// Seconds it took.
    pub seconds: f64,
    /// Disturbed journeys that there are altogether.
    pub of: usize,
}

impl Figures {
    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let rate = self.hit as f64 / self.seconds.max(0.001);
        let _ = writeln!(
            out,
            "System-call faults: {} happened in {} disturbed journeys (of {}), {} acts acknowledged, {} losses; {:.0} s, \
             {rate:.1} a second",
            self.hit,
            self.runs,
            self.of,
            self.acknowledged,
            self.losses.len(),
            self.seconds
        );
        let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for ((call, kind), times) in &self.by_kind {
            kinds.entry(call).or_default().push(format!("{kind} {times}"));
        }
        for (call, times) in kinds {
            let _ = writeln!(out, "  {call:<10} {}", times.join(", "));
        }
        for loss in &self.losses {
            let _ = writeln!(out, "  LOST: {loss}");
        }
        out
    }
}

/// A run to make.
struct Run<'a> {
    journey: &'a Journey,
    template: &'a Template,
    fault: Fault,
}

/// Runs faults of these journeys until `until`, or all of them; at most `most` runs, and until `enough` faults happened.
///
/// # Errors
/// - If a template cannot be made, or a journey does not go through without a fault.
pub fn faults(
    journeys: &[Journey],
    until: Instant,
    (most, enough): (usize, usize),
    tell: impl Fn(&str) + Sync,
) -> Result<Figures, String> {
    let mut templates = Templates::default();
    for journey in journeys {
        templates.at(journey.from)?;
    }
    let mut runs = Vec::new();
    for journey in journeys {
        let template = templates.there(journey.from).ok_or("a template is missing")?;
        runs.extend(plan(journey, template)?.into_iter().map(|fault| Run { journey, template, fault }));
    }
    spread(&mut runs);
    let of = runs.len();
    runs.truncate(most);
    tell(&format!("{of} ways to disturb them; {} are tried", runs.len()));
    let start = Instant::now();
    let figures = Mutex::new(Figures { of, ..Figures::default() });
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..super::at_once() {
            scope.spawn(|| {
                while Instant::now() < until && figures.lock().unwrap().hit < enough {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    let Some(run) = runs.get(number) else { break };
                    one(run, number, &figures);
                    if number % 50 == 49 {
                        let so_far = figures.lock().unwrap();
                        tell(&format!("{} faults, {} losses", so_far.hit, so_far.losses.len()));
                    }
                }
            });
        }
    });
    let mut figures = figures.into_inner().map_err(|_| "a run panicked".to_owned())?;
    figures.seconds = start.elapsed().as_secs_f64();
    Ok(figures)
}

/// Every fault of a journey, from what it does undisturbed; which must hold as well.
fn plan(journey: &Journey, template: &Template) -> Result<Vec<Fault>, String> {
    let folder = fresh(&ground(), &format!("plan-{}-{}", journey.name, std::process::id()));
    let ran = run(journey, template, &folder, None).map_err(|wrong| format!("{}: {wrong}", journey.name))?;
    let undone = ran.acks.iter().find(|ack| ack.ended.is_some() && !is_left_open(journey, ack));
    if let Some(ack) = undone {
        return Err(format!("{}: {} did not go through: {:?}", journey.name, ack.act, ack.ended));
    }
    if ran.acks.len() != journey.acts.len() {
        return Err(format!("{}: {} of {} acts", journey.name, ran.acks.len(), journey.acts.len()));
    }
    check::all(&scene(template, &folder, &ran.acks, &ran.secrets))
        .map_err(|wrong| format!("{}: {wrong}", journey.name))?;
    tidy(&folder);
    let mut faults = Vec::new();
    for call in CALLS {
        for when in 1..=ran.counted.get(call).copied().unwrap_or(0) {
            let fits = Kind::ALL.into_iter().filter(|kind| kind.fits(call));
            faults.extend(fits.map(|kind| Fault { call, when, every: 0, kind }));
        }
        let times = ran.counted.get(call).copied().unwrap_or(0);
        for every in EACH.iter().copied().filter(|every| times > *every) {
            let mut begins: Vec<u32> = (0..BEGUN_AT).map(|part| 1 + every * part / BEGUN_AT).collect();
            begins.dedup();
            for when in begins {
                let fits = [Kind::Eio, Kind::Enospc].into_iter().filter(|kind| kind.fits(call));
                faults.extend(fits.map(|kind| Fault { call, when, every, kind }));
            }
        }
    }
    Ok(faults)
}

/// A sign-in with a wrong passphrase is a part of one journey.
fn is_left_open(journey: &Journey, ack: &Ack) -> bool {
    journey.name == "people" && ack.act == "sign-in"
}

fn one(run: &Run<'_>, number: usize, figures: &Mutex<Figures>) {
    let folder = fresh(&ground(), &format!("run-{}-{number}", std::process::id()));
    let name = format!("{} {:?}", run.journey.name, run.fault);
    let ran = super::strace::run(run.journey, run.template, &folder, Some(run.fault));
    let looked = match &ran {
        Ok(ran) => {
            let scene = scene(run.template, &folder, &ran.acks, &ran.secrets);
            // Each sign-in costs a key derivation; who may sign in is what these journeys change.
            let always = run.journey.name.starts_with("store-");
            if always || number.is_multiple_of(SIGN_IN_EACH) { check::all(&scene) } else { check::quickly(&scene) }
        }
        Err(wrong) => Err(wrong.clone()),
    };
    let mut figures = figures.lock().unwrap();
    if let Ok(ran) = &ran {
        figures.acknowledged += ran.acks.iter().filter(|ack| ack.ended.is_none()).count();
        if ran.hits > 0 {
            figures.runs += 1;
            figures.hit += ran.hits;
            let kind = (run.fault.call.to_owned(), run.fault.kind.name().to_owned());
            *figures.by_kind.entry(kind).or_default() += ran.hits;
        } else {
            figures.missed += 1;
        }
    }
    match looked {
        Ok(()) => {
            drop(figures);
            tidy(&folder);
        }
        Err(wrong) => figures.losses.push(format!("{name}: {wrong} (kept: {})", folder.display())),
    }
}

fn scene<'a>(template: &'a Template, folder: &'a Path, acks: &'a [Ack], secrets: &'a Secrets) -> Scene<'a> {
    Scene { folder, secrets, template, acks }
}

fn tidy(folder: &Path) {
    let _ = std::fs::remove_dir_all(folder);
    for ending in ["line", "log", "trace"] {
        let _ = std::fs::remove_file(folder.with_extension(ending));
    }
}

/// Mixes the runs, always in the same way, so that a bounded campaign takes its share of everything.
fn spread(runs: &mut [Run<'_>]) {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    for at in (1..runs.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        runs.swap(at, (state >> 33) as usize % (at + 1));
    }
}
