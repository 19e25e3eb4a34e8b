//! The ledger's excerpt of a package, and which entries it gives the words of.

use trail_domain::event::handing::HandOverVariant;
use trail_domain::ids::Hash;
use trail_domain::procedure::handing::is_redacted;
use trail_seal::package::{Body, Entry, Excerpt, Line};
use trail_store::{ExcerptEntry, ExcerptLine};

use super::super::Paper;
use crate::fault::{Fault, Stop};
use crate::show::exhibits::addresses_withheld;

/// Whether the package gives what the case's entries say, and what was recorded of its exhibits.
pub(super) fn gives_words(paper: &Paper<'_>, variant: HandOverVariant) -> bool {
    match variant {
        HandOverVariant::Police => true,
        // Where addresses stand in the police referral record alone, no entry is given that may hold one.
        HandOverVariant::Lado => !addresses_withheld(&paper.scene),
        HandOverVariant::Headteacher | HandOverVariant::LocalAuthority | HandOverVariant::SubjectAccess => false,
    }
}

/// The excerpt, up to where the ledger ends now.
pub(super) fn of(paper: &Paper<'_>, variant: HandOverVariant) -> Result<Excerpt, Stop> {
    let case = paper.case();
    let all = gives_words(paper, variant);
    let views_are_open = case.opened_views().is_some();
    let gives = |kind: &str| match kind {
        "store/keys-enrolled"
        | "store/keys-renewed"
        | "store/session-certified"
        | "document-made"
        | "document-signed" => true,
        // Views are opened together or not at all.
        "view-sealed" => all && views_are_open,
        _ => all && !kind.starts_with("store/"),
    };
    let store = paper.scene.register.store().ok_or_else(|| Fault::new("no-store"))?;
    let lines = paper.desk.vault.excerpt(case.id())?;
    let head = lines.last().map(|line| (line.seq.0, *line.hash.bytes())).ok_or_else(|| Fault::new("no-store"))?;
    let first = case.opening().seq.0;
    let lines = if is_redacted(variant) {
        // An entry tells who signed it and when, and the notes on keys name everybody who was enrolled.
        let from_it = lines.into_iter().filter(|line| line.seq.0 >= first);
        from_it.map(|line| Line::Hash { seq: line.seq.0, hash: *line.hash.bytes() }).collect()
    } else {
        lines.into_iter().map(|line| written(line, &gives)).collect()
    };
    Ok(Excerpt { store: store.to_string(), case: case.id().to_string(), first, head, lines })
}

fn written(line: ExcerptLine, gives: &impl Fn(&str) -> bool) -> Line {
    let ExcerptLine { seq, hash, entry } = line;
    match entry {
        None => Line::Hash { seq: seq.0, hash: *hash.bytes() },
        Some(entry) => Line::Entry(Box::new(in_full(seq.0, &hash, entry, gives))),
    }
}

fn in_full(seq: u64, hash: &Hash, entry: ExcerptEntry, gives: &impl Fn(&str) -> bool) -> Entry {
    let body = entry
        .body
        .filter(|_| gives(&entry.kind))
        .map(|(salt, json)| Body { salt: hex::encode(salt), json: String::from_utf8_lossy(&json).into_owned() });
    Entry {
        seq: seq.to_string(),
        case: entry.case.map(|case| case.to_string()),
        at: entry.at.micros().to_string(),
        kind: entry.kind,
        body_hash: entry.body_hash.to_string(),
        prev: entry.prev.to_string(),
        session: entry.session.map(|session| session.to_string()),
        key: hex::encode(entry.key),
        hash: hash.to_string(),
        signature: hex::encode(entry.signature),
        body,
    }
}
