//! What is in a package: which documents and pictures, what was recorded of exhibits, certificates, the papers.

use std::collections::{BTreeMap, BTreeSet};

use trail_domain::case::Document;
use trail_domain::event::capture::{Exhibit, ExhibitFile};
use trail_domain::event::document::{DocumentKind, SignatureField};
use trail_domain::event::handing::{HandOverVariant, LARGEST_LOOSE};
use trail_domain::ids::{CaseId, Hash, PersonId};
use trail_domain::procedure::handing::{self, is_redacted};
use trail_domain::procedure::permit::ViewPermit;
use trail_domain::time::Moment;
use trail_seal::form::Fonts;
use trail_seal::form::handing::{self as papers, Delivered, HandOverModel, Included};
use trail_seal::package::{Content, EXCERPT, Excerpt, Head, Payload, StatedDocument, Statement, loose_name};
use trail_store::{Open, Vault};
use zeroize::Zeroizing;

use super::super::heading::{heading, person, terms};
use super::super::signing::Pen;
use super::super::{Paper, form_fault, listing};
use super::{Asked, case_uco, continuity, excerpt};
use crate::fault::{Fault, Stop};

/// The exhibits as JSON-LD, for programs.
const CASE_UCO: &str = "data/metadata/case-uco.jsonld";

/// A file that the store keeps.
#[derive(Clone, Copy)]
enum Kept {
    Document(Hash),
    Picture(Hash),
}

/// What a package holds.
pub(super) struct Contents {
    kept: BTreeMap<String, (Kept, u64)>,
    made: Vec<(String, Vec<u8>)>,
    excerpt: Excerpt,
    stated: Vec<StatedDocument>,
    pub(super) model: HandOverModel,
}

impl Contents {
    /// Adds a document that is made for this package and kept nowhere else.
    pub(super) fn add_made(&mut self, name: &str, bytes: Vec<u8>, included: Included) {
        self.made.push((name.to_owned(), bytes));
        self.model.documents.push(included);
    }

    /// Adds a picture of the case.
    pub(super) fn add_picture(&mut self, name: String, sha256: Hash, bytes: u64, what: String) {
        self.kept.insert(name, (Kept::Picture(sha256), bytes));
        self.model.exhibits.push(Included { what, sha256: *sha256.bytes(), missing: Vec::new() });
    }

    /// Where a file of an exhibit lies in the package, if it is in it.
    pub(super) fn place(&self, exhibit: &Exhibit, file: &ExhibitFile) -> Option<String> {
        Some(path(exhibit, file)).filter(|path| self.kept.contains_key(path))
    }

    /// Says on the cover sheet which files are too large to lie loose. Asked once every document and picture is in it.
    pub(super) fn say_too_large(&mut self, paper: &Paper<'_>) {
        if self.model.delivery != Delivered::Loose {
            return;
        }
        let said = too_large(&self.kept, &self.made).into_iter().map(|(name, sha256)| {
            paper.scene.phrases.say("left-out.too-large", &[("name", &name), ("sha256", &sha256.to_string())])
        });
        self.model.left_out.extend(said);
    }

    /// The documents, by their SHA-256.
    pub(super) fn documents(&self) -> Vec<Hash> {
        self.hashes(|kept| if let Kept::Document(hash) = kept { Some(hash) } else { None })
    }

    /// The files of exhibits, by their SHA-256.
    pub(super) fn pictures(&self) -> Vec<Hash> {
        self.hashes(|kept| if let Kept::Picture(hash) = kept { Some(hash) } else { None })
    }

    fn hashes(&self, pick: impl Fn(Kept) -> Option<Hash>) -> Vec<Hash> {
        self.kept.values().filter_map(|(kept, _)| pick(*kept)).collect()
    }

    /// The bytes of a file that the store keeps, checked against its hash.
    pub(super) fn read(
        &self,
        name: &str,
        case: &CaseId,
        vault: &Vault<Open>,
        permit: &ViewPermit,
    ) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let (kept, _) = self.kept.get(name).ok_or_else(|| Fault::new("document-missing"))?;
        let checked = match kept {
            Kept::Document(hash) => vault.get_document(case, hash, Some(permit))?,
            Kept::Picture(hash) => vault.read_file(permit, hash)?,
        };
        Ok(Zeroizing::new(checked.bytes().to_vec()))
    }
}

