//! A school in a temporary folder, with a keychain of its own and a clock that is moved by hand.

#[allow(unreachable_pub, reason = "the harness's doubles")]
#[path = "../../../../../tests/harness/doubles/none.rs"]
mod none;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Mutex};

use ring::rand::{SecureRandom, SystemRandom};
use tempfile::TempDir;
use trail_app::brake::Brake;
use trail_app::ports::{
    Browser, BrowserFault, Captured, Clock, Computer, Glance, Go, Keychain, KeychainFault, Kill, Named, NoShot,
    Pictures, Ports, Reach, Screens, Shot,
};
use trail_app::wire::Answer;
use trail_app::wire::forms::{ReportForm, SetUp, SetUpPerson};
use trail_app::{App, Folders, Settings};
use trail_domain::event::capture::screen::GatedScreen;
use trail_domain::time::Moment;
use trail_picture::message::{Drawn, NoPicture, Shape, Task};
use trail_store::{Entropy, KdfCost};
use zeroize::Zeroizing;

use none::{NoFontPack, NoTimeServers, NoTimeStamps, NoTraining};

pub(crate) const PASS: &str = "candle-meadow-harbour-eleven";
pub(crate) const NAMES: [&str; 4] = ["Jo Stirling", "Priya Anand", "Amara Okonkwo-Pryce", "Tom Oakes"];

/// What a keychain holds. It outlives the application, as a real one does.
pub(crate) type Held = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

pub(crate) struct School {
    pub(crate) app: App,
    pub(crate) held: Held,
    pub(crate) steady: Arc<Mutex<f64>>,
    /// While it is held, the keychain does not answer who wants something kept.
    pub(crate) slow: Arc<Mutex<()>>,
    /// Pressed the next time that chance is asked for.
    pub(crate) pressed_at_draw: Arc<Mutex<Option<Brake>>>,
    pub(crate) codes: [String; 2],
    pub(crate) dir: TempDir,
}

/// The store as it was just made, what its keychain holds, and its codes.
struct Made {
    dir: TempDir,
    held: BTreeMap<String, Vec<u8>>,
    codes: [String; 2],
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let held = Held::default();
    let mut app =
        start(dir.path(), Drawer { held: Arc::clone(&held), slow: Arc::default() }, Arc::default(), Dice::default());
    let done = app.set_up(&form()).unwrap();
    app.lock();
    drop(app);
    let held = held.lock().unwrap().clone();
    Made { dir, held, codes: done.codes }
});

