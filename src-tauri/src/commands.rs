//! The commands: each is one call. The list of their names is `commands.txt`; a test compares the two.

use tauri::{State, Wry, ipc};
use trail_app::wire::forms::SetUp;
use trail_app::wire::{AppView, SetUpDone, Strength, Trouble};

use crate::screen::Shell;

mod casework;
mod documents;
mod keeping;
mod policy;
mod reviewing;

/// What tauri calls for each command.
pub(crate) fn handler() -> impl Fn(ipc::Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        app_view,
        set_up,
        documents::save_recovery_kit,
        begin_practice,
        leave_practice,
        sign_in,
        sign_out,
        lock,
        passphrase_strength,
        casework::report_choices,
        casework::cases,
        casework::incident_log,
        casework::open_case,
        casework::case_view,
        casework::act,
        casework::open_session,
        casework::end_session,
        casework::confirm_observer,
        reviewing::browse,
        reviewing::review,
        reviewing::capture,
        reviewing::record_words,
        reviewing::import_file,
        reviewing::screens,
        reviewing::capture_screen,
        reviewing::mark_picture,
        reviewing::verify_exhibit,
        casework::seal_view,
        casework::halt,
        documents::make_form,
        documents::sign_form,
        documents::return_form,
        documents::make_referral,
        documents::document,
        documents::save_document,
        documents::hand_overs,
        documents::hand_over,
        documents::verify,
        documents::verify_file,
        casework::timeline,
        keeping::check_ledger,
        casework::put_draft,
        casework::get_draft,
        keeping::people,
        keeping::add_person,
        keeping::renew_person,
        keeping::remove_person,
        keeping::change_passphrase,
        documents::save_enrolment_card,
        keeping::places,
        keeping::backups,
        keeping::make_backup,
        keeping::backup_gone,
        keeping::look_at_backup,
        keeping::restore,
        keeping::cancel_restore,
        keeping::progress,
        keeping::check_record,
        keeping::check_head,
        keeping::accept_anchor,
        casework::destroy,
        documents::term_report,
        documents::save_report,
        documents::log_over,
        documents::save_log,
        documents::save_summary,
        documents::save_statement,
        keeping::computers,
        keeping::register_computer,
        keeping::time_authorities,
        keeping::set_time_authorities,
        keeping::time_server,
        keeping::set_time_server,
        keeping::support,
        keeping::set_support,
        policy::policy,
        policy::policy_text,
        policy::check_policy,
        policy::adopt_policy,
        policy::open_policy_file,
        policy::save_policy_file,
    ]
}

#[tauri::command(async)]
fn app_view(shell: State<'_, Shell>) -> Result<AppView, Trouble> {
    shell.ask(|app| Ok(app.view()))
}

#[tauri::command(async)]
fn set_up(shell: State<'_, Shell>, form: SetUp) -> Result<SetUpDone, Trouble> {
    shell.ask(|app| app.set_up(&form))
}

#[tauri::command(async)]
fn begin_practice(shell: State<'_, Shell>) -> Result<AppView, Trouble> {
    shell.ask(|app| app.begin_practice())
}

#[tauri::command(async)]
fn leave_practice(shell: State<'_, Shell>) -> Result<AppView, Trouble> {
    shell.ask(|app| Ok(app.leave_practice()))
}

#[tauri::command(async)]
fn sign_in(shell: State<'_, Shell>, person: String, passphrase: String) -> Result<AppView, Trouble> {
    shell.ask(|app| app.sign_in(&person, &passphrase))
}

#[tauri::command(async)]
fn sign_out(shell: State<'_, Shell>, person: String) -> Result<AppView, Trouble> {
    shell.ask(|app| app.sign_out(&person))
}

#[tauri::command(async)]
fn lock(shell: State<'_, Shell>) -> Result<AppView, Trouble> {
    shell.ask(|app| Ok(app.lock()))
}

#[tauri::command(async)]
fn passphrase_strength(shell: State<'_, Shell>, passphrase: String, inputs: Vec<String>) -> Result<Strength, Trouble> {
    shell.ask(|app| Ok(app.passphrase_strength(&passphrase, &inputs)))
}
