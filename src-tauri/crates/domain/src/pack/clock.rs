//! Clocks that run beside a case.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::calendar::{Calendar, Due};
use super::day::Day;
use crate::time::Moment;
use crate::words::Words;

/// What starts a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartsOn {
    /// A child is not safe, or nobody knows.
    ChildNotSafe,
    /// A child may be suffering harm or be likely to: the category's route is child protection, or somebody says so.
    ChildMayBeHarmed,
    /// The harm test for somebody who works with children is met, or nobody is sure.
    AllegationAgainstStaff,
    /// Personal data was lost or exposed.
    DataBreach,
}

/// How long there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Limit {
    /// Now.
    AtOnce,
    /// So many hours, whatever the day.
    Hours(u32),
    /// So many days from Monday to Friday, less England's bank holidays.
    WorkingDays(u32),
}

impl Limit {
    /// Whether this limit never ends later than the other, whatever the day.
    #[must_use]
    pub const fn is_as_strict_as(self, other: Self) -> bool {
        match (self, other) {
            (Self::AtOnce, _) => true,
            (Self::Hours(_) | Self::WorkingDays(_), Self::AtOnce) | (Self::WorkingDays(_), Self::Hours(_)) => false,
            (Self::Hours(hours), Self::Hours(others)) => hours <= others,
            (Self::WorkingDays(days), Self::WorkingDays(others)) => days <= others,
            // A working day is never shorter than a day, less the hour that the clocks take in spring.
            (Self::Hours(hours), Self::WorkingDays(days)) => hours < days.saturating_mul(24),
        }
    }
}

impl TryFrom<String> for Limit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "at once" {
            return Ok(Self::AtOnce);
        }
        let (number, unit) = text.split_once(' ').unwrap_or((&text, ""));
        let number: Option<u32> = number.parse().ok().filter(|number| *number > 0);
        match (number, unit) {
            (Some(hours), "hour" | "hours") => Ok(Self::Hours(hours)),
            (Some(days), "working day" | "working days") => Ok(Self::WorkingDays(days)),
            _ => Err(format!("\"{text}\" is no limit, expected \"at once\", \"72 hours\" or \"1 working day\"")),
        }
    }
}

/// A clock.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    pub(super) id: Spanned<String>,
    #[serde(rename = "starts-on")]
    starts_on: StartsOn,
    limit: Limit,
    says: Words,
    source: Words,
    checked: Day,
    source_note: Option<Words>,
}

impl Clock {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// What starts it.
    #[must_use]
    pub fn starts_on(&self) -> StartsOn {
        self.starts_on
    }

    /// How long there is.
    #[must_use]
    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// What has to be done.
    #[must_use]
    pub fn says(&self) -> &str {
        self.says.as_str()
    }

    /// Which rule says so.
    #[must_use]
    pub fn source(&self) -> &str {
        self.source.as_str()
    }

    /// The day on which the rule was last checked.
    #[must_use]
    pub fn checked(&self) -> NaiveDate {
        self.checked.date()
    }

    /// What of it was inferred or added, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }

    /// When it is due, counted from when it started.
    #[must_use]
    pub fn due(&self, from: Moment, calendar: &Calendar) -> Due {
        match self.limit {
            Limit::AtOnce => Due::AtOnce,
            Limit::Hours(hours) => Due::By(from.after_hours(hours)),
            Limit::WorkingDays(days) => calendar.after(from, days),
        }
    }
}
