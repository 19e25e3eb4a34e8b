//! The words by which the ledger names kinds of events.

use super::{Event, Turn};

impl Event {
    /// The word by which the ledger names this kind of event; stable for ever.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::StoreMade { .. } => "store-made",
            Self::PackKept { .. } => "pack-kept",
            Self::PolicyAdopted { .. } => "policy-adopted",
            Self::PersonEnrolled { .. } => "person-enrolled",
            Self::ComputerRegistered { .. } => "computer-registered",
            Self::PassphraseChanged { .. } => "passphrase-changed",
            Self::PersonRenewed { .. } => "person-renewed",
            Self::PersonRemoved { .. } => "person-removed",
            Self::BackedUp { .. } => "backed-up",
            Self::BackupGone { .. } => "backup-gone",
            Self::Restored { .. } => "restored",
            Self::AnchorBroken { .. } => "anchor-broken",
            Self::AnchorAccepted { .. } => "anchor-accepted",
            Self::Migrated { .. } => "migrated",
            Self::SignedIn { .. } => "signed-in",
            Self::SignedOut { .. } => "signed-out",
            Self::WrongPassphrases { .. } => "wrong-passphrases",
            Self::ClockSetBack { .. } => "clock-set-back",
            Self::CaseOpened { .. } => "case-opened",
            Self::ItemPreserved { .. } => "item-preserved",
            Self::PreserveFinished { .. } => "preserve-finished",
            Self::Triaged { .. } => "triaged",
            Self::HarmTested { .. } => "harm-tested",
            Self::GroupFormed { .. } => "group-formed",
            Self::ComputerChosen { .. } => "computer-chosen",
            Self::SessionOpened { .. } => "session-opened",
            Self::ObserverConfirmed { .. } => "observer-confirmed",
            Self::Visited { .. } => "visited",
            Self::GateAnswered { .. } => "gate-answered",
            Self::ExhibitKept { .. } => "exhibit-kept",
            Self::CaptureFailed { .. } => "capture-failed",
            Self::SessionEnded { .. } => "session-ended",
            Self::ViewSealed { .. } => "view-sealed",
            Self::FindingRecorded { .. } => "finding-recorded",
            Self::ActionsChosen { .. } => "actions-chosen",
            Self::Isolated { .. } => "isolated",
            Self::DocumentMade { .. } => "document-made",
            Self::DocumentSigned { .. } => "document-signed",
            Self::FormReturned { .. } => "form-returned",
            Self::CopySaved { .. } => "copy-saved",
            Self::Retained { .. } => "retained",
            Self::Halted { .. } => "halted",
            Self::StoppedAndReferred { .. } => "stopped-and-referred",
            Self::Referred { .. } => "referred",
            Self::CustodyRecorded { .. } => "custody-recorded",
            Self::NoteAdded { .. } => "note-added",
            Self::Corrected { .. } => "corrected",
            Self::ExhibitsLeftOut { .. } => "exhibits-left-out",
            Self::DestructionAsked { .. } => "destruction-asked",
            Self::DestructionAgreed { .. } => "destruction-agreed",
            Self::Erased { .. } => "erased",
            Self::Turn(turn) => turn.kind(),
        }
    }
}

impl Turn {
    /// The word by which the ledger names this kind of turn; stable for ever.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ComputerReleased { .. } => "computer-released",
            Self::CaseReleased { .. } => "case-released",
            Self::Rerouted { .. } => "rerouted",
            Self::SubjectChanged { .. } => "subject-changed",
            Self::InvolvedAdded { .. } => "involved-added",
            Self::ChildSafetyAnswered { .. } => "child-safety-answered",
            Self::Logged { .. } => "logged",
            Self::MemberReplaced { .. } => "member-replaced",
            Self::ComputerChanged { .. } => "computer-changed",
            Self::ReviewPaused { .. } => "review-paused",
            Self::RolesChanged { .. } => "roles-changed",
            Self::LetThrough { .. } => "let-through",
            Self::DisagreementDecided { .. } => "disagreement-decided",
            Self::ActionMoved { .. } => "action-moved",
            Self::ActionReleased { .. } => "action-released",
            Self::Reopened { .. } => "reopened",
            Self::HoldPlaced { .. } => "hold-placed",
            Self::HoldLifted { .. } => "hold-lifted",
            Self::ChartAnswered { .. } => "chart-answered",
            Self::ClockStarted { .. } => "clock-started",
            Self::ClockStopped { .. } => "clock-stopped",
            Self::HandedOver { .. } => "handed-over",
            Self::HandOverEnded { .. } => "hand-over-ended",
            Self::TimeAuthoritiesSet { .. } => "time-authorities-set",
            Self::PaperSaved { .. } => "paper-saved",
            Self::TimeServerSet { .. } => "time-server-set",
            Self::SupportSet { .. } => "support-set",
            Self::ExhibitViewed { .. } => "exhibit-viewed",
            Self::ExhibitPrinted { .. } => "exhibit-printed",
        }
    }
}
