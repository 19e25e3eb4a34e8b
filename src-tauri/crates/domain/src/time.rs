//! Moments: UTC with microseconds, as the ledger keeps them, and how the United Kingdom's clocks show them.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::{Europe::London, OffsetName};
use serde::{Deserialize, Serialize};

/// A moment in UTC, to the microsecond. Always an argument: the core has no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(i64);

impl Moment {
    /// From microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The moment as a date-time in UTC; the epoch where it lies outside what a date can hold.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// What a clock on the wall in the United Kingdom shows, with the zone's name (`GMT` or `BST`).
    #[must_use]
    pub fn in_uk(self) -> (NaiveDateTime, String) {
        let local = London.from_utc_datetime(&self.utc().naive_utc());
        (local.naive_local(), local.offset().abbreviation().unwrap_or("GMT").to_owned())
    }
}

impl Moment {
    /// This moment moved on by so many hours.
    #[must_use]
    pub const fn after_hours(self, hours: u32) -> Self {
        Self(self.0.saturating_add((hours as i64).saturating_mul(3_600_000_000)))
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }
}

impl fmt::Display for Moment {
    /// Fixed form, so that equal moments have equal text: `2026-11-22T14:33:05.000000Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.utc().format("%Y-%m-%dT%H:%M:%S%.6fZ"))
    }
}

impl TryFrom<String> for Moment {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        DateTime::parse_from_rfc3339(&text).map(|at| Self(at.timestamp_micros()))
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_moment_survives_its_own_text() {
        let moment = Moment::try_from("2026-06-01T09:30:00.000007Z".to_owned()).unwrap();
        assert_eq!(moment.to_string(), "2026-06-01T09:30:00.000007Z");
        assert_eq!(Moment::try_from(moment.to_string()).unwrap(), moment);
    }

    #[test]
    fn hours_pass_whatever_the_day() {
        let on = |text: &str| Moment::try_from(text.to_owned()).unwrap();
        assert_eq!(on("2026-11-26T14:33:00Z").after_hours(72), on("2026-11-29T14:33:00Z"));
    }

    #[test]
    fn summer_and_winter_have_their_own_zone() {
        let summer = Moment::try_from("2026-06-01T09:30:00Z".to_owned()).unwrap().in_uk();
        let winter = Moment::try_from("2026-11-22T09:30:00Z".to_owned()).unwrap().in_uk();
        assert_eq!((summer.0.to_string().as_str(), summer.1.as_str()), ("2026-06-01 10:30:00", "BST"));
        assert_eq!((winter.0.to_string().as_str(), winter.1.as_str()), ("2026-11-22 09:30:00", "GMT"));
    }
}
