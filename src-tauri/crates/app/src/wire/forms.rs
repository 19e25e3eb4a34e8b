//! What people fill in.

use serde::Deserialize;
use ts_rs::TS;

/// First-run set-up.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetUp {
    /// The school's name.
    pub school_name: String,
    /// Its address, one line.
    pub school_address: String,
    /// 2 to 4 capital letters that begin case references.
    pub prefix: String,
    /// The pack's id.
    pub pack: String,
    /// The computer's name.
    pub computer_name: String,
    /// Its asset tag.
    pub asset_tag: String,
    /// Its serial number.
    pub serial: String,
    /// Its location.
    pub location: String,
    /// Three people or more.
    pub people: Vec<SetUpPerson>,
    /// Where there is no keychain: the store rests on passphrases alone, and that was accepted.
    pub without_keychain: bool,
}

/// A person to enrol.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetUpPerson {
    /// Full name.
    pub name: String,
    /// Position.
    pub position: String,
    /// 2 to 4 capital letters, unique.
    pub initials: String,
    /// `senior`, `head` or `deputy`.
    pub standing: String,
    /// Passphrase.
    pub passphrase: String,
    /// Typed again.
    pub again: String,
}

/// The report that opens a case.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportForm {
    /// A short title without names.
    pub title: String,
    /// What was reported.
    pub what: String,
    /// When it happened or was noticed.
    pub when: String,
    /// Who reported it.
    pub reporter: String,
    /// To whom.
    pub reported_to: String,
    /// How the record names the person concerned.
    pub subject: String,
    /// `pupil`, `staff` or `other`.
    pub subject_kind: String,
    /// The enrolled person's id, where the subject is one.
    pub subject_enrolled: Option<String>,
    /// Works or volunteers with children.
    pub works_with_children: bool,
    /// Others involved.
    pub others: Vec<OtherForm>,
    /// Where, and on which device.
    pub place: String,
    /// Category id.
    pub category: String,
    /// `no-child`, `safe` or `not-safe`.
    pub child_safe: String,
    /// How it is known, or what was done at once.
    pub child_safe_words: String,
}

/// Somebody else involved.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OtherForm {
    /// How the record names them.
    pub name: String,
    /// `child-at-risk`, `witness` or `reporter`.
    pub role: String,
}

/// Somebody in the group who is no member of the school's staff.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExternalForm {
    /// The enrolled person's id.
    pub person: String,
    /// From where they come.
    pub from: String,
}

/// Who of the police said something, and how it reached the school.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PoliceForm {
    /// The force.
    pub force: String,
    /// The officer, with number.
    pub officer: String,
    /// Their reference.
    pub reference: String,
    /// On which day, `2026-11-25`.
    pub on: String,
    /// How: a letter, an e-mail, a call.
    pub channel: String,
}

/// A line of the actions table.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionLine {
    /// The action's id.
    pub action: String,
    /// Chosen.
    pub chosen: bool,
    /// Why, where it differs from the table.
    pub departure: String,
    /// Owner, where chosen.
    pub owner: String,
    /// Due day, `2026-11-25`, where chosen.
    pub due: String,
    /// `proposed`, `in-hand` or `done`.
    pub state: String,
    /// Outcome in words.
    pub outcome: String,
    /// Why it waits, where it would alert somebody.
    #[serde(default)]
    pub held: String,
}

/// A line of the isolation checklist.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IsolationForm {
    /// The step's id.
    pub step: String,
    /// Done.
    pub done: bool,
    /// When and by whom; or why not.
    pub words: String,
}

/// The check of the computer that opens a session.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionForm {
    /// Operator's id; the other signed-in person observes.
    pub operator: String,
    /// Asset tag read off the computer.
    pub asset_tag: String,
    /// What the reference clock showed just now, `14:33:05`, and
    pub reference_time: String,
    /// which reference it was, and who read it.
    pub reference_is: String,
    /// Remote control or screen sharing that runs: in words, or `none seen`.
    pub remote_control: String,
    /// Both tried the HALT key.
    pub halt_key_tried: bool,
    /// The PIN that the observer chose for this session: 4 to 8 digits.
    pub pin: String,
}

/// Words only: an address, a device or a physical item.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WordsExhibit {
    /// `address-only`, `device` or `physical-item`.
    pub kind: String,
    /// A few words.
    pub title: String,
    /// Nature of the content, or what was looked at.
    pub nature: String,
    /// Reason for concern.
    pub concern: String,
    /// The address, for `address-only`.
    pub address: Option<String>,
    /// Its fields, for `device`.
    #[serde(default)]
    pub device: Option<DeviceForm>,
    /// Its fields, for `physical-item`.
    #[serde(default)]
    pub item: Option<ItemForm>,
}

