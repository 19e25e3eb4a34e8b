//! Signing in, signing out, locking.

use trail_domain::event::Event;
use trail_domain::event::review::SessionEnd;
use trail_domain::ids::PersonId;
use trail_domain::procedure::{self, Command};
use trail_store::{DeviceSecret, Open, Passphrase, Signer, StoreError, Vault};
use zeroize::Zeroize;

use crate::app::{App, State};
use crate::desk::Desk;
use crate::fault::{Fault, seconds};
use crate::reading;
use crate::wire::{AppView, Strength};

/// What is wrong with a store that nobody can work with.
const UNUSABLE: [&str; 2] = ["store-damaged", "store-cut"];

/// How many people may be signed in at once: operator and observer.
const MOST_PEOPLE: usize = 2;

impl App {
    /// Signs a person in: the first, or the second.
    ///
    /// # Errors
    /// - If the passphrase is wrong, or the person is unknown or signed in already.
    /// - If two people are signed in already.
    /// - If the store or the keychain cannot be read.
    pub fn sign_in(&mut self, person: &str, passphrase: &str) -> Result<AppView, Fault> {
        let person = reading::person_id("person", person)?;
        if passphrase.is_empty() {
            return Err(Fault::with("field-missing", "field", "your passphrase").at("passphrase"));
        }
        self.refuse_too_soon(&person)?;
        let passphrase = Passphrase::new(passphrase.to_owned());
        let device = self.device_secret()?;
        let at = self.ports.clock.now();
        let steady = self.ports.clock.steady_seconds();
        match std::mem::replace(&mut self.state, State::NoStore) {
            State::Locked(vault) => match vault.unlock(&person, &passphrase, device.as_ref()) {
                Ok(vault) => self.open_desk(vault, steady)?,
                Err((vault, error)) => {
                    self.state = State::Locked(vault);
                    let fault = self.wrong(&person, error);
                    if UNUSABLE.contains(&fault.code()) {
                        self.damage = Some(fault.clone());
                        self.look();
                    }
                    return Err(fault);
                }
            },
            State::Open(mut desk) => {
                let joined = join(&mut desk, &person, &passphrase, device.as_ref(), at);
                self.state = State::Open(desk);
                joined.map_err(|wrong| match wrong {
                    Joining::Store(error) => self.wrong(&person, error),
                    Joining::Fault(fault) => fault,
                })?;
                self.record_sign_in(&person)?;
                self.write_held_halts(&person);
            }
            other @ (State::NoStore | State::Trouble(_)) => {
                self.state = other;
                return Err(Fault::new("no-store"));
            }
        }
        Ok(self.view())
    }

    /// Refuses a try within the wait that wrong passphrases brought; it is not counted.
    pub(crate) fn refuse_too_soon(&self, person: &PersonId) -> Result<(), Fault> {
        let left = self.waits.get(person).map_or(0.0, |until| until - self.ports.clock.steady_seconds());
        if left <= 0.0 {
            return Ok(());
        }
        Err(Fault::with("too-soon", "wait", seconds(left)).at("passphrase"))
    }

    /// A store's error at a passphrase; a wrong one starts the wait.
    pub(crate) fn wrong(&mut self, person: &PersonId, error: StoreError) -> Fault {
        if let StoreError::WrongPassphrase { wait, .. } = &error {
            self.waits.insert(person.clone(), self.ports.clock.steady_seconds() + wait.as_secs_f64());
        }
        error.into()
    }

    /// Signs a person out. A session that they were part of ends.
    ///
    /// # Errors
    /// - If the entry cannot be written; the person is signed out all the same.
    pub fn sign_out(&mut self, person: &str) -> Result<AppView, Fault> {
        let person = reading::person_id("person", person)?;
        self.end_session_as(SessionEnd::Left);
        let at = self.ports.clock.now();
        let entropy = &self.ports.entropy;
        let mut written = Ok(());
        if let State::Open(desk) = &mut self.state {
            let event = Event::SignedOut { person: person.clone() };
            written = desk
                .vault
                .append(None, &[event], at, &Signer::Person(&person), entropy.as_ref())
                .map_err(Fault::from)
                .and_then(|recorded| desk.note_store(&recorded));
            // The check has keys of the one who leaves.
            desk.watch = None;
            desk.vault.leave(&person);
            desk.here.retain(|(here, _)| here != &person);
            if desk.here.is_empty() {
                self.lock_now();
            } else {
                desk.look_at_cases()?;
                self.begin_check();
                self.keep_head();
            }
        }
        written?;
        Ok(self.view())
    }

