//! The draft of a witness statement, of whoever types their passphrase.

use trail_seal::form::statement::{self as form, StatementModel};

use super::form_fault;
use super::heading::{heading, person};
use crate::app::App;
use crate::fault::{Fault, Stop};
use crate::reading;
use crate::show::statement;
use crate::wire::Saved;

impl App {
    /// Saves a draft of a witness statement in the folder for outgoing documents: what this person's own key signed in
    /// the case, and lines for their sentences. Nobody can have another person's. The ledger says that it was saved.
    ///
    /// # Errors
    /// - If the passphrase is wrong, or nobody signed in has it.
    /// - If HALT stands, or this computer is frozen.
    /// - If their key signed nothing in this case.
    /// - If the file cannot be made or written.
    pub fn save_statement(&mut self, case: &str, witness: &str, passphrase: &str) -> Result<Saved, Stop> {
        let id = reading::case_id(case)?;
        self.refuse_in_doubt()?;
        self.not_frozen()?;
        let by = self.acting_with(witness, passphrase, "statementPassphrase")?;
        let fonts = self.fonts()?;
        let at = self.ports.clock.now();
        let entries = self.desk()?.vault.events(&id)?;
        let (name, drawn) = self.on_paper(&id, &by, |paper| {
            let who = person(paper, &by);
            let parts = statement::parts(&paper.scene, &entries, &by);
            if parts.iter().all(|part| part.facts.is_empty()) {
                return Err(Fault::new("nothing-to-state").into());
            }
            let model = StatementModel {
                heading: heading(paper, 1, at),
                name: who.name,
                position: who.position,
                parts,
                exhibits: statement::produced(&paper.scene, &by),
            };
            let drawn = form::lay_out(&model, &fonts).map_err(form_fault)?;
            let initials = paper.scene.register.person(&by).map_or_else(String::new, |one| one.initials.to_string());
            Ok((format!("{}-statement-draft-{initials}.pdf", paper.case().reference()), drawn))
        })??;
        self.save_noted(&id, &name, drawn.bytes(), &by)
    }
}
