//! People: who is enrolled, with which certificate; adding, renewing and removing them, and new passphrases.
//!
//! **Whoever acts types their own passphrase again**, and two who are signed in, or both recovery codes, stand behind
//! every change.

use trail_domain::event::keeping::Renewed;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{Hash, PersonId};
use trail_domain::people::Person;
use trail_seal::authority::{Authority, FormKey, Subject};
use trail_store::{NewPerson, Passphrase, RecoveryCode, Warrant};

use crate::app::{App, State};
use crate::fault::Fault;
use crate::reading;
use crate::show::{dates, people};
use crate::wire::store::{AddPerson, PeopleView, PersonRow, RenewPerson};

/// New keys for a person, with the certificate that the school's authority gave them.
struct Issued {
    person: Person,
    passphrase: Passphrase,
    key: FormKey,
    der: String,
}

/// Both recovery codes, or none where two people are signed in.
pub(super) type Codes = Option<[RecoveryCode; 2]>;

impl App {
    /// Everybody who was ever enrolled.
    ///
    /// # Errors
    /// - If nobody is signed in, or the record cannot be read.
    pub fn people(&self) -> Result<PeopleView, Fault> {
        let desk = self.desk()?;
        let entries = desk.vault.register_events()?;
        let row = |person: &Person| PersonRow {
            person: people::label(person),
            fingerprint: groups(&person.certificate.to_string()),
            enrolled: enrolled(&entries, person),
            removed: desk.register.is_removed(&person.id),
            here: desk.here.iter().any(|(here, _)| *here == person.id),
        };
        let authority = desk.register.authority().map_or_else(String::new, |hash| groups(&hash.to_string()));
        let rows = desk.register.people().iter().map(row).collect();
        Ok(PeopleView { rows, authority, two_here: desk.here.len() > 1 })
    }

    /// Enrols a further person.
    ///
    /// # Errors
    /// - If an answer is missing or does not fit; it names the field.
    /// - If two people are not signed in and both codes are not given, or a passphrase is wrong.
    /// - If it cannot be written; then nothing is changed.
    pub fn add_person(&mut self, form: &AddPerson) -> Result<PeopleView, Fault> {
        let name = reading::words("name", &form.name)?;
        let position = reading::words("position", &form.position)?;
        let initials = reading::initials("initials", &form.initials)?;
        let standing = reading::standing("standing", &form.standing)?;
        if self.desk()?.register.by_initials(&initials).is_some() {
            return Err(Fault::with("initials-taken", "initials", initials.to_string()).at("initials"));
        }
        let passphrase = self.new_passphrase(name.as_str(), &form.passphrase, &form.again)?;
        let codes = self.codes(&form.codes)?;
        let by = self.acting(&form.by, &form.own)?;
        let mut random = [0; 16];
        self.ports.entropy.fill(&mut random);
        let certificate = Hash::new([0; 32]);
        let person = Person { id: PersonId::from_bytes(random), name, position, initials, standing, certificate };
        let issued = self.issue(person, passphrase, codes.as_ref())?;
        let event = Event::PersonEnrolled { person: issued.person.clone(), certificate: issued.der.clone() };
        self.take_in(issued, &event, codes.as_ref(), &by, false)
    }

    /// Gives new keys to somebody who forgot their passphrase. The old ones sign nothing from here on.
    ///
    /// # Errors
    /// - As [`App::add_person`]; and if there is no such person.
    pub fn renew_person(&mut self, form: &RenewPerson) -> Result<PeopleView, Fault> {
        let id = reading::person_id("person", &form.person)?;
        let known = self.desk()?.register.person(&id).cloned();
        let known = known.ok_or_else(|| Fault::new("unknown-person").at("person"))?;
        let reason = reading::words("reason", &form.reason)?;
        let passphrase = self.new_passphrase(known.name.as_str(), &form.passphrase, &form.again)?;
        let codes = self.codes(&form.codes)?;
        let by = self.acting(&form.by, &form.own)?;
        let issued = self.issue(known, passphrase, codes.as_ref())?;
        let certificate = issued.person.certificate;
        let event =
            Event::PersonRenewed { renewed: Renewed { person: id, certificate, der: issued.der.clone(), reason } };
        self.take_in(issued, &event, codes.as_ref(), &by, true)
    }

