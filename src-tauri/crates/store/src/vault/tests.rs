//! The vault from outside, on real folders. Keys are derived at the floor's cost.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use ring::rand::{SecureRandom, SystemRandom};
use tempfile::TempDir;
use trail_domain::event::capture::mark::{Mark, Place};
use trail_domain::event::capture::{Exhibit, ExhibitFile, ExhibitKind, Shows, StoppedBy};
use trail_domain::event::document::{DocumentKind, DocumentMade};
use trail_domain::event::report::{ChildSafe, Report, Subject, SubjectKind};
use trail_domain::event::{Event, PackRef};
use trail_domain::ids::{CaseId, CaseReference, ExhibitMark, Hash, Initials, PersonId, Seq, SessionId, StoreId};
use trail_domain::people::{School, Standing};
use trail_domain::time::Moment;
use trail_domain::words::Words;
use zeroize::Zeroizing;

use super::keep::Leave;
use super::*;
use crate::checked::Checked;
use crate::{DeviceSecret, Entropy, Found, KdfCost, NewPerson, NewStore, Passphrase, RecoveryCode, Warrant};

mod backup;
mod basics;
mod broken;
mod checker;
mod dispose;
mod freeze;
mod full_disk;
mod glance;
mod halt;
mod migration;
mod people;
mod read_only;
mod restore;
mod round_trip;
mod tampered;
mod turns;
mod unaccounted;

pub(super) struct Dice;

impl Entropy for Dice {
    fn fill(&self, out: &mut [u8]) {
        SystemRandom::new().fill(out).unwrap();
    }
}

pub(super) const AT: Moment = Moment::from_micros(1_795_000_000_000_007);

pub(super) fn words(text: &str) -> Words {
    Words::new(text).unwrap()
}

/// Jo Stirling (0) and Priya Anand (1) review, Amara Okonkwo-Pryce (2) is the head; Tom Oakes (3) is a fourth.
pub(super) fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number + 1; 16])
}

pub(super) fn case(number: u8) -> CaseId {
    CaseId::from_bytes([number + 0x40; 16])
}

pub(super) fn session(number: u8) -> SessionId {
    SessionId::from_bytes([number + 0x70; 16])
}

pub(super) fn pass(number: u8) -> Passphrase {
    Passphrase::new(format!("lantern quilt harbour {number}"))
}

pub(super) fn device() -> DeviceSecret {
    DeviceSecret::new([0x5d; 32])
}

pub(super) fn pack() -> PackRef {
    PackRef { id: "swgfl-template".to_owned(), edition: "1".to_owned(), hash: Hash::of(b"pack") }
}

pub(super) fn store_made() -> Event {
    let school = School { name: words("Hollybrook School"), address: words("Hollybrook Lane"), prefix: initials("HB") };
    let store = StoreId::from_bytes([9; 16]);
    Event::StoreMade {
        store,
        school,
        pack: pack(),
        practice: false,
        authority: Hash::of(b"authority"),
        authority_certificate: "MIIB".to_owned(),
        keychain: true,
    }
}

pub(super) fn initials(text: &str) -> Initials {
    Initials::try_from(text.to_owned()).unwrap()
}

pub(super) fn case_opened(case: &CaseId, what: &str) -> Event {
    let reference = CaseReference::try_from("HB-2026-0001".to_owned()).unwrap();
    let subject =
        Subject { name: words("Pupil A"), kind: SubjectKind::Pupil, enrolled: None, works_with_children: false };
    let report = Report {
        title: words("A report"),
        what: words(what),
        when: words("Monday"),
        reporter: words("A teacher"),
        reported_to: words("Jo Stirling"),
        subject,
        others: Vec::new(),
        place: words("Room 4"),
        category: "other".to_owned(),
        child_safe: ChildSafe::NoChild,
    };
    Event::CaseOpened { case: case.clone(), reference, pack: pack(), report }
}

pub(super) fn note(text: &str) -> Event {
    Event::NoteAdded { words: words(text) }
}

pub(super) fn halted() -> Event {
    Event::Halted { by: person(0), because: StoppedBy::Pressed, address: None, sealed: Vec::new() }
}

pub(super) fn left_out() -> Event {
    Event::ExhibitsLeftOut { because: words("Halted after the backup was made") }
}

pub(super) fn document(kind: DocumentKind, bytes: &[u8]) -> Event {
    Event::DocumentMade {
        document: DocumentMade {
            kind,
            edition: 1,
            form_edition: 1,
            name: "HB-2026-0001.pdf".to_owned(),
            sha256: Hash::of(bytes),
            bytes: bytes.len() as u64,
            pages: 1,
            head: (Seq(1), Hash::of(b"head")),
            binds: Vec::new(),
        },
    }
}

