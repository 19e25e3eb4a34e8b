//! HALT, at the command layer: what must not come out does not, on each way by itself.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::Arc;

use acceptance::doubles::Told;
use acceptance::house::{House, default_people};
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_to};
use serde_json::{Map, json};
use trail_app::wire::Answer;

fn walked(upto: &str) -> Walk {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some(upto)).unwrap();
    walk
}

fn values(value: serde_json::Value) -> Map<String, serde_json::Value> {
    value.as_object().cloned().unwrap()
}

fn halted(walk: &mut Walk) {
    assert_eq!(walk.perform("halt", Map::new()), Ended::Done);
    assert!(walk.house.app.view().halt_stands.is_some());
}

#[test]
fn halt_during_a_capture_voids_it() {
    let mut walk = walked("captured");
    let brake = walk.house.app.brake();
    walk.house.browser.lock().unwrap().brake = Some(brake);
    let before = walk.pictures.len();
    let ended = walk.perform("capture", Map::new());
    assert!(matches!(&ended, Ended::Trouble(code, _) if code == "capture-void"), "{ended:?}");
    assert_eq!(walk.pictures.len(), before, "a capture that HALT came into was kept");
    halted(&mut walk);
}

#[test]
fn halt_during_an_import_a_drawing_or_a_shot_keeps_nothing_of_it() {
    for act in ["import", "mark", "screen"] {
        let mut walk = walked("captured");
        let brake = walk.house.app.brake();
        walk.house.browser.lock().unwrap().brake = Some(brake);
        let before = walk.pictures.len();
        let ended = walk.perform(act, Map::new());
        assert!(matches!(&ended, Ended::Trouble(code, _) if code == "capture-void"), "{act}: {ended:?}");
        assert_eq!(walk.view().unwrap().exhibits.len(), 1, "{act}: what HALT came into was kept");
        assert_eq!(walk.pictures.len(), before);
        halted(&mut walk);
        let ended = walk.perform(act, Map::new());
        assert!(matches!(&ended, Ended::Refused(..) | Ended::Trouble(..)), "{act} after HALT: {ended:?}");
    }
}

#[test]
fn a_window_is_listed_and_shot_only_in_a_session_and_the_one_that_was_asked_about() {
    let mut walk = walked("computer");
    for act in ["list-screens", "screen"] {
        let ended = walk.perform(act, Map::new());
        assert!(matches!(&ended, Ended::Trouble(code, _) if code == "no-session-here"), "{act}: {ended:?}");
    }
    let mut walk = walked("session");
    assert_eq!(walk.perform("list-screens", Map::new()), Ended::Done);
    let told = Arc::clone(&walk.house.browser);
    assert!(told.lock().unwrap().asked.iter().all(|asked| asked != "shot a window"), "a list shows nothing");
    // Its name changes between the question and the picture: another talk may be in it.
    told.lock().unwrap().renamed = Some("Placeholder chat 2".to_owned());
    let ended = walk.perform("screen", Map::new());
    assert!(matches!(&ended, Ended::Refused(code, _) if code == "not-what-was-gated"), "{ended:?}");
    assert!(walk.view().unwrap().exhibits.is_empty(), "another window than the one asked about was kept");
    told.lock().unwrap().renamed = None;
    assert_eq!(walk.perform("screen", Map::new()), Ended::Done);
    let exhibit = walk.view().unwrap().exhibits.remove(0);
    let fact = |label: &str| exhibit.facts.iter().find(|fact| fact.label == label).unwrap().value.clone();
    assert_eq!(fact("Name, as the system gives it"), "Placeholder chat");
    assert_eq!((fact("Pixels"), fact("Taken by")), ("320 by 200".to_owned(), "recording double 1".to_owned()));
    assert_eq!(fact("Other windows over it"), "Not recorded, because the double does not tell");
    assert!(walk.can_read(&exhibit.pictures[0].sha256));
    halted(&mut walk);
    for act in ["list-screens", "screen"] {
        let asked = told.lock().unwrap().asked.len();
        let ended = walk.perform(act, Map::new());
        assert!(!matches!(ended, Ended::Done), "{act} after HALT");
        assert_eq!(told.lock().unwrap().asked.len(), asked, "{act}: the window system was asked after HALT");
    }
}

