//! A home with a school in it, brought to a point of the procedure without a window.

use serde_json::{Map, Value};
use tempfile::TempDir;

use crate::given;
use crate::house::House;
use crate::outside::built;
use crate::perform::{Ended, Walk};

/// A home whose one case stands just before this point of [`given::PATH`]; `other` are the report's values that
/// differ from the happy path's. Real parts and the real clock made it, as a window would have.
#[must_use]
pub fn home_before(point: &str, other: &[(&str, Value)]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let made_in = tempfile::tempdir_in(home.path()).unwrap();
    let house = House::real(made_in, built("evidence-trail"), Vec::new()).unwrap();
    let mut walk = Walk::new(house);
    walk.case_values = other.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    for act in given::PATH.iter().take_while(|(reached, _)| *reached != point).flat_map(|(_, acts)| acts.iter()) {
        assert_eq!(walk.perform(act, Map::new()), Ended::Done, "{act}");
    }
    walk.house.app.lock();
    let made = walk.house.keep();
    std::fs::rename(made.join("store"), home.path().join("store")).unwrap();
    home
}
