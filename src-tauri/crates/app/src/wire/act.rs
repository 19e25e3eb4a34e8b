//! The acts in a case, as people fill them in.

use serde::Deserialize;
use ts_rs::TS;

use super::forms::{ActionLine, ExternalForm, IsolationForm, PoliceForm};

/// An act in a case.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "act", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Act {
    /// Preserve an item. The time is now, unless `at` says otherwise (`2026-11-22T14:33`).
    Preserve {
        /// What it is.
        what: String,
        /// Make, model, serial number or account.
        identity: String,
        /// Where it is.
        place: String,
        /// Who holds it.
        custodian: String,
        /// Seal number, or why none.
        seal: String,
    },
    /// Preserving is complete.
    FinishPreserve {
        /// Why there is nothing, where there is nothing.
        nothing_because: Option<String>,
    },
    /// Choose the way out of triage.
    Triage {
        /// `other-incidents` or `illegal-route`.
        exit: String,
        /// Why.
        reason: String,
    },
    /// Answer the harm test.
    HarmTest {
        /// `no` or `yes-or-unsure`.
        met: String,
        /// Why not; or the LADO's advice.
        words: String,
        /// The LADO's name.
        lado: Option<String>,
    },
    /// Form the group.
    FormGroup {
        /// Members' ids; the first two review.
        members: Vec<String>,
        /// Those of them who are line-managed by the person concerned, by id.
        managed: Vec<String>,
        /// Relation or line management, as declared.
        declared: String,
        /// Why nobody else can act, where the person concerned manages somebody among them.
        #[serde(default)]
        despite: String,
        /// Those of them who come from outside the school.
        #[serde(default)]
        external: Vec<ExternalForm>,
    },
    /// Choose the designated computer.
    ChooseComputer {
        /// The asset tag read off it.
        asset_tag: String,
        /// Pupils do not use it.
        not_for_pupils: bool,
        /// It can be taken off site.
        can_leave: bool,
        /// Which filter categories were opened, by whom, until when.
        filter: String,
    },
    /// Record the group's finding.
    Find {
        /// `substance`, `no-substance` or `disagreed`.
        finding: String,
        /// Why.
        reasons: String,
        /// Police grounds that apply, by id.
        police_grounds: Vec<String>,
    },
    /// Choose the actions.
    ChooseActions {
        /// `pupils` or `staff`.
        table: String,
        /// Row from 0.
        row: Option<u32>,
        /// One line for each action of the table.
        lines: Vec<ActionLine>,
        /// Internal response or discipline.
        internal: bool,
        /// Local Authority or national body.
        authority: bool,
        /// Police.
        police: bool,
    },
    /// Record the isolation checklist.
    Isolate {
        /// Its lines.
        lines: Vec<IsolationForm>,
    },
    /// Retain the case.
    Retain {
        /// Review day, `2032-11-22`.
        review_on: String,
        /// The rule.
        rule: String,
    },
    /// Only log the incident, with what was done.
    LogOnly {
        /// Why it is only logged.
        reason: String,
        /// `pupils` or `staff`.
        table: String,
        /// Row from 0.
        row: Option<u32>,
        /// Actions taken, by the table's ids.
        actions: Vec<String>,
        /// What was done, in words.
        words: String,
        /// Whether the parents or carers were told.
        parents_told: bool,
        /// When and how; or why not.
        parents: String,
    },
    /// Take a stricter way than before.
    Reroute {
        /// `other-incidents` or `illegal-route`.
        exit: String,
        /// Why.
        reason: String,
    },
    /// Say who is the person concerned, as it is known now.
    ChangeSubject {
        /// How the record names them.
        name: String,
        /// `pupil`, `staff` or `other`.
        kind: String,
        /// The enrolled person's id, where it is one.
        enrolled: Option<String>,
        /// Works or volunteers with children.
        works_with_children: bool,
        /// What was learned.
        reason: String,
    },
    /// Add somebody who is involved.
    Involve {
        /// How the record names them.
        name: String,
        /// `child-at-risk`, `witness` or `reporter`.
        role: String,
        /// What was learned.
        reason: String,
    },
    /// Answer again whether the child is safe now (also under HALT).
    AnswerChildSafe {
        /// `no-child`, `safe` or `not-safe`.
        child_safe: String,
        /// How it is known, or what was done at once.
        words: String,
    },
    /// Replace a member of the group.
    ReplaceMember {
        /// Who leaves, by id.
        left: String,
        /// Who comes, by id.
        came: String,
        /// From where they come, where from outside the school.
        external: String,
        /// Whether the person concerned manages them.
        managed: bool,
        /// Why nobody else can act, where they do.
        despite: String,
        /// Why.
        reason: String,
    },
    /// Change the designated computer.
    ChangeComputer {
        /// The asset tag read off the new one.
        asset_tag: String,
        /// Which filter categories were opened, by whom, until when.
        filter: String,
        /// Why.
        reason: String,
        /// Who has the one before.
        custodian: String,
        /// Where it is.
        place: String,
        /// The second signed-in person, by id.
        with: String,
    },
    /// Pause the review until the observer confirms.
    PauseReview,
    /// Operator and observer change places.
    ChangeRoles {
        /// The PIN that whoever observes from now on chose for this session: 4 to 8 digits.
        pin: String,
    },
    /// Sign-off decides a disagreement.
    DecideDisagreement {
        /// `substance`, `no-substance` or `third-member`.
        decision: String,
        /// The third member, by id.
        member: Option<String>,
        /// Why.
        reasons: String,
    },
    /// An action went on.
    MoveAction {
        /// The action's id.
        action: String,
        /// `proposed`, `in-hand` or `done`.
        state: String,
        /// What came of it so far.
        outcome: String,
    },
    /// A held action may go ahead.
    ReleaseAction {
        /// The action's id.
        action: String,
        /// Who said so, when, how.
        said: String,
    },
    /// Reopen a retained case.
    Reopen {
        /// Why.
        reason: String,
        /// The second signed-in person, by id.
        with: String,
    },
    /// Place a legal hold.
    PlaceHold {
        /// Why, and who asked for it.
        reason: String,
    },
    /// Lift a legal hold.
    LiftHold {
        /// The number of the entry that placed it.
        hold: String,
        /// Why, and who said so.
        reason: String,
        /// The second signed-in person, by id.
        with: String,
    },
    /// Answer a question of a chart of the policy.
    AnswerChart {
        /// The chart's id.
        chart: String,
        /// The id of the box that asks.
        question: String,
        /// The id of the box that the answer leads to.
        answer: String,
        /// What the answer rests on.
        words: String,
    },
    /// Start a clock (also under HALT).
    StartClock {
        /// The clock's id.
        clock: String,
        /// What started it.
        words: String,
    },
    /// What a clock asks for was done.
    StopClock {
        /// The clock's id.
        clock: String,
        /// What was done, when, by whom.
        words: String,
    },
    /// Record that the police released the computer after HALT.
    ReleaseComputer {
        /// `may-be-used` or `taken`.
        what: String,
        /// Who said so.
        said: PoliceForm,
        /// The second signed-in person, by id.
        with: String,
    },
    /// Record that the police released the halted case.
    ReleaseCase {
        /// `not-illegal`, `school-may-proceed`, `no-further-action` or `directed-to-dispose`.
        verdict: String,
        /// Marks of the exhibits that are not illegal.
        exhibits: Vec<String>,
        /// Who said so.
        said: PoliceForm,
        /// The second signed-in person, by id.
        with: String,
    },
    /// Record a referral (also under HALT).
    Refer {
        /// Force or organisation.
        to: String,
        /// Officer or person, with number.
        person: String,
        /// Their reference.
        reference: String,
        /// Their advice.
        advice: String,
    },
    /// Record custody of an item (also under HALT).
    Custody {
        /// Item.
        item: String,
        /// Custodian.
        custodian: String,
        /// Place.
        place: String,
    },
    /// Add words under HALT, that describe without depicting.
    Note {
        /// Words.
        words: String,
    },
    /// Correct an earlier entry.
    Correct {
        /// Its number.
        seq: String,
        /// What is right.
        words: String,
    },
    /// Ask for destruction: of the case after its review date, or early of one entry.
    AskDestruction {
        /// The entry's number; none for the whole case.
        entry: Option<String>,
        /// On what ground.
        ground: String,
    },
    /// Agree to a destruction that somebody else asked for.
    AgreeDestruction {
        /// The number of the entry that asked.
        asked: String,
    },
    /// Record a paper copy that somebody made of an exhibit.
    PrintExhibit {
        /// The exhibit's mark.
        mark: String,
        /// Who holds the copy, and where it is.
        holder: String,
    },
    /// Record what became of a package that was handed over.
    EndHandOver {
        /// Its number in the case.
        number: u32,
        /// `returned` or `wiped`.
        how: String,
        /// When, by whom, how.
        words: String,
    },
}

