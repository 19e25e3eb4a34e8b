//! Why a pack was refused: which file, which line, what is wrong and what to write instead.

use std::fmt;

/// Why a pack was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFault {
    file: String,
    line: Option<usize>,
    what: String,
    instead: String,
    floor: Option<&'static str>,
}

/// What is wrong with a pack: one fault at least, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    first: Box<PackFault>,
    more: Vec<PackFault>,
}

impl Faults {
    /// These faults in the order they were found; none where there are none.
    pub(super) fn of(faults: Vec<PackFault>) -> Option<Self> {
        let mut faults = faults.into_iter();
        faults.next().map(|first| Self { first: Box::new(first), more: faults.collect() })
    }

    /// The one that was found first.
    pub(super) fn into_first(self) -> PackFault {
        *self.first
    }

    /// All of them, by their lines; those without one first.
    #[must_use]
    pub fn by_line(self) -> Vec<PackFault> {
        let mut all: Vec<PackFault> = std::iter::once(*self.first).chain(self.more).collect();
        all.sort_by_key(PackFault::line);
        all
    }
}

impl From<PackFault> for Faults {
    fn from(first: PackFault) -> Self {
        Self { first: Box::new(first), more: Vec::new() }
    }
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

    /// The entry of the floor that is lacking or weakened, where that is the fault.
    #[must_use]
    pub fn floor(&self) -> Option<&'static str> {
        self.floor
    }

    /// The same, as a fault against this entry of the floor.
    pub(super) fn of_the_floor(self, entry: &'static str) -> Self {
        Self { floor: Some(entry), ..self }
    }

    /// The fault of the TOML reader.
    pub(super) fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let (what, instead) = said(&error.message().replace('\n', " ").replace('`', "\""));
        // Without a place, it is about the whole file.
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Self { file: file.to_owned(), line: Some(line), what, instead, floor: None }
    }

    /// A flaw found in what was read.
    pub(super) fn flawed(file: &str, text: &str, flaw: Flaw) -> Self {
        Self {
            file: file.to_owned(),
            line: flaw.at.map(|at| line_of(text, at)),
            what: flaw.what,
            instead: flaw.instead,
            floor: None,
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

/// What is wrong and what to write instead, from what the TOML reader says.
fn said(message: &str) -> (String, String) {
    if let Some(key) = message.strip_prefix("missing field ") {
        let name = key.trim_matches('"');
        return (format!("missing key {key}"), format!("write {name} = ... or the list {name} in this entry"));
    }
    if let Some((what, expected)) = message.split_once(", expected ") {
        let what = what.replace("unknown field", "unknown key").replace("unknown variant", "unknown value");
        return (what, format!("write {}", in_plain_words(expected)));
    }
    if let Some(expected) = message.strip_prefix("expected ") {
        return ("this cannot be read here".to_owned(), format!("write {expected}"));
    }
    let instead = match message {
        "duplicate key" => "write each key once",
        "wanted string or table" => "write one of the words of the pack format, in quotes",
        "an answer is missing" => "write what it is, in quotes",
        _ => "write this entry as the pack format has it",
    };
    (message.to_owned(), instead.to_owned())
}

/// What the reader calls a type, in plain words; anything else as it is.
fn in_plain_words(expected: &str) -> &str {
    match expected {
        "u8" => "a whole number from 0 to 255",
        "u32" => "a whole number from 0",
        "a boolean" => "true or false",
        "a string" => "text in quotes",
        "a sequence" => "a list in square brackets",
        other => other,
    }
}

/// The line of this byte, from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|b| *b == b'\n').count()
}
