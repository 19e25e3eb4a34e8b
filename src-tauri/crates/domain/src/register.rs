//! Who and what is registered in a store: a fold over the entries that belong to no case.

use crate::event::keeping::{AnchorBroken, Backup, PolicyAdopted, TimeAuthority};
use crate::event::{Event, PackRef, Recorded, Turn};
use crate::ids::{Hash, Initials, PersonId, Seq, StoreId};
use crate::people::{Computer, Person, School};
use crate::time::Moment;
use crate::words::Words;

/// A policy that somebody took into use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// Which.
    pub policy: PolicyAdopted,
    /// When.
    pub at: Moment,
    /// Who signed it.
    pub by: PersonId,
}

/// A log or a report that was saved outside the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPaper {
    /// When.
    pub at: Moment,
    /// Who saved it.
    pub by: PersonId,
    /// The file's name.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: Hash,
    /// The folder that it was saved in.
    pub place: Words,
}

/// The store's own facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    store: Option<StoreId>,
    school: Option<School>,
    pack: Option<PackRef>,
    kept_packs: Vec<(PackRef, String)>,
    adopted: Vec<Adopted>,
    practice: bool,
    authority: Option<Hash>,
    authority_certificate: Option<String>,
    keychain: bool,
    people: Vec<Person>,
    certificates: Vec<(PersonId, String)>,
    computers: Vec<Computer>,
    removed: Vec<PersonId>,
    backups: Vec<(Seq, Backup, Option<Words>)>,
    broken: Vec<(Seq, AnchorBroken, bool)>,
    time_authorities: Vec<TimeAuthority>,
    time_roots: Vec<Hash>,
    papers: Vec<SavedPaper>,
    time_server: Option<String>,
    support: Vec<Words>,
    frozen: bool,
}

impl Register {
    /// Kinds of entries that change nothing here: people coming and going, what was noticed on the way.
    pub const PASSING: [&'static str; 5] =
        ["signed-in", "signed-out", "wrong-passphrases", "clock-set-back", "passphrase-changed"];

    /// Folds the store's entries in their order.
    #[must_use]
    pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut register = Self::default();
        for entry in entries {
            register.evolve(entry);
        }
        register
    }

    /// The same, told whether a HALT stands that the computer was not released from: halts and releases are entries of
    /// cases, and the register has those of none.
    #[must_use]
    pub fn told_frozen(self, frozen: bool) -> Self {
        Self { frozen, ..self }
    }

