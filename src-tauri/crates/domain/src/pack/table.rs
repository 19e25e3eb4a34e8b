//! A sanctions table: which actions the policy proposes for which incident.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::fault::Flaw;
use super::ids;
use crate::words::Words;

/// A sanctions table of the source: `pupils` or `staff`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    id: String,
    title: Words,
    actions: Vec<(String, Words)>,
    rows: Vec<Row>,
    source_note: Option<Words>,
}

impl Table {
    /// Its id: `pupils` or `staff`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_str()
    }

    /// Its columns: id and label, in the source's order.
    #[must_use]
    pub fn actions(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.actions.iter().map(|(id, label)| (id.as_str(), label.as_str()))
    }

    /// The label of an action.
    #[must_use]
    pub fn action(&self, id: &str) -> Option<&str> {
        self.actions().find(|(action, _)| *action == id).map(|(_, label)| label)
    }

    /// Its rows, in the source's order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What of it was inferred, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}

/// A row: an incident, and the actions that the policy proposes for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    incident: Words,
    proposed: Vec<String>,
    source_note: Option<Words>,
}

impl Row {
    /// The incident, in plain words.
    #[must_use]
    pub fn incident(&self) -> &str {
        self.incident.as_str()
    }

    /// The ids of the proposed actions, in the order of the columns.
    #[must_use]
    pub fn proposed(&self) -> &[String] {
        &self.proposed
    }

    /// Whether this action is proposed.
    #[must_use]
    pub fn proposes(&self, action: &str) -> bool {
        self.proposed.iter().any(|proposed| proposed == action)
    }

    /// What of it was inferred, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}

/// A table as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTable {
    title: Words,
    actions: Vec<Spanned<String>>,
    labels: BTreeMap<Spanned<String>, Words>,
    rows: Vec<WrittenRow>,
    source_note: Option<Words>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRow {
    incident: Spanned<Words>,
    proposed: Vec<Spanned<String>>,
    source_note: Option<Words>,
}

impl WrittenTable {
    /// Ties labels to columns and ticks to columns.
    pub(super) fn read(self, id: &Spanned<String>) -> Result<Table, Flaw> {
        if self.rows.is_empty() {
            return Err(Flaw::at(
                id.span().start,
                format!("the table [sanctions.{}] has no rows", id.get_ref()),
                format!("add [[sanctions.{}.rows]] with an incident and what is proposed", id.get_ref()),
            ));
        }
        ids::check(self.actions.iter(), "action")?;
        for named in self.labels.keys() {
            if !self.actions.iter().any(|action| action.get_ref() == named.get_ref()) {
                return Err(Flaw::at(
                    named.span().start,
                    format!("labels names the action \"{}\", which the table does not have", named.get_ref()),
                    "write it in actions too, or take the label out".to_owned(),
                ));
            }
        }
        let mut actions = Vec::with_capacity(self.actions.len());
        for action in &self.actions {
            let label = self.labels.iter().find(|(named, _)| named.get_ref() == action.get_ref()).ok_or_else(|| {
                Flaw::at(
                    action.span().start,
                    format!("the action \"{}\" has no label", action.get_ref()),
                    format!("write {} = \"...\" under [sanctions.{}.labels]", action.get_ref(), id.get_ref()),
                )
            })?;
            actions.push((action.get_ref().clone(), label.1.clone()));
        }
        for (number, row) in self.rows.iter().enumerate() {
            if self.rows.iter().take(number).any(|earlier| earlier.incident.get_ref() == row.incident.get_ref()) {
                return Err(Flaw::at(
                    row.incident.span().start,
                    format!("a second row has the incident \"{}\"", row.incident.get_ref()),
                    "word each incident once".to_owned(),
                ));
            }
        }
        let rows = self.rows.into_iter().map(|row| row.read(&actions)).collect::<Result<_, _>>()?;
        Ok(Table { id: id.get_ref().clone(), title: self.title, actions, rows, source_note: self.source_note })
    }
}

impl WrittenRow {
    fn read(self, actions: &[(String, Words)]) -> Result<Row, Flaw> {
        let mut last = None;
        for tick in &self.proposed {
            let column = actions.iter().position(|(id, _)| id == tick.get_ref()).ok_or_else(|| {
                Flaw::at(
                    tick.span().start,
                    format!("proposed names the action \"{}\", which the table does not have", tick.get_ref()),
                    format!("use one of {}", actions.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ")),
                )
            })?;
            if last.is_some_and(|before| before >= column) {
                return Err(Flaw::at(
                    tick.span().start,
                    format!("proposed names \"{}\" twice or out of order", tick.get_ref()),
                    "name each action once, in the order of the columns".to_owned(),
                ));
            }
            last = Some(column);
        }
        Ok(Row {
            incident: self.incident.into_inner(),
            proposed: self.proposed.into_iter().map(Spanned::into_inner).collect(),
            source_note: self.source_note,
        })
    }
}
