//! What a journey starts from: a school's folder with a case at some point of the happy path, made once and copied
//! for each run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::house::{Doubles, House, START, default_people, set_up};
use crate::perform::Walk;
use crate::script::{sign_in, walk_to};

use super::line::{Drawer, Secrets};

/// When a journey starts, and when it is looked at afterwards.
pub const JOURNEY: &str = "2026-11-23T09:00:00Z";
/// Later than any journey.
pub const AFTERWARDS: &str = "2026-11-24T09:00:00Z";

/// A folder to start from.
pub struct Template {
    folder: TempDir,
    /// What the keychain holds.
    pub secrets: Secrets,
    /// The case; empty where there is none.
    pub case: String,
    /// The recovery codes.
    pub codes: [String; 2],
}

impl Template {
    /// A school without a case.
    ///
    /// # Errors
    /// - If the school cannot be set up.
    pub fn empty() -> Result<Self, String> {
        let folder = tempfile::tempdir_in(ground()).map_err(|error| error.to_string())?;
        let drawer = Drawer::default();
        let doubles = Doubles::new(START, Box::new(drawer.clone()));
        let mut house = House::given(folder.path(), doubles).map_err(|fault| fault.to_string())?;
        let made = house.app.set_up(&set_up(&default_people())).map_err(|fault| fault.to_string())?;
        house.app.lock();
        drop(house);
        Ok(Self { folder, secrets: drawer.secrets(), case: String::new(), codes: made.codes })
    }

    /// The same school with a case that has reached this point.
    ///
    /// # Errors
    /// - If the case does not get there.
    pub fn walked(&self, point: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir_in(ground()).map_err(|error| error.to_string())?;
        self.copy_to(folder.path())?;
        let drawer = Drawer::holding(&self.secrets);
        let doubles = Doubles::new(START, Box::new(drawer.clone()));
        let house = House::given(folder.path(), doubles).map_err(|fault| fault.to_string())?;
        let mut walk = Walk::new(house);
        sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned))?;
        walk_to(&mut walk, Some(point))?;
        walk.house.app.lock();
        let case = walk.case.clone();
        drop(walk);
        Ok(Self { folder, secrets: drawer.secrets(), case, codes: self.codes.clone() })
    }

    /// Copies it here.
    ///
    /// # Errors
    /// - If it cannot be copied.
    pub fn copy_to(&self, folder: &Path) -> Result<(), String> {
        copy_all(self.folder.path(), folder).map_err(|error| format!("copying to {}: {error}", folder.display()))
    }
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
            let walked = self.there("").ok_or("the first is made")?.walked(point)?;
            self.0.insert(point.to_owned(), walked);
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
