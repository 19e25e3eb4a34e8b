//! A chart of the policy: questions and ways, placed on a grid so that it can be drawn.

use serde::Deserialize;
use toml::Spanned;

use super::fact::Fact;
use crate::event::report::TriageExit;
use crate::words::Words;

mod check;

/// The id of the chart that every pack has.
pub const TRIAGE: &str = "triage";

/// A chart. It begins at its first box, and every box leads to an end.
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

    /// The ways out of a box, in order.
    pub fn ways_from(&self, node: &str) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(move |edge| edge.from() == node)
    }

    /// What of it was inferred, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }

    /// The boxes that a case came past, in order; the last is where it stands. `next` says for a box which one the
    /// case went on to, or none where nothing answers its question yet. No box is come past twice.
    pub(crate) fn walk<'a>(&'a self, next: impl Fn(&str) -> Option<&'a Node>) -> Vec<&'a Node> {
        let mut path: Vec<&Node> = self.nodes.first().into_iter().collect();
        while let Some(next) = path.last().and_then(|last| next(last.id())) {
            if path.iter().any(|node| node.id() == next.id()) {
                break;
            }
            path.push(next);
        }
        path
    }

    /// The box after this one: the only one, or by the first way whose fact holds, or by the way for *otherwise*.
    pub(crate) fn next(&self, from: &str, known: impl Fn(Fact) -> Option<bool>) -> Option<&Node> {
        let ways: Vec<&Edge> = self.ways_from(from).collect();
        let asked = ways.iter().any(|way| way.when.is_some());
        for way in &ways {
            let holds = match way.when() {
                Some(fact) => known(fact)?,
                None => asked || ways.len() == 1,
            };
            if holds {
                return self.node(way.to());
            }
        }
        None
    }
}

/// The way out of triage that a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exit {
    /// Recorded and settled without a review.
    LogOnly,
    /// The procedure for other incidents.
    OtherIncidents,
    /// No review by the school: preserve, refer, await.
    IllegalRoute,
}

impl Exit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LogOnly, Self::OtherIncidents, Self::IllegalRoute];

    /// The word by which packs name it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::LogOnly => "log-only",
            Self::OtherIncidents => "other-incidents",
            Self::IllegalRoute => "illegal-route",
        }
    }
}

impl From<TriageExit> for Exit {
    fn from(exit: TriageExit) -> Self {
        match exit {
            TriageExit::LogOnly => Self::LogOnly,
            TriageExit::OtherIncidents => Self::OtherIncidents,
            TriageExit::IllegalRoute => Self::IllegalRoute,
        }
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
    exit: Option<Spanned<Exit>>,
    chart: Option<Spanned<String>>,
    source_note: Option<Words>,
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
    pub fn exit(&self) -> Option<Exit> {
        self.exit.as_ref().map(|exit| *exit.get_ref())
    }

    /// The id of the chart that it leads on to, where it does.
    #[must_use]
    pub fn chart(&self) -> Option<&str> {
        self.chart.as_ref().map(|chart| chart.get_ref().as_str())
    }

    /// What of it was inferred, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}

/// A way from one box to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    from: Spanned<String>,
    to: Spanned<String>,
    label: Option<Words>,
    when: Option<Fact>,
    says: Option<Spanned<Says>>,
}

/// What an answer of people says beside the way that it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// The harm test is met: the LADO is rung, and advises before anything is reviewed (KCSIE, part four).
    HarmTestMet,
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

    /// The fact that leads along it. Of several ways, the last may have none: it is for *otherwise*. Where no way of
    /// a box has one, somebody has to answer.
    #[must_use]
    pub fn when(&self) -> Option<Fact> {
        self.when
    }

    /// What the answer that leads along it says of the case, where it says something.
    #[must_use]
    pub fn says(&self) -> Option<Says> {
        self.says.as_ref().map(|says| *says.get_ref())
    }
}
