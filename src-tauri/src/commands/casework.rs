//! A case: its list, its record, its review and HALT.

use tauri::State;
use trail_app::wire::case::{CaseList, CaseView, LogView, TimelineRow};
use trail_app::wire::forms::{Browse, CaptureForm, ReportForm, SessionForm, WordsExhibit};
use trail_app::wire::{Answer, ReportChoices, Trouble, act, review};

use crate::screen::Shell;

#[tauri::command(async)]
pub(super) fn report_choices(shell: State<'_, Shell>, about: Option<String>) -> Result<ReportChoices, Trouble> {
    shell.ask(|app| app.report_choices(about.as_deref()))
}

#[tauri::command(async)]
pub(super) fn cases(shell: State<'_, Shell>, from: Option<u32>, find: Option<String>) -> Result<CaseList, Trouble> {
    shell.ask(|app| app.cases(from, find.as_deref()))
}

#[tauri::command(async)]
pub(super) fn incident_log(shell: State<'_, Shell>, from: Option<u32>) -> Result<LogView, Trouble> {
    shell.ask(|app| app.incident_log(from))
}

#[tauri::command(async)]
pub(super) fn open_case(shell: State<'_, Shell>, form: ReportForm) -> Result<Answer, Trouble> {
    shell.ask(|app| app.open_case(&form))
}

#[tauri::command(async)]
pub(super) fn case_view(shell: State<'_, Shell>, case: String) -> Result<CaseView, Trouble> {
    shell.ask(|app| app.case_view(&case))
}

#[tauri::command(async)]
pub(super) fn act(shell: State<'_, Shell>, case: String, act: act::Act) -> Result<Answer, Trouble> {
    shell.ask(|app| app.act(&case, act))
}

#[tauri::command(async)]
pub(super) fn open_session(shell: State<'_, Shell>, case: String, form: SessionForm) -> Result<Answer, Trouble> {
    shell.ask(|app| app.open_session(&case, &form))
}

#[tauri::command(async)]
pub(super) fn end_session(shell: State<'_, Shell>, case: String) -> Result<Answer, Trouble> {
    shell.ask(|app| app.end_session(&case))
}

#[tauri::command(async)]
pub(super) fn confirm_observer(shell: State<'_, Shell>, case: String, pin: String) -> Result<Answer, Trouble> {
    shell.ask(|app| app.confirm_observer(&case, &pin))
}

#[tauri::command(async)]
pub(super) fn browse(shell: State<'_, Shell>, case: String, go: Browse) -> Result<review::ReviewView, Trouble> {
    shell.ask(|app| app.browse(&case, go))
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
pub(super) fn seal_view(
    shell: State<'_, Shell>,
    case: String,
    person: String,
    passphrase: String,
    substance: bool,
    reasons: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.seal_view(&case, &person, &passphrase, substance, &reasons))
}

#[tauri::command(async)]
pub(super) fn halt(shell: State<'_, Shell>, case: Option<String>) -> Result<Option<Answer>, Trouble> {
    shell.halt(case.as_deref())
}

#[tauri::command(async)]
pub(super) fn timeline(shell: State<'_, Shell>, case: String) -> Result<Vec<TimelineRow>, Trouble> {
    shell.ask(|app| app.timeline(&case))
}

#[tauri::command(async)]
pub(super) fn put_draft(
    shell: State<'_, Shell>,
    key: String,
    text: String,
    person: Option<String>,
) -> Result<(), Trouble> {
    shell.ask(|app| app.put_draft(&key, &text, person.as_deref()))
}

#[tauri::command(async)]
pub(super) fn get_draft(
    shell: State<'_, Shell>,
    key: String,
    person: Option<String>,
) -> Result<Option<String>, Trouble> {
    shell.ask(|app| app.get_draft(&key, person.as_deref()))
}

#[tauri::command(async)]
pub(super) fn destroy(
    shell: State<'_, Shell>,
    case: String,
    asked: String,
    person: String,
    passphrase: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.destroy(&case, &asked, &person, &passphrase))
}
