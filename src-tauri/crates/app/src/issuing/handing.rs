//! Handing over: a package is put together, signed, recorded, and only then written.
//!
//! A folder: the entry comes first, since a package that nobody knows of is worse than an entry for one that was not written. A
//! package that could not be written whole leaves nothing behind, and an entry of its own says so. A ZIP is written first
//! under a temporary name, since the entry has its hash; nobody has its passphrase until it is recorded and has its name.

mod case_uco;
mod contents;
mod continuity;
mod excerpt;
mod passphrase;
mod redacted;
mod write;
mod zipped;

use std::path::{Path, PathBuf};

use trail_domain::event::handing::{Delivery, HandOver, HandOverEnd, HandOverVariant, LARGEST_LOOSE};
use trail_domain::ids::{CaseId, Hash};
use trail_domain::procedure::{self, Command, handing};
use trail_domain::words::Words;
use trail_seal::form::handing::{self as papers, Delivered};
use trail_seal::package::{Bag, Loose, PackageError, SealedBy};
use zeroize::Zeroizing;

use super::signing::Pen;
use super::{form_fault, save};
use crate::app::App;
use crate::fault::{Fault, Stop};
use crate::keeping::groups;
use crate::reading;
use crate::show;
use crate::show::handing::{DELIVERIES, variant_id};
use crate::wire::handing::{HandOverForm, HandOversView, HandedOver};

use contents::Contents;
use write::Layout;
use zipped::Staged;

/// What somebody filled in, read.
struct Asked {
    variant: HandOverVariant,
    delivery: Delivered,
    named: Vec<Words>,
    pictures: Vec<String>,
    to: Words,
    organisation: Words,
    reference: Words,
    medium: Words,
    serial: Words,
    folder: PathBuf,
}

type Read<'a> = dyn Fn(&str) -> Result<Zeroizing<Vec<u8>>, Stop> + 'a;
type Step<'a> = dyn Fn(u64, u64) -> Result<(), Stop> + 'a;

/// A package on its way out.
struct Packed {
    name: String,
    contents: Contents,
    bag: Bag,
    loose: Option<Loose>,
    receipt: Vec<u8>,
}

