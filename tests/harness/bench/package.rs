//! A hand-over package of 100 captures checked by the program that a stranger runs, beside `sha256sum -c` on its files.

use std::path::Path;
use std::process::Command;

use chrono::SubsecRound;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use trail_domain::ids::Hash;
use trail_seal::package::{Bag, Body, Content, EXCERPT, Entry, Excerpt, Head, Line, Payload, SealedBy, Statement};

use super::scratch::{Scratch, ask};
use super::sign::{School, school};
use super::spread::{median, timed};
use super::table::Row;
use super::{Measured, folder, pictures};
use crate::outside::built;

const CAPTURES: usize = 100;
const ROUNDS: usize = 7;
const STORE: &str = "6f1c2a3b4d5e6f708192a3b4c5d6e7f8";
const CASE: &str = "00112233445566778899aabbccddeeff";

pub(super) fn measure() -> Measured {
    let scratch = Scratch::new()?;
    let size = write(&scratch)?;
    let program = built("evidence-trail-verify");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // Round 0 brings the files into memory for both.
    for round in 0..=ROUNDS {
        let (checked, ms) = timed(|| ask(Command::new(&program).arg(scratch.path())));
        checked?;
        let (checked, their_ms) = timed(|| {
            let list = ["--check", "--quiet", "manifest-sha256.txt"];
            ask(Command::new("sha256sum").args(list).current_dir(scratch.path()))
        });
        checked?;
        if round > 0 {
            ours.push(ms);
            theirs.push(their_ms);
        }
    }
    let (ours, theirs) = (median(&ours), median(&theirs));
    let ratio = theirs / ours;
    let made = format!(
        "{CAPTURES} captures, {:.0} MB, files in memory, median of {ROUNDS}, whole processes by the clock. Ours also checks \
         the signatures, the ledger's excerpt and that every file is named in it.",
        size as f64 / 1e6
    );
    Ok(vec![
        Row::new("a package checked", format!("{ours:.0} ms"))
            .beside(format!("sha256sum -c {theirs:.0} ms"), ratio)
            .target(">= 80 % of its speed", ratio >= 0.8)
            .note(&made),
    ])
}

/// Writes the package into the folder; its size in bytes.
fn write(scratch: &Scratch) -> Result<u64, String> {
    let paths = pictures::write(&folder()?.join("pictures"), CAPTURES)?;
    let school = school()?;
    let mut payload = Payload::default();
    let mut add =
        |name: &str, bytes: Vec<u8>| payload.add(name, Content::Here(bytes)).map_err(|error| error.to_string());
    let mut sums = Vec::new();
    for (number, path) in (1..).zip(paths.iter().take(CAPTURES)) {
        let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        sums.push(hex::encode(Hash::of(&bytes).bytes()));
        add(&format!("data/exhibits/JS-{number}/view-1.png"), bytes)?;
    }
    let excerpt = excerpt(&sums)?;
    add(EXCERPT, excerpt.bytes().ok_or("the excerpt cannot be written")?)?;
    add("data/certificates/authority.cer", school.authority.certificate().der().to_vec())?;
    let bag = sealed(&school, &excerpt, payload)?;
    for (name, content) in bag.files() {
        let Content::Here(bytes) = content else { return Err(format!("{name} is elsewhere")) };
        put(&scratch.path().join(name), bytes)?;
    }
    Ok(bag.bytes())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", path.display());
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(wrong)?;
    std::fs::write(path, bytes).map_err(wrong)
}

fn sealed(school: &School, excerpt: &Excerpt, payload: Payload) -> Result<Bag, String> {
    let head = Head::new(excerpt.head.0, &excerpt.head.1);
    let mut statement = Statement::about("police", 1, school.at.trunc_subsecs(0), head);
    for (place, words) in [
        (&mut statement.school, "Hollybrook School"),
        (&mut statement.reference, "HB-2026-0014"),
        (&mut statement.store, STORE),
        (&mut statement.case, CASE),
        (&mut statement.to, "DC Rowan Ellery"),
        (&mut statement.organisation, "Example Constabulary"),
    ] {
        words.clone_into(place);
    }
    let by = SealedBy { key: &school.key, certificate: &school.certificate, authority: school.authority.certificate() };
    Bag::sealed(statement, payload, &by, &SystemRandom::new()).map_err(|error| error.to_string())
}

/// A ledger of one person who kept each picture as an exhibit.
fn excerpt(sums: &[String]) -> Result<Excerpt, String> {
    let pen = Ed25519KeyPair::from_seed_unchecked(&[1; 32]).map_err(|error| error.to_string())?;
    let key = hex::encode(pen.public_key().as_ref());
    let named = json!({"kind": "store/keys-enrolled", "person": "p1", "ledger": key, "seal": "00"});
    let mut bodies = vec![(None, named)];
    bodies.extend(sums.iter().map(|sum| (Some(CASE), json!({"kind": "exhibit-kept", "files": [{"sha256": sum}]}))));
    let (mut lines, mut before) = (Vec::new(), (0, *Hash::of(b"genesis").bytes()));
    for (case, body) in bodies {
        let (entry, hash) = entry(&pen, before, case, &body)?;
        before = (before.0 + 1, hash);
        lines.push(Line::Entry(Box::new(entry)));
    }
    Ok(Excerpt { store: STORE.to_owned(), case: CASE.to_owned(), first: 2, head: before, lines })
}

/// The entry after `before`. The members stand in the order of the alphabet, so the text is canonical as it is.
fn entry(
    pen: &Ed25519KeyPair,
    before: (u64, [u8; 32]),
    case: Option<&str>,
    body: &Value,
) -> Result<(Entry, [u8; 32]), String> {
    let (seq, salt, json) = (before.0 + 1, before.1, body.to_string());
    let mut front = json!({
        "at": (1_795_000_000_000_000 + seq).to_string(),
        "body_hash": hex::encode(Hash::of(&[&salt[..], json.as_bytes()].concat()).bytes()),
        "case": case, "key": hex::encode(pen.public_key().as_ref()), "kind": body["kind"],
        "prev": hex::encode(before.1), "seq": seq.to_string(), "session": Value::Null, "v": 1,
    });
    let hash = *Hash::of(&[b"evidence-trail/entry/v1\0", front.to_string().as_bytes()].concat()).bytes();
    let signature = pen.sign(&[b"evidence-trail/signature/v1\0".as_slice(), &hash].concat());
    let map = front.as_object_mut().ok_or("no object")?;
    map.remove("v");
    map.insert("hash".to_owned(), hex::encode(hash).into());
    map.insert("signature".to_owned(), hex::encode(signature.as_ref()).into());
    map.insert("body".to_owned(), json!(Body { salt: hex::encode(salt), json }));
    serde_json::from_value(front).map(|entry| (entry, hash)).map_err(|error| error.to_string())
}