    /// Removes a person: the store is re-keyed, and they cannot sign in again. Their name stays in the record.
    ///
    /// # Errors
    /// - As [`App::add_person`]; and if there is no such person, or too few would be left.
    pub fn remove_person(
        &mut self,
        person: &str,
        reason: &str,
        by: &str,
        passphrase: &str,
        codes: &[String],
    ) -> Result<PeopleView, Fault> {
        let person = reading::person_id("person", person)?;
        let reason = reading::words("reason", reason)?;
        let codes = self.codes(codes)?;
        let by = self.acting_with(by, passphrase, "passphrase")?;
        let at = self.ports.clock.now();
        let event = Event::PersonRemoved { person: person.clone(), reason };
        let entropy = &self.ports.entropy;
        let State::Open(desk) = &mut self.state else { return Err(Fault::new("locked")) };
        // The check reads the database under the key that is about to go.
        desk.watch = None;
        let removed = desk.vault.remove(&person, &event, &warrant(codes.as_ref()), at, &by, entropy.as_ref());
        let stay = desk.vault.signed_in();
        desk.here.retain(|(here, _)| stay.contains(here));
        // The removal may stand in the record also where something after it went wrong.
        desk.read_register()?;
        desk.look_at_cases()?;
        self.begin_check();
        self.keep_head();
        removed?;
        self.people()
    }

    /// Changes the passphrase of somebody who is signed in.
    ///
    /// # Errors
    /// - If the old one is wrong, the new one is weak or the two do not agree.
    /// - If the person is not signed in, or it cannot be written; then the old one stays.
    pub fn change_passphrase(
        &mut self,
        person: &str,
        old: &str,
        passphrase: &str,
        again: &str,
    ) -> Result<PeopleView, Fault> {
        let id = reading::person_id("person", person)?;
        if old.is_empty() {
            return Err(Fault::with("field-missing", "field", "your passphrase as it is now").at("old"));
        }
        self.refuse_too_soon(&id)?;
        let name = people::name(&self.desk()?.register, &id);
        let new = self.new_passphrase(&name, passphrase, again)?;
        let old = Passphrase::new(old.to_owned());
        let (device, cost, at) = (self.device_secret()?, self.cost(), self.ports.clock.now());
        let entropy = &self.ports.entropy;
        let changed = match &mut self.state {
            State::Open(desk) => {
                desk.vault.change_passphrase(&id, &old, &new, device.as_ref(), cost, at, entropy.as_ref())
            }
            State::NoStore | State::Locked(_) | State::Trouble(_) => return Err(Fault::new("locked")),
        };
        let recorded = changed.map_err(|error| self.wrong(&id, error).at("old"))?;
        if let State::Open(desk) = &mut self.state {
            desk.note_store(&[recorded])?;
        }
        self.people()
    }

    /// Whether the person who acts is signed in, and this is their passphrase, typed again now.
    pub(super) fn acting(&mut self, by: &str, own: &str) -> Result<PersonId, Fault> {
        self.acting_with(by, own, "own")
    }

    /// The same, where the passphrase stands in this field.
    pub(crate) fn acting_with(&mut self, by: &str, own: &str, field: &'static str) -> Result<PersonId, Fault> {
        let by = reading::person_id("by", by)?;
        if own.is_empty() {
            return Err(Fault::with("field-missing", "field", "your passphrase").at(field));
        }
        self.refuse_too_soon(&by).map_err(|fault| fault.at(field))?;
        let device = self.device_secret()?;
        let pass = Passphrase::new(own.to_owned());
        // Opening their signing key is how they show who they are; the key is dropped at once.
        let opened = self.desk_mut()?.vault.form_key(&by, &pass, device.as_ref());
        opened.map_err(|error| self.wrong(&by, error).at(field))?;
        Ok(by)
    }

