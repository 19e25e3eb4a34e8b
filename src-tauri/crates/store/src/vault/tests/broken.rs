//! Folders that are no store, or a broken one: each says which.

use super::*;

fn why(ground: &Ground) -> StoreError {
    match Vault::find(&ground.dir) {
        Err(error) => error,
        Ok(Found::NoStore) => panic!("taken for an empty folder"),
        Ok(Found::Locked(vault)) => match vault.unlock(&person(0), &pass(0), Some(&device())) {
            Err((_, error)) => error,
            Ok(_) => panic!("opened"),
        },
    }
}

fn edit(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

#[test]
fn nothing_is_no_store_and_other_things_are_not_ours() {
    let temp = tempfile::tempdir().unwrap();
    assert!(matches!(Vault::find(temp.path()), Ok(Found::NoStore)));
    assert!(matches!(Vault::find(&temp.path().join("absent")), Ok(Found::NoStore)));
    let file = temp.path().join("letter.txt");
    fs::write(&file, "Dear parents").unwrap();
    assert!(matches!(Vault::find(&file), Err(StoreError::NotOurs { .. })));
    assert!(matches!(Vault::find(temp.path()), Err(StoreError::NotOurs { .. })));
}

#[test]
fn each_break_is_told_apart() {
    type Break = fn(&Ground);
    type Says = fn(&StoreError) -> bool;
    let not_ours: Says = |error| matches!(error, StoreError::NotOurs { .. });
    let damaged: Says = |error| matches!(error, StoreError::Damaged { .. });
    let cut: Says = |error| matches!(error, StoreError::Cut { expected, found } if found < expected);
    let newer: Says = |error| matches!(error, StoreError::NewerVersion);
    let cases: [(&str, Break, Says); 14] = [
        ("key file is a picture", |g| fs::write(g.dir.join("keys.json"), [0x89, b'P']).unwrap(), not_ours),
        ("key file of something else", |g| fs::write(g.dir.join("keys.json"), "{\"a\":1}").unwrap(), not_ours),
        ("key file too large", |g| fs::write(g.dir.join("keys.json"), vec![b' '; 2 << 20]).unwrap(), not_ours),
        ("key file cut", |g| edit(&g.dir.join("keys.json"), |b| b.truncate(b.len() / 2)), not_ours),
        (
            "key file newer",
            |g| {
                edit(&g.dir.join("keys.json"), |b| {
                    *b = String::from_utf8(b.clone()).unwrap().replacen("\"version\": 2", "\"version\": 3", 1).into();
                })
            },
            newer,
        ),
        ("no key file", |g| fs::remove_file(g.dir.join("keys.json")).unwrap(), damaged),
        ("no database", |g| fs::remove_file(g.dir.join("ledger.db")).unwrap(), damaged),
        (
            "database is plain",
            |g| {
                fs::remove_file(g.dir.join("ledger.db")).unwrap();
                let plain = rusqlite::Connection::open(g.dir.join("ledger.db")).unwrap();
                plain.execute_batch("CREATE TABLE t (x)").unwrap();
            },
            not_ours,
        ),
        ("database is a text", |g| fs::write(g.dir.join("ledger.db"), "Dear parents, all is well").unwrap(), damaged),
        ("database cut", |g| edit(&g.dir.join("ledger.db"), |b| b.truncate(b.len() - 16384)), cut),
        ("database cut within a page", |g| edit(&g.dir.join("ledger.db"), |b| b.truncate(b.len() - 1)), cut),
        ("database cut to a page", |g| edit(&g.dir.join("ledger.db"), |b| b.truncate(16384)), cut),
        ("database cut to nothing", |g| edit(&g.dir.join("ledger.db"), |b| b.truncate(100)), damaged),
        ("database header flipped", |g| edit(&g.dir.join("ledger.db"), |b| b[3] ^= 1), damaged),
    ];
    for (name, breaks, says) in cases {
        let ground = Ground::new();
        breaks(&ground);
        let error = why(&ground);
        assert!(says(&error), "{name}: {error:?}");
    }
}

#[test]
fn a_folder_that_is_copied_elsewhere_is_neither_found_nor_made() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("OneDrive - Hollybrook School").join("store");
    assert!(matches!(Vault::create(&dir, new_store(None), &Dice), Err(StoreError::Synced { what: "OneDrive" })));
    assert!(matches!(Vault::find(&dir), Err(StoreError::Synced { .. })));
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 0);
}

#[test]
fn another_stores_database_or_a_newer_one_is_refused() {
    let ground = Ground::new();
    let temp = tempfile::tempdir().unwrap();
    let other = temp.path().join("other");
    drop(Vault::create(&other, new_store(Some(&device())), &Dice).unwrap());
    fs::copy(other.join("ledger.db"), ground.dir.join("ledger.db")).unwrap();
    assert!(matches!(why(&ground), StoreError::Damaged { .. }));

    let ground = Ground::new();
    let key = ground.open().state.data_key.clone();
    ground.intruder(&key).pragma_update(None, "user_version", 3).unwrap();
    assert!(matches!(why(&ground), StoreError::NewerVersion));
    ground.intruder(&key).pragma_update(None, "application_id", 7).unwrap();
    assert!(matches!(why(&ground), StoreError::NotOurs { .. }));
}

