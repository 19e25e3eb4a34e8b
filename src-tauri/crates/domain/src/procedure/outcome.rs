//! Judgement, action and isolation: stages 6 to 8.

use crate::case::{Case, Document, Stamp};
use crate::event::Event;
use crate::event::report::TriageExit;
use crate::event::review::{ActionChosen, Finding, IsolationLine, Response, View};
use crate::pack::{PolicyPack, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::{Now, follow, intake};

/// Whether isolation is required: on any police route.
#[must_use]
pub fn isolation_required(case: &Case) -> bool {
    let illegal = case.triage().is_some_and(|(_, exit, _)| *exit == TriageExit::IllegalRoute);
    let police = case.actions().is_some_and(|actions| actions.response.police);
    let grounds = case.finding().is_some_and(|(_, _, _, grounds)| !grounds.is_empty());
    illegal || police || grounds || case.was_halted() || !case.stopped().is_empty()
}

pub(super) fn seal_view(case: &Case, view: View, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Judgement));
    intake::may_start(case, Stage::Judgement)?;
    let judges = case.judges();
    if judges.is_empty() {
        return refuse(RefusalCode::GroupFirst);
    }
    if !judges.contains(&&view.person) {
        return refuse(RefusalCode::NotAReviewer);
    }
    if !now.is_signed_in(&view.person) || &view.person != now.by {
        return refuse(RefusalCode::NotSignedIn);
    }
    if case.sealed_views().any(|(_, person)| person == &view.person) {
        return refuse(RefusalCode::ViewSealed);
    }
    Ok(vec![Event::ViewSealed { view }])
}

pub(super) fn find(
    case: &Case,
    pack: &PolicyPack,
    finding: Finding,
    reasons: Words,
    police_grounds: Vec<String>,
    now: &Now<'_>,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Judgement));
    intake::may_start(case, Stage::Judgement)?;
    if case.finding().is_some() {
        return refuse(RefusalCode::AlreadyDone);
    }
    let Some(views) = case.opened_views() else {
        return refuse(RefusalCode::ViewsFirst);
    };
    let both = case.reviewers().is_some_and(|(a, b)| now.is_signed_in(a) && now.is_signed_in(b));
    if !both {
        return refuse(RefusalCode::TwoNeeded);
    }
    let judges = case.judges();
    let counted = views.iter().filter(|(_, view)| judges.contains(&&view.person));
    let yes = counted.filter(|(_, view)| view.substance).count();
    // Two agree or do not; with a third member the greater number decides.
    let fits = match finding {
        Finding::Substance => yes * 2 > judges.len(),
        Finding::NoSubstance => yes * 2 < judges.len(),
        Finding::Disagreed => yes * 2 == judges.len(),
    };
    if !fits {
        return refuse(RefusalCode::FindingUnfit);
    }
    if !police_grounds.iter().all(|id| pack.police_grounds().iter().any(|ground| ground.id() == id)) {
        return refuse(RefusalCode::UnknownGround);
    }
    Ok(vec![Event::FindingRecorded { finding, reasons, police_grounds }])
}

pub(super) fn choose_actions(
    case: &Case,
    pack: &PolicyPack,
    table: String,
    row: Option<usize>,
    mut lines: Vec<ActionChosen>,
    response: Response,
) -> Result<Vec<Event>, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Action));
    intake::may_start(case, Stage::Action)?;
    if case.substance() == Some(false) {
        return refuse(RefusalCode::NoActionNeeded);
    }
    if case.form().is_some_and(Document::is_current) {
        return refuse(RefusalCode::InSigning);
    }
    let Some(source) = pack.sanctions(&table) else {
        return refuse(RefusalCode::UnknownAction);
    };
    let proposed: &[String] = match row {
        None => &[],
        Some(row) => match source.rows().get(row) {
            Some(row) => row.proposed(),
            None => return refuse(RefusalCode::UnknownAction),
        },
    };
    if lines.iter().any(|line| source.action(&line.action).is_none()) {
        return refuse(RefusalCode::UnknownAction);
    }
    let complete = source.actions().all(|(id, _)| lines.iter().filter(|line| line.action == id).count() == 1);
    if !complete {
        return refuse(RefusalCode::LineMissing);
    }
    for line in &mut lines {
        // What the table proposes is read off the pack, never taken from whoever asks.
        line.proposed = proposed.contains(&line.action);
        if line.proposed != line.chosen && line.departure.is_none() {
            return refuse(RefusalCode::DepartureUnexplained);
        }
        if line.chosen && (line.owner.is_none() || !line.due.as_deref().is_some_and(is_day)) {
            return refuse(RefusalCode::OwnerMissing);
        }
    }
    let police_action = lines.iter().any(|line| line.chosen && line.action == "police");
    let police_ground = case.finding().is_some_and(|(_, _, _, grounds)| !grounds.is_empty());
    if (police_action || police_ground) && !response.police {
        return refuse(RefusalCode::PoliceMissing);
    }
    follow::held_where_needed(case, response.police, &lines)?;
    Ok(vec![Event::ActionsChosen { table, row, actions: lines, response }])
}

/// The lines of the isolation checklist: each step for the computer, and one for every preserved item.
#[must_use]
pub fn isolation_steps(case: &Case, pack: &PolicyPack) -> Vec<String> {
    let steps = pack.isolation().iter().map(|step| step.id().to_owned());
    steps.chain(case.preserved().iter().map(|(stamp, _)| item_step(stamp))).collect()
}

/// The line of a preserved item: named by the entry that preserved it.
#[must_use]
pub fn item_step(item: &Stamp) -> String {
    format!("item-{}", item.seq)
}

/// Whether the checklist was recorded, over every item that was preserved by now.
#[must_use]
pub fn is_isolated(case: &Case) -> bool {
    case.isolation().is_some_and(|(_, lines)| {
        case.preserved().iter().all(|(stamp, _)| lines.iter().any(|line| line.step == item_step(stamp)))
    })
}

pub(super) fn isolate(case: &Case, pack: &PolicyPack, lines: Vec<IsolationLine>) -> Result<Vec<Event>, Refusal> {
    intake::may_start(case, Stage::Isolation)?;
    let steps = isolation_steps(case, pack);
    let complete = steps.iter().all(|step| lines.iter().filter(|line| line.step == *step).count() == 1);
    if !complete || lines.len() != steps.len() {
        return Err(Refusal::new(RefusalCode::IsolationIncomplete, Stage::Isolation));
    }
    Ok(vec![Event::Isolated { lines }])
}

/// Whether a text is a day as `2026-11-22`.
pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10 && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}
