//! After lock no key is left in memory, and no word of a case. Before it all of them are, or this would show nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use acceptance::memory::{Needle, Seeded, Sighting, search, work};
use acceptance::outside::built;
use acceptance::soak::line::{Drawer, Listener, Secrets};
use ring::signature::{Ed25519KeyPair, KeyPair};

const SEED: [u8; 16] = *b"chance is fixed.";
const WORDS: &str = "Quince-Marzipan-Velocipede is the word that nobody else writes";

/// What the twin drew, part by part of the work.
type Drawn = Vec<(String, Vec<Vec<u8>>)>;

#[test]
fn after_lock_no_key_and_no_word_of_a_case_is_in_memory() {
    let twin_folder = tempfile::tempdir().unwrap();
    let drawn = twin(twin_folder.path());
    let ground = tempfile::tempdir().unwrap();
    let (folder, line) = (ground.path().join("school"), ground.path().join("line"));
    std::fs::create_dir_all(&folder).unwrap();
    let listener = Listener::at(&line).unwrap();
    let mut child = Command::new(built("memory-child")).arg(&folder).arg(&line).spawn().unwrap();
    let mut caller = listener.accept(|| child.try_wait().unwrap().is_some()).expect("the child calls");
    let mut secrets =
        Secrets::from([("seed".to_owned(), SEED.to_vec()), ("words".to_owned(), WORDS.as_bytes().to_vec())]);
    assert!(caller.until_ready(&mut secrets), "the child did not get ready");
    let device: Vec<Vec<u8>> = secrets
        .iter()
        .filter(|(name, kept)| *name != "seed" && kept.len() == 32)
        .map(|(_, kept)| kept.clone())
        .collect();

    let (needles, named) = needles(&drawn, &folder, &device);
    let (before, read) = search(child.id(), &needles).unwrap();
    let mut after = Vec::new();
    let (_, ended) = caller.follow(&mut secrets, |_| after = search(child.id(), &needles).unwrap().0);
    assert!(ended && child.wait().unwrap().success());

    println!("{} things looked for in {} MiB", needles.len(), read >> 20);
    println!("before lock:\n{}", told(&before));
    println!("after lock:\n{}", told(&after));
    let seen: BTreeSet<&str> = before.iter().map(|sighting| sighting.name.as_str()).collect();
    for wanted in ["data key", "ledger seed of JS", "ledger seed of PA", "case key", "words"] {
        assert!(seen.contains(wanted), "{wanted} was not found before lock: the search shows nothing ({named:?})");
    }
    assert!(after.is_empty(), "left in memory after lock:\n{}", told(&after));
}

/// The same work in this process, with the same chance: what it draws, the child draws.
fn twin(folder: &Path) -> Drawn {
    let entropy = Seeded::telling(SEED);
    let mut drawn: Drawn = Vec::new();
    let mut before = 0;
    let told = entropy.clone();
    let mut walk = work(folder, entropy, Box::new(Drawer::default()), WORDS, |part| {
        let all = told.told();
        drawn.push((part.to_owned(), all[before..].to_vec()));
        before = all.len();
    })
    .unwrap();
    walk.house.app.lock();
    drawn
}

/// Everything to look for: every secret that was drawn, raw and as hexadecimal digits, and the words.
fn needles(drawn: &Drawn, folder: &Path, device: &[Vec<u8>]) -> (Vec<Needle>, BTreeMap<String, usize>) {
    let public = std::fs::read_to_string(folder.join("store/keys.json")).unwrap();
    let signers = signers(drawn, folder);
    let mut secrets: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (part, draws) in drawn {
        let keys = draws.iter().filter(|draw| draw.len() == 32 && !public.contains(&hex(draw)));
        for (number, draw) in keys.enumerate() {
            let name = if device.contains(draw) {
                "device secret".to_owned()
            } else if let Some(name) = signers.get(draw) {
                name.clone()
            } else if part == "open-case" && number == 0 {
                "case key".to_owned()
            } else {
                format!("{part}, secret {number}")
            };
            secrets.insert(name, draw.clone());
        }
    }
    assert!(secrets.contains_key("data key"), "no draw opens the child's database: the twin is none");
    let named = secrets.keys().map(|name| (name.clone(), 32)).collect();
    let mut needles = Vec::new();
    for (name, secret) in secrets {
        needles.push(Needle { name: format!("{name}, in hexadecimal"), bytes: hex(&secret).into_bytes() });
        needles.push(Needle { name, bytes: secret });
    }
    needles.push(Needle { name: "words".to_owned(), bytes: WORDS.as_bytes()[..24].to_vec() });
    let wide: Vec<u8> = WORDS.encode_utf16().flat_map(u16::to_le_bytes).take(48).collect();
    needles.push(Needle { name: "words in UTF-16".to_owned(), bytes: wide });
    (needles, named)
}

/// The data key is the draw that opens the database; a ledger seed is one whose public key signed an entry.
fn signers(drawn: &Drawn, folder: &Path) -> BTreeMap<Vec<u8>, String> {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder.join("store")).unwrap().map(|entry| entry.unwrap()) {
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let draws: Vec<&Vec<u8>> = drawn.iter().flat_map(|(_, draws)| draws).filter(|draw| draw.len() == 32).collect();
    let mut names = BTreeMap::new();
    for draw in &draws {
        let connection = rusqlite::Connection::open(copy.path().join("ledger.db")).unwrap();
        connection.pragma_update(None, "cipher_log_level", "NONE").unwrap();
        connection.pragma_update(None, "key", format!("x'{}'", hex(draw))).unwrap();
        connection.pragma_update(None, "cipher_page_size", 16384).unwrap();
        let Ok(mut statement) = connection.prepare("SELECT key FROM entry WHERE session IS NULL ORDER BY seq") else {
            continue;
        };
        names.insert((*draw).clone(), "data key".to_owned());
        let mut keys: Vec<Vec<u8>> = Vec::new();
        for key in statement.query_map((), |row| row.get::<_, Vec<u8>>(0)).unwrap() {
            let key = key.unwrap();
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        for draw in &draws {
            let public = Ed25519KeyPair::from_seed_unchecked(draw).unwrap().public_key().as_ref().to_vec();
            // Jo Stirling signs the first entries, Priya Anand comes second.
            if let Some(at) = keys.iter().position(|key| *key == public) {
                let who = ["JS", "PA"].get(at).unwrap_or(&"a session");
                names.insert((*draw).clone(), format!("ledger seed of {who}"));
            }
        }
    }
    names
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn told(sightings: &[Sighting]) -> String {
    let mut counted: BTreeMap<(String, String), Vec<u64>> = BTreeMap::new();
    for Sighting { name, region, at } in sightings {
        counted.entry((name.clone(), region.clone())).or_default().push(*at);
    }
    let line = |((name, region), at): (&(String, String), &Vec<u64>)| {
        format!("  {name}: {} times in {region} (first at {:#x})\n", at.len(), at[0])
    };
    counted.iter().map(line).collect()
}
