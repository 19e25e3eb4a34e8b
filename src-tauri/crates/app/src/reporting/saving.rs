//! A paper over several cases leaves the store: the store's own ledger says so, before the file is there.

use trail_domain::ids::{Hash, PersonId};
use trail_domain::procedure::papers;
use trail_domain::refusal::RefusalCode;
use trail_domain::register::SavedPaper;

use crate::app::App;
use crate::fault::Fault;
use crate::keeping::groups;
use crate::reading;
use crate::show::{dates, people};
use crate::wire::case::Fact;
use crate::wire::report::PaperSaved;

/// How many of those that were saved before are listed.
const LISTED: usize = 10;

impl App {
    /// Saves a log or a report in the folder for outgoing documents. Its entry comes first: a copy that nobody knows of is
    /// worse than an entry for one that was not written. It is listed then with those whose names begin like it.
    pub(super) fn save_paper(
        &mut self,
        name: &str,
        bytes: &[u8],
        by: &PersonId,
        stems: &[&str],
    ) -> Result<PaperSaved, Fault> {
        let folder = self.folders.outgoing.clone();
        let place = reading::words("place", &folder.display().to_string())?;
        let desk = self.desk()?;
        let here = desk.people();
        let now = desk.now(self.ports.clock.now(), by, &here);
        let events = papers::save(name.to_owned(), Hash::of(bytes), place, &now).map_err(|refusal| {
            Fault::new(if refusal.code() == RefusalCode::Frozen { "frozen" } else { "not-signed-in" })
        })?;
        self.append_store(&events, by)?;
        let path = self.save_recorded(&folder, name, bytes)?.path;
        Ok(PaperSaved { path, saved: self.saved_before(stems)? })
    }

    /// The newest logs, or reports, that were saved before, by what their names begin with.
    pub(super) fn saved_before(&self, stems: &[&str]) -> Result<Vec<Fact>, Fault> {
        let register = &self.desk()?.register;
        let fact = |paper: &SavedPaper| Fact {
            label: paper.name.clone(),
            value: self.phrases.say(
                "papers.saved",
                &[
                    ("when", &dates::full(paper.at)),
                    ("who", &people::name(register, &paper.by)),
                    ("place", paper.place.as_str()),
                    ("hash", &groups(&paper.sha256.to_string())),
                ],
            ),
            mono: false,
        };
        let named = |paper: &&SavedPaper| stems.iter().any(|stem| paper.name.starts_with(stem));
        Ok(register.papers().iter().rev().filter(named).take(LISTED).map(fact).collect())
    }
}
