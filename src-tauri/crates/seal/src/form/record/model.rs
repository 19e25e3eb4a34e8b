//! The view model of the record of review.

use crate::form::chart::Chart;
use crate::form::model::{Cell, Heading, Person, Terms, hexadecimal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// All that the record of review prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordModel {
    /// School, case, edition, ledger.
    pub heading: Heading,
    /// What the pack calls people.
    pub terms: Terms,
    /// Name and edition of the pack: `Policy pack swgfl-template, edition 2024-02`.
    pub pack: String,
    /// Field 1.
    pub group: Group,
    /// Field 2 and annex B, in order.
    pub sessions: Vec<Session>,
    /// Field 3, a paragraph each.
    pub reason: Vec<String>,
    /// Field 4.
    pub first: Person,
    /// Field 5.
    pub second: Person,
    /// Annex F.
    pub head: Person,
    /// The chair of governors signs instead of the headteacher.
    pub chair_signs: bool,
    /// Field 6.
    pub computer: Computer,
    /// Field 7, in order.
    pub sites: Vec<Site>,
    /// Field 8.
    pub conclusion: Conclusion,
    /// Annex A, every step of the pack.
    pub steps: Vec<Step>,
    /// Further sentences under annex A.
    pub steps_note: Vec<String>,
    /// Annex A, the charts of the pack that the case stands on.
    #[serde(default)]
    pub charts: Vec<Chart>,
    /// Annex B, readings of the clock.
    pub clock_checks: Vec<ClockCheck>,
    /// Annex B, whether the clock was set while the case was open, and what the record is in order by.
    pub clock_set: Cell,
    /// Annex B, proof of working: item and value.
    pub proof_of_working: Vec<(String, Cell)>,
    /// Annex B, changes of computer; empty says `None`.
    pub computer_changes: Vec<String>,
    /// Annex C.
    pub views: Vec<View>,
    /// Annex C, how the group came to its finding.
    pub finding_reached: Cell,
    /// Annex C, grounds for the police.
    pub police_grounds: Cell,
    /// Annex D, which table and row: `Table for pupils, row 12`.
    pub table_row: String,
    /// Annex D, the incident as the table calls it.
    pub table_incident: String,
    /// Annex D, every action of the table.
    pub table_actions: Vec<TableAction>,
    /// Annex D, actions overdue when the form was made; empty says `none`.
    pub overdue: Vec<String>,
    /// Annex E, required or not, and why.
    pub isolation_remark: String,
    /// Annex E.
    pub isolation: Vec<IsolationStep>,
    /// Annex F, how long the record is kept.
    pub keep_until: Cell,
    /// Annex G.
    pub exhibits: Vec<ListedExhibit>,
    /// Annex G, the volumes that bind the exhibits.
    pub volumes: Vec<ListedVolume>,
    /// Name of the time-stamp authority that is asked, if one is.
    pub time_stamp: Option<String>,
}

/// The review group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Name of the group.
    pub name: String,
    /// Its members.
    pub members: Vec<String>,
    /// Relations and line management, as a sentence: declared or none.
    pub relations: Cell,
}

/// A session of the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When it was opened.
    pub opened: DateTime<Utc>,
    /// When it was closed; nothing if it was not.
    pub closed: Option<DateTime<Utc>>,
    /// Who closed it, and why if it was cut short: a sentence.
    pub how_closed: String,
    /// Who was signed in as operator.
    pub operator: String,
    /// Who was signed in as observer.
    pub observer: String,
    /// What was checked of the computer at opening.
    pub checks: Vec<String>,
    /// How many pages were visited.
    pub pages_visited: usize,
    /// Every visit, in order.
    pub visits: Vec<Visit>,
    /// Entries of the browser that are no visits: connections, what was revealed, its start.
    pub other_entries: usize,
    /// Marks of the exhibits made.
    pub exhibits: Vec<String>,
}

/// A visit of the evidence browser, or what was held or refused in its stead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// When.
    pub at: DateTime<Utc>,
    /// Where.
    pub place: VisitPlace,
    /// What came of it: status, refused, failed, held, with the reason.
    pub came: String,
}

/// Where a visit led.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitPlace {
    /// To this address, exactly.
    Exact(String),
    /// The address stands only in the police referral record, and in this ledger entry.
    Withheld(u64),
}