    fn take_in(
        &mut self,
        issued: Issued,
        event: &Event,
        codes: Option<&[RecoveryCode; 2]>,
        by: &PersonId,
        is_again: bool,
    ) -> Result<PeopleView, Fault> {
        let (device, cost, at) = (self.device_secret()?, self.cost(), self.ports.clock.now());
        let new = NewPerson {
            id: issued.person.id.clone(),
            name: issued.person.name.to_string(),
            position: issued.person.position.to_string(),
            initials: issued.person.initials.clone(),
            standing: issued.person.standing,
            passphrase: issued.passphrase,
            form_key_pkcs8: issued.key.pkcs8().clone(),
        };
        let person = new.id.clone();
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            let (warrant, device, entropy) = (warrant(codes), device.as_ref(), entropy.as_ref());
            let vault = &mut desk.vault;
            let recorded = if is_again {
                vault.renew(new, event, &warrant, device, cost, at, by, entropy)?
            } else {
                vault.enrol(new, event, &warrant, device, cost, at, by, entropy)?
            };
            // Whoever has new keys signs in with them.
            desk.here.retain(|(here, _)| *here != person);
            desk.note_store(&recorded)?;
            desk.look_at_cases()?;
        }
        self.waits.remove(&person);
        self.people()
    }

    /// New keys, and the authority's certificate for them.
    fn issue(
        &self,
        mut person: Person,
        passphrase: Passphrase,
        codes: Option<&[RecoveryCode; 2]>,
    ) -> Result<Issued, Fault> {
        use base64::Engine as _;
        use base64::engine::general_purpose::STANDARD;
        let internal = |detail: String| Fault::with("internal", "detail", detail);
        let desk = self.desk()?;
        let school = desk.register.school().ok_or_else(|| Fault::new("no-store"))?;
        let pkcs8 = desk.vault.authority_key(&warrant(codes))?;
        let own = desk.register.authority_certificate().ok_or_else(|| Fault::new("no-store"))?;
        let own = STANDARD.decode(own).map_err(|error| internal(error.to_string()))?;
        let authority = Authority::from_parts(&own, pkcs8).map_err(|error| internal(error.to_string()))?;
        let key = FormKey::generate(&self.ports.random).map_err(|error| internal(error.to_string()))?;
        let subject = Subject {
            name: person.name.as_str(),
            position: person.position.as_str(),
            initials: person.initials.as_str(),
            school: school.name.as_str(),
        };
        let certificate = authority
            .issue(&subject, &key.public(), self.ports.clock.now().utc(), &self.ports.random)
            .map_err(|error| internal(error.to_string()))?;
        person.certificate = Hash::new(certificate.fingerprint());
        Ok(Issued { person, passphrase, key, der: STANDARD.encode(certificate.der()) })
    }

    fn new_passphrase(&self, name: &str, typed: &str, again: &str) -> Result<Passphrase, Fault> {
        if typed != again {
            return Err(Fault::with("passphrases-differ", "name", name).at("again"));
        }
        let passphrase = Passphrase::new(typed.to_owned());
        let school = self.desk()?.register.school().map_or_else(String::new, |school| school.name.to_string());
        if passphrase.strength(&[name, &school]).is_enough() {
            return Ok(passphrase);
        }
        let advice = self.phrases.say("strength.weak", &[]);
        Err(Fault::with("passphrase-weak", "name", name).and("advice", advice).at("passphrase"))
    }

    /// The codes that were typed. Two who are signed in need none.
    fn codes(&self, typed: &[String]) -> Result<Codes, Fault> {
        match typed {
            [] if self.desk()?.here.len() > 1 => Ok(None),
            [] => Err(Fault::new("two-or-codes").at("codes[0]")),
            [one, other] => Ok(Some(both_codes(one, other)?)),
            [_] | [_, _, _, ..] => Err(Fault::new("two-or-codes").at("codes[1]")),
        }
    }
}

/// Both recovery codes as they were typed.
pub(super) fn both_codes(one: &str, other: &str) -> Result<[RecoveryCode; 2], Fault> {
    let read = |typed: &str, which: &str, field: &str| {
        RecoveryCode::parse(typed).map_err(|_| Fault::with("code-form", "which", which).at(field))
    };
    Ok([read(one, "first", "codes[0]")?, read(other, "second", "codes[1]")?])
}

/// A fingerprint in groups of four, as it is printed.
pub(crate) fn groups(hash: &str) -> String {
    let figures: Vec<char> = hash.to_uppercase().chars().collect();
    figures.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn warrant(codes: Option<&[RecoveryCode; 2]>) -> Warrant<'_> {
    codes.map_or(Warrant::TwoPeople, |[one, other]| Warrant::Codes(one, other))
}

/// When a person was enrolled, in words.
fn enrolled(entries: &[Recorded], person: &Person) -> String {
    let enrols = |entry: &&Recorded| matches!(&entry.event, Event::PersonEnrolled { person: named, .. } if named.id == person.id);
    entries.iter().find(enrols).map_or_else(String::new, |entry| dates::day(entry.at))
}
