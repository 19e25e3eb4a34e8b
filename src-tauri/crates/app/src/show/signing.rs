//! Documents and signers as the sign-off page shows them.

use trail_domain::case::Document;
use trail_domain::event::document::{DocumentKind, SignatureField, SignatureTime, Signed};
use trail_domain::procedure::closing;
use trail_domain::procedure::halt::may_read;

use super::{Scene, dates, people};
use crate::wire::case::{Choice, DocumentRow, SignerRow};

/// Documents, newest first.
pub(crate) fn documents(scene: &Scene<'_>) -> Vec<DocumentRow> {
    let current = scene.case.form().map(|form| form.made.edition);
    scene.case.documents().iter().rev().map(|document| row(scene, document, current)).collect()
}

/// The three signers of the newest edition.
pub(crate) fn signers(scene: &Scene<'_>) -> Vec<SignerRow> {
    let Some(form) = scene.case.form() else { return Vec::new() };
    let turn = if form.is_current() { closing::next_field(scene.case) } else { None };
    [SignatureField::First, SignatureField::Second, SignatureField::Head]
        .into_iter()
        .map(|field| {
            let may = scene
                .register
                .people()
                .iter()
                .filter(|person| closing::may_sign(scene.case, field, &person.id, scene.now));
            let signed = form.signatures.iter().find(|(_, signed)| signed.field == field);
            SignerRow {
                field: field_id(field).to_owned(),
                role: role(scene, field),
                people: may
                    .map(|person| Choice {
                        id: person.id.to_string(),
                        label: format!("{}, {}", person.name, person.position),
                        hint: None,
                        refused: None,
                    })
                    .collect(),
                signed: signed.map(|(stamp, signed)| {
                    let name = people::name(scene.register, &signed.person);
                    format!("Signed by {name}, {}{}", dates::exact(stamp.at), time(scene, signed))
                }),
                turn: turn == Some(field),
            }
        })
        .collect()
}

/// How the time of a signature is known, as an addition to its line; nothing where the school has no authority.
fn time(scene: &Scene<'_>, signed: &Signed) -> String {
    match signed.time.as_deref() {
        None => String::new(),
        Some(SignatureTime::Authority { name, at, .. }) => {
            let at = dates::exact(*at);
            scene.phrases.say("signature-time.stamped", &[("authority", name), ("at", &at)])
        }
        Some(SignatureTime::Computer { because }) => format!(". {because}"),
    }
}

/// The id of a field, as the PDF names it.
pub(crate) fn field_id(field: SignatureField) -> &'static str {
    match field {
        SignatureField::First => "first",
        SignatureField::Second => "second",
        SignatureField::Head => "head",
        SignatureField::Maker => "producer",
    }
}

fn role(scene: &Scene<'_>, field: SignatureField) -> String {
    match field {
        SignatureField::First => "First reviewing person".to_owned(),
        SignatureField::Second => "Second reviewing person".to_owned(),
        SignatureField::Head => {
            let head = scene.pack.terms().head();
            let mut letters = head.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
        SignatureField::Maker => "Made by".to_owned(),
    }
}

fn row(scene: &Scene<'_>, document: &Document, current: Option<u32>) -> DocumentRow {
    let made = &document.made;
    let (kind, title) = match made.kind {
        DocumentKind::Record => ("record", format!("Record of review, edition {}", made.edition)),
        DocumentKind::Volume => ("volume", format!("Exhibits, volume {}", made.edition)),
        DocumentKind::Referral => ("referral", format!("Police referral record, edition {}", made.edition)),
    };
    let mut signed: Vec<String> = document
        .signatures
        .iter()
        .map(|(stamp, signed)| {
            let name = people::name(scene.register, &signed.person);
            format!("{name}, {}{}", dates::full(stamp.at), time(scene, signed))
        })
        .collect();
    if let Some((stamp, returned)) = &document.returned {
        signed.push(format!(
            "Returned by {}, {}: {}",
            people::name(scene.register, &returned.by),
            dates::full(stamp.at),
            returned.reasons
        ));
    }
    let readable = may_read(scene.case, document).is_ok();
    DocumentRow {
        sha256: document.stands().to_string(),
        kind: kind.to_owned(),
        title,
        name: made.name.clone(),
        pages: made.pages,
        signed,
        readable,
        current: made.kind == DocumentKind::Referral || Some(made.form_edition) == current,
    }
}
