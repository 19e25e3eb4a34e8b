//! Drafts: words that a person typed and has not recorded yet. Sealed under the drafter's own key: nobody else,
//! whoever is signed in, can read them, and recovery cannot either.

use rusqlite::OptionalExtension;
use trail_domain::ids::PersonId;
use zeroize::Zeroizing;

use super::{Open, SignedIn, Vault};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keys::{Key, seal};

impl Vault<Open> {
    /// Keeps a draft under `key`, in place of an earlier one.
    ///
    /// # Errors
    /// - If the person is not signed in.
    /// - If it cannot be written.
    pub fn put_draft(
        &mut self,
        person: &PersonId,
        key: &str,
        text: &str,
        entropy: &dyn Entropy,
    ) -> Result<(), StoreError> {
        let drafter = self.person(person)?;
        let name = name(drafter, key);
        let sealed = seal::seal(&draft_key(drafter), &name, text.as_bytes(), entropy);
        self.state
            .connection
            .prepare_cached(
                "INSERT INTO draft (holder, name, sealed) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (holder, name) DO UPDATE SET sealed = excluded.sealed",
            )?
            .execute((person.as_str(), name, sealed))?;
        Ok(())
    }

    /// Reads a draft, where there is one.
    ///
    /// # Errors
    /// - If the person is not signed in.
    /// - If the draft cannot be opened.
    pub fn get_draft(&self, person: &PersonId, key: &str) -> Result<Option<Zeroizing<String>>, StoreError> {
        let drafter = self.person(person)?;
        let name = name(drafter, key);
        let sealed: Option<Vec<u8>> = self
            .state
            .connection
            .prepare_cached("SELECT sealed FROM draft WHERE holder = ?1 AND name = ?2")?
            .query_row((person.as_str(), name), |row| row.get(0))
            .optional()?;
        let Some(sealed) = sealed else { return Ok(None) };
        let altered = || StoreError::damaged("a draft was altered");
        let bytes = seal::open(&draft_key(drafter), &name, sealed).ok_or_else(altered)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| altered())?;
        Ok(Some(Zeroizing::new(text.to_owned())))
    }

    /// Drops a draft; where there is none, nothing happens.
    ///
    /// # Errors
    /// - If the person is not signed in.
    /// - If it cannot be written.
    pub fn drop_draft(&mut self, person: &PersonId, key: &str) -> Result<(), StoreError> {
        let name = name(self.person(person)?, key);
        self.state
            .connection
            .prepare_cached("DELETE FROM draft WHERE holder = ?1 AND name = ?2")?
            .execute((person.as_str(), name))?;
        Ok(())
    }
}

fn draft_key(drafter: &SignedIn) -> Key {
    drafter.own.derive(&[b"evidence-trail/draft/v1"])
}

fn name(drafter: &SignedIn, key: &str) -> [u8; 32] {
    drafter.own.name(&[b"evidence-trail/draft/v1\0", key.as_bytes()])
}
