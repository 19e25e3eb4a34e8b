//! The user-actions table: what a school's policy says about each kind of use.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::words::Words;

/// How the source rates a kind of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rating {
    /// Acceptable.
    Acceptable,
    /// Acceptable at certain times.
    CertainTimes,
    /// Acceptable for users who are named.
    NominatedUsers,
    /// Unacceptable.
    Unacceptable,
    /// Unacceptable and illegal.
    Illegal,
}

/// Which way a case of this kind goes. A rating is not a route: a source may rate copyright illegal.
///
/// In order of strictness, the strictest first, so that the smaller of two routes is the stricter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// A child may be harmed: no review by the school; police and social care.
    ChildProtection,
    /// The police before anybody looks further: no review by the school.
    PoliceFirst,
    /// Advice first (police, Local Authority, data protection officer); then the school may review.
    AdviceFirst,
    /// The school reviews, by the procedure for other incidents.
    School,
}

impl Route {
    /// Whether the school may review at all on this route.
    #[must_use]
    pub const fn allows_review(self) -> bool {
        match self {
            Self::ChildProtection | Self::PoliceFirst => false,
            Self::AdviceFirst | Self::School => true,
        }
    }
}

/// Whether pages of this kind may be captured, after the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaptureRule {
    /// Yes, after the gate.
    Allowed,
    /// Never.
    Forbidden,
}

/// The law that a category touches, where one is named. The first three are floor entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Legal {
    /// Indecent images of children, generated ones too (Protection of Children Act 1978 s1).
    IndecentImages,
    /// Prohibited images of children, drawn ones too (Coroners and Justice Act 2009 s62).
    ProhibitedImages,
    /// Extreme pornography (Criminal Justice and Immigration Act 2008 s63).
    ExtremePornography,
    /// Grooming and what goes with it (Sexual Offences Act 2003).
    Grooming,
    /// Stirring up hatred (Public Order Act 1986).
    RacialHatred,
    /// Instructions and publications for terrorism (Terrorism Act 2000 s58, Terrorism Act 2006).
    Terrorism,
}

/// The class of risk that a source puts a kind of use in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// What somebody sees.
    Content,
    /// Whom somebody meets.
    Contact,
    /// What somebody does.
    Conduct,
}

/// A kind of use that the policy names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub(in crate::pack) id: Spanned<String>,
    label: Words,
    rating: Rating,
    route: Route,
    legal: Option<Legal>,
    statute: Option<Words>,
    capture: CaptureRule,
    risk: Option<Risk>,
    source_note: Option<Words>,
}

impl Category {
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

    /// As the source rates it.
    #[must_use]
    pub fn rating(&self) -> Rating {
        self.rating
    }

    /// The way such a case goes; the group may take a stricter one.
    #[must_use]
    pub fn route(&self) -> Route {
        self.route
    }

    /// The law it touches, where one is named.
    #[must_use]
    pub fn legal(&self) -> Option<Legal> {
        self.legal
    }

    /// The statute, where the source names one.
    #[must_use]
    pub fn statute(&self) -> Option<&str> {
        self.statute.as_ref().map(Words::as_str)
    }

    /// Whether pages of this kind may be captured.
    #[must_use]
    pub fn capture(&self) -> CaptureRule {
        self.capture
    }

    /// The class of risk that the source puts it in, where it has classes.
    #[must_use]
    pub fn risk(&self) -> Option<Risk> {
        self.risk
    }

    /// What of this entry was inferred or added, where anything was.
    #[must_use]
    pub fn source_note(&self) -> Option<&str> {
        self.source_note.as_ref().map(Words::as_str)
    }

    /// Where its id stands in the file, in bytes from the start.
    pub(crate) fn at(&self) -> usize {
        self.id.span().start
    }
}
