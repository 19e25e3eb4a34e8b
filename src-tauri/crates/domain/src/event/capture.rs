//! What is recorded of a capture: the gate's answers, the exhibit, its files and what was known of the page.

use serde::{Deserialize, Serialize};

use crate::ids::{ExhibitMark, Hash, PersonId};
use crate::time::Moment;
use crate::words::{Noted, Words};

pub mod mark;
pub mod screen;
pub mod thing;

use mark::Mark;
use screen::ScreenFacts;
use thing::Thing;

/// An answer at the gate. *Not sure* counts as *yes*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateAnswer {
    /// Yes.
    Yes,
    /// Not sure.
    NotSure,
    /// No.
    No,
}

/// Both answers. The second is asked only where the first was *no*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct GateAnswers {
    /// Does it show, or may it show, a nude, semi-nude or sexual image of anyone who is or may be under 18, drawn
    /// or generated ones too? (Protection of Children Act 1978; Coroners and Justice Act 2009 s62.)
    pub child: GateAnswer,
    /// Extreme pornography (Criminal Justice and Immigration Act 2008 s63), or instructions or publications for
    /// terrorism (Terrorism Act 2000 s58)?
    pub extreme: Option<GateAnswer>,
}

/// What made somebody HALT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoppedBy {
    /// The key or the button.
    Pressed,
    /// An answer at the gate.
    Gate,
}

/// What kind of exhibit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExhibitKind {
    /// What the evidence browser showed on screen.
    Page,
    /// A whole page, scrolled through.
    WholePage,
    /// An address and words only. Never holds a picture.
    AddressOnly,
    /// A device that was reviewed, in words.
    Device,
    /// A physical item, in words.
    PhysicalItem,
    /// A file that somebody gave, its bytes as they came.
    Import,
    /// A screen or a window outside the evidence browser, as it was shot.
    Screen,
    /// A picture of the case with boxes drawn over it, and marks perhaps. Made from what was kept, never a proof by
    /// itself. In entries from before marks were recorded one by one, it may have no box.
    Marked,
    /// A picture of the case with marks drawn over it that cover nothing: frames, numbers and arrows.
    Annotated,
}

/// An exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Exhibit {
    /// Its mark.
    pub mark: ExhibitMark,
    /// Its kind.
    pub kind: ExhibitKind,
    /// What it is, in a few words.
    pub title: Words,
    /// The nature of the content, in words.
    pub nature: Words,
    /// The reason for concern.
    pub concern: Words,
    /// Who produced it.
    pub operator: PersonId,
    /// Who watched.
    pub observer: PersonId,
    /// When.
    pub at: Moment,
    /// Its files; none for words only.
    pub files: Vec<ExhibitFile>,
    /// What is known of the page, for captures of pages.
    pub page: Option<PageFacts>,
    /// The gate's answers, for captures.
    pub gate: Option<GateAnswers>,
    /// The address reviewed, exactly, where there is one.
    pub address: Option<String>,
    /// What is known of the file, for imports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportFacts>,
    /// What is known of the screen or window, where one was shot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<ScreenFacts>,
    /// What was stated of the device or item. None in entries from before it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thing: Option<Thing>,
    /// What was drawn over the picture, mark by mark. None in entries from before it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<Vec<Mark>>,
}

/// A file of an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ExhibitFile {
    /// Its name in a hand-over (`JS-1-view-1.png`).
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// What it shows.
    pub shows: Shows,
}

/// What a picture shows, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", rename_all_fields = "kebab-case")]
pub enum Shows {
    /// A view, as it was on screen.
    View {
        /// Width and height in pixels.
        size: (u32, u32),
        /// Scroll offset from the top left corner, in CSS pixels.
        offset: (u32, u32),
        /// When it was taken.
        taken: Moment,
    },
    /// Made from other files; for reading, not for proof.
    Derived {
        /// Width and height in pixels.
        size: (u32, u32),
        /// Its sources.
        from: Vec<Hash>,
        /// How it was made.
        how: String,
    },
    /// A file that was imported, byte for byte. Whether it shows anything is not known from its bytes alone.
    Original,
}

/// The file before the two people at the gate, before its bytes are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct GatedFile {
    /// Its name as it came, without a folder: 1 to [`MOST_NAME`] characters.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Characters that the name of a file, a screen or a window may have at most.
pub const MOST_NAME: usize = 1_000;

/// What is known of a file that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ImportFacts {
    /// Its name as it came, exactly.
    pub name: String,
    /// Where it came from and who gave it, as the person said.
    pub source: Words,
    /// What it is by its content, in words.
    pub content: String,
    /// Width and height that it was decoded to in pixels, for pictures.
    pub size: Noted<(u32, u32)>,
}

/// What the engine told of the page. Each is observed, or not recorded because of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PageFacts {
    /// The address that was asked for, exactly as sent.
    pub requested: String,
    /// The address at the end.
    pub shown: Noted<String>,
    /// The way there.
    pub redirects: Noted<Vec<Redirect>>,
    /// The page's title.
    pub title: Noted<String>,
    /// HTTP status.
    pub status: Noted<u16>,
    /// HTTP response headers.
    pub headers: Noted<Vec<(String, String)>>,
    /// The certificate, in words, as the engine tells it.
    pub tls: Noted<String>,
    /// The certificates in PEM (RFC 7468), the server's first, as far as the engine tells them. None where the exhibit
    /// is of a version that did not keep them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Noted<Vec<String>>>,
    /// Protocol and remote address.
    pub remote: Noted<String>,
    /// The engine and its version.
    pub engine: String,
    /// The user agent that was sent.
    pub user_agent: Noted<String>,
    /// The viewport in CSS pixels.
    pub viewport: (u32, u32),
    /// The page's whole height in CSS pixels.
    pub scroll_height: Noted<u32>,
    /// When loading began and the capture ended.
    pub times: (Moment, Moment),
    /// Whether it was still loading.
    pub loading: Noted<bool>,
}

/// A redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Redirect {
    /// HTTP status.
    pub status: u16,
    /// Where it led, exactly.
    pub to: String,
}
