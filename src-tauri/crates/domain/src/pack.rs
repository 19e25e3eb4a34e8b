//! Policy packs: a school's policy as data, read from TOML.
//!
//! A pack may add safeguards to the floor (`procedure::floor`) and take none away: one that does is refused by the
//! name of the entry. Unknown keys are refused, so that a slip of the pen is not silently ignored.

use std::sync::Arc;

use toml::Spanned;

use crate::event::PackRef;
use crate::ids::Hash;
use crate::procedure::floor;
use crate::words::Words;

mod calendar;
mod category;
mod chart;
mod clock;
mod day;
mod difference;
mod edit;
mod fact;
mod fault;
mod ids;
mod lists;
mod national;
mod outline;
mod stage;
mod step;
mod table;
#[cfg(test)]
mod tests;
mod version;
mod whole;

pub use calendar::{Calendar, Due};
pub use category::{CaptureRule, Category, Legal, Rating, Risk, Route};
pub use chart::{Chart, Edge, Exit, Node, Says, TRIAGE};
pub use clock::{Clock, Limit, StartsOn};
pub use difference::{Change, ChangeKind, PartChange};
pub use fact::Fact;
pub use fault::{Faults, PackFault};
pub use lists::{
    Agency, Column, Every, Ground, IsolationStep, Log, MediaRule, Outcome, Retention, Review, SecondForm, Terms,
};
pub use national::{National, Rule, Source};
pub use outline::Entry;
pub use stage::Stage;
pub use step::{Safeguard, Step};
pub use table::{Row, Table};
pub use version::BasedOn;

use fault::Flaw;
use whole::Written;

/// A school's policy. There is none that was not checked: the only way to one is [`PolicyPack::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPack {
    written: Written,
    tables: Vec<Table>,
    hash: Hash,
    text: Arc<str>,
    outline: Arc<[Entry]>,
}

impl PolicyPack {
    /// Reads a pack. `name` is the file's name: a pack has the id of its file.
    ///
    /// # Errors
    /// - If the text is not TOML, lacks a key or has an unknown one.
    /// - If its id is not the file's name.
    /// - If an id is used twice in a list, or something names an entry that does not exist.
    /// - If a chart has a box that is not reached, or a way that never ends.
    /// - If it lacks or weakens an entry of the floor.
    pub fn parse(name: &str, text: &str) -> Result<Self, PackFault> {
        let written: Written = toml::from_str(text).map_err(|error| PackFault::unreadable(name, text, &error))?;
        let whole: toml::Table = toml::from_str(text).map_err(|error| PackFault::unreadable(name, text, &error))?;
        Self::checked(name, text, written, &whole).map_err(Faults::into_first)
    }

    /// Checks what could be read.
    fn checked(name: &str, text: &str, mut written: Written, whole: &toml::Table) -> Result<Self, Faults> {
        let flawed = |flaw| PackFault::flawed(name, text, flaw);
        let mut faults: Vec<PackFault> = written.flaws(name).into_iter().map(flawed).collect();
        let tables = written.take_tables().unwrap_or_else(|flaw| {
            faults.push(flawed(flaw));
            Vec::new()
        });
        let outline = outline::of(whole).into();
        let pack = Self { written, tables, hash: Hash::of(text.as_bytes()), text: text.into(), outline };
        faults.extend(floor::breaches(&pack).map(|breach| {
            let what = format!("the floor entry \"{}\" is not kept: {}", breach.entry(), breach.what());
            let at = breach.at().unwrap_or_else(|| pack.end_of_list(breach.entry()));
            flawed(Flaw::at(at, what, breach.instead().to_owned())).of_the_floor(breach.entry())
        }));
        Faults::of(faults).map_or(Ok(pack), Err)
    }

    /// Where an entry of the floor would be added: at the last category or the last step, in bytes from the start.
    fn end_of_list(&self, entry: &str) -> usize {
        let of_a_step = Safeguard::ALL.iter().any(|safeguard| safeguard.id() == entry);
        let last =
            if of_a_step { self.steps().last().map(Step::at) } else { self.categories().last().map(Category::at) };
        last.unwrap_or_default()
    }

    /// Its text, as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its entries in its order, whatever their kind: for a viewer.
    #[must_use]
    pub fn outline(&self) -> &[Entry] {
        &self.outline
    }

    /// What changed from this pack to a newer one. Empty where both say the same, however they are laid out.
    #[must_use]
    pub fn difference(&self, newer: &Self) -> Vec<Change> {
        difference::between(&self.outline, &newer.outline)
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

    /// What it brings, in one sentence: for choosing among packs.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.written.summary.as_str()
    }

    /// The edition of its source.
    #[must_use]
    pub fn edition(&self) -> &str {
        self.written.edition.as_str()
    }

    /// Its version, from 1: a source's pack counts our corrections, a school's its edits.
    #[must_use]
    pub fn version(&self) -> u32 {
        *self.written.version.get_ref()
    }

    /// The pack that it was copied from, where it was.
    #[must_use]
    pub fn based_on(&self) -> Option<&BasedOn> {
        self.written.based_on.as_ref().map(Spanned::get_ref)
    }

    /// What of the whole was inferred or added, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.written.source_note.as_ref().map(Words::as_str)
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

    /// All its charts, triage among them.
    #[must_use]
    pub fn charts(&self) -> &[Chart] {
        &self.written.charts
    }

    /// Forms of others on which some incidents are recorded too.
    #[must_use]
    pub fn second_forms(&self) -> &[SecondForm] {
        &self.written.second_forms
    }

    /// Rules for removable media that hold personal data.
    #[must_use]
    pub fn removable_media(&self) -> &[MediaRule] {
        &self.written.removable_media
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
        self.written.log.get_ref()
    }

    /// Monitoring.
    #[must_use]
    pub fn review(&self) -> &Review {
        self.written.review.get_ref()
    }
}
