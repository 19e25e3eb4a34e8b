//! Clocks that run beside a case: what started each, until when it runs, and whether it is over.

use crate::case::{Case, Stamp};
use crate::event::report::{ChildSafe, TriageExit};
use crate::event::review::ActionState;
use crate::pack::{Calendar, Clock, Due, PolicyPack, StartsOn};
use crate::time::Moment;

/// What a clock asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duty {
    /// A child is not safe, or nobody knows: ring 999.
    ChildNotSafe,
    /// Something is illegal or may be: ring the police.
    RingThePolice,
    /// A child may be suffering harm or be likely to: ring social care.
    RingSocialCare,
    /// Somebody who works with children: answer the harm test, ring the LADO.
    TellTheLado,
    /// Personal data was lost or exposed: report it.
    ReportTheBreach,
    /// Another clock of the pack, by its id.
    Other(String),
    /// An action of the case is due, by its id.
    Action(String),
}

/// A clock that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// What it asks for.
    pub duty: Duty,
    /// What started it, where an entry did.
    pub since: Option<Stamp>,
    /// Until when, or why nobody can say.
    pub until: Due,
    /// Its time is over.
    pub over: bool,
}

/// The clocks of a case at a moment, the most urgent first. `calendar` tells which days are working days.
#[must_use]
pub fn clocks(case: &Case, pack: &PolicyPack, at: Moment, calendar: &Calendar) -> Vec<Running> {
    let known = |starts: StartsOn| pack.clocks().iter().find(|clock| clock.starts_on() == starts);
    let run = |duty, since: &Stamp, clock: Option<&Clock>| {
        let until = clock.map_or(Due::AtOnce, |clock| clock.due(since.at, calendar));
        Running { duty, since: Some(since.clone()), until, over: matches!(until, Due::By(until) if at > until) }
    };
    let referred_after = |since: &Stamp| case.referrals().iter().any(|(stamp, _)| stamp.seq > since.seq);
    let mut running = Vec::new();
    let unsafe_since = case.child_safe_since();
    if matches!(case.report().child_safe, ChildSafe::NotSafe { .. }) && !referred_after(unsafe_since) {
        running.push(run(Duty::ChildNotSafe, unsafe_since, known(StartsOn::ChildNotSafe)));
    }
    if let Some(since) = police_since(case).filter(|since| !referred_after(since)) {
        running.push(run(Duty::RingThePolice, since, None));
    }
    if case.harm_test_open() && case.retained().is_none() {
        running.push(run(Duty::TellTheLado, case.harm_asked_since(), known(StartsOn::AllegationAgainstStaff)));
    }
    for told in case.clocks_told().iter().filter(|told| told.stopped.is_none()) {
        let clock = pack.clocks().iter().find(|clock| clock.id() == told.clock);
        let duty = match clock.map(Clock::starts_on) {
            Some(StartsOn::ChildNotSafe) => Duty::ChildNotSafe,
            Some(StartsOn::ChildMayBeHarmed) => Duty::RingSocialCare,
            Some(StartsOn::AllegationAgainstStaff) => Duty::TellTheLado,
            Some(StartsOn::DataBreach) => Duty::ReportTheBreach,
            None => Duty::Other(told.clock.clone()),
        };
        running.push(run(duty, &told.started, clock));
    }
    running.extend(overdue(case, at));
    running
}

/// What makes the police's clock run: HALT, Stop and refer, or the illegal route.
fn police_since(case: &Case) -> Option<&Stamp> {
    if let Some(halt) = case.last_halt() {
        return halt.released.is_none().then_some(&halt.stamp);
    }
    if case.retained().is_some() {
        return None;
    }
    let illegal = case.triage().filter(|(_, exit, _)| *exit == TriageExit::IllegalRoute).map(|(stamp, ..)| stamp);
    illegal.or_else(|| case.stopped().first().map(|(stamp, _)| stamp))
}

/// Actions whose day is past and that are not done.
fn overdue(case: &Case, at: Moment) -> Vec<Running> {
    let today = at.in_uk().0.date().format("%Y-%m-%d").to_string();
    let Some(actions) = case.actions() else { return Vec::new() };
    let late = actions.lines.iter().filter(|line| {
        let waits = line.chosen && line.state != ActionState::Done && line.held.is_none();
        waits && line.due.as_deref().is_some_and(|due| due < today.as_str())
    });
    let card = |line: &crate::event::review::ActionChosen| Running {
        duty: Duty::Action(line.action.clone()),
        since: None,
        until: Due::AtOnce,
        over: true,
    };
    late.map(card).collect()
}
