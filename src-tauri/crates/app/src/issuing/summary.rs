//! The case summary for a school's safeguarding record: one page, and the same as text to paste.

use trail_seal::form::summary::{self as form, SummaryModel};

use super::form_fault;
use super::heading::heading;
use crate::app::App;
use crate::fault::Stop;
use crate::reading;
use crate::show::{dates, summary};
use crate::wire::SummarySaved;

impl App {
    /// Saves a summary of the case as a PDF of one page and as text, in the folder for outgoing documents. It has no
    /// picture and no address. It leaves the store, so whoever saves it types their passphrase again, and the ledger says
    /// so, of each file.
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
        let fonts = self.fonts()?;
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
        let saved = self.save_noted(&id, &format!("{stem}.pdf"), drawn.bytes(), &by)?;
        // Without its mark an older editor on Windows takes the text for another alphabet.
        let pasted = format!("\u{feff}{text}\r\n");
        let pasted = self.save_noted(&id, &format!("{stem}.txt"), pasted.as_bytes(), &by)?;
        Ok(SummarySaved { path: saved.path, text_path: pasted.path, text })
    }
}
