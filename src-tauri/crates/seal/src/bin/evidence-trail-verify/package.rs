//! What is said of a package or an excerpt.

use serde_json::{Value, json};
use trail_seal::package::{Excerpt, PackageVerdict};
use trail_seal::verify::{Standing, State, Wholeness};

use crate::{Request, grouped, names};

/// The words or the JSON, and the status.
pub(crate) fn say(request: &Request, verdict: &PackageVerdict, excerpt: Option<&[u8]>) -> (String, u8) {
    let head = request.head.map(|(entry, hash)| {
        let found = excerpt.and_then(Excerpt::read).and_then(|excerpt| excerpt.hash_at(entry));
        (entry, found, found == Some(hash))
    });
    let head_holds = head.is_none_or(|(.., holds)| holds);
    let status = status(verdict, head_holds);
    let text = if request.as_json { as_json(verdict, head, status) } else { as_words(request, verdict, head) };
    (text, status)
}

type HeadSeen = Option<(u64, Option<[u8; 32]>, bool)>;

fn status(verdict: &PackageVerdict, head_holds: bool) -> u8 {
    match verdict.wholeness() {
        Wholeness::CannotTell => 2,
        Wholeness::Altered => 1,
        Wholeness::Intact if !verdict.all_holds() || !head_holds => 1,
        Wholeness::Intact if verdict.is_practice() => 3,
        Wholeness::Intact => 0,
    }
}

fn headline(verdict: &PackageVerdict) -> &'static str {
    match (verdict.wholeness(), verdict.standing(), verdict.statement().is_some()) {
        (Wholeness::Altered, ..) => "ALTERED: this is not as it was made. Do not rely on it.",
        (Wholeness::CannotTell, ..) => "CANNOT TELL: this is no package and no excerpt from Evidence Trail.",
        (Wholeness::Intact, Standing::Known, _) => {
            "INTACT: not one byte has changed since the package was signed, and the signer is known."
        }
        (Wholeness::Intact, Standing::Unknown, _) => {
            "UNKNOWN SIGNER: not one byte has changed, but the authority is not the one you gave."
        }
        (Wholeness::Intact, Standing::NotCompared, true) => {
            "INTACT: not one byte has changed since the package was signed. Signer not checked: compare the fingerprint with the card."
        }
        (Wholeness::Intact, Standing::NotCompared, false) => {
            "HOLDS TOGETHER: the entries follow one another and are signed. Whose keys they are was not checked."
        }
    }
}

fn as_words(request: &Request, verdict: &PackageVerdict, head: HeadSeen) -> String {
    let mut out = format!("{}\n{}\n", request.path, headline(verdict));
    if verdict.is_practice() {
        out.push_str("PRACTICE: this was made in practice mode. It is not evidence.\n");
    }
    if let Some(statement) = verdict.statement() {
        out.push_str(&format!(
            "\nHand-over {} of case {}, {} ({})\n  to {}, {}, reference {}\n  made {}, ledger entry {}\n",
            statement.number,
            statement.reference,
            statement.school,
            statement.variant,
            statement.to,
            statement.organisation,
            statement.their_reference,
            statement.made,
            statement.head.seq
        ));
        for document in &statement.documents {
            let missing = if document.missing.is_empty() {
                "every signature is there".to_owned()
            } else {
                format!("NOT SIGNED BY: {}", document.missing.join(", "))
            };
            out.push_str(&format!("  {} ({}): {missing}\n", document.what, document.path));
        }
    }
    if let Some((name, position)) = verdict.maker() {
        out.push_str(&format!("Signed by {name}, {position}\n"));
    }
    for (title, state) in [
        ("What holds", State::Holds),
        ("What does not hold", State::DoesNotHold),
        ("What was not checked", State::NotChecked),
    ] {
        out.push_str(&format!("\n{title}\n"));
        let mut lines: Vec<String> = verdict
            .facts()
            .iter()
            .filter(|fact| fact.state() == state)
            .map(|fact| format!("  {} [{}]\n", fact.says(), fact.code()))
            .collect();
        lines.extend(
            head.filter(|(.., holds)| *holds == (state == State::Holds) && state != State::NotChecked).map(said),
        );
        if lines.is_empty() {
            lines.push("  Nothing.\n".to_owned());
        }
        out.extend(lines);
    }
    if let Some(sum) = verdict.statement_sha256() {
        out.push_str(&format!("\nSHA-256 of statement.json, as the receipt has it\n  {}\n", grouped(sum)));
    }
    if let Some((name, fingerprint)) = verdict.authority() {
        out.push_str(&format!("Fingerprint of the authority ({name})\n  {}\n", grouped(fingerprint)));
    }
    out
}

fn said((entry, found, holds): (u64, Option<[u8; 32]>, bool)) -> String {
    let words = match (found, holds) {
        (_, true) => "has the hash that you gave.",
        (Some(_), false) => "has another hash than the one that you gave.",
        (None, false) => "is not in this excerpt.",
    };
    format!("  Ledger entry {entry} {words} [head-from-paper]\n")
}

fn as_json(verdict: &PackageVerdict, head: HeadSeen, status: u8) -> String {
    let mut findings: Vec<Value> = verdict
        .facts()
        .iter()
        .map(|fact| json!({"code": fact.code(), "state": names::state(fact.state()), "says": fact.says()}))
        .collect();
    findings.extend(head.map(|seen| {
        let held = if seen.2 { State::Holds } else { State::DoesNotHold };
        json!({"code": "head-from-paper", "state": names::state(held), "says": said(seen).trim()})
    }));
    let documents: Vec<Value> = verdict
        .documents()
        .iter()
        .map(|(name, document)| {
            json!({
                "path": name,
                "signatures": document.signatures().len(),
                "expected_signatures": document.expected_signatures(),
                "file_sha256": hex::encode_upper(document.file_sha256()),
            })
        })
        .collect();
    let whole = json!({
        "wholeness": names::wholeness(verdict.wholeness()),
        "signer": names::signer(verdict.standing()),
        "practice": verdict.is_practice(),
        "all_holds": verdict.all_holds() && head.is_none_or(|(.., holds)| holds),
        "statement": verdict.statement(),
        "statement_sha256": verdict.statement_sha256().map(hex::encode_upper),
        "documents": documents,
        "findings": findings,
        "authority_fingerprint": verdict.authority().map(|(_, sum)| hex::encode_upper(sum)),
        "authority_name": verdict.authority().map(|(name, _)| name),
        "status": status,
    });
    format!("{whole:#}\n")
}
