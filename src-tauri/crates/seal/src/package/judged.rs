//! A verdict on a package, made of facts.

use super::statement::Statement;
use crate::verify::{Finding, Standing, State, Times, Verdict, Wholeness};

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    code: &'static str,
    state: State,
    says: String,
}

/// What was found of a package or an excerpt, fact by fact, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageVerdict {
    pub(super) wholeness: Wholeness,
    pub(super) standing: Standing,
    pub(super) is_practice: bool,
    pub(super) facts: Vec<Fact>,
    pub(super) documents: Vec<(String, Verdict)>,
    pub(super) statement: Option<(Statement, [u8; 32])>,
    pub(super) maker: Option<(String, String)>,
    pub(super) authority: Option<(String, [u8; 32])>,
}

impl Fact {
    pub(super) fn new(code: &'static str, holds: Option<bool>, says: impl Into<String>) -> Self {
        let state = match holds {
            Some(true) => State::Holds,
            Some(false) => State::DoesNotHold,
            None => State::NotChecked,
        };
        Self { code, state, says: says.into() }
    }

    /// A finding of a document in the package, which is named.
    pub(super) fn of_document(name: &str, finding: &Finding) -> Self {
        Self { code: finding.code().word(), state: finding.state(), says: format!("{name}: {}", finding.says()) }
    }

    /// A word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether it holds.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// The fact in plain words.
    #[must_use]
    pub fn says(&self) -> &str {
        &self.says
    }
}

impl PackageVerdict {
    /// One that nothing was looked at for yet.
    pub(super) fn open() -> Self {
        Self {
            wholeness: Wholeness::CannotTell,
            standing: Standing::NotCompared,
            is_practice: false,
            facts: Vec::new(),
            documents: Vec::new(),
            statement: None,
            maker: None,
            authority: None,
        }
    }

    /// Whether the package is as it was made.
    #[must_use]
    pub fn wholeness(&self) -> Wholeness {
        self.wholeness
    }

    /// Whether the maker's authority is the one whose fingerprint was given.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Whether it was made in practice mode, and so is no evidence.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.is_practice
    }

    /// Whether nothing that was looked at fails to hold.
    #[must_use]
    pub fn all_holds(&self) -> bool {
        self.wholeness == Wholeness::Intact && self.facts.iter().all(|fact| fact.state != State::DoesNotHold)
    }

    /// Every fact.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The verdict on each document of the package, by its name.
    #[must_use]
    pub fn documents(&self) -> &[(String, Verdict)] {
        &self.documents
    }

    /// Who vouches for the times of its documents; nothing where no document says anything of its time.
    #[must_use]
    pub fn times(&self) -> Option<Times> {
        self.documents.iter().filter_map(|(_, document)| document.times()).max()
    }

    /// What the maker stated.
    #[must_use]
    pub fn statement(&self) -> Option<&Statement> {
        self.statement.as_ref().map(|(statement, _)| statement)
    }

    /// SHA-256 of the statement: it stands for the whole package.
    #[must_use]
    pub fn statement_sha256(&self) -> Option<[u8; 32]> {
        self.statement.as_ref().map(|(_, sha256)| *sha256)
    }

    /// The maker's name and position in their certificate.
    #[must_use]
    pub fn maker(&self) -> Option<(&str, &str)> {
        self.maker.as_ref().map(|(name, position)| (name.as_str(), position.as_str()))
    }

    /// The authority's name and the SHA-256 of its certificate.
    #[must_use]
    pub fn authority(&self) -> Option<(&str, [u8; 32])> {
        self.authority.as_ref().map(|(name, fingerprint)| (name.as_str(), *fingerprint))
    }
}
