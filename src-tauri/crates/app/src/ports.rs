//! What the application needs from the world, in its own words. The shell brings the real parts; tests bring
//! recording doubles.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use trail_domain::event::capture::PageFacts;
use trail_domain::event::review::Visit;
use trail_domain::time::Moment;
use trail_picture::message::{Drawn, NoPicture, Shape, Task};
use trail_store::Entropy;
use zeroize::Zeroizing;

mod fonts;
mod screens;
mod stamps;
mod time_servers;

pub use fonts::{FontPacks, FoundPack};
pub use screens::{Named, NoShot, OnScreen, Screens, Shot};
pub use stamps::{NoReply, SECONDS_FOR_A_STAMP, TimeStamps};
pub use time_servers::{NoTime, SECONDS_FOR_THE_TIME, TimeRead, TimeServers};

/// The time.
pub trait Clock: Send + Sync {
    /// The wall clock's moment.
    fn now(&self) -> Moment;

    /// Seconds on a clock that nobody can set, from some start.
    fn steady_seconds(&self) -> f64;
}

/// The operating system's keychain.
pub trait Keychain: Send + Sync {
    /// Whether there is one that works.
    fn is_there(&self) -> bool;

    /// Reads the secret kept under this name; none where there is no such entry.
    ///
    /// # Errors
    /// - If the keychain is locked, or answers anything but *here it is* or *no entry*.
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainFault>;

    /// Keeps something under this name: a secret only at explicit set-up or restoring; where the record ends, at
    /// each sign-in and lock, and behind the work as it goes on.
    ///
    /// # Errors
    /// - If the keychain refuses.
    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), KeychainFault>;
}

/// The keychain did not answer as it should.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the keychain did not answer: {0}")]
pub struct KeychainFault(pub String);

/// What can be told of this computer without guessing.
pub trait Computer: Send + Sync {
    /// Free space where the store lies, in bytes.
    ///
    /// # Errors
    /// - If it is not known: why.
    fn free_bytes(&self) -> Result<u64, String>;

    /// Whether the disk under the store is encrypted.
    ///
    /// # Errors
    /// - If it is not known: why.
    fn disk_encrypted(&self) -> Result<bool, String>;

    /// Whether the store lies in a synced folder.
    ///
    /// # Errors
    /// - If it is not known: why.
    fn synced_folder(&self) -> Result<bool, String>;

    /// The names of all processes that run.
    ///
    /// # Errors
    /// - If it is not known: why.
    fn running(&self) -> Result<Vec<String>, String> {
        Err("this version looks at running programs on Linux only".to_owned())
    }

    /// Media on which a backup can be made: those that are mounted where this system mounts what is plugged in.
    ///
    /// # Errors
    /// - If it is not known: why.
    fn media(&self) -> Result<Vec<Medium>, String> {
        Ok(Vec::new())
    }
}

/// A medium that is plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// Where it is mounted.
    pub path: PathBuf,
    /// Its label.
    pub label: String,
    /// Free space on it, in bytes.
    pub free_bytes: u64,
    /// It can be taken out.
    pub is_removable: bool,
}

/// Where the evidence browser may go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Private addresses (`host:port`) that are opted in.
    pub private: Vec<String>,
    /// Nothing but those (practice mode).
    pub only_these: bool,
    /// The case's sites: pages of others are held.
    pub sites: Vec<String>,
}

/// Something to do in the evidence browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Go {
    /// Open an address.
    Open(String),
    /// Back.
    Back,
    /// Forward.
    Forward,
    /// Load again.
    Reload,
    /// Stop loading.
    StopLoading,
    /// Reveal for so many seconds.
    Reveal(u32),
    /// Cover.
    Cover,
    /// Scroll the revealed page through.
    ScrollThrough,
    /// Bring the window to the front.
    Show,
    /// Let something through that was held.
    LetThrough(Pass),
}

/// What may pass in the evidence browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pass {
    /// Pages of this site.
    Site(String),
    /// One form to this address.
    Form(String),
    /// The sign-in box of this `host:port`, once.
    SignIn(String),
}

/// How the page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageState {
    /// No page was opened.
    #[default]
    None,
    /// Loading.
    Loading,
    /// Loaded.
    Loaded,
    /// It could not be loaded.
    Failed,
    /// The browser process is gone.
    Gone,
}

/// The page as the browser process tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageNow {
    /// How it stands.
    pub state: PageState,
    /// Its address, exactly.
    pub address: String,
    /// Its title, as plain text.
    pub title: String,
    /// When it was loaded.
    pub loaded: Option<Moment>,
    /// A certificate was kept.
    pub secure: bool,
    /// Grey, blurred and silent.
    pub covered: bool,
    /// Seconds until it covers itself.
    pub covers_in: u32,
    /// The whole height was on screen while revealed.
    pub scrolled_through: bool,
    /// Why it failed, or the browser is gone.
    pub because: String,
}

