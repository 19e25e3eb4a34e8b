//! What is in a process's memory: keys that the test knows because chance was fixed, and words that it chose.

use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::json;
use trail_app::ports::Keychain;
use trail_store::Entropy;

use crate::house::{Doubles, House, START, default_people, set_up};
use crate::perform::Walk;
use crate::script::{sign_in, walk_to};

pub mod needles;
pub mod search;

pub use needles::{Drawn, Secrets};
pub use search::{Needle, Sighting, around, search, told};

/// Chance that comes from a seed: who knows the seed knows every key. It tells its draws to who asked for them.
#[derive(Clone, Default)]
pub struct Seeded {
    seed: [u8; 16],
    drawn: Arc<Mutex<u64>>,
    told: Option<Arc<Mutex<Vec<Vec<u8>>>>>,
}

impl Seeded {
    /// From this seed.
    #[must_use]
    pub fn from(seed: [u8; 16]) -> Self {
        Self { seed, ..Self::default() }
    }

    /// From this seed, keeping what it gives.
    #[must_use]
    pub fn telling(seed: [u8; 16]) -> Self {
        Self { seed, drawn: Arc::default(), told: Some(Arc::default()) }
    }

    /// What it gave so far.
    #[must_use]
    pub fn told(&self) -> Vec<Vec<u8>> {
        self.told.as_ref().map_or_else(Vec::new, |told| told.lock().unwrap().clone())
    }
}

impl Entropy for Seeded {
    fn fill(&self, out: &mut [u8]) {
        let mut number = self.drawn.lock().unwrap();
        for part in out.chunks_mut(32) {
            *number += 1;
            let mut input = self.seed.to_vec();
            input.extend(number.to_be_bytes());
            part.copy_from_slice(&ring::digest::digest(&ring::digest::SHA256, &input).as_ref()[..part.len()]);
        }
        if let Some(told) = &self.told {
            told.lock().unwrap().push(out.to_vec());
        }
    }
}

/// Doubles for all ports, with this chance and this keychain.
#[must_use]
pub fn doubles(entropy: Seeded, keychain: Box<dyn Keychain>) -> Doubles {
    let mut doubles = Doubles::new(START, keychain);
    doubles.ports.entropy = Box::new(entropy);
    doubles
}

/// Sets a school up in `folder` and reviews a case, with these words in its report; both people stay signed in.
/// `after` hears the name of each part that is done.
///
/// # Errors
/// - If it does not go through.
pub fn work(folder: &Path, doubles: Doubles, words: &str, mut after: impl FnMut(&str)) -> Result<Walk, String> {
    let mut house = House::given(folder, doubles).map_err(|fault| fault.to_string())?;
    house.app.set_up(&set_up(&default_people())).map_err(|fault| fault.to_string())?;
    house.learn_people();
    after("set-up");
    let mut walk = Walk::new(house);
    sign_in(&mut walk, &["PA".to_owned()])?;
    after("sign-in");
    walk.case_values.insert("what".to_owned(), json!(words));
    walk.case_values.insert("title".to_owned(), json!(words));
    walk_to(&mut walk, Some("reported"))?;
    walk.case_values = serde_json::Map::new();
    after("open-case");
    let acts =
        ["preserve", "finish-preserve", "triage", "form-group", "choose-computer", "open-session", "visit", "capture"];
    for act in acts {
        let ended = walk.perform(act, serde_json::Map::new());
        if ended != crate::perform::Ended::Done {
            return Err(format!("{act}: {ended:?}"));
        }
    }
    after("review");
    Ok(walk)
}
