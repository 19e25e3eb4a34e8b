//! Journeys of keeping the store, on the store itself: a changed passphrase, a person added and one removed (which
//! re-keys), backups. What they leave is looked at like every other, and each backup is restored.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use trail_domain::event::Event;
use trail_domain::ids::{Hash, Initials, PersonId};
use trail_domain::people::{Person, Standing};
use trail_domain::time::Moment;
use trail_domain::words::Words;
use trail_store::{
    BackupAbout, BackupFolder, BackupStep, DeviceSecret, Found, KdfCost, NewPerson, Open, Passphrase, RecoveryCode,
    Signer, StoreError, Vault, Warrant,
};
use zeroize::Zeroizing;

use crate::house::PASSPHRASE;

use super::journeys::CROWDED;
use super::line::{Ack, Seen, Teller};

/// What Jo Stirling's passphrase is changed to.
pub const CHANGED: &str = "thimble-orchard-gravel-nineteen";
/// Where backups are made, beside the store.
pub const MEDIUM: &str = "medium";

/// One act on the store.
type Act = fn(&mut Hands, &mut Vault<Open>) -> Result<(), StoreError>;

/// The journeys: their names, and their acts.
const ALL: &[(&str, &[(&str, Act)])] = &[
    ("store-passphrase", &[("note", note), ("change-passphrase", change), ("note", note)]),
    ("store-people", &[("enrol", enrol), ("note", note), ("remove", remove), ("note", note)]),
    ("store-backup", &[("back-up", back_up), ("note", note), ("back-up", back_up)]),
    (CROWDED.name, &[("back-up", crowded_copying), ("back-up", crowded_checking), ("back-up", crowded_finishing)]),
];

/// What another program fills a disk with, and how much of it at most.
const FILLER: &str = "another program's file";
const FILLED: usize = 64 << 20;

/// What the acts need beside the store.
struct Hands {
    jo: PersonId,
    tom: PersonId,
    device: DeviceSecret,
    medium: std::path::PathBuf,
    made: u32,
    at: Moment,
    passphrases: BTreeMap<String, String>,
}

/// Whether there is a journey of this name.
#[must_use]
pub fn is_named(name: &str) -> bool {
    ALL.iter().any(|(known, _)| *known == name)
}

/// Performs it on the school in `folder`, telling `teller` of each act.
///
/// # Errors
/// - If the people cannot sign in before it starts.
pub fn run(name: &str, folder: &Path, teller: &Teller) -> Result<(), String> {
    use trail_app::ports::Keychain;
    let (_, acts) = ALL.iter().find(|(known, _)| *known == name).ok_or("there is no such journey")?;
    let found = Vault::find(&folder.join("store")).map_err(|error| error.to_string())?;
    let Found::Locked(locked) = found else { return Err("there is no store".to_owned()) };
    let id = |letters: &str| locked.labels().into_iter().find(|label| label.initials.as_str() == letters);
    let [jo, priya, tom] = ["JS", "PA", "TO"].map(|letters| id(letters).map(|label| label.id));
    let (jo, priya, tom) = (jo.ok_or("no JS")?, priya.ok_or("no PA")?, tom.ok_or("no TO")?);
    let kept = teller.read(locked.store().as_str()).map_err(|fault| fault.to_string())?;
    let secret: [u8; 32] = kept.ok_or("no secret")?.as_slice().try_into().map_err(|_| "32 bytes".to_owned())?;
    let device = DeviceSecret::new(secret);
    let pass = || Passphrase::new(PASSPHRASE.to_owned());
    let mut vault = locked.unlock(&jo, &pass(), Some(&device)).map_err(|(_, error)| error.to_string())?;
    vault.join(&priya, &pass(), Some(&device)).map_err(|error| error.to_string())?;
    let medium = folder.join(MEDIUM);
    std::fs::create_dir_all(&medium).map_err(|error| error.to_string())?;
    let at = Moment::try_from(super::template::JOURNEY.to_owned()).map_err(|_| "a moment".to_owned())?;
    let mut hands = Hands { jo, tom, device, medium, made: 0, at, passphrases: BTreeMap::new() };
    let mut last = vault.head().map_err(|error| error.to_string())?.map_or(0, |(seq, _)| seq.0);
    teller.ready();
    for (act, perform) in *acts {
        let ended = perform(&mut hands, &mut vault);
        let mut ack = Ack { act: (*act).to_owned(), ..Ack::default() };
        // What was not acknowledged may be there or not.
        if ended.is_ok() {
            let written = vault.store_events().unwrap_or_default();
            let seen = |entry: &trail_domain::event::Recorded| Seen {
                seq: entry.seq.0,
                kind: entry.event.kind().to_owned(),
                hash: String::new(),
                in_case: false,
            };
            ack.seen = written.iter().filter(|entry| entry.seq.0 > last).map(seen).collect();
            ack.passphrases.clone_from(&hands.passphrases);
        }
        ack.ended = ended.err().map(|error| error.to_string());
        last = ack.seen.iter().map(|seen| seen.seq).max().unwrap_or(last);
        teller.done(ack);
    }
    teller.end();
    Ok(())
}

