//! Keeping the store: people and their keys, backups, restoring, checking the record, destruction.
//!
//! **Nothing here counts or numbers what not everybody signed in may see.** How far a check is comes in hundredths of
//! the whole; the record is spoken of without its length.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PersonLabel, Trouble};

/// Everybody who was ever enrolled.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeopleView {
    /// One row for each.
    pub rows: Vec<PersonRow>,
    /// The fingerprint of the school's authority, in groups: every enrolment card has it beside the person's own.
    pub authority: String,
    /// Two people are signed in: together they may change people without the recovery codes.
    pub two_here: bool,
}

/// An enrolled person.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonRow {
    /// Who.
    pub person: PersonLabel,
    /// The fingerprint of their certificate, in groups of four.
    pub fingerprint: String,
    /// When they were enrolled, in words.
    pub enrolled: String,
    /// They were removed: their name stays, they cannot sign in.
    pub removed: bool,
    /// Signed in now.
    pub here: bool,
}

/// A person to enrol.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddPerson {
    /// Full name.
    pub name: String,
    /// Position.
    pub position: String,
    /// 2 to 4 capital letters, unique.
    pub initials: String,
    /// `senior`, `head` or `deputy`.
    pub standing: String,
    /// The new person's passphrase.
    pub passphrase: String,
    /// Typed again.
    pub again: String,
    /// The signed-in person who acts, by id.
    pub by: String,
    /// That person's own passphrase, typed again now.
    pub own: String,
    /// Both recovery codes, or none where two people are signed in.
    pub codes: Vec<String>,
}

/// New keys for somebody who forgot their passphrase.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenewPerson {
    /// Who, by id.
    pub person: String,
    /// Their new passphrase.
    pub passphrase: String,
    /// Typed again.
    pub again: String,
    /// Why.
    pub reason: String,
    /// The signed-in person who acts, by id.
    pub by: String,
    /// That person's own passphrase, typed again now.
    pub own: String,
    /// Both recovery codes, or none where two people are signed in.
    pub codes: Vec<String>,
}

/// A medium on which a backup can be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Where it is mounted.
    pub path: String,
    /// Its label.
    pub label: String,
    /// How much room it has, in words.
    pub free_text: String,
    /// It can be taken out.
    pub removable: bool,
}

/// The backups of this store.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupsView {
    /// One row for each, newest first.
    pub rows: Vec<BackupRow>,
    /// Why none can be made now.
    pub refused: Option<Trouble>,
    /// Something was recorded here since the last backup that still stands.
    pub due: bool,
}

/// A backup.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackupRow {
    /// Its number.
    pub serial: u32,
    /// The name of its folder.
    pub name: String,
    /// When it was made, in words.
    pub made: String,
    /// What it is on.
    pub medium: String,
    /// Who holds it.
    pub holder: String,
    /// Its size, in words.
    pub size: String,
    /// What became of it, where it is no more.
    pub gone: Option<String>,
}

/// A further designated computer.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterComputer {
    /// The name it goes by in the school.
    pub computer_name: String,
    /// The school's asset tag.
    pub asset_tag: String,
    /// The maker's serial number.
    pub serial: String,
    /// Where it stands.
    pub location: String,
    /// Who registers it.
    pub person: String,
    /// Their passphrase.
    pub passphrase: String,
}

/// A backup to make.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MakeBackup {
    /// The folder on the medium.
    pub folder: String,
    /// What it is on (`USB stick 2`).
    pub medium: String,
    /// Who holds it.
    pub holder: String,
    /// The signed-in person who makes it, by id.
    pub person: String,
    /// Their passphrase, typed again now.
    pub passphrase: String,
}

/// A backup that was opened with both codes, before anything is restored.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RestoreView {
    /// The school.
    pub school: String,
    /// When the backup was made, in words.
    pub made: String,
    /// The backup's number.
    pub serial: u32,
    /// How many entries its record has.
    pub entries: u32,
    /// Who may sign in after restoring.
    pub people: Vec<PersonLabel>,
    /// Its cases, to choose those that were halted since.
    pub cases: Vec<RestoreCase>,
    /// The backup came from a computer with a keychain, and this one has none that works.
    pub keychain_missing: bool,
}

/// A case in a backup.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RestoreCase {
    /// Id.
    pub id: String,
    /// Reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// It was halted already when the backup was made.
    pub halted: bool,
}

/// Restoring the backup that was looked at.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Restore {
    /// Who signs in, by id.
    pub person: String,
    /// Their passphrase.
    pub passphrase: String,
    /// Cases that were halted after the backup was made, by id.
    pub halted: Vec<String>,
    /// It is the same computer as before; the next four may then be empty.
    pub same_computer: bool,
    /// The computer's name.
    pub computer_name: String,
    /// Its asset tag.
    pub asset_tag: String,
    /// Its serial number.
    pub serial: String,
    /// Where it stands.
    pub location: String,
    /// Why it is restored.
    pub reason: String,
    /// Who has the computer that the store was on before, and where it is.
    pub custody: String,
}

/// How far something that takes long has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProgressView {
    /// What is being done, in words.
    pub what: String,
    /// How far, of `of`.
    pub done: u32,
    /// The whole.
    pub of: u32,
}

/// The check of the record in one line, for every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckLine {
    /// `none`, `running`, `holds`, `does-not-hold` or `cannot-tell`.
    pub state: String,
    /// How far, in hundredths.
    pub done: u32,
    /// Always 100.
    pub of: u32,
}

/// The check of the record.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckView {
    /// `running`, `holds`, `does-not-hold` or `cannot-tell`.
    pub state: String,
    /// The verdict in a sentence.
    pub text: String,
    /// How far, in hundredths.
    pub done: u32,
    /// Always 100.
    pub of: u32,
    /// What was looked at, and what could not be.
    pub facts: Vec<String>,
    /// What does not hold.
    pub faults: Vec<String>,
    /// Where the record ends. Never given while somebody is signed in: its number would count entries that are not
    /// theirs to see. It stands on every form.
    pub head: Option<Head>,
    /// How the record stands to the head kept in this computer's keychain, in a sentence.
    pub anchor: String,
}

/// Where a record ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// The entry's number.
    pub seq: String,
    /// Its hash.
    pub hash: String,
}

/// Whether the record agrees with a printed head.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeadVerdict {
    /// It agrees.
    pub holds: bool,
    /// What was found.
    pub text: String,
    /// What to do next.
    pub todo: String,
}

/// A destruction that somebody asked for.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DestructionRow {
    /// The entry that asked, to name it by.
    pub asked: String,
    /// The entry that is to go; none where it is the whole case.
    pub entry: Option<String>,
    /// What is to be destroyed, in words.
    pub what: String,
    /// On what ground.
    pub ground: String,
    /// Who asked and when, in words.
    pub asked_by: String,
    /// Who agreed and when, in words.
    pub agreed_by: Option<String>,
    /// It was carried out.
    pub done: bool,
}
