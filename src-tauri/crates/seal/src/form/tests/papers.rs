//! What the case summary and the draft of a statement must say.

use super::made::{self, FONTS, OnDisk, STATEMENT, SUMMARY};
use super::stress::stays_inside;
use crate::form::{Drawn, FormError, statement, summary};

fn said(name: &str, drawn: &Drawn) -> String {
    let text = OnDisk::new(&format!("paper-{name}"), drawn).ask("pdftotext", &["-raw"], &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page(disk: &OnDisk, page: usize) -> String {
    let number = page.to_string();
    let text = disk.ask("pdftotext", &["-raw", "-f", &number, "-l", &number], &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_summary_is_one_page_whatever_the_case() {
    let worked = made::case_summary();
    assert_eq!(SUMMARY.pages(), 1);
    let text = said("summary", &SUMMARY);
    assert!(!text.contains("The rest stands in the case"), "nothing of the worked one is cut");
    for count in [1, 3, 12, 300, 4_000] {
        let mut model = worked.clone();
        for field in &mut model.fields {
            field.text = "Placeholder for content of concern, as it was told.\n".repeat(count);
        }
        model.heading.school.name = "Wilhelmina-Konstantinopolitanskaya".repeat(9);
        model.heading.school.address = "Long Lane ".repeat(60);
        model.heading.case_reference = "HB-2026-0014-LONG".to_owned();
        let drawn = summary::lay_out(&model, &FONTS).unwrap();
        assert_eq!(drawn.pages(), 1, "{count}");
        stays_inside(&format!("summary-{count}"), &drawn);
        let text = said("summary-long", &drawn);
        for field in &model.fields {
            assert!(text.contains(&field.label), "{} with {count}", field.label);
        }
        // Three lines in each of eleven fields may fit or not; what was cut says so.
        let cut = text.contains("The rest stands in the case");
        assert!(count == 3 || cut == (count > 3), "{count}");
    }
    let mut model = worked;
    model.fields.clear();
    assert!(matches!(summary::lay_out(&model, &FONTS), Err(FormError::Missing { .. })));
}

#[test]
fn a_summary_has_a_name_and_a_text_that_every_record_system_takes() {
    let mut model = made::case_summary();
    assert_eq!(model.file_stem(), "HB-2026-0014-case-summary");
    model.heading.case_reference = "../H B/2026\\0014: Ä".to_owned();
    let stem = model.file_stem();
    assert!(stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && stem.len() <= 60, "{stem}");
    let text = made::case_summary().text();
    for field in made::case_summary().fields {
        assert!(text.contains(&field.label), "{}", field.label);
        assert!(text.contains(&field.text.replace('\n', "\r\n")), "{}", field.text);
    }
    model.fields[3].text = "x".repeat(100_000);
    model.fields[4].text = String::new();
    let text = model.text();
    assert!(text.chars().count() < 20_000 && text.contains("the rest stands in the case"));
    assert!(text.contains("Not recorded, because nothing was written"));
    model.heading.practice = true;
    assert!(model.text().starts_with("PRACTICE – NOT EVIDENCE") && !model.text().contains("OFFICIAL"));
}

#[test]
fn every_page_of_a_statement_is_a_draft_and_only_the_last_asks_for_contact_details() {
    let disk = OnDisk::new("statement-pages", &STATEMENT);
    let last = STATEMENT.pages();
    assert!(last >= 3, "facts, own words, contact details");
    for number in 1..=last {
        let text = page(&disk, number);
        assert_eq!(text.matches("DRAFT –").count(), 2, "page {number}: {text}");
        for words in ["Home address", "Telephone", "E-mail", "Date and place of birth"] {
            assert_eq!(text.contains(words), number == last, "{words} on page {number}");
        }
    }
    let text = said("statement", &STATEMENT);
    for words in [
        "Criminal Procedure Rules, rule 16.2; Criminal Justice Act 1967, section 9",
        "true to the best of my knowledge and belief",
        "it would be an offence wilfully to have stated in it anything that I knew to be false or did not believe to be true",
        "Not signed. To be signed in ink by the witness.",
        "Nobody has made this statement yet.",
        "JS/1",
        "4,102",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let mut model = made::draft_statement();
    model.heading.practice = true;
    let text = said("statement-practice", &statement::lay_out(&model, &FONTS).unwrap());
    assert!(text.contains("DRAFT – PRACTICE – NOT EVIDENCE") && !text.contains("OFFICIAL"));
}

#[test]
fn a_statement_without_a_fact_or_a_name_is_refused_and_a_long_one_stays_inside() {
    let worked = made::draft_statement();
    let mut model = worked.clone();
    let (fact, exhibit) = (model.parts[0].facts[0].clone(), model.exhibits[0].clone());
    model.parts[0].facts.resize(120, fact);
    model.parts[0].facts[7].what = "Placeholder for content of concern. ".repeat(120);
    model.exhibits.resize(60, exhibit);
    model.name = "Wilhelmina-Konstantinopolitanskaya".repeat(6);
    let drawn = statement::lay_out(&model, &FONTS).unwrap();
    stays_inside("statement-long", &drawn);
    assert!(said("statement-long", &drawn).contains("120 facts; the list ends here."));
    model.exhibits.clear();
    let text = said("statement-none", &statement::lay_out(&model, &FONTS).unwrap());
    assert!(text.contains("this person produced no exhibit"));
    model.name = " ".to_owned();
    assert!(matches!(statement::lay_out(&model, &FONTS), Err(FormError::Missing { .. })));
    let mut model = worked;
    model.parts.iter_mut().for_each(|part| part.facts.clear());
    assert!(matches!(statement::lay_out(&model, &FONTS), Err(FormError::Missing { .. })));
}
