//! First-run set-up, the recovery kit, and practice mode.

use std::path::{Path, PathBuf};

use trail_domain::event::Event;
use trail_domain::ids::{Initials, PersonId, StoreId};
use trail_domain::people::{Computer, Person, School, Standing};
use trail_domain::time::Moment;
use trail_seal::authority::{Authority, FormKey, Subject};
use trail_seal::form::kit::KitModel;
use trail_store::{DeviceSecret, KdfCost, NewPerson, NewStore, Passphrase, Vault};

use crate::app::{App, Kit, State};
use crate::fault::Fault;
use crate::issuing::{form_fault, save};
use crate::keeping::groups;
use crate::reading;
use crate::wire::forms::{SetUp, SetUpPerson};
use crate::wire::{AppView, Saved, SetUpDone};

/// What every practice person signs in with. Practice makes no evidence, and says so everywhere.
pub(crate) const PRACTICE_PASSPHRASE: &str = "lantern-orchard-pebble-seven";

/// Seconds that one try of a passphrase is to take.
const TRY_SECONDS: f64 = 0.5;

/// A person of the new store, read and checked.
struct Enrolled {
    person: Person,
    passphrase: Passphrase,
    key: FormKey,
    certificate: Vec<u8>,
}

impl App {
    /// Makes the store: keys, authority, certificates, the first entries. The first person is signed in.
    ///
    /// # Errors
    /// - If an answer is missing or does not fit; it names the field.
    /// - If there is no keychain and nobody accepted that knowingly.
    /// - If the store cannot be made; then nothing is left of it.
    pub fn set_up(&mut self, form: &SetUp) -> Result<SetUpDone, Fault> {
        if !matches!(self.state, State::NoStore) {
            return Err(Fault::new("store-exists"));
        }
        let keychain = self.ports.keychain.is_there() && !self.practice;
        if !keychain && !form.without_keychain {
            return Err(Fault::new("keychain-absent").at("withoutKeychain"));
        }
        let school = School {
            name: reading::words("schoolName", &form.school_name)?,
            address: reading::words("schoolAddress", &form.school_address)?,
            prefix: Initials::try_from(form.prefix.trim().to_uppercase())
                .map_err(|_| Fault::new("prefix-form").at("prefix"))?,
        };
        let pack = self.packs.iter().find(|pack| pack.id() == form.pack);
        let pack = pack.ok_or_else(|| Fault::with("pack-missing", "id", form.pack.clone()).at("pack"))?.reference();
        let computer = Computer {
            name: reading::words("computerName", &form.computer_name)?,
            asset_tag: reading::words("assetTag", &form.asset_tag)?,
            serial: reading::words("serial", &form.serial)?,
            location: reading::words("location", &form.location)?,
        };
        let at = self.ports.clock.now();
        let authority = Authority::create(school.name.as_str(), self.practice, at.utc(), &self.ports.random)
            .map_err(|error| Fault::with("internal", "detail", error.to_string()))?;
        let people = self.enrol(form, &school, &authority, at)?;
        let mut random = [0; 16];
        self.ports.entropy.fill(&mut random);
        let store = StoreId::from_bytes(random);
        let device = keychain.then(|| {
            let mut secret = [0; 32];
            self.ports.entropy.fill(&mut secret);
            DeviceSecret::new(secret)
        });
        if let Some(secret) = &device {
            let kept = self.ports.keychain.keep(store.as_str(), secret.bytes());
            kept.map_err(|_| Fault::new("keychain-locked"))?;
        }
        let events = first_events(&store, &school, pack, self.practice, &authority, keychain, &people, &computer);
        let new = NewStore {
            store,
            school: school.name.as_str(),
            practice: self.practice,
            authority_pkcs8: authority.pkcs8().clone(),
            people: people.into_iter().map(Enrolled::into_new).collect(),
            device: device.as_ref(),
            cost: self.cost(),
            events,
            at,
        };
        let (vault, codes) = Vault::create(self.store_folder(), new, self.ports.entropy.as_ref())?;
        self.open_desk(vault, self.ports.clock.steady_seconds())?;
        let printed = [codes[0].printed().to_string(), codes[1].printed().to_string()];
        self.kit = Some(Kit { codes });
        Ok(SetUpDone { codes: printed, fingerprint: self.fingerprint()? })
    }