    /// Whether the computer is frozen: since a HALT in any case of the store, until the police release it.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.frozen
    }

    /// The store's id.
    #[must_use]
    pub fn store(&self) -> Option<&StoreId> {
        self.store.as_ref()
    }

    /// The school.
    #[must_use]
    pub fn school(&self) -> Option<&School> {
        self.school.as_ref()
    }

    /// The pack that new cases are opened under: the one that was taken into use last, or that set-up chose.
    #[must_use]
    pub fn pack(&self) -> Option<&PackRef> {
        self.adopted.last().map(|adopted| &adopted.policy.pack).or(self.pack.as_ref())
    }

    /// The pack that a case about this person is opened under. One that they took into use themselves never is: the
    /// rules for looking into what somebody did are not theirs to write.
    #[must_use]
    pub fn pack_about(&self, person: Option<&PersonId>) -> Option<&PackRef> {
        let by_others = |adopted: &&Adopted| Some(&adopted.by) != person;
        self.adopted.iter().rev().find(by_others).map(|adopted| &adopted.policy.pack).or(self.pack.as_ref())
    }

    /// Every policy that was taken into use, in order. One whose text the store does not keep does not count.
    #[must_use]
    pub fn adopted(&self) -> &[Adopted] {
        &self.adopted
    }

    /// The packs whose text the store keeps, with their text. Only a text that has the hash it is kept under counts.
    #[must_use]
    pub fn kept_packs(&self) -> &[(PackRef, String)] {
        &self.kept_packs
    }

    /// Whether what is made here is practice, not evidence.
    #[must_use]
    pub fn practice(&self) -> bool {
        self.practice
    }

    /// SHA-256 of the certificate of the school's authority.
    #[must_use]
    pub fn authority(&self) -> Option<Hash> {
        self.authority
    }

    /// That certificate, DER as base64.
    #[must_use]
    pub fn authority_certificate(&self) -> Option<&str> {
        self.authority_certificate.as_deref()
    }

    /// Whether a secret in the computer's keychain guards the store too.
    #[must_use]
    pub fn keychain(&self) -> bool {
        self.keychain
    }

    /// Everybody who was ever enrolled.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// An enrolled person.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|person| &person.id == id)
    }

    /// The person with these initials.
    #[must_use]
    pub fn by_initials(&self, initials: &Initials) -> Option<&Person> {
        self.people.iter().find(|person| &person.initials == initials)
    }

    /// A person's certificate, DER as base64.
    #[must_use]
    pub fn certificate(&self, id: &PersonId) -> Option<&str> {
        self.certificates.iter().find(|(person, _)| person == id).map(|(_, der)| der.as_str())
    }

    /// The registered computers.
    #[must_use]
    pub fn computers(&self) -> &[Computer] {
        &self.computers
    }

    /// Whether the person was removed: their name stays, they cannot sign in.
    #[must_use]
    pub fn is_removed(&self, id: &PersonId) -> bool {
        self.removed.contains(id)
    }

    /// Every backup that was made: the entry, the backup, and what became of it where it is no more.
    #[must_use]
    pub fn backups(&self) -> &[(Seq, Backup, Option<Words>)] {
        &self.backups
    }

    /// A broken anchor that nobody has looked into yet: nothing leaves the store until two people have.
    #[must_use]
    pub fn broken_anchor(&self) -> Option<(Seq, &AnchorBroken)> {
        self.broken.iter().rev().find(|(_, _, accepted)| !accepted).map(|(seq, broken, _)| (*seq, broken))
    }

    /// The time-stamp authorities that are asked for each signature, in this order; none where nobody is asked.
    #[must_use]
    pub fn time_authorities(&self) -> &[TimeAuthority] {
        &self.time_authorities
    }

    /// SHA-256 of the root certificate of every time-stamp authority that was ever chosen: a document keeps the
    /// time-stamp that it has when another one is chosen.
    #[must_use]
    pub fn time_roots(&self) -> &[Hash] {
        &self.time_roots
    }

    /// Logs and reports that were saved outside the store, the oldest first.
    #[must_use]
    pub fn papers(&self) -> &[SavedPaper] {
        &self.papers
    }

    /// The time server that is asked at each check of the computer; none where nobody is asked.
    #[must_use]
    pub fn time_server(&self) -> Option<&str> {
        self.time_server.as_deref()
    }

    /// Where this school's staff find support after a review, as the school says.
    #[must_use]
    pub fn support(&self) -> &[Words] {
        &self.support
    }

    fn evolve_keeping(&mut self, seq: Seq, event: &Event) {
        if let Event::PersonRenewed { renewed } = event {
            for (_, der) in self.certificates.iter_mut().filter(|(person, _)| *person == renewed.person) {
                der.clone_from(&renewed.der);
            }
            for person in self.people.iter_mut().filter(|person| person.id == renewed.person) {
                person.certificate = renewed.certificate;
            }
        } else if let Event::PersonRemoved { person, .. } = event {
            self.removed.push(person.clone());
        } else if let Event::BackedUp { backup } = event {
            self.backups.push((seq, backup.clone(), None));
        } else if let Event::BackupGone { serial, how } = event {
            for (.., gone) in self.backups.iter_mut().filter(|(_, backup, _)| backup.serial == *serial) {
                *gone = Some(how.clone());
            }
        } else if let Event::Restored { restored } = event {
            self.computers.splice(0..0, restored.computer.clone());
        } else if let Event::AnchorBroken { broken } = event {
            self.broken.push((seq, broken.clone(), false));
        } else if let Event::AnchorAccepted { broken, .. } = event {
            for (.., accepted) in self.broken.iter_mut().filter(|(at, ..)| at == broken) {
                *accepted = true;
            }
        } else if let Event::Turn(Turn::TimeAuthoritiesSet { authorities, .. }) = event {
            self.time_authorities.clone_from(authorities);
            for authority in authorities {
                if !self.time_roots.contains(&authority.root) {
                    self.time_roots.push(authority.root);
                }
            }
        } else if let Event::Turn(Turn::TimeServerSet { server, .. }) = event {
            self.time_server.clone_from(server);
        } else if let Event::Turn(Turn::SupportSet { contacts, .. }) = event {
            self.support.clone_from(contacts);
        }
    }

    fn evolve(&mut self, entry: &Recorded) {
        let (seq, event) = (entry.seq, &entry.event);
        if let Event::StoreMade { store, school, pack, practice, authority, authority_certificate, keychain } = event {
            self.store = Some(store.clone());
            self.school = Some(school.clone());
            self.pack = Some(pack.clone());
            self.practice = *practice;
            self.authority = Some(*authority);
            self.authority_certificate = Some(authority_certificate.clone());
            self.keychain = *keychain;
        } else if let Event::PackKept { pack, text } = event {
            if Hash::of(text.as_bytes()) == pack.hash {
                self.kept_packs.push((pack.clone(), text.clone()));
            }
        } else if let Event::PolicyAdopted { adopted } = event {
            if self.kept_packs.iter().any(|(kept, _)| *kept == adopted.pack) {
                let (policy, by) = (adopted.clone(), entry.by.clone());
                self.adopted.push(Adopted { policy, at: entry.at, by });
            }
        } else if let Event::PersonEnrolled { person, certificate } = event {
            self.certificates.push((person.id.clone(), certificate.clone()));
            self.people.push(person.clone());
        } else if let Event::Turn(Turn::PaperSaved { name, sha256, place }) = event {
            let (name, place) = (name.clone(), place.clone());
            self.papers.push(SavedPaper { at: entry.at, by: entry.by.clone(), name, sha256: *sha256, place });
        } else if let Event::ComputerRegistered { computer, .. } = event {
            self.computers.push(computer.clone());
        } else {
            self.evolve_keeping(seq, event);
        }
    }
}
