//! A short look at the store's own entries: what the register needs, without those who came and went.

use trail_domain::event::Recorded;
use trail_domain::register::Register;

use super::{Open, Vault};
use crate::error::StoreError;

impl Vault<Open> {
    /// The events that the register is folded from: those that belong to no case, but for the comings and goings,
    /// which are most of them after some years.
    ///
    /// # Errors
    /// - If an entry's body is missing or not the one it was made for.
    pub fn register_events(&self) -> Result<Vec<Recorded>, StoreError> {
        let passing = Register::PASSING.map(|kind| format!("'{kind}'")).join(", ");
        self.read(&format!("case_id IS NULL AND kind NOT IN ({passing})"), (), &self.state.store_key)
    }
}
