//! What is on the desk while somebody is signed in: the open vault, the cases folded from its ledger, the review.

use trail_domain::case::Case;
use trail_domain::event::keeping::Backup;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::{CaseId, Hash, PersonId, Seq};
use trail_domain::pack::PolicyPack;
use trail_domain::procedure::Now;
use trail_domain::register::Register;
use trail_domain::time::Moment;
use trail_domain::words::Words;
use trail_store::{Entropy, Open, Signer, Vault};

use crate::fault::{Fault, Stop};
use crate::keeping::anchor::Anchor;
use crate::keeping::watch::Watch;
use crate::reviewing::Review;
use crate::shelf::Shelf;
use crate::show::{dates, sizes};
use crate::wire::LedgerLine;
use crate::wire::store::BackupRow;

/// The desk.
pub(crate) struct Desk {
    pub(crate) vault: Vault<Open>,
    pub(crate) register: Register,
    /// Who is signed in, since when.
    pub(crate) here: Vec<(PersonId, Moment)>,
    pub(crate) shelf: Shelf,
    pub(crate) review: Option<Review>,
    pub(crate) unwritten_halt: Option<UnwrittenHalt>,
    pub(crate) ledger_line: LedgerLine,
    /// The check of the whole record, behind the work.
    pub(crate) watch: Option<Watch>,
    /// How the record stands to the head in this computer's keychain.
    pub(crate) anchor: Anchor,
    /// The head that was typed in last.
    pub(crate) typed_head: Option<(Seq, Hash)>,
    /// The backups as they are shown, in the order they were made, each with its entry.
    backups: Vec<(Seq, Moment, BackupRow)>,
    /// Packs that only this store has any more.
    pub(crate) packs: Vec<PolicyPack>,
    /// When somebody last acted, on the steady clock.
    pub(crate) touched: f64,
}

/// A HALT that holds in memory because its entry could not be written.
pub(crate) struct UnwrittenHalt {
    pub(crate) case: Option<CaseId>,
    pub(crate) at: Moment,
}

impl Desk {
    /// Lays out the desk for a vault that was just opened.
    pub(crate) fn lay(vault: Vault<Open>, at: Moment, touched: f64) -> Result<Self, Fault> {
        let here = vault.signed_in().into_iter().map(|person| (person, at)).collect();
        let mut desk = Self {
            vault,
            register: Register::default(),
            here,
            shelf: Shelf::default(),
            review: None,
            unwritten_halt: None,
            ledger_line: LedgerLine { text: String::new(), holds: true },
            watch: None,
            anchor: Anchor::NotKept,
            typed_head: None,
            backups: Vec::new(),
            packs: Vec::new(),
            touched,
        };
        desk.read_register()?;
        desk.shelf.look(&desk.vault)?;
        Ok(desk)
    }

    /// Reads who and what is registered.
    pub(crate) fn read_register(&mut self) -> Result<(), Fault> {
        let entries = self.vault.register_events()?;
        self.register = Register::replay(&entries).told_frozen(self.vault.is_frozen()?);
        let at = |seq: Seq| entries.iter().find(|entry| entry.seq == seq).map(|entry| entry.at);
        let row = |(seq, backup, gone): &(Seq, Backup, Option<Words>)| {
            let made = at(*seq)?;
            let row = BackupRow {
                serial: backup.serial,
                name: backup.name.clone(),
                made: dates::full(made),
                medium: backup.medium.to_string(),
                holder: backup.holder.to_string(),
                size: sizes::words(backup.bytes),
                gone: gone.as_ref().map(ToString::to_string),
            };
            Some((*seq, made, row))
        };
        self.backups = self.register.backups().iter().filter_map(row).collect();
        Ok(())
    }

    /// Looks again whether the computer is frozen. Where that cannot be told, it is.
    pub(crate) fn look_at_freeze(&mut self) {
        let frozen = self.vault.is_frozen().unwrap_or(true);
        self.register = std::mem::take(&mut self.register).told_frozen(frozen);
    }

    /// Takes note of entries that belong to no case.
    pub(crate) fn note_store(&mut self, recorded: &[Recorded]) -> Result<(), Fault> {
        self.note_last(recorded);
        let registers = recorded.iter().any(|entry| !Register::PASSING.contains(&entry.event.kind()));
        if registers { self.read_register() } else { Ok(()) }
    }

    /// The backups in the order they were made, each with its entry.
    pub(crate) fn backups(&self) -> &[(Seq, Moment, BackupRow)] {
        &self.backups
    }

    /// Looks again which cases there are, after somebody came or left.
    pub(crate) fn look_at_cases(&mut self) -> Result<(), Fault> {
        self.shelf.look(&self.vault)
    }

    /// A case.
    pub(crate) fn case(&self, id: &CaseId) -> Result<&Case, Fault> {
        self.shelf.case(&self.vault, id)
    }

    /// Who is signed in.
    pub(crate) fn people(&self) -> Vec<PersonId> {
        self.here.iter().map(|(person, _)| person.clone()).collect()
    }

    /// The person who acts where none is named: the first who signed in.
    pub(crate) fn first(&self) -> Result<PersonId, Fault> {
        self.here.first().map(|(person, _)| person.clone()).ok_or_else(|| Fault::new("locked"))
    }

    /// What the core must be told.
    pub(crate) fn now<'a>(&'a self, at: Moment, by: &'a PersonId, here: &'a [PersonId]) -> Now<'a> {
        Now { at, by, signed_in: here, register: &self.register }
    }

    /// Records what was decided, and folds it into the case. In an open session whose two people are signed in, the
    /// session's key signs.
    pub(crate) fn record(
        &mut self,
        id: &CaseId,
        events: &[Event],
        at: Moment,
        by: &PersonId,
        entropy: &dyn Entropy,
    ) -> Result<Vec<Recorded>, Stop> {
        let session = self.signing_session(id);
        let signer = session.as_ref().map_or(Signer::Person(by), Signer::Session);
        let recorded = self.vault.append(Some(id), events, at, &signer, entropy)?;
        self.fold(id, &recorded)?;
        Ok(recorded)
    }

    /// The session whose key signs entries of this case now.
    pub(crate) fn signing_session(&self, id: &CaseId) -> Option<trail_domain::ids::SessionId> {
        let session = &self.case(id).ok()?.open_session()?.id;
        self.vault.is_session_open(session).then(|| session.clone())
    }

    /// Folds entries into their case, and says so at the foot of the page.
    pub(crate) fn fold(&mut self, id: &CaseId, recorded: &[Recorded]) -> Result<(), Fault> {
        if recorded.iter().any(|entry| ["halted", "computer-released"].contains(&entry.event.kind())) {
            self.look_at_freeze();
        }
        self.shelf.fold(id, recorded)?;
        self.note_last(recorded);
        Ok(())
    }

    /// Says at the foot of the page when the record was last added to. It gives no number: it is read by everybody
    /// who is signed in, on every page, and numbers that skip would tell of entries that are not theirs to see.
    pub(crate) fn note_last(&mut self, recorded: &[Recorded]) {
        if let Some(last) = recorded.last()
            && self.ledger_line.holds
        {
            self.ledger_line.text = format!("The record was last added to at {}", dates::second(last.at));
        }
    }
}
