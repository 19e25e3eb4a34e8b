//! A disk that fills up under a journey: whatever size it has, what was acknowledged is there once there is room.

use std::collections::BTreeMap;
use std::path::Path;

use super::check::{self, Scene};
use super::image::Mounted;
use super::journeys::{Journey, named};
use super::keeping::nothing_partial;
use super::strace::start;
use super::template::{Template, Templates, ground};

/// What came of it.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    /// Disks tried.
    pub disks: usize,
    /// Of those, how many filled up: an act said so.
    pub filled: usize,
    /// HALT was pressed on a full disk and said what it came to.
    pub halts: usize,
    /// Acts acknowledged.
    pub acknowledged: usize,
    /// Disks tried by each journey, and how many of them filled up.
    pub by_journey: BTreeMap<&'static str, (usize, usize)>,
    /// What did not hold.
    pub losses: Vec<String>,
}

impl Figures {
    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!(
            "Full disk: {} disks, {} of them filled up, {} acts acknowledged, HALT on {} of the full ones, {} losses\n",
            self.disks,
            self.filled,
            self.acknowledged,
            self.halts,
            self.losses.len()
        );
        for (journey, (disks, filled)) in &self.by_journey {
            out.push_str(&format!("  {journey:<22} {filled:>3} of {disks:>3}\n"));
        }
        for loss in &self.losses {
            out.push_str(&format!("  LOST: {loss}\n"));
        }
        out
    }
}

/// Performs these journeys on disks that have so many KiB left, each its own.
///
/// # Errors
/// - If there is no such journey, a template cannot be made, or no disk can be mounted.
pub fn disks(journeys: &[(&str, &[u64])]) -> Result<Figures, String> {
    let mut templates = Templates::default();
    let mut figures = Figures::default();
    for (name, left) in journeys {
        let journey = named(name).ok_or_else(|| format!("there is no journey {name}"))?;
        let template = templates.at(journey.from)?;
        let before = figures.filled;
        for kib in *left {
            figures.disks += 1;
            let aside = ground().join(format!("full-{}-{}", journey.name, std::process::id()));
            if let Err(wrong) = one(journey, template, &aside, *kib, &mut figures) {
                figures.losses.push(format!("{} with {kib} KiB left: {wrong}", journey.name));
            }
        }
        figures.by_journey.insert(journey.name, (left.len(), figures.filled - before));
    }
    Ok(figures)
}

fn one(journey: &Journey, template: &Template, aside: &Path, kib: u64, figures: &mut Figures) -> Result<(), String> {
    let disk = Mounted::memory(64 * 1024, &aside.with_extension("full"))?;
    let folder = disk.path().join("school");
    template.copy_to(&folder)?;
    disk.resize(used_kib(disk.path())? + kib)?;
    let mut secrets = template.secrets.clone();
    let mut acks = Vec::new();
    // Where nobody can sign in any more, nothing is acknowledged.
    if let Ok((mut child, mut caller)) = start((journey.name, &template.case), &folder, aside, &mut secrets) {
        let (told, ended) = caller.follow(&mut secrets, |_| {});
        let status = child.wait().map_err(|error| error.to_string())?;
        if !ended || !status.success() {
            let said = std::fs::read_to_string(aside.with_extension("log")).unwrap_or_default();
            return Err(format!("the application broke off ({status}): {said}"));
        }
        acks = told;
    }
    let full = acks.is_empty() || acks.iter().any(|ack| ack.ended.is_some() && !ack.act.starts_with("sign-in"));
    figures.filled += usize::from(full);
    figures.acknowledged += acks.iter().filter(|ack| ack.ended.is_none()).count();
    figures.halts += acks.iter().filter(|ack| full && ack.act == "halt").count();
    disk.resize(64 * 1024)?;
    let scene = Scene { folder: &folder, secrets: &secrets, template, acks: &acks };
    // Nobody killed it: what failed took away what it had begun.
    let looked = check::all(&scene).and_then(|()| nothing_partial(&folder));
    for ending in ["line", "log"] {
        let _ = std::fs::remove_file(aside.with_extension(ending));
    }
    disk.off()?;
    looked
}

fn used_kib(folder: &Path) -> Result<u64, String> {
    let stat = rustix::fs::statvfs(folder).map_err(|error| error.to_string())?;
    Ok((stat.f_blocks - stat.f_bfree) * stat.f_frsize / 1024)
}
