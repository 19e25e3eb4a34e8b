//! Measures the store: durable keeping of 2 MB against plain SQLite, and checking a ledger of 100,000 entries.
//!
//! `cargo run --release -p trail-store --example measure [ENTRIES]`
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measuring program stops at the first failure")]

use std::path::Path;
use std::time::Instant;

use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::Connection;
use trail_domain::event::document::{DocumentKind, DocumentMade};
use trail_domain::event::{Event, PackRef};
use trail_domain::ids::{CaseId, Hash, Initials, PersonId, Seq, StoreId};
use trail_domain::people::{School, Standing};
use trail_domain::time::Moment;
use trail_domain::words::Words;
use trail_store::{Checked, Entropy, Found, KdfCost, NewPerson, NewStore, Open, Passphrase, Signer, Vault};
use zeroize::Zeroizing;

const FILES: usize = 40;
const SIZE: usize = 2_000_000;
const AT: Moment = Moment::from_micros(1_795_000_000_000_000);

struct Dice;

impl Entropy for Dice {
    fn fill(&self, out: &mut [u8]) {
        SystemRandom::new().fill(out).unwrap();
    }
}

fn main() {
    let entries: usize = std::env::args().nth(1).map_or(100_000, |typed| typed.parse().unwrap());
    let temp = tempfile::tempdir_in(".").unwrap();
    let dir = temp.path().join("store");
    let (person, case) = (PersonId::from_bytes([1; 16]), CaseId::from_bytes([2; 16]));
    let start = Instant::now();
    let mut vault = make(&dir, &person);
    println!("create, one person                    {:8.1} ms", ms(start));

    vault.open_case(&case, std::slice::from_ref(&person), AT, &person, &[words(0)], &Dice).unwrap();
    let files: Vec<Vec<u8>> = (0..FILES).map(|_| random()).collect();
    for round in 1..=2 {
        let plain = plain_sqlite(&temp.path().join(format!("plain-{round}.db")), &files);
        let ours = durable(&mut vault, &case, &person, &files, round);
        println!("2 MB durable, round {round}: plain {plain:6.2} ms, store {ours:6.2} ms, ratio {:.2}", ours / plain);
    }

    let start = Instant::now();
    for _ in 0..20 {
        vault.append(Some(&case), &[words(1)], AT, &Signer::Person(&person), &Dice).unwrap();
    }
    println!("append, own transaction               {:8.2} ms", ms(start) / 20.0);
    let start = Instant::now();
    for batch in 0..entries / 500 {
        let events: Vec<Event> = (0..500).map(|at| words(batch * 500 + at)).collect();
        vault.append(Some(&case), &events, AT, &Signer::Person(&person), &Dice).unwrap();
    }
    println!("append, 500 in one, each              {:8.3} ms", ms(start) / entries as f64);

    let start = Instant::now();
    let verdict = vault.verify(|_| {}).unwrap();
    println!(
        "verify {} entries, {} files: {:.2} s, holds: {}",
        verdict.entries,
        verdict.files,
        ms(start) / 1e3,
        verdict.holds()
    );
    let start = Instant::now();
    println!("read {} events                    {:8.1} ms", vault.events(&case).unwrap().len(), ms(start));
    drop(vault);

    let start = Instant::now();
    assert!(KdfCost::FLOOR.rehearse());
    let kdf = ms(start);
    let Found::Locked(locked) = Vault::find(&dir).unwrap() else { return };
    let start = Instant::now();
    let unlocked = locked.unlock(&person, &Passphrase::new("lantern quilt harbour".to_owned()), None);
    println!("unlock {:8.1} ms, of which key derivation {kdf:.1} ms, worked: {}", ms(start), unlocked.is_ok());
}

fn make(dir: &Path, person: &PersonId) -> Vault<Open> {
    let text = |text: &str| Words::new(text).unwrap();
    let initials = |text: &str| Initials::try_from(text.to_owned()).unwrap();
    let store = StoreId::from_bytes([3; 16]);
    let school = School { name: text("Hollybrook School"), address: text("Hollybrook Lane"), prefix: initials("HB") };
    let pack = PackRef { id: "swgfl-template".to_owned(), edition: "1".to_owned(), hash: Hash::of(b"pack") };
    let authority = Hash::of(b"authority");
    let made = Event::StoreMade {
        store: store.clone(),
        school,
        pack,
        practice: true,
        authority,
        authority_certificate: String::new(),
        keychain: false,
    };
    let person = NewPerson {
        id: person.clone(),
        name: "Jo Stirling".to_owned(),
        position: "Deputy head".to_owned(),
        initials: initials("JS"),
        standing: Standing::Senior,
        passphrase: Passphrase::new("lantern quilt harbour".to_owned()),
        form_key_pkcs8: Zeroizing::new(vec![0; 138]),
    };
    let new = NewStore {
        store,
        school: "Hollybrook School",
        practice: true,
        authority_pkcs8: Zeroizing::new(vec![0; 138]),
        people: vec![person],
        device: None,
        cost: KdfCost::FLOOR,
        events: vec![made],
        at: AT,
    };
    Vault::create(dir, new, &Dice).unwrap().0
}

fn durable(vault: &mut Vault<Open>, case: &CaseId, person: &PersonId, files: &[Vec<u8>], round: u32) -> f64 {
    let mut spent = 0.0;
    for bytes in files {
        let start = Instant::now();
        let file = Checked::of(Zeroizing::new(bytes.clone()));
        let sha256 = *file.sha256();
        let document = DocumentMade {
            kind: DocumentKind::Volume,
            edition: round,
            form_edition: 1,
            name: "volume.pdf".to_owned(),
            sha256,
            bytes: bytes.len() as u64,
            pages: 1,
            head: (Seq(1), sha256),
            binds: Vec::new(),
        };
        let events = [Event::DocumentMade { document }];
        vault.put_document(case, &events, &file, AT, &Signer::Person(person), &Dice).unwrap();
        spent += ms(start);
        // As the app does in the quiet moment after it.
        vault.fold_log().unwrap();
    }
    spent / files.len() as f64
}

/// The same bytes as rows of an unencrypted database with the usual pages, each durable, with their hash.
fn plain_sqlite(path: &Path, files: &[Vec<u8>]) -> f64 {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection.execute_batch("CREATE TABLE file (id INTEGER PRIMARY KEY, sha256 BLOB, bytes BLOB)").unwrap();
    let start = Instant::now();
    for bytes in files {
        let sha256 = *Hash::of(bytes).bytes();
        connection.execute("INSERT INTO file (sha256, bytes) VALUES (?1, ?2)", (sha256, bytes)).unwrap();
    }
    ms(start) / files.len() as f64
}

fn words(number: usize) -> Event {
    Event::NoteAdded {
        words: Words::new(&format!("Entry number {number}, about as long as a remark usually is.")).unwrap(),
    }
}

fn random() -> Vec<u8> {
    let mut bytes = vec![0; SIZE];
    Dice.fill(&mut bytes);
    bytes
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
