//! Rounds of the same act, and the load of the machine around them.

use std::time::Instant;

/// Milliseconds that an act takes.
pub(super) fn timed<T>(act: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let out = act();
    (out, start.elapsed().as_secs_f64() * 1e3)
}

/// Milliseconds that an act takes, and how many of them this thread had a core; the same where the system does not
/// tell. On a busy machine the second is what the program needs.
pub(super) fn worked<T>(act: impl FnOnce() -> T) -> (T, f64, f64) {
    let before = on_core();
    let (out, ms) = timed(act);
    let core = before.zip(on_core()).map_or(ms, |(before, after)| after - before);
    (out, ms, core)
}

fn on_core() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = told.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e6)
}

/// The mean. For time on a core, which the system counts in steps of some milliseconds: a single figure is coarse.
pub(super) fn mean(figures: &[f64]) -> f64 {
    figures.iter().sum::<f64>() / figures.len() as f64
}

/// The middle of some figures; of an even number, the lower of the two.
pub(super) fn median(figures: &[f64]) -> f64 {
    quantile(figures, 0.5)
}

/// The least figure of which this part of all are no larger.
pub(super) fn quantile(figures: &[f64], part: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// How many programs wanted a core in the last minute, where the system tells.
pub(super) fn load() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}

/// Most memory that this process has held, in MB, where the system tells.
pub(super) fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
