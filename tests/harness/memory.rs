//! What is in a process's memory: keys that the test knows because chance was fixed, and words that it chose.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::json;
use trail_app::ports::Keychain;
use trail_store::Entropy;

use crate::house::{Doubles, House, START, default_people, set_up};
use crate::perform::Walk;
use crate::script::{sign_in, walk_to};

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

/// Sets a school up in `folder` and reviews a case, with these words in its report; both people stay signed in.
/// `after` hears the name of each part that is done.
///
/// # Errors
/// - If it does not go through.
pub fn work(
    folder: &Path,
    entropy: Seeded,
    keychain: Box<dyn Keychain>,
    words: &str,
    mut after: impl FnMut(&str),
) -> Result<Walk, String> {
    let mut doubles = Doubles::new(START, keychain);
    doubles.ports.entropy = Box::new(entropy);
    let mut house = House::given(folder, doubles).map_err(|fault| fault.to_string())?;
    house.app.set_up(&set_up(&default_people())).map_err(|fault| fault.to_string())?;
    house.learn_people();
    after("set-up");
    let mut walk = Walk::new(house);
    sign_in(&mut walk, &["PA".to_owned()])?;
    after("sign-in");
    walk.case_values.insert("what".to_owned(), json!(words));
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

/// Something to look for.
pub struct Needle {
    /// Its name.
    pub name: String,
    /// Its bytes; at least 8.
    pub bytes: Vec<u8>,
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// What.
    pub name: String,
    /// In which mapping.
    pub region: String,
    /// At which address.
    pub at: u64,
}

/// Looks through everything that a process has in memory. Answers what was found, and how many bytes were read.
///
/// # Errors
/// - If its memory cannot be read.
pub fn search(pid: u32, needles: &[Needle]) -> Result<(Vec<Sighting>, u64), String> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).map_err(|error| error.to_string())?;
    let memory = File::open(format!("/proc/{pid}/mem")).map_err(|error| error.to_string())?;
    let mut starts: HashMap<[u8; 8], Vec<usize>> = HashMap::new();
    let mut second = vec![false; 1 << 16];
    for (number, needle) in needles.iter().enumerate() {
        let start: [u8; 8] = needle.bytes[..8].try_into().map_err(|_| "a needle is too short".to_owned())?;
        starts.entry(start).or_default().push(number);
        second[usize::from(u16::from_le_bytes([start[0], start[1]]))] = true;
    }
    let (mut found, mut read) = (Vec::new(), 0);
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (Some(range), Some(rights)) = (parts.next(), parts.next()) else { continue };
        let name = parts.nth(3).unwrap_or("anonymous");
        if !rights.starts_with('r') || name.starts_with("[v") {
            continue;
        }
        let Some((from, to)) = range.split_once('-') else { continue };
        let (Ok(from), Ok(to)) = (u64::from_str_radix(from, 16), u64::from_str_radix(to, 16)) else { continue };
        let mut bytes = vec![0; (to - from) as usize];
        // What cannot be read (a page that was never touched) stays zero.
        for (page, part) in (0..).zip(bytes.chunks_mut(1 << 20)) {
            let _ = memory.read_exact_at(part, from + page * (1 << 20));
        }
        read += bytes.len() as u64;
        for (at, window) in bytes.windows(8).enumerate() {
            if !second[usize::from(u16::from_le_bytes([window[0], window[1]]))] {
                continue;
            }
            let Some(candidates) = starts.get(window) else { continue };
            for number in candidates.iter().filter(|number| bytes[at..].starts_with(&needles[**number].bytes)) {
                let name_of = needles[*number].name.clone();
                found.push(Sighting { name: name_of, region: name.to_owned(), at: from + at as u64 });
            }
        }
    }
    Ok((found, read))
}
