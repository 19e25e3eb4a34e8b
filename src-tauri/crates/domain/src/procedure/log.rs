//! Log only: one person writes down what happened, what was done and whether the parents know, and closes it. Never
//! where a child may be harmed or where somebody who works with children may have done harm.

use chrono::{Datelike, NaiveDate};

use crate::case::Case;
use crate::event::report::{HarmTest, Logged, TriageExit};
use crate::event::{Event, Turn};
use crate::pack::{PolicyPack, Route, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::{Now, facts, intake};

/// Actions, by the ids that packs use, that no log takes: each is for a crime, or for a child who may be harmed.
const NOT_LOGGED: [&str; 6] =
    ["police", "prosecution", "lado", "safeguarding-procedures", "safeguarding-lead", "liaison-officer"];

/// Whether the case may be only logged.
///
/// # Errors
/// - If its category goes another way than the school's own.
/// - If a child may be harmed, or the subject works with children and the harm test was not answered with *no*.
pub fn allowed(case: &Case, pack: &PolicyPack) -> Result<(), Refusal> {
    let route = pack.category(&case.report().category).map(crate::pack::Category::route);
    let own = match route {
        Some(Route::School) => true,
        Some(Route::ChildProtection | Route::PoliceFirst | Route::AdviceFirst) | None => false,
    };
    let no_harm = match case.harm_test() {
        Some((_, HarmTest::No { .. })) => true,
        Some((_, HarmTest::YesOrUnsure { .. })) => false,
        None => !case.needs_harm_test(),
    };
    let stopped = case.was_halted() || !case.stopped().is_empty();
    if own && no_harm && !stopped && !facts::child_may_be_harmed(case) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::NotForLogOnly, Stage::Triage))
}

pub(super) fn log(
    case: &Case,
    pack: &PolicyPack,
    reason: Words,
    logged: Logged,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Triage));
    intake::still_open(case, Stage::Triage)?;
    if case.triage().is_some() {
        return refuse(RefusalCode::AlreadyDone);
    }
    allowed(case, pack)?;
    let Some(table) = pack.sanctions(&logged.table) else {
        return refuse(RefusalCode::UnknownAction);
    };
    let row = match logged.row {
        None => None,
        Some(row) => match table.rows().get(row) {
            Some(row) => Some(row),
            None => return refuse(RefusalCode::UnknownAction),
        },
    };
    if logged.actions.iter().any(|action| table.action(action).is_none()) {
        return refuse(RefusalCode::UnknownAction);
    }
    let more = |action: &str| {
        logged.actions.iter().any(|taken| taken == action) || row.is_some_and(|row| row.proposes(action))
    };
    if NOT_LOGGED.into_iter().any(more) {
        return refuse(RefusalCode::NotForLogOnly);
    }
    let rule = pack.retention().rule().clone();
    let review_on = years_on(now.at.in_uk().0.date(), pack.retention().years());
    Ok(vec![
        Event::Triaged { exit: TriageExit::LogOnly, reason },
        Event::Turn(Turn::Logged { logged }),
        Event::Retained { review_on, rule },
    ])
}

/// The same day so many years on; the day after where that year has no such day.
fn years_on(day: NaiveDate, years: u32) -> String {
    let year = day.year().saturating_add(i32::try_from(years).unwrap_or(i32::MAX));
    let same = day.with_year(year).or_else(|| day.succ_opt().and_then(|next| next.with_year(year)));
    same.unwrap_or(NaiveDate::MAX).format("%Y-%m-%d").to_string()
}
