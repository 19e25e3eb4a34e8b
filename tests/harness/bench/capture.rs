//! A picture of 2 MB kept durably with its entry, beside plain SQLite writing the same bytes with their hash.

use std::path::Path;

use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::Connection;
use trail_domain::event::document::{DocumentKind, DocumentMade};
use trail_domain::event::{Event, PackRef};
use trail_domain::ids::{CaseId, Hash, Initials, PersonId, Seq, StoreId};
use trail_domain::people::{School, Standing};
use trail_domain::time::Moment;
use trail_domain::words::Words;
use trail_store::{Checked, Entropy, KdfCost, NewPerson, NewStore, Open, Passphrase, Signer, Vault};
use zeroize::Zeroizing;

use super::Measured;
use super::scratch::Scratch;
use super::spread::{mean, median, worked};
use super::table::Row;

const SIZE: usize = 2_000_000;
const ROUNDS: usize = 60;
/// Left out of the figures: files grow and caches fill.
const FIRST: usize = 10;
const AT: Moment = Moment::from_micros(1_795_000_000_000_000);

pub(super) fn measure() -> Measured {
    let mut store = Store::make()?;
    let wrong = |error: rusqlite::Error| error.to_string();
    let plain = plain(&store.scratch.path().join("plain.db"), None).map_err(wrong)?;
    let paged = self::plain(&store.scratch.path().join("paged.db"), Some(16384)).map_err(wrong)?;
    let mut figures = Figures::default();
    for round in 0..ROUNDS {
        let picture = random(SIZE);
        // Who is first takes turns: the one may find the disk busy with what the other wrote.
        for turn in 0..3 {
            match (round + turn) % 3 {
                0 => {
                    let (kept, ms, work) = worked(|| store.keep(round, &picture));
                    kept?;
                    let (folded, quiet, _) = worked(|| store.vault.fold_log());
                    folded.map_err(|error| error.to_string())?;
                    figures.ours(round, ms, work, quiet);
                }
                1 => {
                    let (written, ms, work) = worked(|| write_plain(&plain, &picture));
                    written.map_err(wrong)?;
                    figures.theirs(round, ms, work);
                }
                _ => {
                    let (written, ms, _) = worked(|| write_plain(&paged, &picture));
                    written.map_err(wrong)?;
                    figures.paged(round, ms);
                }
            }
        }
    }
    Ok(vec![figures.row()])
}

/// Milliseconds of each round that counts.
#[derive(Default)]
struct Figures {
    ours: Vec<f64>,
    our_core: Vec<f64>,
    quiet: Vec<f64>,
    theirs: Vec<f64>,
    their_core: Vec<f64>,
    paged: Vec<f64>,
}

impl Figures {
    fn ours(&mut self, round: usize, ms: f64, work: f64, quiet: f64) {
        if round >= FIRST {
            self.ours.push(ms);
            self.our_core.push(work);
            self.quiet.push(quiet);
        }
    }

    fn theirs(&mut self, round: usize, ms: f64, work: f64) {
        if round >= FIRST {
            self.theirs.push(ms);
            self.their_core.push(work);
        }
    }

    fn paged(&mut self, round: usize, ms: f64) {
        if round >= FIRST {
            self.paged.push(ms);
        }
    }

    fn row(&self) -> Row {
        let (ours, theirs) = (mean(&self.ours), mean(&self.theirs));
        let ratio = ours / theirs;
        Row::new("2 MB durable, encrypted, with its entry", format!("{ours:.2} ms"))
            .beside(format!("plain SQLite {theirs:.2} ms"), ratio)
            .target("<= 1.1x the time", ratio <= 1.1)
            .note(&format!(
                "Mean of {} rounds that take turns. Ours: SHA-256, sealed bytes and signed entry in one transaction; the \
                 log is folded in the quiet moment after it, {:.2} ms. Plain: as SQLite comes, in the same folder, unkeyed, \
                 WAL and FULL, pages of 4 KiB, SHA-256 and the bytes in a row, its log folded as it goes. With pages of 16 \
                 KiB plain takes {:.2} ms. Medians: {:.2}, {:.2} and {:.2} ms. On a core: {:.2} and {:.2} ms.",
                self.ours.len(),
                mean(&self.quiet),
                mean(&self.paged),
                median(&self.ours),
                median(&self.theirs),
                median(&self.paged),
                mean(&self.our_core),
                mean(&self.their_core)
            ))
    }
}

/// A store of one person with one case.
pub(super) struct Store {
    vault: Vault<Open>,
    person: PersonId,
    case: CaseId,
    scratch: Scratch,
}

