//! Packages made by the real application from a real store: what is in them by bytes, and who can check them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "handing/case_uco.rs"]
mod case_uco;
#[path = "handing/deliveries.rs"]
mod deliveries;
#[path = "handing/judges.rs"]
mod judges;
#[path = "handing/redacted.rs"]
mod redacted;
#[path = "handing/verifying.rs"]
mod verifying;
#[path = "handing/withheld.rs"]
mod withheld;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use acceptance::handing::to_stick;
use acceptance::house::{House, PASSPHRASE, default_people};
use acceptance::outside::run;
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_to};
use serde_json::{Map, Value, json};
use trail_app::Stop;
use trail_app::wire::handing::{HandOverForm, HandedOver};
use trail_domain::refusal::RefusalCode;
use trail_seal::package::{InMemory, PackageVerdict, verify_package};
use trail_seal::verify::{Expectation, Standing, State, Wholeness};

fn walked(upto: &str) -> Walk {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some(upto)).unwrap();
    if upto == "closed" {
        // The headteacher signed off last.
        walk.house.app.lock();
        sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    }
    walk
}

fn stick(walk: &Walk) -> PathBuf {
    let folder = walk.house.folder().join("stick");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn form(walk: &Walk, variant: &str) -> HandOverForm {
    to_stick(walk.house.id("JS"), variant, "bag", &stick(walk))
}

fn hand_over(walk: &mut Walk, variant: &str) -> Result<HandedOver, Stop> {
    let (case, form) = (walk.case.clone(), form(walk, variant));
    walk.house.app.hand_over(&case, &form)
}

/// The files of a package on the disk.
fn read(folder: &Path) -> InMemory {
    fn collect(folder: &Path, before: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                collect(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    InMemory(files)
}

/// The school's fingerprint, as its cards have it.
fn card(walk: &Walk) -> [u8; 32] {
    let figures = walk.house.app.people().unwrap().authority.replace(' ', "");
    hex::decode(figures).unwrap().try_into().unwrap()
}

fn verdict(walk: &Walk, package: &InMemory) -> PackageVerdict {
    verify_package(package, &Expectation { authority_fingerprint: Some(card(walk)), ..Expectation::default() })
}

/// The stick, and who presses HALT as soon as anything lies on it.
fn pressing(walk: &Walk) -> (PathBuf, std::thread::JoinHandle<()>) {
    let (stick, brake) = (stick(walk), walk.house.app.brake());
    let watched = stick.clone();
    let pressing = std::thread::spawn(move || {
        while std::fs::read_dir(&watched).unwrap().next().is_none() {
            std::hint::spin_loop();
        }
        brake.press();
    });
    (stick, pressing)
}

#[test]
fn a_press_while_it_is_written_leaves_nothing_and_the_record_says_so() {
    let mut walk = walked("closed");
    let (stick, pressing) = pressing(&walk);
    let stopped = hand_over(&mut walk, "police").unwrap_err();
    pressing.join().unwrap();
    assert!(matches!(&stopped, Stop::Fault(fault) if fault.code() == "capture-void"), "{stopped:?}");
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 0);
    assert_eq!(receipts(&walk), 0, "nobody signs for what does not exist");
    not_written(&walk, "");
    assert_eq!(walk.perform("halt", Map::new()), Ended::Done);
}

#[test]
fn what_could_not_be_taken_away_is_in_the_record() {
    let mut walk = walked("closed");
    let reference = walk.view().unwrap().reference;
    let part = format!("{reference}-police-1.part");
    std::fs::write(stick(&walk).join(&part), "in the way").unwrap();
    let stopped = hand_over(&mut walk, "police").unwrap_err();
    assert!(matches!(&stopped, Stop::Fault(fault) if fault.code() == "hand-over-stray"), "{stopped:?}");
    assert_eq!(receipts(&walk), 0);
    not_written(&walk, &part);
}

fn not_written(walk: &Walk, words: &str) {
    let rows = walk.house.app.hand_overs(&walk.case).unwrap().rows;
    let ended = rows[0].ended.join(" ");
    assert!(rows.len() == 1 && ended.contains("Not written") && ended.contains(words), "{ended}");
}

fn receipts(walk: &Walk) -> usize {
    let folder = walk.house.app.outgoing().join(walk.view().unwrap().reference);
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().contains("receipt")).count()
}

/// Every picture that was kept, and the compressed pixels of each: a form binds these as they are.
fn pictures(walk: &mut Walk) -> Vec<Vec<u8>> {
    let (case, kept) = (walk.case.clone(), walk.pictures.clone());
    assert!(!kept.is_empty(), "nothing was captured, so nothing can leak");
    kept.iter().map(|(_, sha256)| walk.house.app.picture(&case, sha256).unwrap().to_vec()).collect()
}

/// Whether a picture stands in a file, whole or as the pixels that a PDF holds.
fn holds_picture(package: &InMemory, pictures: &[Vec<u8>]) -> bool {
    let pixels = |png: &[u8]| {
        let start = png.windows(4).position(|word| word == b"IDAT").unwrap() + 4;
        png[start..(start + 48).min(png.len())].to_vec()
    };
    package.0.values().any(|bytes| {
        pictures.iter().map(|png| pixels(png)).any(|part| bytes.windows(part.len()).any(|window| window == part))
    })
}

#[test]
fn a_package_for_the_police_holds_everything_and_holds_together() {
    let mut walk = walked("closed");
    let kept = pictures(&mut walk);
    let handed = hand_over(&mut walk, "police").unwrap();
    let package = read(Path::new(&handed.path));
    let verdict = verdict(&walk, &package);
    assert!(verdict.all_holds(), "{:#?}", verdict.facts());
    assert_eq!((verdict.wholeness(), verdict.standing()), (Wholeness::Intact, Standing::Known));
    assert!(verdict.statement().unwrap().documents.iter().all(|document| document.missing.is_empty()));
    assert!(holds_picture(&package, &kept));
    for png in &kept {
        let whole = package.0.iter().any(|(name, bytes)| name.starts_with("data/exhibits/") && bytes == png);
        assert!(whole, "a picture is not in the package as it was captured");
    }
    for name in ["data/cover-sheet.pdf", "data/check-sheet.pdf", "data/metadata/JS-1.json", "data/certificates/PA.cer"]
    {
        assert!(package.0.contains_key(name), "{name}");
    }
    let excerpt = String::from_utf8(package.0["data/ledger/excerpt.jsonl"].clone()).unwrap();
    for kind in ["case-opened", "store/session-certified", "exhibit-kept", "document-signed", "retained"] {
        assert!(excerpt.contains(&format!("\"kind\":\"{kind}\"")), "{kind}");
    }
    assert!(walk.house.app.check_ledger().unwrap().holds);
}

#[test]
fn outside_programs_agree_on_a_package_from_the_store() {
    let mut walk = walked("closed");
    let handed = hand_over(&mut walk, "police").unwrap();
    let pyhanko = PathBuf::from(std::env::var_os("PYHANKO").expect("PYHANKO names pyHanko's program"));
    let [python, bagit] = ["python", "bagit.py"].map(|name| pyhanko.with_file_name(name).display().to_string());
    let judged = run(&python, &[&bagit, "--validate", &handed.path]);
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
    let sums =
        run("sh", &["-c", &format!("cd '{}' && sha256sum --quiet --strict -c manifest-sha256.txt", handed.path)]);
    assert!(sums.status.success());
    for name in ["data/cover-sheet.pdf", "data/check-sheet.pdf"] {
        let path = Path::new(&handed.path).join(name).display().to_string();
        assert!(run("qpdf", &["--check", &path]).status.success(), "{name}");
    }
    let receipt = run("pdftotext", &["-layout", &handed.receipt, "-"]);
    let text = String::from_utf8_lossy(&receipt.stdout).split_whitespace().collect::<String>();
    let statement = handed.statement.replace(' ', "");
    assert!(text.contains(&statement[..32]) && text.contains(&statement[32..]), "{text}");
}

#[test]
fn the_headteachers_package_holds_no_picture_and_no_words_of_entries() {
    let mut walk = walked("signed-1");
    let kept = pictures(&mut walk);
    let handed = hand_over(&mut walk, "headteacher").unwrap();
    let package = read(Path::new(&handed.path));
    let verdict = verdict(&walk, &package);
    assert!(verdict.all_holds(), "{:#?}", verdict.facts());
    let missing = &verdict.statement().unwrap().documents[0].missing;
    assert_eq!(missing.len(), 2, "{missing:?}");
    assert!(missing[0].contains("Priya Anand"));
    assert!(!holds_picture(&package, &kept));
    assert!(package.0.keys().all(|name| !name.starts_with("data/exhibits/") && !name.starts_with("data/metadata/")));
    let excerpt = String::from_utf8(package.0["data/ledger/excerpt.jsonl"].clone()).unwrap();
    let opened = excerpt.lines().find(|line| line.contains("\"kind\":\"case-opened\"")).unwrap();
    assert!(opened.contains("\"body\":null"), "{opened}");
}

#[test]
fn under_halt_no_package_is_made_and_nothing_is_written() {
    let mut walk = walked("signed-1");
    let kept = pictures(&mut walk);
    let before = hand_over(&mut walk, "police").unwrap();
    assert!(holds_picture(&read(Path::new(&before.path)), &kept), "before HALT it holds them");
    std::fs::remove_dir_all(&before.path).unwrap();
    assert_eq!(walk.perform("halt", Map::new()), Ended::Done);
    for variant in ["police", "lado", "local-authority", "headteacher", "subject-access"] {
        let (case, mut form) = (walk.case.clone(), form(&walk, variant));
        form.named = vec!["Pupil A, Year 9".to_owned()];
        let Err(Stop::Refused(refusal)) = walk.house.app.hand_over(&case, &form) else {
            panic!("{variant} was handed over")
        };
        assert_eq!(refusal.code(), RefusalCode::Halted);
        assert_eq!(std::fs::read_dir(stick(&walk)).unwrap().count(), 0, "something was written");
    }
}

#[test]
fn after_the_police_released_a_halted_case_no_package_holds_a_picture() {
    let mut walk = walked("signed-1");
    let kept = pictures(&mut walk);
    let mark = walk.pictures[0].0.clone();
    assert_eq!(walk.perform("halt", Map::new()), Ended::Done);
    let who = |values: Value| values.as_object().cloned().unwrap();
    assert_eq!(walk.perform("release-computer", who(json!({ "who": "JS" }))), Ended::Done);
    assert_eq!(walk.perform("release-case", who(json!({ "who": "JS", "exhibits": [mark] }))), Ended::Done);
    for variant in ["police", "lado"] {
        let handed = hand_over(&mut walk, variant).unwrap();
        let package = read(Path::new(&handed.path));
        assert!(!holds_picture(&package, &kept), "{variant}");
        assert!(verdict(&walk, &package).all_holds(), "{variant}");
        assert!(package.0.keys().all(|name| !name.starts_with("data/exhibits/") && !name.contains("volume")));
    }
}

#[test]
fn what_cannot_be_written_leaves_nothing_and_the_record_says_so() {
    let mut walk = walked("signed-1");
    let reference = walk.view().unwrap().reference;
    // The package's own name is taken.
    let taken = stick(&walk).join(format!("{reference}-police-1"));
    std::fs::create_dir_all(&taken).unwrap();
    let Err(Stop::Fault(fault)) = hand_over(&mut walk, "police") else { panic!("it was written over something") };
    assert_eq!(fault.code(), "hand-over-taken");
    assert_eq!(std::fs::read_dir(&taken).unwrap().count(), 0);
    let case = walk.case.clone();
    let row = walk.house.app.hand_overs(&case).unwrap().rows[0].clone();
    assert!(row.over && row.ended[0].starts_with("Not written: The folder already holds"), "{row:?}");
    // The next one has the next number, and what a broken try left does not stand in its way.
    let part = stick(&walk).join(format!("{reference}-police-2.part"));
    std::fs::create_dir_all(part.join("data")).unwrap();
    std::fs::write(part.join("data/half.png"), "half").unwrap();
    let handed = hand_over(&mut walk, "police").unwrap();
    assert!(handed.path.ends_with("-police-2") && !part.exists());
    assert!(verdict(&walk, &read(Path::new(&handed.path))).all_holds());
}

#[test]
fn one_changed_byte_in_a_package_from_the_store_is_found() {
    let mut walk = walked("signed-1");
    let handed = hand_over(&mut walk, "police").unwrap();
    let package = read(Path::new(&handed.path));
    for (name, bytes) in &package.0 {
        let mut changed = package.clone();
        changed.0.get_mut(name).unwrap()[bytes.len() / 2] ^= 1;
        let found = verdict(&walk, &changed);
        assert_eq!(found.wholeness(), Wholeness::Altered, "{name}");
        assert!(found.facts().iter().any(|fact| fact.state() == State::DoesNotHold));
    }
}

#[test]
fn the_pages_that_are_shown_are_those_of_the_file_that_is_signed() {
    let mut walk = walked("form");
    let (case, jo) = (walk.case.clone(), walk.house.id("JS"));
    let shown = walk.form_now();
    let before = walk.house.app.document(&case, &shown).unwrap();
    let hash = ring::digest::digest(&ring::digest::SHA256, &before);
    assert_eq!(hex::encode(hash.as_ref()), shown, "the page asks for the bytes by their own hash");
    let other = "0".repeat(64);
    let entries = walk.house.app.timeline(&case).unwrap().len();
    let refused = walk.house.app.sign_form(&case, &other, "first", &jo, PASSPHRASE).unwrap();
    let refused = serde_json::to_value(&refused).unwrap().to_string();
    assert!(refused.contains("not-what-was-shown"), "{refused}");
    assert_eq!(walk.house.app.timeline(&case).unwrap().len(), entries, "nothing was signed");
    walk.house.app.sign_form(&case, &shown, "first", &jo, PASSPHRASE).unwrap();
    let signed = walk.form_now();
    let after = walk.house.app.document(&case, &signed).unwrap();
    assert!(signed != shown && after.starts_with(&before), "the signature is added to the very bytes that were shown");
    // What the first signature made is another file: the second person has to see that one.
    let priya = walk.house.id("PA");
    let again = walk.house.app.sign_form(&case, &shown, "second", &priya, PASSPHRASE).unwrap();
    assert!(serde_json::to_value(&again).unwrap().to_string().contains("not-what-was-shown"));
}
