//! The campaign of power cuts: a journey's writes are recorded below the file system, and every state in which a cut
//! can leave that disk is mounted and looked at.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::changes::{self, Change, State};
use super::check::{self, Scene};
use super::control::{self, Settings};
use super::image::{self, Mounted, Recorder};
use super::journeys::Journey;
use super::line::{Ack, Secrets};
use super::strace::start;
use super::template::{Template, Templates, ground};

/// How the name of a head in the keychain ends.
const ANCHOR: &str = "/head";
/// One in so many states is signed in to; all are opened and checked.
const SIGN_IN_EACH: usize = 16;

/// What was recorded of a journey.
pub struct Recorded {
    name: String,
    base: Vec<u8>,
    changes: Vec<Change>,
    /// What was acknowledged, what the keychain held then, and before which change.
    acks: Vec<(usize, Ack, Secrets)>,
    secrets: Secrets,
    states: Vec<State>,
}

/// What came of it.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    /// States looked at.
    pub states: usize,
    /// States that did not hold.
    pub bad: usize,
    /// Acknowledged acts that were looked for, over all states.
    pub looked_for: usize,
    /// The first that did not hold.
    pub losses: Vec<String>,
    /// Seconds it took.
    pub seconds: f64,
    /// States that there are.
    pub of: usize,
}

impl Figures {
    /// As text.
    #[must_use]
    pub fn text(&self, what: &str) -> String {
        let rate = self.states as f64 / self.seconds.max(0.001);
        let mut out = format!(
            "{what}: {} states (of {}), {} bad, {} acknowledged acts looked for; {:.0} s, {rate:.1} a second\n",
            self.states, self.of, self.bad, self.looked_for, self.seconds
        );
        for loss in &self.losses {
            let _ = writeln!(out, "  BAD: {loss}");
        }
        out
    }

    fn add(&mut self, other: &Self) {
        self.states += other.states;
        self.bad += other.bad;
        self.looked_for += other.looked_for;
        self.losses.extend(other.losses.iter().cloned());
        self.seconds += other.seconds;
        self.of += other.of;
    }
}

/// Tries these journeys' states until `until`; of each interval between barriers at most `most`, and of all journeys
/// together about `in_all`.
///
/// # Errors
/// - If a journey cannot be recorded.
pub fn cuts(
    journeys: &[Journey],
    until: Instant,
    (most, in_all): (usize, usize),
    tell: impl Fn(&str) + Sync,
) -> Result<Figures, String> {
    let mut templates = Templates::default();
    let mut figures = Figures::default();
    for (number, journey) in journeys.iter().enumerate() {
        let left = (journeys.len() - number) as u32;
        let now = Instant::now();
        if now >= until {
            break;
        }
        let share = now + (until - now) / left;
        let template = templates.at(journey.from)?;
        let recorded = record((journey.name, &template.case), Some(template), most)?;
        let wanted = in_all.saturating_sub(figures.states).div_ceil(left as usize);
        let got = recorded.try_states(share, wanted, |folder, number, acks, secrets| {
            let scene = Scene { folder, secrets, template, acks };
            if number.is_multiple_of(SIGN_IN_EACH) { check::all(&scene) } else { check::quickly(&scene) }
        });
        tell(got.text(journey.name).trim_end());
        figures.add(&got);
    }
    Ok(figures)
}

/// Tries a control's states: the careful one must hold in all, the careless one must not.
///
/// # Errors
/// - If it cannot be recorded.
pub fn control(settings: Settings, until: Instant, most: usize, in_all: usize) -> Result<Figures, String> {
    let recorded = record((settings.name, ""), None, most)?;
    Ok(recorded.try_states(until, in_all, |folder, _, acks, _| control::holds(folder, acks)))
}

