//! A case as its pages show it.

use serde::Serialize;
use ts_rs::TS;

use super::Clause;
use super::store::{BackupRow, DestructionRow};

mod closing;
mod list;
mod turns;

pub use closing::{ActionRow, ActionTable, ActionTableRow, DocumentRow, IsolationRow, SignerRow, ViewRow};
pub use list::{CaseList, CaseRow, ClockCard, LogColumn, LogRow, LogView};
pub use turns::{HoldRow, MemberRow, TurnsView};

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StageState {
    /// Done.
    Done,
    /// The one next thing.
    Next,
    /// May be done, is not the next thing.
    Open,
    /// Cannot start yet.
    Waiting,
    /// Not needed so far.
    NotNeeded,
}

/// A stage of the procedure.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StageView {
    /// 1 to 10.
    pub number: u8,
    /// `reported`, `triage`, `group`, `computer`, `review`, `judgement`, `action`, `isolation`, `sign-off`,
    /// `retained`.
    pub id: String,
    /// Title.
    pub title: String,
    /// How it stands.
    pub state: StageState,
    /// One line: what is done, what is next, or why not yet.
    pub line: String,
    /// The pack's clause.
    pub clause: Option<Clause>,
}

/// Everything that a case's pages show.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseView {
    /// Id.
    pub id: String,
    /// Reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// When it was opened.
    pub opened: String,
    /// The ten stages.
    pub stages: Vec<StageView>,
    /// The side card *This case*: label and value.
    pub facts: Vec<Fact>,
    /// Its clocks that run.
    pub clocks: Vec<ClockCard>,
    /// The report, as label and value.
    pub report: Vec<Fact>,
    /// What was preserved.
    pub preserved: Vec<PreservedView>,
    /// Whether preserving was said to be complete.
    pub preserve_finished: bool,
    /// The ways out of triage: id, label, hint, and why not where not.
    pub exits: Vec<Choice>,
    /// The chosen exit's label, with its reason.
    pub triage: Option<String>,
    /// The chart of triage.
    pub chart: Chart,
    /// The harm test must be answered before a review.
    pub harm_test_needed: bool,
    /// A criterion of the policy says that it is met: only the LADO's advice answers it.
    pub harm_test_met: bool,
    /// The harm test's answer, as label and value.
    pub harm_test: Vec<Fact>,
    /// Who may be in the group: id and label, and why not where not.
    pub candidates: Vec<Choice>,
    /// The group: members in words.
    pub group: Vec<String>,
    /// Relation as declared.
    pub declared: Option<String>,
    /// The computer for the case, as label and value.
    pub computer: Vec<Fact>,
    /// Sessions, newest first.
    pub sessions: Vec<SessionRow>,
    /// The session that is open.
    pub session_open: bool,
    /// Exhibits in order of mark.
    pub exhibits: Vec<ExhibitRow>,
    /// Views: who has sealed, and their content once all have.
    pub views: Vec<ViewRow>,
    /// The finding, as label and value.
    pub finding: Vec<Fact>,
    /// Police grounds of the pack to put to the group.
    pub police_grounds: Vec<Choice>,
    /// The school's tables.
    pub tables: Vec<ActionTable>,
    /// The actions chosen.
    pub actions: Vec<ActionRow>,
    /// The isolation checklist.
    pub isolation: Vec<IsolationRow>,
    /// Isolation is required (police route).
    pub isolation_required: bool,
    /// Documents, newest first.
    pub documents: Vec<DocumentRow>,
    /// The three signers of the present edition.
    pub signers: Vec<SignerRow>,
    /// Retention, as label and value.
    pub retained: Vec<Fact>,
    /// The default rule for retention, from the pack.
    pub retention_rule: String,
    /// What changed in its course, and what can change now.
    pub turns: TurnsView,
    /// HALT in this case, while it stands.
    pub halt: Option<HaltView>,
    /// What the police said when they released the case, as label and value; empty where they did not.
    pub release: Vec<Fact>,
    /// Addresses closed by Stop and refer.
    pub stopped: Vec<String>,
    /// Referrals recorded, as label and value groups.
    pub referrals: Vec<Vec<Fact>>,
    /// Whether images may be captured, shown, printed or exported in this case.
    pub images_allowed: bool,
    /// Destructions that were asked for, newest first.
    pub destructions: Vec<DestructionRow>,
    /// Why the pictures of this case are not in this store, where they were left out of it when it was restored.
    pub left_out: Option<String>,
    /// Reading mode: the number of ledger entries of the case.
    pub entries: u32,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value; never empty.
    pub value: String,
    /// Shown in the typewriter face (addresses, marks, hashes).
    pub mono: bool,
}

/// Something to choose.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Hint.
    pub hint: Option<String>,
    /// Why it cannot be chosen, where it cannot.
    pub refused: Option<String>,
}

