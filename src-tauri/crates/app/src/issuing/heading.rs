//! What heads every document.

use trail_domain::ids::PersonId;
use trail_domain::time::Moment;
use trail_seal::form::model::{Cell, Heading, Person, School, Terms};

use super::Paper;

/// The heading of a document made now, at the ledger's head.
pub(super) fn heading(paper: &Paper<'_>, edition: u32, at: Moment) -> Heading {
    let register = paper.scene.register;
    let school = register.school();
    Heading {
        school: School {
            name: school.map_or_else(String::new, |school| school.name.to_string()),
            address: school.map_or_else(String::new, |school| school.address.to_string()),
        },
        marking: paper.scene.pack.marking().to_owned(),
        practice: paper.practice,
        case_reference: paper.case().reference().to_string(),
        case_id: paper.case().id().to_string(),
        opened: paper.case().opening().at.utc(),
        edition,
        replaces: (edition > 1).then(|| edition - 1),
        ledger_entry: paper.head.0.0,
        ledger_head: *paper.head.1.bytes(),
        made: at.utc(),
        fingerprint: register.authority().map_or([0; 32], |hash| *hash.bytes()),
    }
}

/// A person who signs.
pub(super) fn person(paper: &Paper<'_>, id: &PersonId) -> Person {
    let enrolled = paper.scene.register.person(id);
    Person {
        name: paper.name(id),
        position: enrolled.map_or_else(String::new, |person| person.position.to_string()),
        certificate: enrolled.map_or([0; 32], |person| *person.certificate.bytes()),
    }
}

/// The pack's words for people.
pub(super) fn terms(paper: &Paper<'_>) -> Terms {
    let terms = paper.scene.pack.terms();
    Terms { pupil: terms.pupil().to_owned(), headteacher: terms.head().to_owned() }
}

/// What somebody recorded.
pub(super) fn said(text: impl Into<String>) -> Cell {
    Cell::Said(text.into())
}

/// What was not recorded, and why.
pub(super) fn not_recorded(because: impl Into<String>) -> Cell {
    Cell::NotRecorded { because: because.into() }
}