impl PageNow {
    /// Whether something of it can be seen now. A page that is gone is on no screen, whatever it was before.
    #[must_use]
    pub fn is_revealed(&self) -> bool {
        match self.state {
            PageState::None | PageState::Gone => false,
            PageState::Loading | PageState::Loaded | PageState::Failed => !self.covered,
        }
    }
}

impl Default for PageNow {
    /// No page; and what is not there is covered.
    fn default() -> Self {
        Self {
            state: PageState::None,
            address: String::new(),
            title: String::new(),
            loaded: None,
            secure: false,
            covered: true,
            covers_in: 0,
            scrolled_through: false,
            because: String::new(),
        }
    }
}

/// What happened since the last look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glance {
    /// Visits to record, in order.
    pub visits: Vec<Visit>,
    /// The page now.
    pub page: PageNow,
    /// Somebody pressed HALT in the browser's own window. It is dead by now.
    pub halt_pressed: bool,
}

/// A picture: opaque RGB8 non-interlaced PNG, encoded once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The PNG.
    pub png: Zeroizing<Vec<u8>>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Scroll offset in CSS pixels.
    pub offset: (u32, u32),
    /// When it was taken.
    pub taken: Moment,
}

/// A capture as the browser process gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// Views, in order of offset; at least one.
    pub views: Vec<Picture>,
    /// The whole page as one picture, or as a few below each other, made from the views or with them; and how.
    pub derived: Vec<(Picture, String)>,
    /// What is known of the page.
    pub facts: PageFacts,
}

/// Why the browser did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrowserFault {
    /// It could not be started.
    #[error("the evidence browser could not be started: {0}")]
    NotStarted(String),
    /// It stopped, or does not answer.
    #[error("the evidence browser stopped: {0}")]
    Gone(String),
    /// The page is covered.
    #[error("the page is covered")]
    Covered,
    /// The page was not scrolled through while revealed.
    #[error("the page was not scrolled through")]
    NotScrolledThrough,
    /// No page is open.
    #[error("no page is open")]
    NothingOpen,
    /// The address cannot be opened.
    #[error("the address cannot be opened: {0}")]
    BadAddress(String),
    /// The engine could not make the picture.
    #[error("the picture could not be made: {0}")]
    NoPicture(String),
}

/// Ends the browser process at once, from any thread.
pub type Kill = Box<dyn Fn() + Send + Sync>;

/// The evidence browser: a process of its own.
pub trait Browser: Send {
    /// Starts it.
    ///
    /// # Errors
    /// - If the process or its window cannot be started.
    fn open(&mut self, reach: &Reach) -> Result<Kill, BrowserFault>;

    /// Does something in it.
    ///
    /// # Errors
    /// - If it is not running, or refuses.
    fn go(&mut self, go: &Go) -> Result<(), BrowserFault>;

    /// Whether it runs now.
    fn is_running(&mut self) -> bool;

    /// Looks, without waiting.
    fn look(&mut self) -> Glance;

    /// Captures the view, or the whole page.
    ///
    /// # Errors
    /// - If it is not running, the page is covered or was not scrolled through, or no picture can be made.
    fn capture(&mut self, whole: bool) -> Result<Captured, BrowserFault>;

    /// Ends it at once.
    fn kill(&mut self);

    /// Ends it at once for HALT: what the browser itself wrote is left untouched, and told as a visit.
    fn halt(&mut self) {
        self.kill();
    }
}

/// Decodes pictures that others made, in a process of its own with limits on memory and time.
pub trait Pictures: Send {
    /// Does what is asked with the file. Ends at once when `stop` is set.
    ///
    /// # Errors
    /// - If it is no picture that can be decoded within the limits.
    /// - If it was stopped, or the process cannot be run.
    fn draw(&self, task: Task, shapes: &[Shape], file: &[u8], stop: &AtomicBool) -> Result<Drawn, NoPicture>;
}

/// Serves the bundled training site on this computer alone, for practice mode and the worked example.
pub trait TrainingSite: Send {
    /// Serves it, and says where (`http://127.0.0.1:PORT`).
    ///
    /// # Errors
    /// - If no port can be had.
    fn serve(&mut self) -> Result<String, String>;
}

/// Everything the application needs from the world.
pub struct Ports {
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// Randomness for keys and ids.
    pub entropy: Box<dyn Entropy + Send + Sync>,
    /// Randomness for signatures, which must be ring's own.
    pub random: ring::rand::SystemRandom,
    /// The keychain: shared with whoever takes the head of the record there behind the work.
    pub keychain: Arc<dyn Keychain>,
    /// This computer.
    pub computer: Box<dyn Computer>,
    /// The evidence browser.
    pub browser: Box<dyn Browser>,
    /// The decoding of pictures.
    pub pictures: Box<dyn Pictures>,
    /// Screens and windows outside the evidence browser.
    pub screens: Box<dyn Screens>,
    /// The training site.
    pub training: Box<dyn TrainingSite>,
    /// Time-stamp authorities.
    pub time_stamps: Box<dyn TimeStamps>,
    /// Fonts beside the program's own.
    pub fonts: Box<dyn FontPacks>,
    /// Time servers.
    pub time_servers: Box<dyn TimeServers>,
}
