//! Why a pack was refused: which file, which line, what is wrong and what to write instead.

use std::fmt;

/// Why a pack was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFault {
    file: String,
    line: Option<usize>,
    what: String,
    instead: String,
}

impl PackFault {
    /// The file, as it was named to the parser.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1; none where something is missing from the whole file.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// What is wrong.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to write instead.
    #[must_use]
    pub fn instead(&self) -> &str {
        &self.instead
    }

    /// The fault of the TOML reader.
    pub(super) fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let message = error.message().replace('\n', " ").replace('`', "\"");
        let (what, instead) = match message.split_once(", expected ") {
            Some((what, expected)) => (what.to_owned(), format!("write {expected}")),
            None if message.starts_with("missing field") => {
                (message.replace("missing field", "missing key"), "add the key".to_owned())
            }
            None => (message, "write this entry as the pack format has it".to_owned()),
        };
        let what = what.replace("unknown field", "unknown key").replace("unknown variant", "unknown value");
        Self { file: file.to_owned(), line: error.span().map(|span| line_of(text, span.start)), what, instead }
    }

    /// A flaw found in what was read.
    pub(super) fn flawed(file: &str, text: &str, flaw: Flaw) -> Self {
        Self {
            file: file.to_owned(),
            line: flaw.at.map(|at| line_of(text, at)),
            what: flaw.what,
            instead: flaw.instead,
        }
    }
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}; {}", self.file, self.what, self.instead),
            None => write!(f, "{}: {}; {}", self.file, self.what, self.instead),
        }
    }
}

impl std::error::Error for PackFault {}

/// Something wrong at a place in the text, before the place is counted in lines.
#[derive(Debug)]
pub(super) struct Flaw {
    at: Option<usize>,
    what: String,
    instead: String,
}

impl Flaw {
    /// At this byte of the text.
    pub(super) fn at(at: usize, what: String, instead: String) -> Self {
        Self { at: Some(at), what, instead }
    }

    /// Nowhere in particular: something is missing.
    pub(super) fn missing(what: String, instead: String) -> Self {
        Self { at: None, what, instead }
    }
}

/// The line of this byte, from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|b| *b == b'\n').count()
}
