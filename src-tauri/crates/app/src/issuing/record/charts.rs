//! The charts of the policy that the case stands on, as its pages show them.

use trail_seal::form::chart::{Chart, ChartBox, ChartWay};

use crate::issuing::Paper;
use crate::show::chart::come_to;
use crate::wire::case::Chart as Shown;

/// Each chart that the case has come to, in order, with its position.
pub(super) fn charts(paper: &Paper<'_>) -> Vec<Chart> {
    come_to(&paper.scene).into_iter().map(drawn).collect()
}

fn drawn(shown: Shown) -> Chart {
    let place = |id: &str| shown.nodes.iter().position(|node| node.id == id);
    let way = |edge: &crate::wire::case::ChartEdge| {
        let (from, to) = place(&edge.from).zip(place(&edge.to))?;
        Some(ChartWay { from, to, word: edge.label.clone(), taken: edge.taken })
    };
    let ways = shown.edges.iter().filter_map(way).collect();
    let one = |node: &crate::wire::case::ChartNode| ChartBox {
        label: node.label.clone(),
        column: node.column,
        row: node.row,
        here: node.here,
        taken: node.taken,
    };
    Chart {
        title: shown.title.clone(),
        position: shown.position.clone().unwrap_or_default(),
        boxes: shown.nodes.iter().map(one).collect(),
        ways,
    }
}
