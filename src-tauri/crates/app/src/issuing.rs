//! Issuing: documents are made, signed one person at a time, kept, and saved for people.
//!
//! Pictures reach a document only through a permit to view, which HALT makes impossible.

use std::path::Path;

use trail_domain::case::Case;
use trail_domain::event::document::{DocumentKind, DocumentMade, SignatureField};
use trail_domain::ids::{CaseId, ExhibitMark, Hash, PersonId};
use trail_domain::procedure::{self, Command};
use trail_seal::form::Drawn;
use zeroize::Zeroizing;

use crate::app::App;
use crate::fault::{Fault, Stop};
use crate::reading;
use crate::show::people;
use crate::wire::{Answer, Saved};

mod clocks;
mod handing;
mod heading;
mod listing;
mod record;
mod referral;
mod rewritten;
mod save;
mod sheet;
mod signing;
mod stamping;
mod statement;
mod steps;
mod summary;
mod volume;

pub(crate) use listing::{format as file_format, what as file_words};
pub(crate) use save::save;

use signing::Pen;

/// A document that was drawn, on its way to the store.
struct Made {
    kind: DocumentKind,
    edition: u32,
    form_edition: u32,
    name: String,
    drawn: Drawn,
    /// The exhibits that are bound in it.
    binds: Vec<ExhibitMark>,
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

    /// Adds one person's signature to the form: to the very file that they were shown, by its SHA-256.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn sign_form(
        &mut self,
        case: &str,
        shown: &str,
        field: &str,
        person: &str,
        passphrase: &str,
    ) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        match self.try_sign_form(&id, shown, field, person, passphrase) {
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
        let asked = reading::words("reasons", reasons).and_then(|reasons| Ok((reasons, self.pen(person, passphrase)?)));
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

    /// Saves a document for people, under its name, in the folder for outgoing documents. It leaves the store, so
    /// whoever saves it types their passphrase again.
    ///
    /// # Errors
    /// - If the passphrase is wrong, or nobody signed in has it.
    /// - As [`App::document`]; and if the file cannot be written.
    pub fn save_document(&mut self, case: &str, sha256: &str, person: &str, passphrase: &str) -> Result<Saved, Stop> {
        let id = reading::case_id(case)?;
        let hash = reading::hash(sha256)?;
        self.refuse_in_doubt()?;
        let by = self.acting_with(person, passphrase, "savePassphrase")?;
        let bytes = self.read_document(&id, &hash)?;
        let desk = self.desk()?;
        let case = desk.case(&id)?;
        let found = case.documents().iter().find(|document| document.stands() == hash);
        let (name, kind) = found
            .map(|document| (document.made.name.clone(), document.made.kind))
            .ok_or_else(|| Fault::new("document-missing"))?;
        let folder = self.folders.outgoing.join(case.reference().as_str());
        // The entry comes first: a copy that nobody knows of is worse than an entry for one that was not written.
        let place = reading::words("place", &folder.display().to_string())?;
        self.goes_on(kind)?;
        self.carry_out(&id, Command::SaveCopy(hash, place), &by)?;
        self.note_head();
        self.goes_on(kind)?;
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
        let found = found.ok_or_else(|| Fault::new("document-missing"))?;
        procedure::halt::may_read(case, found)?;
        let kind = found.made.kind;
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
        self.refuse_in_doubt()?;
        let pen = self.pen(person, passphrase)?;
        let fonts = self.fonts()?;
        let at = self.ports.clock.now();
        let edition = self.desk()?.case(id)?.form().map_or(0, |form| form.made.edition).saturating_add(1);
        self.may_make(id, &pen, edition)?;
        let volumes = self.on_paper(id, &pen.person, |paper| volume::draw(paper, &fonts, edition, at))??;
        let mut bound = Vec::new();
        for made in volumes {
            self.not_halted()?;
            let number = made.edition;
            let name = made.name.clone();
            let signed = self.keep_and_sign(id, made, &pen, SignatureField::Maker, "made this volume of exhibits")?;
            bound.push((number, name, signed));
        }
        self.not_halted()?;
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
            binds: Vec::new(),
        };
        let now = desk.now(self.ports.clock.now(), &pen.person, &here);
        procedure::decide(case, self.pack(case.pack())?, Command::MakeDocument(made), &now)?;
        Ok(())
    }

    fn try_make_referral(&mut self, id: &CaseId, person: &str, passphrase: &str) -> Result<(), Stop> {
        self.refuse_in_doubt()?;
        let pen = self.pen(person, passphrase)?;
        let fonts = self.fonts()?;
        let at = self.ports.clock.now();
        let made = self.on_paper(id, &pen.person, |paper| referral::draw(paper, &fonts, at))??;
        self.keep_and_sign(id, made, &pen, SignatureField::Maker, "made this referral record")?;
        Ok(())
    }

    fn try_sign_form(
        &mut self,
        id: &CaseId,
        shown: &str,
        field: &str,
        person: &str,
        passphrase: &str,
    ) -> Result<String, Stop> {
        self.refuse_in_doubt()?;
        let shown = reading::hash(shown)?;
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
        if stands != shown {
            return Err(Fault::new("not-what-was-shown").into());
        }
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

    /// HALT is not on its way.
    pub(crate) fn not_halted(&self) -> Result<(), Fault> {
        if self.brake.is_pressed() { Err(Fault::new("capture-void")) } else { Ok(()) }
    }

    /// Whether what is done with a document goes on: a press of HALT voids it, but for the police referral record.
    fn goes_on(&self, kind: DocumentKind) -> Result<(), Fault> {
        match kind {
            DocumentKind::Referral => Ok(()),
            DocumentKind::Record | DocumentKind::Volume => self.not_halted(),
        }
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
                backups: desk.backups(),
                calendar: self.national.calendar(),
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

impl App {
    /// Saves a paper of a case in words that is not kept in the store. Its entry comes first: a copy that nobody knows of is
    /// worse than an entry for one that was not written.
    fn save_noted(&mut self, id: &CaseId, name: &str, bytes: &[u8], by: &PersonId) -> Result<Saved, Stop> {
        let folder = self.folders.outgoing.join(self.desk()?.case(id)?.reference().as_str());
        let place = reading::words("place", &folder.display().to_string())?;
        self.carry_out(id, Command::NoteCopy(name.to_owned(), Hash::of(bytes), place), by)?;
        Ok(self.save_recorded(&folder, name, bytes)?)
    }

    /// Writes what the ledger says was saved, unless HALT came after its entry.
    pub(crate) fn save_recorded(&self, folder: &Path, name: &str, bytes: &[u8]) -> Result<Saved, Fault> {
        self.note_head();
        self.not_frozen()?;
        Ok(Saved { path: save(folder, name, bytes)?.display().to_string() })
    }

    /// Nothing of a case is printed or saved in words while HALT is on its way or stands, but what HALT itself asks for.
    pub(crate) fn not_frozen(&self) -> Result<(), Fault> {
        self.not_halted()?;
        let desk = self.desk()?;
        if desk.unwritten_halt.is_some() || desk.register.is_frozen() { Err(Fault::new("frozen")) } else { Ok(()) }
    }
}

/// A fault of laying out a document, in words.
pub(crate) fn form_fault(error: trail_seal::form::FormError) -> Fault {
    Fault::with("form-fault", "detail", error.to_string())
}
