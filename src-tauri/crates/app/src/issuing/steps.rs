//! Annex A: every step of the pack is a row, also the ones that were not done.

use trail_domain::case::Stamp;
use trail_domain::pack::Stage;
use trail_domain::procedure::outcome::isolation_required;
use trail_seal::form::model::Cell;
use trail_seal::form::record::{Step, When};

use super::Paper;
use super::heading::{not_recorded, said};

/// The steps, in the pack's order.
pub(super) fn steps(paper: &Paper<'_>) -> Vec<Step> {
    let row = |step: &trail_domain::pack::Step| {
        let (done_by, when) = told_apart(paper, step.id()).unwrap_or_else(|| done(paper, step.stage()));
        Step { step: step.title().to_owned(), clause: step.clause().to_owned(), done_by, when }
    };
    paper.scene.pack.steps().iter().map(row).collect()
}

/// Steps that share a stage with another and have entries of their own. What was not asked for is not said as done.
fn told_apart(paper: &Paper<'_>, step: &str) -> Option<(Cell, When)> {
    let case = paper.case();
    let at = |stamp: &Stamp| (said(paper.name(&stamp.by)), When::At(stamp.at.utc()));
    let not_needed = || (Cell::NotNeeded, When::Cell(Cell::NotNeeded));
    match step {
        "concern-reported" => Some(at(case.opening())),
        "harm-test" if case.harm_test_open() => {
            Some((Cell::None, When::Cell(not_recorded("the harm test was not answered"))))
        }
        "harm-test" => Some(case.harm_test().map_or_else(not_needed, |(stamp, _)| at(stamp))),
        "gate-answered" => {
            let gated = || case.exhibits().iter().filter(|(_, _, exhibit)| exhibit.gate.is_some());
            let span = gated().next().zip(gated().next_back());
            Some(span.map_or_else(not_needed, |((first, ..), (last, ..))| {
                (said("Both"), When::Span(first.at.utc(), last.at.utc()))
            }))
        }
        "stopped-and-referred" => Some(case.stopped().first().map_or_else(not_needed, |(stamp, _)| at(stamp))),
        "own-views" => {
            let mut sealed = case.sealed_views().map(|(stamp, _)| stamp);
            let first = sealed.next()?;
            let last = sealed.last().unwrap_or(first);
            Some((said("Both"), When::Span(first.at.utc(), last.at.utc())))
        }
        _ => None,
    }
}

fn done(paper: &Paper<'_>, stage: Stage) -> (Cell, When) {
    let case = paper.case();
    let at = |stamp: &Stamp| (said(paper.name(&stamp.by)), When::At(stamp.at.utc()));
    let undone = |because: &str| (Cell::None, When::Cell(not_recorded(because)));
    match stage {
        Stage::Reported => case.preserve_finished().map_or_else(|| at(case.opening()), |(stamp, _)| at(stamp)),
        Stage::Triage => case.triage().map_or_else(|| undone("no way was chosen"), |(stamp, ..)| at(stamp)),
        Stage::Group => case.group().map_or_else(|| undone("no group was formed"), |group| at(&group.stamp)),
        Stage::Computer => case.computer().map_or_else(|| undone("no computer was chosen"), |(stamp, ..)| at(stamp)),
        Stage::Review => match (case.sessions().first(), case.sessions().last().and_then(|last| last.ended.as_ref())) {
            (Some(first), Some((end, _))) => (said("Both"), When::Span(first.opened.at.utc(), end.at.utc())),
            (Some(first), None) => at(&first.opened),
            (None, _) => undone("no session was held"),
        },
        Stage::Judgement => case.finding().map_or_else(|| undone("no finding was recorded"), |(stamp, ..)| at(stamp)),
        Stage::Action => match case.actions() {
            Some(actions) => at(&actions.stamp),
            None => (Cell::NotNeeded, When::Cell(Cell::NotNeeded)),
        },
        Stage::Isolation => match case.isolation() {
            Some((stamp, _)) => at(stamp),
            None if isolation_required(case) => undone("the list was not filled in"),
            None => (Cell::NotNeeded, When::Cell(Cell::NotNeeded)),
        },
        // The page is drawn before anybody signs it, and never says that somebody did.
        Stage::SignOff => {
            let place = "fields 4 and 5 and annex F";
            (Cell::See(place.to_owned()), When::Cell(Cell::See(place.to_owned())))
        }
        Stage::Retained => match case.retained() {
            Some((stamp, ..)) => at(stamp),
            None => (Cell::See("annex F".to_owned()), When::Cell(Cell::See("annex F".to_owned()))),
        },
    }
}