#[test]
fn halt_while_the_windows_are_listed_names_none() {
    let mut walk = walked("session");
    let brake = walk.house.app.brake();
    walk.house.browser.lock().unwrap().brake = Some(brake);
    let ended = walk.perform("list-screens", Map::new());
    assert!(matches!(&ended, Ended::Trouble(code, _) if code == "capture-void"), "{ended:?}");
    assert!(walk.house.browser.lock().unwrap().asked.iter().any(|asked| asked == "listed windows"));
    halted(&mut walk);
}

#[test]
fn a_whole_screen_is_not_shot_while_a_page_stands_revealed_and_no_page_keeps_anybody_from_halt() {
    let mut walk = walked("session");
    assert_eq!(walk.perform("visit", Map::new()), Ended::Done);
    let told = Arc::clone(&walk.house.browser);
    let shots = |told: &Told| told.asked.iter().filter(|asked| *asked == "shot a window").count();
    let whole = || values(json!({ "what": "screen" }));
    let before = walk.view().unwrap().entries;
    let ended = walk.perform("screen", whole());
    assert!(matches!(&ended, Ended::Trouble(code, _) if code == "screen-page-revealed"), "{ended:?}");
    assert_eq!(shots(&told.lock().unwrap()), 0, "the page was in the picture");
    assert_eq!(walk.view().unwrap().entries, before, "something was recorded of it");
    // The double always shoots its window, so what comes of a screen is not what was asked about.
    let case = walk.case.clone();
    let cover = serde_json::from_value(json!({ "go": "cover" })).unwrap();
    walk.house.app.browse(&case, cover).unwrap();
    let ended = walk.perform("screen", whole());
    assert!(matches!(&ended, Ended::Refused(code, _) if code == "not-what-was-gated"), "{ended:?}");
    // A browser that is gone shows nothing, though nobody covered the page.
    assert_eq!(walk.perform("visit", Map::new()), Ended::Done);
    told.lock().unwrap().crash = true;
    let ended = walk.perform("screen", whole());
    assert!(matches!(&ended, Ended::Refused(code, _) if code == "not-what-was-gated"), "{ended:?}");
    assert_eq!(shots(&told.lock().unwrap()), 2);
    assert_eq!(walk.perform("visit", Map::new()), Ended::Done);
    walk.perform("screen", values(json!({ "what": "screen", "child": "yes" })));
    assert!(walk.view().unwrap().halt.is_some(), "a revealed page kept somebody from HALT");
}

#[test]
fn practice_names_and_shoots_no_window() {
    let mut house = House::with(&default_people());
    let practice = house.folder().join("practice");
    std::fs::create_dir_all(&practice).unwrap();
    for entry in std::fs::read_dir(house.folder().join("store")).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), practice.join(entry.file_name())).unwrap();
    }
    house.app.begin_practice().unwrap();
    let mut walk = Walk::new(house);
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("session")).unwrap();
    let case = walk.case.clone();
    let named = walk.house.app.screens(&case).unwrap();
    assert!(named.all.is_empty() && named.cannot.is_some_and(|why| why.contains("Practice mode")));
    let ended = walk.perform("screen", Map::new());
    assert!(matches!(&ended, Ended::Trouble(code, _) if code == "practice-no-screen"), "{ended:?}");
    let asked = walk.house.browser.lock().unwrap().asked.clone();
    assert!(!asked.iter().any(|what| what.contains("window")), "the window system was asked: {asked:?}");
}

