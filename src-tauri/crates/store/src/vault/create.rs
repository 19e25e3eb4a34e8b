//! Making a store: all of it in a folder beside the wanted one, which then takes its name.

use std::fs;
use std::path::Path;

use ed25519_dalek::SigningKey;
use trail_domain::event::Event;
use trail_domain::ids::{Initials, PersonId, StoreId};
use trail_domain::people::Standing;
use trail_domain::time::Moment;
use zeroize::Zeroizing;

use super::find::is_empty;
use super::people::approves;
use super::people::authority::Shares;
use super::{Grounds, Open, Vault, place, reserve};
use crate::entropy::{Entropy, draw};
use crate::error::StoreError;
use crate::folder::{Folder, Fresh};
use crate::keyfile::{KeyFile, PersonLabel};
use crate::keys::epoch::StoreKeys;
use crate::keys::kdf::KdfCost;
use crate::keys::passphrase::{DeviceSecret, Passphrase};
use crate::keys::recovery::RecoveryCode;
use crate::keys::slot::{Contents, Secrets, Slot};
use crate::keys::{Key, seal};
use crate::ledger::note::Note;
use crate::ledger::{self, Line, Pen};
use crate::{database, schema};

/// What a new store is made from.
#[derive(Debug)]
pub struct NewStore<'a> {
    /// Its id.
    pub store: StoreId,
    /// The school's name. Stands in the key file in clear.
    pub school: &'a str,
    /// Practice stores make no evidence.
    pub practice: bool,
    /// The private key of the school's authority (PKCS#8).
    pub authority_pkcs8: Zeroizing<Vec<u8>>,
    /// Its people; the first signs the first entries.
    pub people: Vec<NewPerson>,
    /// The secret for this computer's keychain; without one, a knowing choice.
    pub device: Option<&'a DeviceSecret>,
    /// What a try of a passphrase costs.
    pub cost: KdfCost,
    /// The first events, [`Event::StoreMade`] the very first.
    pub events: Vec<Event>,
    /// When.
    pub at: Moment,
}

/// A person to be enrolled. Name, position, initials and standing stand in the key file **in clear**, because the
/// sign-in page shows them.
#[derive(Debug)]
pub struct NewPerson {
    /// Who.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Position in the school.
    pub position: String,
    /// Initials, unique in the store.
    pub initials: Initials,
    /// What the procedure may ask of them.
    pub standing: Standing,
    /// Their passphrase.
    pub passphrase: Passphrase,
    /// The key that signs forms (P-256, PKCS#8).
    pub form_key_pkcs8: Zeroizing<Vec<u8>>,
}

impl NewPerson {
    /// What of them stands in the key file in clear.
    pub(super) fn label(&self) -> PersonLabel {
        PersonLabel {
            id: self.id.clone(),
            name: self.name.clone(),
            position: self.position.clone(),
            initials: self.initials.clone(),
            standing: self.standing,
        }
    }
}

impl Vault<Open> {
    /// Makes a store in `dir`, which must be empty or not exist, with the first person signed in. The two recovery
    /// codes are in nobody's hands but the caller's, and cannot be had again.
    ///
    /// # Errors
    /// - If there is something in the folder already, it is on a network, or it is copied elsewhere.
    /// - If there is nobody, a person or their initials twice, no first event, or a cost out of bounds.
    /// - If the disk does not take it; then nothing is left behind.
    pub fn create(
        dir: &Path,
        new: NewStore<'_>,
        entropy: &dyn Entropy,
    ) -> Result<(Self, [RecoveryCode; 2]), StoreError> {
        check(&new)?;
        place::refuse(dir)?;
        if dir.exists() && !(dir.is_dir() && is_empty(dir)?) {
            return Err(StoreError::AlreadyThere);
        }
        let building = Building::beside(dir, entropy)?;
        let folder = Folder::at(building.path());
        let keys = NewKeys::random(new.people.len(), entropy);
        let codes = [RecoveryCode::random(entropy), RecoveryCode::random(entropy)];
        make_database(&folder, &new, &keys, entropy)?;
        make_keyfile(&new, &keys, &codes, entropy)?.write(&folder)?;
        reserve::prepare(&folder);
        building.take_place(dir)?;

        let mut vault = Self::start(Folder::at(dir), &keys.store)?;
        let first = new.people.first().map(|person| &person.id).ok_or(NOBODY)?;
        vault.admit_to_vault(first, keys.people.first().ok_or(NOBODY)?)?;
        Ok((vault, codes))
    }

    fn start(folder: Folder, keys: &StoreKeys) -> Result<Self, StoreError> {
        let lock = folder.lock()?;
        let keyfile = KeyFile::read(&folder)?;
        let mut grounds = Box::new(Grounds::of(folder, lock, keyfile));
        let state = Open::start(&mut grounds, std::slice::from_ref(keys), None, &mut |_| Ok(()))?;
        Ok(Self { grounds, state })
    }
}

const NOBODY: StoreError = StoreError::BadStart { what: "nobody was enrolled" };

struct NewKeys {
    store: StoreKeys,
    recovery_seed: Key,
    people: Vec<Secrets>,
}

impl NewKeys {
    fn random(people: usize, entropy: &dyn Entropy) -> Self {
        Self {
            store: StoreKeys::random(entropy),
            recovery_seed: Key::random(entropy),
            people: (0..people).map(|_| Secrets::random(entropy)).collect(),
        }
    }
}

