//! The overlay above every pack, and England's working days.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::*;
use crate::time::Moment;

fn national() -> National {
    National::parse("national.toml", NATIONAL).unwrap_or_else(|fault| panic!("{fault}"))
}

fn at(text: &str) -> Moment {
    Moment::try_from(text.to_owned()).unwrap()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Easter Sunday by the computus (Meeus, Jones and Butcher).
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    day(year, u32::try_from(n / 31).unwrap(), u32::try_from(n % 31 + 1).unwrap())
}

/// The bank holidays of a year by the rules: England's eight, with substitute days for those on a weekend.
fn by_the_rules(year: i32) -> Vec<NaiveDate> {
    let monday = |from: NaiveDate| from.iter_days().find(|day| day.weekday() == Weekday::Mon).unwrap();
    let last_monday = |month: u32| monday(day(year, month + 1, 1) - Days::new(7));
    let mut days = vec![
        easter(year) - Days::new(2),
        easter(year) + Days::new(1),
        monday(day(year, 5, 1)),
        last_monday(5),
        last_monday(8),
    ];
    for fixed in [day(year, 1, 1), day(year, 12, 25), day(year, 12, 26)] {
        let free = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !days.contains(day);
        let kept = fixed.iter_days().find(free).unwrap();
        days.push(kept);
    }
    days.sort();
    days
}

#[test]
fn the_bank_holidays_are_those_of_the_rules_to_the_last_day() {
    let national = national();
    let calendar = national.calendar();
    assert_eq!((calendar.first(), calendar.last()), (day(2025, 1, 1), day(2028, 12, 31)));
    let bundled: Vec<NaiveDate> = calendar.holidays().map(|(day, _)| day).collect();
    let expected: Vec<NaiveDate> = (2025..=2028).flat_map(by_the_rules).collect();
    assert_eq!(bundled, expected);
    assert!(national.calendar_source().contains("proclaimed for one year only"), "says what it cannot know");
}

/// Some that are known from the published lists, so that the rules above are held to something too.
#[test]
fn days_that_everybody_knows() {
    assert_eq!([easter(2025), easter(2026)], [day(2025, 4, 20), day(2026, 4, 5)]);
    assert_eq!([easter(2027), easter(2028)], [day(2027, 3, 28), day(2028, 4, 16)]);
    let national = national();
    for (year, month, number, name) in [
        (2025, 4, 18, "Good Friday"),
        (2025, 8, 25, "Summer bank holiday"),
        (2026, 5, 4, "Early May bank holiday"),
        (2026, 12, 28, "Boxing Day, substitute day"),
        (2027, 12, 27, "Christmas Day, substitute day"),
        (2028, 1, 3, "New Year's Day, substitute day"),
    ] {
        let date = day(year, month, number);
        assert_eq!(national.calendar().holidays().find(|(day, _)| *day == date).map(|(_, name)| name), Some(name));
        assert_eq!(national.calendar().is_working_day(date), Some(false));
    }
    assert_eq!(national.calendar().is_working_day(day(2026, 12, 26)), Some(false), "a Saturday");
    assert_eq!(national.calendar().is_working_day(day(2026, 12, 29)), Some(true));
    assert_eq!(national.calendar().is_working_day(day(2029, 1, 2)), None);
    assert_eq!(national.calendar().is_working_day(day(2024, 12, 31)), None);
}

