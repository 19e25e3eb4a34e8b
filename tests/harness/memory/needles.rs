//! The secrets that were drawn, by their names.

use std::collections::BTreeMap;
use std::path::Path;

use ring::signature::{Ed25519KeyPair, KeyPair};

use super::search::Needle;

/// What was drawn, part by part of the work.
pub type Drawn = Vec<(String, Vec<Vec<u8>>)>;

/// Secrets by their names.
pub type Secrets = BTreeMap<String, Vec<u8>>;

/// Every secret that was drawn for the store in `folder`: what stands in its key file in clear is none.
///
/// # Panics
/// - If no draw opens the store's database.
#[must_use]
pub fn secrets(drawn: &Drawn, folder: &Path, device: &[Vec<u8>]) -> Secrets {
    let public = std::fs::read_to_string(folder.join("store/keys.json")).unwrap();
    let signers = signers(drawn, folder);
    let mut secrets = Secrets::new();
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
    assert!(secrets.contains_key("data key"), "no draw opens the database: the work was not drawn here");
    secrets
}

/// Each secret raw and as hexadecimal digits.
#[must_use]
pub fn of_secrets(secrets: &Secrets) -> Vec<Needle> {
    let both = |(name, secret): (&String, &Vec<u8>)| {
        let digits = Needle { name: format!("{name}, in hexadecimal"), bytes: hex(secret).into_bytes() };
        [digits, Needle { name: name.clone(), bytes: secret.clone() }]
    };
    secrets.iter().flat_map(both).collect()
}

/// Words as bytes and as UTF-16.
#[must_use]
pub fn of_words(words: &str) -> Vec<Needle> {
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).take(48).collect();
    vec![
        Needle { name: "words".to_owned(), bytes: words.as_bytes()[..24].to_vec() },
        Needle { name: "words in UTF-16".to_owned(), bytes: wide },
    ]
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
        connection.pragma_update(None, "cipher_hmac_algorithm", "HMAC_SHA256").unwrap();
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