fn check(new: &NewStore<'_>) -> Result<(), StoreError> {
    let bad = |what| Err(StoreError::BadStart { what });
    if new.people.is_empty() {
        return Err(NOBODY);
    }
    for (at, person) in new.people.iter().enumerate() {
        let mut before = new.people.iter().take(at);
        if before.any(|other| other.id == person.id || other.initials == person.initials) {
            return bad("two people have the same id or initials");
        }
    }
    if !new.cost.is_within_bounds() {
        return bad("the cost of a passphrase is out of bounds");
    }
    let names_it = matches!(new.events.first(), Some(Event::StoreMade { store, .. }) if *store == new.store);
    if names_it { Ok(()) } else { bad("its first event does not name it") }
}

fn make_keyfile(
    new: &NewStore<'_>,
    keys: &NewKeys,
    codes: &[RecoveryCode; 2],
    entropy: &dyn Entropy,
) -> Result<KeyFile, StoreError> {
    let recoverable = (&keys.store, &keys.recovery_seed);
    let about = (new.school, new.practice);
    let mut file = KeyFile::new(new.store.clone(), about, new.device, codes, recoverable, entropy)
        .ok_or(StoreError::Unrecordable)?;
    let (made, bound) = file.binding();
    for (person, secrets) in new.people.iter().zip(&keys.people) {
        let contents = Contents { secrets, form_key: &person.form_key_pkcs8 };
        let slot =
            Slot::make(person.label(), &person.passphrase, new.device, new.cost, &contents, (made, &bound), entropy);
        let mut slot = slot.ok_or(StoreError::BadStart { what: "the cost of a passphrase is out of bounds" })?;
        let public = seal::public_of(&secrets.seal);
        let sealed = keys.store.seal_to(&public, &new.store, person.id.as_str(), entropy);
        slot.keys.push(sealed.ok_or(StoreError::Unrecordable)?);
        file.slots.push(slot);
    }
    Ok(file)
}

fn make_database(folder: &Folder, new: &NewStore<'_>, keys: &NewKeys, entropy: &dyn Entropy) -> Result<(), StoreError> {
    let connection = database::make(&folder.database(), &keys.store.data)?;
    let transaction = connection.unchecked_transaction()?;
    schema::make(&transaction, &new.store, new.practice)?;
    let under = &keys.store.store;
    let (founder, secrets) = new.people.first().zip(keys.people.first()).ok_or(NOBODY)?;
    let signing = SigningKey::from_bytes(secrets.ledger.bytes());
    let pen = Pen { key: &signing, by: &founder.id, session: None };
    let write = |kind: &str, body: &[u8]| {
        let line = Line { case: None, at: new.at, kind, body, under };
        ledger::write(&transaction, &new.store, &pen, &line, entropy)
    };
    let (first, rest) = new.events.split_first().ok_or(NOBODY)?;
    write(first.kind(), &ledger::body_of(first)?)?;
    for note in founding_notes(new, keys) {
        write(note.kind(), &note.body()?)?;
    }
    for event in rest {
        write(event.kind(), &ledger::body_of(event)?)?;
    }
    let publics: Vec<[u8; 32]> = keys.people.iter().map(|secrets| seal::public_of(&secrets.seal)).collect();
    let people: Vec<_> = new.people.iter().map(|person| &person.id).zip(&publics).collect();
    let (seq, _) = ledger::head(&transaction)?.ok_or(NOBODY)?;
    let shares = Shares { connection: &transaction, store: &new.store, seq, authority: &new.authority_pkcs8, entropy };
    shares.keep(&people, None)?;
    shares.keep_for_recovery(&seal::public_of(&keys.recovery_seed))?;
    transaction.commit()?;
    database::settle(&connection)?;
    database::close(connection)
}

fn founding_notes(new: &NewStore<'_>, keys: &NewKeys) -> Vec<Note> {
    let enrolled = new.people.iter().zip(&keys.people).map(|(person, secrets)| Note::KeysEnrolled {
        person: person.id.clone(),
        ledger: hex::encode(SigningKey::from_bytes(secrets.ledger.bytes()).verifying_key().to_bytes()),
        seal: hex::encode(seal::public_of(&secrets.seal)),
        approval: None,
    });
    let recovery = Note::RecoveryKeyed {
        seal: hex::encode(seal::public_of(&keys.recovery_seed)),
        approves: Some(hex::encode(approves(&keys.recovery_seed).verifying_key().to_bytes())),
    };
    enrolled.chain([recovery]).collect()
}

/// A folder that goes away again unless it takes its place.
#[derive(Debug)]
pub(super) struct Building(Fresh);

impl Building {
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn beside(dir: &Path, entropy: &dyn Entropy) -> Result<Self, StoreError> {
        let parent = dir.parent().unwrap_or(Path::new("."));
        let name = dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let building = parent.join(format!(".{name}.{}", hex::encode(draw::<6>(entropy))));
        fs::create_dir_all(parent).and_then(|()| Fresh::make(building)).map(Self).map_err(StoreError::io(DOING))
    }

    pub(super) fn take_place(self, dir: &Path) -> Result<(), StoreError> {
        let clear = || -> std::io::Result<()> {
            if dir.exists() {
                let _ = fs::remove_file(dir.join("lock"));
                fs::remove_dir(dir)?;
            }
            Ok(())
        };
        clear().and_then(|()| self.0.take(dir)).map_err(StoreError::io(DOING))
    }
}

const DOING: &str = "Making the store's folder";