    /// Locks: the browser ends, the session ends, everybody is signed out, keys are wiped.
    pub fn lock(&mut self) -> AppView {
        self.lock_now();
        // Nothing is open that could let anything out.
        self.brake.answer_all();
        self.view()
    }

    /// How strong a passphrase is for somebody who knows these names.
    #[must_use]
    pub fn passphrase_strength(&self, passphrase: &str, inputs: &[String]) -> Strength {
        let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
        let strength = Passphrase::new(passphrase.to_owned()).strength(&inputs);
        let advice = if strength.is_enough() { "strength.good" } else { "strength.weak" };
        Strength { score: strength.score(), enough: strength.is_enough(), advice: self.phrases.say(advice, &[]) }
    }

    pub(crate) fn lock_now(&mut self) {
        self.end_session_as(SessionEnd::Left);
        self.ports.browser.kill();
        self.brake.release();
        self.kit = None;
        self.keep_head();
        match std::mem::replace(&mut self.state, State::NoStore) {
            State::Open(desk) => {
                self.locks += 1;
                let Desk { vault, watch, .. } = *desk;
                // The check has keys of its own: it is stopped, and its end waited for.
                drop(watch);
                // Whoever could not be recorded as signed out is signed out all the same.
                self.state = State::Locked(vault.lock());
            }
            other @ (State::NoStore | State::Locked(_) | State::Trouble(_)) => self.state = other,
        }
        wipe_stack();
    }

    /// The keychain's secret for this store, where the store needs one.
    pub(crate) fn device_secret(&self) -> Result<Option<DeviceSecret>, Fault> {
        let (needed, name) = match &self.state {
            State::Locked(vault) => (vault.needs_device_secret(), vault.store().to_string()),
            State::Open(desk) => (desk.vault.needs_device_secret(), desk.vault.store().to_string()),
            State::NoStore | State::Trouble(_) => return Err(Fault::new("no-store")),
        };
        if !needed {
            return Ok(None);
        }
        let kept = self.ports.keychain.read(&name).map_err(|_| Fault::new("keychain-locked"))?;
        let secret = kept.ok_or_else(|| Fault::new("keychain-lost-secret"))?;
        let mut bytes = [0; 32];
        if secret.len() != bytes.len() {
            return Err(Fault::new("keychain-lost-secret"));
        }
        bytes.copy_from_slice(&secret);
        Ok(Some(DeviceSecret::new(bytes)))
    }

    /// Lays out the desk, compares the record with the head kept here, records the sign-in, closes what a crash left
    /// open, and begins the check of the whole.
    pub(crate) fn open_desk(&mut self, vault: Vault<Open>, steady: f64) -> Result<(), Fault> {
        self.lay_desk(vault, steady, true)
    }

    /// The same for a store that was restored on purpose: the head kept here is that of the store before.
    pub(crate) fn open_restored(&mut self, vault: Vault<Open>) -> Result<(), Fault> {
        self.lay_desk(vault, self.ports.clock.steady_seconds(), false)
    }

