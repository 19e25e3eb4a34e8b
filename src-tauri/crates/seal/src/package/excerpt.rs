//! The ledger's excerpt: the entries of one case in full, and of every other entry only its place and hash.
//!
//! The first line says what it is. The lines after it stand in the ledger's order. Before the case's first entry only
//! those notes stand that name the keys which sign; from there on every place has its line, to the ledger's head.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entry::{Entry, is_signed_by};
use super::statement::Head;
use super::{canonical, hash};
use crate::sha256;

/// The shape that is written and read here.
const FORMAT: &str = "evidence-trail/ledger-excerpt/1";

/// An excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The store's id.
    pub store: String,
    /// The case's own id.
    pub case: String,
    /// The place of the case's first entry.
    pub first: u64,
    /// Where the ledger ended.
    pub head: (u64, [u8; 32]),
    /// The lines, in the ledger's order.
    pub lines: Vec<Line>,
}

/// A line of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// An entry in full.
    Entry(Box<Entry>),
    /// The hash of an entry that is not this package's matter.
    Hash {
        /// Its place.
        seq: u64,
        /// Its hash.
        hash: [u8; 32],
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    format: String,
    store: String,
    case: String,
    first: String,
    head: Head,
}

/// What was found of an excerpt. Nothing of it says whose keys these are: the package's signature does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chain {
    /// Every place has its line, each entry follows the one before, and the last is the head.
    pub(super) is_chained: bool,
    /// Every hash is that of its entry, and every body the one its entry was made for.
    pub(super) is_whole: bool,
    /// Every entry is signed.
    pub(super) is_signed: bool,
    /// Every key that signs is a person's, or a session's that two people certified.
    pub(super) keys_are_named: bool,
}

