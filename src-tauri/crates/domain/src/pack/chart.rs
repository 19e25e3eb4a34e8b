//! A chart of the policy: questions and ways, placed on a grid so that it can be drawn.

use serde::Deserialize;
use toml::Spanned;

use super::fault::Flaw;
use super::ids;
use crate::event::report::TriageExit;
use crate::words::Words;

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    pub(super) id: Spanned<String>,
    title: Words,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    source_note: Option<Words>,
}

impl Chart {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_str()
    }

    /// Its boxes, in reading order.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The box with this id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id() == id)
    }

    /// Its ways.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// What of it was inferred, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }

    /// Checks that every way leads between boxes, and that no two boxes share a place.
    pub(super) fn check(&self) -> Result<(), Flaw> {
        ids::check(self.nodes.iter().map(|node| &node.id), "chart node")?;
        for (number, node) in self.nodes.iter().enumerate() {
            if self.nodes.iter().take(number).any(|other| (other.column, other.row) == (node.column, node.row)) {
                return Err(Flaw::at(
                    node.id.span().start,
                    format!("the node \"{}\" lies on another one", node.id()),
                    "give it a column and row of its own".to_owned(),
                ));
            }
        }
        for end in self.edges.iter().flat_map(|edge| [&edge.from, &edge.to]) {
            if self.node(end.get_ref()).is_none() {
                return Err(Flaw::at(
                    end.span().start,
                    format!("an edge names the node \"{}\", which the chart does not have", end.get_ref()),
                    "name a node of this chart".to_owned(),
                ));
            }
        }
        Ok(())
    }
}

/// A box of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    id: Spanned<String>,
    label: Words,
    column: u8,
    row: u8,
    exit: Option<TriageExit>,
}

impl Node {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// What stands in it.
    #[must_use]
    pub fn label(&self) -> &str {
        self.label.as_str()
    }

    /// Its column, from 0 at the left.
    #[must_use]
    pub fn column(&self) -> u8 {
        self.column
    }

    /// Its row, from 0 at the top.
    #[must_use]
    pub fn row(&self) -> u8 {
        self.row
    }

    /// The way out of triage that it stands for, where it does.
    #[must_use]
    pub fn exit(&self) -> Option<TriageExit> {
        self.exit
    }
}

/// A way from one box to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    from: Spanned<String>,
    to: Spanned<String>,
    label: Option<Words>,
}

impl Edge {
    /// The box it leaves.
    #[must_use]
    pub fn from(&self) -> &str {
        self.from.get_ref()
    }

    /// The box it reaches.
    #[must_use]
    pub fn to(&self) -> &str {
        self.to.get_ref()
    }

    /// The answer that leads along it; empty where there is only one way.
    #[must_use]
    pub fn label(&self) -> &str {
        self.label.as_ref().map_or("", Words::as_str)
    }
}
