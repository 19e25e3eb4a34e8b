//! A policy as its pages show it, and what an edited one changes.

use trail_domain::ids::Hash;
use trail_domain::pack::{Change, ChangeKind, Faults, PackFault, PolicyPack};
use trail_domain::people::Person;
use trail_domain::register::{Adopted, Register};

use super::{dates, fact, mono, people};
use crate::keeping::groups;
use crate::phrases::Phrases;
use crate::wire::case::{Choice, Fact};
use crate::wire::policy::{PolicyChange, PolicyCheck, PolicyFault, PolicyPart, PolicyTable, PolicyTicks};

mod sections;

pub(crate) use sections::sections;

/// What a policy is, and since when it is in use.
pub(crate) fn about(pack: &PolicyPack, register: Option<&Register>, phrases: &Phrases) -> Vec<Fact> {
    let reference = pack.reference();
    let mut facts = identity(pack);
    let adopted = register.and_then(|register| {
        let last = register.adopted().iter().rev().find(|adopted| adopted.policy.pack == reference)?;
        Some((register, last))
    });
    let since = match (adopted, register) {
        (Some((register, adopted)), _) => Some(signed(register, adopted)),
        (None, Some(register)) if register.adopted().is_empty() => Some(phrases.say("policy.since-set-up", &[])),
        (None, Some(_)) => Some(phrases.say("policy.before-others", &[])),
        (None, None) => None,
    };
    facts.extend(since.map(|since| fact("Taken into use", since)));
    facts
}

/// What a policy is: which, in which version, by which text.
fn identity(pack: &PolicyPack) -> Vec<Fact> {
    let mut facts = vec![
        fact("Policy", pack.title()),
        fact("Edition of its source", pack.edition()),
        fact("Version", pack.version().to_string()),
    ];
    if let Some(based_on) = pack.based_on() {
        facts.push(fact("Copied from", format!("{}, version {}", based_on.id(), based_on.version())));
    }
    facts.push(mono("Short name", pack.id()));
    facts.push(mono("Fingerprint of its text", groups(&pack.reference().hash.to_string())));
    facts
}

fn signed(register: &Register, adopted: &Adopted) -> String {
    format!("{}, signed by {}", dates::full(adopted.at), people::name(register, &adopted.by))
}

/// The policies that were taken into use, newest first.
pub(crate) fn history(register: &Register) -> Vec<Vec<Fact>> {
    let row = |adopted: &Adopted| {
        vec![
            fact("Taken into use", signed(register, adopted)),
            fact(
                "Policy",
                format!(
                    "{}, edition {}, version {}",
                    adopted.policy.pack.id, adopted.policy.pack.edition, adopted.policy.version
                ),
            ),
            fact("Why", adopted.policy.reason.as_str()),
            fact("In place of", format!("{}, edition {}", adopted.policy.before.id, adopted.policy.before.edition)),
            mono("Fingerprint of its text", groups(&adopted.policy.pack.hash.to_string())),
        ]
    };
    register.adopted().iter().rev().map(row).collect()
}

/// Somebody who may take a policy into use.
pub(crate) fn signer(person: &Person) -> Choice {
    Choice {
        id: person.id.to_string(),
        label: person.name.to_string(),
        hint: Some(person.position.to_string()),
        refused: None,
    }
}

/// The sanctions tables, every row and tick.
pub(crate) fn tables(pack: &PolicyPack) -> Vec<PolicyTable> {
    let table = |table: &trail_domain::pack::Table| PolicyTable {
        id: table.id().to_owned(),
        title: table.title().to_owned(),
        note: table.source_note().map(ToOwned::to_owned),
        actions: table.actions().map(|(_, label)| label.to_owned()).collect(),
        rows: table
            .rows()
            .iter()
            .map(|row| PolicyTicks {
                incident: row.incident().to_owned(),
                ticks: table.actions().map(|(action, _)| row.proposes(action)).collect(),
                note: row.source_note().map(ToOwned::to_owned),
            })
            .collect(),
    };
    pack.tables().iter().map(table).collect()
}

/// What was found wrong, or else what changed from the policy in use.
pub(crate) fn check(
    text: &str,
    present: &PolicyPack,
    read: Result<PolicyPack, Faults>,
    phrases: &Phrases,
) -> PolicyCheck {
    let sha256 = Hash::of(text.as_bytes()).to_string();
    match read {
        Ok(pack) => PolicyCheck {
            faults: Vec::new(),
            about: identity(&pack),
            sha256,
            changes: present.difference(&pack).iter().map(|change| changed(change, phrases)).collect(),
            in_use: present.reference() == pack.reference(),
        },
        Err(faults) => PolicyCheck {
            faults: faults.by_line().iter().map(|fault| faulty(fault, phrases)).collect(),
            about: Vec::new(),
            sha256,
            changes: Vec::new(),
            in_use: false,
        },
    }
}

fn faulty(fault: &PackFault, phrases: &Phrases) -> PolicyFault {
    PolicyFault {
        line: fault.line().and_then(|line| u32::try_from(line).ok()),
        what: sentence(fault.what()),
        instead: sentence(fault.instead()),
        floor: fault.floor().map(|entry| mono(&phrases.say(&format!("policy.floor.{entry}"), &[]), entry)),
    }
}

/// What the reader says, as a sentence.
fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

fn changed(change: &Change, phrases: &Phrases) -> PolicyChange {
    let (kind, parts) = match change.kind() {
        ChangeKind::Added => ("added", &[][..]),
        ChangeKind::Removed => ("removed", &[][..]),
        ChangeKind::Moved => ("moved", &[][..]),
        ChangeKind::Changed(parts) => ("changed", parts.as_slice()),
    };
    let part = |part: &trail_domain::pack::PartChange| PolicyPart {
        key: phrases.find(&format!("policy.key.{}", part.key()), &[]).unwrap_or_else(|| part.key().to_owned()),
        before: part.before().map(ToOwned::to_owned),
        after: part.after().map(ToOwned::to_owned),
    };
    let section = section(change.section(), phrases);
    // What is one of a kind is called by its part.
    let is_single = change.label() == change.section();
    PolicyChange {
        label: if is_single { section.clone() } else { change.label().to_owned() },
        section,
        kind: kind.to_owned(),
        kind_words: phrases.say(&format!("policy.change.{kind}"), &[]),
        parts: parts.iter().map(part).collect(),
    }
}

/// The part of a policy that a section of its text belongs to; the section's own name where no words are known.
fn section(name: &str, phrases: &Phrases) -> String {
    let begins = name.split('.').next().unwrap_or(name);
    let words = |name: &str| phrases.find(&format!("policy.part.{}", name.replace('.', "-")), &[]);
    words(name).or_else(|| words(begins)).unwrap_or_else(|| name.to_owned())
}
