//! The commands: each is one call. The list of their names is `commands.txt`; a test compares the two. Those of the
//! review workspace stand in a file of their own.

use tauri::{State, Wry, ipc};
use trail_app::wire::case::{CaseList, CaseView, LogView, TimelineRow};
use trail_app::wire::forms::{ReportForm, SessionForm, SetUp};
use trail_app::wire::policy::{AdoptPolicy, PolicyCheck, PolicyText, PolicyView};
use trail_app::wire::store::{
    AddPerson, BackupsView, CheckView, HeadVerdict, MakeBackup, PeopleView, Place, ProgressView, RenewPerson, Restore,
    RestoreView,
};
use trail_app::wire::{Answer, AppView, LedgerLine, ReportChoices, Saved, SetUpDone, Strength, Trouble, act};

use crate::screen::Shell;

mod reviewing;

/// What tauri calls for each command.
pub(crate) fn handler() -> impl Fn(ipc::Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        app_view,
        set_up,
        save_recovery_kit,
        begin_practice,
        leave_practice,
        sign_in,
        sign_out,
        lock,
        passphrase_strength,
        report_choices,
        cases,
        incident_log,
        open_case,
        case_view,
        act,
        open_session,
        end_session,
        confirm_observer,
        reviewing::browse,
        reviewing::review,
        reviewing::capture,
        reviewing::record_words,
        reviewing::import_file,
        reviewing::mark_picture,
        seal_view,
        halt,
        make_form,
        sign_form,
        return_form,
        make_referral,
        document,
        save_document,
        timeline,
        check_ledger,
        put_draft,
        get_draft,
        people,
        add_person,
        renew_person,
        remove_person,
        change_passphrase,
        save_enrolment_card,
        places,
        backups,
        make_backup,
        backup_gone,
        look_at_backup,
        restore,
        cancel_restore,
        progress,
        check_record,
        check_head,
        accept_anchor,
        destroy,
        policy,
        policy_text,
        check_policy,
        adopt_policy,
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
fn save_recovery_kit(shell: State<'_, Shell>) -> Result<Saved, Trouble> {
    shell.ask(|app| app.save_recovery_kit())
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

#[tauri::command(async)]
fn report_choices(shell: State<'_, Shell>, about: Option<String>) -> Result<ReportChoices, Trouble> {
    shell.ask(|app| app.report_choices(about.as_deref()))
}

#[tauri::command(async)]
fn cases(shell: State<'_, Shell>, from: Option<u32>, find: Option<String>) -> Result<CaseList, Trouble> {
    shell.ask(|app| app.cases(from, find.as_deref()))
}

#[tauri::command(async)]
fn incident_log(shell: State<'_, Shell>, from: Option<u32>) -> Result<LogView, Trouble> {
    shell.ask(|app| app.incident_log(from))
}

#[tauri::command(async)]
fn open_case(shell: State<'_, Shell>, form: ReportForm) -> Result<Answer, Trouble> {
    shell.ask(|app| app.open_case(&form))
}

#[tauri::command(async)]
fn case_view(shell: State<'_, Shell>, case: String) -> Result<CaseView, Trouble> {
    shell.ask(|app| app.case_view(&case))
}

#[tauri::command(async)]
fn act(shell: State<'_, Shell>, case: String, act: act::Act) -> Result<Answer, Trouble> {
    shell.ask(|app| app.act(&case, act))
}

#[tauri::command(async)]
fn open_session(shell: State<'_, Shell>, case: String, form: SessionForm) -> Result<Answer, Trouble> {
    shell.ask(|app| app.open_session(&case, &form))
}

#[tauri::command(async)]
fn end_session(shell: State<'_, Shell>, case: String) -> Result<Answer, Trouble> {
    shell.ask(|app| app.end_session(&case))
}

#[tauri::command(async)]
fn confirm_observer(shell: State<'_, Shell>, case: String, pin: String) -> Result<Answer, Trouble> {
    shell.ask(|app| app.confirm_observer(&case, &pin))
}

#[tauri::command(async)]
fn seal_view(
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
fn halt(shell: State<'_, Shell>, case: Option<String>) -> Result<Option<Answer>, Trouble> {
    shell.halt(case.as_deref())
}

#[tauri::command(async)]
fn make_form(shell: State<'_, Shell>, case: String, person: String, passphrase: String) -> Result<Answer, Trouble> {
    shell.ask(|app| app.make_form(&case, &person, &passphrase))
}

#[tauri::command(async)]
fn sign_form(
    shell: State<'_, Shell>,
    case: String,
    field: String,
    person: String,
    passphrase: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.sign_form(&case, &field, &person, &passphrase))
}

#[tauri::command(async)]
fn return_form(
    shell: State<'_, Shell>,
    case: String,
    person: String,
    passphrase: String,
    reasons: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.return_form(&case, &person, &passphrase, &reasons))
}

#[tauri::command(async)]
fn make_referral(shell: State<'_, Shell>, case: String, person: String, passphrase: String) -> Result<Answer, Trouble> {
    shell.ask(|app| app.make_referral(&case, &person, &passphrase))
}

#[tauri::command(async)]
fn document(shell: State<'_, Shell>, case: String, sha256: String) -> Result<ipc::Response, Trouble> {
    shell.fetch(|app| app.document(&case, &sha256)).map(|bytes| ipc::Response::new(bytes.to_vec()))
}

#[tauri::command(async)]
fn save_document(
    shell: State<'_, Shell>,
    case: String,
    sha256: String,
    person: String,
    passphrase: String,
) -> Result<Saved, Trouble> {
    shell.fetch(|app| app.save_document(&case, &sha256, &person, &passphrase))
}

#[tauri::command(async)]
fn timeline(shell: State<'_, Shell>, case: String) -> Result<Vec<TimelineRow>, Trouble> {
    shell.ask(|app| app.timeline(&case))
}

#[tauri::command(async)]
fn check_ledger(shell: State<'_, Shell>) -> Result<LedgerLine, Trouble> {
    shell.ask(|app| app.check_ledger())
}

#[tauri::command(async)]
fn put_draft(shell: State<'_, Shell>, key: String, text: String, person: Option<String>) -> Result<(), Trouble> {
    shell.ask(|app| app.put_draft(&key, &text, person.as_deref()))
}

#[tauri::command(async)]
fn get_draft(shell: State<'_, Shell>, key: String, person: Option<String>) -> Result<Option<String>, Trouble> {
    shell.ask(|app| app.get_draft(&key, person.as_deref()))
}

#[tauri::command(async)]
fn people(shell: State<'_, Shell>) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.people())
}

#[tauri::command(async)]
fn add_person(shell: State<'_, Shell>, form: AddPerson) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.add_person(&form))
}

#[tauri::command(async)]
fn renew_person(shell: State<'_, Shell>, form: RenewPerson) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.renew_person(&form))
}

#[tauri::command(async)]
fn remove_person(
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
fn change_passphrase(
    shell: State<'_, Shell>,
    person: String,
    old: String,
    passphrase: String,
    again: String,
) -> Result<PeopleView, Trouble> {
    shell.ask(|app| app.change_passphrase(&person, &old, &passphrase, &again))
}

#[tauri::command(async)]
fn save_enrolment_card(shell: State<'_, Shell>, person: String) -> Result<Saved, Trouble> {
    shell.ask(|app| app.save_enrolment_card(&person))
}

#[tauri::command(async)]
fn places(shell: State<'_, Shell>) -> Result<Vec<Place>, Trouble> {
    shell.ask(|app| app.places())
}

#[tauri::command(async)]
fn backups(shell: State<'_, Shell>) -> Result<BackupsView, Trouble> {
    shell.ask(|app| app.backups())
}

#[tauri::command(async)]
fn make_backup(shell: State<'_, Shell>, form: MakeBackup) -> Result<BackupsView, Trouble> {
    shell.ask(|app| app.make_backup(&form))
}

#[tauri::command(async)]
fn backup_gone(shell: State<'_, Shell>, serial: u32, how: String) -> Result<BackupsView, Trouble> {
    shell.ask(|app| app.backup_gone(serial, &how))
}

#[tauri::command(async)]
fn look_at_backup(shell: State<'_, Shell>, folder: String, codes: [String; 2]) -> Result<RestoreView, Trouble> {
    shell.ask(|app| app.look_at_backup(&folder, &codes))
}

#[tauri::command(async)]
fn restore(shell: State<'_, Shell>, form: Restore) -> Result<AppView, Trouble> {
    shell.ask(|app| app.restore(&form))
}

#[tauri::command(async)]
fn cancel_restore(shell: State<'_, Shell>) -> Result<AppView, Trouble> {
    shell.ask(|app| Ok(app.cancel_restore()))
}

#[tauri::command(async)]
fn progress(shell: State<'_, Shell>) -> Result<Option<ProgressView>, Trouble> {
    Ok(shell.progress())
}

#[tauri::command(async)]
fn check_record(shell: State<'_, Shell>) -> Result<CheckView, Trouble> {
    shell.ask(|app| app.check_record())
}

#[tauri::command(async)]
fn check_head(shell: State<'_, Shell>, seq: String, hash: String) -> Result<HeadVerdict, Trouble> {
    shell.ask(|app| app.check_head(&seq, &hash))
}

#[tauri::command(async)]
fn accept_anchor(shell: State<'_, Shell>, reason: String) -> Result<AppView, Trouble> {
    shell.ask(|app| app.accept_anchor(&reason))
}

#[tauri::command(async)]
fn destroy(
    shell: State<'_, Shell>,
    case: String,
    asked: String,
    person: String,
    passphrase: String,
) -> Result<Answer, Trouble> {
    shell.ask(|app| app.destroy(&case, &asked, &person, &passphrase))
}

#[tauri::command(async)]
fn policy(shell: State<'_, Shell>, case: Option<String>, ships: Option<String>) -> Result<PolicyView, Trouble> {
    shell.ask(|app| app.policy(case.as_deref(), ships.as_deref()))
}

#[tauri::command(async)]
fn policy_text(shell: State<'_, Shell>, id: String) -> Result<PolicyText, Trouble> {
    shell.ask(|app| app.policy_text(&id))
}

#[tauri::command(async)]
fn check_policy(shell: State<'_, Shell>, text: String) -> Result<PolicyCheck, Trouble> {
    shell.ask(|app| app.check_policy(&text))
}

#[tauri::command(async)]
fn adopt_policy(shell: State<'_, Shell>, form: AdoptPolicy) -> Result<PolicyView, Trouble> {
    shell.ask(|app| app.adopt_policy(&form))
}
