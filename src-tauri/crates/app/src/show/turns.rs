//! What changed in the course of a case, and what can change now. Each choice is what the core leaves open.

use trail_domain::case::{ChartAnswer, Hold, Stamp};
use trail_domain::event::course::Decision;
use trail_domain::event::document::SignatureField;
use trail_domain::event::report::{ParentsTold, TriageExit};
use trail_domain::ids::PersonId;
use trail_domain::people::Person;
use trail_domain::procedure::{closing, follow, group, log};

use super::{Scene, dates, fact, mono, people, stages};
use crate::wire::case::{Choice, Fact, HoldRow, MemberRow, TurnsView};

/// The turns of a case.
pub(crate) fn view(scene: &Scene<'_>) -> TurnsView {
    let case = scene.case;
    let undecided = case.finding().is_some() && case.substance().is_none();
    let may_decide = |person: &&Person| closing::may_sign(case, SignatureField::Head, &person.id, scene.now);
    let may_come = |person: &&Person| {
        let inside = case.group().is_some_and(|group| group.members.iter().any(|member| member.person == person.id));
        !inside && group::conflict(case, &person.id, scene.now).is_none()
    };
    let enrolled = || scene.register.people().iter().filter(|person| !scene.register.is_removed(&person.id));
    let police = case.actions().is_some_and(|actions| actions.response.police);
    TurnsView {
        stricter: stricter(scene),
        log_refused: log::allowed(case, scene.pack)
            .err()
            .map(|refusal| scene.phrases.say(&format!("refusal.{}.happened", refusal.code()), &[])),
        logged: logged(scene),
        changes: changes(scene),
        members: members(scene),
        other_computers: other_computers(scene),
        disagreement_open: undecided,
        deciders: enrolled().filter(may_decide).map(choice).collect(),
        newcomers: enrolled().filter(may_come).map(choice).collect(),
        holds: case.holds().iter().filter(|hold| hold.lifted.is_none()).map(|hold| hold_row(scene, hold)).collect(),
        paused: case.open_session().is_some_and(|session| session.is_paused),
        clocks: clocks(scene),
        running: running(scene),
        must_wait: follow::must_wait(case, police),
        alerting: alerting(scene),
    }
}

fn choice(person: &Person) -> Choice {
    let hint = Some(person.position.to_string());
    Choice { id: person.id.to_string(), label: person.name.to_string(), hint, refused: None }
}

fn stricter(scene: &Scene<'_>) -> Vec<Choice> {
    let ways: &[TriageExit] = match scene.case.triage() {
        None | Some((_, TriageExit::IllegalRoute, _)) => &[],
        Some((_, TriageExit::OtherIncidents, _)) => &[TriageExit::IllegalRoute],
        Some((_, TriageExit::LogOnly, _)) => &[TriageExit::OtherIncidents, TriageExit::IllegalRoute],
    };
    let way = |exit: &TriageExit| {
        let id = stages::exit_id(*exit);
        Choice {
            id: id.to_owned(),
            label: scene.phrases.say(&format!("exit.{id}.label"), &[]),
            hint: Some(scene.phrases.say(&format!("exit.{id}.hint"), &[])),
            refused: None,
        }
    };
    ways.iter().map(way).collect()
}

fn logged(scene: &Scene<'_>) -> Vec<Fact> {
    let Some((stamp, logged)) = scene.case.logged() else { return Vec::new() };
    let table = scene.pack.sanctions(&logged.table);
    let label = |action: &String| super::action_label(scene.pack, &logged.table, action);
    let row = logged.row.and_then(|row| table?.rows().get(row)).map(|row| row.incident().to_owned());
    let actions: Vec<String> = logged.actions.iter().map(label).collect();
    let none = || "None".to_owned();
    let parents = match &logged.parents {
        ParentsTold::Yes { how } => format!("Told: {how}"),
        ParentsTold::No { because } => format!("Not told: {because}"),
    };
    vec![
        fact("Incident in the table", row.unwrap_or_else(|| "No row fits".to_owned())),
        fact("Actions", if actions.is_empty() { none() } else { actions.join("; ") }),
        fact("What was done", logged.words.as_str()),
        fact("Parents or carers", parents),
        fact("Recorded", recorded(scene, stamp, None)),
    ]
}

fn recorded(scene: &Scene<'_>, stamp: &Stamp, with: Option<&PersonId>) -> String {
    let by = people::name(scene.register, &stamp.by);
    let with = with.map_or_else(String::new, |with| format!(" and {}", people::name(scene.register, with)));
    format!("{by}{with}, {}", dates::exact(stamp.at))
}

