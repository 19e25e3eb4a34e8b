//! People by name.

use trail_domain::ids::PersonId;
use trail_domain::people::Standing;
use trail_domain::register::Register;

use crate::wire::PersonLabel;

/// A person's name; says so where they are not enrolled.
pub(crate) fn name(register: &Register, person: &PersonId) -> String {
    register.person(person).map_or_else(|| "Somebody not enrolled".to_owned(), |person| person.name.to_string())
}

/// The word for a standing.
pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Senior => "senior",
        Standing::Head => "head",
        Standing::Deputy => "deputy",
    }
}

/// A person as the key file shows them before anybody signs in.
pub(crate) fn store_label(label: &trail_store::PersonLabel) -> PersonLabel {
    PersonLabel {
        id: label.id.to_string(),
        name: label.name.clone(),
        position: label.position.clone(),
        initials: label.initials.to_string(),
        standing: standing(label.standing).to_owned(),
    }
}

/// A person as the sign-in page shows them.
pub(crate) fn label(person: &trail_domain::people::Person) -> PersonLabel {
    PersonLabel {
        id: person.id.to_string(),
        name: person.name.to_string(),
        position: person.position.to_string(),
        initials: person.initials.to_string(),
        standing: standing(person.standing).to_owned(),
    }
}