/// The files that are too large to lie loose, by the names that they would have there, with their SHA-256.
fn too_large(kept: &BTreeMap<String, (Kept, u64)>, made: &[(String, Vec<u8>)]) -> Vec<(String, Hash)> {
    let is_too_large = |bytes: u64| bytes > LARGEST_LOOSE;
    let kept = kept.iter().filter(|(_, (_, bytes))| is_too_large(*bytes)).map(|(name, (kept, _))| {
        let (Kept::Document(hash) | Kept::Picture(hash)) = kept;
        (loose_name(name), *hash)
    });
    let made = made.iter().filter(|(_, bytes)| is_too_large(u64::try_from(bytes.len()).unwrap_or(u64::MAX)));
    kept.chain(made.map(|(name, bytes)| (loose_name(name), Hash::of(bytes)))).collect()
}

/// Gathers what the package holds; reads no picture.
pub(super) fn gather(paper: &Paper<'_>, asked: &Asked, name: &str, number: u32, at: Moment) -> Result<Contents, Stop> {
    let case = paper.case();
    let words = excerpt::gives_words(paper, asked.variant);
    let mut kept = BTreeMap::new();
    let (mut stated, mut documents, mut exhibits) = (Vec::new(), Vec::new(), Vec::new());
    // A volume prints addresses and binds pictures: neither goes where the words of the entries do not.
    let goes = |document: &&Document| words || document.made.kind != DocumentKind::Volume;
    for document in handing::documents(case, asked.variant).into_iter().filter(goes) {
        let path = format!("data/documents/{}", document.made.name);
        let (what, missing) = (what(document), missing(paper, document));
        let bytes = document.signatures.last().map_or(document.made.bytes, |(_, signed)| signed.bytes);
        kept.insert(path.clone(), (Kept::Document(document.stands()), bytes));
        documents.push(Included { what: what.clone(), sha256: *document.stands().bytes(), missing: missing.clone() });
        stated.push(StatedDocument { path, what, missing });
    }
    // A picture goes out only with the entry that names it.
    let goes: BTreeSet<Hash> =
        if words { handing::pictures(case, asked.variant).into_iter().collect() } else { BTreeSet::new() };
    for (_, _, exhibit) in case.exhibits() {
        for file in exhibit.files.iter().filter(|file| goes.contains(&file.sha256)) {
            kept.insert(path(exhibit, file), (Kept::Picture(file.sha256), file.bytes));
            let what = format!("{}, {}", exhibit.mark, listing::what(exhibit, file));
            exhibits.push(Included { what, sha256: *file.sha256.bytes(), missing: Vec::new() });
        }
    }
    let excerpt = excerpt::of(paper, asked.variant)?;
    let model = HandOverModel {
        heading: heading(paper, 1, at),
        terms: terms(paper),
        number,
        variant: paper.scene.phrases.say(&format!("hand-over.{}.purpose", super::variant_id(asked.variant)), &[]),
        to: asked.to.to_string(),
        organisation: asked.organisation.to_string(),
        reference: asked.reference.to_string(),
        medium: asked.medium.to_string(),
        serial: asked.serial.to_string(),
        name: name.to_owned(),
        delivery: asked.delivery,
        maker: person(paper, paper.maker),
        documents,
        exhibits,
        left_out: left_out(paper, asked.variant, &kept),
    };
    Ok(Contents { kept, made: Vec::new(), excerpt, stated, model })
}

