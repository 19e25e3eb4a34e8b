//! Says what holds of a signed Evidence Trail document. It needs no network and no window.
//!
//! Status 0: all that was looked at holds. 1: something does not hold. 2: the file or the command
//! cannot be read, or it is no document of ours. 3: all holds, but the document was made in practice.

use std::io::{self, Write};
use std::process::ExitCode;

use serde_json::json;
use trail_seal::verify::{Expectation, Finding, Signature, Standing, State, Verdict, Wholeness, verify};

const USAGE: &str = "evidence-trail-verify FORM.pdf [--fingerprint 64-CHARACTERS] [--json]

Says what holds of a signed document, what does not, and what was not checked.
Give the fingerprint from the card that the headteacher keeps to check who signed.";

struct Request {
    path: String,
    expect: Expectation,
    as_json: bool,
}

fn main() -> ExitCode {
    let request = match read_arguments(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(problem) => return complain(&format!("{problem}\n\n{USAGE}")),
    };
    let bytes = match std::fs::read(&request.path) {
        Ok(bytes) => bytes,
        Err(problem) => return complain(&format!("{} cannot be read: {problem}.", request.path)),
    };
    let verdict = verify(&bytes, &request.expect);
    let text = if request.as_json { as_json(&verdict) } else { as_words(&request.path, &verdict) };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::from(status(&verdict)),
        Err(_) => ExitCode::from(2),
    }
}

fn complain(text: &str) -> ExitCode {
    // Nobody is left to tell if this cannot be written either; the status says it.
    let _ = writeln!(io::stderr().lock(), "{text}");
    ExitCode::from(2)
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Request, String> {
    let mut path = None;
    let mut expect = Expectation::default();
    let mut as_json = false;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => as_json = true,
            "--fingerprint" => {
                let given = arguments.next().unwrap_or_default();
                expect.authority_fingerprint = Some(read_fingerprint(&given)?);
            }
            option if option.starts_with("--") => return Err(format!("{option} is not known.")),
            _ if path.is_some() => return Err("Give one file at a time.".to_owned()),
            _ => path = Some(argument),
        }
    }
    let path = path.ok_or("Give the file to look at.")?;
    Ok(Request { path, expect, as_json })
}

/// Reads a fingerprint as people type it from a card: spaces and colons between its groups.
fn read_fingerprint(text: &str) -> Result<[u8; 32], String> {
    let figures: String = text.chars().filter(|character| !matches!(character, ' ' | ':')).collect();
    hex::decode(figures)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| "A fingerprint has 64 characters, 0 to 9 and A to F.".to_owned())
}

fn status(verdict: &Verdict) -> u8 {
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

fn as_words(path: &str, verdict: &Verdict) -> String {
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
        "  {number}. {}, {position}: {state}\n     {}, {}, {}\n     Certificate {}\n",
        signature.name,
        signature.reason,
        signature.location,
        signature.at.format("%Y-%m-%d %H:%M:%S UTC"),
        signature.certificate
    )
}

fn grouped(hash: [u8; 32]) -> String {
    let groups: Vec<String> = hash.chunks(4).map(hex::encode_upper).collect();
    groups.join(" ")
}

fn as_json(verdict: &Verdict) -> String {
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
                "state": match finding.state() {
                    State::Holds => "holds",
                    State::DoesNotHold => "does-not-hold",
                    State::NotChecked => "not-checked",
                },
                "says": finding.says(),
            })
        })
        .collect();
    let whole = json!({
        "wholeness": match verdict.wholeness() {
            Wholeness::Intact => "intact",
            Wholeness::Altered => "altered",
            Wholeness::CannotTell => "cannot-tell",
        },
        "signer": match verdict.standing() {
            Standing::Known => "known",
            Standing::Unknown => "unknown",
            Standing::NotCompared => "not-compared",
        },
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
