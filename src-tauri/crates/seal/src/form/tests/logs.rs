//! What the incident log and the reporting log must say.

use super::made::{self, FONTS, INCIDENTS, OnDisk, REPORTING};
use super::stress::stays_inside;
use crate::form::log::{LogKind, lay_out};
use crate::form::{Drawn, FormError};

fn said(name: &str, drawn: &Drawn) -> String {
    let text = OnDisk::new(&format!("log-{name}"), drawn).ask("pdftotext", &["-raw"], &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_log_has_its_columns_in_their_order_and_every_cell() {
    for (model, drawn) in [(made::incident_log(), &*INCIDENTS), (made::reporting_log(), &*REPORTING)] {
        let text = said(model.kind.title(), drawn);
        let mut from = 0;
        for head in model.kind.columns() {
            from += text[from..].find(head).unwrap_or_else(|| panic!("{head} does not follow in {text}"));
        }
        for row in &model.rows {
            assert!(text.contains(&row.case), "{}", row.case);
        }
        let words: Vec<&str> =
            model.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| cell.split_whitespace()).collect();
        let squeezed: String = text.split_whitespace().collect();
        for word in words {
            assert!(squeezed.contains(word), "{word} in {text}");
        }
        let again = lay_out(&model, &FONTS).unwrap();
        assert_eq!(again.sha256(), drawn.sha256(), "the same model gives the same bytes");
    }
}

#[test]
fn a_period_without_a_case_says_so_and_a_blank_cell_is_not_blank() {
    let mut model = made::incident_log();
    model.rows[0].cells[3] = " ".to_owned();
    assert!(said("blank", &lay_out(&model, &FONTS).unwrap()).contains("Not recorded, because nothing was written"));
    model.rows[0].cells.pop();
    assert!(matches!(lay_out(&model, &FONTS), Err(FormError::Missing { .. })));
    model.rows.clear();
    let text = said("none", &lay_out(&model, &FONTS).unwrap());
    assert!(text.contains("No case of these days is on record"), "{text}");
}

#[test]
fn a_long_log_repeats_its_head_on_every_page_and_stays_inside() {
    for kind in [LogKind::Incident, LogKind::Reporting] {
        let mut model = if kind == LogKind::Incident { made::incident_log() } else { made::reporting_log() };
        let mut row = model.rows[0].clone();
        for cell in &mut row.cells {
            *cell = format!("{} {cell}", "Wilhelmina-Konstantinopolitanskaya".repeat(3));
        }
        let last = row.cells.len() - 1;
        row.cells[last] = "Placeholder for what was done and why. ".repeat(20);
        model.rows.extend(std::iter::repeat_n(row, 6));
        let drawn = lay_out(&model, &FONTS).unwrap();
        stays_inside(kind.title(), &drawn);
        let disk = OnDisk::new("log-long", &drawn);
        for page in 1..=drawn.pages() - 1 {
            let number = page.to_string();
            let text = disk.ask("pdftotext", &["-raw", "-f", &number, "-l", &number], &["-"]);
            assert!(text.contains(kind.columns()[0]), "page {page} has no heading");
        }
        assert!(said("long", &drawn).contains("cases; the log of these days ends here."));
    }
}
