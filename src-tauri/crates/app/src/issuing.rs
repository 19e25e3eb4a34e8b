//! Issuing: documents are made, signed one person at a time, kept, and saved for people.
//!
//! Pictures reach a document only through a permit to view, which HALT makes impossible.

use std::path::Path;

use trail_domain::case::Case;
use trail_domain::event::document::{DocumentKind, DocumentMade, SignatureField, Signed};
use trail_domain::ids::{CaseId, Hash, PersonId};
use trail_domain::procedure::{self, Command};
use trail_seal::authority::{Certificate, FormKey};
use trail_seal::form::{Drawn, Fonts};
use trail_seal::sign::{self, Lettering};
use trail_store::{Passphrase, Signer};
use zeroize::Zeroizing;

use crate::app::{App, State};
use crate::fault::{Fault, Stop};
use crate::reading;
use crate::show::people;
use crate::wire::{Answer, Saved};

mod heading;
mod listing;
mod record;
mod referral;
mod save;
mod sheet;
mod steps;
mod volume;

pub(crate) use save::save;

/// How the time of a signature is known.
const TIME_NOTE: &str = "by this computer\u{2019}s clock (annex B)";

/// A document that was drawn, on its way to the store.
struct Made {
    kind: DocumentKind,
    edition: u32,
    form_edition: u32,
    name: String,
    drawn: Drawn,
}

/// Who signs, and with what.
struct Pen {
    person: PersonId,
    key: FormKey,
    certificate: Certificate,
    authority: Certificate,
    name: String,
    position: String,
}

