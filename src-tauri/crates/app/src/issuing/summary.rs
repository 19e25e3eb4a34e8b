//! The case summary for a school's safeguarding record: one page, and the same as text to paste.

use trail_domain::ids::Hash;
use trail_domain::procedure::Command;
use trail_seal::form::Fonts;
use trail_seal::form::summary::{self as form, SummaryModel};

use super::heading::heading;
use super::{form_fault, save};
use crate::app::App;
use crate::fault::Stop;
use crate::reading;
use crate::show::{dates, summary};
use crate::wire::SummarySaved;

impl App {
    /// Saves a summary of the case as a PDF of one page and as text, in the folder for outgoing documents. It has no
    /// picture, and no address where addresses are withheld. It leaves the store, so whoever saves it types their
    /// passphrase again, and the ledger says so.
    ///
    /// # Errors
    /// - If the passphrase is wrong, or nobody signed in has it.
    /// - If HALT stands, or this computer is frozen.
    /// - If the file cannot be made or written.
    pub fn save_summary(&mut self, case: &str, person: &str, passphrase: &str) -> Result<SummarySaved, Stop> {
        let id = reading::case_id(case)?;
        self.refuse_in_doubt()?;
        self.not_frozen()?;
        let by = self.acting_with(person, passphrase, "savePassphrase")?;
        let fonts = Fonts::bundled().map_err(form_fault)?;
        let at = self.ports.clock.now();
        let (model, drawn) = self.on_paper(&id, &by, |paper| {
            let model = SummaryModel {
                heading: heading(paper, 1, at),
                remark: format!("Opened {}", dates::day(paper.case().opening().at)),
                fields: summary::fields(&paper.scene),
            };
            let drawn = form::lay_out(&model, &fonts).map_err(form_fault)?;
            Ok((model, drawn))
        })??;
        let (stem, text) = (model.file_stem(), model.text());
        let folder = self.folders.outgoing.join(self.desk()?.case(&id)?.reference().as_str());
        // The entry comes first: a copy that nobody knows of is worse than an entry for one that was not written.
        let place = reading::words("place", &folder.display().to_string())?;
        let name = format!("{stem}.pdf");
        self.carry_out(&id, Command::NoteCopy(name.clone(), Hash::new(drawn.sha256()), place), &by)?;
        self.note_head();
        self.not_frozen()?;
        let path = save(&folder, &name, drawn.bytes())?;
        // Without its mark an older editor on Windows takes the text for another alphabet.
        let pasted = save(&folder, &format!("{stem}.txt"), format!("\u{feff}{text}\r\n").as_bytes())?;
        Ok(SummarySaved { path: path.display().to_string(), text_path: pasted.display().to_string(), text })
    }
}
