//! A pack as its file has it, and what holds of the file as a whole.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::category::Category;
use super::chart::{Chart, TRIAGE};
use super::clock::Clock;
use super::day::Edition;
use super::fault::Flaw;
use super::ids;
use super::lists::{Agency, Ground, IsolationStep, Log, MediaRule, Outcome, Retention, Review, SecondForm, Terms};
use super::stage::Stage;
use super::step::Step;
use super::table::{Table, WrittenTable};
use super::version::BasedOn;
use crate::words::Words;

/// The outcome that every pack has: nobody is made to say more than they know.
const NOT_ENOUGH: &str = "not-enough-to-tell";

/// The ids that a sanctions table can have.
const TABLES: [&str; 2] = ["pupils", "staff"];

/// A pack as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) id: Spanned<String>,
    pub(super) title: Words,
    pub(super) summary: Words,
    pub(super) edition: Edition,
    pub(super) version: Spanned<u32>,
    pub(super) based_on: Option<Spanned<BasedOn>>,
    pub(super) source_note: Option<Words>,
    pub(super) marking: Words,
    pub(super) terms: Terms,
    pub(super) categories: Vec<Category>,
    pub(super) police_grounds: Vec<Ground>,
    pub(super) steps: Vec<Step>,
    pub(super) sanctions: Spanned<BTreeMap<Spanned<String>, WrittenTable>>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) agencies: Vec<Agency>,
    pub(super) charts: Vec<Chart>,
    #[serde(default)]
    pub(super) clocks: Vec<Clock>,
    pub(super) isolation: Vec<IsolationStep>,
    #[serde(default)]
    pub(super) removable_media: Vec<MediaRule>,
    #[serde(default)]
    pub(super) second_forms: Vec<SecondForm>,
    pub(super) log: Spanned<Log>,
    pub(super) review: Spanned<Review>,
    pub(super) retention: Retention,
}

impl Written {
    /// What does not hold within the file: the id is the file's name, ids are unique, no list is empty that a case
    /// needs, steps follow the stages, and charts hang together. One of each kind at most, and of each chart.
    pub(super) fn flaws(&self, name: &str) -> Vec<Flaw> {
        let of_charts = self.charts.iter().map(|chart| chart.check().and_then(|()| chart.check_among(&self.charts)));
        [self.check_head(name), self.check_ids(), self.check_lists(), self.check_steps(), self.check_forms()]
            .into_iter()
            .chain([self.check_triage()])
            .chain(of_charts)
            .filter_map(Result::err)
            .collect()
    }

    fn check_triage(&self) -> Result<(), Flaw> {
        if self.charts.iter().any(|chart| chart.id() == TRIAGE) {
            return Ok(());
        }
        let at = self.charts.last().map_or(0, |chart| chart.id.span().start);
        Err(Flaw::at(at, format!("no chart has the id \"{TRIAGE}\""), "add the chart".to_owned()))
    }

    /// Takes the sanctions tables out, pupils before staff.
    pub(super) fn take_tables(&mut self) -> Result<Vec<Table>, Flaw> {
        let at = self.sanctions.span().start;
        let written = std::mem::take(self.sanctions.get_mut());
        let mut tables = Vec::with_capacity(written.len());
        for (id, table) in written {
            if !TABLES.contains(&id.get_ref().as_str()) {
                return Err(Flaw::at(
                    id.span().start,
                    format!("unknown sanctions table \"{}\"", id.get_ref()),
                    format!("write [sanctions.{}] or [sanctions.{}]", TABLES[0], TABLES[1]),
                ));
            }
            tables.push(table.read(&id)?);
        }
        for id in TABLES {
            if !tables.iter().any(|table: &Table| table.id() == id) {
                return Err(Flaw::at(at, format!("no table [sanctions.{id}]"), "add the table".to_owned()));
            }
        }
        Ok(tables)
    }

