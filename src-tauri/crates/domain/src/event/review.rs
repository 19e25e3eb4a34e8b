//! What is recorded of a review and of what follows: sessions, visits, views, finding, actions, isolation.

pub mod held;

use serde::{Deserialize, Serialize};

use crate::ids::{Hash, PersonId};
use crate::time::Moment;
use crate::words::{Noted, Words};

/// The check of the computer at the opening of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ComputerCheck {
    /// The asset tag read off the computer.
    pub asset_tag: Words,
    /// What the reference clock showed.
    pub reference: Moment,
    /// What this computer's clock showed then.
    pub shown: Moment,
    /// Which reference, and who read it.
    pub reference_is: Words,
    /// Free space on the disk in bytes.
    pub free_bytes: Noted<u64>,
    /// Whether the disk is encrypted.
    pub disk_encrypted: Noted<bool>,
    /// Remote control or screen sharing that runs, as people say.
    pub remote_control: Noted<String>,
    /// Programs for that which were seen among the processes that run, by their names.
    #[serde(default = "not_looked", skip_serializing_if = "is_not_looked")]
    pub programs: Noted<Vec<String>>,
    /// Whether the store lies in a synced folder.
    pub synced_folder: Noted<bool>,
    /// What the time server said that the school chose.
    #[serde(default = "not_asked", skip_serializing_if = "is_not_asked")]
    pub time_server: Noted<ServerTime>,
    /// Both people tried the HALT key.
    pub halt_key_tried: bool,
}

/// What a time server told of this computer's clock (SNTP version 4: RFC 5905, section 14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ServerTime {
    /// Its name, as the school chose it.
    pub server: String,
    /// How far this computer's clock is from it, in milliseconds; positive is fast. True to half the round trip.
    pub fast_by_ms: i64,
    /// How long the question and the answer were on their way together, in milliseconds.
    pub round_trip_ms: u32,
    /// How far it is from a reference clock, in servers: 1, which has one itself, to 15.
    pub stratum: u8,
}

/// Of checks from before a time server was asked.
fn not_asked() -> Noted<ServerTime> {
    Noted::NotRecorded("the version in use then asked no time server".to_owned())
}

/// An entry from before that is written again as it was.
fn is_not_asked(time_server: &Noted<ServerTime>) -> bool {
    *time_server == not_asked()
}

/// An entry from before anybody looked at programs is written again as it was.
fn is_not_looked(programs: &Noted<Vec<String>>) -> bool {
    *programs == not_looked()
}

/// Of checks from before anybody looked.
fn not_looked() -> Noted<Vec<String>> {
    Noted::NotRecorded("the version in use then did not look at running programs".to_owned())
}

impl ComputerCheck {
    /// How far this computer's clock is from the reference, in microseconds; positive is fast.
    #[must_use]
    pub fn fast_by_micros(&self) -> i64 {
        self.shown.micros().saturating_sub(self.reference.micros())
    }
}

/// Something the evidence browser did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Visit {
    /// When, by the browser process's own clock.
    pub at: Moment,
    /// The address concerned, exactly.
    pub address: String,
    /// What.
    pub what: VisitKind,
}

/// What the browser's test of itself came to: it draws a page whose colours are known, and keeps a picture of it as it
/// keeps those of other pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", rename_all_fields = "kebab-case")]
pub enum SelfTest {
    /// The picture has the known colours.
    Passed {
        /// SHA-256 of those colours, as they were read from the picture.
        sha256: Hash,
    },
    /// It has not, or there is none.
    Failed {
        /// What came out.
        because: String,
    },
}

/// Of starts before the program that ran was hashed.
fn program_unknown() -> Noted<Hash> {
    Noted::NotRecorded("the version in use then did not hash its program".to_owned())
}

/// An entry from before that is written again as it was.
fn is_program_unknown(program: &Noted<Hash>) -> bool {
    *program == program_unknown()
}

/// Of starts before the browser tested itself.
fn not_tested() -> Noted<SelfTest> {
    Noted::NotRecorded("the version in use then had no self-test".to_owned())
}

/// An entry from before that is written again as it was.
fn is_not_tested(self_test: &Noted<SelfTest>) -> bool {
    *self_test == not_tested()
}