impl Store {
    pub(super) fn make() -> Result<Self, String> {
        let scratch = Scratch::new()?;
        let (person, case) = (PersonId::from_bytes([1; 16]), CaseId::from_bytes([2; 16]));
        let new = new_store(&person)?;
        let mut vault = Vault::create(&scratch.path().join("store"), new, &Dice).map_err(|error| error.to_string())?.0;
        let first = [remark(0)?];
        vault
            .open_case(&case, std::slice::from_ref(&person), AT, &person, &first, &Dice)
            .map_err(|error| error.to_string())?;
        Ok(Self { vault, person, case, scratch })
    }

    pub(super) fn vault(&self) -> &Vault<Open> {
        &self.vault
    }

    /// Writes so many remarks, 500 in one transaction.
    pub(super) fn fill(&mut self, entries: usize) -> Result<(), String> {
        for batch in 0..entries.div_ceil(500) {
            let events = (0..500).map(|at| remark(batch * 500 + at)).collect::<Result<Vec<_>, _>>()?;
            self.vault
                .append(Some(&self.case), &events, AT, &Signer::Person(&self.person), &Dice)
                .map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Keeps bytes as a picture is kept: hashed, sealed, named by an entry, in one transaction.
    pub(super) fn keep(&mut self, round: usize, bytes: &[u8]) -> Result<(), String> {
        let file = Checked::of(Zeroizing::new(bytes.to_vec()));
        let sha256 = *file.sha256();
        let document = DocumentMade {
            kind: DocumentKind::Volume,
            edition: round as u32 + 1,
            form_edition: 1,
            name: format!("volume-{round}.pdf"),
            sha256,
            bytes: bytes.len() as u64,
            pages: 1,
            head: (Seq(1), sha256),
            binds: Vec::new(),
        };
        let events = [Event::DocumentMade { document }];
        self.vault
            .put_document(&self.case, &events, &file, AT, &Signer::Person(&self.person), &Dice)
            .map(drop)
            .map_err(|error| error.to_string())
    }
}

struct Dice;

impl Entropy for Dice {
    fn fill(&self, out: &mut [u8]) {
        SystemRandom::new().fill(out).expect("the system gives random numbers");
    }
}

fn random(size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    Dice.fill(&mut bytes);
    bytes
}

fn plain(path: &Path, page_bytes: Option<u32>) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    if let Some(bytes) = page_bytes {
        connection.pragma_update(None, "page_size", bytes)?;
    }
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE file (id INTEGER PRIMARY KEY, sha256 BLOB, bytes BLOB)")?;
    Ok(connection)
}

fn write_plain(connection: &Connection, bytes: &[u8]) -> rusqlite::Result<usize> {
    let sha256 = *Hash::of(bytes).bytes();
    connection.prepare_cached("INSERT INTO file (sha256, bytes) VALUES (?1, ?2)")?.execute((sha256, bytes))
}

fn remark(number: usize) -> Result<Event, String> {
    let text = format!("Entry number {number}, about as long as a remark usually is.");
    Ok(Event::NoteAdded { words: Words::new(&text).map_err(|error| error.to_string())? })
}

fn new_store(person: &PersonId) -> Result<NewStore<'static>, String> {
    let text = |text: &str| Words::new(text).map_err(|error| error.to_string());
    let initials = |text: &str| Initials::try_from(text.to_owned()).map_err(|_| "bad initials".to_owned());
    let store = StoreId::from_bytes([3; 16]);
    let school =
        School { name: text("Hollybrook School")?, address: text("Mill Lane, Hollybrook")?, prefix: initials("HB")? };
    let made = Event::StoreMade {
        store: store.clone(),
        school,
        pack: PackRef { id: "swgfl-template".to_owned(), edition: "1".to_owned(), hash: Hash::of(b"pack") },
        practice: true,
        authority: Hash::of(b"authority"),
        authority_certificate: String::new(),
        keychain: false,
    };
    let person = NewPerson {
        id: person.clone(),
        name: "Jo Stirling".to_owned(),
        position: "Deputy head".to_owned(),
        initials: initials("JS")?,
        standing: Standing::Senior,
        passphrase: Passphrase::new("lantern quilt harbour".to_owned()),
        form_key_pkcs8: Zeroizing::new(vec![0; 138]),
    };
    Ok(NewStore {
        store,
        school: "Hollybrook School",
        practice: true,
        authority_pkcs8: Zeroizing::new(vec![0; 138]),
        people: vec![person],
        device: None,
        cost: KdfCost::FLOOR,
        events: vec![made],
        at: AT,
    })
}
