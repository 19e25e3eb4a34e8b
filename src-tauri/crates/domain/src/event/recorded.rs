//! What stands around an event: the pack that its case was opened under, and its place in the ledger.

use serde::{Deserialize, Serialize};

use super::Event;
use crate::ids::{Hash, PersonId, Seq, SessionId};
use crate::time::Moment;

/// Which pack, in which edition, a case was opened under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PackRef {
    /// The pack's id.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of its text.
    pub hash: Hash,
}

/// An event as the ledger holds it: with its position, time and who was signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Position in the ledger.
    pub seq: Seq,
    /// When.
    pub at: Moment,
    /// Which one person's key signed it; inside a session, the operator's.
    pub by: PersonId,
    /// The session whose key signed it, where one did.
    pub session: Option<SessionId>,
    /// What happened.
    pub event: Event,
}
