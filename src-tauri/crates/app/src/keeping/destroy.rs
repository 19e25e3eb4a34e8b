//! Destruction: of a case after its review date, or early of one entry. Two people asked and agreed; the head decides,
//! with their own passphrase. A certificate keeps the hashes and the line of the ledger.

use trail_domain::case::{Case, Destruction, Stamp};
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::ids::{CaseId, Hash, PersonId, Seq};
use trail_domain::procedure::disposal;
use trail_seal::form::destruction::{self, Act, Destroyed, DestructionModel, HeldBackup, Target};
use trail_seal::form::model::{Cell, Heading, School, Terms};

use crate::app::{App, State};
use crate::fault::{Fault, Stop};
use crate::issuing::{form_fault, save};
use crate::reading;
use crate::wire::Answer;

/// The line of the ledger that tells of it.
struct Told {
    seq: Seq,
    hash: Hash,
    at: trail_domain::time::Moment,
}

impl App {
    /// Destroys what two people asked for and agreed on.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn destroy(&mut self, case: &str, asked: &str, person: &str, passphrase: &str) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        match self.try_destroy(&id, asked, person, passphrase) {
            Ok(answer) => Ok(answer),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    fn try_destroy(&mut self, id: &CaseId, asked: &str, person: &str, passphrase: &str) -> Result<Answer, Stop> {
        let asked = reading::seq("asked", asked)?;
        let by = self.acting_with(person, passphrase, "passphrase")?;
        self.refuse_in_doubt()?;
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = desk.case(id)?.clone();
        let here = desk.people();
        let permit = disposal::permit(&case, asked, &desk.now(at, &by, &here))?;
        let request = case.destructions().iter().find(|request| request.asked.seq == asked).cloned();
        let request = request.ok_or_else(|| Fault::with("choice-unknown", "field", "asked"))?;
        let hashes = desk.vault.entry_hashes(id)?;
        let entropy = &self.ports.entropy;
        let State::Open(desk) = &mut self.state else { return Err(Fault::new("locked").into()) };
        let told = match request.target {
            DestructionTarget::Case => {
                let destroyed = desk.vault.dispose(permit, at, entropy.as_ref())?;
                Told { seq: destroyed.seq, hash: destroyed.hash, at: destroyed.at }
            }
            DestructionTarget::Entry { .. } => {
                let recorded = desk.vault.erase(permit, at, entropy.as_ref())?;
                let head = desk.vault.head()?.map_or(Hash::new([0; 32]), |(_, hash)| hash);
                Told { seq: recorded.first().map_or(Seq(0), |entry| entry.seq), hash: head, at }
            }
        };
        desk.look_at_cases()?;
        desk.shelf.forget(id);
        self.keep_head();
        let saved = self.certificate(&case, &request, &hashes, &by, &told);
        match request.target {
            DestructionTarget::Case => {
                let said = self.phrases.say("destruction.done-case", &[]);
                Ok(Answer::Destroyed { said, certificate: saved.ok() })
            }
            DestructionTarget::Entry { .. } => {
                let path = saved.unwrap_or_else(|_| self.phrases.say("destruction.not-saved", &[]));
                let said = self.phrases.say("destruction.done-entry", &[("path", path.as_str())]);
                Ok(self.done(id, &said, None)?)
            }
        }
    }

    /// Saves the certificate of destruction, to print and sign in ink.
    fn certificate(
        &self,
        case: &Case,
        request: &Destruction,
        hashes: &[(Seq, Hash)],
        by: &PersonId,
        told: &Told,
    ) -> Result<String, Fault> {
        let model = self.certificate_model(case, request, hashes, by, told)?;
        let fonts = self.fonts()?;
        let drawn = destruction::lay_out(&model, &fonts).map_err(form_fault)?;
        let folder = self.folders.outgoing.join(case.reference().as_str());
        let path = save(&folder, "Certificate of destruction.pdf", drawn.bytes())?;
        Ok(path.display().to_string())
    }

