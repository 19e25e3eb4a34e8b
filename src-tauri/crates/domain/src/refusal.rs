//! Refusals. A refusal is not an error: it is an answer, with the stage whose clause it rests on and the stage
//! that opens the way. Its wording is data (`assets/words`), by its code.

use std::fmt;

use crate::pack::Stage;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Why the procedure refuses.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum RefusalCode {
            $($(#[$doc])* $name),+
        }

        impl RefusalCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as scripts and the words file write it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code),+
                }
            }
        }
    };
}

codes! {
    /// The person who acts is not signed in.
    NotSignedIn = "not-signed-in",
    /// Two signed-in members of the group are needed.
    TwoNeeded = "two-needed",
    /// The subject of the case may take no part in it.
    SubjectExcluded = "subject-excluded",
    /// It was done already and stands.
    AlreadyDone = "already-done",
    /// The report must be finished, with what was preserved.
    ReportFirst = "report-first",
    /// With nothing preserved, a reason is needed.
    NothingPreserved = "nothing-preserved",
    /// Triage comes first.
    TriageFirst = "triage-first",
    /// The category asks for a stricter way out of triage.
    RouteTooLax = "route-too-lax",
    /// On the illegal route the school does not review.
    NoReviewHere = "no-review-here",
    /// The harm test must be answered.
    HarmTestFirst = "harm-test-first",
    /// The harm test is asked only where the subject works with children.
    NoHarmTestNeeded = "no-harm-test-needed",
    /// A criterion of the policy was answered so that the harm test is met.
    HarmTestMet = "harm-test-met",
    /// A group is at least two senior people.
    GroupTooSmall = "group-too-small",
    /// The same person twice.
    SamePerson = "same-person",
    /// Who signs off may not review.
    SignerReviews = "signer-reviews",
    /// A member is line-managed by the subject.
    ManagedBySubject = "managed-by-subject",
    /// The group comes first.
    GroupFirst = "group-first",
    /// No such enrolled person.
    UnknownPerson = "unknown-person",
    /// The pack has no such category.
    UnknownCategory = "unknown-category",
    /// The asset tag is not the registered computer's.
    WrongComputer = "wrong-computer",
    /// The computer must not be used by pupils.
    PupilsUseIt = "pupils-use-it",
    /// The computer must be able to leave the site.
    MustBeMovable = "must-be-movable",
    /// The designated computer must be chosen first.
    ComputerFirst = "computer-first",
    /// Both people must have tried the HALT key.
    HaltKeyUntried = "halt-key-untried",
    /// A session is open already.
    SessionOpen = "session-open",
    /// No session is open.
    NoSession = "no-session",
    /// Both people of the session must be signed in.
    BothMustBeSignedIn = "both-must-be-signed-in",
    /// Only the observer confirms.
    ObserverOnly = "observer-only",
    /// The second question of the gate has no answer.
    GateUnanswered = "gate-unanswered",
    /// The case's category forbids capture.
    CaptureForbidden = "capture-forbidden",
    /// Stop and refer closed this site to review.
    SiteStopped = "site-stopped",
    /// The picture is not what the gate was answered for.
    NotWhatWasGated = "not-what-was-gated",
    /// A session must have ended.
    ReviewFirst = "review-first",
    /// Only a reviewing person has a view.
    NotAReviewer = "not-a-reviewer",
    /// The person's view is sealed already.
    ViewSealed = "view-sealed",
    /// All views must be sealed first.
    ViewsFirst = "views-first",
    /// The finding does not fit the views.
    FindingUnfit = "finding-unfit",
    /// The pack has no such ground.
    UnknownGround = "unknown-ground",
    /// The finding comes first.
    JudgementFirst = "judgement-first",
    /// No action is needed where the concern has no substance.
    NoActionNeeded = "no-action-needed",
    /// The pack has no such table, row or action.
    UnknownAction = "unknown-action",
    /// Each action of the table needs its line.
    LineMissing = "line-missing",
    /// A departure from the table needs a reason.
    DepartureUnexplained = "departure-unexplained",
    /// A chosen action needs an owner and a due day.
    OwnerMissing = "owner-missing",
    /// A police ground or police action asks for police among the responses.
    PoliceMissing = "police-missing",
    /// The actions come first.
    ActionFirst = "action-first",
    /// Each step of the checklist needs its line.
    IsolationIncomplete = "isolation-incomplete",
    /// Isolation is required and comes first.
    IsolationFirst = "isolation-first",
    /// The form has not been made.
    FormFirst = "form-first",
    /// The present edition is in signing.
    InSigning = "in-signing",
    /// It is not this person's turn to sign.
    OutOfTurn = "out-of-turn",
    /// This person may not sign here.
    NotTheSigner = "not-the-signer",
    /// The file changed since it was shown.
    NotTheSameFile = "not-the-same-file",
    /// Both reviewers sign before the head decides.
    ReviewersSignFirst = "reviewers-sign-first",
    /// Sign-off comes first.
    SignOffFirst = "sign-off-first",
    /// A referral must be recorded first.
    ReferralFirst = "referral-first",
    /// A referral record is made for HALT and the illegal route only.
    NoReferralHere = "no-referral-here",
    /// A day is not written as a day, or lies in the past.
    BadDay = "bad-day",
    /// No such entry in this case.
    UnknownEntry = "unknown-entry",
    /// HALT stands in this case.
    Halted = "halted",
    /// A child may be harmed, or somebody who works with children may have done harm, or the police are asked for.
    NotForLogOnly = "not-for-log-only",
    /// Logging needs what was done, and whether the parents know.
    LogWithAction = "log-with-action",
    /// The incident was only logged.
    OnlyLogged = "only-logged",
    /// No such member of the group.
    NotInGroup = "not-in-group",
    /// The reviewing people agree, or it is decided.
    NothingToDecide = "nothing-to-decide",
    /// The reviewing people did not agree, and sign-off has not decided.
    DisagreementOpen = "disagreement-open",
    /// The review is paused until the observer confirms.
    ReviewPaused = "review-paused",
    /// An action that would alert somebody has to wait.
    MustBeHeld = "must-be-held",
    /// The action is held.
    StillHeld = "still-held",
    /// The case is not retained.
    NotRetained = "not-retained",
    /// The pack has no such clock, or it does not run.
    UnknownClock = "unknown-clock",
    /// The pack has no such chart, question or answer.
    NoSuchQuestion = "no-such-question",
    /// The case has not come to this question of the chart, or its record answers it.
    NotAsked = "not-asked",
    /// A HALT stands on this computer, which the police have not released.
    Frozen = "frozen",
    /// HALT was pressed in this case: nothing is reviewed or captured in it any more.
    NoReviewAfterHalt = "no-review-after-halt",
    /// No HALT stands in this case.
    NoHaltHere = "no-halt-here",
    /// The computer is not frozen.
    NotFrozen = "not-frozen",
    /// Two people who are signed in are needed.
    TwoSignedIn = "two-signed-in",
    /// A day is not written as a day, or lies in the future.
    DayToCome = "day-to-come",
    /// Only what the police found not illegal is unsealed.
    StaysSealed = "stays-sealed",
    /// No such exhibit is sealed in this case.
    NotSealedHere = "not-sealed-here",
    /// The case has no such exhibit, or no such picture.
    NoSuchExhibit = "no-such-exhibit",
    /// The day on which the case may be destroyed has not come.
    NotYet = "not-yet",
    /// Police, a referral or HALT has an interest in the case: nothing of it is destroyed.
    UnderHold = "under-hold",
    /// The police have, or had, an interest in the case: no draft for a subject access request is made of it.
    PoliceInterest = "police-interest",
    /// Nobody asked for this destruction, or it was not agreed to.
    NotAgreed = "not-agreed",
    /// Only the head, or who stands in, may do this.
    HeadOnly = "head-only",
    /// The case is closed to change: it is retained.
    Closed = "closed",
}

impl fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    code: RefusalCode,
    stage: Stage,
    opens: Option<Stage>,
}

impl Refusal {
    pub(crate) const fn new(code: RefusalCode, stage: Stage) -> Self {
        Self { code, stage, opens: None }
    }

    pub(crate) const fn opened_by(code: RefusalCode, stage: Stage, opens: Stage) -> Self {
        Self { code, stage, opens: Some(opens) }
    }

    /// Why.
    #[must_use]
    pub fn code(&self) -> RefusalCode {
        self.code
    }

    /// The stage whose clause in the pack says so.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The stage that opens the way.
    #[must_use]
    pub fn opens(&self) -> Option<Stage> {
        self.opens
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(f)
    }
}
