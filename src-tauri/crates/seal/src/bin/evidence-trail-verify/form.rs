//! What is said of a signed document.

use serde_json::json;
use trail_seal::verify::{Finding, Signature, Standing, State, Verdict, Wholeness};

use crate::{grouped, names};

/// 0 all holds, 1 something does not, 2 nothing of ours, 3 made in practice.
pub(crate) fn status(verdict: &Verdict) -> u8 {
    let nothing_signed = verdict.signatures().is_empty();
    match verdict.wholeness() {
        Wholeness::Altered => 1,
        Wholeness::CannotTell => {
            if nothing_signed {
                2
            } else {
                1
            }
        }
        Wholeness::Intact if !verdict.all_holds() => 1,
        Wholeness::Intact => {
            if verdict.is_practice() {
                3
            } else {
                0
            }
        }
    }
}

pub(crate) fn as_words(path: &str, verdict: &Verdict) -> String {
    let mut out = format!("{path}\n{}\n", headline(verdict));
    if verdict.is_practice() {
        out.push_str("PRACTICE: this document was made in practice mode. It is not evidence.\n");
    }
    out.push_str(&format!("\nSignatures: {} of {}\n", verdict.signatures().len(), verdict.expected_signatures()));
    for (place, signature) in verdict.signatures().iter().enumerate() {
        out.push_str(&describe(place + 1, signature));
    }
    for (title, state) in [
        ("What holds", State::Holds),
        ("What does not hold", State::DoesNotHold),
        ("What was not checked", State::NotChecked),
    ] {
        out.push_str(&format!("\n{title}\n"));
        let found: Vec<&Finding> = verdict.findings().iter().filter(|finding| finding.state() == state).collect();
        if found.is_empty() {
            out.push_str("  Nothing.\n");
        }
        for finding in found {
            out.push_str(&format!("  {} [{}]\n", finding.says(), finding.code()));
        }
    }
    out.push_str(&format!("\nSHA-256 of the file\n  {}\n", grouped(verdict.file_sha256())));
    if let Some(fingerprint) = verdict.authority_fingerprint() {
        let name = verdict.authority_name().unwrap_or("no name");
        out.push_str(&format!("Fingerprint of the authority ({name})\n  {}\n", grouped(fingerprint)));
    }
    out
}

fn headline(verdict: &Verdict) -> &'static str {
    match (verdict.wholeness(), verdict.standing()) {
        (Wholeness::Altered, _) => "ALTERED: this document is not as it was signed. Do not rely on it.",
        (Wholeness::CannotTell, _) => "CANNOT TELL: this is not a complete, signed document from Evidence Trail.",
        (Wholeness::Intact, Standing::Known) => {
            "INTACT: not one byte has changed since it was signed, and the signers are known."
        }
        (Wholeness::Intact, Standing::Unknown) => {
            "UNKNOWN SIGNER: not one byte has changed, but the authority is not the one you gave."
        }
        (Wholeness::Intact, Standing::NotCompared) => {
            "INTACT: not one byte has changed since it was signed. Signer not checked: compare the fingerprint with the card."
        }
    }
}

fn describe(number: usize, signature: &Signature) -> String {
    let position = signature.position.as_deref().unwrap_or("no position");
    let state = if signature.holds { "holds" } else { "does not hold" };
    format!(
        "  {number}. {}, {position}: {state}\n     {}, {}, {}\n     {}\n     Certificate {}\n",
        signature.name,
        signature.reason,
        signature.location,
        signature.at.format("%Y-%m-%d %H:%M:%S UTC"),
        time(signature),
        signature.certificate
    )
}

/// Who vouches for the time. Whether the authority is known is a fact of its own.
fn time(signature: &Signature) -> String {
    match &signature.stamp {
        Some(stamp) => format!("Time-stamped by {} on {}", stamp.by, stamp.at.format("%Y-%m-%d at %H:%M:%S UTC")),
        None => "Time by the signer's computer".to_owned(),
    }
}

pub(crate) fn as_json(verdict: &Verdict) -> String {
    let signatures: Vec<_> = verdict
        .signatures()
        .iter()
        .map(|signature| {
            json!({
                "field": signature.field,
                "name": signature.name,
                "position": signature.position,
                "reason": signature.reason,
                "location": signature.location,
                "at": signature.at.to_rfc3339(),
                "certificate": signature.certificate,
                "time_stamp": signature.stamp.as_ref().map(|stamp| json!({
                    "by": stamp.by,
                    "at": stamp.at.to_rfc3339(),
                    "root": hex::encode_upper(stamp.root),
                })),
                "holds": signature.holds,
            })
        })
        .collect();
    let findings: Vec<_> = verdict
        .findings()
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code().to_string(),
                "state": names::state(finding.state()),
                "says": finding.says(),
            })
        })
        .collect();
    let whole = json!({
        "wholeness": names::wholeness(verdict.wholeness()),
        "signer": names::signer(verdict.standing()),
        "practice": verdict.is_practice(),
        "all_holds": verdict.all_holds(),
        "expected_signatures": verdict.expected_signatures(),
        "signatures": signatures,
        "findings": findings,
        "file_sha256": hex::encode_upper(verdict.file_sha256()),
        "authority_fingerprint": verdict.authority_fingerprint().map(hex::encode_upper),
        "authority_name": verdict.authority_name(),
        "status": status(verdict),
    });
    format!("{whole:#}\n")
}
