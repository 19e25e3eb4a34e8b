//! The one shape that crosses to the user interface. Domain types do not.
//!
//! Every type here is generated as TypeScript into `ui/src/generated/wire.ts`; a test refuses any drift. Times
//! arrive as words ready to show (`22 November 2026`, `14:33 GMT`), because the user interface holds no rules.

pub mod act;
pub mod case;
pub mod forms;
pub mod generated;
pub mod handing;
pub mod policy;
pub mod report;
pub mod review;
pub mod store;
pub mod support;
pub mod time;
pub mod verifying;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which screen group the product is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// No store: offers set-up, or practice mode.
    NoStore,
    /// A store, nobody signed in.
    Locked,
    /// At least one person signed in.
    Open,
    /// The store cannot be opened; see `trouble`.
    Trouble,
}

/// The whole of what every screen shows around its content.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppView {
    /// Which screens.
    pub phase: Phase,
    /// Practice mode: violet, watermark, no evidence.
    pub practice: bool,
    /// The school's name, once set up.
    pub school: Option<String>,
    /// The designated computer's name, once somebody is signed in.
    pub computer: Option<String>,
    /// Everybody enrolled, for the sign-in page.
    pub people: Vec<PersonLabel>,
    /// Who is signed in; first, then second.
    pub signed_in: Vec<SignedIn>,
    /// The foot's line on the ledger.
    pub ledger: LedgerLine,
    /// What is wrong, when something is.
    pub trouble: Option<Trouble>,
    /// The policy packs that a school can choose from at set-up; empty afterwards.
    pub packs: Vec<case::Choice>,
    /// Whether this computer has a keychain.
    pub keychain: bool,
    /// A HALT stands on this computer.
    pub halt_stands: Option<HaltStands>,
    /// Why this computer takes only what has to be recorded, while a HALT stands that it was not released from.
    pub frozen: Option<String>,
    /// The case in which a review session is open now.
    pub reviewing: Option<String>,
    /// The product's version.
    pub version: String,
    /// Date and time now, in words.
    pub now: String,
    /// In practice mode, the passphrase that every practice person has.
    pub practice_passphrase: Option<String>,
    /// How the check of the record stands.
    pub check: store::CheckLine,
    /// The record does not agree with a head that it had before, and two people have not looked into it.
    pub broken_anchor: Option<Trouble>,
    /// Seconds until the app locks itself, in the last minute before it does.
    pub locks_in: Option<u32>,
}

/// A person on the sign-in page.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonLabel {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Position.
    pub position: String,
    /// Initials.
    pub initials: String,
    /// `senior`, `head` or `deputy`.
    pub standing: String,
}

/// A person who is signed in.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// Who.
    pub person: PersonLabel,
    /// Since when, in words.
    pub since: String,
}

/// The foot's line on the ledger.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LedgerLine {
    /// In words.
    pub text: String,
    /// False where something does not hold.
    pub holds: bool,
}

/// Something that went wrong: what happened, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Trouble {
    /// A stable code that tests and the user interface may act on.
    pub code: String,
    /// What happened.
    pub happened: String,
    /// What to do next.
    pub todo: String,
    /// The field it belongs to, where it belongs to one.
    pub field: Option<String>,
}

/// A HALT that stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HaltStands {
    /// The case's id, where the HALT belongs to one.
    pub case: Option<String>,
    /// Its reference.
    pub reference: Option<String>,
    /// Since when.
    pub since: String,
    /// False where the entry could not be written: it holds in memory, and must be written by hand.
    pub recorded: bool,
}

/// A clause of the pack.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Clause {
    /// Its number or name in the pack.
    pub clause: String,
    /// Its title.
    pub title: String,
    /// What it says, in our words.
    pub instruction: String,
    /// Its place among the steps of the policy, from 0.
    pub row: u32,
}

/// A refusal: an answer, not an error.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// A stable code.
    pub code: String,
    /// What cannot be done, and why.
    pub happened: String,
    /// What opens it.
    pub todo: String,
    /// The clause it rests on.
    pub clause: Option<Clause>,
    /// The stage that opens it, by id.
    pub opens: Option<String>,
}

/// What came of an act.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Answer {
    /// Kept: the ledger entry stands.
    Done {
        /// The case as it is now.
        case: Box<case::CaseView>,
        /// A line to announce (`JS/1 kept`).
        said: String,
        /// The mark of an exhibit that was kept.
        mark: Option<String>,
    },
    /// Refused by the procedure.
    Refused {
        /// Why.
        refused: Refused,
    },
    /// The gate, or the key, began HALT.
    Halted {
        /// The case as it is now.
        case: Box<case::CaseView>,
    },
    /// The gate began Stop and refer.
    Stopped {
        /// The case as it is now.
        case: Box<case::CaseView>,
    },
    /// The case was destroyed, with its key: there is no case to show.
    Destroyed {
        /// What was done, in words.
        said: String,
        /// Where the certificate of destruction was saved.
        certificate: Option<String>,
    },
    /// Something went wrong; nothing was kept unless it says so.
    Trouble {
        /// What, and what to do.
        trouble: Trouble,
    },
}

/// How strong a passphrase is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    /// 0 (weak) to 4 (strong).
    pub score: u8,
    /// Whether it may be used.
    pub enough: bool,
    /// What to do to better it, or that it is good.
    pub advice: String,
}

/// What set-up gives once, to print.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetUpDone {
    /// The two recovery codes.
    pub codes: [String; 2],
    /// The fingerprint of the school's authority, in groups.
    pub fingerprint: String,
}

/// Where a file was saved.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// The file's path.
    pub path: String,
}

/// A case summary that was saved, and its text to paste.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SummarySaved {
    /// Where the page is.
    pub path: String,
    /// Where the text is.
    pub text_path: String,
    /// The text.
    pub text: String,
}

/// What the report form offers.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportChoices {
    /// Categories of the school's pack.
    pub categories: Vec<case::Choice>,
    /// The pack's title.
    pub pack_title: String,
    /// The pack's terms.
    pub terms: Terms,
}

/// What the pack calls people.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// A pupil.
    pub pupil: String,
    /// The headteacher.
    pub head: String,
}
