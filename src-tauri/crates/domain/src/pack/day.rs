//! Days and editions, as packs write them.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;

/// A day: `2026-11-26`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Day(NaiveDate);

impl Day {
    /// The day.
    pub(super) fn date(self) -> NaiveDate {
        self.0
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|day| day.to_string() == text);
        day.map(Self).ok_or_else(|| format!("\"{text}\" is no day, expected a day such as \"2026-11-26\""))
    }
}

/// The edition of a source: its year, with the month where the source gives one (`2024-02`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Edition(String);

impl Edition {
    /// As it is written.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Edition {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (year, month) = text.split_once('-').unwrap_or((&text, "01"));
        let numbers = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        let holds = numbers(year, 4) && numbers(month, 2) && month.parse().is_ok_and(|m: u8| (1..=12).contains(&m));
        if holds {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" is no edition, expected a year and month such as \"2024-02\", or a year"))
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
