//! Words that people typed, and facts that were observed or were not.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The most characters a typed answer may have.
pub const MOST_WORDS: usize = 20_000;

/// Why a typed answer was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadWords {
    /// Nothing but blanks.
    Empty,
    /// More than [`MOST_WORDS`] characters.
    TooLong,
}

impl fmt::Display for BadWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an answer is missing",
            Self::TooLong => "an answer is longer than 20,000 characters",
        })
    }
}

impl std::error::Error for BadWords {}

/// An answer that somebody typed: not blank, at most [`MOST_WORDS`] characters, kept as typed but for blanks at
/// its ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Words(String);

impl Words {
    /// Takes what was typed.
    ///
    /// # Errors
    /// - If it is blank.
    /// - If it is longer than [`MOST_WORDS`] characters.
    pub fn new(typed: &str) -> Result<Self, BadWords> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(BadWords::Empty);
        }
        if typed.chars().count() > MOST_WORDS {
            return Err(BadWords::TooLong);
        }
        Ok(Self(typed.to_owned()))
    }

    /// What was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Words {
    type Error = BadWords;

    fn try_from(typed: String) -> Result<Self, BadWords> {
        Self::new(&typed)
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A fact, or the reason why there is none. A blank is not possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noted<T> {
    /// Read from the browser or from this computer.
    Observed(T),
    /// Not recorded, because of this.
    NotRecorded(String),
}

impl<T> Noted<T> {
    /// The fact, where there is one.
    #[must_use]
    pub fn observed(&self) -> Option<&T> {
        match self {
            Self::Observed(fact) => Some(fact),
            Self::NotRecorded(_) => None,
        }
    }
}
