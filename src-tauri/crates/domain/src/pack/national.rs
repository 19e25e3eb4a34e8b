//! What stands above every pack: national rules, clocks, routes and outcomes, with the day on which each was checked,
//! and England's bank holidays.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::calendar::{Calendar, WrittenCalendar};
use super::clock::Clock;
use super::day::Day;
use super::fault::{Flaw, PackFault};
use super::lists::{Agency, Outcome};
use super::{PolicyPack, ids};
use crate::ids::Hash;
use crate::words::Words;

/// The national overlay. There is none that was not checked: the only way to one is [`National::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct National {
    written: Written,
    calendar: Calendar,
    hash: Hash,
}

impl National {
    /// Reads the overlay. `name` is the file's name, for faults.
    ///
    /// # Errors
    /// - If the text is not TOML, lacks a key or has an unknown one.
    /// - If an id is used twice in a list, or a rule names a source that is not there.
    /// - If the bank holidays are not those of whole years, in order.
    pub fn parse(name: &str, text: &str) -> Result<Self, PackFault> {
        let written: Written = toml::from_str(text).map_err(|error| PackFault::unreadable(name, text, &error))?;
        let flawed = |flaw| PackFault::flawed(name, text, flaw);
        written.check().map_err(flawed)?;
        let calendar = written.bank_holidays.read().map_err(flawed)?;
        Ok(Self { written, calendar, hash: Hash::of(text.as_bytes()) })
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        self.written.title.as_str()
    }

    /// The day of this overlay.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.written.date.date()
    }

    /// SHA-256 of its text.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// What it rests on.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.written.sources
    }

    /// What holds in every school, whatever its pack says.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.written.rules
    }

    /// Clocks that run in every school.
    #[must_use]
    pub fn clocks(&self) -> &[Clock] {
        &self.written.clocks
    }

    /// Routes that every school has.
    #[must_use]
    pub fn agencies(&self) -> &[Agency] {
        &self.written.agencies
    }

    /// Outcomes that every group can find.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.written.outcomes
    }

    /// England's bank holidays.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Where the bank holidays come from.
    #[must_use]
    pub fn calendar_source(&self) -> &str {
        self.written.bank_holidays.source.as_str()
    }

    /// The pack as it holds under this overlay. The pack's text, reference and outline stay as they are.
    ///
    /// - National clocks come first. A pack's clock with the same id stays only where its limit never ends later.
    /// - National routes and outcomes that the pack does not have are added after its own.
    #[must_use]
    pub fn over(&self, pack: PolicyPack) -> PolicyPack {
        let mut pack = pack;
        let written = &mut pack.written;
        let own = std::mem::take(&mut written.clocks);
        let stricter = |clock: &Clock| {
            own.iter().find(|other| other.id() == clock.id() && other.limit().is_as_strict_as(clock.limit()))
        };
        let kept =
            |clock: &Clock| stricter(clock).filter(|other| other.limit() != clock.limit()).unwrap_or(clock).clone();
        written.clocks = self.clocks().iter().map(kept).collect();
        written
            .clocks
            .extend(own.iter().filter(|own| !self.clocks().iter().any(|clock| clock.id() == own.id())).cloned());
        for agency in self.agencies() {
            if !written.agencies.iter().any(|own| own.id() == agency.id()) {
                written.agencies.push(agency.clone());
            }
        }
        for outcome in self.outcomes() {
            if !written.outcomes.iter().any(|own| own.id() == outcome.id()) {
                written.outcomes.push(outcome.clone());
            }
        }
        pack
    }
}

/// A document that the overlay rests on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    id: Spanned<String>,
    title: Words,
    publisher: Words,
    checked: Day,
    source_note: Option<Words>,
}

impl Source {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_str()
    }

    /// Who publishes it.
    #[must_use]
    pub fn publisher(&self) -> &str {
        self.publisher.as_str()
    }

    /// The day on which it was last checked.
    #[must_use]
    pub fn checked(&self) -> NaiveDate {
        self.checked.date()
    }

    /// How it was checked, and what was not.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}

/// What holds in every school.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    id: Spanned<String>,
    says: Words,
    source: Spanned<String>,
}

impl Rule {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// The rule, in plain words.
    #[must_use]
    pub fn says(&self) -> &str {
        self.says.as_str()
    }

    /// The id of the source that it rests on.
    #[must_use]
    pub fn source(&self) -> &str {
        self.source.get_ref()
    }
}

/// The overlay as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: Words,
    date: Day,
    sources: Vec<Source>,
    rules: Vec<Rule>,
    clocks: Vec<Clock>,
    agencies: Vec<Agency>,
    outcomes: Vec<Outcome>,
    bank_holidays: WrittenCalendar,
}

impl Written {
    fn check(&self) -> Result<(), Flaw> {
        ids::check(self.sources.iter().map(|entry| &entry.id), "source")?;
        ids::check(self.rules.iter().map(|entry| &entry.id), "rule")?;
        ids::check(self.clocks.iter().map(|entry| &entry.id), "clock")?;
        ids::check(self.agencies.iter().map(|entry| &entry.id), "agency")?;
        ids::check(self.outcomes.iter().map(|entry| &entry.id), "outcome")?;
        for rule in &self.rules {
            if !self.sources.iter().any(|source| source.id() == rule.source()) {
                return Err(Flaw::at(
                    rule.source.span().start,
                    format!("the rule \"{}\" rests on \"{}\", which is no source here", rule.id(), rule.source()),
                    "name the id of a source in this file".to_owned(),
                ));
            }
        }
        Ok(())
    }
}