    /// Saves the recovery kit as a PDF to print. Only until the first lock after set-up.
    ///
    /// # Errors
    /// - If the codes are no longer held, or the file cannot be written.
    pub fn save_recovery_kit(&mut self) -> Result<Saved, Fault> {
        let desk = self.desk()?;
        let school = desk.register.school().ok_or_else(|| Fault::new("no-store"))?.clone();
        let fingerprint = desk.register.authority().ok_or_else(|| Fault::new("no-store"))?;
        let kit = self.kit.as_ref().ok_or_else(|| Fault::new("kit-gone"))?;
        let made = self.ports.clock.now().utc();
        let groups = |code: &trail_store::RecoveryCode| {
            code.printed().split('-').map(ToOwned::to_owned).collect::<Vec<String>>()
        };
        let pack = self.pack_for_new()?;
        let model = KitModel {
            school: trail_seal::form::model::School {
                name: school.name.to_string(),
                address: school.address.to_string(),
            },
            terms: trail_seal::form::model::Terms {
                pupil: pack.terms().pupil().to_owned(),
                headteacher: pack.terms().head().to_owned(),
            },
            marking: pack.marking().to_owned(),
            practice: self.practice,
            made,
            computer: desk.register.computers().first().map_or_else(String::new, |computer| computer.name.to_string()),
            codes: [groups(&kit.codes[0]), groups(&kit.codes[1])],
            keepers: ["the school safe".to_owned(), "the chair of governors".to_owned()],
            fingerprint: *fingerprint.bytes(),
            contacts: Vec::new(),
        };
        let fonts = self.fonts()?;
        let drawn = trail_seal::form::kit::lay_out(&model, &fonts).map_err(form_fault)?;
        let path = save(&self.folders.outgoing, "recovery-kit.pdf", drawn.bytes())?;
        Ok(Saved { path: path.display().to_string() })
    }

    /// Begins practice: a store of its own, with an invented school, made if it is not there.
    ///
    /// # Errors
    /// - If somebody is signed in to the school's own store.
    /// - If the practice store cannot be made.
    pub fn begin_practice(&mut self) -> Result<AppView, Fault> {
        if matches!(self.state, State::Open(_)) {
            return Err(Fault::new("practice-only"));
        }
        self.practice = true;
        self.look();
        if matches!(self.state, State::NoStore) {
            let made = self.set_up(&practice_school());
            if let Err(fault) = made {
                self.leave_practice();
                return Err(fault);
            }
        }
        let site = match self.ports.training.serve() {
            Ok(site) => site,
            Err(detail) => {
                self.leave_practice();
                return Err(Fault::with("practice-site", "detail", detail));
            }
        };
        self.settings.private_addresses = vec![site.trim_start_matches("http://").trim_end_matches('/').to_owned()];
        // Nobody has worked in it yet: there is nothing to forget.
        let locks = self.locks;
        self.lock_now();
        self.locks = locks;
        Ok(self.view())
    }

    /// Leaves practice.
    pub fn leave_practice(&mut self) -> AppView {
        self.lock_now();
        self.practice = false;
        // The old lock on the practice folder goes with the state that is replaced here.
        self.state = State::NoStore;
        self.settings.private_addresses.clear();
        self.look();
        self.view()
    }

    /// The fingerprint of the school's authority: 64 hexadecimal figures.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn authority_fingerprint(&self) -> Result<String, Fault> {
        let hash = self.desk()?.register.authority().ok_or_else(|| Fault::new("no-store"))?;
        Ok(hash.to_string())
    }

    /// The certificate of the school's authority as PEM, for outside programs that check signatures.
    ///
    /// # Errors
    /// - If nobody is signed in, or the certificate is not in the ledger.
    pub fn authority_pem(&self) -> Result<String, Fault> {
        use base64::Engine as _;
        let internal = |detail: String| Fault::with("internal", "detail", detail);
        let text = self.desk()?.register.authority_certificate().ok_or_else(|| Fault::new("no-store"))?;
        let der =
            base64::engine::general_purpose::STANDARD.decode(text).map_err(|error| internal(error.to_string()))?;
        let certificate =
            trail_seal::authority::Certificate::from_der(&der).map_err(|error| internal(error.to_string()))?;
        Ok(certificate.pem())
    }

    /// The fingerprint of the school's authority, in groups of four.
    pub(crate) fn fingerprint(&self) -> Result<String, Fault> {
        let hash = self.desk()?.register.authority().ok_or_else(|| Fault::new("no-store"))?;
        Ok(groups(&hash.to_string()))
    }

    pub(crate) fn store_folder(&self) -> &PathBuf {
        if self.practice { &self.folders.practice } else { &self.folders.store }
    }

    /// Whether a folder lies in the store's, whatever way leads there. One that cannot be followed is taken as it is
    /// written.
    pub(crate) fn is_in_the_store(&self, folder: &Path) -> bool {
        let followed = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        followed(folder).starts_with(followed(self.store_folder()))
    }

    pub(crate) fn cost(&self) -> KdfCost {
        match (&self.settings.cost, self.practice) {
            (Some(cost), _) => *cost,
            (None, true) => KdfCost::FLOOR,
            (None, false) => KdfCost::calibrate(TRY_SECONDS, |cost| {
                let start = self.ports.clock.steady_seconds();
                let ran = cost.rehearse();
                let taken = self.ports.clock.steady_seconds() - start;
                if ran { taken } else { TRY_SECONDS }
            }),
        }
    }

    fn enrol(&self, form: &SetUp, school: &School, authority: &Authority, at: Moment) -> Result<Vec<Enrolled>, Fault> {
        let mut enrolled: Vec<Enrolled> = Vec::new();
        for (place, typed) in form.people.iter().enumerate() {
            let one = self.enrol_one(place, typed, school, authority, at)?;
            if enrolled.iter().any(|earlier| earlier.person.initials == one.person.initials) {
                let initials = one.person.initials.to_string();
                return Err(Fault::with("initials-taken", "initials", initials).at(format!("people-{place}-initials")));
            }
            enrolled.push(one);
        }
        let count = |standing| enrolled.iter().filter(|one| one.person.standing == standing).count();
        if count(Standing::Senior) < 2 {
            return Err(Fault::new("too-few-people").at("people-0-name"));
        }
        if count(Standing::Head) == 0 {
            return Err(Fault::new("no-head").at("people-2-name"));
        }
        Ok(enrolled)
    }

    fn enrol_one(
        &self,
        place: usize,
        typed: &SetUpPerson,
        school: &School,
        authority: &Authority,
        at: Moment,
    ) -> Result<Enrolled, Fault> {
        let field = |name: &str| format!("people-{place}-{name}");
        let internal = |detail: String| Fault::with("internal", "detail", detail);
        let name = reading::words(&field("name"), &typed.name)
            .map_err(|_| Fault::with("field-missing", "field", "a full name").at(field("name")))?;
        let position = reading::words(&field("position"), &typed.position)
            .map_err(|_| Fault::with("field-missing", "field", "a position").at(field("position")))?;
        let initials = reading::initials(&field("initials"), &typed.initials)?;
        let standing = reading::standing(&field("standing"), &typed.standing)?;
        let passphrase = Passphrase::new(typed.passphrase.clone());
        if typed.passphrase != typed.again {
            return Err(Fault::with("passphrases-differ", "name", name.as_str()).at(field("again")));
        }
        if !passphrase.strength(&[name.as_str(), school.name.as_str()]).is_enough() {
            let advice = self.phrases.say("strength.weak", &[]);
            return Err(Fault::with("passphrase-weak", "name", name.as_str())
                .and("advice", advice)
                .at(field("passphrase")));
        }
        let mut random = [0; 16];
        self.ports.entropy.fill(&mut random);
        let key = FormKey::generate(&self.ports.random).map_err(|error| internal(error.to_string()))?;
        let subject = Subject {
            name: name.as_str(),
            position: position.as_str(),
            initials: initials.as_str(),
            school: school.name.as_str(),
        };
        let certificate = authority
            .issue(&subject, &key.public(), at.utc(), &self.ports.random)
            .map_err(|error| internal(error.to_string()))?;
        let person = Person {
            id: PersonId::from_bytes(random),
            name,
            position,
            initials,
            standing,
            certificate: trail_domain::ids::Hash::new(certificate.fingerprint()),
        };
        Ok(Enrolled { person, passphrase, key, certificate: certificate.der().to_vec() })
    }
}

