//! A policy as a file: opened and checked before anything of it is kept, and saved whole or not at all.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use trail_domain::pack::PolicyPack;

use super::LONGEST;
use crate::app::App;
use crate::fault::Fault;
use crate::issuing::save;
use crate::wire::policy::PolicyFile;

impl App {
    /// Reads the text of a policy from a file and checks it. Nothing is kept of it.
    ///
    /// # Errors
    /// - If nobody is signed in.
    /// - If the path is not whole, or is no file that can be read.
    /// - If the file is longer than any policy, or is no text in UTF-8.
    pub fn open_policy_file(&mut self, path: &str) -> Result<PolicyFile, Fault> {
        self.desk_mut()?;
        let text = text_of(&whole(path, "policyPath")?)?;
        let check = self.check_policy(&text)?;
        Ok(PolicyFile { text, check })
    }

    /// Saves the text of a policy as a file in a folder that is there, faulty or not. A file of that name stays: a number
    /// is added. Gives the path.
    ///
    /// # Errors
    /// - If nobody is signed in, or the text is too long to be a policy.
    /// - If the path is not whole, or is no folder.
    /// - If it cannot be written; then no part of it is left.
    pub fn save_policy_file(&mut self, text: &str, folder: &str) -> Result<String, Fault> {
        self.desk_mut()?;
        let read = self.read_policy(text)?;
        let folder = whole(folder, "policyFolder")?;
        if !folder.is_dir() {
            return Err(Fault::new("policy-folder").at("policyFolder"));
        }
        let path = save(&folder, &self.file_name(read.ok().as_ref()), text.as_bytes())?;
        Ok(path.display().to_string())
    }

    /// Named after the policy and its version, where the text can be read as one.
    fn file_name(&self, pack: Option<&PolicyPack>) -> String {
        let practice = if self.practice { "PRACTICE-" } else { "" };
        match pack {
            Some(pack) => format!("{practice}{}-version-{}.toml", pack.id(), pack.version()),
            None => format!("{practice}policy-draft.toml"),
        }
    }
}

/// A path that is whole: it does not depend on where the product was started.
fn whole(typed: &str, field: &str) -> Result<PathBuf, Fault> {
    let path = Path::new(typed.trim());
    if path.is_absolute() { Ok(path.to_owned()) } else { Err(Fault::new("path-not-whole").at(field)) }
}

/// The text of a file, read no further than a policy can be long.
fn text_of(path: &Path) -> Result<String, Fault> {
    let failed = |error: std::io::Error| Fault::with("policy-file", "detail", error.to_string()).at("policyPath");
    // What is no file of its own, such as a pipe, could be waited for without end.
    if !path.metadata().map_err(failed)?.is_file() {
        return Err(Fault::with("policy-file", "detail", "it is not a file").at("policyPath"));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LONGEST as u64 + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() > LONGEST {
        return Err(Fault::new("policy-too-long").at("policyPath"));
    }
    String::from_utf8(bytes).map_err(|_| Fault::new("policy-not-text").at("policyPath"))
}
