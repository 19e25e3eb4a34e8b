//! Redacted packages: every byte of them, and every word of their documents, is searched for whom they must not name.

use std::path::Path;

use acceptance::house::{House, default_people};
use acceptance::outside::{run, said};
use acceptance::perform::Ended;
use acceptance::script::{sign_in, walk_on, walk_to};
use serde_json::{Map, Value, json};
use trail_app::Stop;
use trail_app::wire::handing::HandedOver;
use trail_domain::refusal::RefusalCode;
use trail_seal::package::InMemory;
use trail_seal::verify::Wholeness;

use super::{Walk, form, holds_picture, pictures, read, stick, verdict};

/// The person concerned, a witness and who reported it, each by all parts of their name.
const CONCERNED: &str = "Alexandria Quennell, Year 9";
const WITNESS: &str = "Robin Tattershall";
const REPORTER: &str = "Mrs Morgan Ferrybridge";

/// A case that names three people all over its record, with a picture and one that was drawn over, and its form.
fn walked() -> Walk {
    let mut walk = Walk::new(House::with(&default_people()));
    let case = json!({
        "title": "Getting round the filter",
        "what": "Alexandria Quennell showed Robin Tattershall a page. Tattershall told Mrs Ferrybridge. ALEXANDRIA'S account is a.quennell@school.example.",
        "reporter": REPORTER, "subject": CONCERNED, "place": "Room 12, beside Robin",
        "others": [{ "name": WITNESS, "role": "witness" }],
    });
    walk.case_values = case.as_object().cloned().unwrap();
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("captured")).unwrap();
    assert_eq!(walk.perform("mark", Map::new()), Ended::Done);
    walk_on(&mut walk, "captured", "signed-1").unwrap();
    walk
}

fn hand_over(walk: &mut Walk, variant: &str, named: &[&str], marks: &[&str]) -> Result<HandedOver, Stop> {
    let (case, mut form) = (walk.case.clone(), form(walk, variant));
    form.named = named.iter().map(|name| (*name).to_owned()).collect();
    form.pictures = marks.iter().map(|mark| (*mark).to_owned()).collect();
    form.reference = "Your letter about Robin Tattershall and Alexandria Quennell".to_owned();
    walk.house.app.hand_over(&case, &form)
}

/// The names of files of a package in which a word stands: in their bytes, in capitals or not, as UTF-16, and in the words,
/// the metadata and the unpacked objects of every PDF.
pub(super) fn found(package: &InMemory, folder: &Path, word: &str) -> Vec<String> {
    let small = word.to_lowercase();
    let wide: Vec<u8> = small.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let holds = |bytes: &[u8]| {
        let bytes = bytes.to_ascii_lowercase();
        [small.as_bytes(), &wide].iter().any(|part| bytes.windows(part.len()).any(|window| window == *part))
    };
    let in_pdf = |name: &str| {
        let path = folder.join(name).display().to_string();
        let text = run("pdftotext", &["-raw", &path, "-"]).stdout;
        let about = run("pdfinfo", &["-meta", &path]).stdout;
        let objects = run("qpdf", &["--qdf", "--object-streams=disable", &path, "-"]).stdout;
        assert!(!text.is_empty() && !objects.is_empty(), "{name} was not read");
        [text, about, objects].iter().any(|bytes| holds(bytes))
    };
    let stands = |(name, bytes): &(&String, &Vec<u8>)| {
        holds(name.as_bytes()) || holds(bytes) || (name.ends_with(".pdf") && in_pdf(name))
    };
    package.0.iter().filter(stands).map(|(name, _)| name.clone()).collect()
}

fn without(walk: &Walk, handed: &HandedOver, words: &[&str]) -> InMemory {
    let package = read(Path::new(&handed.path));
    for word in words {
        assert_eq!(
            found(&package, Path::new(&handed.path), word),
            Vec::<String>::new(),
            "{word} stands in the package"
        );
        let receipt = said(&run("pdftotext", &["-raw", &handed.receipt, "-"])).to_lowercase();
        assert!(!receipt.contains(&word.to_lowercase()), "{word} stands on the receipt");
    }
    let judged = verdict(walk, &package);
    assert!(judged.all_holds(), "{:#?}", judged.facts());
    package
}