#[test]
fn one_working_day_after_a_moment() {
    let national = national();
    for (from, due) in [
        ("2026-11-24T10:00:00Z", "2026-11-25T10:00:00Z"),
        // Friday to Monday, and a Saturday to the Monday after.
        ("2026-11-27T15:30:00Z", "2026-11-30T15:30:00Z"),
        ("2026-11-28T09:00:00Z", "2026-11-30T09:00:00Z"),
        ("2026-11-29T09:00:00Z", "2026-11-30T09:00:00Z"),
        // Past Easter: Thursday before Good Friday to Tuesday.
        ("2026-04-02T12:00:00Z", "2026-04-07T12:00:00Z"),
        // Past Christmas on Friday and Boxing Day's Monday, and past the substitute days of 2027.
        ("2026-12-24T11:00:00Z", "2026-12-29T11:00:00Z"),
        ("2027-12-24T11:00:00Z", "2027-12-29T11:00:00Z"),
        // Summer holidays of schools do not stop it.
        ("2026-08-11T08:00:00Z", "2026-08-12T08:00:00Z"),
        // The clocks go forward on 29 March 2026 and back on 25 October: the same time on the wall.
        ("2026-03-27T15:00:00Z", "2026-03-30T14:00:00Z"),
        ("2026-10-23T14:00:00Z", "2026-10-26T15:00:00Z"),
        // By the day in London, not in Greenwich: ten past midnight on Tuesday in summer.
        ("2026-06-01T23:10:00Z", "2026-06-02T23:10:00Z"),
        ("2026-06-04T23:10:00Z", "2026-06-07T23:10:00Z"),
    ] {
        assert_eq!(national.calendar().after(at(from), 1), Due::By(at(due)), "{from}");
    }
    assert_eq!(national.calendar().after(at("2026-11-27T15:30:00Z"), 5), Due::By(at("2026-12-04T15:30:00Z")));
    assert_eq!(national.calendar().after(at("2026-11-28T15:30:00Z"), 0), Due::By(at("2026-11-28T15:30:00Z")));
}

#[test]
fn what_lies_past_the_bundled_days_is_not_known() {
    let calendar = national().calendar().clone();
    let (first, last) = (calendar.first(), calendar.last());
    assert_eq!(calendar.after(at("2028-12-28T10:00:00Z"), 1), Due::By(at("2028-12-29T10:00:00Z")));
    assert_eq!(calendar.after(at("2028-12-29T10:00:00Z"), 1), Due::NotKnownPast(last));
    assert_eq!(calendar.after(at("2031-05-05T10:00:00Z"), 1), Due::NotKnownPast(last));
    assert_eq!(calendar.after(at("2031-05-05T10:00:00Z"), 0), Due::NotKnownPast(last));
    assert_eq!(calendar.after(at("2024-12-31T10:00:00Z"), 1), Due::NotKnownBefore(first));
    assert_eq!(calendar.after(at("2025-01-01T00:00:00Z"), 1), Due::By(at("2025-01-02T00:00:00Z")));
    assert_eq!(calendar.after(Moment::from_micros(i64::MAX), u32::MAX), Due::NotKnownBefore(first), "no date holds it");
}

/// Counted day by day over the whole calendar, in another way than the code does.
#[test]
fn every_day_of_the_calendar_is_followed_by_its_next_working_day() {
    let calendar = national().calendar().clone();
    let holidays: Vec<NaiveDate> = calendar.holidays().map(|(day, _)| day).collect();
    for start in calendar.first().iter_days().take_while(|day| *day < calendar.last()) {
        let next =
            start.iter_days().skip(1).find(|day| day.weekday().number_from_monday() < 6 && !holidays.contains(day));
        let noon = Moment::from(start.and_hms_opt(12, 0, 0).unwrap().and_utc());
        match calendar.after(noon, 1) {
            Due::By(due) => assert_eq!(Some(due.in_uk().0.date()), next, "{start}"),
            Due::NotKnownPast(last) => assert!(next.unwrap() > last, "{start}"),
            other @ (Due::AtOnce | Due::NotKnownBefore(_)) => panic!("{start}: {other:?}"),
        }
    }
}

#[test]
fn each_clock_says_when_it_is_due() {
    let national = national();
    let due = |id: &str| {
        let clock = national.clocks().iter().find(|clock| clock.id() == id).unwrap();
        clock.due(at("2026-11-27T15:30:00Z"), national.calendar())
    };
    assert_eq!(due("999"), Due::AtOnce);
    assert_eq!(due("social-care"), Due::AtOnce);
    assert_eq!(due("lado"), Due::By(at("2026-11-30T15:30:00Z")));
    assert_eq!(due("ico"), Due::By(at("2026-11-30T15:30:00Z")));
}

#[test]
fn every_entry_of_the_overlay_has_its_source_and_when_it_was_checked() {
    let national = national();
    assert!(
        national.sources().iter().all(|source| source.checked() <= national.date() && source.source_note().is_some())
    );
    for body in ["kcsie", "working-together", "ukcis", "prevent", "uk-gdpr", "ceop", "iwf"] {
        assert!(national.sources().iter().any(|source| source.id() == body), "{body}");
    }
    assert!(national.clocks().iter().all(|clock| !clock.source().is_empty() && clock.checked() <= national.date()));
    assert!(national.rules().len() >= 9);
    let routes: Vec<_> = national.agencies().iter().map(Agency::id).collect();
    assert_eq!(routes, ["police", "social-care", "lado", "ico", "prevent", "ceop", "iwf", "platform"]);
}