impl Excerpt {
    /// The excerpt as it is written: canonical JSON, one line each; nothing if it cannot be written.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let title = Title {
            format: FORMAT.to_owned(),
            store: self.store.clone(),
            case: self.case.clone(),
            first: self.first.to_string(),
            head: Head::new(self.head.0, &self.head.1),
        };
        let mut out = canonical(&title)?;
        out.push(b'\n');
        for line in &self.lines {
            out.extend(match line {
                Line::Entry(entry) => canonical(entry)?,
                Line::Hash { seq, hash } => canonical(&Head::new(*seq, hash))?,
            });
            out.push(b'\n');
        }
        Some(out)
    }

    /// Reads an excerpt; nothing if it is not one in its one form.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let title: Title = serde_json::from_str(lines.next()?).ok().filter(|title: &Title| title.format == FORMAT)?;
        let read = Self {
            store: title.store,
            case: title.case,
            first: title.first.parse().ok()?,
            head: title.head.read()?,
            lines: lines.map(line).collect::<Option<_>>()?,
        };
        (read.bytes()? == bytes).then_some(read)
    }

    /// Whether the text begins like an excerpt.
    pub(super) fn is_meant(bytes: &[u8]) -> bool {
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        memchr::memmem::find(first, b"evidence-trail/ledger-excerpt/").is_some()
    }

    /// The entries that are given in full.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.lines.iter().filter_map(|line| match line {
            Line::Entry(entry) => Some(entry.as_ref()),
            Line::Hash { .. } => None,
        })
    }

    /// The hash at a place, if the excerpt has it.
    #[must_use]
    pub fn hash_at(&self, place: u64) -> Option<[u8; 32]> {
        self.lines.iter().find_map(|line| line.place().filter(|(seq, _)| *seq == place).map(|(_, hash)| hash))
    }

    /// Whether an entry is given in full. A redacted package gives hashes alone: an entry tells who signed it, and when.
    pub(super) fn gives_entries(&self) -> bool {
        self.entries().next().is_some()
    }

    pub(super) fn check(&self) -> Chain {
        Chain {
            is_chained: self.is_chained(),
            is_whole: self.entries().all(|entry| entry.hash_fits() && entry.body_fits()),
            is_signed: self.entries().all(Entry::is_signed),
            keys_are_named: self.keys_are_named(),
        }
    }

    fn is_chained(&self) -> bool {
        let mut before: Option<(u64, [u8; 32])> = None;
        for line in &self.lines {
            let Some(here) = line.place() else { return false };
            let (last, hash_before) = before.map_or((0, None), |(seq, hash)| (seq, Some(hash)));
            let is_next = here.0 == last + 1;
            if here.0 <= last || (here.0 > self.first && !is_next) {
                return false;
            }
            if let (Line::Entry(entry), Some(hash_before), true) = (line, hash_before, is_next)
                && hash(&entry.prev) != Some(hash_before)
            {
                return false;
            }
            let is_of_the_case = matches!(line, Line::Entry(entry) if entry.case.as_ref() == Some(&self.case));
            if (here.0 == self.first && !is_of_the_case && self.gives_entries())
                || (here.0 < self.first && is_of_the_case)
            {
                return false;
            }
            before = Some(here);
        }
        before == Some(self.head) && self.hash_at(self.first).is_some()
    }

    /// Walks along the notes in their order: a key counts from the note that names it.
    fn keys_are_named(&self) -> bool {
        let mut people: BTreeMap<String, [u8; 32]> = BTreeMap::new();
        let mut known: Vec<([u8; 32], Option<String>)> = Vec::new();
        for entry in self.entries() {
            let says = entry.says().filter(|_| entry.kind.starts_with("store/"));
            let own = says.as_ref().filter(|_| is_keys(&entry.kind)).and_then(|says| says["ledger"].as_str());
            if let Some((key, person)) = own.and_then(hash).zip(says.as_ref().and_then(|says| says["person"].as_str()))
            {
                people.insert(person.to_owned(), key);
                known.push((key, None));
            }
            let Some(key) = hash(&entry.key) else { return false };
            if !known.contains(&(key, entry.session.clone())) {
                return false;
            }
            if entry.kind == "store/session-certified" {
                let Some(session) = says.as_ref().and_then(|says| certified(says, &people, self)) else { return false };
                known.push(session);
            }
        }
        true
    }
}

impl Line {
    fn place(&self) -> Option<(u64, [u8; 32])> {
        match self {
            Self::Entry(entry) => Some((entry.place()?, hash(&entry.hash)?)),
            Self::Hash { seq, hash } => Some((*seq, *hash)),
        }
    }
}

fn line(text: &str) -> Option<Line> {
    match serde_json::from_str::<Head>(text) {
        Ok(head) => head.read().map(|(seq, hash)| Line::Hash { seq, hash }),
        Err(_) => serde_json::from_str(text).ok().map(|entry| Line::Entry(Box::new(entry))),
    }
}

fn is_keys(kind: &str) -> bool {
    matches!(kind, "store/keys-enrolled" | "store/keys-renewed")
}

/// The key of a session, if both people certified it.
fn certified(
    says: &serde_json::Value,
    people: &BTreeMap<String, [u8; 32]>,
    of: &Excerpt,
) -> Option<([u8; 32], Option<String>)> {
    let certificate = &says["certificate"];
    let is_ours = certificate["store"] == of.store.as_str() && certificate["case"] == of.case.as_str();
    let message = [b"evidence-trail/session/v1\0".as_slice(), &sha256(&canonical(certificate)?)].concat();
    let is_by = |person: &str, signature: &str| {
        let key = certificate[person].as_str().and_then(|person| people.get(person))?;
        says[signature].as_str().filter(|signature| is_signed_by(key, &message, signature))
    };
    is_by("first", "first_signature")?;
    is_by("second", "second_signature")?;
    let session = certificate["session"].as_str()?.to_owned();
    (is_ours && certificate["first"] != certificate["second"])
        .then_some((hash(certificate["key"].as_str()?)?, Some(session)))
}