/// What the evidence browser did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", rename_all_fields = "kebab-case")]
pub enum VisitKind {
    /// Somebody asked for the address.
    Asked,
    /// The page itself went there.
    Followed,
    /// The server sent the browser on.
    SentOn {
        /// HTTP status.
        status: u16,
    },
    /// The page finished loading.
    Loaded {
        /// HTTP status.
        status: Noted<u16>,
        /// The page's title.
        title: Noted<String>,
    },
    /// The page could not be loaded.
    Failed {
        /// Why.
        because: String,
    },
    /// Something was refused: a download, a new window, a scheme, a private address, a permission.
    Refused {
        /// What.
        what: String,
    },
    /// The browser process started.
    Began {
        /// The engine and its version.
        engine: String,
        /// The engine's sandbox around the page.
        sandbox: Noted<String>,
        /// Private addresses (`host:port`) that are opted in.
        private: Vec<String>,
        /// SHA-256 of the program that showed the pages.
        #[serde(default = "program_unknown", skip_serializing_if = "is_program_unknown")]
        program: Noted<Hash>,
        /// What its test of itself came to.
        #[serde(default = "not_tested", skip_serializing_if = "is_not_tested")]
        self_test: Noted<SelfTest>,
    },
    /// The server answered for the page.
    Answered {
        /// HTTP status.
        status: u16,
        /// Header names and values, as the engine gives them.
        headers: Vec<(String, String)>,
        /// The server's certificate.
        certificate: Noted<String>,
    },
    /// A connection was made for the page or a part of it, to a host not reached before or at another place.
    Reached {
        /// Address and port reached.
        remote: String,
    },
    /// A connection for the page or a part of it was not made.
    NotReached {
        /// Why.
        because: String,
    },
    /// A page of a site that is none of the case's was to be opened, and was held back.
    AwayHeld,
    /// A form was to be posted, and was held back.
    FormHeld,
    /// A form with a field for a password was to be sent, and was held back.
    PasswordFormHeld,
    /// The site asked for a name and a password; its sign-in box was held back.
    SignInHeld,
    /// The site's sign-in box was shown, with a reason.
    SignInShown,
    /// A form was sent, with a reason.
    FormSent,
    /// The page does not answer.
    Silent,
    /// The page caused more than is recorded one by one, since somebody last opened or revealed a page.
    LeftOut {
        /// How many things.
        count: u64,
    },
    /// HALT: the browser's own folder was left as it was.
    FolderKept {
        /// Where.
        folder: String,
    },
    /// The page was revealed.
    Revealed,
    /// The browser stopped by itself.
    Crashed {
        /// What is known.
        because: String,
    },
}

/// How a session ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionEnd {
    /// By its people.
    Ended,
    /// The app was locked, or one person left.
    Left,
    /// By HALT.
    Halted,
    /// Found without an end at the next start.
    Crash,
}

/// One reviewer's own view. Closed to everybody until all are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct View {
    /// Whose.
    pub person: PersonId,
    /// Has the concern substance?
    pub substance: bool,
    /// Why.
    pub reasons: Words,
}

/// The group's finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// The concern has substance.
    Substance,
    /// The concern has no substance.
    NoSubstance,
    /// The reviewing people did not agree; both views stand.
    Disagreed,
}

/// A line of the actions table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ActionChosen {
    /// The action, by the pack's id.
    pub action: String,
    /// Whether the table proposes it.
    pub proposed: bool,
    /// Whether the group chose it.
    pub chosen: bool,
    /// Why, where the two differ.
    pub departure: Option<Words>,
    /// Who sees to it, where chosen.
    pub owner: Option<Words>,
    /// By which day (`2026-11-25`), where chosen.
    pub due: Option<String>,
    /// How far it is.
    pub state: ActionState,
    /// What came of it, in words.
    pub outcome: Option<Words>,
    /// Why it waits, where it would alert somebody before police, LADO or social care say that it may go ahead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Words>,
}

/// How far an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionState {
    /// Not chosen.
    NotChosen,
    /// Proposed.
    Proposed,
    /// In hand.
    InHand,
    /// Done.
    Done,
}

/// Who responds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Response {
    /// Internal response or discipline.
    pub internal: bool,
    /// Local Authority or a national body.
    pub authority: bool,
    /// Police.
    pub police: bool,
}

/// A line of the isolation checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct IsolationLine {
    /// The step, by the id of the list.
    pub step: String,
    /// Done or not.
    pub done: bool,
    /// When and by whom; where not done, why not.
    pub words: Words,
}

/// A referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Referral {
    /// To whom: force, social care, LADO.
    pub to: Words,
    /// The officer or person, with number.
    pub person: Words,
    /// Their reference.
    pub reference: Words,
    /// When.
    pub at: Moment,
    /// What they advised.
    pub advice: Words,
}
