//! Judgement, actions and isolation as their pages show them.

use trail_domain::event::review::ActionState;
use trail_domain::pack::Table;
use trail_domain::procedure::outcome::item_step;

use super::{Scene, action_label, dates, fact, people};
use crate::wire::case::{ActionRow, ActionTable, ActionTableRow, Choice, Fact, IsolationRow, ViewRow};

/// Who has sealed, and the content once all have.
pub(crate) fn views(scene: &Scene<'_>) -> Vec<ViewRow> {
    let opened = scene.case.opened_views();
    scene
        .case
        .judges()
        .into_iter()
        .map(|person| {
            let sealed = scene.case.sealed_views().find(|(_, who)| *who == person).map(|(stamp, _)| stamp.at);
            let view = opened.and_then(|views| views.iter().find(|(_, view)| &view.person == person));
            ViewRow {
                person: person.to_string(),
                name: people::name(scene.register, person),
                sealed: sealed.map(dates::exact),
                view: view.map(|(_, view)| {
                    let id = if view.substance { "substance" } else { "no-substance" };
                    scene.phrases.say(&format!("finding.{id}"), &[])
                }),
                reasons: view.map(|(_, view)| view.reasons.to_string()),
            }
        })
        .collect()
}

/// The finding.
pub(crate) fn finding(scene: &Scene<'_>) -> Vec<Fact> {
    let Some((stamp, finding, reasons, grounds)) = scene.case.finding() else { return Vec::new() };
    let label = |id: &String| {
        let ground = scene.pack.police_grounds().iter().find(|ground| ground.id() == id);
        ground.map_or_else(|| id.clone(), |ground| ground.label().to_owned())
    };
    let grounds = if grounds.is_empty() {
        "None was found to apply".to_owned()
    } else {
        grounds.iter().map(label).collect::<Vec<_>>().join("; ")
    };
    vec![
        fact("Finding", super::stages::finding_words(scene, *finding)),
        fact("Reasons", reasons.as_str()),
        fact("Grounds for the police", grounds),
        fact("Recorded", dates::exact(stamp.at)),
    ]
}

/// The pack's police grounds, to put to the group.
pub(crate) fn police_grounds(scene: &Scene<'_>) -> Vec<Choice> {
    let choice = |ground: &trail_domain::pack::Ground| Choice {
        id: ground.id().to_owned(),
        label: ground.label().to_owned(),
        hint: None,
        refused: None,
    };
    scene.pack.police_grounds().iter().map(choice).collect()
}

/// The school's tables.
pub(crate) fn tables(scene: &Scene<'_>) -> Vec<ActionTable> {
    scene.pack.tables().iter().map(table).collect()
}

/// The actions chosen.
pub(crate) fn actions(scene: &Scene<'_>) -> Vec<ActionRow> {
    let Some(actions) = scene.case.actions() else { return Vec::new() };
    actions
        .lines
        .iter()
        .map(|line| {
            let said = if line.chosen {
                let owner = line.owner.as_ref().map_or("", |owner| owner.as_str());
                let due = line.due.as_deref().map_or_else(String::new, dates::written_day);
                let outcome = line.outcome.as_ref().map_or_else(String::new, |outcome| format!(". {outcome}"));
                format!("{}: {owner}, by {due}{outcome}", state(scene, line.state))
            } else {
                state(scene, line.state)
            };
            ActionRow {
                action: line.action.clone(),
                label: action_label(scene.pack, &actions.table, &line.action),
                proposed: line.proposed,
                chosen: line.chosen,
                line: said,
                departure: line.departure.as_ref().map(ToString::to_string),
                held: line.held.as_ref().map(ToString::to_string),
            }
        })
        .collect()
}

/// The isolation checklist.
pub(crate) fn isolation(scene: &Scene<'_>) -> Vec<IsolationRow> {
    let lines = scene.case.isolation().map(|(_, lines)| lines.as_slice()).unwrap_or_default();
    let row = |(id, step): (String, String)| {
        let line = lines.iter().find(|line| line.step == id);
        let (done, words) = (line.map(|line| line.done), line.map(|line| line.words.to_string()));
        IsolationRow { id, step, done, words }
    };
    isolation_steps(scene).into_iter().map(row).collect()
}

/// Each line of the checklist by its id: the steps for the computer, then every preserved item.
pub(crate) fn isolation_steps(scene: &Scene<'_>) -> Vec<(String, String)> {
    let steps = scene.pack.isolation().iter().map(|step| (step.id().to_owned(), step.label().to_owned()));
    let items = scene.case.preserved().iter().map(|(stamp, item)| {
        let places = [("what", item.what.as_str()), ("identity", item.identity.as_str())];
        (item_step(stamp), scene.phrases.say("isolation.item", &places))
    });
    steps.chain(items).collect()
}

/// The word for how far an action is.
pub(crate) fn state(scene: &Scene<'_>, state: ActionState) -> String {
    let id = match state {
        ActionState::NotChosen => "not-chosen",
        ActionState::Proposed => "proposed",
        ActionState::InHand => "in-hand",
        ActionState::Done => "done",
    };
    scene.phrases.say(&format!("action-state.{id}"), &[])
}

fn table(table: &Table) -> ActionTable {
    let action =
        |(id, label): (&str, &str)| Choice { id: id.to_owned(), label: label.to_owned(), hint: None, refused: None };
    let row = |row: &trail_domain::pack::Row| ActionTableRow {
        incident: row.incident().to_owned(),
        proposed: row.proposed().to_vec(),
        source_note: row.source_note().map(ToOwned::to_owned),
    };
    ActionTable {
        id: table.id().to_owned(),
        title: table.title().to_owned(),
        actions: table.actions().map(action).collect(),
        rows: table.rows().iter().map(row).collect(),
    }
}