/// What is stated, or why it is not recorded: one of the two.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatedForm {
    /// What is stated.
    #[serde(default)]
    pub said: String,
    /// Why it is not recorded.
    #[serde(default)]
    pub because: String,
}

/// A device that was reviewed.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeviceForm {
    /// Who made it.
    pub make: StatedForm,
    /// Which model it is.
    pub model: StatedForm,
    /// Its serial number.
    pub serial: StatedForm,
    /// Whose it is.
    pub owner: StatedForm,
    /// Where it was reviewed, or is kept.
    pub location: StatedForm,
    /// Who handed it over.
    pub handed_over_by: StatedForm,
    /// When it was handed over.
    pub handed_over_at: StatedForm,
    /// What was looked at on it.
    pub looked_at: StatedForm,
}

/// A physical item.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ItemForm {
    /// The mark on it.
    pub mark: StatedForm,
    /// What it is and looks like.
    pub description: StatedForm,
    /// The number of its seal.
    pub seal: StatedForm,
    /// Who holds it.
    pub custodian: StatedForm,
    /// Where it is.
    pub place: StatedForm,
}

/// A file that somebody gave, with the gate's answers. Its bytes come beside it, and only after *no* twice.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportForm {
    /// First question: `yes`, `not-sure` or `no`.
    pub child: String,
    /// Second question, asked only after *no*.
    pub extreme: Option<String>,
    /// The file's name, without a folder.
    pub name: String,
    /// Its size in bytes.
    pub size: u32,
    /// Where it came from, and who gave it.
    pub source: String,
    /// A few words.
    pub title: String,
    /// Nature of the content.
    pub nature: String,
    /// Reason for concern.
    pub concern: String,
}

/// A screen or window outside the evidence browser, with the gate's answers.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScreenForm {
    /// First question: `yes`, `not-sure` or `no`.
    pub child: String,
    /// Second question, asked only after *no*.
    pub extreme: Option<String>,
    /// `screen` or `window`.
    pub what: String,
    /// The number by which the system knows it.
    pub number: u32,
    /// Its name exactly, as it was listed.
    pub name: String,
    /// A few words.
    pub title: String,
    /// Nature of the content.
    pub nature: String,
    /// Reason for concern.
    pub concern: String,
}

/// Shapes to draw over a picture of the case.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarkForm {
    /// SHA-256 of the picture.
    pub sha256: String,
    /// The shapes, in the order that they are drawn in.
    pub shapes: Vec<ShapeForm>,
    /// A few words.
    pub title: String,
    /// What is covered or pointed out.
    pub nature: String,
    /// Why.
    pub concern: String,
}

/// A shape, in pixels of the picture from its top left.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShapeForm {
    /// `black`, `number`, `frame` or `arrow`.
    pub kind: String,
    /// Across, of the first corner.
    pub left: u32,
    /// Down, of the first corner.
    pub top: u32,
    /// Across, of the second corner.
    pub right: u32,
    /// Down, of the second corner.
    pub bottom: u32,
    /// Of a number, what it points out: at most 500 characters. Empty for the others.
    #[serde(default)]
    pub words: String,
}

/// A capture, with the gate's answers.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaptureForm {
    /// `page` or `whole-page`.
    pub kind: String,
    /// First question: `yes`, `not-sure` or `no`.
    pub child: String,
    /// Second question, asked only after *no*.
    pub extreme: Option<String>,
    /// A few words.
    pub title: String,
    /// Nature of the content.
    pub nature: String,
    /// Reason for concern.
    pub concern: String,
}

/// What to do in the evidence browser.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "go", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Browse {
    /// Open an address.
    Open {
        /// The address.
        address: String,
    },
    /// Back.
    Back,
    /// Forward.
    Forward,
    /// Load again.
    Reload,
    /// Stop loading.
    StopLoading,
    /// Reveal for 30 seconds.
    Reveal,
    /// Cover.
    Cover,
    /// Scroll the revealed page through to its end.
    ScrollThrough,
    /// Bring the browser's window to the front.
    Show,
    /// Give the reason for what is held: it passes.
    GiveReason(HeldReason),
    /// Leave what is held: nothing of it is opened or sent.
    LeaveHeld,
}

/// Why something that is held is let through.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeldReason {
    /// Why.
    pub reason: String,
    /// Whose account is used; empty for a page of another site.
    pub whose: String,
    /// On what authority; empty for a page of another site.
    pub authority: String,
    /// The observer's PIN of this session.
    pub pin: String,
}