#[test]
fn the_bytes_of_a_file_as_it_came_are_not_handed_to_a_window() {
    let mut walk = walked("session");
    assert_eq!(walk.perform("import", Map::new()), Ended::Done);
    let exhibit = walk.view().unwrap().exhibits.remove(0);
    let original = exhibit.facts.iter().find(|fact| fact.label == "SHA-256 of the file as it came").unwrap();
    assert!(!walk.can_read(&original.value), "the original was handed out");
    assert!(walk.can_read(&exhibit.pictures[0].sha256), "the picture made from it is seen");
}

#[test]
fn a_file_that_is_too_large_empty_or_cut_is_refused_in_words() {
    let mut walk = walked("session");
    let big = values(json!({ "size": 200 * 1024 * 1024, "content": "nothing" }));
    let none = values(json!({ "size": 0, "content": "nothing" }));
    let cut = values(json!({ "size": 9 }));
    for (given, code) in [(big, "import-too-large"), (none, "import-empty"), (cut, "import-cut")] {
        let ended = walk.perform("import", given);
        assert!(matches!(&ended, Ended::Trouble(met, _) if met == code), "{code}: {ended:?}");
    }
    assert!(walk.view().unwrap().exhibits.is_empty());
}

#[test]
fn a_file_of_any_size_can_start_a_halt() {
    for size in [0_u64, 200 * 1024 * 1024] {
        let mut walk = walked("session");
        walk.perform("import", values(json!({ "size": size, "child": "yes" })));
        assert!(walk.view().unwrap().halt.is_some(), "{size} bytes");
    }
}

#[test]
fn the_browser_is_dead_before_the_entry_is_written() {
    let mut walk = walked("captured");
    halted(&mut walk);
    assert_eq!(walk.house.browser.lock().unwrap().asked.last().map(String::as_str), Some("killed"));
}

#[test]
fn a_halted_case_shows_no_picture_on_its_pages() {
    let mut walk = walked("captured");
    assert!(walk.view().unwrap().exhibits.iter().any(|exhibit| !exhibit.pictures.is_empty()));
    halted(&mut walk);
    let view = walk.view().unwrap();
    assert!(view.exhibits.iter().all(|exhibit| exhibit.pictures.is_empty()));
    assert!(!view.images_allowed);
    assert_eq!(view.halt.unwrap().sealed, ["JS/1"]);
}

#[test]
fn a_picture_is_refused_by_its_hash() {
    let mut walk = walked("captured");
    let (_, sha256) = walk.pictures[0].clone();
    assert!(walk.can_read(&sha256));
    halted(&mut walk);
    assert!(!walk.can_read(&sha256));
}

#[test]
fn documents_with_pictures_are_neither_shown_nor_saved() {
    let mut walk = walked("signed-1");
    let documents = walk.view().unwrap().documents;
    let case = walk.case.clone();
    for document in &documents {
        assert!(walk.house.app.document(&case, &document.sha256).is_ok(), "{}", document.name);
    }
    halted(&mut walk);
    for document in &documents {
        assert!(walk.house.app.document(&case, &document.sha256).is_err(), "{} was shown", document.name);
        assert!(walk.save(&document.sha256).is_err(), "{} was saved", document.name);
    }
    assert!(!walk.house.folder().join("outgoing").exists(), "a file was left outside");
}

#[test]
fn only_the_referral_record_goes_on_and_names_saved_copies() {
    let mut walk = walked("signed-1");
    let volume = walk.view().unwrap().documents.into_iter().find(|document| document.kind == "volume").unwrap();
    walk.save(&volume.sha256).unwrap();
    halted(&mut walk);
    assert!(matches!(walk.perform("make-form", Map::new()), Ended::Refused(code, _) if code == "halted"));
    assert_eq!(walk.perform("make-referral", Map::new()), Ended::Done);
    let referral = walk.view().unwrap().documents.into_iter().find(|document| document.kind == "referral").unwrap();
    let saved = walk.save(&referral.sha256).unwrap();
    let text = acceptance::outside::run("pdftotext", &["-layout", &saved.path, "-"]);
    let text = String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(&format!("{}, saved", volume.name)), "the saved copy is not named:\n{text}");
    let images = acceptance::outside::run("pdfimages", &["-list", &saved.path]);
    assert_eq!(String::from_utf8_lossy(&images.stdout).lines().count(), 2, "a picture stands in the referral record");
}

