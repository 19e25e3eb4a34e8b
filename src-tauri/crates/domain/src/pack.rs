//! Policy packs: a school's policy as data, read from TOML.
//!
//! A pack may add safeguards to the floor (`procedure::floor`) and take none away: one that does is refused by the
//! name of the entry. Unknown keys are refused, so that a slip of the pen is not silently ignored.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::event::PackRef;
use crate::ids::Hash;
use crate::procedure::floor;
use crate::words::Words;

mod category;
mod chart;
mod clock;
mod fault;
mod ids;
mod lists;
mod stage;
mod step;
mod table;
#[cfg(test)]
mod tests;

pub use category::{CaptureRule, Category, Legal, Rating, Route};
pub use chart::{Chart, Edge, Node};
pub use clock::{Clock, Limit, StartsOn};
pub use fault::PackFault;
pub use lists::{Agency, Column, Every, Ground, IsolationStep, Log, Outcome, Retention, Review, Terms};
pub use stage::Stage;
pub use step::{Safeguard, Step};
pub use table::{Row, Table};

use fault::Flaw;

/// A school's policy. There is none that was not checked: the only way to one is [`PolicyPack::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPack {
    written: Written,
    tables: Vec<Table>,
    hash: Hash,
}

impl PolicyPack {
    /// Reads a pack. `name` is the file's name: a pack has the id of its file.
    ///
    /// # Errors
    /// - If the text is not TOML, lacks a key or has an unknown one.
    /// - If its id is not the file's name.
    /// - If an id is used twice in a list, or something names an entry that does not exist.
    /// - If it lacks or weakens an entry of the floor.
    pub fn parse(name: &str, text: &str) -> Result<Self, PackFault> {
        let mut written: Written = toml::from_str(text).map_err(|error| PackFault::unreadable(name, text, &error))?;
        let flawed = |flaw| PackFault::flawed(name, text, flaw);
        written.check(name).map_err(flawed)?;
        let tables = read_tables(std::mem::take(&mut written.sanctions)).map_err(flawed)?;
        let pack = Self { written, tables, hash: Hash::of(text.as_bytes()) };
        floor::check(&pack).map_err(|breach| {
            let what = format!("the floor entry \"{}\" is not kept: {}", breach.entry(), breach.what());
            let instead = breach.instead().to_owned();
            flawed(match breach.at() {
                Some(at) => Flaw::at(at, what, instead),
                None => Flaw::missing(what, instead),
            })
        })?;
        Ok(pack)
    }

    /// Which pack this is, in which edition, by which text.
    #[must_use]
    pub fn reference(&self) -> PackRef {
        PackRef { id: self.id().to_owned(), edition: self.edition().to_owned(), hash: self.hash }
    }

    /// Its id: the file's name.
    #[must_use]
    pub fn id(&self) -> &str {
        self.written.id.get_ref()
    }

    /// Its title: a pattern, never a school.
    #[must_use]
    pub fn title(&self) -> &str {
        self.written.title.as_str()
    }

    /// The edition of its source.
    #[must_use]
    pub fn edition(&self) -> &str {
        self.written.edition.as_str()
    }

    /// The marking on every page of a document.
    #[must_use]
    pub fn marking(&self) -> &str {
        self.written.marking.as_str()
    }

    /// What the school calls people.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.written.terms
    }

    /// The user-actions table, in the source's order.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.written.categories
    }

    /// The category with this id.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories().iter().find(|category| category.id() == id)
    }

    /// Grounds for going to the police, in the source's order.
    #[must_use]
    pub fn police_grounds(&self) -> &[Ground] {
        &self.written.police_grounds
    }

    /// The steps of the procedure, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.written.steps
    }

    /// The first step of a stage: the one whose clause a refusal names.
    #[must_use]
    pub fn step_for(&self, stage: Stage) -> Option<&Step> {
        self.steps().iter().find(|step| step.stage() == stage)
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps().iter().find(|step| step.id() == id)
    }

    /// The sanctions tables: pupils before staff.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The sanctions table with this id: `pupils` or `staff`.
    #[must_use]
    pub fn sanctions(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id() == id)
    }

    /// What a group can find.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.written.outcomes
    }

    /// Who outside the group may have to be told.
    #[must_use]
    pub fn agencies(&self) -> &[Agency] {
        &self.written.agencies
    }

    /// The chart with this id (`triage`).
    #[must_use]
    pub fn chart(&self, id: &str) -> Option<&Chart> {
        self.written.charts.iter().find(|chart| chart.id() == id)
    }

    /// Clocks that run beside a case.
    #[must_use]
    pub fn clocks(&self) -> &[Clock] {
        &self.written.clocks
    }

    /// The steps of keeping a computer as it is, in order.
    #[must_use]
    pub fn isolation(&self) -> &[IsolationStep] {
        &self.written.isolation
    }

    /// How long a record is kept.
    #[must_use]
    pub fn retention(&self) -> &Retention {
        &self.written.retention
    }

    /// The incident log.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.written.log
    }

    /// Monitoring.
    #[must_use]
    pub fn review(&self) -> &Review {
        &self.written.review
    }
}

