//! Working days in England: Monday to Friday less the bank holidays, as far as those are known.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Weekday};
use chrono_tz::Europe::London;
use serde::Deserialize;
use toml::Spanned;

use super::day::Day;
use super::fault::Flaw;
use crate::time::Moment;
use crate::words::Words;

/// When something is due, or why nobody can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Now.
    AtOnce,
    /// By this moment.
    By(Moment),
    /// It falls past this day, the last for which the bank holidays are known: count by hand.
    NotKnownPast(NaiveDate),
    /// It starts before this day, the first for which the bank holidays are known: count by hand.
    NotKnownBefore(NaiveDate),
}

/// England's bank holidays over whole years (Banking and Financial Dealings Act 1971, and proclamations under it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    first: NaiveDate,
    last: NaiveDate,
    holidays: BTreeMap<NaiveDate, String>,
}

impl Calendar {
    /// The first day for which the bank holidays are known.
    #[must_use]
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// The last day for which they are known.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.last
    }

    /// The bank holidays with their names, in order.
    pub fn holidays(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.holidays.iter().map(|(day, name)| (*day, name.as_str()))
    }

    /// Whether this is a working day; none where the bank holidays of that day are not known.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> Option<bool> {
        let known = (self.first..=self.last).contains(&day);
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        known.then(|| !weekend && !self.holidays.contains_key(&day))
    }

    /// So many working days after a moment: the same time by the clock on the wall, on the day that is so many
    /// working days later. What starts on a Saturday or a bank holiday counts from that day, so it is due on the
    /// first working day after it: the earliest reading of *within one working day*. With none, the moment itself.
    #[must_use]
    pub fn after(&self, from: Moment, working_days: u32) -> Due {
        let (local, _) = from.in_uk();
        let mut day = local.date();
        if day < self.first {
            return Due::NotKnownBefore(self.first);
        }
        let mut left = working_days;
        while left > 0 {
            let Some(next) = day.checked_add_days(Days::new(1)) else {
                return Due::NotKnownPast(self.last);
            };
            day = next;
            match self.is_working_day(day) {
                None => return Due::NotKnownPast(self.last),
                Some(works) => left -= u32::from(works),
            }
        }
        if day > self.last {
            return Due::NotKnownPast(self.last);
        }
        Due::By(in_london(day.and_time(local.time())))
    }
}

/// The moment at which clocks in London show this; the earlier one where they show it twice, and an hour later where
/// they leave it out.
fn in_london(local: NaiveDateTime) -> Moment {
    match London.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Moment::from(at.to_utc()),
        // Clocks go from 01:00 GMT to 02:00 BST: 01:30 is left out, and half an hour past one by GMT is 02:30 BST.
        LocalResult::None => Moment::from(local.and_utc()),
    }
}

/// The calendar as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCalendar {
    pub(super) source: Words,
    first: Spanned<Day>,
    last: Spanned<Day>,
    days: Vec<WrittenHoliday>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHoliday {
    day: Spanned<Day>,
    name: Words,
}

impl WrittenCalendar {
    /// Checks that the years are whole, and that the days are in order and within them.
    pub(super) fn read(&self) -> Result<Calendar, Flaw> {
        let (first, last) = (self.first.get_ref().date(), self.last.get_ref().date());
        if (first.month(), first.day()) != (1, 1) || (last.month(), last.day()) != (12, 31) || last < first {
            return Err(Flaw::at(
                self.last.span().start,
                format!("the bank holidays from {first} to {last} are not those of whole years"),
                "write a first day like \"2025-01-01\" and a last day like \"2028-12-31\"".to_owned(),
            ));
        }
        let mut holidays = BTreeMap::new();
        for holiday in &self.days {
            let day = holiday.day.get_ref().date();
            let at = holiday.day.span().start;
            if !(first..=last).contains(&day) {
                return Err(Flaw::at(
                    at,
                    format!("the bank holiday {day} lies outside {first} to {last}"),
                    "move the first or last day, or take it out".to_owned(),
                ));
            }
            if holidays.last_key_value().is_some_and(|(before, _)| *before >= day) {
                return Err(Flaw::at(
                    at,
                    format!("the bank holiday {day} stands twice or out of order"),
                    "write each day once, in order".to_owned(),
                ));
            }
            holidays.insert(day, holiday.name.as_str().to_owned());
        }
        Ok(Calendar { first, last, holidays })
    }
}
