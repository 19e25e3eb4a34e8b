//! The chart of triage, with the case's position on it.

use trail_domain::event::report::{ChildSafe, TriageExit};

use super::Scene;
use super::stages::exit_id;
use crate::wire::case::{Chart, ChartEdge, ChartNode, Choice};
use trail_domain::procedure::intake;

/// The pack's chart `triage`.
pub(crate) fn chart(scene: &Scene<'_>) -> Chart {
    let Some(chart) = scene.pack.chart("triage") else {
        return Chart { title: String::new(), nodes: Vec::new(), edges: Vec::new(), words: Vec::new() };
    };
    let exit = scene.case.triage().map(|(_, exit, _)| *exit);
    let path = path(scene, chart, exit);
    let taken = |id: &str| path.iter().any(|node| node == id);
    let nodes = chart.nodes().iter().map(|node| ChartNode {
        id: node.id().to_owned(),
        label: node.label().to_owned(),
        column: node.column(),
        row: node.row(),
        here: path.last().is_some_and(|last| last == node.id()),
        taken: taken(node.id()),
    });
    let step = |from: &str, to: &str| path.windows(2).any(|pair| pair == [from.to_owned(), to.to_owned()]);
    let edges = chart.edges().iter().map(|edge| ChartEdge {
        from: edge.from().to_owned(),
        to: edge.to().to_owned(),
        label: edge.label().to_owned(),
        taken: step(edge.from(), edge.to()),
    });
    let label = |id: &str| chart.node(id).map_or_else(|| id.to_owned(), |node| node.label().to_owned());
    let words = chart.edges().iter().map(|edge| {
        if edge.label().is_empty() {
            format!("{}. Then: {}.", label(edge.from()), label(edge.to()))
        } else {
            format!("{} {}: {}.", label(edge.from()), edge.label(), label(edge.to()))
        }
    });
    Chart { title: chart.title().to_owned(), nodes: nodes.collect(), edges: edges.collect(), words: words.collect() }
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

/// The way the case went, as far as answers were given: by the nodes that its facts call for, and past the others.
fn path(scene: &Scene<'_>, chart: &trail_domain::pack::Chart, exit: Option<TriageExit>) -> Vec<String> {
    let start = chart.nodes().first().map_or("", |node| node.id());
    let report = scene.case.report();
    let facts = [
        ("ring-999", matches!(report.child_safe, ChildSafe::NotSafe { .. })),
        ("lado", report.subject.works_with_children && exit == Some(TriageExit::OtherIncidents)),
    ];
    let past: Vec<&str> = facts.iter().filter(|(_, holds)| !holds).map(|(node, _)| *node).collect();
    let end =
        exit.and_then(|exit| chart.nodes().iter().find(|node| node.exit() == Some(exit.into()))).map(|node| node.id());
    let by = facts.iter().filter(|(node, holds)| *holds && chart.node(node).is_some()).map(|(node, _)| *node);
    let mut path = vec![start.to_owned()];
    for stop in by.chain(end) {
        let from = path.last().cloned().unwrap_or_default();
        path.extend(way(chart, &from, stop, &past).into_iter().skip(1));
    }
    path
}

/// The shortest way from one node to another past those given, both ends included.
fn way(chart: &trail_domain::pack::Chart, start: &str, end: &str, past: &[&str]) -> Vec<String> {
    let mut found = vec![vec![start.to_owned()]];
    let mut seen = vec![start.to_owned()];
    while !found.is_empty() {
        let mut longer = Vec::new();
        for path in found {
            let Some(last) = path.last() else { continue };
            if last == end {
                return path;
            }
            for edge in chart.edges().iter().filter(|edge| edge.from() == last && !past.contains(&edge.to())) {
                if !seen.iter().any(|node| node == edge.to()) {
                    seen.push(edge.to().to_owned());
                    let mut next = path.clone();
                    next.push(edge.to().to_owned());
                    longer.push(next);
                }
            }
        }
        found = longer;
    }
    vec![start.to_owned()]
}
