//! Documents: made, signed, read and saved.

use tauri::{State, ipc};
use trail_app::wire::handing::{HandOverForm, HandOversView, HandedOver};
use trail_app::wire::report::{LogForm, LogSpan, PaperSaved, ReportView};
use trail_app::wire::verifying::{VerifyForm, VerifyView};
use trail_app::wire::{Answer, Saved, SummarySaved, Trouble};

use crate::screen::Shell;

#[tauri::command(async)]
pub(super) fn save_recovery_kit(shell: State<'_, Shell>) -> Result<Saved, Trouble> {
    shell.ask(|app| app.save_recovery_kit())
}

#[tauri::command(async)]
pub(super) fn make_form(
    shell: State<'_, Shell>,
    case: String,
    person: String,
    passphrase: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.make_form(&case, &person, &passphrase))
}

#[tauri::command(async)]
pub(super) fn sign_form(
    shell: State<'_, Shell>,
    case: String,
    shown: String,
    field: String,
    person: String,
    passphrase: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.sign_form(&case, &shown, &field, &person, &passphrase))
}

#[tauri::command(async)]
pub(super) fn return_form(
    shell: State<'_, Shell>,
    case: String,
    person: String,
    passphrase: String,
    reasons: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.return_form(&case, &person, &passphrase, &reasons))
}

#[tauri::command(async)]
pub(super) fn make_referral(
    shell: State<'_, Shell>,
    case: String,
    person: String,
    passphrase: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.make_referral(&case, &person, &passphrase))
}

#[tauri::command(async)]
pub(super) fn document(shell: State<'_, Shell>, case: String, sha256: String) -> Result<ipc::Response, Trouble> {
    shell.fetch(|app| app.document(&case, &sha256)).map(|bytes| ipc::Response::new(bytes.to_vec()))
}

#[tauri::command(async)]
pub(super) fn save_document(
    shell: State<'_, Shell>,
    case: String,
    sha256: String,
    person: String,
    passphrase: String,
) -> Result<Saved, Trouble> {
    shell.fetch(|app| app.save_document(&case, &sha256, &person, &passphrase))
}

#[tauri::command(async)]
pub(super) fn hand_overs(shell: State<'_, Shell>, case: String) -> Result<HandOversView, Trouble> {
    shell.ask(|app| app.hand_overs(&case))
}

#[tauri::command(async)]
pub(super) fn hand_over(shell: State<'_, Shell>, case: String, form: HandOverForm) -> Result<HandedOver, Trouble> {
    shell.fetch(|app| app.hand_over(&case, &form))
}

#[tauri::command(async)]
pub(super) fn verify(shell: State<'_, Shell>, form: VerifyForm) -> Result<VerifyView, Trouble> {
    shell.ask(|app| app.verify(&form))
}

#[tauri::command(async)]
pub(super) fn verify_file(shell: State<'_, Shell>, request: ipc::Request<'_>) -> Result<VerifyView, Trouble> {
    shell.verify_file(&request)
}

#[tauri::command(async)]
pub(super) fn save_enrolment_card(shell: State<'_, Shell>, person: String) -> Result<Saved, Trouble> {
    shell.ask(|app| app.save_enrolment_card(&person))
}

#[tauri::command(async)]
pub(super) fn term_report(shell: State<'_, Shell>, term: Option<String>) -> Result<ReportView, Trouble> {
    shell.ask(|app| app.term_report(term.as_deref()))
}

#[tauri::command(async)]
pub(super) fn save_report(
    shell: State<'_, Shell>,
    term: String,
    csv: bool,
    person: String,
    passphrase: String,
) -> Result<PaperSaved, Trouble> {
    shell.ask(|app| app.save_report(&term, csv, &person, &passphrase))
}

#[tauri::command(async)]
pub(super) fn log_over(shell: State<'_, Shell>, form: LogForm) -> Result<LogSpan, Trouble> {
    shell.ask(|app| app.log_over(&form))
}

#[tauri::command(async)]
pub(super) fn save_log(
    shell: State<'_, Shell>,
    form: LogForm,
    csv: bool,
    person: String,
    passphrase: String,
) -> Result<PaperSaved, Trouble> {
    shell.ask(|app| app.save_log(&form, csv, &person, &passphrase))
}

#[tauri::command(async)]
pub(super) fn save_summary(
    shell: State<'_, Shell>,
    case: String,
    person: String,
    passphrase: String,
) -> Result<SummarySaved, Trouble> {
    shell.fetch(|app| app.save_summary(&case, &person, &passphrase))
}

#[tauri::command(async)]
pub(super) fn save_statement(
    shell: State<'_, Shell>,
    case: String,
    witness: String,
    passphrase: String,
) -> Result<Saved, Trouble> {
    shell.fetch(|app| app.save_statement(&case, &witness, &passphrase))
}
