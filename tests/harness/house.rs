//! A school in a temporary folder: the real application on a real store, with doubles around it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use tempfile::TempDir;
use trail_app::ports::{Keychain, Ports};
use trail_app::wire::forms::{SetUp, SetUpPerson};
use trail_app::{App, Folders, Settings};
use trail_store::KdfCost;

use crate::doubles::{
    NoFontPack, NoKeychain, NoTimeServers, NoTimeStamps, NoTraining, OneWindow, PlainComputer, PlainPictures,
    RecordingBrowser, SteppingClock, Told,
};

/// The pack of a school that names no other.
pub const DEFAULT: &str = "swgfl-template";

/// When the doubles' clock starts.
pub const START: &str = "2026-11-22T09:00:00Z";

/// What everybody's passphrase is made of.
pub const PASSPHRASE: &str = "candle-meadow-harbour-eleven";

/// Fixed invented people: initials, name, position.
pub const PEOPLE: &[(&str, &str, &str)] = &[
    ("JS", "Jo Stirling", "Designated safeguarding lead"),
    ("PA", "Priya Anand", "Deputy headteacher"),
    ("AO", "Amara Okonkwo-Pryce", "Headteacher"),
    ("TO", "Tom Oakes", "Head of computing"),
    ("CG", "Carys Griffith", "Chair of governors"),
];

/// A school and its people.
pub struct House {
    /// The application.
    pub app: App,
    /// Person id by initials.
    pub people: BTreeMap<String, String>,
    /// What the recording browser was told.
    pub browser: Arc<Mutex<Told>>,
    /// Seconds on the steady clock, to be moved by hand.
    pub steady: Arc<Mutex<f64>>,
    /// The recovery codes, where this house was set up here.
    pub codes: Option<[String; 2]>,
    folder: Ground,
}

/// Where a school's folders stand: gone with the school, or not its own.
enum Ground {
    Ours(TempDir),
    Given(PathBuf),
}

impl Ground {
    fn path(&self) -> &Path {
        match self {
            Self::Ours(folder) => folder.path(),
            Self::Given(folder) => folder,
        }
    }
}

/// Stores that were made once, by their pack and people: making one costs an Argon2id run for each of them.
static MADE: LazyLock<Mutex<BTreeMap<String, PathBuf>>> = LazyLock::new(Mutex::default);

impl House {
    /// A school with these people under the default pack, nobody signed in.
    #[must_use]
    pub fn with(people: &[String]) -> Self {
        Self::under(DEFAULT, people)
    }

    /// A school with these people under this pack, nobody signed in.
    #[must_use]
    pub fn under(pack: &str, people: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&made(pack, people), &folder.path().join("store"));
        Self::at(folder)
    }

    /// Where its folders are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A new school with real parts in this folder: real clock, real evidence browser run by `program`, and these
    /// private addresses opted in. The first person is signed in.
    ///
    /// # Errors
    /// - If the school cannot be set up.
    pub fn real(folder: TempDir, program: PathBuf, private: Vec<String>) -> Result<Self, trail_app::Fault> {
        Self::real_under(DEFAULT, folder, program, private)
    }

    /// The same under this pack.
    ///
    /// # Errors
    /// - If the school cannot be set up.
    pub fn real_under(
        pack: &str,
        folder: TempDir,
        program: PathBuf,
        private: Vec<String>,
    ) -> Result<Self, trail_app::Fault> {
        let settings = Settings { private_addresses: private, ..settings() };
        let mut app = App::start(real_ports(program), folders(folder.path()), settings)?;
        let codes = app.set_up(&SetUp { pack: pack.to_owned(), ..set_up(&default_people()) })?.codes;
        let house = Self::of(app, Arc::default(), Arc::default(), Ground::Ours(folder));
        Ok(Self { codes: Some(codes), ..house })
    }

    /// A computer without a store, with the same real parts, in this folder.
    ///
    /// # Errors
    /// - If the application cannot be started.
    pub fn bare(folder: TempDir, program: PathBuf) -> Result<Self, trail_app::Fault> {
        let app = App::start(real_ports(program), folders(folder.path()), settings())?;
        Ok(Self::of(app, Arc::default(), Arc::default(), Ground::Ours(folder)))
    }

    /// The school in a folder that somebody else looks after, with these ports. It may be none yet.
    ///
    /// # Errors
    /// - If the application cannot be started.
    pub fn given(folder: &Path, doubles: Doubles) -> Result<Self, trail_app::Fault> {
        let Doubles { ports, browser, steady } = doubles;
        let app = App::start(ports, folders(folder), settings())?;
        Ok(Self::of(app, browser, steady, Ground::Given(folder.to_owned())))
    }

    /// Keeps the folder when the house is gone, and says where it is.
    #[must_use]
    pub fn keep(self) -> PathBuf {
        match self.folder {
            Ground::Ours(folder) => folder.keep(),
            Ground::Given(folder) => folder,
        }
    }

    /// Looks again who is enrolled.
    pub fn learn_people(&mut self) {
        for person in self.app.view().people {
            self.people.insert(person.initials, person.id);
        }
    }

    fn at(folder: TempDir) -> Self {
        let (app, browser, steady) = app_at(folder.path());
        Self::of(app, browser, steady, Ground::Ours(folder))
    }

    fn of(app: App, browser: Arc<Mutex<Told>>, steady: Arc<Mutex<f64>>, folder: Ground) -> Self {
        let mut house = Self { app, people: BTreeMap::new(), browser, steady, codes: None, folder };
        house.learn_people();
        house
    }

    /// The id of the person with these initials; the text itself where there is none.
    #[must_use]
    pub fn id(&self, initials: &str) -> String {
        self.people.get(initials).cloned().unwrap_or_else(|| initials.to_owned())
    }
}

