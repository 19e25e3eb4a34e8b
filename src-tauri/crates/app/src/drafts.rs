//! Drafts: what somebody is typing, kept under their own key. No part of the record.

use crate::app::{App, State};
use crate::fault::Fault;

impl App {
    /// Keeps what the first signed-in person is typing; an empty text drops the draft.
    ///
    /// # Errors
    /// - If nobody is signed in, or it cannot be written.
    pub fn put_draft(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        let person = self.desk_mut()?.first()?;
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
    pub fn get_draft(&self, key: &str) -> Result<Option<String>, Fault> {
        let desk = self.desk()?;
        let person = desk.first()?;
        Ok(desk.vault.get_draft(&person, key)?.map(|text| text.as_str().to_owned()))
    }
}
