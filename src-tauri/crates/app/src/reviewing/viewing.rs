//! Looking at an exhibit: its pictures one by one, each put in the record, and its files hashed again.

use trail_domain::event::capture::ExhibitFile;
use trail_domain::ids::Hash;
use trail_domain::procedure::halt::permit_view;
use trail_domain::procedure::permit::ViewPermit;
use trail_store::StoreError;

use super::{App, Command, Fault, Stop, Zeroizing, procedure, reading};
use crate::desk::Desk;
use crate::issuing::file_words;
use crate::show::dates;
use crate::wire::review::{ExhibitCheck, FileCheck};

impl App {
    /// The picture behind a mark, to show: only its bytes, only while no HALT stands.
    ///
    /// # Errors
    /// - If HALT stands in the case or freezes the computer, or nobody is signed in.
    /// - If there is no such picture.
    /// - If that it is shown cannot be recorded.
    pub fn picture(&mut self, case: &str, sha256: &str) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let id = reading::case_id(case)?;
        let hash = reading::hash(sha256)?;
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        if desk.unwritten_halt.is_some() {
            return Err(Fault::new("capture-void").into());
        }
        let here = desk.people();
        let by = desk.first()?;
        let case = desk.case(&id)?;
        let now = desk.now(at, &by, &here);
        // The bytes of a file as it was given are no picture of ours, and never handed to a window.
        let viewed = procedure::decide(case, self.pack(case.pack())?, Command::ViewPicture(hash), &now)?;
        let permit = procedure::halt::permit_view(case, &now)?;
        let checked = desk.vault.read_file(&permit, &hash)?;
        // What cannot be recorded is not shown.
        self.record(&id, &viewed, &by)?;
        self.not_halted()?;
        Ok(Zeroizing::new(checked.bytes().to_vec()))
    }

    /// Hashes every file of an exhibit again, from the bytes that are stored, and compares with what its entry says.
    ///
    /// # Errors
    /// - If HALT stands in the case, or nobody is signed in.
    /// - If the exhibit is sealed, or there is none with this mark.
    /// - If the store cannot be read.
    pub fn verify_exhibit(&mut self, case: &str, mark: &str) -> Result<ExhibitCheck, Stop> {
        let id = reading::case_id(case)?;
        let mark = reading::exhibit_mark(mark)?;
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        if desk.unwritten_halt.is_some() {
            return Err(Fault::new("capture-void").into());
        }
        let here = desk.people();
        let by = desk.first()?;
        let case = desk.case(&id)?;
        let permit = permit_view(case, &desk.now(at, &by, &here))?;
        let exhibit = case.exhibits().iter().map(|(_, _, exhibit)| exhibit).find(|exhibit| exhibit.mark == mark);
        let exhibit = exhibit.ok_or_else(|| Fault::new("no-such-mark"))?;
        let mut files = Vec::new();
        for file in &exhibit.files {
            // Each may be large, and a press does not wait for all of them.
            self.not_halted()?;
            let found = hashed_again(desk, &permit, file)?;
            files.push(FileCheck {
                what: file_words(exhibit, file),
                name: file.name.clone(),
                recorded: file.sha256.to_string(),
                holds: found == Some(file.sha256),
                found: found.map(|hash| hash.to_string()),
            });
        }
        let holds = files.iter().all(|file| file.holds);
        let said = match (files.is_empty(), holds) {
            (true, _) => "none",
            (false, true) => "holds",
            (false, false) => "differs",
        };
        let (count, when) = (files.len().to_string(), dates::exact(at));
        let said = self.phrases.say(&format!("verify.{said}"), &[("count", count.as_str()), ("when", when.as_str())]);
        Ok(ExhibitCheck { mark: mark.to_string(), holds, said, files })
    }
}

/// SHA-256 of the bytes that are stored for a file. None where they are gone, or are not the ones that were kept.
fn hashed_again(desk: &Desk, permit: &ViewPermit, file: &ExhibitFile) -> Result<Option<Hash>, Fault> {
    match desk.vault.read_file(permit, &file.sha256) {
        Ok(checked) => Ok(Some(*checked.sha256())),
        Err(StoreError::Damaged { .. } | StoreError::NoFile) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
