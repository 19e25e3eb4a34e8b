//! What the evidence browser holds back until two people give a reason, and the leave that they gave.

use serde::{Deserialize, Serialize};

use super::VisitKind;
use crate::ids::PersonId;
use crate::words::Words;

/// What a page wanted to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sending {
    /// A form.
    Form,
    /// A form with a field for a password, as the engine tells.
    PasswordForm,
    /// A name and a password in the sign-in box of a site (HTTP authentication, RFC 9110 section 11).
    SignIn,
}

impl VisitKind {
    /// Whether it holds something back, and what would be sent: nothing where a page of another site is opened.
    #[must_use]
    pub fn holds(&self) -> Option<Option<Sending>> {
        const HELD: [(VisitKind, Option<Sending>); 4] = [
            (VisitKind::AwayHeld, None),
            (VisitKind::FormHeld, Some(Sending::Form)),
            (VisitKind::PasswordFormHeld, Some(Sending::PasswordForm)),
            (VisitKind::SignInHeld, Some(Sending::SignIn)),
        ];
        HELD.into_iter().find(|(what, _)| what == self).map(|(_, sends)| sends)
    }
}

/// The account that something is sent with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AccountUsed {
    /// Whose it is, or that there is none.
    pub whose: Words,
    /// On what authority it is used.
    pub authority: Words,
}

/// What is let through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Passed {
    /// Pages of a site that is none of the case's, for the rest of the session.
    OtherSite,
    /// Something that is sent, once. Of a form's site, pages may be opened too, for the rest of the session.
    Sent {
        /// What.
        what: Sending,
        /// With which account.
        account: AccountUsed,
    },
}

/// Why something that was held is let through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Leave {
    /// The address that was held, exactly.
    pub address: String,
    /// What is let through.
    pub passed: Passed,
    /// Why.
    pub reason: Words,
}

/// A leave with the two people who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LeaveGiven {
    /// What, and why.
    pub leave: Leave,
    /// Who operated.
    pub operator: PersonId,
    /// Who observed, and confirmed it with their PIN of the session.
    pub observer: PersonId,
}
