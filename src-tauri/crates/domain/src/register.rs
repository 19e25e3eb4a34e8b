//! Who and what is registered in a store: a fold over the entries that belong to no case.

use crate::event::{Event, PackRef, Recorded};
use crate::ids::{Hash, Initials, PersonId, StoreId};
use crate::people::{Computer, Person, School};

/// The store's own facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    store: Option<StoreId>,
    school: Option<School>,
    pack: Option<PackRef>,
    practice: bool,
    authority: Option<Hash>,
    authority_certificate: Option<String>,
    keychain: bool,
    people: Vec<Person>,
    certificates: Vec<(PersonId, String)>,
    computers: Vec<Computer>,
}

impl Register {
    /// Folds the store's entries in their order.
    #[must_use]
    pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut register = Self::default();
        for entry in entries {
            register.evolve(&entry.event);
        }
        register
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

    /// The pack that new cases are opened under.
    #[must_use]
    pub fn pack(&self) -> Option<&PackRef> {
        self.pack.as_ref()
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

    /// Everybody enrolled.
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

    fn evolve(&mut self, event: &Event) {
        if let Event::StoreMade { store, school, pack, practice, authority, authority_certificate, keychain } = event {
            self.store = Some(store.clone());
            self.school = Some(school.clone());
            self.pack = Some(pack.clone());
            self.practice = *practice;
            self.authority = Some(*authority);
            self.authority_certificate = Some(authority_certificate.clone());
            self.keychain = *keychain;
        } else if let Event::PersonEnrolled { person, certificate } = event {
            self.certificates.push((person.id.clone(), certificate.clone()));
            self.people.push(person.clone());
        } else if let Event::ComputerRegistered { computer } = event {
            self.computers.push(computer.clone());
        }
    }
}