pub(super) fn checked(bytes: &[u8]) -> Checked {
    Checked::of(Zeroizing::new(bytes.to_vec()))
}

pub(super) fn put(vault: &mut Vault<Open>, kind: DocumentKind, bytes: &[u8]) -> Result<(), StoreError> {
    let by = person(0);
    vault.put_document(&case(0), &[document(kind, bytes)], &checked(bytes), AT, &Signer::Person(&by), &Dice).map(|_| ())
}

/// Both reviewers, with a case that holds a note, an exhibit, a volume and a record; and its files in a folder.
pub(super) fn worked_case(ground: &Ground) -> Vault<Open> {
    let mut vault = ground.reviewing();
    vault.append(Some(&case(0)), &[note("one")], AT, &Signer::Session(&session(0)), &Dice).unwrap();
    keep(&mut vault, &case(0), 1, PICTURE).unwrap();
    put(&mut vault, DocumentKind::Volume, b"placeholder volume").unwrap();
    put(&mut vault, DocumentKind::Record, b"placeholder record").unwrap();
    vault
}

pub(super) const PICTURE: &[u8] = b"placeholder picture";

pub(super) fn mark(number: u32) -> ExhibitMark {
    ExhibitMark::new(initials("JS"), number)
}

/// A number over a picture.
fn annotation() -> Mark {
    let place = Place { left: 0, top: 1, right: 2, bottom: 3 };
    Mark::Numbered { place, number: 1, words: words("A name") }
}

/// An exhibit with one file of these bytes, and the files as `keep` takes them.
pub(super) fn exhibit(number: u32, bytes: &[u8]) -> (Event, Vec<Checked>) {
    let sha256 = Hash::of(bytes);
    let file = ExhibitFile {
        name: format!("JS-{number}-view-1.png"),
        media_type: "image/png".to_owned(),
        bytes: bytes.len() as u64,
        sha256,
        shows: Shows::View { size: (4, 4), offset: (0, 0), taken: AT },
    };
    let exhibit = Exhibit {
        mark: mark(number),
        kind: ExhibitKind::Page,
        title: words("A page"),
        nature: words("Placeholder for content of concern"),
        concern: words("As reported"),
        operator: person(0),
        observer: person(1),
        at: AT,
        files: vec![file],
        page: None,
        gate: None,
        address: Some("http://training.invalid/board".to_owned()),
        import: None,
        screen: None,
        thing: None,
        marks: Some(vec![annotation()]),
    };
    let event = Event::ExhibitKept { session: session(0), exhibit: Box::new(exhibit) };
    (event, vec![checked(bytes)])
}

pub(super) fn leave(case: &CaseId, number: u32) -> (ExhibitMark, CaseId) {
    (mark(number), case.clone())
}

/// Keeps an exhibit as the permit of that mark would.
pub(super) fn keep(
    vault: &mut Vault<Open>,
    case: &CaseId,
    number: u32,
    bytes: &[u8],
) -> Result<Vec<trail_domain::event::Recorded>, StoreError> {
    let (mark, case) = leave(case, number);
    let (event, files) = exhibit(number, bytes);
    let position = vault.last_seq(&case)?.unwrap_or(Seq(0));
    let leave = Leave { case: &case, kind: ExhibitKind::Page, mark: &mark, position };
    vault.keep_with(&leave, &[event], &files, AT, &Signer::Session(&session(0)), &Dice)
}

pub(super) fn new_store(device: Option<&DeviceSecret>) -> NewStore<'_> {
    let who = [("Jo Stirling", "JS"), ("Priya Anand", "PA"), ("Amara Okonkwo-Pryce", "AO"), ("Tom Oakes", "TO")];
    let people = who.into_iter().enumerate().map(|(at, (name, letters))| NewPerson {
        id: person(at as u8),
        name: name.to_owned(),
        position: "Senior staff".to_owned(),
        initials: initials(letters),
        standing: if at == 2 { Standing::Head } else { Standing::Senior },
        passphrase: pass(at as u8),
        form_key_pkcs8: Zeroizing::new(vec![at as u8; 138]),
    });
    NewStore {
        store: StoreId::from_bytes([9; 16]),
        school: "Hollybrook School",
        practice: false,
        authority_pkcs8: Zeroizing::new(vec![0xa0; 138]),
        people: people.collect(),
        device,
        cost: KdfCost::FLOOR,
        events: vec![store_made()],
        at: AT,
    }
}

