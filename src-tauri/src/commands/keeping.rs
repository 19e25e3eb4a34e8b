//! The store: people and their keys, backups, restoring and the check of the record.

use tauri::State;
use trail_app::wire::case::Fact;
use trail_app::wire::store::{
    AddPerson, BackupsView, CheckView, HeadVerdict, MakeBackup, PeopleView, Place, ProgressView, RegisterComputer,
    RenewPerson, Restore, RestoreView,
};
use trail_app::wire::support::{SetSupport, SupportView};
use trail_app::wire::time::{SetTimeAuthorities, SetTimeServer, TimeAuthoritiesView, TimeServerView};
use trail_app::wire::{AppView, LedgerLine, Trouble};

use crate::screen::Shell;

#[tauri::command(async)]
pub(super) fn check_ledger(shell: State<'_, Shell>) -> Result<LedgerLine, Trouble> {
    shell.ask(|app| app.check_ledger())
}

#[tauri::command(async)]
pub(super) fn people(shell: State<'_, Shell>) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.people())
}

#[tauri::command(async)]
pub(super) fn add_person(shell: State<'_, Shell>, form: AddPerson) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.add_person(&form))
}

#[tauri::command(async)]
pub(super) fn renew_person(shell: State<'_, Shell>, form: RenewPerson) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.renew_person(&form))
}

#[tauri::command(async)]
pub(super) fn remove_person(
    shell: State<'_, Shell>,
    person: String,
    reason: String,
    by: String,
    passphrase: String,
    codes: Vec<String>,
) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.remove_person(&person, &reason, &by, &passphrase, &codes))
}

#[tauri::command(async)]
pub(super) fn change_passphrase(
    shell: State<'_, Shell>,
    person: String,
    old: String,
    passphrase: String,
    again: String,
) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.change_passphrase(&person, &old, &passphrase, &again))
}

#[tauri::command(async)]
pub(super) fn places(shell: State<'_, Shell>) -> Result<Vec<Place>, Trouble> {
    shell.ask(|app| app.places())
}

#[tauri::command(async)]
pub(super) fn backups(shell: State<'_, Shell>) -> Result<BackupsView, Trouble> {
    shell.ask(|app| app.backups())
}

#[tauri::command(async)]
pub(super) fn make_backup(shell: State<'_, Shell>, form: MakeBackup) -> Result<BackupsView, Trouble> {
    shell.ask(|app| app.make_backup(&form))
}

#[tauri::command(async)]
pub(super) fn backup_gone(shell: State<'_, Shell>, serial: u32, how: String) -> Result<BackupsView, Trouble> {
    shell.ask(|app| app.backup_gone(serial, &how))
}

#[tauri::command(async)]
pub(super) fn look_at_backup(
    shell: State<'_, Shell>,
    folder: String,
    codes: [String; 2],
) -> Result<RestoreView, Trouble> {
    shell.ask(|app| app.look_at_backup(&folder, &codes))
}

#[tauri::command(async)]
pub(super) fn restore(shell: State<'_, Shell>, form: Restore) -> Result<AppView, Trouble> {
    shell.ask(|app| app.restore(&form))
}

#[tauri::command(async)]
pub(super) fn cancel_restore(shell: State<'_, Shell>) -> Result<AppView, Trouble> {
    shell.ask(|app| Ok(app.cancel_restore()))
}

#[tauri::command(async)]
pub(super) fn progress(shell: State<'_, Shell>) -> Result<Option<ProgressView>, Trouble> {
    Ok(shell.progress())
}

#[tauri::command(async)]
pub(super) fn check_record(shell: State<'_, Shell>) -> Result<CheckView, Trouble> {
    shell.ask(|app| app.check_record())
}

#[tauri::command(async)]
pub(super) fn check_head(shell: State<'_, Shell>, seq: String, hash: String) -> Result<HeadVerdict, Trouble> {
    shell.ask(|app| app.check_head(&seq, &hash))
}

#[tauri::command(async)]
pub(super) fn accept_anchor(shell: State<'_, Shell>, reason: String) -> Result<AppView, Trouble> {
    shell.ask(|app| app.accept_anchor(&reason))
}

#[tauri::command(async)]
pub(super) fn computers(shell: State<'_, Shell>) -> Result<Vec<Vec<Fact>>, Trouble> {
    shell.ask(|app| app.computers())
}

#[tauri::command(async)]
pub(super) fn register_computer(shell: State<'_, Shell>, form: RegisterComputer) -> Result<Vec<Vec<Fact>>, Trouble> {
    shell.ask(|app| app.register_computer(&form))
}

#[tauri::command(async)]
pub(super) fn time_authorities(shell: State<'_, Shell>) -> Result<TimeAuthoritiesView, Trouble> {
    shell.ask(|app| app.time_authorities())
}

#[tauri::command(async)]
pub(super) fn set_time_authorities(
    shell: State<'_, Shell>,
    form: SetTimeAuthorities,
) -> Result<TimeAuthoritiesView, Trouble> {
    shell.ask(|app| app.set_time_authorities(&form))
}

#[tauri::command(async)]
pub(super) fn time_server(shell: State<'_, Shell>) -> Result<TimeServerView, Trouble> {
    shell.ask(|app| app.time_server())
}

#[tauri::command(async)]
pub(super) fn set_time_server(shell: State<'_, Shell>, form: SetTimeServer) -> Result<TimeServerView, Trouble> {
    shell.ask(|app| app.set_time_server(&form))
}

#[tauri::command(async)]
pub(super) fn support(shell: State<'_, Shell>) -> Result<SupportView, Trouble> {
    shell.ask(|app| app.support())
}

#[tauri::command(async)]
pub(super) fn set_support(shell: State<'_, Shell>, form: SetSupport) -> Result<SupportView, Trouble> {
    shell.ask(|app| app.set_support(&form))
}
