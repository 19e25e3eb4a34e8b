//! Papers in words that leave the store: the logs, the case summary, the draft of a statement.

use trail_app::wire::forms::ReportForm;
use trail_app::wire::report::LogForm;
use trail_domain::ids::Hash;

use super::school::{PASS, School, report};

fn form(log: &str) -> LogForm {
    LogForm { log: log.to_owned(), period: String::new(), from: String::new(), to: String::new() }
}

fn days(log: &str, from: &str, to: &str) -> LogForm {
    LogForm { log: log.to_owned(), period: "days".to_owned(), from: from.to_owned(), to: to.to_owned() }
}

fn saved(school: &mut School, form: &LogForm, csv: bool) -> Vec<u8> {
    let jo = school.id(0);
    while school.app.log_over(form).unwrap().rows.is_none() {}
    std::fs::read(school.app.save_log(form, csv, &jo, PASS).unwrap().path).unwrap()
}

#[test]
fn a_log_has_a_row_for_each_case_of_its_days_and_opens_in_excel() {
    let mut school = School::new();
    school.sign_in(0);
    school.open_case_of("messaging");
    school.open_case_of("messaging");
    assert_eq!(school.app.log_over(&form("incident")).unwrap().rows, Some(2));
    let table = saved(&mut school, &form("incident"), true);
    assert!(table.starts_with(b"\xef\xbb\xbf"), "the mark by which Excel knows UTF-8");
    let table = String::from_utf8(table).unwrap();
    let head = "\"Case\",\"Date and time\",\"Name\",\"Male or female\",\"Room, and serial number of the device\",";
    assert!(table.contains(head), "{table}");
    assert!(table.contains("Not recorded, because the report does not ask for it"), "{table}");
    assert_eq!(table.matches("\r\n").count(), 3, "a heading and two rows: {table}");
    let reporting = String::from_utf8(saved(&mut school, &form("reporting"), true)).unwrap();
    assert!(reporting.contains("\"Action: by whom\",\"Reported by\",\"Signature\"\r\n"), "{reporting}");
    for log in ["incident", "reporting"] {
        assert!(saved(&mut school, &form(log), false).starts_with(b"%PDF-"));
    }
    let none = saved(&mut school, &days("incident", "2019-01-01", "2019-12-31"), true);
    assert_eq!(String::from_utf8(none).unwrap().matches("\r\n").count(), 1, "the heading alone");
}

#[test]
fn every_file_of_a_log_has_an_entry_with_its_hash() {
    let mut school = School::new();
    school.sign_in(0);
    school.open_case_of("messaging");
    for (log, csv) in [("incident", true), ("incident", false), ("reporting", true), ("reporting", false)] {
        let bytes = saved(&mut school, &form(log), csv);
        let newest = school.app.log_over(&form(log)).unwrap().saved.remove(0);
        assert!(
            newest.label.starts_with(log) && newest.label.ends_with(if csv { ".csv" } else { ".pdf" }),
            "{newest:?}"
        );
        let said = newest.value.replace(' ', "").to_lowercase();
        assert!(said.contains(&Hash::of(&bytes).to_string()) && said.contains("jostirling"), "{newest:?}");
    }
    let told = school.app.store_timeline().unwrap();
    assert_eq!(told.iter().filter(|row| row.kind == "paper-saved").count(), 4);
}

#[test]
fn a_log_that_cannot_be_written_has_its_entry_all_the_same() {
    let mut school = School::new();
    school.sign_in(0);
    let jo = school.id(0);
    std::fs::write(school.dir.path().join("outgoing"), "in the way").unwrap();
    assert!(school.app.save_log(&form("incident"), true, &jo, PASS).is_err());
    let told = school.app.store_timeline().unwrap();
    assert_eq!(
        told.iter().filter(|row| row.kind == "paper-saved").count(),
        1,
        "better one too many than a file unknown"
    );
}

#[test]
fn days_that_are_none_and_a_log_that_is_none_are_refused() {
    let mut school = School::new();
    school.sign_in(0);
    let jo = school.id(0);
    for wrong in [
        days("incident", "2026-02-30", "2026-03-01"),
        days("incident", "2026-03-02", "2026-03-01"),
        days("incident", "", ""),
    ] {
        assert_eq!(school.app.save_log(&wrong, true, &jo, PASS).unwrap_err().code(), "log-days");
    }
    assert_eq!(school.app.log_over(&form("diary")).unwrap_err().code(), "choice-unknown");
    let mut other = form("incident");
    other.period = "2019-autumn".to_owned();
    assert_eq!(school.app.log_over(&other).unwrap_err().code(), "choice-unknown");
    assert_eq!(school.app.save_log(&form("incident"), true, &jo, "wrong").unwrap_err().code(), "wrong-passphrase");
    assert!(!school.dir.path().join("outgoing").exists(), "nothing was written");
}

