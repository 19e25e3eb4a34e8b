//! The short lists of a pack: terms, grounds, outcomes, agencies, isolation, log, monitoring, retention.

use serde::Deserialize;
use toml::Spanned;

use crate::words::Words;

/// What the school calls people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pupil: Words,
    head: Words,
}

impl Terms {
    /// A pupil, in the middle of a sentence.
    #[must_use]
    pub fn pupil(&self) -> &str {
        self.pupil.as_str()
    }

    /// The headteacher, in the middle of a sentence.
    #[must_use]
    pub fn head(&self) -> &str {
        self.head.as_str()
    }
}

macro_rules! labelled {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            pub(super) id: Spanned<String>,
            label: Words,
            source_note: Option<Words>,
        }

        impl $name {
            /// Its id, as cases record it.
            #[must_use]
            pub fn id(&self) -> &str {
                self.id.get_ref()
            }

            /// What it is called, in plain words.
            #[must_use]
            pub fn label(&self) -> &str {
                self.label.as_str()
            }

            /// What of it was inferred or added, where anything was.
            #[must_use]
            pub fn source_note(&self) -> Option<&str> {
                self.source_note.as_ref().map(Words::as_str)
            }
        }
    };
}

labelled!(
    /// A ground for going to the police.
    Ground
);
labelled!(
    /// What a group can find.
    Outcome
);
labelled!(
    /// A step of keeping a computer as it is.
    IsolationStep
);
labelled!(
    /// A column of the incident log.
    Column
);
labelled!(
    /// A rule for removable media that hold personal data.
    MediaRule
);

/// Somebody outside the group who may have to be told.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub(super) id: Spanned<String>,
    name: Words,
    when: Words,
    how: Words,
    source_note: Option<Words>,
}

impl Agency {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// What it is called; never a person's name or number: set-up asks for those.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// When to tell it.
    #[must_use]
    pub fn when(&self) -> &str {
        self.when.as_str()
    }

    /// How to tell it.
    #[must_use]
    pub fn how(&self) -> &str {
        self.how.as_str()
    }

    /// What of it was inferred or added, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}

/// A form of somebody else's on which some incidents are recorded too.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondForm {
    pub(super) id: Spanned<String>,
    name: Words,
    when: Words,
    pub(super) categories: Vec<Spanned<String>>,
    source_note: Option<Words>,
}

impl SecondForm {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// When to fill it in.
    #[must_use]
    pub fn when(&self) -> &str {
        self.when.as_str()
    }

    /// Whether an incident of this category goes on it.
    #[must_use]
    pub fn is_for(&self, category: &str) -> bool {
        self.categories.iter().any(|id| id.get_ref() == category)
    }

    /// What of it was inferred or added, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}

/// The incident log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub(super) columns: Vec<Column>,
    #[serde(default)]
    outside_school: bool,
    source_note: Option<Words>,
}

impl Log {
    /// Its columns, in order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Whether the policy says that incidents outside the school belong in it too.
    #[must_use]
    pub fn outside_school(&self) -> bool {
        self.outside_school
    }

    /// What of it was inferred, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}

/// How often a school looks over its incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// Once a term.
    Term,
    /// Once a month.
    Month,
    /// Once a year.
    Year,
}

/// Monitoring.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    every: Every,
    who: Vec<Words>,
    urgent: Option<Words>,
    source_note: Option<Words>,
}

impl Review {
    /// How often.
    #[must_use]
    pub fn every(&self) -> Every {
        self.every
    }

    /// Who looks.
    #[must_use]
    pub fn who(&self) -> impl ExactSizeIterator<Item = &str> {
        self.who.iter().map(Words::as_str)
    }

    /// What is reported without waiting for it, where the policy says so.
    #[must_use]
    pub fn urgent(&self) -> Option<&str> {
        self.urgent.as_ref().map(Words::as_str)
    }

    /// What of it was inferred, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}

/// How long a record is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    rule: Words,
    pub(super) years: Spanned<u32>,
    source_note: Option<Words>,
}

impl Retention {
    /// The rule, in plain words.
    #[must_use]
    pub fn rule(&self) -> &Words {
        &self.rule
    }

    /// Years until the record is looked at again; at least one.
    #[must_use]
    pub fn years(&self) -> u32 {
        *self.years.get_ref()
    }

    /// What of it was inferred, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }
}