/// A store folder of its own, copied from one that was made once.
pub(super) struct Ground {
    _temp: TempDir,
    pub(super) dir: PathBuf,
}

/// The recovery codes of every [`Ground`], as printed.
pub(super) fn codes() -> [RecoveryCode; 2] {
    model().1.clone().map(|code| RecoveryCode::parse(&code).unwrap())
}

/// The files of a store's folder.
pub(super) type Files = Vec<(OsString, Vec<u8>)>;

fn model() -> &'static (Files, [String; 2]) {
    static MODEL: OnceLock<(Files, [String; 2])> = OnceLock::new();
    MODEL.get_or_init(|| {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("store");
        let (vault, codes) = Vault::create(&dir, new_store(Some(&device())), &Dice).unwrap();
        drop(vault);
        (files_in(&dir), codes.map(|code| code.printed().to_string()))
    })
}

impl Ground {
    pub(super) fn new() -> Self {
        Self::of(&model().0)
    }

    pub(super) fn of(files: &Files) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("store");
        fs::create_dir_all(&dir).unwrap();
        for (name, bytes) in files {
            fs::write(dir.join(name), bytes).unwrap();
        }
        Self { _temp: temp, dir }
    }

    pub(super) fn locked(&self) -> Vault<Locked> {
        match Vault::find(&self.dir).unwrap() {
            Found::Locked(vault) => vault,
            Found::NoStore => panic!("there is a store"),
        }
    }

    /// Opened by Jo Stirling.
    pub(super) fn open(&self) -> Vault<Open> {
        self.open_as(0)
    }

    pub(super) fn open_as(&self, number: u8) -> Vault<Open> {
        self.locked().unlock(&person(number), &pass(number), Some(&device())).map_err(|(_, error)| error).unwrap()
    }

    /// Opened by both reviewers, with a case that the head is admitted to as well, and a session.
    pub(super) fn reviewing(&self) -> Vault<Open> {
        let mut vault = self.open();
        vault.join(&person(1), &pass(1), Some(&device())).unwrap();
        let admitted = [person(0), person(1), person(2)];
        vault.open_case(&case(0), &admitted, AT, &person(0), &[case_opened(&case(0), "A report")], &Dice).unwrap();
        vault.begin_session(&case(0), &session(0), &person(0), &person(1), AT, &Dice).unwrap();
        vault
    }

    /// A connection without guards, for playing the intruder who has the key. The vault must be closed.
    pub(super) fn intruder(&self, key: &Key) -> Intruder {
        let connection = crate::database::open(&self.dir.join("ledger.db"), key).unwrap();
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
        let triggers: Vec<(String, String)> = connection
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for (name, _) in &triggers {
            connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        connection.pragma_update(None, "foreign_keys", "OFF").unwrap();
        Intruder { connection, triggers: triggers.into_iter().map(|(_, sql)| sql).collect() }
    }
}

/// An intruder's connection. The triggers stand again when it goes: their absence is not what a check must notice.
pub(super) struct Intruder {
    connection: rusqlite::Connection,
    pub(super) triggers: Vec<String>,
}

impl std::ops::Deref for Intruder {
    type Target = rusqlite::Connection;

    fn deref(&self) -> &rusqlite::Connection {
        &self.connection
    }
}

impl Drop for Intruder {
    fn drop(&mut self) {
        for sql in &self.triggers {
            self.connection.execute_batch(sql).unwrap();
        }
    }
}

/// The pages of a database as they are under the encryption, free ones too; its log must be folded in.
pub(super) fn plain_pages(path: &Path, key: &Key) -> Vec<u8> {
    use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
    let cipher = aes::Aes256::new(&(*key.bytes()).into());
    let mut out = Vec::new();
    for (number, page) in fs::read(path).unwrap().chunks(16384).enumerate() {
        let (sealed, rest) = page.split_at(16384 - 80);
        let mut before = rest[..16].to_vec();
        for block in sealed[if number == 0 { 16 } else { 0 }..].chunks(16) {
            let mut plain = Array::<u8, _>::try_from(block).unwrap();
            cipher.decrypt_block(&mut plain);
            out.extend(plain.iter().zip(&before).map(|(byte, mask)| byte ^ mask));
            before = block.to_vec();
        }
    }
    out
}

pub(super) fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

pub(super) fn files_in(dir: &Path) -> Files {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name(), fs::read(entry.path()).unwrap())).collect()
}
