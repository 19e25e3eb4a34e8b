//! The other two deliveries: a ZIP that 7-Zip opens, and loose files for an upload portal.

use std::path::Path;

use acceptance::outside::{run, said};
use trail_app::Stop;
use trail_app::wire::handing::HandedOver;
use trail_seal::package::{Files as _, Folder, InMemory};
use trail_seal::verify::Wholeness;

use super::{Walk, card, form, hand_over, pictures, pressing, read, stick, verdict, walked};

fn delivered(walk: &mut Walk, variant: &str, delivery: &str) -> Result<HandedOver, Stop> {
    let (case, mut form) = (walk.case.clone(), form(walk, variant));
    delivery.clone_into(&mut form.delivery);
    walk.house.app.hand_over(&case, &form)
}

/// Every file under the harness's folders, but what is in the stick.
fn everything_written(walk: &Walk) -> InMemory {
    let mut files = read(walk.house.folder());
    files.0.retain(|name, _| !name.starts_with("stick/"));
    files
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

#[test]
fn a_zip_is_opened_by_seven_zip_with_its_passphrase_alone_and_holds_the_bag_byte_for_byte() {
    let mut walk = walked("closed");
    let kept = pictures(&mut walk);
    let handed = delivered(&mut walk, "police", "zip").unwrap();
    let passphrase = handed.passphrase.clone().expect("a ZIP has a passphrase");
    assert_eq!(passphrase.split('-').count(), 8, "{passphrase}");
    assert!(handed.path.ends_with("-police-1.zip"), "{}", handed.path);
    assert_eq!(std::fs::read_dir(stick(&walk)).unwrap().count(), 1, "nothing else lies on the medium");
    let tested = run("7z", &["t", &format!("-p{passphrase}"), &handed.path]);
    assert!(tested.status.success() && said(&tested).contains("Everything is Ok"), "{}", said(&tested));
    assert!(!run("7z", &["t", "-pabandon-abandon", &handed.path]).status.success(), "any passphrase opens it");
    let listed = said(&run("7z", &["l", "-slt", &format!("-p{passphrase}"), &handed.path]));
    let (methods, files) = (listed.matches("Method = AES-256").count(), listed.matches("\nPath = ").count());
    assert!(methods > 10 && methods + 1 == files, "each file, and nothing but the archive beside: {listed}");
    let zipped = std::fs::read(&handed.path).unwrap();
    // The extra field of AES: vendor version 2, "AE", 256 bits; once before each file and once in the directory.
    let ae2 = [0x01, 0x99, 0x07, 0x00, 0x02, 0x00, b'A', b'E', 0x03];
    assert_eq!(zipped.windows(ae2.len()).filter(|window| *window == ae2).count(), 2 * methods, "AE-2 for each file");
    assert!(kept.iter().all(|png| !zipped.windows(64).any(|window| window == &png[png.len() / 2..png.len() / 2 + 64])));

    let out = walk.house.folder().join("unpacked");
    let unpacked = run("7z", &["x", "-y", &format!("-p{passphrase}"), &format!("-o{}", out.display()), &handed.path]);
    assert!(unpacked.status.success(), "{}", said(&unpacked));
    let name = Path::new(&handed.path).file_stem().unwrap().to_owned();
    let package = read(&out.join(name));
    assert!(verdict(&walk, &package).all_holds(), "{:#?}", verdict(&walk, &package).facts());
    for png in &kept {
        assert!(package.0.values().any(|bytes| bytes == png), "a picture came out of the ZIP changed");
    }
    assert_eq!(
        handed.statement.replace(' ', "").to_lowercase(),
        hex::encode(verdict(&walk, &package).statement_sha256().unwrap())
    );
}

#[test]
fn of_a_zip_the_record_has_the_hash_and_nothing_has_the_passphrase() {
    let mut walk = walked("signed-1");
    let handed = delivered(&mut walk, "police", "zip").unwrap();
    let passphrase = handed.passphrase.clone().unwrap();
    let sum = said(&run("sha256sum", &[&handed.path]))[..64].to_owned();
    let rows = walk.house.app.hand_overs(&walk.case).unwrap().rows;
    assert!(rows[0].delivered.contains(&sum), "{}", rows[0].delivered);
    assert!(!format!("{rows:?}").contains(&passphrase));
    let receipt = said(&run("pdftotext", &["-raw", &handed.receipt, "-"]));
    let receipt = receipt.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(receipt.contains("given separately") && !receipt.contains(&passphrase), "{receipt}");
    let dashes = passphrase.replace('-', " ");
    for (name, bytes) in &everything_written(&walk).0 {
        assert!(!holds(bytes, &passphrase) && !holds(bytes, &dashes), "{name} holds the passphrase");
    }
    let timeline = format!("{:?}", walk.house.app.timeline(&walk.case).unwrap());
    assert!(!timeline.contains(&passphrase));
    let again = delivered(&mut walk, "police", "zip").unwrap().passphrase.unwrap();
    assert_ne!(again, passphrase, "each has its own");
}

#[test]
fn a_press_while_the_zip_is_written_leaves_nothing_of_it() {
    let mut walk = walked("closed");
    let (stick, pressing) = pressing(&walk);
    let stopped = delivered(&mut walk, "police", "zip").unwrap_err();
    pressing.join().unwrap();
    assert!(matches!(&stopped, Stop::Fault(fault) if fault.code() == "capture-void"), "{stopped:?}");
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 0);
    assert!(
        walk.house.app.hand_overs(&walk.case).unwrap().rows.is_empty(),
        "what was never whole is not in the record"
    );
}

