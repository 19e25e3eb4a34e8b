//! The charts of a pack, with the case's position on them as far as its record answers their questions.

use trail_domain::event::report::TriageExit;
use trail_domain::pack::{Chart as PackChart, Edge, Node, PolicyPack, Stage, TRIAGE};
use trail_domain::procedure::charts::{self, Position};
use trail_domain::procedure::intake;

use super::stages::exit_id;
use super::{Scene, clause, dates, people};
use crate::wire::case::{Chart, ChartEdge, ChartNode, ChartQuestion, Choice};

/// The pack's chart `triage`, with the case's position. A pack without one does not parse.
pub(crate) fn triage(scene: &Scene<'_>) -> Chart {
    let position = charts::positions(scene.case, scene.pack).into_iter().find(|found| found.chart.id() == TRIAGE);
    position.map_or_else(Chart::default, |position| positioned(scene, position))
}

/// All charts of a pack, with no case on them.
pub(crate) fn plain(pack: &PolicyPack) -> Vec<Chart> {
    pack.charts().iter().map(|chart| drawn(chart, &[], None)).collect()
}

/// All charts of the case's pack. A chart that another leads on to has the case on it only once the case came there.
pub(crate) fn of_the_case(scene: &Scene<'_>) -> Vec<Chart> {
    let mut come_to = charts::positions(scene.case, scene.pack);
    let draw = |chart: &PackChart| match come_to.iter().position(|found| found.chart.id() == chart.id()) {
        Some(place) => positioned(scene, come_to.swap_remove(place)),
        None => drawn(chart, &[], Some(scene.phrases.say("chart.not-reached", &[]))),
    };
    scene.pack.charts().iter().map(draw).collect()
}

/// The charts that the case has come to, in the order in which it came.
pub(crate) fn come_to(scene: &Scene<'_>) -> Vec<Chart> {
    charts::positions(scene.case, scene.pack).into_iter().map(|position| positioned(scene, position)).collect()
}

fn positioned(scene: &Scene<'_>, Position { chart, mut boxes }: Position<'_>) -> Chart {
    let exit = scene.case.triage().map(|(_, exit, _)| *exit).filter(|_| chart.id() == TRIAGE);
    let end = exit.and_then(|exit| chart.nodes().iter().find(|node| node.exit() == Some(exit.into())));
    let asks = |node: &Node| chart.ways_from(node.id()).any(|way| way.when().is_some());
    // A school's own chart may ask what no record answers: the way out that was chosen is recorded all the same.
    if let Some(end) = end
        && boxes.last().is_some_and(|last| last.id() != end.id() && !asks(last))
    {
        boxes.push(end);
    }
    let questions = charts::asked(scene.case, scene.pack, &Position { chart, boxes: boxes.clone() });
    let questions = questions.into_iter().map(|node| question(scene, chart, node)).collect();
    let position = boxes.last().map(|last| {
        let key = if chart.ways_from(last.id()).next().is_none() { "chart.ends-at" } else { "chart.is-at" };
        scene.phrases.say(key, &[("box", last.label())])
    });
    Chart { questions, ..drawn(chart, &boxes, position) }
}

fn question(scene: &Scene<'_>, chart: &PackChart, node: &Node) -> ChartQuestion {
    let leads_to = |way: &Edge| {
        let on = chart.node(way.to()).map_or_else(String::new, |node| node.label().to_owned());
        scene.phrases.say("chart.leads-to", &[("box", on.as_str())])
    };
    let answer = |way: &Edge| Choice {
        id: way.to().to_owned(),
        label: way.label().to_owned(),
        hint: Some(leads_to(way)),
        refused: None,
    };
    let mut given = scene.case.chart_answers().iter().rev();
    let given = given.find(|given| given.chart == chart.id() && given.question == node.id());
    let answered = given.map(|given| {
        let label = chart.ways_from(node.id()).find(|way| way.to() == given.answer).map_or("", Edge::label);
        let (who, when) = (people::name(scene.register, &given.stamp.by), dates::full(given.stamp.at));
        scene.phrases.say("chart.answered", &[("answer", label), ("who", who.as_str()), ("when", when.as_str())])
    });
    ChartQuestion {
        id: node.id().to_owned(),
        label: node.label().to_owned(),
        answers: chart.ways_from(node.id()).map(answer).collect(),
        answered,
        clause: clause(scene.pack, Stage::Triage),
    }
}

fn drawn(chart: &PackChart, path: &[&Node], position: Option<String>) -> Chart {
    let taken = |id: &str| path.iter().any(|node| node.id() == id);
    let step = |from: &str, to: &str| {
        path.windows(2).any(|pair| matches!(pair, [one, next] if one.id() == from && next.id() == to))
    };
    let label = |id: &str| chart.node(id).map_or_else(|| id.to_owned(), |node| node.label().to_owned());
    let node = |node: &Node| ChartNode {
        id: node.id().to_owned(),
        label: node.label().to_owned(),
        column: node.column(),
        row: node.row(),
        here: path.last().is_some_and(|last| last.id() == node.id()),
        taken: taken(node.id()),
        note: node.source_note().map(ToOwned::to_owned),
        leads: node.chart().map(ToOwned::to_owned),
    };
    let edge = |edge: &Edge| ChartEdge {
        from: edge.from().to_owned(),
        to: edge.to().to_owned(),
        label: edge.label().to_owned(),
        taken: step(edge.from(), edge.to()),
    };
    let words = |edge: &Edge| {
        if edge.label().is_empty() {
            format!("{}. Then: {}.", label(edge.from()), label(edge.to()))
        } else {
            format!("{} {}: {}.", label(edge.from()), edge.label(), label(edge.to()))
        }
    };
    Chart {
        id: chart.id().to_owned(),
        title: chart.title().to_owned(),
        note: chart.source_note().map(ToOwned::to_owned),
        nodes: chart.nodes().iter().map(node).collect(),
        edges: chart.edges().iter().map(edge).collect(),
        words: chart.edges().iter().map(words).collect(),
        position,
        questions: Vec::new(),
    }
}

/// The three ways out, and why one is closed where it is.
pub(crate) fn exits(scene: &Scene<'_>) -> Vec<Choice> {
    let open = intake::exits(scene.case, scene.pack);
    [TriageExit::LogOnly, TriageExit::OtherIncidents, TriageExit::IllegalRoute]
        .into_iter()
        .map(|exit| {
            let id = exit_id(exit);
            let closed = !open.contains(&exit);
            Choice {
                id: id.to_owned(),
                label: scene.phrases.say(&format!("exit.{id}.label"), &[]),
                hint: Some(scene.phrases.say(&format!("exit.{id}.hint"), &[])),
                refused: closed.then(|| {
                    let code = if exit == TriageExit::LogOnly { "not-for-log-only" } else { "route-too-lax" };
                    scene.phrases.say(&format!("refusal.{code}.happened"), &[])
                }),
            }
        })
        .collect()
}
