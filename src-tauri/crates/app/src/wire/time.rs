//! Time-stamp authorities and the time server, as the pages see them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which authorities are asked for a time-stamp of each signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimeAuthoritiesView {
    /// The first, then the one that is asked where the first gives none. None where nobody is asked.
    pub authorities: Vec<TimeAuthorityRow>,
}

/// One authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimeAuthorityRow {
    /// Where it is asked.
    pub address: String,
    /// The name in its root certificate.
    pub name: String,
    /// SHA-256 of that certificate, in groups.
    pub fingerprint: String,
    /// That certificate as PEM text.
    pub root: String,
}

/// The authorities that two people choose.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetTimeAuthorities {
    /// Where the first is asked; empty where nobody is to be asked.
    pub first_address: String,
    /// Its root certificate as PEM text.
    pub first_root: String,
    /// Where the second is asked; empty where there is none.
    pub second_address: String,
    /// Its root certificate as PEM text.
    pub second_root: String,
    /// Who chooses them.
    pub person: String,
    /// Their passphrase.
    pub passphrase: String,
}

/// Which time server is asked at each check of the computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimeServerView {
    /// Its name; none where nobody is asked.
    pub server: Option<String>,
}

/// The time server that two people choose.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetTimeServer {
    /// Its name or address, with a port where it is another than 123; empty where nobody is to be asked.
    pub server: String,
    /// Who chooses it.
    pub person: String,
    /// Their passphrase.
    pub passphrase: String,
}
