//! Casework: opening cases and every act in them that is words alone.

use std::collections::BTreeSet;

use trail_domain::case::Case;
use trail_domain::event::document::SignatureField;
use trail_domain::event::review::View;
use trail_domain::ids::{CaseId, CaseReference, PersonId};
use trail_domain::procedure::{self, Command, charts, intake};
use trail_store::Passphrase;

use crate::app::{App, State};
use crate::fault::{Fault, Stop};
use crate::reading;
use crate::show::{self, Scene, timeline};
use crate::wire::act::Act;
use crate::wire::case::{CaseView, Choice, TimelineRow};
use crate::wire::forms::ReportForm;
use crate::wire::{Answer, ReportChoices, Terms};

impl App {
    /// What the report form offers for a case about this person, where they are enrolled.
    ///
    /// # Errors
    /// - If nobody is signed in, or that is no id of a person.
    pub fn report_choices(&self, about: Option<&str>) -> Result<ReportChoices, Fault> {
        let about = about.map(|id| reading::person_id("subjectEnrolled", id)).transpose()?;
        let pack = self.pack_about(about.as_ref())?;
        let choice = |category: &trail_domain::pack::Category| Choice {
            id: category.id().to_owned(),
            label: category.label().to_owned(),
            hint: category.statute().map(ToOwned::to_owned),
            refused: None,
        };
        Ok(ReportChoices {
            categories: pack.categories().iter().map(choice).collect(),
            pack_title: pack.title().to_owned(),
            terms: Terms { pupil: pack.terms().pupil().to_owned(), head: pack.terms().head().to_owned() },
        })
    }