    fn lay_desk(&mut self, vault: Vault<Open>, steady: f64, compare: bool) -> Result<(), Fault> {
        let at = self.ports.clock.now();
        let wrong = vault.wrong_before();
        let migrated = vault.migrated();
        let last = vault.last_moment()?;
        let person = vault.signed_in().into_iter().next();
        let desk = Desk::lay(vault, at, steady)?;
        self.state = State::Open(Box::new(desk));
        self.learn_packs();
        let Some(person) = person else { return Ok(()) };
        if compare {
            self.compare_anchor(&person)?;
        }
        let mut events = Vec::new();
        if let Some((from, to)) = migrated {
            events.push(Event::Migrated { from, to });
        }
        events.extend(self.pack_to_keep());
        if let Some(before) = last.filter(|before| at < *before) {
            events.push(Event::ClockSetBack { before, shown: at });
        }
        if wrong > 0 {
            events.push(Event::WrongPassphrases { times: wrong });
        }
        self.append_store(&events, &person)?;
        self.record_sign_in(&person)?;
        self.write_held_halts(&person);
        self.close_after_crash(&person)?;
        self.begin_check();
        self.keep_head();
        Ok(())
    }

    /// The pack that cases are opened under from here on, where the store does not keep its text yet. A frozen computer
    /// opens no case and takes no such entry.
    fn pack_to_keep(&self) -> Option<Event> {
        let desk = self.desk().ok().filter(|desk| !desk.vault.is_frozen().unwrap_or(true))?;
        let pack = self.pack_for_new().ok()?;
        let reference = pack.reference();
        let kept = desk.register.kept_packs().iter().any(|(kept, _)| kept.hash == reference.hash);
        (!kept).then(|| Event::PackKept { pack: reference, text: pack.text().to_owned() })
    }

    fn record_sign_in(&mut self, person: &PersonId) -> Result<(), Fault> {
        self.append_store(&[Event::SignedIn { person: person.clone() }], person)
    }

    /// Records what belongs to no case.
    pub(crate) fn append_store(&mut self, events: &[Event], by: &PersonId) -> Result<(), Fault> {
        if events.is_empty() {
            return Ok(());
        }
        let at = self.ports.clock.now();
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            let recorded = desk.vault.append(None, events, at, &Signer::Person(by), entropy.as_ref())?;
            desk.note_store(&recorded)?;
        }
        Ok(())
    }

    /// A session without an end is closed as *ended by a crash*.
    fn close_after_crash(&mut self, person: &PersonId) -> Result<(), Fault> {
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let unfinished = desk.vault.unfinished_sessions()?;
        let open = unfinished.iter().map(|id| desk.case(id).cloned()).collect::<Result<Vec<_>, _>>()?;
        for case in open {
            let pack = self.pack(case.pack())?.clone();
            let desk = self.desk()?;
            let here = desk.people();
            let now = desk.now(at, person, &here);
            let ended = procedure::decide(&case, &pack, Command::EndSession(SessionEnd::Crash), &now);
            let Ok(events) = ended else { continue };
            let entropy = &self.ports.entropy;
            if let State::Open(desk) = &mut self.state {
                desk.record(case.id(), &events, at, person, entropy.as_ref()).map_err(|stop| match stop {
                    crate::fault::Stop::Fault(fault) => fault,
                    crate::fault::Stop::Refused(refusal) => Fault::with("internal", "detail", refusal.to_string()),
                })?;
            }
        }
        Ok(())
    }
}

/// Why a person did not join.
enum Joining {
    Store(StoreError),
    Fault(Fault),
}

fn join(
    desk: &mut Desk,
    person: &PersonId,
    passphrase: &Passphrase,
    device: Option<&DeviceSecret>,
    at: trail_domain::time::Moment,
) -> Result<(), Joining> {
    if desk.here.iter().any(|(here, _)| here == person) {
        return Err(Joining::Fault(Fault::new("same-person").at("person")));
    }
    if desk.here.len() >= MOST_PEOPLE {
        return Err(Joining::Fault(Fault::new("too-many-signed-in")));
    }
    desk.vault.join(person, passphrase, device).map_err(Joining::Store)?;
    desk.here.push((person.clone(), at));
    desk.look_at_cases().map_err(Joining::Fault)
}

/// Overwrites the part of this thread's stack that the calls before used: copies of keys lie there that no owner
/// wipes (of signing and of ciphers that work in place). Whoever calls the application on several threads does this
/// after each call: a lock wipes only the stack of the thread that it runs on.
#[inline(never)]
pub fn wipe_stack() {
    let mut used = [0_u8; 1 << 20];
    used.zeroize();
    std::hint::black_box(&used);
}
