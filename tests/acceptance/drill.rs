//! The restore drill: a backup made on one computer comes back on another, with both recovery codes and a keychain
//! that knows nothing of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::atomic::AtomicBool;

use acceptance::house::{Doubles, House, PASSPHRASE};
use acceptance::perform::Walk;
use acceptance::soak::check::recovered;
use acceptance::soak::line::Drawer;
use acceptance::soak::template::{AFTERWARDS, JOURNEY, Template};
use evidence_trail::parts::clock::SystemEntropy;
use trail_domain::event::Event;
use trail_domain::event::keeping::Restored;
use trail_domain::ids::PersonId;
use trail_domain::time::Moment;
use trail_domain::words::Words;
use trail_store::{
    Anchored, BackupAbout, BackupFolder, BackupMade, DeviceSecret, Found, Locked, Open, Passphrase, RecoveryCode,
    StoreError, Vault,
};

fn moment(text: &str) -> Moment {
    Moment::try_from(text.to_owned()).unwrap()
}

fn pass() -> Passphrase {
    Passphrase::new(PASSPHRASE.to_owned())
}

fn words(text: &str) -> Words {
    Words::new(text).unwrap()
}

fn code(text: &str) -> RecoveryCode {
    RecoveryCode::parse(text).unwrap()
}

fn find(store: &Path) -> Vault<Locked> {
    let Found::Locked(vault) = Vault::find(store).unwrap() else { panic!("there is a store") };
    vault
}

fn person(vault: &Vault<Locked>, letters: &str) -> PersonId {
    vault.labels().into_iter().find(|label| label.initials.as_str() == letters).unwrap().id
}

/// A school with a signed form, and a backup of it on a medium.
fn backed_up(ground: &Path) -> (Template, BackupMade, PersonId) {
    let template = Template::empty().unwrap().walked("signed-1").unwrap();
    let school = ground.join("one");
    template.copy_to(&school).unwrap();
    let locked = find(&school.join("store"));
    let jo = person(&locked, "JS");
    let secret: [u8; 32] = template.secrets[locked.store().as_str()].as_slice().try_into().unwrap();
    let vault = locked.unlock(&jo, &pass(), Some(&DeviceSecret::new(secret))).map_err(|(_, error)| error).unwrap();
    let medium = ground.join("stick");
    std::fs::create_dir_all(&medium).unwrap();
    let about = BackupAbout { serial: 1, at: moment(JOURNEY) };
    let made = vault.back_up(&medium, &about, &SystemEntropy::new(), &AtomicBool::new(false), &mut |_| {}).unwrap();
    (template, made, jo)
}

fn restore(template: &Template, made: &BackupMade, jo: &PersonId, into: &Path) -> (Vault<Open>, Option<DeviceSecret>) {
    let [one, other] = [code(&template.codes[0]), code(&template.codes[1])];
    let backup = BackupFolder::read(&made.folder).unwrap();
    assert_eq!(backup.people().len(), 4);
    // Either code may be typed first.
    let restoring = backup.open(&other, &one, into, &SystemEntropy::new()).unwrap();
    let device = restoring.device();
    let restored = Restored {
        serial: 1,
        made: moment(JOURNEY),
        head: made.head,
        computer: None,
        reason: words("The disk of the first computer failed"),
        custody: words("With the police, under CP/2026/118"),
    };
    let event = Event::Restored { restored };
    let at = moment(AFTERWARDS);
    (restoring.finish(jo, &pass(), &[], &[event], at, &SystemEntropy::new()).unwrap(), device)
}

#[test]
fn a_backup_comes_back_whole_on_another_computer() {
    let ground = tempfile::tempdir().unwrap();
    let (template, made, jo) = backed_up(ground.path());
    let before = recovered(&ground.path().join("one/store"), &template.codes).unwrap();
    let case = before.cases().unwrap().pop().unwrap();
    let events = before.events(&case).unwrap();
    drop(before);
    let other = ground.path().join("two");
    std::fs::create_dir_all(&other).unwrap();
    let (vault, device) = restore(&template, &made, &jo, &other.join("store"));
    assert!(vault.verify(|_| {}).unwrap().holds());
    assert!(matches!(vault.compare(made.head).unwrap(), Anchored::Since(_)), "that it came back is not recorded");
    assert_eq!(vault.events(&case).unwrap(), events);
    assert!(vault.store_events().unwrap().iter().any(|entry| matches!(entry.event, Event::Restored { .. })));
    let store = vault.store().to_string();
    drop(vault);

    // The new computer's keychain is given the secret; then everybody signs in as before.
    let drawer = Drawer::default();
    if let Some(device) = device {
        drawer.0.lock().unwrap().insert(store, device.bytes().to_vec());
    }
    let house = House::given(&other, Doubles::new(AFTERWARDS, Box::new(drawer))).unwrap();
    let mut walk = Walk::new(house);
    walk.case = case.to_string();
    for who in ["JS", "PA"] {
        let id = walk.house.id(who);
        walk.house.app.sign_in(&id, PASSPHRASE).unwrap();
    }
    let view = walk.view().unwrap();
    assert!(view.documents.iter().any(|document| document.kind == "record"));
    assert!(view.exhibits.iter().flat_map(|exhibit| &exhibit.pictures).count() > 0);
}

#[test]
fn both_codes_are_needed_and_nothing_is_left_of_a_wrong_try() {
    let ground = tempfile::tempdir().unwrap();
    let (template, made, _) = backed_up(ground.path());
    let stranger = Template::empty().unwrap();
    let into = ground.path().join("two/store");
    std::fs::create_dir_all(into.parent().unwrap()).unwrap();
    for (one, other) in [(0, 0), (1, 1)] {
        let backup = BackupFolder::read(&made.folder).unwrap();
        let opened =
            backup.open(&code(&template.codes[one]), &code(&template.codes[other]), &into, &SystemEntropy::new());
        assert!(matches!(opened, Err(StoreError::WrongCodes)), "one code twice opened it");
    }
    let backup = BackupFolder::read(&made.folder).unwrap();
    let opened = backup.open(&code(&template.codes[0]), &code(&stranger.codes[1]), &into, &SystemEntropy::new());
    assert!(matches!(opened, Err(StoreError::WrongCodes)), "another school's code opened it");
    assert_eq!(std::fs::read_dir(into.parent().unwrap()).unwrap().count(), 0, "something was left behind");
}

#[test]
fn a_backup_that_was_touched_is_not_restored() {
    let ground = tempfile::tempdir().unwrap();
    let (template, made, _) = backed_up(ground.path());
    for name in ["ledger.db", "keys.json"] {
        let path = made.folder.join(name);
        let whole = std::fs::read(&path).unwrap();
        for at in [whole.len() / 3, whole.len() - 9] {
            let mut touched = whole.clone();
            touched[at] ^= 1;
            std::fs::write(&path, &touched).unwrap();
            let into = ground.path().join("two");
            let opened = BackupFolder::read(&made.folder).and_then(|backup| {
                backup.open(&code(&template.codes[0]), &code(&template.codes[1]), &into, &SystemEntropy::new())
            });
            assert!(opened.is_err(), "{name} with another byte at {at} was opened");
            assert!(!into.exists());
        }
        std::fs::write(&path, &whole).unwrap();
    }
}
