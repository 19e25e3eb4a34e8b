//! The state of a case: a fold over its events, and nothing else.

use crate::event::capture::Exhibit;
use crate::event::capture::StoppedBy;
use crate::event::course::{ComputerChange, Decision, PausedBy};
use crate::event::document::{DocumentKind, DocumentMade, Returned, SignatureField, Signed};
use crate::event::handing::{HandOver, HandOverEnd};
use crate::event::keeping::DestructionTarget;
use crate::event::release::{CaseRelease, ComputerRelease};
use crate::event::report::{
    ChildSafe, GroupMember, HarmTest, Involved, Logged, PreservedItem, Report, Subject, TriageExit,
};
use crate::event::review::held::LeaveGiven;
use crate::event::review::{
    ActionChosen, ComputerCheck, Finding, IsolationLine, Referral, Response, SessionEnd, View, Visit,
};
use crate::event::{Event, PackRef, Recorded};
use crate::ids::{CaseId, CaseReference, ExhibitMark, Hash, Initials, PersonId, Seq, SessionId};
use crate::people::Computer;
use crate::time::Moment;
use crate::words::Words;

mod continuity;
mod course;
mod evolve;
mod halted;
mod read;
mod turned;

pub use continuity::{Printed, Viewed};

/// When, by whom, at which entry something was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Ledger position.
    pub seq: Seq,
    /// When.
    pub at: Moment,
    /// Whose key signed the entry.
    pub by: PersonId,
}

/// The group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Members; the first two review.
    pub members: Vec<GroupMember>,
    /// Relation or line management, as declared.
    pub declared: Words,
    /// When it was formed.
    pub stamp: Stamp,
    /// Who left: when, who, who came, and why.
    pub replaced: Vec<(Stamp, PersonId, PersonId, Words)>,
    /// The third member, where sign-off asked for one.
    pub third: Option<PersonId>,
}

/// A legal hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// When it was placed, by whom.
    pub placed: Stamp,
    /// Why.
    pub reason: Words,
    /// When it was lifted, why, with whom.
    pub lifted: Option<(Stamp, Words, PersonId)>,
}

/// A clock that was started or stopped by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockTold {
    /// Which, by the pack's id.
    pub clock: String,
    /// When it was started.
    pub started: Stamp,
    /// What started it.
    pub words: Words,
    /// When what it asks for was done, and what.
    pub stopped: Option<(Stamp, Words)>,
}

/// An answer to a question of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartAnswer {
    /// When, by whom.
    pub stamp: Stamp,
    /// Which chart, by the pack's id.
    pub chart: String,
    /// Which box of it asks.
    pub question: String,
    /// The box that the answer leads to.
    pub answer: String,
    /// What it rests on.
    pub words: Words,
}

/// A review session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Who produces exhibits.
    pub operator: PersonId,
    /// Who watches.
    pub observer: PersonId,
    /// The check of the computer.
    pub check: ComputerCheck,
    /// When it opened.
    pub opened: Stamp,
    /// When and how it ended.
    pub ended: Option<(Stamp, SessionEnd)>,
    /// What the browser did.
    pub visits: Vec<Visit>,
    /// The entry of each of them.
    pub visit_entries: Vec<Seq>,
    /// When the observer confirmed.
    pub confirmed: Vec<Moment>,
    /// Captures that failed: when, and why.
    pub faults: Vec<(Moment, String)>,
    /// When and why it was paused, oldest first.
    pub pauses: Vec<(Stamp, PausedBy)>,
    /// Whether it is paused now: until the observer confirms.
    pub is_paused: bool,
    /// When operator and observer changed places.
    pub swaps: Vec<Stamp>,
    /// What was let through, and why.
    pub leaves: Vec<(Stamp, LeaveGiven)>,
}

impl Session {
    /// When the observer was last known to watch: at the opening, or at the newest confirmation.
    #[must_use]
    pub fn last_confirmed(&self) -> Moment {
        self.confirmed.last().copied().unwrap_or(self.opened.at)
    }
}