    /// A case.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn case_view(&self, case: &str) -> Result<CaseView, Fault> {
        self.show_case(&reading::case_id(case)?)
    }

    /// The boxes that a case came past on each chart of its pack that it has come to, by their ids, in order; the last
    /// box of each chart is where the case stands.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn chart_positions(&self, case: &str) -> Result<Vec<(String, Vec<String>)>, Fault> {
        self.on_scene(&reading::case_id(case)?, |scene| {
            let ids = |position: charts::Position<'_>| {
                let boxes = position.boxes.iter().map(|node| node.id().to_owned()).collect();
                (position.chart.id().to_owned(), boxes)
            };
            charts::positions(scene.case, scene.pack).into_iter().map(ids).collect()
        })
    }

    /// The timeline of a case, newest first.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn timeline(&self, case: &str) -> Result<Vec<TimelineRow>, Fault> {
        let id = reading::case_id(case)?;
        let desk = self.desk()?;
        let entries = desk.vault.events(&id)?;
        let hashes = desk.vault.entry_hashes(&id)?;
        self.on_scene(&id, |scene| timeline::rows(scene, &entries, &hashes))
    }

    /// The entries that belong to no case: who signed in and out, what was registered. Newest first. No page may ask
    /// for it: the places of these entries count those of cases that are not for everybody's eyes.
    ///
    /// # Errors
    /// - If nobody is signed in, or the ledger cannot be read.
    pub fn store_timeline(&self) -> Result<Vec<TimelineRow>, Fault> {
        let desk = self.desk()?;
        let row = |entry: trail_domain::event::Recorded| TimelineRow {
            seq: entry.seq.to_string(),
            kind: entry.event.kind().to_owned(),
            at: show::dates::exact(entry.at),
            what: self.phrases.say(&format!("event.{}", entry.event.kind()), &[]),
            who: show::people::name(&desk.register, &entry.by),
            hash: String::new(),
        };
        let mut rows: Vec<TimelineRow> = desk.vault.store_events()?.into_iter().map(row).collect();
        rows.reverse();
        Ok(rows)
    }

    /// Opens a case with its report.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn open_case(&mut self, form: &ReportForm) -> Result<Answer, Fault> {
        let about = form.subject_enrolled.as_deref();
        let about = about.and_then(|id| reading::person_id("subjectEnrolled", id).ok());
        let pack = self.pack_about(about.as_ref())?;
        match self.try_open_case(form, &pack) {
            Ok(id) => self.done(&id, "Report kept", None),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    /// An act in a case.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn act(&mut self, case: &str, act: Act) -> Result<Answer, Fault> {
        // Only who signs off may decide a disagreement, whether they signed in first or second.
        let decides = matches!(act, Act::DecideDisagreement { .. });
        let by = if decides { self.who_signs_off(case)? } else { self.desk_mut()?.first()? };
        self.act_by(case, &by, act)
    }

    /// Who of those signed in may sign the case off; the first where nobody may.
    fn who_signs_off(&self, case: &str) -> Result<PersonId, Fault> {
        let desk = self.desk()?;
        let (case, here, first) = (desk.case(&reading::case_id(case)?)?, desk.people(), desk.first()?);
        let now = desk.now(self.ports.clock.now(), &first, &here);
        let may = |person: &&PersonId| procedure::closing::may_sign(case, SignatureField::Head, person, &now);
        Ok(here.iter().find(may).unwrap_or(&first).clone())
    }

    /// An act in a case by the person with this id.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn act_by_text(&mut self, case: &str, by: &str, act: Act) -> Result<Answer, Fault> {
        self.act_by(case, &reading::person_id("person", by)?, act)
    }

    /// An act in a case by one of those who are signed in.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn act_by(&mut self, case: &str, by: &PersonId, act: Act) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let said = self.phrases.say(&format!("kept.{}", act.name()), &[]);
        let read = self
            .pin_after(&id, &act)
            .and_then(|pin| reading::command(act, self.ports.clock.now()).map(|command| (pin, command)));
        let (pin, command) = match read {
            Ok(read) => read,
            Err(fault) => return Ok(Answer::Trouble { trouble: fault.in_words(&self.phrases) }),
        };
        let answer = self.command(&id, command, by, &said)?;
        if let (Answer::Done { .. }, Some(pin)) = (&answer, pin) {
            self.take_pin(pin);
        }
        self.close_if_ended(&id);
        Ok(answer)
    }

    /// Seals a reviewing person's own view, with their own passphrase.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn seal_view(
        &mut self,
        case: &str,
        person: &str,
        passphrase: &str,
        substance: bool,
        reasons: &str,
    ) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let sealed = reading::person_id("person", person).and_then(|person| {
            let reasons = reading::words("reasons", reasons)?;
            let device = self.device_secret()?;
            // Opening the signing key is how the person shows that it is they who seal.
            self.refuse_too_soon(&person)?;
            let pass = Passphrase::new(passphrase.to_owned());
            let opened = self.desk_mut()?.vault.form_key(&person, &pass, device.as_ref());
            opened.map_err(|error| self.wrong(&person, error))?;
            Ok((person, reasons))
        });
        match sealed {
            Ok((person, reasons)) => {
                let view = View { person: person.clone(), substance, reasons };
                self.command(&id, Command::SealView(view), &person, "Your view is sealed")
            }
            Err(fault) => Ok(Answer::Trouble { trouble: fault.in_words(&self.phrases) }),
        }
    }

    /// Decides, records, and shows the case.
    pub(crate) fn command(
        &mut self,
        id: &CaseId,
        command: Command,
        by: &PersonId,
        said: &str,
    ) -> Result<Answer, Fault> {
        let pack = self.pack_of(id)?;
        match self.carry_out(id, command, by) {
            Ok(()) => self.done(id, said, None),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    /// Decides and records.
    pub(crate) fn carry_out(&mut self, id: &CaseId, command: Command, by: &PersonId) -> Result<(), Stop> {
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let pack = self.pack(case.pack())?;
        let here = desk.people();
        let events = procedure::decide(case, pack, command, &desk.now(at, by, &here))?;
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            desk.touched = self.ports.clock.steady_seconds();
            desk.record(id, &events, at, by, entropy.as_ref())?;
        }
        Ok(())
    }

    /// The answer after an act that was recorded.
    pub(crate) fn done(&self, id: &CaseId, said: &str, mark: Option<String>) -> Result<Answer, Fault> {
        Ok(Answer::Done { case: Box::new(self.show_case(id)?), said: said.to_owned(), mark })
    }

    pub(crate) fn show_case(&self, id: &CaseId) -> Result<CaseView, Fault> {
        self.on_scene(id, show::case::view)
    }

    /// Makes something from a case and all that its views need.
    pub(crate) fn on_scene<T>(&self, id: &CaseId, make: impl FnOnce(&Scene<'_>) -> T) -> Result<T, Fault> {
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let by = desk.first()?;
        let now = desk.now(self.ports.clock.now(), &by, &here);
        let pack = self.pack(case.pack())?;
        Ok(make(&Scene {
            case,
            pack,
            register: &desk.register,
            phrases: &self.phrases,
            now: &now,
            backups: desk.backups(),
            calendar: self.national.calendar(),
        }))
    }

    /// References that begin like this. Cases are looked through from the newest until one has an earlier year's, so
    /// that older ones need not be read for it.
    fn references_with(&self, stem: &str) -> Result<BTreeSet<String>, Fault> {
        let desk = self.desk()?;
        let mut taken = BTreeSet::new();
        for id in desk.shelf.newest_first() {
            let reference = desk.case(id)?.reference().as_str();
            if !reference.starts_with(stem) {
                break;
            }
            taken.insert(reference.to_owned());
        }
        Ok(taken)
    }

    fn try_open_case(&mut self, form: &ReportForm, pack: &trail_domain::pack::PolicyPack) -> Result<CaseId, Stop> {
        let report = reading::report(form)?;
        let at = self.ports.clock.now();
        let by = self.desk_mut()?.first()?;
        let reference = self.next_reference()?;
        let mut random = [0; 16];
        self.ports.entropy.fill(&mut random);
        let id = CaseId::from_bytes(random);
        let desk = self.desk()?;
        let here = desk.people();
        let subject = report.subject.enrolled.clone();
        let events = intake::open(id.clone(), reference, pack, report, &desk.now(at, &by, &here))?;
        // Everybody enrolled is admitted but the subject, who finds no trace of the case.
        let admitted: Vec<PersonId> = desk
            .register
            .people()
            .iter()
            .map(|person| person.id.clone())
            .filter(|person| subject.as_ref() != Some(person))
            .collect();
        let entropy = &self.ports.entropy;
        if let State::Open(desk) = &mut self.state {
            desk.vault.open_case(&id, &admitted, at, &by, &events, entropy.as_ref())?;
            let recorded = desk.vault.events(&id)?;
            let case =
                Case::replay(&recorded).map_err(|broken| Fault::with("ledger-fault", "detail", broken.to_string()))?;
            desk.shelf.add(case);
            desk.note_last(&recorded);
        }
        Ok(id)
    }

    /// A reference for the year, by chance among the free ones: running numbers would tell the subject of a case, who
    /// finds no trace of it, that there is one more than they can see.
    fn next_reference(&self) -> Result<CaseReference, Fault> {
        let desk = self.desk()?;
        let prefix = desk.register.school().map_or_else(|| "ET".to_owned(), |school| school.prefix.to_string());
        let year = self.ports.clock.now().in_uk().0.format("%Y").to_string();
        let stem = format!("{}{prefix}-{year}-", if self.practice { "PRACTICE-" } else { "" });
        let taken = self.references_with(&stem)?;
        let mut random = [0; 2];
        self.ports.entropy.fill(&mut random);
        let start = u32::from(u16::from_le_bytes(random)) % 9999;
        let free =
            (0..9999).map(|step| format!("{stem}{:04}", (start + step) % 9999 + 1)).find(|text| !taken.contains(text));
        let reference = free.ok_or_else(|| Fault::with("internal", "detail", "no case reference is left this year"))?;
        CaseReference::try_from(reference).map_err(|error| Fault::with("internal", "detail", error.to_string()))
    }
}