    fn certificate_model(
        &self,
        case: &Case,
        request: &Destruction,
        hashes: &[(Seq, Hash)],
        by: &PersonId,
        told: &Told,
    ) -> Result<DestructionModel, Fault> {
        let desk = self.desk()?;
        let register = &desk.register;
        let pack = self.pack(case.pack())?;
        let school = register.school().ok_or_else(|| Fault::new("no-store"))?;
        let act = |person: &PersonId, at: trail_domain::time::Moment, seq: Seq| {
            let known = register.person(person);
            Act {
                name: known.map_or_else(String::new, |known| known.name.to_string()),
                position: known.map_or_else(String::new, |known| known.position.to_string()),
                at: at.utc(),
                entry: seq.0,
            }
        };
        let stamped = |stamp: &Stamp| act(&stamp.by, stamp.at, stamp.seq);
        let gone: Vec<&(Seq, Hash)> = hashes.iter().filter(|(seq, _)| is_gone(request.target, *seq)).collect();
        let (target, what) = match request.target {
            DestructionTarget::Case => {
                (Target::Case, format!("All of case {}: {} entries of the ledger", case.reference(), gone.len()))
            }
            DestructionTarget::Entry { entry } => (Target::Entry, format!("What entry {entry} held, with its files")),
        };
        let first = gone.first().map_or(Seq(0), |(seq, _)| *seq);
        let standing = desk.backups().iter().filter(|(told, _, row)| row.gone.is_none() && *told > first);
        let backups = standing.map(|(_, made, row)| HeldBackup {
            serial: row.serial,
            made: made.utc(),
            medium: row.medium.clone(),
            holder: row.holder.clone(),
        });
        Ok(DestructionModel {
            heading: Heading {
                school: School { name: school.name.to_string(), address: school.address.to_string() },
                marking: pack.marking().to_owned(),
                practice: self.practice,
                case_reference: case.reference().to_string(),
                case_id: case.id().to_string(),
                opened: case.opening().at.utc(),
                edition: 1,
                replaces: None,
                ledger_entry: told.seq.0,
                ledger_head: *told.hash.bytes(),
                made: told.at.utc(),
                fingerprint: register.authority().map_or([0; 32], |hash| *hash.bytes()),
            },
            terms: Terms { pupil: pack.terms().pupil().to_owned(), headteacher: pack.terms().head().to_owned() },
            target,
            what: Cell::Said(what),
            ground: Cell::Said(request.ground.to_string()),
            asked: stamped(&request.asked),
            agreed: stamped(request.agreed.as_ref().unwrap_or(&request.asked)),
            decided: act(by, told.at, told.seq),
            destroyed: gone.iter().flat_map(|(seq, hash)| lines(case, *seq, *hash)).collect(),
            backups: backups.collect(),
            copies: case.copies().iter().map(|(_, copy)| format!("{}: {}", copy.name, copy.place)).collect(),
        })
    }
}

/// An entry that is gone, and each file that it named.
fn lines(case: &Case, seq: Seq, hash: Hash) -> Vec<Destroyed> {
    let line = |what: String, sha256: Hash| Destroyed { entry: seq.0, what: Cell::Said(what), sha256: *sha256.bytes() };
    let mut lines =
        vec![line("The words of the entry; the hash is the entry\u{2019}s own in the ledger".to_owned(), hash)];
    let exhibit = case.exhibits().iter().find(|(stamp, ..)| stamp.seq == seq);
    for file in exhibit.iter().flat_map(|(_, _, exhibit)| &exhibit.files) {
        lines.push(line(format!("File of an exhibit, {}", file.media_type), file.sha256));
    }
    lines
}

fn is_gone(target: DestructionTarget, seq: Seq) -> bool {
    match target {
        DestructionTarget::Case => true,
        DestructionTarget::Entry { entry } => entry == seq,
    }
}