/// The chosen actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actions {
    /// `pupils` or `staff`.
    pub table: String,
    /// Row from 0.
    pub row: Option<usize>,
    /// Lines.
    pub lines: Vec<ActionChosen>,
    /// Who else responds.
    pub response: Response,
    /// When chosen.
    pub stamp: Stamp,
    /// What moved since: when, which, how far, what came of it; and who said that a held one may go ahead.
    pub moved: Vec<(Stamp, String, Words)>,
}

/// A document with its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// As made.
    pub made: DocumentMade,
    /// When made.
    pub stamp: Stamp,
    /// Signatures, in order.
    pub signatures: Vec<(Stamp, Signed)>,
    /// The head's return, where there was one.
    pub returned: Option<(Stamp, Returned)>,
    /// The case went back to an earlier stage: another edition has to be made.
    pub superseded: bool,
}

/// A copy of a document outside the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The file's name.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: Hash,
    /// Whether it shows pictures of exhibits.
    pub pictures: bool,
    /// Where it was saved.
    pub place: Words,
}

/// A package that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// When, by whom.
    pub stamp: Stamp,
    /// Which, to whom, on what.
    pub given: HandOver,
    /// What became of it: when, how, in words.
    pub ended: Vec<(Stamp, HandOverEnd, Words)>,
}

/// HALT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halt {
    /// When.
    pub stamp: Stamp,
    /// Who pressed.
    pub by: PersonId,
    /// What made them.
    pub because: StoppedBy,
    /// The address open then.
    pub address: Option<String>,
    /// Exhibits sealed by it.
    pub sealed: Vec<ExhibitMark>,
    /// What the police said of the case later, where they did.
    pub released: Option<(Stamp, CaseRelease)>,
}

/// A request to destroy the case, or early one entry of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destruction {
    /// Who asked, when.
    pub asked: Stamp,
    /// What is to be destroyed.
    pub target: DestructionTarget,
    /// On what ground.
    pub ground: Words,
    /// Who agreed, when.
    pub agreed: Option<Stamp>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    id: CaseId,
    reference: CaseReference,
    pack: PackRef,
    report: Report,
    opened: Stamp,
    preserved: Vec<(Stamp, PreservedItem)>,
    preserve_finished: Option<(Stamp, Option<Words>)>,
    triage: Option<(Stamp, TriageExit, Words)>,
    harm: Option<(Stamp, HarmTest)>,
    harm_met: Option<Stamp>,
    harm_asked_since: Stamp,
    group: Option<Group>,
    computer: Option<(Stamp, Computer, Words)>,
    sessions: Vec<Session>,
    exhibits: Vec<(Stamp, SessionId, Exhibit)>,
    views: Vec<(Stamp, View)>,
    finding: Option<(Stamp, Finding, Words, Vec<String>)>,
    actions: Option<Actions>,
    isolation: Option<(Stamp, Vec<IsolationLine>)>,
    documents: Vec<Document>,
    copies: Vec<(Stamp, Copy)>,
    hand_overs: Vec<HandedOver>,
    viewed: Vec<Viewed>,
    printed: Vec<Printed>,
    retained: Option<(Stamp, String, Words)>,
    rerouted: Vec<(Stamp, TriageExit, Words)>,
    subjects: Vec<(Stamp, Subject, Words)>,
    child_safe_since: Stamp,
    child_safe: Vec<(Stamp, ChildSafe, Words)>,
    involved: Vec<(Stamp, Involved, Words)>,
    logged: Option<(Stamp, Logged)>,
    computers_before: Vec<(Stamp, Computer, ComputerChange)>,
    decided: Option<(Stamp, Decision, Words)>,
    reopened: Vec<(Stamp, PersonId, Words)>,
    holds: Vec<Hold>,
    clocks: Vec<ClockTold>,
    chart_answers: Vec<ChartAnswer>,
    halts: Vec<Halt>,
    computer_released: Vec<(Stamp, ComputerRelease)>,
    stopped: Vec<(Stamp, String)>,
    referrals: Vec<(Stamp, Referral)>,
    custody: Vec<(Stamp, Words, Words, Words)>,
    notes: Vec<(Stamp, Words)>,
    corrections: Vec<(Stamp, Seq, Words)>,
    left_out: Option<(Stamp, Words)>,
    destructions: Vec<Destruction>,
    /// Marks of exhibits whose destruction was asked for: their entry may be gone by now.
    marks_asked_for: Vec<ExhibitMark>,
    erased: Vec<(Stamp, Seq)>,
    entries: Vec<Seq>,
    last: Seq,
}

