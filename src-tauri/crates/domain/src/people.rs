//! The school, its people and its designated computer, as they stand in the record.

use serde::{Deserialize, Serialize};

use crate::ids::{Hash, Initials, PersonId};
use crate::words::Words;

/// The school as it prints on every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct School {
    /// Its name.
    pub name: Words,
    /// Its postal address, one line.
    pub address: Words,
    /// The letters that begin each case reference (`HB`).
    pub prefix: Initials,
}

/// What a person may be asked to do by the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A senior member of staff who may review.
    Senior,
    /// The headteacher: signs off.
    Head,
    /// The named deputy for sign-off: acting head or chair of governors.
    Deputy,
}

/// An enrolled person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Person {
    /// The person's own id.
    pub id: PersonId,
    /// Full name, as it prints.
    pub name: Words,
    /// Position in the school.
    pub position: Words,
    /// Unique in the store; begins the person's exhibit marks.
    pub initials: Initials,
    /// What the procedure may ask of them.
    pub standing: Standing,
    /// SHA-256 of the person's certificate for signing forms.
    pub certificate: Hash,
}

/// The designated computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Computer {
    /// The name it goes by in the school.
    pub name: Words,
    /// The school's asset tag.
    pub asset_tag: Words,
    /// The maker's serial number.
    pub serial: Words,
    /// Where it stands.
    pub location: Words,
}
