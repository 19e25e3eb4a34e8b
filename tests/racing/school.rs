//! A school that stands at a point of a case, brought there by the product itself; and what must not come out of it.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use acceptance::given::ADDRESS;
use acceptance::house::{House, default_people};
use acceptance::perform::Walk;
use acceptance::script::{sign_in, walk_to};
use racing_app::door::Door;
use racing_app::ports::{Browser, BrowserFault, Captured, Glance, Go, Kill, Ports, Reach};
use racing_app::wire::forms::{Browse, CaptureForm, SessionForm};
use racing_app::wire::store::MakeBackup;
use racing_app::{App, Folders, Settings};
use ring::rand::{SecureRandom, SystemRandom};
use tempfile::TempDir;
use trail_store::{Entropy, KdfCost};

use crate::doubles::{
    NoFontPack, NoKeychain, NoTimeServers, NoTimeStamps, NoTraining, OneWindow, PlainComputer, PlainPictures,
    RecordingBrowser, SteppingClock,
};

pub(crate) use acceptance::house::PASSPHRASE;

/// A day after the one on which the school was brought to its point.
const START: &str = "2026-11-23T09:00:00Z";
/// Steps in which the browser makes a picture.
const BROWSER_STEPS: usize = 12;

/// A case with one capture; its session goes on.
pub(crate) static IN_SESSION: LazyLock<Ready> = LazyLock::new(|| Ready::walked("captured", true));
/// A case whose form is to be made.
pub(crate) static BEFORE_FORM: LazyLock<Ready> = LazyLock::new(|| Ready::walked("sign-off", false));
/// A case with a volume of exhibits, signed once.
pub(crate) static SIGNED_ONCE: LazyLock<Ready> = LazyLock::new(|| Ready::walked("signed-1", false));

/// A school's folder, to be copied for each schedule.
pub(crate) struct Ready {
    folder: TempDir,
    case: String,
    people: [String; 2],
    picture: String,
    volume: String,
    form: String,
    in_session: bool,
}

impl Ready {
    fn walked(upto: &str, in_session: bool) -> Self {
        let mut walk = Walk::new(House::with(&default_people()));
        sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
        walk_to(&mut walk, Some(upto)).unwrap();
        let view = walk.view().unwrap();
        let volume = view.documents.iter().find(|document| document.kind == "volume");
        let volume = volume.map_or_else(String::new, |document| document.sha256.clone());
        let form = walk.form_now();
        let (case, picture) = (walk.case.clone(), walk.pictures[0].1.clone());
        let people = ["JS", "PA"].map(|who| walk.house.id(who));
        walk.house.app.lock();
        let folder = tempfile::tempdir().unwrap();
        copy(&walk.house.folder().join("store"), &folder.path().join("store"));
        Self { folder, case, people, picture, volume, form, in_session }
    }
}

/// A copy of it, with what was seen of one schedule.
pub(crate) struct School {
    folder: TempDir,
    pub(crate) case: String,
    pub(crate) people: [String; 2],
    pub(crate) picture: String,
    pub(crate) volume: String,
    pub(crate) form: String,
    in_session: bool,
    /// HALT was answered: its entry is durable.
    halted: AtomicBool,
    shown_after: AtomicUsize,
    steps: Arc<Steps>,
}

/// What the browser did.
#[derive(Default)]
struct Steps {
    killed: AtomicBool,
    after_kill: AtomicUsize,
    /// It was killed before the picture was out of its hands.
    void: AtomicBool,
}

