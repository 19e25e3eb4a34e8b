//! What a journey starts from: a school's folder with a case at some point, made once and copied for each run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use evidence_trail::parts::clock::SystemEntropy;
use tempfile::TempDir;
use trail_domain::event::Recorded;
use trail_store::{Entropy, Open, StoreError, Vault};

use crate::house::{Doubles, House, START, default_people, set_up};
use crate::memory::Seeded;
use crate::perform::Walk;
use crate::script::{sign_in, walk_to};

use super::check::recovered;
use super::line::{Drawer, Secrets, Seen};
use super::points;

/// When a journey starts, and when it is looked at afterwards.
pub const JOURNEY: &str = "2026-11-23T09:00:00Z";
/// Later than any journey.
pub const AFTERWARDS: &str = "2026-11-24T09:00:00Z";

/// What is in the store's place when a journey starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// A store of this version.
    WithStore,
    /// The store of version 1 that is kept as a fixture.
    WithVersion1,
    /// Nothing: a new computer.
    WithoutStore,
    /// A store that cannot be opened.
    WithDamage,
}

/// What a journey may destroy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    Nothing,
    /// The whole case.
    Case,
    /// This entry of it.
    Entry(u64),
}

/// A folder to start from.
pub struct Template {
    pub(super) folder: TempDir,
    /// What the keychain holds.
    pub secrets: Secrets,
    /// The case; empty where there is none.
    pub case: String,
    /// The recovery codes.
    pub codes: [String; 2],
    /// What is in the store's place.
    pub begins: Begins,
    /// What the record holds before the journey; without the store's own notes.
    pub standing: Vec<Seen>,
    /// What the journey may destroy.
    pub target: Target,
    /// What chance gave when the store was made: its data key is among it.
    pub drawn: Vec<Vec<u8>>,
}

impl Template {
    /// A school without a case.
    ///
    /// # Errors
    /// - If the school cannot be set up.
    pub fn empty() -> Result<Self, String> {
        let folder = tempfile::tempdir_in(ground()).map_err(|error| error.to_string())?;
        let drawer = Drawer::default();
        let chance = Seeded::telling(uncommon());
        let mut doubles = Doubles::new(START, Box::new(drawer.clone()));
        doubles.ports.entropy = Box::new(chance.clone());
        let mut house = House::given(folder.path(), doubles).map_err(|fault| fault.to_string())?;
        let made = house.app.set_up(&set_up(&default_people())).map_err(|fault| fault.to_string())?;
        house.app.lock();
        drop(house);
        let mut made = Self {
            folder,
            secrets: drawer.secrets(),
            case: String::new(),
            codes: made.codes,
            begins: Begins::WithStore,
            standing: Vec::new(),
            target: Target::Nothing,
            drawn: chance.told(),
        };
        made.learn_standing()?;
        Ok(made)
    }

    /// The same school with a case that has reached this point.
    ///
    /// # Errors
    /// - If the case does not get there.
    pub fn walked(&self, point: &str) -> Result<Self, String> {
        self.worked_on(START, &["JS", "PA"], |walk, _| walk_to(walk, Some(point)))
    }

    /// The same school after some work of these people, which began at this moment.
    ///
    /// # Errors
    /// - If the work does not go through.
    pub fn worked_on(
        &self,
        from: &str,
        people: &[&str],
        work: impl FnOnce(&mut Walk, &mut Target) -> Result<(), String>,
    ) -> Result<Self, String> {
        let folder = tempfile::tempdir_in(ground()).map_err(|error| error.to_string())?;
        self.copy_to(folder.path())?;
        let drawer = Drawer::holding(&self.secrets);
        let house = House::given(folder.path(), Doubles::new(from, Box::new(drawer.clone())));
        let mut walk = Walk::new(house.map_err(|fault| fault.to_string())?);
        walk.case.clone_from(&self.case);
        sign_in(&mut walk, &people.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        let mut target = self.target;
        work(&mut walk, &mut target)?;
        walk.house.app.lock();
        let case = walk.case.clone();
        drop(walk);
        let (codes, begins, drawn) = (self.codes.clone(), self.begins, self.drawn.clone());
        let mut made =
            Self { folder, secrets: drawer.secrets(), case, codes, begins, standing: Vec::new(), target, drawn };
        made.learn_standing()?;
        Ok(made)
    }

    /// Copies it here.
    ///
    /// # Errors
    /// - If it cannot be copied.
    pub fn copy_to(&self, folder: &Path) -> Result<(), String> {
        copy_all(self.folder.path(), folder).map_err(|error| format!("copying to {}: {error}", folder.display()))
    }

    /// Reads what its record holds now.
    pub(super) fn learn_standing(&mut self) -> Result<(), String> {
        let vault = recovered(&self.folder.path().join("store"), &self.codes)?;
        self.standing = everything(&vault)?;
        Ok(())
    }
}

/// All events of a record, of the store and of its cases.
pub(super) fn everything(vault: &Vault<Open>) -> Result<Vec<Seen>, String> {
    let seen = |entry: &Recorded, in_case| Seen {
        seq: entry.seq.0,
        kind: entry.event.kind().to_owned(),
        hash: String::new(),
        in_case,
    };
    let wrong = |error: StoreError| error.to_string();
    let mut all: Vec<Seen> = vault.store_events().map_err(wrong)?.iter().map(|entry| seen(entry, false)).collect();
    for case in vault.cases().map_err(wrong)? {
        all.extend(vault.events(&case).map_err(wrong)?.iter().map(|entry| seen(entry, true)));
    }
    Ok(all)
}

/// Templates by their point, each made once.
#[derive(Default)]
pub struct Templates(BTreeMap<String, Template>);

impl Templates {
    /// The template of this point.
    ///
    /// # Errors
    /// - If it cannot be made.
    pub fn at(&mut self, point: &str) -> Result<&Template, String> {
        if !self.0.contains_key("") {
            self.0.insert(String::new(), Template::empty()?);
        }
        if !self.0.contains_key(point) {
            let empty = self.there("").ok_or("the first is made")?;
            let made = points::off_the_path(empty, point).unwrap_or_else(|| empty.walked(point))?;
            self.0.insert(point.to_owned(), made);
        }
        self.there(point).ok_or_else(|| point.to_owned())
    }

    /// The template of this point, if it was made.
    #[must_use]
    pub fn there(&self, point: &str) -> Option<&Template> {
        self.0.get(point)
    }
}

/// Where campaigns work.
#[must_use]
pub fn ground() -> PathBuf {
    let folder = crate::outside::root().join("target/soak");
    std::fs::create_dir_all(&folder).expect("target can be written");
    folder
}

/// Copies a folder with everything in it.
///
/// # Errors
/// - If something cannot be read or written.
pub fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A seed of its own for each store.
fn uncommon() -> [u8; 16] {
    let mut seed = [0; 16];
    SystemEntropy::new().fill(&mut seed);
    seed
}
