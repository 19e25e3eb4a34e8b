//! What belongs together stands on one page, however much stands before it.

use super::made::{self, FONTS, OnDisk};
use super::stress::stays_inside;
use crate::form::model::Cell;
use crate::form::{Drawn, record, referral};

/// The words of each page.
fn pages(name: &str, drawn: &Drawn) -> Vec<String> {
    let text = OnDisk::new(name, drawn).ask("pdftotext", &["-layout"], &["-"]);
    text.split('\u{c}').map(ToOwned::to_owned).collect()
}

fn page_with(pages: &[String], words: &str) -> usize {
    pages.iter().position(|page| page.contains(words)).unwrap_or_else(|| panic!("no page says “{words}”"))
}

#[test]
fn a_closing_note_stands_under_its_last_row_and_annex_f_stands_whole() {
    let worked = made::record();
    for more in 0..9 {
        let mut model = worked.clone();
        let (file, step) = (model.exhibits[0].files[0].clone(), model.isolation[0].clone());
        model.exhibits[0].files.extend(vec![file; 2 * more]);
        model.isolation.extend(vec![step; more]);
        model.keep_until = Cell::Said("Placeholder for the rule that says how long. ".repeat(6));
        let drawn = record::lay_out(&model, &FONTS).unwrap();
        let pages = pages(&format!("together-{more}"), &drawn);
        for page in pages.iter().filter(|page| page.contains("ends here")) {
            let before: Vec<&str> = page.split("ends here").next().unwrap().lines().collect();
            // Marking, school, and the head of the table stand above a row.
            let said = before.iter().filter(|line| !line.trim().is_empty()).count();
            assert!(said > 4, "{more} more: a note begins the page: {before:?}");
        }
        let annex = page_with(&pages, "Signed last");
        assert_eq!(annex, page_with(&pages, "Keep until"), "{more} more");
        assert_eq!(annex, page_with(&pages, "Signed off by"), "{more} more");
    }
}

#[test]
fn the_boxes_of_the_hand_over_stand_under_the_police() {
    let worked = made::referral();
    let mut moved = 0;
    for more in 0..14 {
        let mut model = worked.clone();
        let act = model.done[0].clone();
        model.done.extend(vec![act; more]);
        let drawn = referral::lay_out(&model, &FONTS).unwrap();
        stays_inside(&format!("hand-over-{more}"), &drawn);
        let pages = pages(&format!("hand-over-{more}"), &drawn);
        moved += page_with(&pages, "Items taken away");
        assert_eq!(page_with(&pages, "Items taken away"), page_with(&pages, "Handed over by"), "{more} more");
        assert_eq!(drawn.pages(), 2, "{more} more: the fields, then the sealed list with the signature");
    }
    assert!((1..14).contains(&moved), "some fit on the first page and some do not: {moved}");
}
