//! A verdict made of facts.

use std::fmt;

use chrono::{DateTime, Utc};

use super::stamp::{self, Times};
use super::words;
use crate::stamp::Stamped;

/// What was found, fact by fact, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    facts: Facts,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) wholeness: Wholeness,
    pub(super) standing: Standing,
    pub(super) is_practice: bool,
    pub(super) file_sha256: [u8; 32],
    pub(super) authority_fingerprint: Option<[u8; 32]>,
    pub(super) authority_name: Option<String>,
    pub(super) signatures: Vec<Signature>,
    pub(super) expected_signatures: usize,
    pub(super) findings: Vec<Finding>,
}

/// Whether the document is as it was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wholeness {
    /// Every byte is as it was when the last person signed, and everyone has signed.
    Intact,
    /// Something is not as it was signed.
    Altered,
    /// It is no document of ours, or not everyone's signature is there.
    CannotTell,
}

/// Whether the signers are who they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The authority is the one whose fingerprint was given.
    Known,
    /// The authority is another one.
    Unknown,
    /// No fingerprint was given.
    NotCompared,
}

/// Whether a fact holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was looked at and holds.
    Holds,
    /// It was looked at and does not hold.
    DoesNotHold,
    /// It was not, or could not be, looked at.
    NotChecked,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The file as a whole.
    File,
    /// One signature, counted from 1 in the order of signing.
    Signature(usize),
}

/// The facts that are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Every byte belongs to a part of the file as our code writes it.
    Structure,
    /// The file names Evidence Trail as its producer.
    Producer,
    /// The pages hold nothing that acts, fetches or hides.
    Base,
    /// The places for signatures are those of our documents.
    Fields,
    /// Every place for a signature is filled.
    Complete,
    /// No person signed twice.
    People,
    /// One authority vouches for all signers.
    Authority,
    /// The stated times are in the order of signing.
    TimeOrder,
    /// A revision adds one signature and nothing else.
    Revision,
    /// The signature's bytes are in their one form, followed by zeros.
    Encoding,
    /// The file is the one that was signed.
    Digest,
    /// The signature was made with the key in the certificate.
    Signature,
    /// The authority issued the certificate.
    Certificate,
    /// The certificates were valid at the stated time.
    Validity,
    /// The name beside the signature is the certificate's.
    Name,
    /// The authority is the one on the school's card.
    Fingerprint,
    /// The time is vouched for by somebody else.
    Time,
    /// The time-stamp authority is one that the reader trusts.
    TimeAuthority,
    /// The certificate had not been withdrawn.
    Withdrawal,
    /// The words drawn in the signature's box say the same as the certificate.
    Drawing,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    code: Code,
    about: About,
    state: State,
    says: String,
}

/// A signature, as its certificate and its revision state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The field it stands in.
    pub field: String,
    /// The signer's name in the certificate.
    pub name: String,
    /// The signer's position in the certificate.
    pub position: Option<String>,
    /// What the signature is for.
    pub reason: String,
    /// Where it was signed.
    pub location: String,
    /// When it was signed, by the signing computer's clock.
    pub at: DateTime<Utc>,
    /// The first 16 figures of the certificate's fingerprint.
    pub certificate: String,
    /// What its time-stamp says, if it has one that holds; otherwise the time is by the signing computer's clock.
    pub stamp: Option<Stamped>,
    /// Whether all that was looked at in this signature holds.
    pub holds: bool,
}

impl Verdict {
    pub(super) fn new(facts: Facts) -> Self {
        Self { facts }
    }

    pub(super) fn unreadable(file_sha256: [u8; 32], wholeness: Wholeness, says: String) -> Self {
        let finding = Finding { code: Code::Structure, about: About::File, state: State::DoesNotHold, says };
        Self::new(Facts {
            wholeness,
            standing: Standing::NotCompared,
            is_practice: false,
            file_sha256,
            authority_fingerprint: None,
            authority_name: None,
            signatures: Vec::new(),
            expected_signatures: 0,
            findings: vec![finding],
        })
    }

    /// Whether the document is as it was signed.
    #[must_use]
    pub fn wholeness(&self) -> Wholeness {
        self.facts.wholeness
    }

    /// Whether the signers are who they should be.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.facts.standing
    }

    /// Whether it was made in practice mode, and so is no evidence.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.facts.is_practice
    }

    /// Whether nothing that was looked at fails to hold.
    #[must_use]
    pub fn all_holds(&self) -> bool {
        let fails = self.facts.findings.iter().any(|finding| finding.state == State::DoesNotHold);
        self.facts.wholeness == Wholeness::Intact && !fails
    }

    /// Every fact, those about the file first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.facts.findings
    }

    /// Who vouches for the times; nothing where the file could not be read as far as that.
    #[must_use]
    pub fn times(&self) -> Option<Times> {
        stamp::times(&self.facts.findings)
    }

    /// The signatures that could be read, in the order of signing.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.facts.signatures
    }

    /// How many signatures the document has places for.
    #[must_use]
    pub fn expected_signatures(&self) -> usize {
        self.facts.expected_signatures
    }

    /// The SHA-256 of the whole file.
    #[must_use]
    pub fn file_sha256(&self) -> [u8; 32] {
        self.facts.file_sha256
    }

    /// The SHA-256 of the authority's certificate in the file.
    #[must_use]
    pub fn authority_fingerprint(&self) -> Option<[u8; 32]> {
        self.facts.authority_fingerprint
    }

    /// The authority's name in the file.
    #[must_use]
    pub fn authority_name(&self) -> Option<&str> {
        self.facts.authority_name.as_deref()
    }
}

impl Finding {
    pub(super) fn new(code: Code, about: About, state: State) -> Self {
        Self { code, about, state, says: words::says(code, about, state) }
    }

    /// A fact about one signature in words of its own.
    pub(super) fn said(code: Code, number: usize, state: State, says: &str) -> Self {
        Self { code, about: About::Signature(number), state, says: format!("Signature {number}: {says}") }
    }

    pub(super) fn fact(code: Code, about: About, holds: bool) -> Self {
        let state = if holds { State::Holds } else { State::DoesNotHold };
        Self::new(code, about, state)
    }

    /// Which fact it is.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// What it is about.
    #[must_use]
    pub fn about(&self) -> About {
        self.about
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

impl Code {
    /// A word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Producer => "producer",
            Self::Base => "base",
            Self::Fields => "fields",
            Self::Complete => "complete",
            Self::People => "people",
            Self::Authority => "authority",
            Self::TimeOrder => "time-order",
            Self::Revision => "revision",
            Self::Encoding => "encoding",
            Self::Digest => "digest",
            Self::Signature => "signature",
            Self::Certificate => "certificate",
            Self::Validity => "validity",
            Self::Name => "name",
            Self::Fingerprint => "fingerprint",
            Self::Time => "time",
            Self::TimeAuthority => "time-authority",
            Self::Withdrawal => "withdrawal",
            Self::Drawing => "drawing",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