/// Performs a journey on a disk that is recorded.
fn record(named: (&str, &str), template: Option<&Template>, most: usize) -> Result<Recorded, String> {
    let aside = ground().join(format!("power-{}-{}", named.0, std::process::id()));
    let base = aside.with_extension("base");
    image::make(&base)?;
    let mounted = Mounted::new(&base, &aside.with_extension("mount"))?;
    // A cut before the first acknowledgement may also come before the sign-in, with what the keychain held then.
    let mut secrets = Secrets::default();
    let mut before = Secrets::default();
    let folder = mounted.path().join("school");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    if let Some(template) = template {
        template.copy_to(&folder)?;
        secrets = template.secrets.clone();
        before.clone_from(&secrets);
    }
    mounted.off()?;

    let recorder = Recorder::begin(&base, &aside)?;
    let mounted = Mounted::new(recorder.disk(), &aside.with_extension("mount"))?;
    let (mut child, mut caller) = start(named, &mounted.path().join("school"), &aside, &mut secrets)?;
    let begun = secrets.clone();
    let mut told = Vec::new();
    let (acks, ended) = caller.follow(&mut secrets, |ack| {
        let marked = recorder.mark(told.len() as u32);
        told.push((ack.clone(), marked));
    });
    let status = child.wait().map_err(|error| error.to_string())?;
    mounted.off()?;
    let changes = changes::parse(&recorder.end()?)?;
    if !ended || !status.success() {
        return Err(format!("{}: the journey did not come to its end", named.0));
    }
    let mut placed = Vec::new();
    for (number, ack) in (0..).zip(acks) {
        let wanted = Change::Write { offset: image::marks_at(), data: image::mark(number).to_vec() };
        let at = changes.iter().position(|change| *change == wanted).ok_or("a mark was not recorded")?;
        placed.push((at, ack, begun.clone()));
    }
    // The secret of a restored store is kept before the store takes its place, and only then.
    for (name, secret) in secrets.iter().filter(|(name, _)| !name.ends_with(ANCHOR)) {
        let kept = placed.iter_mut().map(|(_, _, kept)| kept).chain([&mut before]);
        for kept in kept {
            kept.entry(name.clone()).or_insert_with(|| secret.clone());
        }
    }
    let states = changes::states(&changes, most);
    let base = std::fs::read(&base).map_err(|error| error.to_string())?;
    for ending in ["base", "disk", "changes", "line", "log"] {
        let _ = std::fs::remove_file(aside.with_extension(ending));
    }
    Ok(Recorded { name: named.0.to_owned(), base, changes, acks: placed, secrets: before, states })
}

impl Recorded {
    /// Mounts its states, mixed, until `until` or `most`, and has each looked at: its folder, its number, what had
    /// been acknowledged, and what the keychain held.
    fn try_states(
        &self,
        until: Instant,
        most: usize,
        look: impl Fn(&Path, usize, &[Ack], &Secrets) -> Result<(), String> + Sync,
    ) -> Figures {
        let start = Instant::now();
        let figures = Mutex::new(Figures { of: self.states.len(), ..Figures::default() });
        let next = AtomicUsize::new(0);
        // A step that has no factor in common with the number of states visits each once.
        let step = [7919, 6101, 4483, 3037, 1].into_iter().find(|step| !self.states.len().is_multiple_of(*step));
        std::thread::scope(|scope| {
            for worker in 0..super::at_once() {
                let (figures, next, look) = (&figures, &next, &look);
                scope.spawn(move || {
                    let aside = ground().join(format!("state-{}-{}-{worker}", self.name, std::process::id()));
                    while Instant::now() < until {
                        let number = next.fetch_add(1, Ordering::SeqCst);
                        if number >= self.states.len().min(most) {
                            break;
                        }
                        let at = number * step.unwrap_or(1) % self.states.len();
                        let (looked_for, ended) = self.one(&self.states[at], number, &aside, look);
                        let mut figures = figures.lock().unwrap();
                        figures.states += 1;
                        figures.looked_for += looked_for;
                        if let Err(wrong) = ended {
                            figures.bad += 1;
                            if figures.losses.len() < 5 {
                                figures.losses.push(format!("{} state {at}: {wrong}", self.name));
                            }
                        }
                    }
                    let _ = std::fs::remove_file(aside.with_extension("img"));
                });
            }
        });
        let mut figures = figures.into_inner().unwrap_or_default();
        figures.seconds = start.elapsed().as_secs_f64();
        figures
    }

    fn one(
        &self,
        state: &State,
        number: usize,
        aside: &Path,
        look: &impl Fn(&Path, usize, &[Ack], &Secrets) -> Result<(), String>,
    ) -> (usize, Result<(), String>) {
        // Whatever was acknowledged before the next barrier had its own barrier before.
        let cut = state.from + state.some.len();
        let told: Vec<&(usize, Ack, Secrets)> = self.acks.iter().filter(|(at, ..)| *at < cut).collect();
        let acks: Vec<Ack> = told.iter().map(|(_, ack, _)| ack.clone()).collect();
        let secrets = told.last().map_or(&self.secrets, |(_, _, secrets)| secrets);
        let disk = aside.with_extension("img");
        let written = image::write(&disk, &changes::disk(&self.base, &self.changes, state));
        let looked = written.map_err(|error| error.to_string()).and_then(|()| {
            let mounted = Mounted::new(&disk, &aside.with_extension("state"))?;
            let looked = look(&mounted.path().join("school"), number, &acks, secrets);
            mounted.off()?;
            looked
        });
        (acks.len(), looked)
    }
}