/// Every backup that has its name is whole: it is restored beside it.
///
/// # Errors
/// - If one is not, or cannot be.
pub fn backups_are_whole(folder: &Path, codes: &[String; 2]) -> Result<usize, String> {
    let mut whole = 0;
    for entry in std::fs::read_dir(folder.join(MEDIUM)).into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with("Evidence Trail") {
            continue;
        }
        let wrong = |error: StoreError| format!("{name}: {error}");
        let backup = BackupFolder::read(&entry.path()).map_err(wrong)?;
        let code = |text: &str| RecoveryCode::parse(text).map_err(|_| "a recovery code cannot be read".to_owned());
        let into = folder.join(format!("restored-{whole}"));
        let restoring = backup.open(&code(&codes[0])?, &code(&codes[1])?, &into, &entropy()).map_err(wrong)?;
        drop(restoring);
        whole += 1;
    }
    Ok(whole)
}

/// Nothing was left behind on the medium, or in the store's place, by something that failed.
///
/// # Errors
/// - If there is: what.
pub fn nothing_partial(folder: &Path) -> Result<(), String> {
    let folders = [folder.join(MEDIUM), folder.to_owned()];
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().filter_map(Result::ok);
    let left = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    match left.into_iter().find(|name| name.starts_with(".partial") || name.starts_with(".store.")) {
        Some(name) => Err(format!("{name} was left behind")),
        None => Ok(()),
    }
}

fn note(hands: &mut Hands, vault: &mut Vault<Open>) -> Result<(), StoreError> {
    let event = Event::WrongPassphrases { times: 1 };
    vault.append(None, &[event], hands.at, &Signer::Person(&hands.jo), &entropy()).map(drop)
}

fn change(hands: &mut Hands, vault: &mut Vault<Open>) -> Result<(), StoreError> {
    let (old, new) = (Passphrase::new(PASSPHRASE.to_owned()), Passphrase::new(CHANGED.to_owned()));
    vault.change_passphrase(&hands.jo, &old, &new, Some(&hands.device), KdfCost::FLOOR, hands.at, &entropy())?;
    hands.passphrases.insert("JS".to_owned(), CHANGED.to_owned());
    Ok(())
}

fn enrol(hands: &mut Hands, vault: &mut Vault<Open>) -> Result<(), StoreError> {
    let id = PersonId::from_bytes([0x51; 16]);
    let words = |text: &str| Words::new(text).map_err(|_| StoreError::Unrecordable);
    let initials = Initials::try_from("CG".to_owned()).map_err(|_| StoreError::Unrecordable)?;
    let (name, position) = (words("Carys Griffith")?, words("Chair of governors")?);
    let person = Person {
        id: id.clone(),
        name,
        position,
        initials: initials.clone(),
        standing: Standing::Senior,
        certificate: Hash::of(b"certificate"),
    };
    let event = Event::PersonEnrolled { person, certificate: "MIIB".to_owned() };
    let new = NewPerson {
        id,
        name: "Carys Griffith".to_owned(),
        position: "Chair of governors".to_owned(),
        initials,
        standing: Standing::Senior,
        passphrase: Passphrase::new(PASSPHRASE.to_owned()),
        form_key_pkcs8: Zeroizing::new(vec![7; 138]),
    };
    let device = Some(&hands.device);
    let warrant = Warrant::TwoPeople;
    vault.enrol(new, &event, &warrant, device, KdfCost::FLOOR, hands.at, &hands.jo, &entropy()).map(drop)
}

fn remove(hands: &mut Hands, vault: &mut Vault<Open>) -> Result<(), StoreError> {
    let reason = Words::new("Left the school").map_err(|_| StoreError::Unrecordable)?;
    let event = Event::PersonRemoved { person: hands.tom.clone(), reason };
    vault.remove(&hands.tom, &event, &Warrant::TwoPeople, hands.at, &hands.jo, &entropy()).map(drop)
}

fn back_up(hands: &mut Hands, vault: &mut Vault<Open>) -> Result<(), StoreError> {
    crowded(hands, vault, |_| false)
}

fn crowded_copying(hands: &mut Hands, vault: &mut Vault<Open>) -> Result<(), StoreError> {
    crowded(hands, vault, |step| matches!(step, BackupStep::Copying { .. }))
}

fn crowded_checking(hands: &mut Hands, vault: &mut Vault<Open>) -> Result<(), StoreError> {
    crowded(hands, vault, |step| matches!(step, BackupStep::CheckingPages))
}

fn crowded_finishing(hands: &mut Hands, vault: &mut Vault<Open>) -> Result<(), StoreError> {
    crowded(hands, vault, |step| matches!(step, BackupStep::Finishing))
}

/// Makes a backup; at the first step that is meant, another program fills the disk. Its file goes again afterwards.
fn crowded(hands: &mut Hands, vault: &mut Vault<Open>, meant: impl Fn(&BackupStep) -> bool) -> Result<(), StoreError> {
    hands.made += 1;
    let about = BackupAbout { serial: hands.made, at: hands.at };
    let filler = hands.medium.join(FILLER);
    let mut is_filled = false;
    let made = vault.back_up(&hands.medium, &about, &entropy(), &AtomicBool::new(false), &mut |step| {
        if !is_filled && meant(&step) {
            is_filled = true;
            fill(&filler);
        }
    });
    let _ = std::fs::remove_file(filler);
    made.map(drop)
}

fn fill(path: &Path) {
    use std::io::Write;
    let Ok(mut file) = std::fs::File::create(path) else { return };
    for size in [64 << 10, 4 << 10] {
        let mut written = 0;
        while written < FILLED && file.write_all(&vec![1; size]).is_ok() {
            written += size;
        }
    }
}

fn entropy() -> evidence_trail::parts::clock::SystemEntropy {
    evidence_trail::parts::clock::SystemEntropy::new()
}
