//! A home with a school in it, brought to a point of the procedure without a window.

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::doubles::NoKeychain;
use crate::given;
use crate::house::{DEFAULT, Doubles, House, default_people, set_up};
use crate::outside::built;
use crate::packs::bundled;
use crate::perform::{Ended, Walk};
use crate::script::{sign_in, walk_on, walk_to};

/// When the school of [`kept_since`] was set up.
const SINCE: &str = "2026-01-12T09:00:00Z";

/// The day on which its case is looked at again.
const REVIEW_ON: &str = "2026-02-12";

/// A home whose one case stands just before this point of [`given::PATH`]; `other` are the report's values that
/// differ from the happy path's. Real parts and the real clock made it, as a window would have.
#[must_use]
pub fn home_before(point: &str, other: &[(&str, Value)]) -> TempDir {
    home_under(DEFAULT, point, other)
}

/// The same under this pack.
#[must_use]
pub fn home_under(pack: &str, point: &str, other: &[(&str, Value)]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let made_in = tempfile::tempdir_in(home.path()).unwrap();
    let house = House::real_under(pack, made_in, built("evidence-trail"), Vec::new()).unwrap();
    let mut walk = Walk::under(bundled(pack), house);
    walk.case_values = other.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    for act in given::PATH.iter().take_while(|(reached, _)| *reached != point).flat_map(|(_, acts)| acts.iter()) {
        assert_eq!(walk.perform(act, Map::new()), Ended::Done, "{act}");
    }
    walk.house.app.lock();
    let made = walk.house.keep();
    std::fs::rename(made.join("store"), home.path().join("store")).unwrap();
    home
}

/// A home that is older than its window, and what only its people know.
pub struct Kept {
    /// The home.
    pub home: TempDir,
    /// Both recovery codes, as they are printed.
    pub codes: [String; 2],
    /// The record of review as a file, where the case is signed off.
    pub record: Vec<u8>,
}

/// A home whose one case was signed off and retained months ago, so that the day of its review is past.
#[must_use]
pub fn kept_since() -> Kept {
    let (walk, home, codes) = walked("retained");
    kept(walk, home, codes)
}

/// The same with a second exhibit, of two pictures.
#[must_use]
pub fn kept_with_two_exhibits() -> Kept {
    let (mut walk, home, codes) = walked("captured");
    let whole = Map::from_iter([("kind".to_owned(), json!("whole-page"))]);
    assert_eq!(walk.perform("capture", whole), Ended::Done);
    walk_on(&mut walk, "captured", "retained").unwrap();
    kept(walk, home, codes)
}

fn kept(mut walk: Walk, home: TempDir, codes: [String; 2]) -> Kept {
    let retain = Map::from_iter([("reviewOn".to_owned(), json!(REVIEW_ON))]);
    assert_eq!(walk.perform("retain", retain), Ended::Done);
    let record = walk.view().unwrap().documents.into_iter().find(|document| document.kind == "record").unwrap();
    let record = walk.house.app.document(&walk.case, &record.sha256).unwrap().to_vec();
    walk.house.app.lock();
    Kept { home, codes, record }
}

/// A home whose one case stands before its first session.
#[must_use]
pub fn before_a_session() -> Kept {
    let (mut walk, home, codes) = walked("review");
    walk.house.app.lock();
    Kept { home, codes, record: Vec::new() }
}

fn walked(point: &str) -> (Walk, TempDir, [String; 2]) {
    let home = tempfile::tempdir().unwrap();
    let mut house = House::given(home.path(), Doubles::new(SINCE, Box::new(NoKeychain))).unwrap();
    let codes = house.app.set_up(&set_up(&default_people())).unwrap().codes;
    house.learn_people();
    let mut walk = Walk::new(house);
    sign_in(&mut walk, &["PA".to_owned()]).unwrap();
    walk_to(&mut walk, Some(point)).unwrap();
    (walk, home, codes)
}
