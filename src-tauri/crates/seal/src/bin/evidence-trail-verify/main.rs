//! Says what holds of a signed Evidence Trail document, of a hand-over package, or of a ledger's excerpt. It needs no
//! network and no window.
//!
//! Status 0: all that was looked at holds. 1: something does not hold. 2: the file or the command
//! cannot be read, or it is nothing of ours. 3: all holds, but it was made in practice.

mod form;
mod names;
mod package;

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use trail_seal::package::{EXCERPT, Files as _, Flat, Folder, verify_excerpt, verify_package};
use trail_seal::verify::{Expectation, verify};

const USAGE: &str = "evidence-trail-verify PACKAGE|FORM.pdf|EXCERPT.jsonl [--fingerprint 64-CHARACTERS]
                      [--time-authority 64-CHARACTERS]... [--head ENTRY:64-CHARACTERS] [--json]

Says what holds of a hand-over package (its folder), of a signed document or of a ledger's excerpt, what does not
hold, and what was not checked.
Give the fingerprint from the card that the headteacher keeps to check who signed.
Give the fingerprint of a time-stamp authority's root certificate, or of several one by one, to check who vouches for
the times of a document, or of each document in a package.
Give a ledger entry and hash from paper to check that a package or an excerpt has that hash at that entry.";

/// Why a time-stamp authority is not compared with an excerpt.
const NO_DOCUMENT: &str =
    "A ledger's excerpt has no time-stamps. Give a time-stamp authority with a document or a package.";

struct Request {
    path: String,
    expect: Expectation,
    head: Option<(u64, [u8; 32])>,
    as_json: bool,
}

fn main() -> ExitCode {
    let request = match read_arguments(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(problem) => return complain(&format!("{problem}\n\n{USAGE}")),
    };
    let (text, status) = match judge(&request) {
        Ok(judged) => judged,
        Err(problem) => return complain(&problem),
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::from(status),
        Err(_) => ExitCode::from(2),
    }
}

/// What is to be said, and the status.
fn judge(request: &Request) -> Result<(String, u8), String> {
    let path = Path::new(&request.path);
    if path.is_dir() {
        let folder = Folder::at(path);
        let verdict = verify_package(&folder, &request.expect);
        // Only an entry from paper is looked for in it once more.
        let wanted = request.head.is_some();
        let read = || Flat::of(&folder).map_or_else(|| folder.read(EXCERPT), |flat| flat.read(EXCERPT)).ok();
        let excerpt = wanted.then(read);
        return Ok(package::say(request, &verdict, excerpt.flatten().as_deref()));
    }
    let bytes = read(path).map_err(|problem| format!("{} cannot be read: {problem}.", request.path))?;
    if bytes.starts_with(b"{") {
        if !request.expect.time_authorities.is_empty() {
            return Err(NO_DOCUMENT.to_owned());
        }
        return Ok(package::say(request, &verify_excerpt(&bytes), Some(&bytes)));
    }
    if request.head.is_some() {
        return Err(
            "A ledger entry from paper is compared with a package or an excerpt, not with a document.".to_owned()
        );
    }
    let verdict = verify(&bytes, &request.expect);
    let text = if request.as_json { form::as_json(&verdict) } else { form::as_words(&request.path, &verdict) };
    Ok((text, form::status(&verdict)))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn complain(text: &str) -> ExitCode {
    // Nobody is left to tell if this cannot be written either; the status says it.
    let _ = writeln!(io::stderr().lock(), "{text}");
    ExitCode::from(2)
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Request, String> {
    let mut path = None;
    let mut expect = Expectation::default();
    let mut head = None;
    let mut as_json = false;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--json" => as_json = true,
            "--fingerprint" => {
                let given = arguments.next().unwrap_or_default();
                expect.authority_fingerprint =
                    Some(read_hash(&given).ok_or("A fingerprint has 64 characters, 0 to 9 and A to F.")?);
            }
            "--time-authority" => {
                let given = read_hash(&arguments.next().unwrap_or_default());
                let given =
                    given.ok_or("A time-stamp authority's fingerprint has 64 characters, 0 to 9 and A to F.")?;
                expect.time_authorities.push(given);
            }
            "--head" => head = Some(read_head(&arguments.next().unwrap_or_default())?),
            option if option.starts_with("--") => return Err(format!("{option} is not known.")),
            _ if path.is_some() => return Err("Give one file or folder at a time.".to_owned()),
            _ => path = Some(argument),
        }
    }
    let path = path.ok_or("Give the file or folder to look at.")?;
    Ok(Request { path, expect, head, as_json })
}

/// Reads 64 figures as people type them from paper: spaces and colons between their groups.
fn read_hash(text: &str) -> Option<[u8; 32]> {
    let figures: String = text.chars().filter(|character| !matches!(character, ' ' | ':')).collect();
    hex::decode(figures).ok()?.try_into().ok()
}

/// Reads `4187:64-CHARACTERS`; the number may have a comma, as it is printed.
fn read_head(text: &str) -> Result<(u64, [u8; 32]), String> {
    let (entry, hash) = text.split_once(':').unwrap_or_default();
    let entry = entry.replace([',', ' '], "").parse().ok();
    entry
        .zip(read_hash(hash))
        .ok_or_else(|| "Give the entry's number, a colon, and its hash of 64 characters: 4187:0F3A…".to_owned())
}

/// A hash as it is printed.
fn grouped(hash: [u8; 32]) -> String {
    let groups: Vec<String> = hash.chunks(4).map(hex::encode_upper).collect();
    groups.join(" ")
}