impl School {
    pub(crate) fn from(ready: &Ready) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&ready.folder.path().join("store"), &folder.path().join("store"));
        std::fs::create_dir(folder.path().join("stick")).unwrap();
        Self {
            folder,
            case: ready.case.clone(),
            people: ready.people.clone(),
            picture: ready.picture.clone(),
            volume: ready.volume.clone(),
            form: ready.form.clone(),
            in_session: ready.in_session,
            halted: AtomicBool::new(false),
            shown_after: AtomicUsize::new(0),
            steps: Arc::default(),
        }
    }

    pub(crate) fn start(&self) -> App {
        let ports = Ports {
            clock: Box::new(SteppingClock::from(START)),
            entropy: Box::new(Dice),
            random: SystemRandom::new(),
            keychain: Arc::new(NoKeychain),
            computer: Box::new(PlainComputer),
            browser: Box::new(SlowBrowser { inner: RecordingBrowser::default(), steps: Arc::clone(&self.steps) }),
            pictures: Box::new(PlainPictures::default()),
            screens: Box::new(OneWindow::default()),
            training: Box::new(NoTraining),
            time_stamps: Box::new(NoTimeStamps),
            fonts: Box::new(NoFontPack),
            time_servers: Box::new(NoTimeServers),
        };
        let under = |name: &str| self.folder.path().join(name);
        let folders = Folders { store: under("store"), practice: under("practice"), outgoing: under("outgoing") };
        App::start(ports, folders, Settings { cost: Some(KdfCost::FLOOR), ..Settings::default() }).unwrap()
    }

    /// Both reviewing people are signed in; where the race is in a session, it is open and a page stands in it.
    pub(crate) fn begin(&self, door: &Door) {
        door.call(|app| {
            self.people.iter().for_each(|person| drop(app.sign_in(person, PASSPHRASE).unwrap()));
            app.check_ledger().unwrap();
            if self.in_session {
                let form = SessionForm {
                    operator: self.people[0].clone(),
                    asset_tag: "HB-0417".to_owned(),
                    reference_time: "09:01:00".to_owned(),
                    reference_is: "Speaking clock, read by Priya Anand".to_owned(),
                    remote_control: "none seen".to_owned(),
                    halt_key_tried: true,
                    pin: "4417".to_owned(),
                };
                app.open_session(&self.case, &form).unwrap();
                app.browse(&self.case, Browse::Open { address: ADDRESS.to_owned() }).unwrap();
            }
        });
    }

    pub(crate) fn backup(&self) -> MakeBackup {
        MakeBackup {
            folder: self.folder.path().join("stick").display().to_string(),
            medium: "USB stick 1".to_owned(),
            holder: "Jo Stirling".to_owned(),
            person: self.people[0].clone(),
            passphrase: PASSPHRASE.to_owned(),
        }
    }

    pub(crate) fn halted(&self) {
        self.halted.store(true, Ordering::SeqCst);
    }

    /// A picture is in the hands of whoever shows it.
    pub(crate) fn shown(&self) {
        self.shown_after.fetch_add(usize::from(self.halted.load(Ordering::SeqCst)), Ordering::SeqCst);
    }

    /// Steps that the browser made after it was killed.
    pub(crate) fn steps_after_kill(&self) -> usize {
        self.steps.after_kill.load(Ordering::SeqCst)
    }

    /// Whether HALT came before the picture was out of the browser's hands, so that it must not be kept.
    pub(crate) fn is_void(&self) -> bool {
        self.steps.void.load(Ordering::SeqCst)
    }

    /// Nothing that holds a picture stands after HALT in the record; what lies outside stands before it there.
    pub(crate) fn nothing_came_out_after_halt(&self, door: &Door) {
        let (case, store) = door.call(|app| (app.timeline(&self.case).unwrap(), app.store_timeline().unwrap()));
        let seq = |row: &racing_app::wire::case::TimelineRow| row.seq.parse::<u64>().unwrap();
        let halts: Vec<u64> = case.iter().filter(|row| row.kind == "halted").map(seq).collect();
        let [halt] = halts.as_slice() else { panic!("{} halts are in the record", halts.len()) };
        for row in case.iter().chain(&store).filter(|row| seq(row) > *halt) {
            let words_only = ["session-ended", "visited", "capture-failed", "signed-in", "signed-out"];
            assert!(words_only.contains(&row.kind.as_str()), "{} was recorded after HALT", row.kind);
        }
        let of = |rows: &[racing_app::wire::case::TimelineRow], kind: &str| rows.iter().any(|row| row.kind == kind);
        let outgoing = count(&self.folder.path().join("outgoing"));
        assert!(outgoing == 0 || of(&case, "copy-saved"), "a copy lies outside that nobody knows of");
        let on_stick = count(&self.folder.path().join("stick"));
        assert!(on_stick == 0 || of(&store, "backed-up"), "a backup lies on the stick that nobody knows of");
        assert_eq!(self.shown_after.load(Ordering::SeqCst), 0, "a picture was handed over after HALT was recorded");
    }
}

pub(crate) fn capture() -> CaptureForm {
    CaptureForm {
        kind: "page".to_owned(),
        child: "no".to_owned(),
        extreme: Some("no".to_owned()),
        title: "Topic page".to_owned(),
        nature: "Placeholder for content of concern".to_owned(),
        concern: "It offers a way round the filter".to_owned(),
    }
}

fn count(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Chance, at each draw of which another thread may come: also inside a transaction of the store.
struct Dice;

impl Entropy for Dice {
    fn fill(&self, out: &mut [u8]) {
        shuttle::thread::yield_now();
        SystemRandom::new().fill(out).unwrap();
    }
}

/// A browser that takes its time over a picture, and ends at once when it is killed.
struct SlowBrowser {
    inner: RecordingBrowser,
    steps: Arc<Steps>,
}

impl Browser for SlowBrowser {
    fn open(&mut self, reach: &Reach) -> Result<Kill, BrowserFault> {
        let (kill, steps) = (self.inner.open(reach)?, Arc::clone(&self.steps));
        Ok(Box::new(move || {
            steps.killed.store(true, Ordering::SeqCst);
            kill();
        }))
    }

    fn go(&mut self, go: &Go) -> Result<(), BrowserFault> {
        self.inner.go(go)
    }

    fn is_running(&mut self) -> bool {
        self.inner.is_running()
    }

    fn look(&mut self) -> Glance {
        self.inner.look()
    }

    fn capture(&mut self, whole: bool) -> Result<Captured, BrowserFault> {
        let picture = self.take(whole);
        self.steps.void.store(self.steps.killed.load(Ordering::SeqCst), Ordering::SeqCst);
        picture
    }

    fn kill(&mut self) {
        self.inner.kill();
    }
}

impl SlowBrowser {
    fn take(&mut self, whole: bool) -> Result<Captured, BrowserFault> {
        for _ in 0..BROWSER_STEPS {
            if !self.inner.is_running() {
                return Err(BrowserFault::Gone("it was killed".to_owned()));
            }
            self.steps.after_kill.fetch_add(usize::from(self.steps.killed.load(Ordering::SeqCst)), Ordering::SeqCst);
            shuttle::thread::yield_now();
        }
        // The picture is complete; whether it is kept is not the browser's to say.
        let picture = self.inner.capture(whole);
        shuttle::thread::yield_now();
        picture
    }
}
