//! Texts with a length that is checked where they are made and where they are read.

use serde::{Deserialize, Serialize};

/// The longest address kept, in bytes.
pub const LONGEST_ADDRESS: usize = 2 * 1024 * 1024;
/// The longest [`Text`], in bytes: a title, a header's value, a reason.
pub const LONGEST_TEXT: usize = 16 * 1024;
/// The most entries in any list that a page can lengthen: headers, redirects.
pub const MOST_ENTRIES: usize = 256;

/// A text from outside, at most [`LONGEST_TEXT`] bytes, that says whether it was cut.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "RawText")]
pub struct Text {
    text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

impl Text {
    /// Keeps as much as fits, and remembers if that was not all.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let end = text.floor_char_boundary_at(LONGEST_TEXT);
        Self { text: text[..end].to_owned(), cut: end < text.len() }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the original was longer.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[derive(Deserialize)]
struct RawText {
    text: String,
    #[serde(default)]
    cut: bool,
}

impl TryFrom<RawText> for Text {
    type Error = TooLong;

    fn try_from(raw: RawText) -> Result<Self, TooLong> {
        if raw.text.len() > LONGEST_TEXT {
            return Err(TooLong);
        }
        Ok(Self { text: raw.text, cut: raw.cut })
    }
}

/// An address exactly as it was sent, at most [`LONGEST_ADDRESS`] bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawAddress")]
pub struct Address {
    address: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

impl Address {
    /// Takes an address that somebody gives. Not a byte of it is changed.
    ///
    /// # Errors
    /// - If it is longer than [`LONGEST_ADDRESS`].
    pub fn new(address: &str) -> Result<Self, TooLong> {
        if address.len() > LONGEST_ADDRESS {
            return Err(TooLong);
        }
        Ok(Self { address: address.to_owned(), cut: false })
    }

    /// Takes an address that a page came up with: kept as far as it fits, and marked if cut.
    #[must_use]
    pub fn observed(address: &str) -> Self {
        let end = address.floor_char_boundary_at(LONGEST_ADDRESS);
        Self { address: address[..end].to_owned(), cut: end < address.len() }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// Whether the original was longer.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.address)
    }
}

#[derive(Deserialize)]
struct RawAddress {
    address: String,
    #[serde(default)]
    cut: bool,
}

impl TryFrom<RawAddress> for Address {
    type Error = TooLong;

    fn try_from(raw: RawAddress) -> Result<Self, TooLong> {
        if raw.address.len() > LONGEST_ADDRESS {
            return Err(TooLong);
        }
        Ok(Self { address: raw.address, cut: raw.cut })
    }
}

/// A list a page can lengthen, kept up to [`MOST_ENTRIES`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawList<T>", bound(deserialize = "T: Deserialize<'de>"))]
pub struct List<T> {
    entries: Vec<T>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), cut: false }
    }
}

impl<T> List<T> {
    /// Adds one if there is room, and remembers if there was none.
    pub fn push(&mut self, entry: T) {
        if self.entries.len() < MOST_ENTRIES {
            self.entries.push(entry);
        } else {
            self.cut = true;
        }
    }

    /// The entries, in the order they came.
    #[must_use]
    pub fn entries(&self) -> &[T] {
        &self.entries
    }

    /// Whether there were more.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut
    }
}

#[derive(Deserialize)]
struct RawList<T> {
    entries: Vec<T>,
    #[serde(default)]
    cut: bool,
}

impl<T> TryFrom<RawList<T>> for List<T> {
    type Error = TooLong;

    fn try_from(raw: RawList<T>) -> Result<Self, TooLong> {
        if raw.entries.len() > MOST_ENTRIES {
            return Err(TooLong);
        }
        Ok(Self { entries: raw.entries, cut: raw.cut })
    }
}

/// A field is longer than the protocol allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is longer than can be kept; shorten it and try again")]
pub struct TooLong;

trait FloorCharBoundary {
    fn floor_char_boundary_at(&self, most: usize) -> usize;
}

impl FloorCharBoundary for str {
    fn floor_char_boundary_at(&self, most: usize) -> usize {
        if self.len() <= most {
            return self.len();
        }
        (0..=most).rev().find(|end| self.is_char_boundary(*end)).unwrap_or(0)
    }
}