/// A pack as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: Spanned<String>,
    title: Words,
    edition: Words,
    marking: Words,
    terms: Terms,
    categories: Vec<Category>,
    police_grounds: Vec<Ground>,
    steps: Vec<Step>,
    sanctions: BTreeMap<Spanned<String>, table::WrittenTable>,
    outcomes: Vec<Outcome>,
    agencies: Vec<Agency>,
    charts: Vec<Chart>,
    clocks: Vec<Clock>,
    isolation: Vec<IsolationStep>,
    log: Log,
    review: Review,
    retention: Retention,
}

impl Written {
    /// What holds within the file: the id is the file's name, ids are unique, every stage has a step, charts hang
    /// together.
    fn check(&self, name: &str) -> Result<(), Flaw> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let file = file.strip_suffix(".toml").unwrap_or(file);
        if self.id.get_ref() != file {
            return Err(Flaw::at(
                self.id.span().start,
                format!("the id is \"{}\" in a file called \"{file}\"", self.id.get_ref()),
                format!("write id = \"{file}\""),
            ));
        }
        ids::check(self.categories.iter().map(|entry| &entry.id), "category")?;
        ids::check(self.police_grounds.iter().map(|entry| &entry.id), "police ground")?;
        ids::check(self.steps.iter().map(|entry| &entry.id), "step")?;
        ids::check(self.outcomes.iter().map(|entry| &entry.id), "outcome")?;
        ids::check(self.agencies.iter().map(|entry| &entry.id), "agency")?;
        ids::check(self.charts.iter().map(|entry| &entry.id), "chart")?;
        ids::check(self.clocks.iter().map(|entry| &entry.id), "clock")?;
        ids::check(self.isolation.iter().map(|entry| &entry.id), "isolation step")?;
        ids::check(self.log.columns.iter().map(|entry| &entry.id), "log column")?;
        for stage in Stage::ALL {
            if !self.steps.iter().any(|step| step.stage() == stage) {
                return Err(Flaw::missing(
                    format!("no step has the stage \"{}\"", stage.id()),
                    "give each of the ten stages a step, so that a refusal can name its clause".to_owned(),
                ));
            }
        }
        if self.retention.years() == 0 {
            return Err(Flaw::at(
                self.retention.years.span().start,
                "a record would be kept for no time".to_owned(),
                "write at least one year".to_owned(),
            ));
        }
        self.charts.iter().try_for_each(Chart::check)
    }
}

/// The ids that a sanctions table can have.
const TABLES: [&str; 2] = ["pupils", "staff"];

fn read_tables(written: BTreeMap<Spanned<String>, table::WrittenTable>) -> Result<Vec<Table>, Flaw> {
    let mut tables = Vec::with_capacity(written.len());
    for (id, table) in written {
        if !TABLES.contains(&id.get_ref().as_str()) {
            return Err(Flaw::at(
                id.span().start,
                format!("unknown sanctions table \"{}\"", id.get_ref()),
                format!("write [sanctions.{}] or [sanctions.{}]", TABLES[0], TABLES[1]),
            ));
        }
        tables.push(table.read(id.into_inner())?);
    }
    for id in TABLES {
        if !tables.iter().any(|table: &Table| table.id() == id) {
            return Err(Flaw::missing(format!("no table [sanctions.{id}]"), "add the table".to_owned()));
        }
    }
    Ok(tables)
}
