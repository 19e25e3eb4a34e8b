//! What goes wrong, by code. The words are data; see [`crate::phrases`].

use trail_domain::refusal::Refusal;
use trail_store::StoreError;

use crate::phrases::Phrases;
use crate::ports::BrowserFault;
use crate::wire::Trouble;

/// Something went wrong. Nothing was kept, unless the words say so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {places:?}")]
pub struct Fault {
    code: &'static str,
    field: Option<String>,
    places: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault with nothing to fill in.
    #[must_use]
    pub fn new(code: &'static str) -> Self {
        Self { code, field: None, places: Vec::new() }
    }

    /// A fault with a detail to fill in.
    #[must_use]
    pub fn with(code: &'static str, place: &'static str, value: impl Into<String>) -> Self {
        Self { code, field: None, places: vec![(place, value.into())] }
    }

    /// Fills in another place.
    #[must_use]
    pub fn and(mut self, place: &'static str, value: impl Into<String>) -> Self {
        self.places.push((place, value.into()));
        self
    }

    /// Names the field that the fault belongs to.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The fault in words.
    #[must_use]
    pub fn in_words(&self, phrases: &Phrases) -> Trouble {
        // A field is called by its words where there are any, and otherwise by its name.
        let called = |value: &str| phrases.find(&format!("field.{}", value.replace([' ', '_'], "-")), &[]);
        let value = |(place, value): &(&'static str, String)| {
            let words = if *place == "field" { called(value) } else { None };
            (*place, words.unwrap_or_else(|| value.clone()))
        };
        let places: Vec<(&str, String)> = self.places.iter().map(value).collect();
        let places: Vec<(&str, &str)> = places.iter().map(|(place, value)| (*place, value.as_str())).collect();
        Trouble {
            code: self.code.to_owned(),
            happened: phrases.say(&format!("trouble.{}.happened", self.code), &places),
            todo: phrases.say(&format!("trouble.{}.todo", self.code), &places),
            field: self.field.clone(),
        }
    }
}

/// Why an act stopped: the procedure refused it, or something went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// Refused.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Went wrong.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<BrowserFault> for Fault {
    fn from(fault: BrowserFault) -> Self {
        match fault {
            BrowserFault::NotStarted(detail) => Self::with("browser-not-started", "detail", detail),
            BrowserFault::Gone(detail) => Self::with("browser-gone", "detail", detail),
            BrowserFault::Covered => Self::new("capture-covered"),
            BrowserFault::NotScrolledThrough => Self::new("capture-not-scrolled"),
            BrowserFault::NothingOpen => Self::new("nothing-open"),
            BrowserFault::BadAddress(detail) => Self::with("address-bad", "detail", detail),
            BrowserFault::NoPicture(detail) => Self::with("capture-failed", "detail", detail),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotOurs { .. } => Self::new("store-not-ours"),
            StoreError::NewerVersion => Self::new("store-newer"),
            StoreError::Damaged { what } => Self::with("store-damaged", "detail", what),
            // The places of entries are not told: some are not for everybody's eyes.
            StoreError::RolledBack { .. } => Self::with("store-rolled-back", "detail", "it ends too early"),
            StoreError::Rewritten { .. } => Self::with("store-rolled-back", "detail", "an entry was rewritten"),
            StoreError::Cut { expected, found } => {
                Self::with("store-cut", "found", found.to_string()).and("expected", expected.to_string())
            }
            StoreError::OnNetwork { what } => Self::with("store-on-network", "detail", what),
            StoreError::Synced { what } => Self::with("store-synced", "detail", what),
            StoreError::Disposed => Self::new("case-disposed"),
            StoreError::NotAsAgreed { what } => Self::with("destruction-not-agreed", "detail", what),
            StoreError::BadBackup { what } => Self::with("backup-bad", "detail", what),
            StoreError::Stopped => Self::new("check-stopped"),
            StoreError::OnlyRemoved { because } => Self::with("only-removed", "detail", because),
            StoreError::NotDone { what } => Self::with("not-done", "detail", what),
            StoreError::InUse => Self::new("store-in-use"),
            StoreError::AlreadyThere => Self::new("store-exists"),
            StoreError::DiskFull => Self::new("store-full"),
            StoreError::Io { doing, source } => Self::with("store-io", "detail", format!("{doing}: {source}")),
            StoreError::Database { what } => Self::with("store-io", "detail", what),
            StoreError::WrongPassphrase { wait, .. } if wait.is_zero() => {
                Self::new("wrong-passphrase").at("passphrase")
            }
            StoreError::WrongPassphrase { wait, .. } => {
                Self::with("wrong-passphrase-wait", "wait", seconds(wait.as_secs_f64())).at("passphrase")
            }
            StoreError::NeedsDeviceSecret => Self::new("keychain-locked"),
            StoreError::WrongDeviceSecret => Self::new("keychain-lost-secret"),
            StoreError::WrongCodes => Self::new("wrong-codes"),
            StoreError::UnknownPerson => Self::new("unknown-person"),
            StoreError::SamePerson => Self::new("same-person").at("person"),
            StoreError::NotSignedIn => Self::new("not-signed-in"),
            StoreError::TwoNeeded => Self::new("two-needed-now"),
            StoreError::NotAdmitted => Self::new("no-such-case"),
            StoreError::CaseExists => Self::with("internal", "detail", "the case exists"),
            StoreError::NoSession => Self::with("internal", "detail", "the session is not open here"),
            StoreError::Halted => Self::new("capture-void"),
            StoreError::Frozen => Self::new("frozen"),
            StoreError::HaltNotWritten { because } | StoreError::OnlyHaltKept { because } => {
                Self::with("halt-not-recorded", "detail", because)
            }
            StoreError::Mismatch { what } => Self::with("capture-failed", "detail", what),
            StoreError::WithoutBytes => Self::with("internal", "detail", "a document came without its bytes"),
            StoreError::Unrecordable => Self::with("internal", "detail", "a value cannot be recorded exactly"),
            StoreError::NoFile => Self::new("document-missing"),
            StoreError::BadStart { what } => Self::with("internal", "detail", what),
        }
    }
}

/// How long there is to wait, in whole seconds and words: never less than it takes.
pub(crate) fn seconds(wait: f64) -> String {
    let whole = wait.ceil().max(1.0);
    if whole < 2.0 { "1 second".to_owned() } else { format!("{whole:.0} seconds") }
}