#[test]
fn a_zip_whose_name_is_taken_is_refused_before_anything_is_written() {
    let mut walk = walked("signed-1");
    let reference = walk.view().unwrap().reference;
    let taken = stick(&walk).join(format!("{reference}-police-1.zip"));
    std::fs::write(&taken, "somebody else's").unwrap();
    let Err(Stop::Fault(fault)) = delivered(&mut walk, "police", "zip") else {
        panic!("it was written over something")
    };
    assert_eq!(fault.code(), "hand-over-taken");
    assert_eq!(std::fs::read(&taken).unwrap(), b"somebody else's");
    assert_eq!(std::fs::read_dir(stick(&walk)).unwrap().count(), 1);
}

#[test]
fn loose_files_are_flat_and_whole_and_are_checked_with_their_list() {
    let mut walk = walked("closed");
    let kept = pictures(&mut walk);
    let handed = delivered(&mut walk, "police", "loose").unwrap();
    assert!(handed.left_out.is_empty() && handed.passphrase.is_none());
    let entries = std::fs::read_dir(&handed.path).unwrap().map(|entry| entry.unwrap());
    let sizes: Vec<u64> = entries
        .map(|entry| {
            assert!(entry.file_type().unwrap().is_file(), "{:?} is no file", entry.file_name());
            entry.metadata().unwrap().len()
        })
        .collect();
    assert!(sizes.iter().all(|size| *size <= 50_000_000));
    let sums = run("sh", &["-c", &format!("cd '{}' && sha256sum --quiet --strict -c hashes-sha256.txt", handed.path)]);
    assert!(sums.status.success(), "{}", said(&sums));
    let list = std::fs::read_to_string(Path::new(&handed.path).join("hashes-sha256.txt")).unwrap();
    assert_eq!(list.lines().count() + 1, sizes.len(), "every file but the list itself is in the list");
    let package = read(Path::new(&handed.path));
    for png in &kept {
        assert!(package.0.values().any(|bytes| bytes == png), "a picture is not there whole");
    }
    let judged = verdict(&walk, &package);
    assert!(judged.all_holds(), "{:#?}", judged.facts());
    assert!(Folder::at(Path::new(&handed.path)).names().unwrap().len() == sizes.len());
    let program = run(
        &acceptance::outside::built("evidence-trail-verify").display().to_string(),
        &[&handed.path, "--fingerprint", &hex::encode(card(&walk))],
    );
    assert!(program.status.success(), "{}", said(&program));
    assert!(walk.house.app.hand_overs(&walk.case).unwrap().rows[0].delivered.contains("Loose files"));
}

#[test]
fn one_changed_byte_or_name_of_loose_files_is_found() {
    let mut walk = walked("signed-1");
    let handed = delivered(&mut walk, "police", "loose").unwrap();
    let package = read(Path::new(&handed.path));
    for (name, bytes) in &package.0 {
        let mut changed = package.clone();
        changed.0.get_mut(name).unwrap()[bytes.len() / 2] ^= 1;
        assert_eq!(verdict(&walk, &changed).wholeness(), Wholeness::Altered, "{name}");
        let mut gone = package.clone();
        gone.0.remove(name);
        assert_ne!(verdict(&walk, &gone).wholeness(), Wholeness::Intact, "without {name}");
    }
    let mut more = package.clone();
    more.0.insert("data__exhibits__JS-9__view-1.png".to_owned(), b"put beside".to_vec());
    assert_eq!(verdict(&walk, &more).wholeness(), Wholeness::Altered);
}

#[test]
fn an_unknown_delivery_is_refused_and_a_folder_is_what_it_was() {
    let mut walk = walked("signed-1");
    let Err(Stop::Fault(fault)) = delivered(&mut walk, "police", "carrier-pigeon") else { panic!("it was delivered") };
    assert_eq!(fault.code(), "choice-unknown");
    let handed = hand_over(&mut walk, "police").unwrap();
    assert!(Path::new(&handed.path).join("bagit.txt").is_file() && handed.passphrase.is_none());
}
