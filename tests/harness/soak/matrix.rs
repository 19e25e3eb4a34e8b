//! A matrix of trials, each on a copy of a store that somebody did something to: by which method, how often it was
//! tried, and how it was said.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// What a trial came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There was nothing to do it to.
    NotTried,
    /// It was said, in these words.
    Flagged(String),
    /// It was not said, and the record is what it was.
    WithoutEffect,
    /// It was not said.
    Missed(String),
}

/// What came of them, by method.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    /// What the matrix is of.
    pub title: String,
    /// Tried, flagged, and without any effect on the record.
    pub rows: BTreeMap<String, (usize, usize, usize)>,
    /// What was not flagged.
    pub missed: Vec<String>,
    /// How it was said, with how often.
    pub said: BTreeMap<String, usize>,
    /// Seconds it took.
    pub seconds: f64,
}

impl Figures {
    /// All that was tried.
    #[must_use]
    pub fn tried(&self) -> usize {
        self.rows.values().map(|(tried, ..)| tried).sum()
    }

    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        let flagged: usize = self.rows.values().map(|(_, flagged, _)| flagged).sum();
        let idle: usize = self.rows.values().map(|(.., idle)| idle).sum();
        let mut out = format!(
            "{}: {} tried, {flagged} flagged, {idle} without effect on the record, {} missed; {:.0} s\n",
            self.title,
            self.tried(),
            self.missed.len(),
            self.seconds
        );
        for (method, (tried, flagged, idle)) in &self.rows {
            let _ = writeln!(out, "  {method:<16} {tried:>5} {flagged:>5} {idle:>5}");
        }
        for (said, times) in &self.said {
            let _ = writeln!(out, "    {times:>4}x {said}");
        }
        for missed in self.missed.iter().take(20) {
            let _ = writeln!(out, "  MISSED: {missed}");
        }
        out
    }

    fn take(&mut self, method: &str, outcome: Outcome) {
        if outcome == Outcome::NotTried {
            return;
        }
        let row = self.rows.entry(method.to_owned()).or_default();
        row.0 += 1;
        match outcome {
            Outcome::NotTried => {}
            Outcome::Flagged(said) => {
                row.1 += 1;
                *self.said.entry(said).or_default() += 1;
            }
            Outcome::WithoutEffect => row.2 += 1,
            Outcome::Missed(what) => self.missed.push(format!("{method}: {what}")),
        }
    }
}

/// Makes these trials, each with its method, until `until`; of each method at most `most`. `one` is told the name of
/// its worker.
///
/// # Errors
/// - If a trial cannot be made.
pub(super) fn run<T: Sync>(
    title: &str,
    trials: &[(String, T)],
    (until, most): (Instant, usize),
    one: impl Fn(&T, &str) -> Result<Outcome, String> + Sync,
) -> Result<Figures, String> {
    let start = Instant::now();
    let figures = Mutex::new(Figures { title: title.to_owned(), ..Figures::default() });
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(None));
    std::thread::scope(|scope| {
        for worker in 0..super::at_once() {
            let (figures, next, failed, one) = (&figures, &next, &failed, &one);
            scope.spawn(move || {
                while Instant::now() < until && failed.lock().unwrap().is_none() {
                    let Some((method, trial)) = trials.get(next.fetch_add(1, Ordering::SeqCst)) else { break };
                    if figures.lock().unwrap().rows.get(method).is_some_and(|(tried, ..)| *tried >= most) {
                        continue;
                    }
                    match one(trial, &worker.to_string()) {
                        Ok(outcome) => figures.lock().unwrap().take(method, outcome),
                        Err(wrong) => *failed.lock().unwrap() = Some(format!("{method}: {wrong}")),
                    }
                }
            });
        }
    });
    if let Some(wrong) = failed.into_inner().unwrap_or_default() {
        return Err(wrong);
    }
    let mut figures = figures.into_inner().unwrap_or_default();
    figures.seconds = start.elapsed().as_secs_f64();
    Ok(figures)
}