impl Enrolled {
    fn into_new(self) -> NewPerson {
        NewPerson {
            id: self.person.id,
            name: self.person.name.to_string(),
            position: self.person.position.to_string(),
            initials: self.person.initials,
            standing: self.person.standing,
            passphrase: self.passphrase,
            form_key_pkcs8: self.key.pkcs8().clone(),
        }
    }
}

#[allow(
    clippy::too_many_arguments,
    reason = "each is a part of the first entries, and they have no other thing in common"
)]
fn first_events(
    store: &StoreId,
    school: &School,
    pack: trail_domain::event::PackRef,
    practice: bool,
    authority: &Authority,
    keychain: bool,
    people: &[Enrolled],
    computer: &Computer,
) -> Vec<Event> {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let mut events = vec![Event::StoreMade {
        store: store.clone(),
        school: school.clone(),
        pack,
        practice,
        authority: trail_domain::ids::Hash::new(authority.certificate().fingerprint()),
        authority_certificate: STANDARD.encode(authority.certificate().der()),
        keychain,
    }];
    events.extend(people.iter().map(|one| Event::PersonEnrolled {
        person: one.person.clone(),
        certificate: STANDARD.encode(&one.certificate),
    }));
    events.push(Event::ComputerRegistered { computer: computer.clone(), with: None });
    events
}

/// The invented school of practice mode.
fn practice_school() -> SetUp {
    let person = |name: &str, position: &str, initials: &str, standing: &str| SetUpPerson {
        name: name.to_owned(),
        position: position.to_owned(),
        initials: initials.to_owned(),
        standing: standing.to_owned(),
        passphrase: PRACTICE_PASSPHRASE.to_owned(),
        again: PRACTICE_PASSPHRASE.to_owned(),
    };
    SetUp {
        school_name: "Hollybrook School (practice)".to_owned(),
        school_address: "Mill Lane, Hollybrook".to_owned(),
        prefix: "HB".to_owned(),
        pack: "swgfl-template".to_owned(),
        computer_name: "Practice computer".to_owned(),
        asset_tag: "PRACTICE-01".to_owned(),
        serial: "PRACTICE-SERIAL".to_owned(),
        location: "Wherever you rehearse".to_owned(),
        people: vec![
            person("Jo Stirling", "Designated safeguarding lead", "JS", "senior"),
            person("Priya Anand", "Deputy headteacher", "PA", "senior"),
            person("Amara Okonkwo-Pryce", "Headteacher", "AO", "head"),
        ],
        without_keychain: true,
    }
}
