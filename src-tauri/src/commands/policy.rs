//! The school's policy: read, checked and adopted.

use tauri::State;
use trail_app::wire::Trouble;
use trail_app::wire::policy::{AdoptPolicy, PolicyCheck, PolicyText, PolicyView};

use crate::screen::Shell;

#[tauri::command(async)]
pub(super) fn policy(
    shell: State<'_, Shell>,
    case: Option<String>,
    ships: Option<String>,
) -> Result<PolicyView, Trouble> {
    shell.ask(|app| app.policy(case.as_deref(), ships.as_deref()))
}

#[tauri::command(async)]
pub(super) fn policy_text(shell: State<'_, Shell>, id: String) -> Result<PolicyText, Trouble> {
    shell.ask(|app| app.policy_text(&id))
}

#[tauri::command(async)]
pub(super) fn check_policy(shell: State<'_, Shell>, text: String) -> Result<PolicyCheck, Trouble> {
    shell.ask(|app| app.check_policy(&text))
}

#[tauri::command(async)]
pub(super) fn adopt_policy(shell: State<'_, Shell>, form: AdoptPolicy) -> Result<PolicyView, Trouble> {
    shell.ask(|app| app.adopt_policy(&form))
}
