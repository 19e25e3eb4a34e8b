//! Pack, chart, branch, and the scripts that walk it.

use acceptance::script::Shown;
use trail_domain::pack::{Chart, Edge, PolicyPack};

/// An answer to a question of a chart, and the scripts that expect the case at the box that it leads to.
pub(crate) struct Branch {
    pack: String,
    chart: String,
    question: String,
    answer: String,
    leads_to: String,
    scripts: Vec<String>,
}

/// Every branch of every chart. Ways from boxes that ask nothing are walked with the branch before them.
pub(crate) fn branches(packs: &[PolicyPack], shown: &[(String, Shown)]) -> Vec<Branch> {
    let mut found = Vec::new();
    for pack in packs {
        for chart in pack.charts() {
            let asks = |way: &&Edge| chart.ways_from(way.from()).count() > 1;
            found.extend(chart.edges().iter().filter(asks).map(|way| branch(pack, chart, way, shown)));
        }
    }
    found
}

fn branch(pack: &PolicyPack, chart: &Chart, way: &Edge, shown: &[(String, Shown)]) -> Branch {
    let label = |id: &str| chart.node(id).map_or("", |node| node.label()).to_owned();
    let ends = (chart.id().to_owned(), way.from().to_owned(), way.to().to_owned());
    let walk = |(_, shown): &&(String, Shown)| shown.pack == pack.id() && shown.ways.contains(&ends);
    let end = chart.node(way.to());
    let further = match end.and_then(|node| node.exit().map(|exit| exit.id()).or(node.chart())) {
        Some(id) => format!("{} (to {id})", way.to()),
        None => way.to().to_owned(),
    };
    Branch {
        pack: pack.id().to_owned(),
        chart: chart.id().to_owned(),
        question: label(way.from()),
        answer: way.label().to_owned(),
        leads_to: further,
        scripts: shown.iter().filter(walk).map(|(name, _)| name.clone()).collect(),
    }
}

/// Those that no script walks, in words.
pub(crate) fn walked_by_none(branches: &[Branch]) -> Vec<String> {
    let lost = branches.iter().filter(|branch| branch.scripts.is_empty());
    lost.map(|branch| {
        let Branch { pack, chart, question, answer, leads_to, .. } = branch;
        format!("{pack}, {chart}: {question} {answer}: {leads_to}")
    })
    .collect()
}

/// A table of them all.
pub(crate) fn table(branches: &[Branch]) -> String {
    let mut lines = vec!["pack | chart | question | answer | leads to | scripts".to_owned()];
    lines.extend(branches.iter().map(|branch| {
        let Branch { pack, chart, question, answer, leads_to, scripts } = branch;
        format!("{pack} | {chart} | {question} | {answer} | {leads_to} | {}", scripts.join(", "))
    }));
    lines.push(format!("{} branches", branches.len()));
    lines.join("\n") + "\n"
}