fn real_ports(program: PathBuf) -> Ports {
    let mut ports = evidence_trail::parts::run_by(program);
    // A rehearsal leaves nothing in anybody's keychain.
    ports.keychain = Arc::new(NoKeychain);
    ports
}

/// The default people of a script.
#[must_use]
pub fn default_people() -> Vec<String> {
    ["JS senior", "PA senior", "AO head", "TO senior"].map(ToOwned::to_owned).to_vec()
}

/// The form of first-run set-up, for these people under the default pack.
#[must_use]
pub fn set_up(people: &[String]) -> SetUp {
    let person = |text: &String| {
        let (initials, standing) = text.split_once(' ').expect("initials, a blank and a standing");
        let (_, name, position) =
            PEOPLE.iter().find(|(known, ..)| *known == initials).expect("one of the invented people");
        SetUpPerson {
            name: (*name).to_owned(),
            position: (*position).to_owned(),
            initials: initials.to_owned(),
            standing: standing.to_owned(),
            passphrase: PASSPHRASE.to_owned(),
            again: PASSPHRASE.to_owned(),
        }
    };
    SetUp {
        school_name: "Hollybrook School".to_owned(),
        school_address: "Mill Lane, Hollybrook".to_owned(),
        prefix: "HB".to_owned(),
        pack: DEFAULT.to_owned(),
        computer_name: "HB-REVIEW-01".to_owned(),
        asset_tag: "HB-0417".to_owned(),
        serial: "5CG0123XYZ".to_owned(),
        location: "Safeguarding office, room 2.04".to_owned(),
        people: people.iter().map(person).collect(),
        without_keychain: true,
    }
}

/// An application on doubles, with its folders here.
#[must_use]
pub fn app_at(folder: &Path) -> (App, Arc<Mutex<Told>>, Arc<Mutex<f64>>) {
    let Doubles { ports, browser, steady } = Doubles::new(START, Box::new(NoKeychain));
    let app = App::start(ports, folders(folder), settings()).expect("the bundled words and packs can be read");
    (app, browser, steady)
}

/// Doubles for all ports, and what can be asked of them.
pub struct Doubles {
    /// The ports.
    pub ports: Ports,
    /// What the recording browser was told.
    pub browser: Arc<Mutex<Told>>,
    /// Seconds on the steady clock.
    pub steady: Arc<Mutex<f64>>,
}

impl Doubles {
    /// Doubles with a clock that starts at this moment, and this keychain.
    #[must_use]
    pub fn new(start: &str, keychain: Box<dyn Keychain>) -> Self {
        let browser = RecordingBrowser::default();
        let clock = SteppingClock::from(start);
        let (told, steady) = (browser.told(), clock.steady());
        let ports = Ports {
            clock: Box::new(clock),
            entropy: Box::new(evidence_trail::parts::clock::SystemEntropy::new()),
            random: ring::rand::SystemRandom::new(),
            keychain: keychain.into(),
            computer: Box::new(PlainComputer),
            pictures: Box::new(PlainPictures::beside(&browser)),
            screens: Box::new(OneWindow::beside(&browser)),
            browser: Box::new(browser),
            training: Box::new(NoTraining),
            time_stamps: Box::new(NoTimeStamps),
            fonts: Box::new(NoFontPack),
            time_servers: Box::new(NoTimeServers),
        };
        Self { ports, browser: told, steady }
    }
}

/// The folders under one.
#[must_use]
pub fn folders(folder: &Path) -> Folders {
    Folders { store: folder.join("store"), practice: folder.join("practice"), outgoing: folder.join("outgoing") }
}

/// Settings with the least that a passphrase may cost, so that tests are not all Argon2id.
#[must_use]
pub fn settings() -> Settings {
    Settings { cost: Some(KdfCost::FLOOR), ..Settings::default() }
}

fn made(pack: &str, people: &[String]) -> PathBuf {
    let mut made = MADE.lock().unwrap();
    made.entry(format!("{pack}: {}", people.join(",")))
        .or_insert_with(|| {
            let folder = tempfile::tempdir().unwrap().keep();
            let (mut app, _, _) = app_at(&folder);
            app.set_up(&SetUp { pack: pack.to_owned(), ..set_up(people) }).expect("the school can be set up");
            app.lock();
            folder.join("store")
        })
        .clone()
}

/// Copies a store's folder, which holds files only.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