#[test]
fn a_case_about_somebody_is_in_no_log_that_they_save() {
    let mut school = School::new();
    school.sign_in(0);
    school.open_case_of("messaging");
    school.open_case(Some(1));
    assert_eq!(school.app.log_over(&form("incident")).unwrap().rows, Some(2));
    school.app.lock();
    school.sign_in(1);
    let theirs = school.app.log_over(&form("incident")).unwrap();
    assert_eq!((theirs.rows, theirs.read), (Some(1), (1, 1)));
    let priya = school.id(1);
    let table = school.app.save_log(&form("incident"), true, &priya, PASS).unwrap();
    let table = std::fs::read_to_string(table.path).unwrap();
    assert_eq!(table.matches("\r\n").count(), 2, "{table}");
    let saved = school.app.log_over(&form("incident")).unwrap().saved;
    assert!(
        saved.len() == 1 && saved[0].label.ends_with(".csv") && saved[0].value.contains("Priya Anand"),
        "{saved:?}"
    );
}

#[test]
fn a_summary_and_a_draft_leave_the_store_with_a_passphrase_and_the_ledger_says_so() {
    let mut school = School::new();
    school.sign_in(0);
    let (jo, case) = (school.id(0), school.open_case_of("messaging"));
    assert!(school.app.save_summary(&case, &jo, "wrong").is_err());
    assert!(!school.dir.path().join("outgoing").exists());
    let summary = school.app.save_summary(&case, &jo, PASS).unwrap();
    assert!(summary.path.ends_with("-case-summary.pdf") && summary.text_path.ends_with("-case-summary.txt"));
    assert!(std::fs::read(&summary.path).unwrap().starts_with(b"%PDF-"));
    let text = std::fs::read_to_string(&summary.text_path).unwrap();
    assert_eq!(text, format!("\u{feff}{}\r\n", summary.text));
    for words in ["What was reported:", "Nobody outside the school is recorded as told", "No exhibit is kept"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let draft = school.app.save_statement(&case, &jo, PASS).unwrap();
    assert!(draft.path.ends_with("-statement-draft-JS.pdf"), "{}", draft.path);
    let told = school.app.timeline(&case).unwrap();
    assert_eq!(told.iter().filter(|row| row.kind == "copy-saved").count(), 3, "each file of its own");
}

#[test]
fn a_summary_gives_no_address_of_any_case() {
    let mut school = School::new();
    school.sign_in(0);
    let report = ReportForm { what: "Seen on https://board.example/topic.".to_owned(), ..report() };
    let (jo, case) = (school.id(0), school.open_with(&report));
    let text = school.app.save_summary(&case, &jo, PASS).unwrap().text;
    assert!(text.contains("Seen on [address withheld") && !text.contains("board"), "{text}");
}

#[test]
fn nobody_has_a_draft_of_what_they_did_not_sign() {
    let mut school = School::new();
    school.sign_in(0);
    let case = school.open_case_of("messaging");
    school.app.lock();
    school.sign_in(1);
    let (jo, priya) = (school.id(0), school.id(1));
    assert!(format!("{:?}", school.app.save_statement(&case, &priya, PASS).unwrap_err()).contains("nothing-to-state"));
    let refused = school.app.save_statement(&case, &jo, PASS).unwrap_err();
    assert!(format!("{refused:?}").contains("not-signed-in"), "{refused:?}");
}

#[test]
fn under_halt_no_paper_leaves_the_store() {
    let mut school = School::new();
    school.sign_in(0);
    let (jo, case) = (school.id(0), school.open_case_of("messaging"));
    school.app.halt_by(Some(&case), &jo).unwrap();
    assert_eq!(school.app.save_log(&form("incident"), true, &jo, PASS).unwrap_err().code(), "frozen");
    assert_eq!(school.app.save_report("2026-autumn", true, &jo, PASS).unwrap_err().code(), "frozen");
    let told = school.app.store_timeline().unwrap();
    assert!(told.iter().all(|row| row.kind != "paper-saved"), "what did not leave has no entry");
    let refused = school.app.save_summary(&case, &jo, PASS).unwrap_err();
    assert!(format!("{refused:?}").contains("frozen"), "{refused:?}");
    let refused = school.app.save_statement(&case, &jo, PASS).unwrap_err();
    assert!(format!("{refused:?}").contains("frozen"), "{refused:?}");
    assert!(!school.dir.path().join("outgoing").exists(), "nothing was written");
}
