//! What a redacted package holds: a copy of the record in which people are P1, P2 and so on, and pictures that were drawn
//! over and chosen one by one. Its papers are redacted in the same way.

use trail_domain::event::capture::{Exhibit, ExhibitKind};
use trail_domain::event::document::SignatureField;
use trail_domain::procedure::closing;
use trail_domain::procedure::handing::{self, is_redacted};
use trail_domain::redaction::Redaction;
use trail_domain::time::Moment;
use trail_domain::words::Words;
use trail_seal::form::Fonts;
use trail_seal::form::handing::Included;
use trail_seal::package::Statement;

use super::super::rewritten::rewritten;
use super::super::{Paper, record};
use super::contents::{Contents, missing};
use super::{Asked, variant_id};
use crate::fault::{Fault, Stop};

/// Where the copy of the record stands in a package.
const COPY: &str = "data/redacted/record-of-review.pdf";

/// Who is replaced in this package: people of the case who are not named and did not act for the school in it.
pub(super) fn redaction(paper: &Paper<'_>, asked: &Asked) -> Redaction {
    if !is_redacted(asked.variant) {
        return Redaction::of(&[], &[], &[], &[]);
    }
    Redaction::of(&people(paper), &asked.named, &acting(paper), &school(paper))
}

/// The people of the case, each as the record names them; who is enrolled, under that name too.
fn people(paper: &Paper<'_>) -> Vec<Vec<Words>> {
    let case = paper.case();
    let before = case.subjects_before().iter().map(|(_, subject, _)| subject);
    let subjects: Vec<_> = before.chain([&case.report().subject]).collect();
    let ways = |name: Words| -> Vec<Words> {
        let of_that_name = subjects.iter().filter(|subject| subject.name == name);
        let enrolled = of_that_name.filter_map(|subject| subject.enrolled.as_ref());
        let own = enrolled.filter_map(|id| paper.scene.register.person(id)).map(|person| person.name.clone());
        let own: Vec<Words> = own.collect();
        std::iter::once(name).chain(own).collect()
    };
    handing::people(case).into_iter().map(ways).collect()
}

/// What the school is called and where it is: no name of a person is taken out of either.
fn school(paper: &Paper<'_>) -> Vec<String> {
    let school = paper.scene.register.school();
    school.map_or_else(Vec::new, |school| vec![school.name.to_string(), school.address.to_string()])
}

/// Adds the copy of the record and the chosen pictures, and redacts what the papers say.
///
/// # Errors
/// - If there is no form yet, or the copy cannot be laid out.
/// - If a picture was chosen that was not drawn over.
pub(super) fn add(
    paper: &Paper<'_>,
    asked: &Asked,
    contents: &mut Contents,
    redaction: &Redaction,
    at: Moment,
    fonts: &Fonts,
) -> Result<(), Stop> {
    let form = paper.case().form().ok_or_else(|| Fault::new("document-missing"))?;
    let purpose = paper.scene.phrases.say(&format!("hand-over.{}.purpose", variant_id(asked.variant)), &[]);
    let copy = record::redacted(paper, fonts, form, at, redaction, purpose)?;
    let sha256 = copy.sha256();
    let mut lacking = vec!["anybody, because it is a redacted copy".to_owned()];
    lacking.extend(missing(paper, form).into_iter().map(|who| format!("in the record itself: {who}")));
    let what = format!("Record of review, redacted copy of edition {}", form.made.edition);
    contents.add_made(COPY, copy.into_bytes(), Included { what, sha256, missing: lacking });
    for mark in &asked.pictures {
        let exhibit = chosen(paper, mark).ok_or_else(|| Fault::new("hand-over-not-drawn-over").at("pictures"))?;
        for file in &exhibit.files {
            let name = format!("data/redacted/pictures/{}", file.name);
            let what = format!("{}, drawn over: {}", exhibit.mark, exhibit.title);
            contents.add_picture(name, file.sha256, file.bytes, what);
        }
    }
    let others = paper.case().exhibits().iter().filter(|(_, _, exhibit)| !exhibit.files.is_empty());
    let left: Vec<String> =
        others.map(|(_, _, exhibit)| exhibit.mark.to_string()).filter(|mark| !asked.pictures.contains(mark)).collect();
    if !left.is_empty() {
        let marks = left.join(", ");
        contents.model.left_out.push(paper.scene.phrases.say("left-out.pictures", &[("marks", &marks)]));
    }
    contents.model = rewritten(&contents.model, &|text| redaction.redacted(text))?;
    Ok(())
}

/// The same with every word redacted that the maker typed.
pub(super) fn stated(mut statement: Statement, redaction: &Redaction) -> Statement {
    for typed in [
        &mut statement.to,
        &mut statement.organisation,
        &mut statement.their_reference,
        &mut statement.medium,
        &mut statement.medium_serial,
    ] {
        *typed = redaction.redacted(typed);
    }
    statement
}

fn chosen<'a>(paper: &'a Paper<'_>, mark: &str) -> Option<&'a Exhibit> {
    let exhibits = paper.case().exhibits().iter().map(|(_, _, exhibit)| exhibit);
    exhibits.filter(|exhibit| exhibit.kind == ExhibitKind::Marked).find(|exhibit| exhibit.mark.to_string() == mark)
}

/// The names of those who acted for the school in this case, or may sign its record off: they stay.
fn acting(paper: &Paper<'_>) -> Vec<String> {
    let case = paper.case();
    let group = case.group().into_iter().flat_map(|group| group.members.iter().map(|member| &member.person));
    let signed = case.documents().iter().flat_map(|document| document.signatures.iter().map(|(stamp, _)| &stamp.by));
    let may_sign = paper.scene.register.people().iter().map(|enrolled| &enrolled.id);
    let may_sign = may_sign.filter(|id| closing::may_sign(case, SignatureField::Head, id, paper.scene.now));
    let acted = group.chain(signed).chain(may_sign).chain([&case.opening().by, paper.maker]);
    acted.map(|person| paper.name(person)).collect()
}