impl App {
    /// What can be handed over of a case, and what was.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn hand_overs(&self, case: &str) -> Result<HandOversView, Fault> {
        self.on_scene(&reading::case_id(case)?, show::handing::view)
    }

    /// Makes a package, records it, and writes it into a folder of its own.
    ///
    /// # Errors
    /// - If an answer is missing, or the passphrase is wrong.
    /// - If the procedure refuses it: under HALT always.
    /// - If the record is in doubt or not checked to its end.
    /// - If HALT is pressed while it is made, or it cannot be written: then nothing of it is left, or it is said what is,
    ///   and that is recorded.
    /// - If that it was not written cannot be recorded either.
    pub fn hand_over(&mut self, case: &str, form: &HandOverForm) -> Result<HandedOver, Stop> {
        let id = reading::case_id(case)?;
        let asked = self.read_hand_over(form)?;
        self.refuse_in_doubt()?;
        let pen = self.pen(&form.person, &form.passphrase)?;
        self.not_halted()?;
        handing::may_hand_over(self.desk()?.case(&id)?, asked.variant)?;
        let packed = self.pack_up(&id, &asked, &pen)?;
        let mut given = self.given(&id, &asked, &packed)?;
        let zip = self.zip_up(&id, &mut given, &pen, &asked, &packed)?;
        self.not_halted()?;
        // The receipt first: without it nobody could sign for what lies on the medium.
        let folder = self.folders.outgoing.join(self.desk()?.case(&id)?.reference().as_str());
        let receipt = save(&folder, &format!("{}-receipt.pdf", packed.name), &packed.receipt)?;
        let (staged, passphrase) = zip.unzip();
        let path = self.record_and_write(&id, given, &pen, &asked.folder, &packed, staged).inspect_err(|_| {
            // One that stays is signed by nobody: it is for a package that does not exist.
            drop(std::fs::remove_file(&receipt));
        })?;
        let left_out = packed.loose.iter().flat_map(|loose| loose.left_out.iter().map(|(name, _)| name.clone()));
        Ok(HandedOver {
            path: path.display().to_string(),
            passphrase: passphrase.map(|words| words.to_string()),
            left_out: left_out.collect(),
            receipt: receipt.display().to_string(),
            statement: groups(&hex::encode(packed.bag.statement_sha256())),
            case: Box::new(self.show_case(&id)?),
        })
    }

    fn read_hand_over(&self, form: &HandOverForm) -> Result<Asked, Fault> {
        let variant = HandOverVariant::ALL.into_iter().find(|variant| variant_id(*variant) == form.variant);
        let variant = variant.ok_or_else(|| Fault::with("choice-unknown", "field", "kind of package").at("variant"))?;
        let delivery = DELIVERIES.into_iter().find(|(id, _)| *id == form.delivery).map(|(_, delivered)| delivered);
        let unknown = || Fault::with("choice-unknown", "field", "delivery").at("delivery");
        let delivery = delivery.ok_or_else(unknown)?;
        if variant == HandOverVariant::SubjectAccess && form.named.len() != 1 {
            return Err(Fault::new("hand-over-one-person").at("named"));
        }
        // What is chosen counts for a redacted package; every other names everybody.
        let (named, pictures) = if handing::is_redacted(variant) {
            (form.named.as_slice(), form.pictures.clone())
        } else {
            (&[] as &[String], Vec::new())
        };
        let folder = PathBuf::from(reading::words("folder", &form.folder)?.as_str());
        if !folder.is_dir() || self.is_in_the_store(&folder) {
            return Err(Fault::new("hand-over-folder").at("folder"));
        }
        Ok(Asked {
            variant,
            delivery,
            named: named.iter().map(|name| reading::words("named", name)).collect::<Result<_, _>>()?,
            pictures,
            to: reading::words("to", &form.to)?,
            organisation: reading::words("organisation", &form.organisation)?,
            reference: reading::words("reference", &form.reference)?,
            medium: reading::words("medium", &form.medium)?,
            serial: reading::words("serial", &form.serial)?,
            folder,
        })
    }

    /// Puts the package together: all but the files that the store keeps is in memory.
    fn pack_up(&self, id: &CaseId, asked: &Asked, pen: &Pen) -> Result<Packed, Stop> {
        let fonts = self.fonts()?;
        let at = self.ports.clock.now();
        self.on_paper(id, &pen.person, |paper| {
            let number = handing::next_number(paper.case());
            let name = format!("{}-{}-{number}", paper.case().reference(), variant_id(asked.variant));
            let redaction = redacted::redaction(paper, asked);
            let mut contents = contents::gather(paper, asked, &name, number, at)?;
            if handing::is_redacted(asked.variant) {
                redacted::add(paper, asked, &mut contents, &redaction, at, &fonts)?;
            }
            contents.say_too_large(paper);
            let payload = contents::payload(paper, &contents, asked.variant, pen, &fonts)?;
            let by = SealedBy { key: pen.key(), certificate: pen.certificate(), authority: pen.authority() };
            let statement = redacted::stated(contents::statement(paper, &contents, asked, number, at)?, &redaction);
            let unsealed = |error: PackageError| Fault::with("sign-fault", "detail", error.to_string());
            let bag = Bag::sealed(statement, payload, &by, &self.ports.random).map_err(unsealed)?;
            let is_loose = asked.delivery == Delivered::Loose;
            let loose = is_loose.then(|| Loose::of(&bag, LARGEST_LOOSE)).transpose().map_err(unsealed)?;
            let receipt = papers::receipt(&contents.model, &bag.statement_sha256(), &fonts).map_err(form_fault)?;
            Ok(Packed { name, contents, bag, loose, receipt: receipt.into_bytes() })
        })?
    }

    /// What the record says of it.
    fn given(&self, id: &CaseId, asked: &Asked, packed: &Packed) -> Result<HandOver, Stop> {
        let desk = self.desk()?;
        let head = desk.vault.head()?.ok_or_else(|| Fault::new("no-store"))?;
        let ends = if asked.delivery == Delivered::Zip { ".zip" } else { "" };
        let place = asked.folder.join(format!("{}{ends}", packed.name));
        Ok(HandOver {
            number: handing::next_number(desk.case(id)?),
            variant: asked.variant,
            to: asked.to.clone(),
            organisation: asked.organisation.clone(),
            reference: asked.reference.clone(),
            medium: asked.medium.clone(),
            serial: asked.serial.clone(),
            name: packed.name.clone(),
            statement: Hash::new(packed.bag.statement_sha256()),
            files: u32::try_from(packed.bag.files().len()).unwrap_or(u32::MAX),
            bytes: packed.bag.bytes(),
            documents: packed.contents.documents(),
            pictures: packed.contents.pictures(),
            head,
            place: reading::words("place", &place.display().to_string())?,
            // That of a ZIP is known once it is written.
            delivery: packed.loose.as_ref().map_or(Delivery::Bag, |loose| Delivery::Loose {
                left_out: loose.left_out.iter().map(|(_, sha256)| Hash::new(*sha256)).collect(),
            }),
            named: asked.named.clone(),
        })
    }

    /// Writes the ZIP under a temporary name, where one is asked for, and tells its hash. The procedure is asked before.
    fn zip_up(
        &self,
        id: &CaseId,
        given: &mut HandOver,
        pen: &Pen,
        asked: &Asked,
        packed: &Packed,
    ) -> Result<Option<(Staged, Zeroizing<String>)>, Stop> {
        if asked.delivery != Delivered::Zip {
            return Ok(None);
        }
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let now = desk.now(self.ports.clock.now(), &pen.person, &here);
        procedure::decide(case, self.pack(case.pack())?, Command::HandOver(Box::new(given.clone())), &now)?;
        let passphrase = passphrase::draw(&self.ports.random)?;
        let staged = self.with_files(id, pen, packed, |read, step| {
            zipped::stage(&asked.folder, &packed.name, &packed.bag, &passphrase, read, step)
        })?;
        given.delivery = Delivery::Zip { sha256: staged.sha256, bytes: staged.bytes };
        Ok(Some((staged, passphrase)))
    }

    fn record_and_write(
        &mut self,
        id: &CaseId,
        given: HandOver,
        pen: &Pen,
        folder: &Path,
        packed: &Packed,
        staged: Option<Staged>,
    ) -> Result<PathBuf, Stop> {
        let number = given.number;
        self.carry_out(id, Command::HandOver(Box::new(given)), &pen.person)?;
        self.note_head();
        let written = match staged {
            Some(staged) => self.not_halted().map_err(Stop::from).and_then(|()| staged.named()),
            None => self.write_package(id, pen, folder, packed),
        };
        written.map_err(|stop| self.record_not_written(id, number, pen, stop))
    }

    fn write_package(&self, id: &CaseId, pen: &Pen, folder: &Path, packed: &Packed) -> Result<PathBuf, Stop> {
        let layout =
            packed.loose.as_ref().map_or_else(|| Layout::bag(&packed.bag), |loose| Layout::loose(&packed.bag, loose));
        self.with_files(id, pen, packed, |read, step| write::whole(folder, &packed.name, &layout, read, step))
    }

    /// Gives a writer the files that the store keeps, and the step that it asks before each: how far it is, and whether
    /// HALT was pressed.
    fn with_files<T>(
        &self,
        id: &CaseId,
        pen: &Pen,
        packed: &Packed,
        write: impl FnOnce(&Read<'_>, &Step<'_>) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let now = desk.now(self.ports.clock.now(), &pen.person, &here);
        let permit = procedure::halt::permit_view(case, &now)?;
        let under = self.progress.begin(self.phrases.say("progress.packing", &[]));
        let read = |name: &str| packed.contents.read(name, id, &desk.vault, &permit);
        let step = |done, of| {
            under.at(self.phrases.say("progress.packing", &[]), done, of);
            self.not_halted().map_err(Stop::from)
        };
        write(&read, &step)
    }

    /// Records that the package was not written, also where HALT is on its way: the record must not go on saying that
    /// there is one. Answers why, or that the record could not be told.
    fn record_not_written(&mut self, id: &CaseId, number: u32, pen: &Pen, stop: Stop) -> Stop {
        let why = match &stop {
            Stop::Fault(fault) => fault.in_words(&self.phrases).happened,
            Stop::Refused(refusal) => refusal.to_string(),
        };
        let told = reading::words("words", &why).map_err(Stop::from).and_then(|words| {
            let command = Command::EndHandOver(number, HandOverEnd::NotWritten, words);
            self.carry_out(id, command, &pen.person)
        });
        match told {
            Ok(()) => stop,
            Err(_) => Fault::with("hand-over-untold", "why", why).into(),
        }
    }
}

/// A file of metadata: JSON for people too.
fn pretty(what: &impl serde::Serialize) -> Result<Vec<u8>, Fault> {
    let mut text =
        serde_json::to_vec_pretty(what).map_err(|error| Fault::with("internal", "detail", error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}
