//! Turns that a case takes beside the ten stages, and some that the store takes. On disk each is an event like the others, by
//! its own kind.

use serde::{Deserialize, Serialize};

use super::course::{ComputerChange, Decision, PausedBy};
use super::handing::{HandOver, HandOverEnd};
use super::keeping::TimeAuthority;
use super::release::{CaseRelease, ComputerRelease};
use super::report::{ChildSafe, GroupMember, Involved, Logged, Subject, TriageExit};
use super::review::ActionState;
use super::review::held::LeaveGiven;
use crate::ids::{ExhibitMark, Hash, PersonId, Seq, SessionId};
use crate::words::Words;

/// A turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Turn {
    /// The police said that the computer may be used again, or took it: the store is no longer frozen. What HALT sealed
    /// stays sealed.
    ComputerReleased {
        /// What they said, and to whom.
        release: ComputerRelease,
    },
    /// The police released a halted case.
    CaseReleased {
        /// What they said, and to whom.
        release: CaseRelease,
    },
    /// The case took a stricter way than before.
    Rerouted {
        /// The way.
        exit: TriageExit,
        /// Why.
        reason: Words,
    },
    /// Somebody else is the person concerned, or is something else to the school than was reported.
    SubjectChanged {
        /// Who, as it is known now.
        subject: Subject,
        /// What was learned.
        reason: Words,
    },
    /// Somebody else turned out to be involved.
    InvolvedAdded {
        /// Who, in which role.
        involved: Involved,
        /// What was learned.
        reason: Words,
    },
    /// *Is the child safe now?* was answered again.
    ChildSafetyAnswered {
        /// The answer.
        child_safe: ChildSafe,
        /// What was learned.
        reason: Words,
    },
    /// The incident was only logged, with what was done.
    Logged {
        /// What was done.
        logged: Logged,
    },
    /// A member of the group left, and another came.
    MemberReplaced {
        /// Who left.
        left: PersonId,
        /// Who came.
        member: GroupMember,
        /// Why.
        reason: Words,
    },
    /// The designated computer of the case was changed.
    ComputerChanged {
        /// To which, why, and who has the one before.
        change: ComputerChange,
    },
    /// A review was paused: nothing is captured until the observer confirms.
    ReviewPaused {
        /// The session.
        session: SessionId,
        /// Why.
        because: PausedBy,
    },
    /// Operator and observer changed places.
    RolesChanged {
        /// The session.
        session: SessionId,
        /// Who produces the exhibits from here on.
        operator: PersonId,
        /// Who watches.
        observer: PersonId,
    },
    /// Two people let something through that the evidence browser had held back.
    LetThrough {
        /// The session.
        session: SessionId,
        /// What, why, and who.
        given: Box<LeaveGiven>,
    },
    /// Sign-off decided where the reviewing people did not agree.
    DisagreementDecided {
        /// How.
        decision: Decision,
        /// Why.
        reasons: Words,
    },
    /// An action went on.
    ActionMoved {
        /// Which, by the pack's id.
        action: String,
        /// How far it is.
        state: ActionState,
        /// What came of it so far.
        outcome: Words,
    },
    /// Police, LADO or social care said that a held action may go ahead.
    ActionReleased {
        /// Which, by the pack's id.
        action: String,
        /// Who said so, when, how.
        said: Words,
    },
    /// A retained case was reopened.
    Reopened {
        /// Why.
        reason: Words,
        /// The second person; the first signs the entry.
        with: PersonId,
    },
    /// A legal hold: nothing of the case is destroyed while it stands.
    HoldPlaced {
        /// Why, and who asked for it.
        reason: Words,
    },
    /// A legal hold ended.
    HoldLifted {
        /// The entry that placed it.
        hold: Seq,
        /// Why, and who said so.
        reason: Words,
        /// The second person; the first signs the entry.
        with: PersonId,
    },
    /// People answered a question of a chart that the record does not answer.
    ChartAnswered {
        /// Which chart, by the pack's id.
        chart: String,
        /// Which box of it asks.
        question: String,
        /// The box that the answer leads to.
        answer: String,
        /// What the answer rests on.
        words: Words,
        /// By this answer the harm test is met.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        harm_test_met: bool,
    },
    /// A clock was started.
    ClockStarted {
        /// Which, by the pack's id.
        clock: String,
        /// What started it.
        words: Words,
    },
    /// What a clock asks for was done.
    ClockStopped {
        /// Which, by the pack's id.
        clock: String,
        /// What was done, when, by whom.
        words: Words,
    },
    /// A package was handed over.
    HandedOver {
        /// Which, to whom, on what.
        hand_over: Box<HandOver>,
    },
    /// A package that was handed over came back, was wiped, or was not written.
    HandOverEnded {
        /// Its number.
        number: u32,
        /// What became of it.
        how: HandOverEnd,
        /// When, by whom, how.
        words: Words,
    },
    /// The store's own: which time-stamp authorities are asked for each signature from here on.
    TimeAuthoritiesSet {
        /// The first, and the second where the first is not reached; none where nobody is asked.
        authorities: Vec<TimeAuthority>,
        /// The second person; the first signs the entry.
        with: PersonId,
    },
    /// The store's own: a paper over several cases, a log or a report, is saved outside the store.
    PaperSaved {
        /// The file's name.
        name: String,
        /// SHA-256 of the file.
        sha256: Hash,
        /// The folder that it is saved in.
        place: Words,
    },
    /// The store's own: which time server is asked at each check of the computer from here on.
    TimeServerSet {
        /// Its name, with its port where it is another than 123; none where nobody is asked.
        server: Option<String>,
        /// The second person; the first signs the entry.
        with: PersonId,
    },
    /// The store's own: where this school's staff find support after a review.
    SupportSet {
        /// One contact each, in the order that they are shown in; none where the school names none of its own.
        contacts: Vec<Words>,
        /// The second person; the first signs the entry.
        with: PersonId,
    },
    /// A picture of an exhibit was given to the window, to be looked at.
    ExhibitViewed {
        /// Whose.
        mark: ExhibitMark,
        /// SHA-256 of the picture.
        sha256: Hash,
        /// Who was signed in.
        here: Vec<PersonId>,
    },
    /// Somebody says that they put an exhibit on paper.
    ExhibitPrinted {
        /// Which.
        mark: ExhibitMark,
        /// The copy's number among those of this exhibit, from 1.
        copy: u32,
        /// Who holds the copy, and where it is.
        holder: Words,
    },
}
