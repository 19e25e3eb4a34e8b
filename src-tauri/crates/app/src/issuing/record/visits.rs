//! Every visit of a session, as a row of annex B: when, where, and what came of it.

use trail_domain::case::{Session, Stamp};
use trail_domain::event::review::held::{LeaveGiven, Passed};
use trail_domain::event::review::{Visit, VisitKind};
use trail_seal::form::record as form;

use crate::issuing::Paper;
use crate::show::{addresses, dates, exhibits, visits};

/// What part an entry of the browser has in the list of visits.
enum Part {
    /// A row of its own.
    Row,
    /// It belongs to the visit before it.
    CameOf,
    /// It is no visit.
    None,
}

fn part(what: &VisitKind) -> Part {
    match what {
        VisitKind::Asked
        | VisitKind::Followed
        | VisitKind::Refused { .. }
        | VisitKind::AwayHeld
        | VisitKind::FormHeld
        | VisitKind::PasswordFormHeld
        | VisitKind::SignInHeld
        | VisitKind::SignInShown
        | VisitKind::FormSent
        | VisitKind::LeftOut { .. } => Part::Row,
        VisitKind::SentOn { .. }
        | VisitKind::Loaded { .. }
        | VisitKind::Failed { .. }
        | VisitKind::Answered { .. }
        | VisitKind::Silent
        | VisitKind::Crashed { .. } => Part::CameOf,
        VisitKind::Began { .. }
        | VisitKind::Reached { .. }
        | VisitKind::NotReached { .. }
        | VisitKind::FolderKept { .. }
        | VisitKind::Revealed => Part::None,
    }
}

/// How many entries of the browser are no visits.
pub(super) fn others(session: &Session) -> usize {
    session.visits.iter().filter(|visit| matches!(part(&visit.what), Part::None)).count()
}

/// The visits, in order.
pub(super) fn rows(paper: &Paper<'_>, session: &Session) -> Vec<form::Visit> {
    let withheld = exhibits::addresses_withheld(&paper.scene);
    let mut left: Vec<&(Stamp, LeaveGiven)> = session.leaves.iter().collect();
    let mut rows: Vec<form::Visit> = Vec::new();
    // The visit that a load belongs to: what is held or refused meanwhile has a row of its own.
    let mut loading = None;
    for (visit, entry) in session.visits.iter().zip(&session.visit_entries) {
        let said = visits::words(visit, withheld, paper.scene.phrases);
        match (part(&visit.what), loading.and_then(|at: usize| rows.get_mut(at))) {
            (Part::None, _) => {}
            (Part::CameOf, Some(row)) => row.came.push_str(&format!(". {}", lead(&said, visit, row))),
            (Part::CameOf | Part::Row, _) => {
                let place = if withheld {
                    form::VisitPlace::Withheld(entry.0)
                } else {
                    form::VisitPlace::Exact(addresses::plain(&visit.address))
                };
                let came = match leave_for(visit, entry.0, &mut left) {
                    Some(given) => format!("{said}. {}", reason(paper, given, withheld)),
                    None if visit.what.holds().is_some() => format!("{said}, and not let through"),
                    None => said,
                };
                rows.push(form::Visit { at: visit.at.utc(), place, came });
                if matches!(visit.what, VisitKind::Asked | VisitKind::Followed) {
                    loading = Some(rows.len() - 1);
                }
            }
        }
    }
    for row in &mut rows {
        row.came.push('.');
    }
    rows
}

/// What came of a load, with the address where that is another one than the row's.
fn lead(said: &str, visit: &Visit, row: &form::Visit) -> String {
    match &row.place {
        form::VisitPlace::Exact(exact) if *exact != addresses::plain(&visit.address) => {
            format!("{said}: {}", addresses::plain(&addresses::defanged(&visit.address)))
        }
        form::VisitPlace::Exact(_) | form::VisitPlace::Withheld(_) => said.to_owned(),
    }
}

/// The first leave for what this entry holds that came after it, taken once.
fn leave_for<'a>(
    visit: &Visit,
    entry: u64,
    left: &mut Vec<&'a (Stamp, LeaveGiven)>,
) -> Option<&'a (Stamp, LeaveGiven)> {
    let is_away = visit.what == VisitKind::AwayHeld;
    let fits = |given: &&(Stamp, LeaveGiven)| {
        let (stamp, given) = given;
        let same = given.leave.address == visit.address && is_away == (given.leave.passed == Passed::OtherSite);
        same && stamp.seq.0 > entry
    };
    let at = visit.what.holds().is_some().then(|| left.iter().position(fits)).flatten()?;
    Some(left.remove(at))
}

fn reason(paper: &Paper<'_>, (stamp, given): &(Stamp, LeaveGiven), withheld: bool) -> String {
    let account = match &given.leave.passed {
        Passed::OtherSite => String::new(),
        Passed::Sent { account, .. } => format!(". Account: {}. Authority: {}", account.whose, account.authority),
    };
    let (one, other) = (paper.name(&given.operator), paper.name(&given.observer));
    let typed = format!("{}{account}", given.leave.reason);
    let typed = if withheld { addresses::without(&typed, &given.leave.address) } else { typed };
    format!("Let through by {one} and {other}, {}, because: {typed}", dates::second(stamp.at))
}