#[test]
fn every_pack_under_the_overlay_has_the_national_clocks_routes_and_outcomes() {
    let national = national();
    for pack in packs() {
        let (id, reference, own) = (pack.id().to_owned(), pack.reference(), pack.agencies().to_vec());
        let over = national.over(pack);
        let clocks: Vec<_> = over.clocks().iter().map(Clock::id).collect();
        assert_eq!(clocks, ["999", "social-care", "lado", "ico"], "{id}");
        assert_eq!(over.agencies()[..own.len()], own, "{id}: the pack's own routes come first, as they were");
        for route in national.agencies() {
            assert_eq!(
                over.agencies().iter().filter(|agency| agency.id() == route.id()).count(),
                1,
                "{id} {}",
                route.id()
            );
        }
        assert_eq!(over.outcomes().len(), 8, "{id}");
        assert_eq!(over.reference(), reference, "{id}: a case is opened under the pack's text");
        assert_eq!(national.over(over.clone()), over, "{id}: twice is once");
    }
}

/// A pack may have a clock that is stricter, and one of its own; a laxer one gives way.
#[test]
fn the_stricter_clock_holds() {
    let national = national();
    let limits = |text: &str| {
        let over = national.over(PolicyPack::parse(NAME, text).unwrap());
        over.clocks().iter().map(|clock| (clock.id().to_owned(), clock.limit())).collect::<Vec<_>>()
    };
    let limit = |from: &str, to: &str| limits(&changed(&format!("limit = \"{from}\""), &format!("limit = \"{to}\"")));
    assert_eq!(limit("72 hours", "24 hours")[3].1, Limit::Hours(24));
    assert_eq!(limit("72 hours", "96 hours")[3].1, Limit::Hours(72));
    assert_eq!(limit("72 hours", "2 working days")[3].1, Limit::Hours(72));
    assert_eq!(limit("1 working day", "at once")[2].1, Limit::AtOnce);
    assert_eq!(limit("1 working day", "4 hours")[2].1, Limit::Hours(4));
    assert_eq!(limit("1 working day", "24 hours")[2].1, Limit::WorkingDays(1), "a day in spring has 23 hours");
    assert_eq!(limit("1 working day", "2 working days")[2].1, Limit::WorkingDays(1));
    assert_eq!(limit("at once", "1 hour")[0].1, Limit::AtOnce);
    let own = limits(&changed("id = \"ico\"", "id = \"trust-board\""));
    assert_eq!(
        own.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(),
        ["999", "social-care", "lado", "ico", "trust-board"]
    );
}

#[test]
fn faults_of_the_overlay_name_the_line() {
    for (from, to, marked, what) in [
        ("source = \"iwf\"", "source = \"nobody\"", "\"nobody\"", "which is no source here"),
        ("id = \"no-blame\"", "id = \"never-look\"", "", "a second rule"),
        ("first = \"2025-01-01\"", "first = \"2025-02-01\"", "last = \"2028", "not those of whole years"),
        ("day = \"2025-04-21\"", "day = \"2025-04-17\"", "2025-04-17", "twice or out of order"),
        ("day = \"2028-12-26\"", "day = \"2029-12-26\"", "2029-12-26", "lies outside"),
        ("day = \"2027-01-01\"", "day = \"1.1.2027\"", "1.1.2027", "is no day"),
        ("day = \"2027-01-01\"", "day = \"2027-02-30\"", "2027-02-30", "is no day"),
        ("date = \"2026-11-26\"", "dated = \"2026-11-26\"", "dated", "unknown key"),
    ] {
        assert!(NATIONAL.contains(from), "{from}");
        let text = NATIONAL.replacen(from, to, 1);
        let fault = National::parse("national.toml", &text).expect_err(from);
        assert!(fault.what().contains(what), "{from}: {fault}");
        assert!(!fault.instead().is_empty());
        if !marked.is_empty() {
            assert_eq!(fault.line(), line(&text, marked), "{fault}");
        }
    }
}
