//! What changed from one version of a pack to another, entry by entry.

use std::collections::BTreeSet;

use super::outline::Entry;

/// A change to one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    section: String,
    label: String,
    kind: ChangeKind,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere in its list.
    Moved,
    /// These keys of it changed.
    Changed(Vec<PartChange>),
}

/// A key of an entry that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartChange {
    key: String,
    before: Option<String>,
    after: Option<String>,
}

impl Change {
    /// The section, as the format names it.
    #[must_use]
    pub fn section(&self) -> &str {
        &self.section
    }

    /// What the entry is called; in the newer version, where it is in both.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What became of it.
    #[must_use]
    pub fn kind(&self) -> &ChangeKind {
        &self.kind
    }
}

impl PartChange {
    /// The key, as the format names it.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What was written there; none where the key is new.
    #[must_use]
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    /// What is written there now; none where the key is gone.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }
}

/// All that changed, section by section in the newer version's order, then the sections that are gone.
pub(super) fn between(older: &[Entry], newer: &[Entry]) -> Vec<Change> {
    let mut sections: Vec<&str> = Vec::new();
    for entry in newer.iter().chain(older) {
        if !sections.contains(&entry.section()) {
            sections.push(entry.section());
        }
    }
    sections.into_iter().flat_map(|section| in_section(section, older, newer)).collect()
}

fn in_section(section: &str, older: &[Entry], newer: &[Entry]) -> Vec<Change> {
    fn of<'a>(entries: &'a [Entry], section: &str) -> Vec<&'a Entry> {
        entries.iter().filter(|entry| entry.section() == section).collect()
    }
    let (older, newer) = (of(older, section), of(newer, section));
    let find = |entries: &[&Entry], key: &str| entries.iter().position(|entry| entry.key() == key);
    let change = |entry: &Entry, kind| Change { section: section.to_owned(), label: entry.label().to_owned(), kind };
    let moved = moved(
        &older.iter().map(|entry| entry.key()).filter(|key| find(&newer, key).is_some()).collect::<Vec<_>>(),
        &newer.iter().map(|entry| entry.key()).filter(|key| find(&older, key).is_some()).collect::<Vec<_>>(),
    );
    let mut changes = Vec::new();
    for entry in &newer {
        let Some(before) = find(&older, entry.key()).and_then(|at| older.get(at)) else {
            changes.push(change(entry, ChangeKind::Added));
            continue;
        };
        let parts = parts(before, entry);
        if !parts.is_empty() {
            changes.push(change(entry, ChangeKind::Changed(parts)));
        }
        if moved.contains(entry.key()) {
            changes.push(change(entry, ChangeKind::Moved));
        }
    }
    let gone = older.iter().filter(|entry| find(&newer, entry.key()).is_none());
    changes.extend(gone.map(|entry| change(entry, ChangeKind::Removed)));
    changes
}

fn parts(before: &Entry, after: &Entry) -> Vec<PartChange> {
    let keys: BTreeSet<&str> = before.parts().chain(after.parts()).map(|(key, _)| key).collect();
    keys.into_iter()
        .filter(|key| before.part(key) != after.part(key))
        .map(|key| PartChange {
            key: key.to_owned(),
            before: before.part(key).map(ToOwned::to_owned),
            after: after.part(key).map(ToOwned::to_owned),
        })
        .collect()
}

/// The fewest keys that have to move to make one order the other: those outside the longest run that both have.
fn moved<'a>(older: &[&'a str], newer: &[&'a str]) -> BTreeSet<&'a str> {
    let places: Vec<usize> = newer.iter().filter_map(|key| older.iter().position(|other| other == key)).collect();
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let mut run = Vec::new();
        for (earlier, other) in places.iter().enumerate().take(at) {
            if let Some(found) = best.get(earlier).filter(|found| other < place && found.len() > run.len()) {
                run.clone_from(found);
            }
        }
        run.push(*place);
        best.push(run);
    }
    let stays = best.into_iter().max_by_key(Vec::len).unwrap_or_default();
    older.iter().enumerate().filter(|(place, _)| !stays.contains(place)).map(|(_, key)| *key).collect()
}
