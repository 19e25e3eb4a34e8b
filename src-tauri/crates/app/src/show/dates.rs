//! Dates and times as people read them: `22 November 2026`, `14:33 GMT`. The zone is always said.

use chrono::NaiveDate;
use trail_domain::time::Moment;

/// `22 November 2026`.
pub(crate) fn day(at: Moment) -> String {
    at.in_uk().0.format("%-d %B %Y").to_string()
}

/// `14:33 GMT`.
pub(crate) fn minute(at: Moment) -> String {
    let (local, zone) = at.in_uk();
    format!("{} {zone}", local.format("%H:%M"))
}

/// `14:33:05 GMT`.
pub(crate) fn second(at: Moment) -> String {
    let (local, zone) = at.in_uk();
    format!("{} {zone}", local.format("%H:%M:%S"))
}

/// `22 November 2026, 14:33 GMT`.
pub(crate) fn full(at: Moment) -> String {
    format!("{}, {}", day(at), minute(at))
}

/// `22 November 2026, 14:33:05 GMT`.
pub(crate) fn exact(at: Moment) -> String {
    format!("{}, {}", day(at), second(at))
}

/// A day written `2026-11-22`, as `22 November 2026`; as it is written where it is no day.
pub(crate) fn written_day(day: &str) -> String {
    NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .map_or_else(|_| day.to_owned(), |date| date.format("%-d %B %Y").to_string())
}
