//! A pack as a list of entries, whatever their kind: what a viewer shows and what two versions are compared by.
//!
//! It is made from every key of the text, so nothing in a pack can change without its outline changing.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// One entry of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    section: String,
    key: String,
    label: String,
    parts: BTreeMap<String, String>,
}

impl Entry {
    /// The list it belongs to, as the format names it: `categories`, `sanctions.pupils.rows`, `charts.triage.edges`.
    /// Keys at the top of the file are the section `pack`.
    #[must_use]
    pub fn section(&self) -> &str {
        &self.section
    }

    /// What tells it from the others of its section: its id; the incident of a row; both ends of a way.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What it is called, in the pack's words.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Its keys with what is written there, by name.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// What is written under this key.
    #[must_use]
    pub fn part(&self, key: &str) -> Option<&str> {
        self.parts.get(key).map(String::as_str)
    }
}

/// The name of the section that holds the keys at the top of the file.
const TOP: &str = "pack";

/// The entries of a pack, in its order; those of a list stay together.
pub(super) fn of(table: &Table) -> Vec<Entry> {
    let mut entries = Vec::new();
    add(TOP, TOP, table, &mut entries);
    entries
}

/// Adds a table as an entry, and what is nested in it as sections of their own.
fn add(section: &str, key: &str, table: &Table, entries: &mut Vec<Entry>) {
    let mut parts = BTreeMap::new();
    let mut nested = Vec::new();
    for (name, value) in table {
        match value {
            Value::Table(inner) => nested.push((name, vec![inner])),
            Value::Array(list) if list.iter().any(Value::is_table) => {
                nested.push((name, list.iter().filter_map(Value::as_table).collect()));
            }
            Value::Array(list) => {
                parts.insert(name.clone(), list.iter().map(plain).collect::<Vec<_>>().join(", "));
            }
            Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
                parts.insert(name.clone(), plain(value));
            }
        }
    }
    if !parts.is_empty() {
        let named = ["label", "title", "name", "incident", "says", "id"];
        let label = named.into_iter().find_map(|name| parts.get(name)).cloned().unwrap_or_else(|| key.to_owned());
        entries.push(Entry { section: section.to_owned(), key: key.to_owned(), label, parts });
    }
    for (name, tables) in nested {
        let inner = match (section, key) {
            (TOP, _) => name.clone(),
            (section, key) if section == key => format!("{section}.{name}"),
            (section, key) => format!("{section}.{key}.{name}"),
        };
        for table in tables {
            let key = key_of(table).unwrap_or_else(|| inner.clone());
            add(&inner, &key, table, entries);
        }
    }
}

fn key_of(table: &Table) -> Option<String> {
    let text = |name: &str| table.get(name).and_then(Value::as_str);
    let ends = || Some(format!("{} > {}", text("from")?, text("to")?));
    text("id").or_else(|| text("incident")).map(ToOwned::to_owned).or_else(ends)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}