impl App {
    /// Makes the form: volumes of exhibits first, signed by whoever makes them, then the record of review that names
    /// their hashes.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn make_form(&mut self, case: &str, person: &str, passphrase: &str) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        match self.try_make_form(&id, person, passphrase) {
            Ok(()) => self.done(&id, "The form is ready to read and sign", None),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    /// Adds one person's signature to the form.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn sign_form(&mut self, case: &str, field: &str, person: &str, passphrase: &str) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        match self.try_sign_form(&id, field, person, passphrase) {
            Ok(name) => self.done(&id, &format!("Signed by {name}"), None),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    /// The head returns the form with reasons.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn return_form(&mut self, case: &str, person: &str, passphrase: &str, reasons: &str) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let asked = reading::words("reasons", reasons)
            .and_then(|reasons| Ok((reasons, self.pen(person, passphrase)?)));
        match asked {
            Ok((reasons, pen)) => self.command(&id, Command::ReturnForm(reasons), &pen.person, "Returned with reasons"),
            Err(fault) => Ok(Answer::Trouble { trouble: fault.in_words(&self.phrases) }),
        }
    }

    /// Makes and signs the police referral record: words only.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn make_referral(&mut self, case: &str, person: &str, passphrase: &str) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        match self.try_make_referral(&id, person, passphrase) {
            Ok(()) => self.done(&id, "The police referral record is made and signed", None),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    /// The bytes of a document, to show.
    ///
    /// # Errors
    /// - If HALT stands and it is not a referral record.
    /// - If there is no such document, or it is not the one that was kept.
    pub fn document(&mut self, case: &str, sha256: &str) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let id = reading::case_id(case)?;
        let hash = reading::hash(sha256)?;
        self.read_document(&id, &hash)
    }

    /// Saves a document for people, under its name, in the folder for outgoing documents.
    ///
    /// # Errors
    /// - As [`App::document`]; and if the file cannot be written.
    pub fn save_document(&mut self, case: &str, sha256: &str) -> Result<Saved, Stop> {
        let id = reading::case_id(case)?;
        let hash = reading::hash(sha256)?;
        let bytes = self.read_document(&id, &hash)?;
        let desk = self.desk()?;
        let case = desk.case(&id)?;
        let name = case
            .documents()
            .iter()
            .find(|document| document.stands() == hash)
            .map(|document| document.made.name.clone())
            .ok_or_else(|| Fault::new("document-missing"))?;
        let folder = self.folders.outgoing.join(case.reference().as_str());
        let by = desk.first()?;
        // The entry comes first: a copy that nobody knows of is worse than an entry for one that was not written.
        let place = reading::words("place", &folder.display().to_string())?;
        self.carry_out(&id, Command::SaveCopy(hash, place), &by)?;
        let path = save(&folder, &name, &bytes)?;
        Ok(Saved { path: path.display().to_string() })
    }

    /// The folder where documents are saved for people.
    #[must_use]
    pub fn outgoing(&self) -> &Path {
        &self.folders.outgoing
    }

    fn read_document(&mut self, id: &CaseId, hash: &Hash) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let at = self.ports.clock.now();
        let desk = self.desk_mut()?;
        let case = desk.case(id)?;
        let found = case.documents().iter().find(|document| document.stands() == *hash);
        let kind = found.map(|document| document.made.kind).ok_or_else(|| Fault::new("document-missing"))?;
        let here = desk.people();
        let by = desk.first()?;
        let permit = match kind {
            DocumentKind::Referral => None,
            DocumentKind::Record | DocumentKind::Volume => {
                if desk.unwritten_halt.is_some() {
                    return Err(Fault::new("capture-void").into());
                }
                Some(procedure::halt::permit_view(case, &desk.now(at, &by, &here))?)
            }
        };
        let checked = desk.vault.get_document(id, hash, permit.as_ref())?;
        Ok(Zeroizing::new(checked.bytes().to_vec()))
    }

    fn try_make_form(&mut self, id: &CaseId, person: &str, passphrase: &str) -> Result<(), Stop> {
        let pen = self.pen(person, passphrase)?;
        let fonts = Fonts::bundled().map_err(|error| Fault::with("form-fault", "detail", error.to_string()))?;
        let at = self.ports.clock.now();
        let edition = self.desk()?.case(id)?.form().map_or(0, |form| form.made.edition).saturating_add(1);
        self.may_make(id, &pen, edition)?;
        let before = self.brake.presses();
        let volumes = self.on_paper(id, &pen.person, |paper| volume::draw(paper, &fonts, edition, at))??;
        let mut bound = Vec::new();
        for made in volumes {
            self.not_halted_since(before)?;
            let number = made.edition;
            let name = made.name.clone();
            let signed = self.keep_and_sign(id, made, &pen, SignatureField::Maker, "made this volume of exhibits")?;
            bound.push((number, name, signed));
        }
        self.not_halted_since(before)?;
        let made = self.on_paper(id, &pen.person, |paper| record::draw(paper, &fonts, edition, at, &bound))??;
        self.keep_document(id, made, &pen.person)?;
        Ok(())
    }

    /// Whether the procedure lets a form be made now, before anything is drawn.
    fn may_make(&self, id: &CaseId, pen: &Pen, edition: u32) -> Result<(), Stop> {
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let made = DocumentMade {
            kind: DocumentKind::Record,
            edition,
            form_edition: edition,
            name: String::new(),
            sha256: Hash::new([0; 32]),
            bytes: 0,
            pages: 0,
            head: (case.last(), Hash::new([0; 32])),
        };
        let now = desk.now(self.ports.clock.now(), &pen.person, &here);
        procedure::decide(case, self.pack(case.pack())?, Command::MakeDocument(made), &now)?;
        Ok(())
    }

    fn try_make_referral(&mut self, id: &CaseId, person: &str, passphrase: &str) -> Result<(), Stop> {
        let pen = self.pen(person, passphrase)?;
        let fonts = Fonts::bundled().map_err(|error| Fault::with("form-fault", "detail", error.to_string()))?;
        let at = self.ports.clock.now();
        let made = self.on_paper(id, &pen.person, |paper| referral::draw(paper, &fonts, at))??;
        self.keep_and_sign(id, made, &pen, SignatureField::Maker, "made this referral record")?;
        Ok(())
    }

    fn try_sign_form(&mut self, id: &CaseId, field: &str, person: &str, passphrase: &str) -> Result<String, Stop> {
        let field = match field {
            "first" => SignatureField::First,
            "second" => SignatureField::Second,
            "head" => SignatureField::Head,
            _ => return Err(Fault::with("choice-unknown", "field", "signature").at("field").into()),
        };
        let pen = self.pen(person, passphrase)?;
        let desk = self.desk()?;
        let form = desk.case(id)?.form().ok_or_else(|| Fault::new("document-missing"))?;
        let (made, stands) = (form.made.clone(), form.stands());
        let reason = match field {
            SignatureField::First => "first reviewing person",
            SignatureField::Second => "second reviewing person",
            SignatureField::Head => "signed off",
            SignatureField::Maker => "made",
        };
        let bytes = self.read_document(id, &stands)?;
        self.sign_and_keep(id, &made, stands, &bytes, &pen, field, reason)?;
        Ok(pen.name)
    }

    fn keep_and_sign(
        &mut self,
        id: &CaseId,
        made: Made,
        pen: &Pen,
        field: SignatureField,
        reason: &str,
    ) -> Result<Hash, Stop> {
        let bytes = made.drawn.bytes().to_vec();
        let kept = self.keep_document(id, made, &pen.person)?;
        let before = kept.sha256;
        self.sign_and_keep(id, &kept, before, &bytes, pen, field, reason)
    }

    fn keep_document(&mut self, id: &CaseId, made: Made, by: &PersonId) -> Result<DocumentMade, Stop> {
        let head = self.desk()?.vault.head()?.ok_or_else(|| Fault::new("no-store"))?;
        let sha256 = Hash::new(made.drawn.sha256());
        let document = DocumentMade {
            kind: made.kind,
            edition: made.edition,
            form_edition: made.form_edition,
            name: made.name,
            sha256,
            bytes: u64::try_from(made.drawn.bytes().len()).unwrap_or(u64::MAX),
            pages: u32::try_from(made.drawn.pages()).unwrap_or(u32::MAX),
            head,
        };
        self.put(id, Command::MakeDocument(document.clone()), &sha256, made.drawn.bytes(), by)?;
        Ok(document)
    }

    #[allow(clippy::too_many_arguments, reason = "one signature is all of these, and they have nothing else in common")]
    fn sign_and_keep(
        &mut self,
        id: &CaseId,
        made: &DocumentMade,
        before: Hash,
        bytes: &[u8],
        pen: &Pen,
        field: SignatureField,
        reason: &str,
    ) -> Result<Hash, Stop> {
        // The procedure is asked first, so that nobody signs what they may not.
        let mut signed = Signed {
            kind: made.kind,
            edition: made.edition,
            form_edition: made.form_edition,
            field,
            person: pen.person.clone(),
            before,
            sha256: before,
            bytes: 0,
        };
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let pack = self.pack(case.pack())?;
        procedure::decide(case, pack, Command::Sign(signed.clone()), &desk.now(at, &pen.person, &here))?;
        let school = desk.register.school().map_or_else(String::new, |school| school.name.to_string());
        let fault = |error: sign::SignError| Fault::with("sign-fault", "detail", error.to_string());
        let lettering = Lettering::bundled().map_err(fault)?;
        let signer = sign::Signer {
            key: &pen.key,
            certificate: &pen.certificate,
            authority: &pen.authority,
            name: &pen.name,
            position: &pen.position,
            reason,
            location: &school,
            at: at.utc(),
            time_note: TIME_NOTE,
        };
        let whole = match field {
            SignatureField::Maker => sign::sign_one(bytes, &signer, &lettering, &self.ports.random),
            SignatureField::First | SignatureField::Second | SignatureField::Head => {
                let name = crate::show::signing::field_id(field);
                sign::sign(bytes, name, &signer, &lettering, &self.ports.random)
            }
        }
        .map_err(fault)?;
        let sha256 = Hash::of(&whole);
        signed.sha256 = sha256;
        signed.bytes = u64::try_from(whole.len()).unwrap_or(u64::MAX);
        self.put(id, Command::Sign(signed), &sha256, &whole, &pen.person)?;
        Ok(sha256)
    }

    /// Decides, and keeps a document together with its entry.
    fn put(
        &mut self,
        id: &CaseId,
        command: Command,
        sha256: &Hash,
        bytes: &[u8],
        by: &PersonId,
    ) -> Result<(), Stop> {
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let events = procedure::decide(case, self.pack(case.pack())?, command, &desk.now(at, by, &here))?;
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            let signer = Signer::Person(by);
            let recorded = desk.vault.put_document(id, &events, sha256, bytes, at, &signer, entropy.as_ref())?;
            desk.fold(id, &recorded)?;
        }
        Ok(())
    }

    /// The signing key of a person who is signed in, opened by the passphrase typed at this moment.
    fn pen(&mut self, person: &str, passphrase: &str) -> Result<Pen, Fault> {
        let person = reading::person_id("person", person)?;
        if passphrase.is_empty() {
            return Err(Fault::with("field-missing", "field", "your passphrase").at("passphrase"));
        }
        let device = self.device_secret()?;
        let internal = |detail: String| Fault::with("internal", "detail", detail);
        let desk = self.desk_mut()?;
        let pkcs8 = desk.vault.form_key(&person, &Passphrase::new(passphrase.to_owned()), device.as_ref())?;
        let enrolled = desk.register.person(&person).ok_or_else(|| Fault::new("unknown-person"))?;
        let der = |text: Option<&str>| {
            use base64::Engine as _;
            let text = text.ok_or_else(|| internal("a certificate is not in the ledger".to_owned()))?;
            let der = base64::engine::general_purpose::STANDARD.decode(text);
            let der = der.map_err(|error| internal(error.to_string()))?;
            Certificate::from_der(&der).map_err(|error| internal(error.to_string()))
        };
        Ok(Pen {
            key: FormKey::from_pkcs8(pkcs8).map_err(|error| internal(error.to_string()))?,
            certificate: der(desk.register.certificate(&person))?,
            authority: der(desk.register.authority_certificate())?,
            name: enrolled.name.to_string(),
            position: enrolled.position.to_string(),
            person,
        })
    }

    fn not_halted_since(&self, presses: u64) -> Result<(), Fault> {
        if self.brake.presses() == presses { Ok(()) } else { Err(Fault::new("capture-void")) }
    }

    /// Makes a document from all that its model needs.
    fn on_paper<T>(
        &self,
        id: &CaseId,
        maker: &PersonId,
        draw: impl FnOnce(&Paper<'_>) -> Result<T, Stop>,
    ) -> Result<Result<T, Stop>, Stop> {
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let now = desk.now(self.ports.clock.now(), maker, &here);
        let head = desk.vault.head()?.ok_or_else(|| Fault::new("no-store"))?;
        let paper = Paper {
            scene: crate::show::Scene {
                case,
                pack: self.pack(case.pack())?,
                register: &desk.register,
                phrases: &self.phrases,
                now: &now,
            },
            desk,
            maker,
            head,
            practice: self.practice,
        };
        Ok(draw(&paper))
    }
}

/// What a document's model is made from.
struct Paper<'a> {
    scene: crate::show::Scene<'a>,
    desk: &'a crate::desk::Desk,
    maker: &'a PersonId,
    head: (trail_domain::ids::Seq, Hash),
    practice: bool,
}

impl Paper<'_> {
    fn case(&self) -> &Case {
        self.scene.case
    }

    fn name(&self, person: &PersonId) -> String {
        people::name(self.scene.register, person)
    }

    /// `JS, Jo Stirling`: a person with their position.
    fn with_position(&self, person: &PersonId) -> String {
        match self.scene.register.person(person) {
            Some(person) => format!("{}, {}", person.name, person.position),
            None => self.name(person),
        }
    }
}

fn form_fault(error: trail_seal::form::FormError) -> Stop {
    Fault::with("form-fault", "detail", error.to_string()).into()
}
