//! What holds of every chart: its ways lead between boxes, it can be drawn, it is all reached, and it ends.

use std::collections::BTreeSet;

use super::{Chart, Edge, Exit, Node, TRIAGE};
use crate::pack::fault::Flaw;
use crate::pack::ids;

impl Chart {
    /// Checks the chart by itself.
    pub(in crate::pack) fn check(&self) -> Result<(), Flaw> {
        ids::check(self.nodes.iter().map(|node| &node.id), "chart node")?;
        let Some(first) = self.nodes.first() else {
            let what = format!("the chart \"{}\" has no nodes", self.id());
            return Err(Flaw::at(self.id.span().start, what, "write the nodes, the first where it begins".to_owned()));
        };
        self.check_places()?;
        self.check_ends_of_edges()?;
        self.nodes.iter().try_for_each(|node| self.check_ways(node))?;
        let reached = self.reach(first);
        if let Some(lost) = self.nodes.iter().find(|node| !reached.contains(node.id())) {
            return Err(at(
                lost,
                format!("no way leads to the node \"{}\"", lost.id()),
                format!("write an edge to it, from \"{}\" or from a node that is reached from there", first.id()),
            ));
        }
        let endless = |node: &&Node| !self.reach(node).iter().any(|id| self.ways_from(id).next().is_none());
        if let Some(caught) = self.nodes.iter().find(endless) {
            return Err(at(
                caught,
                format!("from the node \"{}\" the chart never ends", caught.id()),
                "write an edge that leads out to a node without edges of its own".to_owned(),
            ));
        }
        Ok(())
    }

    /// Checks what ties charts together: the boxes that lead on, and the three ways out of triage.
    pub(in crate::pack) fn check_among(&self, charts: &[Self]) -> Result<(), Flaw> {
        for node in &self.nodes {
            if let Some(on) = node.chart.as_ref().filter(|on| !charts.iter().any(|chart| chart.id() == *on.get_ref())) {
                return Err(Flaw::at(
                    on.span().start,
                    format!(
                        "the node \"{}\" leads on to the chart \"{}\", which the pack does not have",
                        node.id(),
                        on.get_ref()
                    ),
                    "name a chart of this pack".to_owned(),
                ));
            }
            if let Some(exit) = node.exit.as_ref().filter(|_| self.id() != TRIAGE) {
                return Err(Flaw::at(
                    exit.span().start,
                    format!("the node \"{}\" is a way out of triage in the chart \"{}\"", node.id(), self.id()),
                    format!("take exit out; only the chart \"{TRIAGE}\" has it"),
                ));
            }
        }
        if self.id() != TRIAGE {
            return Ok(());
        }
        for exit in Exit::ALL {
            if let Some(second) = self.nodes.iter().filter(|node| node.exit() == Some(exit)).nth(1) {
                let what = format!("a second node is the exit \"{}\"", exit.id());
                return Err(at(second, what, "write each exit once".to_owned()));
            }
        }
        Exit::ALL.into_iter().try_for_each(|exit| self.check_exit(exit))
    }

    /// One box of triage is this exit, and nothing comes after it.
    fn check_exit(&self, exit: Exit) -> Result<(), Flaw> {
        let Some(node) = self.nodes.iter().find(|node| node.exit() == Some(exit)) else {
            return Err(Flaw::at(
                self.id.span().start,
                format!("no node of the chart \"{TRIAGE}\" is the exit \"{}\"", exit.id()),
                format!("add exit = \"{}\" to the node that stands for it", exit.id()),
            ));
        };
        if self.ways_from(node.id()).next().is_some() {
            let what = format!("the exit \"{}\" leads further", exit.id());
            return Err(at(node, what, "take out the edges from this node".to_owned()));
        }
        Ok(())
    }

    /// No two boxes share a place.
    fn check_places(&self) -> Result<(), Flaw> {
        for (number, node) in self.nodes.iter().enumerate() {
            if self.nodes.iter().take(number).any(|other| (other.column, other.row) == (node.column, node.row)) {
                return Err(at(
                    node,
                    format!("the node \"{}\" lies on another one", node.id()),
                    "give it a column and row of its own".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Every way leads from a box to another, and only one between the same two.
    fn check_ends_of_edges(&self) -> Result<(), Flaw> {
        for (number, edge) in self.edges.iter().enumerate() {
            for end in [&edge.from, &edge.to] {
                if self.node(end.get_ref()).is_none() {
                    return Err(Flaw::at(
                        end.span().start,
                        format!("an edge names the node \"{}\", which the chart does not have", end.get_ref()),
                        "name a node of this chart".to_owned(),
                    ));
                }
            }
            let same = |other: &Edge| (other.from(), other.to()) == (edge.from(), edge.to());
            if edge.from() == edge.to() || self.edges.iter().take(number).any(same) {
                return Err(Flaw::at(
                    edge.from.span().start,
                    format!("the edge from \"{}\" to \"{}\" stands twice or leads nowhere", edge.from(), edge.to()),
                    "write one edge between two different nodes".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Where there is a choice, every way says for which answer it is; the way for *otherwise* comes last.
    fn check_ways(&self, node: &Node) -> Result<(), Flaw> {
        let ways: Vec<&Edge> = self.ways_from(node.id()).collect();
        let led = ways.len() < 2 || ways.iter().any(|way| way.when.is_some());
        if let Some(says) = ways.iter().find_map(|way| way.says.as_ref()).filter(|_| led) {
            return Err(Flaw::at(
                says.span().start,
                format!("an edge from \"{}\" says something, and no person answers there", node.id()),
                "take says out, or ask people: two edges without when".to_owned(),
            ));
        }
        if ways.len() < 2 {
            return Ok(());
        }
        if let Some(mute) = ways.iter().find(|way| way.label.is_none()) {
            return Err(Flaw::at(
                mute.from.span().start,
                format!("one of several edges from \"{}\" has no label", node.id()),
                "write label = \"...\" with the answer that leads along it".to_owned(),
            ));
        }
        let otherwise = ways.iter().position(|way| way.when.is_none());
        let asked = ways.iter().any(|way| way.when.is_some());
        if let Some(way) =
            otherwise.and_then(|place| ways.get(place)).filter(|_| asked && otherwise != Some(ways.len() - 1))
        {
            return Err(Flaw::at(
                way.from.span().start,
                format!("an edge from \"{}\" without when stands before one that has it", node.id()),
                "put the edge without when last: it is for every other case".to_owned(),
            ));
        }
        Ok(())
    }

    /// The ids of the boxes that can be reached from this one, itself among them.
    fn reach<'a>(&'a self, from: &'a Node) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::from([from.id()]);
        let mut open = vec![from.id()];
        while let Some(id) = open.pop() {
            for way in self.ways_from(id) {
                if reached.insert(way.to()) {
                    open.push(way.to());
                }
            }
        }
        reached
    }
}

fn at(node: &Node, what: String, instead: String) -> Flaw {
    Flaw::at(node.id.span().start, what, instead)
}
