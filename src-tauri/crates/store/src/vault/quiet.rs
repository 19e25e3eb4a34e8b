//! What is done in quiet moments, so that no capture and no HALT pays for it.

use super::{Open, Vault};
use crate::database;
use crate::error::StoreError;

impl Vault<Open> {
    /// Moves what was written of late from the log into the database, where there is enough of it. Everything in the log
    /// is durable already. Answers how many pages of 16 KiB were moved.
    ///
    /// # Errors
    /// - If it cannot be written; then it stands in the log as before.
    pub fn fold_log(&self) -> Result<u32, StoreError> {
        Ok(u32::try_from(database::fold(&self.state.connection)?).unwrap_or(0))
    }
}