impl School {
    /// Set up, nobody signed in.
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        copy(&MADE.dir.path().join("store"), &dir.path().join("store"));
        let held = Arc::new(Mutex::new(MADE.held.clone()));
        Self::at(dir, held)
    }

    /// A computer without a store.
    pub(crate) fn bare() -> Self {
        Self::at(tempfile::tempdir().unwrap(), Held::default())
    }

    /// Set up under this policy; the first person is signed in.
    pub(crate) fn set_up(policy: &str) -> Self {
        let mut school = Self::bare();
        school.app.set_up(&SetUp { pack: policy.to_owned(), ..form() }).unwrap();
        school
    }

    fn at(dir: TempDir, held: Held) -> Self {
        let steady = Arc::<Mutex<f64>>::default();
        let drawer = Drawer { held: Arc::clone(&held), slow: Arc::default() };
        let (slow, dice) = (Arc::clone(&drawer.slow), Dice::default());
        let pressed_at_draw = Arc::clone(&dice.pressed);
        let app = start(dir.path(), drawer, Arc::clone(&steady), dice);
        Self { app, held, steady, slow, pressed_at_draw, codes: MADE.codes.clone(), dir }
    }

    /// The application is ended and started again.
    pub(crate) fn again(self, between: impl FnOnce(&Path)) -> Self {
        let Self { app, held, dir, .. } = self;
        drop(app);
        between(dir.path());
        Self::at(dir, held)
    }

    pub(crate) fn id(&mut self, number: usize) -> String {
        let people = self.app.view().people;
        people.into_iter().find(|person| person.name == NAMES[number]).unwrap().id
    }

    pub(crate) fn sign_in(&mut self, number: usize) {
        let id = self.id(number);
        self.app.sign_in(&id, PASS).unwrap();
    }

    /// Both reviewers are signed in.
    pub(crate) fn both(mut self) -> Self {
        self.sign_in(0);
        self.sign_in(1);
        self
    }

    /// Opens a case about nobody who is enrolled, or about this person.
    pub(crate) fn open_case(&mut self, about: Option<usize>) -> String {
        let mut report = report();
        report.subject_enrolled = about.map(|number| self.id(number));
        self.open_with(&report)
    }

    /// Opens a case of this category, about nobody who is enrolled.
    pub(crate) fn open_case_of(&mut self, category: &str) -> String {
        self.open_with(&ReportForm { category: category.to_owned(), ..report() })
    }

    pub(crate) fn open_with(&mut self, report: &ReportForm) -> String {
        match self.app.open_case(report).unwrap() {
            Answer::Done { case, .. } => case.id,
            other @ (Answer::Refused { .. }
            | Answer::Halted { .. }
            | Answer::Stopped { .. }
            | Answer::Destroyed { .. }
            | Answer::Trouble { .. }) => panic!("{other:?}"),
        }
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.dir.path().join("store")
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn start(dir: &Path, keychain: Drawer, steady: Arc<Mutex<f64>>, dice: Dice) -> App {
    let ports = Ports {
        clock: Box::new(Stepping { at: Mutex::new(1_795_000_000_000_000), steady }),
        entropy: Box::new(dice),
        random: SystemRandom::new(),
        keychain: Arc::new(keychain),
        computer: Box::new(Plain),
        browser: Box::new(NoBrowser),
        pictures: Box::new(NoPictures),
        screens: Box::new(NoScreens),
        training: Box::new(NoTraining),
        time_stamps: Box::new(NoTimeStamps),
        fonts: Box::new(NoFontPack),
        time_servers: Box::new(NoTimeServers),
    };
    let folders = Folders { store: dir.join("store"), practice: dir.join("practice"), outgoing: dir.join("outgoing") };
    App::start(ports, folders, Settings { cost: Some(KdfCost::FLOOR), ..Settings::default() }).unwrap()
}

fn form() -> SetUp {
    let standings = ["senior", "senior", "head", "senior"];
    let person = |(name, standing): (&&str, &str)| SetUpPerson {
        name: (*name).to_owned(),
        position: "Member of staff".to_owned(),
        initials: name.split([' ', '-']).filter_map(|part| part.chars().next()).take(2).collect(),
        standing: standing.to_owned(),
        passphrase: PASS.to_owned(),
        again: PASS.to_owned(),
    };
    SetUp {
        school_name: "Hollybrook School".to_owned(),
        school_address: "Mill Lane, Hollybrook".to_owned(),
        prefix: "HB".to_owned(),
        pack: "swgfl-template".to_owned(),
        computer_name: "HB-REVIEW-01".to_owned(),
        asset_tag: "HB-0417".to_owned(),
        serial: "5CG0123XYZ".to_owned(),
        location: "Safeguarding office, room 2.04".to_owned(),
        people: NAMES.iter().zip(standings).map(person).collect(),
        without_keychain: false,
    }
}

pub(crate) fn report() -> ReportForm {
    ReportForm {
        title: "Placeholder title".to_owned(),
        what: "Placeholder for what was reported".to_owned(),
        when: "This morning".to_owned(),
        reporter: "A member of staff".to_owned(),
        reported_to: "Jo Stirling".to_owned(),
        subject: "Pupil A".to_owned(),
        subject_kind: "pupil".to_owned(),
        subject_enrolled: None,
        works_with_children: false,
        others: Vec::new(),
        place: "Room 2.04".to_owned(),
        category: "pornography".to_owned(),
        child_safe: "no-child".to_owned(),
        child_safe_words: String::new(),
    }
}

/// Every look at it is a second later.
struct Stepping {
    at: Mutex<i64>,
    steady: Arc<Mutex<f64>>,
}

impl Clock for Stepping {
    fn now(&self) -> Moment {
        let mut at = self.at.lock().unwrap();
        *at += 1_000_000;
        Moment::from_micros(*at)
    }

    fn steady_seconds(&self) -> f64 {
        *self.steady.lock().unwrap()
    }
}

#[derive(Default)]
pub(crate) struct Dice {
    pressed: Arc<Mutex<Option<Brake>>>,
}

impl Entropy for Dice {
    fn fill(&self, out: &mut [u8]) {
        if let Some(brake) = self.pressed.lock().unwrap().take() {
            brake.press();
        }
        SystemRandom::new().fill(out).unwrap();
    }
}

struct Drawer {
    held: Held,
    slow: Arc<Mutex<()>>,
}

impl Keychain for Drawer {
    fn is_there(&self) -> bool {
        true
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainFault> {
        Ok(self.held.lock().unwrap().get(name).cloned().map(Zeroizing::new))
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), KeychainFault> {
        let _answers = self.slow.lock().unwrap();
        self.held.lock().unwrap().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }
}

struct Plain;

impl Computer for Plain {
    fn free_bytes(&self) -> Result<u64, String> {
        Ok(52_000_000_000)
    }

    fn disk_encrypted(&self) -> Result<bool, String> {
        Err("the double does not look".to_owned())
    }

    fn synced_folder(&self) -> Result<bool, String> {
        Ok(false)
    }
}

struct NoBrowser;

impl Browser for NoBrowser {
    fn open(&mut self, _reach: &Reach) -> Result<Kill, BrowserFault> {
        Err(BrowserFault::NotStarted("there is none".to_owned()))
    }

    fn go(&mut self, _go: &Go) -> Result<(), BrowserFault> {
        Err(BrowserFault::NothingOpen)
    }

    fn is_running(&mut self) -> bool {
        false
    }

    fn look(&mut self) -> Glance {
        Glance::default()
    }

    fn capture(&mut self, _whole: bool) -> Result<Captured, BrowserFault> {
        Err(BrowserFault::NothingOpen)
    }

    fn kill(&mut self) {}
}

struct NoPictures;

impl Pictures for NoPictures {
    fn draw(&self, _task: Task, _shapes: &[Shape], _file: &[u8], _stop: &AtomicBool) -> Result<Drawn, NoPicture> {
        Err(NoPicture::NotRun("there is none".to_owned()))
    }
}

struct NoScreens;

impl Screens for NoScreens {
    fn list(&self, _stop: &AtomicBool) -> Result<Named, NoShot> {
        Err(NoShot::NotOffered("there is none".to_owned()))
    }

    fn shoot(&self, _of: &GatedScreen, _stop: &AtomicBool) -> Result<Shot, NoShot> {
        Err(NoShot::NotOffered("there is none".to_owned()))
    }
}
