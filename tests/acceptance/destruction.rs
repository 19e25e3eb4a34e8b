//! A whole case is destroyed: two people ask and agree once its review date has come, the head decides, a certificate is
//! kept. Afterwards nothing of it can be read, with the recovery codes neither, and the record holds.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use acceptance::house::{Doubles, House, PASSPHRASE, START, default_people, set_up};
use acceptance::outside::run;
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_to};
use acceptance::soak::check::recovered;
use acceptance::soak::line::Drawer;
use serde_json::{Map, Value, json};
use trail_app::wire::Answer;
use trail_app::wire::store::MakeBackup;
use trail_domain::ids::CaseId;

/// The day after the review date of the happy path.
const DUE: &str = "2032-11-23T09:00:00Z";
const WORDS: &str = "Quince-Marzipan-Velocipede";

/// A school in a folder with a case that is signed, retained and backed up.
struct Retained {
    folder: PathBuf,
    drawer: Drawer,
    codes: [String; 2],
    case: String,
}

fn retained(ground: &Path) -> Retained {
    let (folder, stick) = (ground.join("school"), ground.join("stick"));
    std::fs::create_dir_all(&stick).unwrap();
    let drawer = Drawer::default();
    let mut house = House::given(&folder, Doubles::new(START, Box::new(drawer.clone()))).unwrap();
    let codes = house.app.set_up(&set_up(&default_people())).unwrap().codes;
    house.learn_people();
    let mut walk = Walk::new(house);
    walk.house.app.lock();
    walk.case_values.insert("what".to_owned(), json!(WORDS));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("closed")).unwrap();
    walk.house.app.lock();
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    let form = MakeBackup {
        folder: stick.display().to_string(),
        medium: "USB stick 2".to_owned(),
        holder: "Amara Okonkwo-Pryce".to_owned(),
        person: walk.house.id("JS"),
        passphrase: PASSPHRASE.to_owned(),
    };
    walk.house.app.make_backup(&form).unwrap();
    walk.house.app.put_draft("finding", WORDS, None).unwrap();
    walk.house.app.lock();
    Retained { folder, drawer, codes, case: walk.case.clone() }
}

/// The school as it is at this moment, nobody signed in.
fn at(school: &Retained, moment: &str) -> Walk {
    let doubles = Doubles::new(moment, Box::new(school.drawer.clone()));
    let mut walk = Walk::new(House::given(&school.folder, doubles).unwrap());
    walk.case.clone_from(&school.case);
    walk
}

fn signed_in(walk: &mut Walk, who: &[&str]) {
    walk.house.app.lock();
    let who: Vec<String> = who.iter().map(|who| (*who).to_owned()).collect();
    sign_in(walk, &who).unwrap();
}

fn by(who: &str) -> Map<String, Value> {
    Map::from_iter([("who".to_owned(), json!(who))])
}

#[test]
fn a_whole_case_is_destroyed_and_nothing_of_it_can_be_read() {
    let ground = tempfile::tempdir().unwrap();
    let school = retained(ground.path());
    let id = CaseId::try_from(school.case.clone()).unwrap();
    // Before: with both codes everything of it can be read.
    let vault = recovered(&school.folder.join("store"), &school.codes).unwrap();
    assert!(vault.cases().unwrap().contains(&id) && !vault.events(&id).unwrap().is_empty());
    drop(vault);
    let mut walk = at(&school, DUE);
    signed_in(&mut walk, &["JS", "PA"]);
    let view = walk.view().unwrap();
    let pictures: Vec<String> =
        view.exhibits.iter().flat_map(|exhibit| &exhibit.pictures).map(|picture| picture.sha256.clone()).collect();
    let documents: Vec<String> = view.documents.iter().map(|document| document.sha256.clone()).collect();
    assert!(!pictures.is_empty() && documents.len() >= 2);
    assert!(walk.house.app.get_draft("finding", None).unwrap().is_some());

    assert_eq!(walk.perform("ask-destruction", by("JS")), Ended::Done);
    assert_eq!(walk.perform("agree-destruction", by("PA")), Ended::Done);
    signed_in(&mut walk, &["AO"]);
    let asked = walk.view().unwrap().destructions.last().unwrap().asked.clone();
    let head = walk.house.id("AO");
    let wrong = walk.house.app.destroy(&school.case, &asked, &head, "not the passphrase of anybody").unwrap();
    assert!(matches!(wrong, Answer::Trouble { .. }), "{wrong:?}");
    let Answer::Destroyed { certificate, .. } =
        walk.house.app.destroy(&school.case, &asked, &head, PASSPHRASE).unwrap()
    else {
        panic!("it is destroyed")
    };

    says_what_was_destroyed(&certificate.unwrap(), &view.reference);
    for who in [&["AO"][..], &["JS", "PA"]] {
        signed_in(&mut walk, who);
        nothing_is_read(&mut walk, &pictures, &documents);
        assert!(walk.house.app.get_draft("finding", None).unwrap().is_none(), "a draft of it was left");
    }
    assert!(walk.house.app.check_ledger().unwrap().holds);
    assert!(walk.house.app.view().broken_anchor.is_none());
    walk.house.app.lock();
    drop(walk);
    let vault = recovered(&school.folder.join("store"), &school.codes).unwrap();
    assert!(!vault.cases().unwrap().contains(&id), "the recovery codes still open it");
    assert!(vault.events(&id).is_err());
    assert!(vault.verify(|_| {}).unwrap().holds());
}

fn nothing_is_read(walk: &mut Walk, pictures: &[String], documents: &[String]) {
    let case = walk.case.clone();
    let app = &mut walk.house.app;
    assert!(app.cases(None, None).unwrap().rows.is_empty(), "it is still in the list");
    assert!(app.cases(None, Some(WORDS)).unwrap().rows.is_empty());
    assert!(app.case_view(&case).is_err() && app.timeline(&case).is_err());
    for picture in pictures {
        assert!(app.picture(&case, picture).is_err(), "a picture is still read");
    }
    for document in documents {
        assert!(app.document(&case, document).is_err(), "a document is still read");
    }
}

/// The certificate names the case, all three people, and the backup that still holds it; none of its words.
fn says_what_was_destroyed(certificate: &str, reference: &str) {
    let text = run("pdftotext", &["-layout", certificate, "-"]);
    let text = String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for wanted in [reference, "Jo Stirling", "Priya Anand", "Amara Okonkwo-Pryce", "USB stick 2", "File of an exhibit"]
    {
        assert!(text.contains(wanted), "the certificate does not say {wanted:?}:\n{text}");
    }
    assert!(!text.contains(WORDS));
}
