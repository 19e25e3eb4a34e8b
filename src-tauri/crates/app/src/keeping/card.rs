//! The enrolment card: a person's fingerprint on paper, to be signed in ink.

use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{Hash, PersonId};
use trail_domain::people::Person;
use trail_domain::time::Moment;
use trail_seal::form::card::{self, CardModel};
use trail_seal::form::model::{School, Terms};

use crate::app::App;
use crate::fault::Fault;
use crate::issuing::{form_fault, save};
use crate::reading;
use crate::wire::Saved;

impl App {
    /// Saves a person's enrolment card as a PDF to print and sign in ink.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such person.
    /// - If the file cannot be made or written.
    pub fn save_enrolment_card(&mut self, person: &str) -> Result<Saved, Fault> {
        let id = reading::person_id("person", person)?;
        let desk = self.desk()?;
        let entries = desk.vault.register_events()?;
        let register = &desk.register;
        let enrolled = register.person(&id).ok_or_else(|| Fault::new("unknown-person"))?;
        let school = register.school().ok_or_else(|| Fault::new("no-store"))?;
        let authority = register.authority().ok_or_else(|| Fault::new("no-store"))?;
        let pack = self.pack_for_new()?;
        let (since, replaces) = history(&entries, enrolled);
        let model = CardModel {
            school: School { name: school.name.to_string(), address: school.address.to_string() },
            terms: Terms { pupil: pack.terms().pupil().to_owned(), headteacher: pack.terms().head().to_owned() },
            marking: pack.marking().to_owned(),
            practice: self.practice,
            made: self.ports.clock.now().utc(),
            name: enrolled.name.to_string(),
            position: enrolled.position.to_string(),
            initials: enrolled.initials.to_string(),
            enrolled: since.unwrap_or_else(|| self.ports.clock.now()).utc(),
            certificate: *enrolled.certificate.bytes(),
            replaces: replaces.map(|hash| *hash.bytes()),
            fingerprint: *authority.bytes(),
        };
        let name = format!("enrolment-card-{}.pdf", enrolled.initials);
        let fonts = self.fonts()?;
        let drawn = card::lay_out(&model, &fonts).map_err(form_fault)?;
        let path = save(&self.folders.outgoing, &name, drawn.bytes())?;
        Ok(Saved { path: path.display().to_string() })
    }
}

/// When the certificate that stands now was recorded, and the one before it.
fn history(entries: &[Recorded], person: &Person) -> (Option<Moment>, Option<Hash>) {
    let mut certificates =
        entries.iter().filter_map(|entry| given(&entry.event, &person.id).map(|hash| (entry.at, hash)));
    let mut stands = certificates.next();
    let mut before = None;
    for next in certificates {
        before = stands.replace(next);
    }
    (stands.map(|(at, _)| at), before.map(|(_, hash)| hash))
}

fn given(event: &Event, id: &PersonId) -> Option<Hash> {
    if let Event::PersonEnrolled { person, .. } = event {
        return (person.id == *id).then_some(person.certificate);
    }
    if let Event::PersonRenewed { renewed } = event {
        return (renewed.person == *id).then_some(renewed.certificate);
    }
    None
}
