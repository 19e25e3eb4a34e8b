//! The application as one thing: what phase it is in, and what every screen shows around its content.

use std::collections::BTreeMap;
use std::path::PathBuf;

use trail_domain::case::Case;
use trail_domain::ids::PersonId;
use trail_domain::pack::{National, PolicyPack};
use trail_domain::refusal::Refusal;
use trail_store::{Found, KdfCost, Locked, RecoveryCode, Vault};

use crate::brake::Brake;
use crate::desk::Desk;
use crate::fault::{Fault, Stop};
use crate::keeping::heads::Heads;
use crate::keeping::restore::{Opened, put_back};
use crate::phrases::Phrases;
use crate::ports::Ports;
use crate::progress::Progress;
use crate::show::{self, dates, people};
use crate::typeface::Typeface;
use crate::wire::{Answer, AppView, HaltStands, LedgerLine, Phase, SignedIn};

/// The bundled packs: file name and text.
const PACKS: &[(&str, &str)] = &[
    ("swgfl-template.toml", include_str!("../../../../assets/packs/swgfl-template.toml")),
    ("durants.toml", include_str!("../../../../assets/packs/durants.toml")),
    ("st-joseph.toml", include_str!("../../../../assets/packs/st-joseph.toml")),
    ("st-laurence-birmingham.toml", include_str!("../../../../assets/packs/st-laurence-birmingham.toml")),
    ("victoria-park.toml", include_str!("../../../../assets/packs/victoria-park.toml")),
    ("beechfield-hertfordshire.toml", include_str!("../../../../assets/packs/beechfield-hertfordshire.toml")),
];

/// What stands above every pack: file name and text.
const NATIONAL: (&str, &str) = ("national.toml", include_str!("../../../../assets/packs/national.toml"));

/// Where things are on this computer.
#[derive(Debug, Clone)]
pub struct Folders {
    /// The school's store.
    pub store: PathBuf,
    /// The practice store, apart from it.
    pub practice: PathBuf,
    /// Where documents are saved for people.
    pub outgoing: PathBuf,
}

/// What may differ between an ordinary start and a rehearsal.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What a try of a passphrase costs in new stores; none is measured at set-up.
    pub cost: Option<KdfCost>,
    /// Private addresses (`host:port`) that the evidence browser may open.
    pub private_addresses: Vec<String>,
    /// Minutes without an act after which the app locks itself.
    pub idle_minutes: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { cost: None, private_addresses: Vec::new(), idle_minutes: 5 }
    }
}

/// Whether the system tells when this computer is locked or goes to sleep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionLock {
    /// It does.
    Told {
        /// Whether sleep waits until everything is locked; else why it does not.
        sleep_waits: Result<(), String>,
    },
    /// It does not.
    NotTold {
        /// Why.
        because: String,
    },
}

/// The application.
pub struct App {
    pub(crate) ports: Ports,
    pub(crate) folders: Folders,
    pub(crate) settings: Settings,
    pub(crate) phrases: Phrases,
    pub(crate) packs: Vec<PolicyPack>,
    pub(crate) national: National,
    pub(crate) brake: Brake,
    pub(crate) practice: bool,
    pub(crate) state: State,
    pub(crate) kit: Option<Kit>,
    /// Until when, on the steady clock, nobody may try this person's passphrase.
    pub(crate) waits: BTreeMap<PersonId, f64>,
    pub(crate) progress: Progress,
    /// Heads of the record, on their way to the keychain.
    pub(crate) heads: Heads,
    /// A backup that was opened with both codes.
    pub(crate) restoring: Option<Opened>,
    /// Why the store that is there cannot be used: found when it was opened, and true until it is replaced.
    pub(crate) damage: Option<Fault>,
    /// How often it was locked.
    pub(crate) locks: u64,
    pub(crate) session_lock: SessionLock,
    pub(crate) typeface: Typeface,
}

/// What the recovery kit is printed from: held from set-up until the first lock.
pub(crate) struct Kit {
    pub(crate) codes: [RecoveryCode; 2],
}

/// The state of the store.
pub(crate) enum State {
    /// None.
    NoStore,
    /// Nobody signed in.
    Locked(Vault<Locked>),
    /// Somebody signed in.
    Open(Box<Desk>),
    /// It cannot be opened.
    Trouble(Fault),
}