/// Every turn with its entry, oldest first.
pub(crate) fn changes(scene: &Scene<'_>) -> Vec<Vec<Fact>> {
    let case = scene.case;
    let name = |person: &PersonId| people::name(scene.register, person);
    let exit = |exit: TriageExit| scene.phrases.say(&format!("exit.{}.label", stages::exit_id(exit)), &[]);
    let mut found: Vec<(&Stamp, Vec<Fact>)> = Vec::new();
    for (stamp, way, reason) in case.rerouted() {
        found.push((stamp, vec![fact("Another way was taken", exit(*way)), fact("Why", reason.as_str())]));
    }
    for (stamp, before, reason) in case.subjects_before() {
        let facts =
            vec![fact("Person concerned before", before.name.as_str()), fact("What was learned", reason.as_str())];
        found.push((stamp, facts));
    }
    for (stamp, involved, reason) in case.involved_since() {
        let facts = vec![
            fact("Somebody else is involved", format!("{} ({})", involved.name, super::case::role(involved.role))),
            fact("What was learned", reason.as_str()),
        ];
        found.push((stamp, facts));
    }
    for (stamp, answer, reason) in case.child_safe_answers() {
        let facts = vec![
            fact("Is the child safe now?", super::case::child_safe(answer)),
            fact("What was learned", reason.as_str()),
        ];
        found.push((stamp, facts));
    }
    for (stamp, left, came, reason) in case.group().map(|group| group.replaced.as_slice()).unwrap_or_default() {
        let who = format!("{} left, {} came", name(left), name(came));
        found.push((stamp, vec![fact("The group changed", who), fact("Why", reason.as_str())]));
    }
    for (stamp, before, change) in case.computers_before() {
        let facts = vec![
            fact("The computer was changed", format!("from {} to {}", before.name, change.computer.name)),
            mono("Asset tag before", before.asset_tag.as_str()),
            fact("Why", change.reason.as_str()),
            fact("The one before is held by", format!("{}, {}", change.custodian, change.place)),
            fact("Recorded with", name(&change.with)),
        ];
        found.push((stamp, facts));
    }
    if let Some((stamp, decision, reasons)) = case.decided() {
        let said = match decision {
            Decision::Substance => scene.phrases.say("finding.substance", &[]),
            Decision::NoSubstance => scene.phrases.say("finding.no-substance", &[]),
            Decision::ThirdMember { member } => format!("{} judges too", name(&member.person)),
        };
        found.push((stamp, vec![fact("Sign-off decided", said), fact("Why", reasons.as_str())]));
    }
    for (stamp, with, reason) in case.reopened() {
        found.push((stamp, vec![fact("Reopened with", name(with)), fact("Why", reason.as_str())]));
    }
    for hold in case.holds() {
        found.push((&hold.placed, vec![fact("Legal hold", hold.reason.as_str())]));
        if let Some((stamp, reason, with)) = &hold.lifted {
            found.push((stamp, vec![fact("Legal hold lifted with", name(with)), fact("Why", reason.as_str())]));
        }
    }
    for given in case.chart_answers() {
        found.push((&given.stamp, answered(scene, given)));
    }
    found.sort_by_key(|(stamp, _)| stamp.seq);
    let told = |(stamp, mut facts): (&Stamp, Vec<Fact>)| {
        facts.push(fact("Recorded", recorded(scene, stamp, None)));
        facts
    };
    found.into_iter().map(told).collect()
}

/// A question of a chart with the answer that people gave, in the pack's words.
fn answered(scene: &Scene<'_>, given: &ChartAnswer) -> Vec<Fact> {
    let chart = scene.pack.chart(&given.chart);
    let asked =
        chart.and_then(|chart| chart.node(&given.question)).map_or(given.question.as_str(), |node| node.label());
    let mut ways = chart.into_iter().flat_map(|chart| chart.ways_from(&given.question));
    let answer = ways.find(|way| way.to() == given.answer).map_or(given.answer.as_str(), |way| way.label());
    let title = chart.map_or(given.chart.as_str(), |chart| chart.title());
    vec![fact(title, format!("{asked} {answer}")), fact("Why", given.words.as_str())]
}

fn members(scene: &Scene<'_>) -> Vec<MemberRow> {
    let Some(group) = scene.case.group() else { return Vec::new() };
    let row = |member: &trail_domain::event::report::GroupMember| {
        let mut label = people::name(scene.register, &member.person);
        if let Some(from) = &member.external {
            label.push_str(&format!(", from outside: {from}"));
        }
        if let Some(despite) = &member.despite {
            label.push_str(&format!(", managed by the person concerned: {despite}"));
        }
        if group.third.as_ref() == Some(&member.person) {
            label.push_str(", third member");
        }
        MemberRow { id: member.person.to_string(), label }
    };
    group.members.iter().map(row).collect()
}

fn other_computers(scene: &Scene<'_>) -> Vec<Choice> {
    let Some((_, present, _)) = scene.case.computer() else { return Vec::new() };
    let others = scene.register.computers().iter().filter(|computer| computer.asset_tag != present.asset_tag);
    let choice = |computer: &trail_domain::people::Computer| Choice {
        id: computer.asset_tag.to_string(),
        label: format!("{}, {}", computer.name, computer.asset_tag),
        hint: Some(computer.location.to_string()),
        refused: None,
    };
    others.map(choice).collect()
}

fn hold_row(scene: &Scene<'_>, hold: &Hold) -> HoldRow {
    HoldRow {
        entry: hold.placed.seq.to_string(),
        line: format!("{}. Placed by {}", hold.reason, recorded(scene, &hold.placed, None)),
    }
}

fn clocks(scene: &Scene<'_>) -> Vec<Choice> {
    let choice = |clock: &trail_domain::pack::Clock| Choice {
        id: clock.id().to_owned(),
        label: clock.says().to_owned(),
        hint: Some(clock.source().to_owned()),
        refused: None,
    };
    scene.pack.clocks().iter().map(choice).collect()
}

fn running(scene: &Scene<'_>) -> Vec<Choice> {
    let told = scene.case.clocks_told().iter().filter(|told| told.stopped.is_none());
    let choice = |told: &trail_domain::case::ClockTold| {
        let says =
            scene.pack.clocks().iter().find(|clock| clock.id() == told.clock).map(trail_domain::pack::Clock::says);
        Choice {
            id: told.clock.clone(),
            label: says.unwrap_or(&told.clock).to_owned(),
            hint: Some(format!("{}, since {}", told.words, dates::full(told.started.at))),
            refused: None,
        }
    };
    told.map(choice).collect()
}

/// The actions of the pack's tables that would alert the person concerned or the family.
fn alerting(scene: &Scene<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (action, _) in scene.pack.tables().iter().flat_map(trail_domain::pack::Table::actions) {
        if follow::alerts(action) && !found.iter().any(|known| known == action) {
            found.push(action.to_owned());
        }
    }
    found
}