/// The designated computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computer {
    /// Its name.
    pub name: String,
    /// The school's asset tag.
    pub asset_tag: Cell,
    /// Its serial number.
    pub serial: Cell,
    /// Where it stands, and who can get at it.
    pub location: Cell,
    /// What is known of its clock.
    pub clock: Cell,
}

/// A row of field 7.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// What was reviewed.
    pub subject: Subject,
    /// Why it is of concern.
    pub reason: Cell,
    /// Mark of its exhibit.
    pub exhibit: Cell,
    /// The volume that binds the exhibit.
    pub volume: Option<u32>,
}

/// What was reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A page on the web.
    Address {
        /// The address exactly as it was.
        exact: String,
        /// The title of the page.
        title: Cell,
    },
    /// A device, a file or a log, in words.
    Device(String),
    /// An address that stands only in the police referral record.
    Withheld {
        /// The ledger entry that says why.
        entry: u64,
    },
}

/// The finding of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The concern has substance.
    Substance,
    /// The concern has no substance.
    NoSubstance,
    /// The reviewing people did not agree.
    Disagreed,
}

/// Field 8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// The finding.
    pub finding: Finding,
    /// The group's own words, paragraphs apart by line ends.
    pub words: String,
    /// Actions, in order.
    pub actions: Vec<Action>,
    /// An internal response.
    pub internal: bool,
    /// The Local Authority or a national body.
    pub authority: bool,
    /// The police.
    pub police: bool,
}

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// Proposed.
    Proposed,
    /// In hand.
    InHand,
    /// Done.
    Done,
}

/// An action of field 8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What is to be done, without a full stop.
    pub text: String,
    /// How far it is.
    pub state: ActionState,
    /// Date, person and reference, to follow the state.
    pub reference: Cell,
}

/// A step of annex A.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What the step is.
    pub step: String,
    /// The clause of the pack.
    pub clause: String,
    /// Who did it.
    pub done_by: Cell,
    /// When.
    pub when: When,
}

/// When a step was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At a time.
    At(DateTime<Utc>),
    /// From one time to another.
    Span(DateTime<Utc>, DateTime<Utc>),
    /// Not at a time that is on record.
    Cell(Cell),
}

/// A reading of the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockCheck {
    /// What the reference clock said.
    pub reference: Cell,
    /// What this computer said.
    pub computer: Cell,
    /// The difference in words.
    pub difference: Cell,
    /// Who read it, and how.
    pub read_by: Cell,
}

/// A reviewing person's own view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Name of the person.
    pub name: String,
    /// `first reviewing person`.
    pub role: String,
    /// When the view was recorded.
    pub recorded: DateTime<Utc>,
    /// It was recorded before the other view could be seen.
    pub before_the_other: bool,
    /// The view: `Substance`.
    pub view: String,
    /// The person's own reasons.
    pub reasons: String,
}

/// A row of annex D.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableAction {
    /// The action as the table calls it.
    pub action: String,
    /// The table proposes it.
    pub table: bool,
    /// The group chose it.
    pub group: bool,
    /// Who sees to it.
    pub owner: Cell,
    /// Outcome and date.
    pub outcome: Cell,
    /// Why the group departed from the table.
    pub departure: Option<String>,
}

/// A row of annex E.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IsolationStep {
    /// What the step is.
    pub step: String,
    /// It was done.
    pub done: bool,
    /// What stands in the column of its state: `Done`, `Not needed`.
    pub state: Cell,
    /// Who did it.
    pub by: Cell,
    /// When, or why not.
    pub when: Cell,
}

/// An exhibit of annex G.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedExhibit {
    /// Its mark, such as `JS/1`.
    pub mark: String,
    /// Its kind: `Web page`.
    pub kind: String,
    /// Its title or name.
    pub title: Cell,
    /// Who produced it, with whom.
    pub produced_by: String,
    /// When.
    pub produced: DateTime<Utc>,
    /// What is stated of a device or an item, field by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<(String, Cell)>,
    /// Its files.
    pub files: Vec<ListedFile>,
}

/// A file of an exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFile {
    /// What it is: `View 1 of 2`.
    pub what: String,
    /// Format, and size in pixels: `PNG, 1920 × 1080`.
    pub format: String,
    /// Made from other files, for reading.
    pub derived: bool,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the file.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
}

/// A volume of exhibits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedVolume {
    /// Its number.
    pub number: u32,
    /// Name of its file.
    pub file_name: String,
    /// SHA-256 of the signed file.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
}