#[test]
fn halt_holds_after_the_next_start() {
    let mut walk = walked("captured");
    let (_, sha256) = walk.pictures[0].clone();
    halted(&mut walk);
    walk.house.app.lock();
    for who in ["JS", "PA"] {
        assert_eq!(walk.perform("sign-in", values(json!({ "who": who }))), Ended::Done);
    }
    assert!(!walk.can_read(&sha256));
    assert!(walk.house.app.view().halt_stands.is_some());
}

#[test]
fn a_halt_pressed_in_the_browsers_window_is_a_halt() {
    let mut walk = walked("captured");
    walk.house.browser.lock().unwrap().halt = true;
    let case = walk.case.clone();
    assert!(walk.house.app.review(&case).unwrap().halted);
}

#[test]
fn a_halt_pressed_in_the_browsers_window_is_answered_by_whatever_comes_next() {
    for act in ["capture", "import", "mark", "screen", "end-session"] {
        let mut walk = walked("captured");
        walk.house.browser.lock().unwrap().halt = true;
        let before = walk.view().unwrap().exhibits.len();
        walk.perform(act, Map::new());
        let view = walk.view().unwrap();
        assert!(view.halt.is_some(), "{act} came before the press");
        assert_eq!(view.exhibits.len(), before, "{act} kept something");
    }
}

#[test]
fn a_halt_pressed_in_its_window_while_a_picture_is_made_keeps_nothing_of_it() {
    for act in ["capture", "import", "mark", "screen"] {
        let mut walk = walked("captured");
        walk.house.browser.lock().unwrap().halt_meanwhile = true;
        let before = walk.view().unwrap().exhibits.len();
        let ended = walk.perform(act, Map::new());
        assert!(matches!(&ended, Ended::Trouble(code, _) if code == "capture-void"), "{act}: {ended:?}");
        assert_eq!(walk.view().unwrap().exhibits.len(), before, "{act}: what HALT came into was kept");
        let case = walk.case.clone();
        assert!(walk.house.app.review(&case).unwrap().halted, "{act}: the press was lost");
    }
}

#[test]
fn a_halt_pressed_in_its_window_is_not_lost_when_the_people_leave() {
    let mut walk = walked("captured");
    walk.house.browser.lock().unwrap().halt = true;
    walk.house.app.lock();
    for who in ["JS", "PA"] {
        assert_eq!(walk.perform("sign-in", values(json!({ "who": who }))), Ended::Done);
    }
    assert!(walk.view().unwrap().halt.is_some());
}

#[test]
fn halt_without_a_case_kills_the_browser_and_seals_nothing() {
    let mut walk = walked("triage");
    let answer = walk.house.app.halt(None).unwrap();
    assert!(answer.is_none());
    assert!(matches!(walk.house.app.halt(Some(&walk.case)).unwrap(), Some(Answer::Halted { .. })));
}

#[test]
fn the_canary_of_a_picture_is_nowhere_in_the_clear() {
    let walk = walked("captured");
    let picture = acceptance::doubles::coloured(320, 200, [20, 80, 120]);
    let canaries: [&[u8]; 3] = [&picture[picture.len() / 2..], b"Getting round the filter", b"board.example/topic"];
    let mut searched = 0;
    search(walk.house.folder(), &mut |bytes, path| {
        searched += 1;
        for canary in canaries {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary), "in the clear in {}", path.display());
        }
    });
    assert!(searched >= 3, "only {searched} files were searched");
}

fn search(folder: &Path, look: &mut impl FnMut(&[u8], &Path)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, look);
        } else {
            look(&std::fs::read(&path).unwrap(), &path);
        }
    }
}