fn copy(handed: &HandedOver) -> String {
    let path = Path::new(&handed.path).join("data/redacted/record-of-review.pdf").display().to_string();
    let text = said(&run("pdftotext", &["-raw", &path, "-"]));
    text.replace(['\u{A0}', '\u{2011}'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_search_finds_everybody_in_a_package_that_is_not_redacted() {
    let mut walk = walked();
    let handed = hand_over(&mut walk, "police", &[], &[]).unwrap();
    let package = read(Path::new(&handed.path));
    for word in ["Quennell", "Tattershall", "Ferrybridge", "Robin"] {
        let files = found(&package, Path::new(&handed.path), word);
        assert!(files.iter().any(|name| name.ends_with(".pdf")), "{word} is in no document: {files:?}");
        assert!(files.iter().any(|name| name.ends_with(".jsonl")), "{word} is not in the excerpt: {files:?}");
    }
}

#[test]
fn the_local_authority_reads_of_nobody_but_whom_the_school_chose() {
    let mut walk = walked();
    let kept = pictures(&mut walk);
    let handed = hand_over(&mut walk, "local-authority", &[CONCERNED], &["JS/2"]).unwrap();
    let package = without(&walk, &handed, &["Tattershall", "Ferrybridge", "Robin", "Morgan"]);
    let copy = copy(&handed);
    for words in ["Alexandria Quennell", "P1", "P2 reported this", "Redacted copy. Nobody signed it", "Jo Stirling"] {
        assert!(copy.contains(words), "{words} in {copy}");
    }
    let names: Vec<&str> = package.0.keys().map(String::as_str).filter(|name| name.starts_with("data/")).collect();
    let documents = names.iter().any(|name| name.starts_with("data/documents") || name.starts_with("data/exhibits"));
    assert!(!documents && !names.iter().any(|name| name.starts_with("data/metadata")), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("data/redacted/pictures/JS-2")), "{names:?}");
    assert!(!holds_picture(&package, &kept[..1]), "a picture is there as it was captured");
    let excerpt = String::from_utf8(package.0["data/ledger/excerpt.jsonl"].clone()).unwrap();
    assert!(excerpt.lines().skip(1).all(|line| !line.contains("\"key\"")), "an entry is given");
    assert!(names.iter().filter(|name| name.starts_with("data/certificates/")).count() == 2, "{names:?}");
    let cover = said(&run("pdftotext", &["-raw", &format!("{}/data/cover-sheet.pdf", handed.path), "-"]));
    let cover = cover.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["anybody, because it is a redacted copy", "Priya Anand", "JS/1"] {
        assert!(cover.contains(words), "{words} in {cover}");
    }
    let rows = walk.house.app.hand_overs(&walk.case).unwrap().rows;
    assert_eq!(rows[0].named, [CONCERNED]);
}

#[test]
fn nobody_is_named_where_nobody_was_chosen_and_no_picture_goes_unchosen() {
    let mut walk = walked();
    let kept = pictures(&mut walk);
    let handed = hand_over(&mut walk, "local-authority", &[], &[]).unwrap();
    let all = ["Quennell", "Alexandria", "Tattershall", "Robin", "Ferrybridge", "Morgan"];
    let package = without(&walk, &handed, &all);
    assert!(!holds_picture(&package, &kept));
    assert!(package.0.keys().all(|name| !name.ends_with(".png")));
}

#[test]
fn a_subject_access_draft_names_who_asks_and_staff_who_acted() {
    let mut walk = walked();
    let handed = hand_over(&mut walk, "subject-access", &[WITNESS], &[]).unwrap();
    without(&walk, &handed, &["Quennell", "Ferrybridge", "Morgan"]);
    let copy = copy(&handed);
    for words in ["DRAFT for the data protection officer", "Robin Tattershall", "Person concerned: P1"] {
        assert!(copy.contains(words), "{words} in {copy}");
    }
    for named in [&[][..], &[WITNESS, CONCERNED][..]] {
        let Err(Stop::Fault(fault)) = hand_over(&mut walk, "subject-access", named, &[]) else { panic!("{named:?}") };
        assert_eq!(fault.code(), "hand-over-one-person");
    }
    let Err(Stop::Refused(refusal)) = hand_over(&mut walk, "subject-access", &["Somebody Else"], &[]) else {
        panic!("somebody who is not of the case asked for it")
    };
    assert_eq!(refusal.code(), RefusalCode::UnknownPerson);
}

#[test]
fn an_enrolled_subject_and_who_was_told_are_nobody_and_the_school_has_its_name() {
    let mut walk = Walk::new(House::with(&default_people()));
    let tom = walk.house.id("TO");
    let case = json!({
        "what": "Tom Oakes let Lee Hollybrook in.", "reportedTo": "Ms Harriet Wexcombe, office",
        "subject": "Member of staff A", "subjectKind": "staff", "subjectEnrolled": tom,
        "others": [{ "name": "Lee Hollybrook", "role": "witness" }],
    });
    walk.case_values = case.as_object().cloned().unwrap();
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("signed-1")).unwrap();
    let handed = hand_over(&mut walk, "local-authority", &[], &[]).unwrap();
    without(&walk, &handed, &["Oakes", "Wexcombe", "Lee Hollybrook"]);
    let copy = copy(&handed);
    for words in ["P1 let P2 in.", "Hollybrook School", "Mill Lane, Hollybrook"] {
        assert!(copy.contains(words), "{words} in {copy}");
    }
}

#[test]
fn a_picture_that_nobody_drew_over_is_not_chosen() {
    let mut walk = walked();
    let Err(Stop::Fault(fault)) = hand_over(&mut walk, "local-authority", &[], &["JS/1"]) else {
        panic!("a picture went out as it was captured")
    };
    assert_eq!(fault.code(), "hand-over-not-drawn-over");
    assert_eq!(std::fs::read_dir(stick(&walk)).unwrap().count(), 0);
}

#[test]
fn after_a_halt_that_was_released_nobody_gets_access_and_the_authority_no_picture() {
    let mut walk = walked();
    let (kept, mark) = (pictures(&mut walk), walk.pictures[0].0.clone());
    let before = hand_over(&mut walk, "local-authority", &[], &[]).unwrap();
    let told = found(&read(Path::new(&before.path)), Path::new(&before.path), "topic/88214");
    assert!(!told.is_empty(), "before HALT the copy tells the address");
    std::fs::remove_dir_all(&before.path).unwrap();
    assert_eq!(walk.perform("halt", Map::new()), Ended::Done);
    let who = |values: Value| values.as_object().cloned().unwrap();
    assert_eq!(walk.perform("release-computer", who(json!({ "who": "JS" }))), Ended::Done);
    assert_eq!(walk.perform("release-case", who(json!({ "who": "JS", "exhibits": [mark] }))), Ended::Done);
    let Err(Stop::Refused(refusal)) = hand_over(&mut walk, "subject-access", &[CONCERNED], &[]) else {
        panic!("access was given to a case that was halted")
    };
    assert_eq!(refusal.code(), RefusalCode::PoliceInterest);
    // The form from before HALT stands no more, and a copy is made of one that stands.
    let Err(Stop::Refused(refusal)) = hand_over(&mut walk, "local-authority", &[], &[]) else {
        panic!("a copy was made of a form that stands no more")
    };
    assert_eq!(refusal.code(), RefusalCode::FormFirst);
    let variants = walk.house.app.hand_overs(&walk.case).unwrap().variants;
    let authority = variants.iter().find(|variant| variant.id == "local-authority").unwrap();
    assert!(authority.refused.as_ref().unwrap().contains("has to be made again"), "{:?}", authority.refused);
    walk_on(&mut walk, "judgement", "signed-1").unwrap();
    let stopped = hand_over(&mut walk, "local-authority", &[], &["JS/2"]);
    assert!(
        matches!(&stopped, Err(Stop::Refused(refusal)) if refusal.code() == RefusalCode::StaysSealed),
        "{stopped:?}"
    );
    assert_eq!(std::fs::read_dir(stick(&walk)).unwrap().count(), 0);
    for delivery in ["bag", "loose"] {
        let (case, mut form) = (walk.case.clone(), form(&walk, "local-authority"));
        delivery.clone_into(&mut form.delivery);
        let handed = walk.house.app.hand_over(&case, &form).unwrap();
        // In a case that was halted an address stands in the police referral record alone.
        let package = without(&walk, &handed, &["board.example", "board[.]example", "topic/88214"]);
        assert!(!holds_picture(&package, &kept) && package.0.keys().all(|name| !name.ends_with(".png")), "{delivery}");
    }
}

#[test]
fn one_changed_byte_of_a_redacted_package_is_found() {
    let mut walk = walked();
    let handed = hand_over(&mut walk, "local-authority", &[CONCERNED], &["JS/2"]).unwrap();
    let package = read(Path::new(&handed.path));
    for (name, bytes) in &package.0 {
        let mut changed = package.clone();
        changed.0.get_mut(name).unwrap()[bytes.len() / 2] ^= 1;
        assert_eq!(verdict(&walk, &changed).wholeness(), Wholeness::Altered, "{name}");
    }
}
