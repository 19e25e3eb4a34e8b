//! What the record must hold after whatever happened: itself, all that stood in it before, all that was acknowledged;
//! and what was destroyed nowhere.

use std::collections::BTreeSet;

use trail_domain::event::Event;
use trail_domain::ids::CaseId;
use trail_store::{LedgerVerdict, Open, Vault};

use super::check::{Scene, recovered};
use super::line::Seen;
use super::template::{Target, everything};

/// Opens the store with the recovery codes, checks all of it, and looks for what was acknowledged. Answers the
/// SHA-256 of every document in the record.
pub(super) fn holds(scene: &Scene<'_>) -> Result<BTreeSet<String>, String> {
    let vault = recovered(&scene.folder.join("store"), &scene.template.codes)?;
    let verdict = vault.verify(|_| {}).map_err(|error| format!("the check broke off: {error}"))?;
    if !verdict.holds() {
        return Err(format!("the record does not hold: {:?}", verdict.faults));
    }
    let is_gone = destroyed(scene, &vault, &verdict)?;
    let there: BTreeSet<(u64, String)> = everything(&vault)?.into_iter().map(|seen| (seen.seq, seen.kind)).collect();
    let acknowledged = scene.acks.iter().flat_map(|ack| &ack.seen);
    for (seen, how) in scene
        .template
        .standing
        .iter()
        .map(|seen| (seen, "stood there"))
        .chain(acknowledged.map(|seen| (seen, "was acknowledged")))
    {
        if !is_gone.excuses(seen) && !there.contains(&(seen.seq, seen.kind.clone())) {
            return Err(format!("entry {} ({}) {how} and is lost", seen.seq, seen.kind));
        }
    }
    for ack in scene.acks.iter().filter(|ack| ack.halted) {
        let case = CaseId::try_from(ack.case.clone()).map_err(|_| "the case has no id".to_owned())?;
        if !vault.is_halted(&case) {
            return Err(format!("HALT was acknowledged ({}) and does not stand", ack.act));
        }
    }
    documents(&vault)
}

/// What of the journey's target is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gone(Target);

impl Gone {
    fn excuses(self, seen: &Seen) -> bool {
        match self.0 {
            Target::Nothing => false,
            Target::Case => seen.in_case,
            Target::Entry(seq) => seen.seq == seq,
        }
    }
}

/// Destroyed whole or not at all; destroyed where that was acknowledged; and nothing else.
fn destroyed(scene: &Scene<'_>, vault: &Vault<Open>, verdict: &LedgerVerdict) -> Result<Gone, String> {
    let acknowledged = scene.acks.iter().any(|ack| ack.act == "destroy" && ack.ended.is_none());
    let (cases, entries) = match scene.template.target {
        Target::Nothing => (0, 0),
        Target::Case => (verdict.disposed, 0),
        Target::Entry(_) => (0, verdict.erased),
    };
    if (verdict.disposed, verdict.erased) != (cases, entries) {
        return Err(format!("{} cases and {} entries are gone", verdict.disposed, verdict.erased));
    }
    let is_gone = cases + entries > 0;
    if acknowledged && !is_gone {
        return Err("a destruction was acknowledged, and it is still there".to_owned());
    }
    let case = CaseId::try_from(scene.template.case.clone());
    let events = case.as_ref().map_or(Ok(Vec::new()), |case| vault.events(case));
    match scene.template.target {
        Target::Case if is_gone && events.is_ok() => Err("a destroyed case can be read".to_owned()),
        Target::Entry(seq) if is_gone && events.is_ok_and(|all| all.iter().any(|entry| entry.seq.0 == seq)) => {
            Err("an erased entry can be read".to_owned())
        }
        target if is_gone => Ok(Gone(target)),
        Target::Nothing | Target::Case | Target::Entry(_) => Ok(Gone(Target::Nothing)),
    }
}

fn documents(vault: &Vault<Open>) -> Result<BTreeSet<String>, String> {
    let mut documents = BTreeSet::new();
    for case in vault.cases().map_err(|error| error.to_string())? {
        for entry in vault.events(&case).map_err(|error| error.to_string())? {
            if let Event::DocumentMade { document } = &entry.event {
                documents.insert(document.sha256.to_string());
            }
            if let Event::DocumentSigned { signed } = &entry.event {
                documents.insert(signed.sha256.to_string());
            }
        }
    }
    Ok(documents)
}
