//! Drafts: what somebody is typing, kept under their own key. No part of the record.

use trail_domain::ids::PersonId;

use crate::app::{App, State};
use crate::fault::Fault;
use crate::reading;

impl App {
    /// Keeps what a signed-in person is typing, the first one where none is named; an empty text drops the draft.
    ///
    /// # Errors
    /// - If nobody is signed in, the computer is frozen, or it cannot be written.
    pub fn put_draft(&mut self, key: &str, text: &str, person: Option<&str>) -> Result<(), Fault> {
        if self.desk_mut()?.register.is_frozen() {
            return Err(Fault::new("frozen"));
        }
        let person = self.drafter(person)?;
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            if text.is_empty() {
                desk.vault.drop_draft(&person, key)?;
            } else {
                desk.vault.put_draft(&person, key, text, entropy.as_ref())?;
            }
        }
        Ok(())
    }

    /// The draft kept under this key.
    ///
    /// # Errors
    /// - If nobody is signed in, or it cannot be read.
    pub fn get_draft(&self, key: &str, person: Option<&str>) -> Result<Option<String>, Fault> {
        let person = self.drafter(person)?;
        Ok(self.desk()?.vault.get_draft(&person, key)?.map(|text| text.as_str().to_owned()))
    }

    fn drafter(&self, person: Option<&str>) -> Result<PersonId, Fault> {
        person.map_or_else(|| self.desk()?.first(), |person| reading::person_id("person", person))
    }
}
