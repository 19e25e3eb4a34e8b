//! Where the school's staff find support after a review, as the pages see it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The school's own contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SupportView {
    /// One each, in the order that they are shown in.
    pub contacts: Vec<String>,
}

/// The contacts that two people say.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetSupport {
    /// One on each line: at most 10 lines of 200 characters. Empty where the school names none of its own.
    pub contacts: String,
    /// Who says it.
    pub person: String,
    /// Their passphrase.
    pub passphrase: String,
}
