//! The termly report: what is counted for whom, and what leaves the store.

use trail_app::wire::report::{CountChart, TermReport};
use trail_domain::ids::Hash;

use super::school::{PASS, School};

fn report(school: &School) -> TermReport {
    school.app.term_report(None).unwrap().report.unwrap()
}

fn chart<'a>(report: &'a TermReport, id: &str) -> &'a CountChart {
    report.charts.iter().chain([&report.six]).find(|chart| chart.id == id).unwrap()
}

fn printed(report: &TermReport, id: &str, label: &str) -> String {
    let row = chart(report, id).rows.iter().find(|row| row.label == label);
    row.unwrap_or_else(|| panic!("no row {label}")).printed.clone()
}

fn cases(school: &mut School, category: &str, count: usize) {
    for _ in 0..count {
        school.open_case_of(category);
    }
}

#[test]
fn small_counts_are_not_printed_and_totals_are_rounded_for_them() {
    let mut school = School::new();
    school.sign_in(0);
    cases(&mut school, "messaging", 12);
    let all = report(&school);
    assert_eq!(all.figures[0].figure, "12");
    assert_eq!(chart(&all, "kind").rows[0].printed, "12");
    assert_eq!(printed(&all, "route", "Not decided yet"), "12");
    assert_eq!(printed(&all, "outcome", "Still open"), "12");
    assert_eq!(printed(&all, "kind", "Every other kind"), "none");
    assert_eq!(all.figures[1].figure, "none", "nothing is closed");
    cases(&mut school, "bypassing-filters", 2);
    let all = report(&school);
    assert_eq!(all.figures[0].figure, "about 15");
    let kinds: Vec<_> = chart(&all, "kind").rows.iter().map(|row| row.printed.as_str()).collect();
    assert!(kinds.contains(&"fewer than 5") && kinds.contains(&"not shown"), "{kinds:?}");
    assert!(!kinds.contains(&"12"), "2 is what is left of 14");
    assert_eq!(printed(&all, "route", "Not decided yet"), "14", "four numbers fit the small count yet");
    assert_eq!(all.six.rows.last().unwrap().printed, "15");
}

#[test]
fn a_case_about_somebody_is_in_no_count_that_they_can_see() {
    let mut school = School::new();
    school.sign_in(0);
    cases(&mut school, "messaging", 6);
    school.open_case(Some(1));
    assert_eq!(report(&school).figures[0].figure, "about 5");
    school.app.lock();
    school.sign_in(1);
    let theirs = report(&school);
    assert_eq!(theirs.figures[0].figure, "6");
    assert_eq!(chart(&theirs, "kind").rows[0].printed, "6");
    assert_eq!(school.app.term_report(None).unwrap().read, (6, 6));
}

#[test]
fn a_report_leaves_the_store_with_a_passphrase_only() {
    let mut school = School::new();
    school.sign_in(0);
    cases(&mut school, "messaging", 6);
    let (term, jo) = (school.app.term_report(None).unwrap().chosen, school.id(0));
    assert_eq!(term, "2026-autumn");
    let outgoing = school.dir.path().join("outgoing");
    assert_eq!(school.app.save_report(&term, false, &jo, "wrong").unwrap_err().code(), "wrong-passphrase");
    assert_eq!(school.app.save_report("2019-autumn", false, &jo, PASS).unwrap_err().code(), "choice-unknown");
    assert!(!outgoing.exists());
    let pdf = school.app.save_report(&term, false, &jo, PASS).unwrap();
    assert!(std::fs::read(&pdf.path).unwrap().starts_with(b"%PDF-"));
    let csv = std::fs::read_to_string(school.app.save_report(&term, true, &jo, PASS).unwrap().path).unwrap();
    assert!(csv.contains("\"Figures\",\"cases opened\",\"6\"\r\n"), "{csv}");
    assert!(!csv.contains("Pupil A") && !csv.contains("Jo Stirling"), "it names nobody");
    assert_eq!(std::fs::read_dir(outgoing).unwrap().count(), 2);
    // Each has an entry of the store's own ledger, which says what was saved and whither.
    let told = school.app.store_timeline().unwrap();
    assert_eq!(told.iter().filter(|row| row.kind == "paper-saved" && row.who == "Jo Stirling").count(), 2);
    let before = school.app.term_report(None).unwrap().saved;
    let names: Vec<&str> = before.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(names, ["termly-report-2026-autumn.csv", "termly-report-2026-autumn.pdf"], "the newest first");
    let sum = Hash::of(csv.as_bytes()).to_string();
    let said = before[0].value.replace(' ', "").to_lowercase();
    assert!(said.contains(&sum) && said.contains("outgoing") && said.contains("jostirling"), "{said}");
}