/// The entries of a case do not make a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenHistory {
    /// There is none, or the first entry does not open a case.
    NotOpened,
    /// An entry at this position opens a case a second time, or belongs to no case.
    Misplaced(Seq),
}

impl std::fmt::Display for BrokenHistory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotOpened => f.write_str("the case's first entry does not open it"),
            Self::Misplaced(seq) => write!(f, "entry {seq} does not belong where it stands"),
        }
    }
}

impl std::error::Error for BrokenHistory {}

impl Document {
    /// Whether it is in signing: neither returned nor superseded.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.returned.is_none() && !self.superseded
    }

    /// SHA-256 of the file as it stands: with its last signature, or as it was made.
    #[must_use]
    pub fn stands(&self) -> Hash {
        self.signatures.last().map_or(self.made.sha256, |(_, signed)| signed.sha256)
    }
}

impl Case {
    /// Folds a case's entries in their order.
    ///
    /// # Errors
    /// - If the first entry does not open a case.
    /// - If a later entry opens a case again, or belongs to the store.
    pub fn replay(entries: &[Recorded]) -> Result<Self, BrokenHistory> {
        let (first, rest) = entries.split_first().ok_or(BrokenHistory::NotOpened)?;
        let mut case = Self::opened(first)?;
        for entry in rest {
            case.evolve(entry)?;
        }
        Ok(case)
    }

    /// The next exhibit mark under these initials: one more than the greatest kept so far, destroyed ones too.
    #[must_use]
    pub fn next_mark(&self, initials: &Initials) -> ExhibitMark {
        let kept = self.exhibits.iter().map(|(_, _, exhibit)| &exhibit.mark).chain(&self.marks_asked_for);
        let used = kept.filter(|mark| mark.initials() == initials).map(ExhibitMark::number).max().unwrap_or(0);
        ExhibitMark::new(initials.clone(), used.saturating_add(1))
    }

    /// Whether an exhibit has this mark, or had it.
    #[must_use]
    pub fn has_mark(&self, mark: &ExhibitMark) -> bool {
        self.exhibits.iter().any(|(_, _, exhibit)| &exhibit.mark == mark) || self.marks_asked_for.contains(mark)
    }

    /// The session that is open, where one is.
    #[must_use]
    pub fn open_session(&self) -> Option<&Session> {
        self.sessions.last().filter(|session| session.ended.is_none())
    }

    /// The two reviewing people.
    #[must_use]
    pub fn reviewers(&self) -> Option<(&PersonId, &PersonId)> {
        match self.group.as_ref()?.members.as_slice() {
            [first, second, ..] => Some((&first.person, &second.person)),
            [] | [_] => None,
        }
    }

    /// The newest edition of the form.
    #[must_use]
    pub fn form(&self) -> Option<&Document> {
        self.documents.iter().rev().find(|document| document.made.kind == DocumentKind::Record)
    }

    /// The head's signature on the newest edition.
    #[must_use]
    pub fn signed_off(&self) -> Option<&(Stamp, Signed)> {
        self.form()
            .filter(|form| !form.superseded)?
            .signatures
            .iter()
            .find(|(_, signed)| signed.field == SignatureField::Head)
    }
}