impl Act {
    /// Its name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Preserve { .. } => "preserve",
            Self::FinishPreserve { .. } => "finish-preserve",
            Self::Triage { .. } => "triage",
            Self::HarmTest { .. } => "harm-test",
            Self::FormGroup { .. } => "form-group",
            Self::ChooseComputer { .. } => "choose-computer",
            Self::Find { .. } => "find",
            Self::ChooseActions { .. } => "choose-actions",
            Self::Isolate { .. } => "isolate",
            Self::Retain { .. } => "retain",
            Self::LogOnly { .. } => "log-only",
            Self::Reroute { .. } => "reroute",
            Self::ChangeSubject { .. } => "change-subject",
            Self::Involve { .. } => "involve",
            Self::AnswerChildSafe { .. } => "answer-child-safe",
            Self::ReplaceMember { .. } => "replace-member",
            Self::ChangeComputer { .. } => "change-computer",
            Self::DecideDisagreement { .. } => "decide-disagreement",
            Self::MoveAction { .. } => "move-action",
            Self::ReleaseAction { .. } => "release-action",
            Self::Reopen { .. } => "reopen",
            Self::PlaceHold { .. } => "place-hold",
            Self::LiftHold { .. } => "lift-hold",
            Self::AnswerChart { .. } => "answer-chart",
            Self::StartClock { .. } => "start-clock",
            Self::StopClock { .. } => "stop-clock",
            Self::PauseReview => "pause-review",
            Self::ChangeRoles { .. } => "change-roles",
            Self::ReleaseComputer { .. } => "release-computer",
            Self::ReleaseCase { .. } => "release-case",
            Self::Refer { .. } => "refer",
            Self::Custody { .. } => "custody",
            Self::Note { .. } => "note",
            Self::Correct { .. } => "correct",
            Self::EndHandOver { .. } => "end-hand-over",
            Self::PrintExhibit { .. } => "print-exhibit",
            Self::AskDestruction { .. } => "ask-destruction",
            Self::AgreeDestruction { .. } => "agree-destruction",
        }
    }
}
