//! The charts of a pack, with the case's position on them as far as its record answers their questions.

use trail_domain::event::report::TriageExit;
use trail_domain::pack::{Chart as PackChart, Node, PolicyPack, TRIAGE};
use trail_domain::procedure::{charts, intake};

use super::Scene;
use super::stages::exit_id;
use crate::wire::case::{Chart, ChartEdge, ChartNode, Choice};

/// The pack's chart `triage`, with the case's position.
pub(crate) fn triage(scene: &Scene<'_>) -> Chart {
    let chart = scene.pack.chart(TRIAGE);
    // A pack without one does not parse.
    let nothing = || drawn(None, &[], None);
    chart.map_or_else(nothing, |chart| positioned(scene, chart))
}

/// All charts of a pack, with no case on them.
pub(crate) fn plain(pack: &PolicyPack) -> Vec<Chart> {
    pack.charts().iter().map(|chart| drawn(Some(chart), &[], None)).collect()
}

/// All charts of the case's pack. A chart that another leads on to has the case on it only once the case came there.
pub(crate) fn of_the_case(scene: &Scene<'_>) -> Vec<Chart> {
    let come_to = charts::positions(scene.case, scene.pack);
    let draw = |chart: &PackChart| {
        if come_to.iter().any(|position| position.chart.id() == chart.id()) {
            positioned(scene, chart)
        } else {
            drawn(Some(chart), &[], Some(scene.phrases.say("chart.not-reached", &[])))
        }
    };
    scene.pack.charts().iter().map(draw).collect()
}

fn positioned(scene: &Scene<'_>, chart: &PackChart) -> Chart {
    let path = path(scene, chart);
    let position = path.last().map(|last| {
        let key = if chart.ways_from(last.id()).next().is_none() { "chart.ends-at" } else { "chart.is-at" };
        scene.phrases.say(key, &[("box", last.label())])
    });
    drawn(Some(chart), &path, position)
}

/// The way that the case went, as far as its record and people's answers lead.
fn path<'a>(scene: &Scene<'a>, chart: &'a PackChart) -> Vec<&'a Node> {
    let come_to = charts::positions(scene.case, scene.pack);
    let on_it = come_to.into_iter().find(|position| position.chart.id() == chart.id());
    let mut path = on_it.map_or_else(Vec::new, |position| position.boxes);
    let exit = scene.case.triage().map(|(_, exit, _)| *exit).filter(|_| chart.id() == TRIAGE);
    let end = exit.and_then(|exit| chart.nodes().iter().find(|node| node.exit() == Some(exit.into())));
    let asks = |node: &Node| chart.ways_from(node.id()).any(|way| way.when().is_some());
    // A school's own chart may ask what no record answers: the way out that was chosen is recorded all the same.
    if let Some(end) = end
        && path.last().is_some_and(|last| last.id() != end.id() && !asks(last))
    {
        path.push(end);
    }
    path
}

fn drawn(chart: Option<&PackChart>, path: &[&Node], position: Option<String>) -> Chart {
    let (nodes, edges) = chart.map_or((&[][..], &[][..]), |chart| (chart.nodes(), chart.edges()));
    let taken = |id: &str| path.iter().any(|node| node.id() == id);
    let step = |from: &str, to: &str| {
        path.windows(2).any(|pair| matches!(pair, [one, next] if one.id() == from && next.id() == to))
    };
    let label =
        |id: &str| chart.and_then(|chart| chart.node(id)).map_or_else(|| id.to_owned(), |node| node.label().to_owned());
    let words = edges.iter().map(|edge| {
        if edge.label().is_empty() {
            format!("{}. Then: {}.", label(edge.from()), label(edge.to()))
        } else {
            format!("{} {}: {}.", label(edge.from()), edge.label(), label(edge.to()))
        }
    });
    Chart {
        id: chart.map_or_else(String::new, |chart| chart.id().to_owned()),
        title: chart.map_or_else(String::new, |chart| chart.title().to_owned()),
        note: chart.and_then(|chart| chart.source_note()).map(ToOwned::to_owned),
        nodes: nodes
            .iter()
            .map(|node| ChartNode {
                id: node.id().to_owned(),
                label: node.label().to_owned(),
                column: node.column(),
                row: node.row(),
                here: path.last().is_some_and(|last| last.id() == node.id()),
                taken: taken(node.id()),
                note: node.source_note().map(ToOwned::to_owned),
                leads: node.chart().map(ToOwned::to_owned),
            })
            .collect(),
        edges: edges
            .iter()
            .map(|edge| ChartEdge {
                from: edge.from().to_owned(),
                to: edge.to().to_owned(),
                label: edge.label().to_owned(),
                taken: step(edge.from(), edge.to()),
            })
            .collect(),
        words: words.collect(),
        position,
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