impl App {
    /// Starts the application: looks for a store, opens nothing.
    ///
    /// # Errors
    /// - If the bundled words or a bundled pack cannot be read, which tests rule out.
    pub fn start(ports: Ports, folders: Folders, settings: Settings) -> Result<Self, Fault> {
        let internal = |detail: String| Fault::with("internal", "detail", detail);
        let phrases = Phrases::bundled().map_err(|error| internal(error.to_string()))?;
        let national = National::parse(NATIONAL.0, NATIONAL.1).map_err(|fault| internal(fault.to_string()))?;
        let mut packs = Vec::new();
        for (name, text) in PACKS {
            let pack = PolicyPack::parse(name, text).map_err(|fault| internal(fault.to_string()))?;
            packs.push(national.over(pack));
        }
        let mut app = Self {
            ports,
            folders,
            settings,
            phrases,
            packs,
            national,
            brake: Brake::default(),
            practice: false,
            state: State::NoStore,
            kit: None,
            waits: BTreeMap::new(),
            progress: Progress::default(),
            heads: Heads::default(),
            restoring: None,
            damage: None,
            locks: 0,
            session_lock: SessionLock::NotTold { because: "nobody was asked".to_owned() },
            typeface: Typeface::default(),
        };
        for store in [&app.folders.store, &app.folders.practice] {
            // Where a restoring was broken off, what stood there before takes its place again. If it cannot, it stands
            // beside it, and there is no store.
            drop(put_back(store));
        }
        app.look();
        Ok(app)
    }

    /// HALT's way round the application's lock.
    #[must_use]
    pub fn brake(&self) -> Brake {
        self.brake.clone()
    }

    /// How far something that takes long has come, told without waiting for the application.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// How often it was locked since it was started: whoever shows it makes their view anew after each.
    #[must_use]
    pub fn locks(&self) -> u64 {
        self.locks
    }

    /// Whether the shell is told when this computer is locked or sleeps, or why not: the check page says so.
    pub fn told_of_session_lock(&mut self, told: SessionLock) {
        self.session_lock = told;
    }

    /// The words, for a shell that must answer before the application can.
    #[must_use]
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// What every screen shows around its content. Locks first where nobody acted for too long.
    pub fn view(&mut self) -> AppView {
        self.lock_when_idle();
        if matches!(self.state, State::Trouble(_)) {
            // What stood in the way may be gone: the other window closed, the folder put back.
            self.look();
        }
        let now = self.ports.clock.now();
        let mut view = AppView {
            phase: Phase::NoStore,
            practice: self.practice,
            school: None,
            computer: None,
            people: Vec::new(),
            signed_in: Vec::new(),
            ledger: LedgerLine { text: self.phrases.say("ledger-line.no-store", &[]), holds: true },
            trouble: None,
            packs: Vec::new(),
            keychain: self.ports.keychain.is_there(),
            halt_stands: None,
            frozen: None,
            reviewing: None,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            now: dates::full(now),
            practice_passphrase: self.practice.then(|| crate::set_up::PRACTICE_PASSPHRASE.to_owned()),
            check: self.check_line(),
            broken_anchor: None,
            locks_in: self.seconds_to_lock().filter(|left| *left < 60.0).map(|left| left.max(0.0).ceil() as u32),
        };
        match &self.state {
            State::NoStore => view.packs = self.packs.iter().map(show::pack_choice).collect(),
            State::Locked(vault) => {
                view.phase = Phase::Locked;
                view.ledger.text = self.phrases.say("ledger-line.locked", &[]);
                view.school = Some(vault.school().to_owned());
                view.people = vault.labels().iter().map(people::store_label).collect();
            }
            State::Open(desk) => {
                view.phase = Phase::Open;
                view.school = desk.register.school().map(|school| school.name.to_string());
                view.computer = desk.register.computers().first().map(|computer| computer.name.to_string());
                let stay = desk.register.people().iter().filter(|person| !desk.register.is_removed(&person.id));
                view.people = stay.map(people::label).collect();
                view.signed_in = desk.signed_in_view();
                view.ledger = self.ledger_line();
                let broken = desk.register.broken_anchor().map(|_| Fault::new("anchor-broken"));
                view.broken_anchor = broken.map(|fault| fault.in_words(&self.phrases));
                view.halt_stands = desk.halt_stands(&self.phrases);
                let frozen = desk.register.is_frozen() && desk.shelf.knows_of_halt();
                view.frozen = frozen.then(|| self.phrases.say("halt.frozen", &[]));
                view.reviewing = desk.review.as_ref().map(|review| review.case.to_string());
            }
            State::Trouble(fault) => {
                view.phase = Phase::Trouble;
                view.ledger = LedgerLine { text: self.phrases.say("ledger-line.not-opened", &[]), holds: false };
                view.trouble = Some(fault.in_words(&self.phrases));
            }
        }
        view
    }

    /// Looks for the store again.
    pub(crate) fn look(&mut self) {
        let folder = if self.practice { &self.folders.practice } else { &self.folders.store };
        if let Some(damage) = &self.damage {
            self.state = State::Trouble(damage.clone());
            return;
        }
        self.state = match Vault::<Locked>::find(folder) {
            Ok(Found::NoStore) => State::NoStore,
            Ok(Found::Locked(vault)) => {
                // A wait does not end because the app was started again: it begins again.
                let now = self.ports.clock.steady_seconds();
                for label in vault.labels() {
                    let wait = vault.wait_for(&label.id).as_secs_f64();
                    if wait > 0.0 {
                        self.waits.insert(label.id, now + wait);
                    }
                }
                State::Locked(vault)
            }
            Err(error) => State::Trouble(error.into()),
        };
    }

