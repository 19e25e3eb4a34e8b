//! What the group judged and chose, for the record of review: views, finding, grounds and actions.

use trail_domain::event::review::{ActionState, Finding};
use trail_domain::time::Moment;
use trail_seal::form::model::Cell;
use trail_seal::form::record::{self as form, Action, ActionState as State, Conclusion, TableAction, View};

use super::super::Paper;
use super::super::heading::said;
use crate::fault::Fault;
use crate::show::{action_label, dates};

pub(super) fn conclusion(paper: &Paper<'_>) -> Result<Conclusion, Fault> {
    let case = paper.case();
    let (_, finding, words, _) =
        case.finding().ok_or_else(|| Fault::with("internal", "detail", "the form was asked for before the finding"))?;
    let (actions, response) = case.actions().map_or_else(
        || (Vec::new(), None),
        |actions| {
            let chosen = actions.lines.iter().filter(|line| line.chosen).map(|line| Action {
                text: action_label(paper.scene.pack, &actions.table, &line.action),
                state: match line.state {
                    ActionState::NotChosen | ActionState::Proposed => State::Proposed,
                    ActionState::InHand => State::InHand,
                    ActionState::Done => State::Done,
                },
                reference: said(owner_line(line)),
            });
            (chosen.collect(), Some(actions.response))
        },
    );
    Ok(Conclusion {
        finding: match finding {
            Finding::Substance => form::Finding::Substance,
            Finding::NoSubstance => form::Finding::NoSubstance,
            Finding::Disagreed => form::Finding::Disagreed,
        },
        words: words.to_string(),
        actions,
        internal: response.is_some_and(|response| response.internal),
        authority: response.is_some_and(|response| response.authority),
        police: response.is_some_and(|response| response.police),
    })
}

fn owner_line(line: &trail_domain::event::review::ActionChosen) -> String {
    let owner = line.owner.as_ref().map_or("nobody named", |owner| owner.as_str());
    let due = line.due.as_deref().map_or_else(|| "no day named".to_owned(), dates::written_day);
    format!("{owner}, by {due}")
}

pub(super) fn views(paper: &Paper<'_>) -> Vec<View> {
    let Some(views) = paper.case().opened_views() else { return Vec::new() };
    let first = paper.case().reviewers().map(|(first, _)| first.clone());
    let row = |(stamp, view): &(trail_domain::case::Stamp, trail_domain::event::review::View)| View {
        name: paper.name(&view.person),
        role: if first.as_ref() == Some(&view.person) { "first reviewing person" } else { "second reviewing person" }
            .to_owned(),
        recorded: stamp.at.utc(),
        before_the_other: true,
        view: if view.substance { "Substance" } else { "No substance" }.to_owned(),
        reasons: view.reasons.to_string(),
    };
    views.iter().map(row).collect()
}

pub(super) fn finding_reached(paper: &Paper<'_>) -> Cell {
    paper.case().finding().map_or(Cell::None, |(stamp, ..)| {
        said(format!("Recorded {}, ledger entry {}.", dates::exact(stamp.at), stamp.seq))
    })
}

pub(super) fn police_grounds(paper: &Paper<'_>) -> Cell {
    let Some((stamp, _, _, grounds)) = paper.case().finding() else { return Cell::None };
    if grounds.is_empty() {
        return said(format!(
            "Each ground in the policy pack was put to both reviewing people. None was found to apply (ledger entry {}).",
            stamp.seq
        ));
    }
    let label = |id: &String| {
        let ground = paper.scene.pack.police_grounds().iter().find(|ground| ground.id() == id);
        ground.map_or_else(|| id.clone(), |ground| ground.label().to_owned())
    };
    said(grounds.iter().map(label).collect::<Vec<_>>().join("; "))
}

pub(super) fn table_row(paper: &Paper<'_>) -> (String, String) {
    let none = || ("No table was used".to_owned(), "none: no action was needed".to_owned());
    let Some(actions) = paper.case().actions() else { return none() };
    let Some(table) = paper.scene.pack.sanctions(&actions.table) else { return none() };
    match actions.row.and_then(|row| table.rows().get(row).map(|found| (row, found))) {
        Some((row, found)) => (format!("{}, row {}", table.title(), row + 1), found.incident().to_owned()),
        None => (table.title().to_owned(), "no row of the table fits".to_owned()),
    }
}

pub(super) fn table_actions(paper: &Paper<'_>) -> Vec<TableAction> {
    let Some(actions) = paper.case().actions() else { return Vec::new() };
    let row = |line: &trail_domain::event::review::ActionChosen| TableAction {
        action: action_label(paper.scene.pack, &actions.table, &line.action),
        table: line.proposed,
        group: line.chosen,
        owner: line.owner.as_ref().map_or(Cell::NotChosen, |owner| said(owner.as_str())),
        outcome: if line.chosen {
            let due = line.due.as_deref().map_or_else(String::new, dates::written_day);
            let outcome = line.outcome.as_ref().map_or("no outcome yet", |words| words.as_str());
            said(format!("{}, by {due}: {outcome}", crate::show::outcome::state(&paper.scene, line.state)))
        } else {
            Cell::NotChosen
        },
        departure: line.departure.as_ref().map(ToString::to_string),
    };
    actions.lines.iter().map(row).collect()
}

pub(super) fn overdue(paper: &Paper<'_>, at: Moment) -> Vec<String> {
    let today = at.in_uk().0.date().format("%Y-%m-%d").to_string();
    let Some(actions) = paper.case().actions() else { return Vec::new() };
    let late = |line: &&trail_domain::event::review::ActionChosen| {
        let open = line.chosen && line.state != ActionState::Done;
        open && line.due.as_deref().is_some_and(|due| due < today.as_str())
    };
    actions.lines.iter().filter(late).map(|line| line.action.clone()).collect()
}
