//! What was measured, as a table for people and as JSON.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

/// One figure beside another and beside its target.
#[derive(Debug, Serialize)]
pub struct Row {
    what: String,
    ours: String,
    beside: String,
    /// How many times better ours is, or larger, as the target says it.
    ratio: Option<f64>,
    target: String,
    met: Option<bool>,
    note: String,
}

impl Row {
    /// A figure of ours.
    #[must_use]
    pub fn new(what: &str, ours: impl Into<String>) -> Self {
        Self {
            what: what.to_owned(),
            ours: ours.into(),
            beside: String::new(),
            ratio: None,
            target: String::new(),
            met: None,
            note: String::new(),
        }
    }

    /// A measurement that could not be taken.
    #[must_use]
    pub fn not_run(what: &str, why: &str) -> Self {
        Self::new(what, "not run").note(why)
    }

    /// What it is compared with, measured in the same run, and the ratio of the two.
    #[must_use]
    pub fn beside(mut self, other: impl Into<String>, ratio: f64) -> Self {
        self.beside = other.into();
        self.ratio = Some(ratio);
        self
    }

    /// What must hold, and whether it does.
    #[must_use]
    pub fn target(mut self, target: &str, met: bool) -> Self {
        target.clone_into(&mut self.target);
        self.met = Some(met);
        self
    }

    /// How it was measured, or why not.
    #[must_use]
    pub fn note(mut self, note: &str) -> Self {
        if !self.note.is_empty() {
            self.note.push(' ');
        }
        self.note.push_str(note);
        self
    }
}

/// All rows, by measurement.
#[derive(Debug, Serialize)]
pub struct Table {
    version: &'static str,
    cores: usize,
    /// That other work may run on the machine: the load is beside each measurement.
    machine: &'static str,
    measurements: Vec<Measurement>,
}

#[derive(Debug, Serialize)]
struct Measurement {
    name: String,
    load_before: Option<f64>,
    load_after: Option<f64>,
    rows: Vec<Row>,
}

impl Table {
    pub(super) fn new() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            machine: "shared: other work may have run; read the ratios, and the load beside them",
            measurements: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, name: &str, load_before: Option<f64>, rows: Vec<Row>) {
        let load_after = super::spread::load();
        self.measurements.push(Measurement { name: name.to_owned(), load_before, load_after, rows });
    }

    pub(super) fn save(&self, path: &Path) -> Result<(), String> {
        let text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        std::fs::write(path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The table as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for measurement in &self.measurements {
            let load = measurement.load_before.map_or_else(String::new, |load| format!("   (load before: {load:.1})"));
            let _ = writeln!(out, "\n{}{load}", measurement.name);
            for row in &measurement.rows {
                let ratio = row.ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}x"));
                let met = match row.met {
                    Some(true) => "met",
                    Some(false) => "NOT MET",
                    None => "",
                };
                let line = format!(
                    "  {:<46} {:>14}   {:<30} {:>8}   {:<34} {met}",
                    row.what, row.ours, row.beside, ratio, row.target
                );
                let _ = writeln!(out, "{}", line.trim_end());
                if !row.note.is_empty() {
                    let _ = writeln!(out, "      {}", row.note);
                }
            }
        }
        let _ = writeln!(out, "\n{} cores; the machine is {}.", self.cores, self.machine);
        out
    }

    /// How many rows have a target that is not met.
    #[must_use]
    pub fn not_met(&self) -> usize {
        self.measurements.iter().flat_map(|one| &one.rows).filter(|row| row.met == Some(false)).count()
    }
}
