//! The report of a term: cases counted without names. What may be printed of a count, the core says.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use trail_domain::advice::clocks::{self, Duty};
use trail_domain::case::Case;
use trail_domain::counts::{self, Printed, Total};
use trail_domain::event::report::TriageExit;
use trail_domain::pack::{Calendar, PolicyPack};

use super::Scene;
use super::terms::Term;
use crate::phrases::Phrases;
use crate::wire::report::{CountChart, CountRow, ReportFigure, TermReport};

/// How many terms stand beside one another.
pub(crate) const TERMS: usize = 6;

/// What a report needs of a case.
pub(crate) struct Counted {
    opened: NaiveDate,
    kind: String,
    route: Route,
    outcome: Outcome,
    /// When it was closed, and working days from its opening to then, where they can be counted.
    closed: Option<(NaiveDate, Option<u32>)>,
    /// For each overdue action the working days it is late, where they can be counted.
    overdue: Vec<Option<u32>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Route {
    Group,
    Logged,
    Illegal,
    NotDecided,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Substance,
    NoSubstance,
    Logged,
    Open,
    Police,
}

const ROUTES: [(Route, &str); 4] = [
    (Route::Group, "termly.route.group"),
    (Route::Logged, "termly.route.logged"),
    (Route::Illegal, "termly.route.illegal"),
    (Route::NotDecided, "termly.route.not-decided"),
];

const OUTCOMES: [(Outcome, &str); 5] = [
    (Outcome::Substance, "termly.outcome.substance"),
    (Outcome::NoSubstance, "termly.outcome.no-substance"),
    (Outcome::Logged, "termly.outcome.logged"),
    (Outcome::Open, "termly.outcome.open"),
    (Outcome::Police, "termly.outcome.police"),
];

/// Working days to close: the most of each row but the last two.
const TO_CLOSE: [(u32, &str); 4] =
    [(5, "termly.to-close.1"), (10, "termly.to-close.2"), (20, "termly.to-close.3"), (u32::MAX, "termly.to-close.4")];

const OVERDUE: [(u32, &str); 3] = [(5, "termly.late.1"), (20, "termly.late.2"), (u32::MAX, "termly.late.3")];

/// What a report counts of a case.
pub(crate) fn counted(scene: &Scene<'_>) -> Counted {
    let case = scene.case;
    let day = |at: trail_domain::time::Moment| at.in_uk().0.date();
    let opened = day(case.opening().at);
    let category = &case.report().category;
    let kind = scene.pack.category(category).map_or_else(|| category.to_string(), |one| one.label().to_owned());
    let closed = closed_at(case).map(day);
    let days = |from, to| working_days(scene.calendar, from, to);
    Counted {
        opened,
        kind,
        route: route(case),
        outcome: outcome(case),
        closed: closed.map(|closed| (closed, days(opened, closed))),
        overdue: overdue(scene).into_iter().map(|due| due.and_then(|due| days(due, day(scene.now.at)))).collect(),
    }
}

fn route(case: &Case) -> Route {
    match case.triage().map(|(_, exit, _)| *exit) {
        Some(TriageExit::OtherIncidents) => Route::Group,
        Some(TriageExit::LogOnly) => Route::Logged,
        Some(TriageExit::IllegalRoute) => Route::Illegal,
        None => Route::NotDecided,
    }
}

fn outcome(case: &Case) -> Outcome {
    if case.halt().is_some() || !case.stopped().is_empty() || route(case) == Route::Illegal {
        return Outcome::Police;
    }
    if case.is_log_only() {
        return Outcome::Logged;
    }
    match (case.signed_off(), case.substance()) {
        (Some(_), Some(true)) => Outcome::Substance,
        (Some(_), Some(false)) => Outcome::NoSubstance,
        (Some(_), None) | (None, _) => Outcome::Open,
    }
}

/// When a case was signed off or logged. What is with the police is not closed by the school.
fn closed_at(case: &Case) -> Option<trail_domain::time::Moment> {
    match outcome(case) {
        Outcome::Substance | Outcome::NoSubstance => case.signed_off().map(|(stamp, _)| stamp.at),
        Outcome::Logged => case.logged().map(|(stamp, _)| stamp.at),
        Outcome::Open | Outcome::Police => None,
    }
}

/// The day each overdue action was due.
fn overdue(scene: &Scene<'_>) -> Vec<Option<NaiveDate>> {
    let running = clocks::clocks(scene.case, scene.pack, scene.now.at, scene.calendar);
    let due = |id: &str| {
        let line = scene.case.actions()?.lines.iter().find(|line| line.action == id)?;
        NaiveDate::parse_from_str(line.due.as_deref()?, "%Y-%m-%d").ok()
    };
    let late = running.into_iter().filter(|clock| clock.over).filter_map(|clock| match clock.duty {
        Duty::Action(id) => Some(due(&id)),
        Duty::ChildNotSafe
        | Duty::RingThePolice
        | Duty::RingSocialCare
        | Duty::TellTheLado
        | Duty::ReportTheBreach
        | Duty::Other(_) => None,
    });
    late.collect()
}

/// Working days after `from` up to `to`; none where the bank holidays of one of them are not known.
fn working_days(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> Option<u32> {
    let mut days = 0;
    for day in from.iter_days().skip(1).take_while(|day| *day <= to) {
        days += u32::from(calendar.is_working_day(day)?);
    }
    Some(days)
}

/// The report of a term, over these cases, counted on a day.
pub(crate) fn report(cases: &[Counted], term: Term, pack: &PolicyPack, today: &str, phrases: &Phrases) -> TermReport {
    let say = |key: &str| phrases.say(key, &[]);
    let opened: Vec<&Counted> = cases.iter().filter(|case| term.holds(case.opened)).collect();
    let closed: Vec<Option<u32>> =
        cases.iter().filter_map(|case| case.closed).filter(|(day, _)| term.holds(*day)).map(|(_, days)| days).collect();
    let late: Vec<Option<u32>> = cases.iter().flat_map(|case| case.overdue.iter().copied()).collect();
    let (kinds, by_kind) = kinds(&opened, pack, &say("termly.kind.other"));
    let tally = |count: &dyn Fn(&Counted) -> bool| small(opened.iter().filter(|case| count(case)).count());
    let by_route: Vec<u32> = ROUTES.iter().map(|(route, _)| tally(&|case| case.route == *route)).collect();
    let by_outcome: Vec<u32> = OUTCOMES.iter().map(|(outcome, _)| tally(&|case| case.outcome == *outcome)).collect();
    let (to_close, by_close) = bands(&closed, &TO_CLOSE);
    let (how_late, by_late) = bands(&late, &OVERDUE);
    let all = [&by_kind, &by_route, &by_outcome, &by_close, &by_late];
    let rounded = all.iter().any(|rows| rows.iter().any(|count| counts::is_small(*count)));
    let opened_page = counts::printed(&[by_kind, by_route, by_outcome], rounded);
    let closed_page = counts::printed(&[by_close], rounded);
    let late_page = counts::printed(&[by_late], rounded);
    let labels = |keys: &[&'static str]| keys.iter().map(|key| say(key)).collect::<Vec<_>>();
    let chart = |id: &str, labels: Vec<String>, page: &counts::Counted, place: usize| CountChart {
        id: id.to_owned(),
        title: phrases.say(&format!("termly.chart.{id}"), &[("day", today)]),
        rows: page.charts().map_or_else(Vec::new, |charts| rows(phrases, labels, &charts[place])),
        instead: page.charts().is_none().then(|| say("termly.too-small")),
    };
    let median = if closed_page.hides_nothing() { median(&closed) } else { None };
    let figure = |figure: String, key: &str| ReportFigure { figure, caption: say(key) };
    TermReport {
        title: term.title(),
        span: phrases.say("termly.span", &[("days", &term.span()), ("day", today)]),
        scope: say("termly.scope"),
        small: say("termly.small"),
        figures: vec![
            figure(total(phrases, opened_page.total()), "termly.figure.opened"),
            figure(total(phrases, closed_page.total()), "termly.figure.closed"),
            figure(total(phrases, late_page.total()), "termly.figure.late"),
            figure(
                median.map_or_else(|| say("termly.count.not-shown"), |days| days.to_string()),
                "termly.figure.median",
            ),
        ],
        charts: vec![
            chart("kind", kinds, &opened_page, 0),
            chart("route", labels(&ROUTES.map(|(_, key)| key)), &opened_page, 1),
            chart("outcome", labels(&OUTCOMES.map(|(_, key)| key)), &opened_page, 2),
            chart("to-close", labels(&to_close), &closed_page, 0),
            chart("late", labels(&how_late), &late_page, 0),
        ],
        six: six(cases, term, phrases),
    }
}

/// The kinds that were reported, in the policy's order, and what stands for all others.
fn kinds(opened: &[&Counted], pack: &PolicyPack, others: &str) -> (Vec<String>, Vec<u32>) {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for case in opened {
        *found.entry(case.kind.as_str()).or_default() += 1;
    }
    let mut rows: Vec<(String, u32)> = Vec::new();
    for category in pack.categories() {
        let count = found.remove(category.label()).unwrap_or(0);
        if count > 0 {
            rows.push((category.label().to_owned(), small(count)));
        }
    }
    // Kinds of a policy that was in use before.
    rows.push((others.to_owned(), small(found.values().sum())));
    rows.into_iter().unzip()
}

/// Counts by how many days; a last row for what cannot be counted, where there is any.
fn bands(days: &[Option<u32>], bands: &[(u32, &'static str)]) -> (Vec<&'static str>, Vec<u32>) {
    let mut keys: Vec<&'static str> = bands.iter().map(|(_, key)| *key).collect();
    let mut found = vec![0; bands.len()];
    let mut not_known = 0;
    for days in days {
        let place = days.and_then(|days| bands.iter().position(|(most, _)| days <= *most));
        match place {
            Some(place) => found[place] += 1,
            None => not_known += 1,
        }
    }
    if not_known > 0 {
        keys.push("termly.not-known");
        found.push(not_known);
    }
    (keys, found)
}

fn median(days: &[Option<u32>]) -> Option<u32> {
    let mut known: Vec<u32> = days.iter().copied().collect::<Option<_>>()?;
    known.sort_unstable();
    known.get(known.len().checked_sub(1)? / 2).copied()
}

/// Cases opened in this term and those before it, to the nearest 5 whatever the others are.
fn six(cases: &[Counted], term: Term, phrases: &Phrases) -> CountChart {
    let mut terms = term.back(TERMS);
    terms.reverse();
    let row = |term: Term| {
        let count = counts::to_the_nearest_five(small(cases.iter().filter(|case| term.holds(case.opened)).count()));
        let bar = match count {
            Total::About(count) | Total::Exact(count) => Some(count),
            Total::Nothing | Total::Few | Total::NotShown => None,
        };
        let printed = bar.map_or_else(|| total(phrases, count), |count| count.to_string());
        CountRow { label: term.short(), printed, bar }
    };
    CountChart {
        id: "six".to_owned(),
        title: phrases.say("termly.chart.six", &[]),
        rows: terms.into_iter().map(row).collect(),
        instead: None,
    }
}

fn rows(phrases: &Phrases, labels: Vec<String>, counts: &[Printed]) -> Vec<CountRow> {
    let row = |(label, count): (String, &Printed)| {
        let (printed, bar) = match count {
            Printed::Nothing => (phrases.say("termly.count.none", &[]), None),
            Printed::Few => (phrases.say("termly.count.few", &[]), None),
            Printed::NotShown => (phrases.say("termly.count.not-shown", &[]), None),
            Printed::Shown(count) => (count.to_string(), Some(*count)),
        };
        CountRow { label, printed, bar }
    };
    labels.into_iter().zip(counts).map(row).collect()
}

fn total(phrases: &Phrases, total: Total) -> String {
    match total {
        Total::Nothing => phrases.say("termly.count.none", &[]),
        Total::Few => phrases.say("termly.count.few", &[]),
        Total::NotShown => phrases.say("termly.count.not-shown", &[]),
        Total::Exact(count) => count.to_string(),
        Total::About(count) => phrases.say("termly.count.about", &[("count", &count.to_string())]),
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
