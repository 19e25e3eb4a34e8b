//! Times as the documents print them: the clock of the United Kingdom, with its zone.

use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Europe::London;

/// `22 November 2026`.
pub fn date(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format("%-d %B %Y").to_string()
}

/// `14:33:05 GMT`, or in summer `15:33:05 BST (14:33:05 UTC)`.
pub fn clock(at: DateTime<Utc>) -> String {
    zoned(at, "%H:%M:%S")
}

/// `22 November 2026, 14:33:05 GMT`.
pub fn date_and_time(at: DateTime<Utc>) -> String {
    format!("{}, {}", date(at), clock(at))
}

/// `22 November 2026, 14:33:05.214 GMT`: where thousandths of a second were recorded.
pub fn date_and_exact_time(at: DateTime<Utc>) -> String {
    format!("{}, {}", date(at), zoned(at, "%H:%M:%S%.3f"))
}

/// `22 November 2026, 10:05:12 to 10:58:40 GMT`; both dates where the days differ.
pub fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let (start, end) = (from.with_timezone(&London), to.with_timezone(&London));
    if start.date_naive() != end.date_naive() || zone(from) != zone(to) {
        return format!("{} to {}", date_and_time(from), date_and_time(to));
    }
    let first = format!("{}, {} to {} {}", date(from), start.format("%H:%M:%S"), end.format("%H:%M:%S"), zone(from));
    if zone(from) == "GMT" {
        return first;
    }
    format!("{first} ({} to {} UTC)", from.format("%H:%M:%S"), to.format("%H:%M:%S"))
}

/// `Time (GMT)` where every time of a column is in GMT, so that its cells need not say it.
pub(super) fn column(name: &str, times: &[DateTime<Utc>]) -> String {
    if all_gmt(times) { format!("{name} (GMT)") } else { name.to_owned() }
}

/// The time for a cell of a [`column`]: with its zone only where the heading has none.
pub(super) fn in_column(at: DateTime<Utc>, times: &[DateTime<Utc>]) -> String {
    if all_gmt(times) { at.format("%H:%M:%S").to_string() } else { clock(at) }
}

fn all_gmt(times: &[DateTime<Utc>]) -> bool {
    times.iter().all(|at| zone(*at) == "GMT")
}

/// The time as PDF metadata has it: `D:20261122143305Z`.
pub(super) fn in_metadata(at: DateTime<Utc>) -> String {
    at.format("D:%Y%m%d%H%M%SZ").to_string()
}

/// The time as XMP has it: `2026-11-22T14:33:05Z`.
pub(super) fn in_xmp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn zoned(at: DateTime<Utc>, format: &str) -> String {
    let local = at.with_timezone(&London);
    let shown = local.format(format);
    if zone(at) == "GMT" {
        return format!("{shown} GMT");
    }
    format!("{shown} BST ({} UTC)", at.format(format))
}

fn zone(at: DateTime<Utc>) -> &'static str {
    if at.with_timezone(&London).hour() == at.hour() { "GMT" } else { "BST" }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn winter_is_gmt_and_summer_says_both() {
        assert_eq!(date_and_time(at("2026-11-22T14:33:05Z")), "22 November 2026, 14:33:05 GMT");
        assert_eq!(clock(at("2026-07-01T14:33:05Z")), "15:33:05 BST (14:33:05 UTC)");
        assert_eq!(date(at("2026-07-01T23:30:00Z")), "2 July 2026");
    }

    #[test]
    fn the_clock_changes_at_one_in_the_morning_utc() {
        assert_eq!(clock(at("2026-03-29T00:59:59Z")), "00:59:59 GMT");
        assert_eq!(clock(at("2026-03-29T01:00:00Z")), "02:00:00 BST (01:00:00 UTC)");
    }

    #[test]
    fn a_span_names_its_day_once() {
        assert_eq!(
            span(at("2026-11-19T10:05:12Z"), at("2026-11-19T10:58:40Z")),
            "19 November 2026, 10:05:12 to 10:58:40 GMT"
        );
    }
}