#[test]
fn a_flipped_bit_in_a_page_is_noticed() {
    let ground = Ground::new();
    edit(&ground.dir.join("ledger.db"), |bytes| {
        for page in 1..bytes.len() / 16384 {
            bytes[page * 16384 + 100] ^= 1;
        }
    });
    assert!(matches!(why(&ground), StoreError::Damaged { .. }));
}

#[test]
fn what_the_key_file_says_in_clear_cannot_be_changed() {
    for (from, to) in [
        ("Jo Stirling", "Jo Sterling"),
        ("Hollybrook School", "Another School"),
        ("\"practice\": false", "\"practice\": true"),
        ("\"standing\": \"senior\"", "\"standing\": \"head\""),
        ("\"passes\": 3", "\"passes\": 4"),
    ] {
        let ground = Ground::new();
        edit(&ground.dir.join("keys.json"), |bytes| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert!(text.contains(from), "{from}");
            *bytes = text.replacen(from, to, 1).into();
        });
        assert!(matches!(why(&ground), StoreError::WrongPassphrase { .. }), "{from}");
    }
    for (from, to) in [("\"passes\": 3", "\"passes\": 2"), ("\"memory_kib\": 65536", "\"memory_kib\": 4000000000")] {
        let ground = Ground::new();
        edit(&ground.dir.join("keys.json"), |bytes| {
            *bytes = String::from_utf8(bytes.clone()).unwrap().replacen(from, to, 1).into();
        });
        assert!(matches!(why(&ground), StoreError::Damaged { .. }), "{from}");
    }
}

#[test]
fn no_key_file_makes_it_stop() {
    let ground = Ground::new();
    let whole = fs::read(ground.dir.join("keys.json")).unwrap();
    let old = include_bytes!("../../../fixtures/v1/keys.json").to_vec();
    let mut dice = 0x5eed_u64;
    let mut roll = |most: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap() % most.max(1)
    };
    let [one, other] = codes();
    for turn in 0..4000 {
        let mut bytes = if turn % 2 == 0 { whole.clone() } else { old.clone() };
        for _ in 0..=roll(3) {
            let at = roll(bytes.len());
            match roll(3) {
                0 => bytes[at] = b"0123456789abcdef\"{}[]:,-\\ n"[roll(27)],
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(bytes.len() - roll(40).min(bytes.len()))),
            }
        }
        let _ = crate::parse_key_file(&bytes);
        if let Ok(file) = crate::keyfile::KeyFile::parse(&bytes) {
            let _ = file.recover(&one, &other);
            assert!(file.labels().count() <= 4);
        }
    }
    assert!(crate::parse_key_file(&whole).is_ok() && crate::parse_key_file(&old).is_ok());
}

#[test]
fn a_key_file_that_contradicts_itself_is_damaged() {
    let ground = Ground::new();
    let whole: serde_json::Value = serde_json::from_slice(&fs::read(ground.dir.join("keys.json")).unwrap()).unwrap();
    type Change = fn(&mut serde_json::Value);
    let changes: [Change; 6] = [
        |file| file["version"] = 0.into(),
        |file| file["recovery"]["keys"] = serde_json::json!([]),
        |file| file["recovery"]["keys"][0]["epoch"] = 0.into(),
        |file| file["slots"][0]["keys"] = serde_json::json!([]),
        |file| file["slots"][0]["keys"][0]["epoch"] = 2.into(),
        |file| file["slots"][1] = file["slots"][0].clone(),
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut file = whole.clone();
        change(&mut file);
        let refused = crate::parse_key_file(&serde_json::to_vec(&file).unwrap());
        assert!(matches!(refused, Err(StoreError::Damaged { .. })), "{at}: {refused:?}");
    }
}

#[test]
fn a_store_is_made_whole_or_not_at_all() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("store");
    let bad = |change: fn(&mut NewStore<'static>)| {
        let mut new = new_store(None);
        change(&mut new);
        Vault::create(&dir, new, &Dice).map(|_| ()).unwrap_err()
    };
    assert!(matches!(bad(|new| new.people.clear()), StoreError::BadStart { .. }));
    assert!(matches!(bad(|new| new.people[1].id = person(0)), StoreError::BadStart { .. }));
    assert!(matches!(bad(|new| new.people[1].initials = initials("JS")), StoreError::BadStart { .. }));
    assert!(matches!(bad(|new| new.events.clear()), StoreError::BadStart { .. }));
    assert!(matches!(bad(|new| new.events.insert(0, note("x"))), StoreError::BadStart { .. }));
    let late = |new: &mut NewStore<'static>| new.store = StoreId::from_bytes([8; 16]);
    assert!(matches!(bad(late), StoreError::BadStart { .. }));
    let unwritable = Event::Corrected { corrects: Seq((1 << 53) + 1), words: words("x") };
    let mut new = new_store(None);
    new.events.push(unwritable);
    assert!(matches!(Vault::create(&dir, new, &Dice), Err(StoreError::Unrecordable)));
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 0, "nothing is left behind");

    drop(Vault::create(&dir, new_store(None), &Dice).unwrap());
    assert!(matches!(Vault::create(&dir, new_store(None), &Dice), Err(StoreError::AlreadyThere)));
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 1, "no folder beside it");
    let Found::Locked(vault) = Vault::find(&dir).unwrap() else { panic!("no store") };
    assert!(!vault.needs_device_secret());
    assert!(vault.unlock(&person(2), &pass(2), None).is_ok());
}