    /// The desk of those who are signed in.
    pub(crate) fn desk(&self) -> Result<&Desk, Fault> {
        match &self.state {
            State::Open(desk) => Ok(desk),
            State::NoStore | State::Locked(_) | State::Trouble(_) => Err(Fault::new("locked")),
        }
    }

    /// The desk, to act on. An act puts off the lock.
    pub(crate) fn desk_mut(&mut self) -> Result<&mut Desk, Fault> {
        let now = self.ports.clock.steady_seconds();
        match &mut self.state {
            State::Open(desk) => {
                desk.touched = now;
                Ok(desk)
            }
            State::NoStore | State::Locked(_) | State::Trouble(_) => Err(Fault::new("locked")),
        }
    }

    /// The pack a case runs under.
    pub(crate) fn pack(&self, reference: &trail_domain::event::PackRef) -> Result<&PolicyPack, Fault> {
        let same = |pack: &&PolicyPack| pack.id() == reference.id && pack.reference().hash == reference.hash;
        let kept = self.desk().map(|desk| desk.packs.iter()).into_iter().flatten();
        self.packs.iter().chain(kept).find(same).ok_or_else(|| Fault::with("pack-missing", "id", reference.id.clone()))
    }

    /// The pack that new cases are opened under.
    pub(crate) fn pack_for_new(&self) -> Result<PolicyPack, Fault> {
        self.pack_about(None)
    }

    /// A refusal as an answer.
    pub(crate) fn refused(&self, refusal: &Refusal, pack: &PolicyPack) -> Answer {
        Answer::Refused { refused: show::refused(refusal, pack, &self.phrases) }
    }

    /// Whatever stopped an act, as an answer.
    pub(crate) fn stopped(&self, stop: Stop, pack: &PolicyPack) -> Answer {
        match stop {
            Stop::Refused(refusal) => self.refused(&refusal, pack),
            Stop::Fault(fault) => Answer::Trouble { trouble: fault.in_words(&self.phrases) },
        }
    }

    /// What is done while nobody waits: locks where nobody acted for too long, and tidies the store.
    pub fn quiet_moment(&mut self) {
        self.lock_when_idle();
        if let State::Open(desk) = &self.state {
            // Where this cannot be written, all of it stands in the log as before; the next act tells what is wrong.
            let _ = desk.vault.fold_log();
        }
    }

    /// Locks where nobody acted for too long.
    pub fn lock_when_idle(&mut self) {
        if self.seconds_to_lock().is_some_and(|left| left < 0.0) {
            self.lock_now();
        }
    }

    /// Seconds until the app locks itself. A session has its own watch: the observer's confirmation and the time limit.
    fn seconds_to_lock(&self) -> Option<f64> {
        let limit = f64::from(self.settings.idle_minutes) * 60.0;
        let now = self.ports.clock.steady_seconds();
        match &self.state {
            State::Open(desk) if desk.review.is_none() => Some(desk.touched + limit - now),
            State::Open(_) | State::NoStore | State::Locked(_) | State::Trouble(_) => None,
        }
    }
}

impl Desk {
    fn signed_in_view(&self) -> Vec<SignedIn> {
        let label = |(person, since): &(trail_domain::ids::PersonId, trail_domain::time::Moment)| {
            self.register
                .person(person)
                .map(|enrolled| SignedIn { person: people::label(enrolled), since: dates::minute(*since) })
        };
        self.here.iter().filter_map(label).collect()
    }

    fn halt_stands(&self, phrases: &Phrases) -> Option<HaltStands> {
        if let Some(unwritten) = &self.unwritten_halt {
            return Some(HaltStands {
                case: unwritten.case.as_ref().map(ToString::to_string),
                reference: None,
                since: dates::exact(unwritten.at),
                recorded: false,
            });
        }
        let Some(id) = self.shelf.halted() else {
            // A HALT in a case that not everybody here may see stands all the same, without a name.
            let since = dates::exact(self.shelf.halted_aside()?);
            return Some(HaltStands { case: None, reference: None, since, recorded: true });
        };
        let since = |case: &Case| case.halt().map(|halt| dates::exact(halt.stamp.at));
        let case = self.case(id).ok();
        Some(HaltStands {
            case: Some(id.to_string()),
            reference: case.map(|case| case.reference().to_string()),
            since: case.and_then(since).unwrap_or_else(|| phrases.say("halt.since-not-shown", &[])),
            recorded: true,
        })
    }
}
