//! What is being built.

use crate::app::App;
use crate::fault::Fault;
use crate::wire::store::{
    AddPerson, BackupsView, CheckView, HeadVerdict, MakeBackup, PeopleView, Place, RenewPerson, Restore,
    RestoreView,
};
use crate::wire::{Answer, AppView, Saved};

fn not_yet() -> Fault {
    Fault::with("internal", "detail", "this is being built")
}

impl App {
    /// Enrols a further person.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn add_person(&mut self, _form: &AddPerson) -> Result<PeopleView, Fault> {
        Err(not_yet())
    }
    /// New keys for somebody who forgot their passphrase.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn renew_person(&mut self, _form: &RenewPerson) -> Result<PeopleView, Fault> {
        Err(not_yet())
    }
    /// Removes a person.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn remove_person(
        &mut self,
        _person: &str,
        _reason: &str,
        _by: &str,
        _passphrase: &str,
        _codes: &[String],
    ) -> Result<PeopleView, Fault> {
        Err(not_yet())
    }
    /// Changes a passphrase.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn change_passphrase(
        &mut self,
        _person: &str,
        _old: &str,
        _passphrase: &str,
        _again: &str,
    ) -> Result<PeopleView, Fault> {
        Err(not_yet())
    }
    /// Saves an enrolment card.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn save_enrolment_card(&mut self, _person: &str) -> Result<Saved, Fault> {
        Err(not_yet())
    }
    /// Places for backups.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn places(&self) -> Result<Vec<Place>, Fault> {
        Err(not_yet())
    }
    /// Backups.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn backups(&self) -> Result<BackupsView, Fault> {
        Err(not_yet())
    }
    /// Makes a backup.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn make_backup(&mut self, _form: &MakeBackup) -> Result<BackupsView, Fault> {
        Err(not_yet())
    }
    /// A backup is gone.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn backup_gone(&mut self, _serial: u32, _how: &str) -> Result<BackupsView, Fault> {
        Err(not_yet())
    }
    /// Looks at a backup.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn look_at_backup(&mut self, _folder: &str, _codes: &[String; 2]) -> Result<RestoreView, Fault> {
        Err(not_yet())
    }
    /// Restores.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn restore(&mut self, _form: &Restore) -> Result<AppView, Fault> {
        Err(not_yet())
    }
    /// Drops a backup that was looked at.
    pub fn cancel_restore(&mut self) -> AppView {
        self.view()
    }
    /// The check.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn check_record(&mut self) -> Result<CheckView, Fault> {
        Err(not_yet())
    }
    /// A printed head.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn check_head(&mut self, _seq: &str, _hash: &str) -> Result<HeadVerdict, Fault> {
        Err(not_yet())
    }
    /// Accepts a broken anchor.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn accept_anchor(&mut self, _reason: &str) -> Result<AppView, Fault> {
        Err(not_yet())
    }
    /// Destroys.
    ///
    /// # Errors
    /// - If it cannot be done.
    pub fn destroy(&mut self, _case: &str, _asked: &str, _person: &str, _passphrase: &str) -> Result<Answer, Fault> {
        Err(not_yet())
    }
}
