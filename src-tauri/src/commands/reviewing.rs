//! Commands about pictures that are not of a page: files that somebody gave, and what is drawn over a picture.

use tauri::{State, ipc};
use trail_app::wire::forms::MarkForm;
use trail_app::wire::{Answer, Trouble};

use crate::screen::Shell;

#[tauri::command(async)]
pub(crate) fn import_file(shell: State<'_, Shell>, request: ipc::Request<'_>) -> Result<Answer, Trouble> {
    shell.import(&request)
}

#[tauri::command(async)]
pub(crate) fn mark_picture(shell: State<'_, Shell>, case: String, form: MarkForm) -> Result<Answer, Trouble> {
    shell.ask(|app| app.mark_picture(&case, &form))
}