/// A chart of the policy, with the case's position on it where it is shown for one.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What of it was inferred.
    pub note: Option<String>,
    /// Nodes in reading order.
    pub nodes: Vec<ChartNode>,
    /// Ways between them.
    pub edges: Vec<ChartEdge>,
    /// The whole chart in words, line by line.
    pub words: Vec<String>,
    /// Where the case is on it, in words; none where no case is shown.
    pub position: Option<String>,
    /// The questions on the way of the case that people may answer now, or answer anew, in order.
    pub questions: Vec<ChartQuestion>,
}

/// A question of a chart that the record does not answer.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartQuestion {
    /// The node that asks.
    pub id: String,
    /// What it asks.
    pub label: String,
    /// The answers, each by the node that it leads to, with where that is.
    pub answers: Vec<Choice>,
    /// What was answered last, when and by whom.
    pub answered: Option<String>,
    /// The clause that has the charts followed.
    pub clause: Option<Clause>,
}

/// A node.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartNode {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// Column, from 0.
    pub column: u8,
    /// Row, from 0.
    pub row: u8,
    /// The case is here.
    pub here: bool,
    /// The case came by here.
    pub taken: bool,
    /// What of it was inferred.
    pub note: Option<String>,
    /// The id of the chart that it leads on to.
    pub leads: Option<String>,
}

/// A way.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartEdge {
    /// From node.
    pub from: String,
    /// To node.
    pub to: String,
    /// Its word (`Yes`).
    pub label: String,
    /// The case took it.
    pub taken: bool,
}

/// A preserved item.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreservedView {
    /// What.
    pub what: String,
    /// Its identity.
    pub identity: String,
    /// Where, who holds it, seal, since when, in one line.
    pub line: String,
}

/// A session in the list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SessionRow {
    /// Number from 1.
    pub number: u32,
    /// From when to when.
    pub times: String,
    /// Operator and observer.
    pub people: String,
    /// How it ended, or that it is open.
    pub ended: String,
    /// Addresses visited.
    pub visited: u32,
}

/// An exhibit in the list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExhibitRow {
    /// Mark.
    pub mark: String,
    /// Kind in words.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Nature of the content, in words.
    pub nature: String,
    /// Reason for concern.
    pub concern: String,
    /// When, and by whom.
    pub made: String,
    /// The address, readable, where there is one and it may be shown.
    pub address: Option<String>,
    /// Pictures that may be asked for, covered until revealed. Empty where sealed.
    pub pictures: Vec<PictureRef>,
    /// Sealed by HALT.
    pub sealed: bool,
    /// The number that the next numbered mark over a picture of it has.
    pub next_number: u8,
    /// First 8 characters of the first file's hash.
    pub hash: Option<String>,
    /// The facts of the capture, as label and value.
    pub facts: Vec<Fact>,
    /// Its files. Empty where sealed.
    pub files: Vec<FileRow>,
    /// What happened to it since, oldest first.
    pub continuity: Vec<ContinuityRow>,
}

/// A file of an exhibit.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileRow {
    /// What it is, with its format and size.
    pub what: String,
    /// Its name in a hand-over.
    pub name: String,
    /// SHA-256.
    pub sha256: String,
}

/// A row of an exhibit's continuity.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContinuityRow {
    /// When.
    pub at: String,
    /// What happened.
    pub what: String,
    /// Whose key signed the entry.
    pub who: String,
    /// Ledger entry.
    pub seq: String,
}

/// A picture that may be asked for by `exhibit://`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureRef {
    /// SHA-256.
    pub sha256: String,
    /// What it shows (`View 1 of 2`, `Derived: the whole page`).
    pub label: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// HALT in a case.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HaltView {
    /// Since when, in words.
    pub since: String,
    /// Who pressed.
    pub by: String,
    /// Words to read aloud to the police; each holds only what is recorded.
    pub read_aloud: Vec<String>,
    /// Sealed marks.
    pub sealed: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<String>,
    /// Whom to tell at the school.
    pub tell: String,
    /// The referral record, once made: SHA-256.
    pub referral: Option<String>,
    /// Backups that may hold pictures of this case among the copies.
    pub backups: Vec<BackupRow>,
    /// Copies of documents that were saved outside the store: which, where and when.
    pub copies: Vec<String>,
    /// What the police said when they released the computer, a group for each time.
    pub computer_released: Vec<Vec<Fact>>,
}

/// An entry on the timeline.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineRow {
    /// Ledger entry.
    pub seq: String,
    /// The kind of entry, as the ledger names it.
    pub kind: String,
    /// When.
    pub at: String,
    /// What, in words.
    pub what: String,
    /// Who was signed in.
    pub who: String,
    /// First 8 characters of its hash.
    pub hash: String,
}