/// The files of the package.
pub(super) fn payload(
    paper: &Paper<'_>,
    contents: &Contents,
    variant: HandOverVariant,
    pen: &Pen,
    fonts: &Fonts,
) -> Result<Payload, Stop> {
    let mut payload = Payload::default();
    let mut add = |name: &str, content: Content| -> Result<(), Stop> {
        payload.add(name, content).map_err(|error| Fault::with("internal", "detail", error.to_string()).into())
    };
    for (name, (kept, bytes)) in &contents.kept {
        let (Kept::Document(hash) | Kept::Picture(hash)) = kept;
        add(name, Content::Kept { sha256: *hash.bytes(), bytes: *bytes })?;
    }
    for (name, bytes) in &contents.made {
        add(name, Content::Here(bytes.clone()))?;
    }
    let cover = papers::cover_sheet(&contents.model, fonts).map_err(form_fault)?;
    add("data/cover-sheet.pdf", Content::Here(cover.into_bytes()))?;
    let check = papers::check_sheet(&contents.model, fonts).map_err(form_fault)?;
    add("data/check-sheet.pdf", Content::Here(check.into_bytes()))?;
    let unwritable = || Fault::with("internal", "detail", "the excerpt cannot be written");
    add(EXCERPT, Content::Here(contents.excerpt.bytes().ok_or_else(unwritable)?))?;
    add("data/certificates/authority.cer", Content::Here(pen.authority().der().to_vec()))?;
    for (initials, der) in certificates(paper, is_redacted(variant).then_some(&pen.person))? {
        add(&format!("data/certificates/{initials}.cer"), Content::Here(der))?;
    }
    if excerpt::gives_words(paper, variant) {
        for (_, _, exhibit) in paper.case().exhibits() {
            let text = super::pretty(exhibit)?;
            add(&format!("data/metadata/{}.json", folder(exhibit)), Content::Here(text))?;
            let text = continuity::json(paper, exhibit)?;
            add(&format!("data/metadata/{}-continuity.json", folder(exhibit)), Content::Here(text))?;
        }
    }
    if variant == HandOverVariant::Police {
        add(CASE_UCO, Content::Here(case_uco::json(paper, contents)?))?;
    }
    Ok(payload)
}

/// What the maker states; its hashes are filled in when it is sealed.
pub(super) fn statement(
    paper: &Paper<'_>,
    contents: &Contents,
    asked: &Asked,
    number: u32,
    at: Moment,
) -> Result<Statement, Stop> {
    let case = paper.case();
    let head = Head::new(contents.excerpt.head.0, &contents.excerpt.head.1);
    let mut statement = Statement::about(super::variant_id(asked.variant), number, at.utc(), head);
    let register = paper.scene.register;
    statement.school = register.school().map_or_else(String::new, |school| school.name.to_string());
    statement.reference = case.reference().to_string();
    statement.store = register.store().ok_or_else(|| Fault::new("no-store"))?.to_string();
    statement.case = case.id().to_string();
    statement.practice = paper.practice;
    statement.to = asked.to.to_string();
    statement.organisation = asked.organisation.to_string();
    statement.their_reference = asked.reference.to_string();
    statement.medium = asked.medium.to_string();
    statement.medium_serial = asked.serial.to_string();
    statement.documents.clone_from(&contents.stated);
    Ok(statement)
}

/// Where a file of an exhibit lies in a package.
fn path(exhibit: &Exhibit, file: &ExhibitFile) -> String {
    format!("data/exhibits/{}/{}", folder(exhibit), file.name)
}

/// `JS-1`: an exhibit's mark as the name of a folder.
fn folder(exhibit: &Exhibit) -> String {
    exhibit.mark.to_string().replace('/', "-")
}

pub(super) fn what(document: &Document) -> String {
    let made = &document.made;
    match made.kind {
        DocumentKind::Record => format!("Record of review, edition {}", made.edition),
        DocumentKind::Volume => format!("Exhibits, volume {} of edition {}", made.edition, made.form_edition),
        DocumentKind::Referral => format!("Police referral record, edition {}", made.edition),
    }
}

