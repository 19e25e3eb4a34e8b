//! The commands of the review workspace: each is one call.

use tauri::{State, ipc};
use trail_app::wire::forms::{Browse, CaptureForm, MarkForm, WordsExhibit};
use trail_app::wire::{Answer, Trouble, review};

use crate::screen::Shell;

#[tauri::command(async)]
pub(super) fn browse(shell: State<'_, Shell>, case: String, go: Browse) -> Result<review::ReviewView, Trouble> {
    shell.fetch(|app| app.browse(&case, go))
}

#[tauri::command(async)]
pub(super) fn review(shell: State<'_, Shell>, case: String) -> Result<review::ReviewView, Trouble> {
    shell.ask(|app| app.review(&case))
}

#[tauri::command(async)]
pub(super) fn capture(shell: State<'_, Shell>, case: String, form: CaptureForm) -> Result<Answer, Trouble> {
    shell.ask(|app| app.capture(&case, &form))
}

#[tauri::command(async)]
pub(super) fn record_words(shell: State<'_, Shell>, case: String, form: WordsExhibit) -> Result<Answer, Trouble> {
    shell.ask(|app| app.record_words(&case, &form))
}

#[tauri::command(async)]
pub(super) fn import_file(shell: State<'_, Shell>, request: ipc::Request<'_>) -> Result<Answer, Trouble> {
    shell.import(&request)
}

#[tauri::command(async)]
pub(super) fn mark_picture(shell: State<'_, Shell>, case: String, form: MarkForm) -> Result<Answer, Trouble> {
    shell.ask(|app| app.mark_picture(&case, &form))
}

#[tauri::command(async)]
pub(super) fn verify_exhibit(
    shell: State<'_, Shell>,
    case: String,
    mark: String,
) -> Result<review::ExhibitCheck, Trouble> {
    shell.fetch(|app| app.verify_exhibit(&case, &mark))
}