    fn check_head(&self, name: &str) -> Result<(), Flaw> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let file = file.strip_suffix(".toml").unwrap_or(file);
        if self.id.get_ref() != file {
            return Err(Flaw::at(
                self.id.span().start,
                format!("the id is \"{}\" in a file called \"{file}\"", self.id.get_ref()),
                format!("write id = \"{file}\""),
            ));
        }
        ids::check([&self.id].into_iter(), "pack")?;
        if *self.version.get_ref() == 0 {
            let what = "a pack has no version 0".to_owned();
            return Err(Flaw::at(self.version.span().start, what, "write version = 1 or more".to_owned()));
        }
        if let Some(based_on) = self.based_on.as_ref().map(Spanned::get_ref) {
            ids::check([&based_on.id].into_iter(), "pack")?;
        }
        Ok(())
    }

    fn check_ids(&self) -> Result<(), Flaw> {
        ids::check(self.categories.iter().map(|entry| &entry.id), "category")?;
        ids::check(self.police_grounds.iter().map(|entry| &entry.id), "police ground")?;
        ids::check(self.steps.iter().map(|entry| &entry.id), "step")?;
        ids::check(self.outcomes.iter().map(|entry| &entry.id), "outcome")?;
        ids::check(self.agencies.iter().map(|entry| &entry.id), "agency")?;
        ids::check(self.charts.iter().map(|entry| &entry.id), "chart")?;
        ids::check(self.clocks.iter().map(|entry| &entry.id), "clock")?;
        ids::check(self.isolation.iter().map(|entry| &entry.id), "isolation step")?;
        ids::check(self.removable_media.iter().map(|entry| &entry.id), "rule for removable media")?;
        ids::check(self.second_forms.iter().map(|entry| &entry.id), "second form")?;
        ids::check(self.log.get_ref().columns.iter().map(|entry| &entry.id), "log column")
    }

    fn check_lists(&self) -> Result<(), Flaw> {
        if !self.outcomes.iter().any(|outcome| outcome.id() == NOT_ENOUGH) {
            return Err(Flaw::at(
                self.outcomes.last().map_or(0, |outcome| outcome.id.span().start),
                format!("no outcome has the id \"{NOT_ENOUGH}\""),
                "add it: a group must be able to say that it cannot tell".to_owned(),
            ));
        }
        if self.isolation.is_empty() {
            let what = "there is no step for isolating a computer".to_owned();
            return Err(Flaw::at(0, what, "add [[isolation]] with an id and a label".to_owned()));
        }
        if self.log.get_ref().columns.is_empty() {
            let what = "the log has no columns".to_owned();
            return Err(Flaw::at(self.log.span().start, what, "write at least one column".to_owned()));
        }
        if self.review.get_ref().who().len() == 0 {
            let what = "nobody looks over the incidents".to_owned();
            return Err(Flaw::at(self.review.span().start, what, "name in who who does".to_owned()));
        }
        if self.retention.years() == 0 {
            return Err(Flaw::at(
                self.retention.years.span().start,
                "a record would be kept for no time".to_owned(),
                "write at least one year".to_owned(),
            ));
        }
        Ok(())
    }

    /// Every stage has a step, and steps stand in the order of their stages.
    fn check_steps(&self) -> Result<(), Flaw> {
        for pair in self.steps.windows(2) {
            if let [before, after] = pair
                && after.stage() < before.stage()
            {
                return Err(Flaw::at(
                    after.at(),
                    format!(
                        "the step \"{}\" of the stage \"{}\" stands after one of the stage \"{}\"",
                        after.id(),
                        after.stage().id(),
                        before.stage().id()
                    ),
                    "put the steps in the order of the stages".to_owned(),
                ));
            }
        }
        for stage in Stage::ALL {
            if !self.steps.iter().any(|step| step.stage() == stage) {
                // It belongs before the first step of a later stage, or else at the end.
                let next = self.steps.iter().find(|step| step.stage() > stage).or(self.steps.last());
                return Err(Flaw::at(
                    next.map_or(0, Step::at),
                    format!("no step has the stage \"{}\"", stage.id()),
                    "give each of the ten stages a step, so that a refusal can name its clause".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Second forms name categories that the pack has.
    fn check_forms(&self) -> Result<(), Flaw> {
        for form in &self.second_forms {
            for category in &form.categories {
                if !self.categories.iter().any(|entry| entry.id() == category.get_ref()) {
                    return Err(Flaw::at(
                        category.span().start,
                        format!(
                            "the second form \"{}\" names the category \"{}\", which the pack does not have",
                            form.id(),
                            category.get_ref()
                        ),
                        "name the id of a category of this pack".to_owned(),
                    ));
                }
            }
        }
        Ok(())
    }
}