/// Who has not signed a document, in words.
pub(super) fn missing(paper: &Paper<'_>, document: &Document) -> Vec<String> {
    let fields: &[SignatureField] = match document.made.kind {
        DocumentKind::Record => &[SignatureField::First, SignatureField::Second, SignatureField::Head],
        DocumentKind::Volume | DocumentKind::Referral => &[SignatureField::Maker],
    };
    let has = |field: SignatureField| document.signatures.iter().any(|(_, signed)| signed.field == field);
    let reviewer = |person: Option<&trail_domain::ids::PersonId>, role: &str| match person {
        Some(person) => format!("{}, {role}", paper.name(person)),
        None => role.to_owned(),
    };
    let reviewers = paper.case().reviewers();
    let name = |field: &SignatureField| match field {
        SignatureField::First => reviewer(reviewers.map(|(first, _)| first), "first reviewing person"),
        SignatureField::Second => reviewer(reviewers.map(|(_, second)| second), "second reviewing person"),
        SignatureField::Head => format!("{}, or who stands in", paper.scene.pack.terms().head()),
        SignatureField::Maker => "whoever made it".to_owned(),
    };
    fields.iter().filter(|field| !has(**field)).map(name).collect()
}

/// The certificates of everybody who was ever enrolled, by their initials; or of one person alone.
fn certificates(paper: &Paper<'_>, alone: Option<&PersonId>) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    use base64::Engine as _;
    let mut found = Vec::new();
    let wanted = |person: &&trail_domain::people::Person| alone.is_none_or(|alone| person.id == *alone);
    for person in paper.scene.register.people().iter().filter(wanted) {
        if let Some(text) = paper.scene.register.certificate(&person.id) {
            let der = base64::engine::general_purpose::STANDARD.decode(text);
            let der = der.map_err(|error| Fault::with("internal", "detail", error.to_string()))?;
            found.push((person.initials.to_string(), der));
        }
    }
    Ok(found)
}

/// What is not in the package that holds these files, each with the reason.
fn left_out(paper: &Paper<'_>, variant: HandOverVariant, kept: &BTreeMap<String, (Kept, u64)>) -> Vec<String> {
    let case = paper.case();
    let holds =
        |form: &Document| kept.values().any(|(kept, _)| matches!(kept, Kept::Document(hash) if *hash == form.stands()));
    let say = |key: &str| paper.scene.phrases.say(&format!("hand-over.left-out.{key}"), &[]);
    let mut out = vec![say("other-cases")];
    match case.form() {
        None => out.push(say("no-form")),
        Some(form) if !is_redacted(variant) && !holds(form) => out.push(say("form-before-halt")),
        Some(_) => {}
    }
    if case.was_halted() {
        out.push(say("halted"));
    }
    match variant {
        HandOverVariant::Headteacher => out.push(say("form-alone")),
        HandOverVariant::LocalAuthority | HandOverVariant::SubjectAccess => out.push(say("redacted")),
        HandOverVariant::Lado if !excerpt::gives_words(paper, variant) => out.push(say("addresses")),
        HandOverVariant::Lado | HandOverVariant::Police => {
            if case.sealed_views().next().is_some() && case.opened_views().is_none() {
                out.push(say("views"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Hash, Kept, LARGEST_LOOSE, too_large};

    #[test]
    fn what_is_kept_and_what_is_made_is_too_large_alike() {
        let (drawn_over, document) = (Kept::Picture(Hash::of(b"drawn over")), Kept::Document(Hash::of(b"signed")));
        let kept = [
            ("data/redacted/pictures/JS-2.png", drawn_over, LARGEST_LOOSE + 1),
            ("data/redacted/pictures/JS-3.png", drawn_over, LARGEST_LOOSE),
            ("data/documents/form.pdf", document, LARGEST_LOOSE + 1),
        ];
        let kept = kept.map(|(name, kept, bytes)| (name.to_owned(), (kept, bytes)));
        let large = vec![0; usize::try_from(LARGEST_LOOSE).unwrap() + 1];
        let sum = Hash::of(&large);
        let made = [("data/redacted/copy.pdf".to_owned(), large), ("data/small.pdf".to_owned(), vec![0])];
        let expected = [
            ("data__documents__form.pdf".to_owned(), Hash::of(b"signed")),
            ("data__redacted__pictures__JS-2.png".to_owned(), Hash::of(b"drawn over")),
            ("data__redacted__copy.pdf".to_owned(), sum),
        ];
        assert_eq!(too_large(&kept.into(), &made), expected);
    }
}
