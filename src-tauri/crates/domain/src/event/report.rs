//! What is recorded before anybody looks: the report, what was preserved, triage, the group.

use serde::{Deserialize, Serialize};

use crate::ids::PersonId;
use crate::time::Moment;
use crate::words::Words;

/// Who reported what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// A short title without names.
    pub title: Words,
    /// What was reported, in words.
    pub what: Words,
    /// When it happened or was noticed, as it was told.
    pub when: Words,
    /// Who reported it.
    pub reporter: Words,
    /// To whom.
    pub reported_to: Words,
    /// The person concerned.
    pub subject: Subject,
    /// Others involved, each with a role.
    pub others: Vec<Involved>,
    /// Where, and on which device (room, serial number).
    pub place: Words,
    /// The pack's category, by id.
    pub category: String,
    /// Is the child safe now? Asked where a child is involved.
    pub child_safe: ChildSafe,
}

/// The person concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Subject {
    /// How the record names them (`Pupil A, Year 9`).
    pub name: Words,
    /// Pupil, staff or other.
    pub kind: SubjectKind,
    /// The enrolled person, where the subject is one.
    pub enrolled: Option<PersonId>,
    /// Works or volunteers with children: the harm test must be answered before review.
    pub works_with_children: bool,
}

impl Subject {
    /// Whether both are one person, as far as the record tells: the same enrolled person, or nobody enrolled and the same
    /// name.
    #[must_use]
    pub fn is_same_person(&self, other: &Self) -> bool {
        match (&self.enrolled, &other.enrolled) {
            (Some(one), Some(other)) => one == other,
            (None, None) => self.name == other.name,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

/// What the person concerned is to the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A pupil.
    Pupil,
    /// A member of staff, supply or volunteer.
    Staff,
    /// Somebody else, or not known.
    Other,
}

/// Somebody else involved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Involved {
    /// How the record names them.
    pub name: Words,
    /// In which role.
    pub role: Role,
}

/// A role in what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A child who may be harmed.
    ChildAtRisk,
    /// A witness.
    Witness,
    /// The reporter.
    Reporter,
}

/// The answer to *is the child safe now?*
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer", rename_all_fields = "kebab-case")]
pub enum ChildSafe {
    /// No child is involved.
    NoChild,
    /// Safe, and how that is known.
    Safe {
        /// How.
        how: Words,
    },
    /// Not safe, or not known: what was done at once.
    NotSafe {
        /// Who was rung, when, what they said.
        done: Words,
    },
}

/// An item kept as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PreservedItem {
    /// What it is.
    pub what: Words,
    /// Make, model, serial number, account name.
    pub identity: Words,
    /// Where it is now.
    pub place: Words,
    /// Who holds it.
    pub custodian: Words,
    /// The seal's number, or why there is none.
    pub seal: Words,
    /// When it was taken into custody.
    pub at: Moment,
}

/// A way out of triage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TriageExit {
    /// Written down by one person with what was done, and closed.
    LogOnly,
    /// The school reviews, by the procedure for other incidents.
    OtherIncidents,
    /// No review by the school: preserve, refer, await.
    IllegalRoute,
}

/// The harm test for somebody who works with children (KCSIE part four).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "met", rename_all_fields = "kebab-case")]
pub enum HarmTest {
    /// Not met, and why.
    No {
        /// Why.
        reason: Words,
    },
    /// Met, or not sure: the LADO was told.
    YesOrUnsure {
        /// The LADO's name.
        lado: Words,
        /// When they were told.
        at: Moment,
        /// What they advised.
        advice: Words,
    },
}

/// A member of the group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct GroupMember {
    /// Who.
    pub person: PersonId,
    /// Is line-managed by the subject.
    pub managed_by_subject: bool,
    /// Why nobody else can act, where the subject manages them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub despite: Option<Words>,
    /// From where they come, where they are no member of the school's staff (trust, Local Authority, governor,
    /// neighbouring head).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<Words>,
}

/// What became of an incident that is only logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Logged {
    /// The table of the pack that was used: `pupils` or `staff`.
    pub table: String,
    /// The row's number in it, from 0; none where no row fits.
    pub row: Option<usize>,
    /// The actions that were taken, by the pack's ids.
    pub actions: Vec<String>,
    /// What was done, in words.
    pub words: Words,
    /// Whether the parents or carers were told.
    pub parents: ParentsTold,
}

/// Whether parents or carers were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "told", rename_all_fields = "kebab-case")]
pub enum ParentsTold {
    /// Yes: when and how.
    Yes {
        /// When and how.
        how: Words,
    },
    /// No, and why not.
    No {
        /// Why not.
        because: Words,
    },
}
