//! What is read on the pages.

use super::made::{
    self, CARD, CHECK, COVER, DESTRUCTION, EMERGENCY, FONTS, INCIDENTS, KIT, OnDisk, RECEIPT, RECORD, REFERRAL,
    REPORTING, STATEMENT, SUMMARY, TERMLY, VOLUME,
};
use crate::form::model::Cell;
use crate::form::{Drawn, exhibits, record};

fn worked() -> [(&'static str, &'static Drawn, Option<&'static str>); 15] {
    [
        ("record", &RECORD, Some("HB-2026-0014")),
        ("volume", &VOLUME, Some("HB-2026-0014")),
        ("referral", &REFERRAL, Some("HB-2026-0019")),
        ("kit", &KIT, None),
        ("card", &CARD, None),
        ("emergency", &EMERGENCY, None),
        ("destruction", &DESTRUCTION, Some("HB-2026-0007")),
        ("cover", &COVER, Some("HB-2026-0014")),
        ("check", &CHECK, Some("HB-2026-0014")),
        ("receipt", &RECEIPT, Some("HB-2026-0014")),
        ("termly", &TERMLY, None),
        ("incident-log", &INCIDENTS, None),
        ("reporting-log", &REPORTING, None),
        ("summary", &SUMMARY, Some("HB-2026-0014")),
        ("statement", &STATEMENT, Some("HB-2026-0014")),
    ]
}

#[test]
fn each_document_in_words_reads_as_it_did() {
    for (name, drawn) in made::in_words() {
        let text = OnDisk::new(&format!("{name}-golden"), drawn).text();
        same_as_golden(&format!("{name}.txt"), &text);
    }
}

/// `UPDATE_GOLDEN=1` writes what is read now; look at the difference before you keep it.
fn same_as_golden(name: &str, text: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file, text).unwrap();
        return;
    }
    let golden = std::fs::read_to_string(file).unwrap();
    let (now, then) = (squeezed(text), squeezed(&golden));
    for (number, (now, then)) in now.iter().zip(&then).enumerate() {
        assert_eq!(now, then, "{name}, line {}", number + 1);
    }
    assert_eq!(now.len(), then.len(), "{name}");
}

/// The lines of a text without the spaces that place them, which differ between readers.
fn squeezed(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn the_fields_of_the_record_stand_in_their_order() {
    let text = OnDisk::new("record-fields", &RECORD).text();
    let labels = [
        "1  Group",
        "2  Date",
        "3  Reason for",
        "4  First reviewing",
        "5  Second reviewing",
        "6  Name and",
        "7  Sites and devices reviewed",
        "8  Conclusion",
        "Action proposed",
        "End of the record.",
    ];
    let mut from = 0;
    for label in labels {
        let words: Vec<&str> = label.split("  ").collect();
        let found = text[from..].lines().scan(from, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        });
        let line = found
            .filter(|(_, line)| {
                let trimmed = line.trim_start();
                match words.as_slice() {
                    [number, rest] => {
                        trimmed.strip_prefix(number).is_some_and(|after| after.trim_start().starts_with(rest))
                    }
                    [only] => trimmed.starts_with(only),
                    _other => false,
                }
            })
            .map(|(start, _)| start)
            .next();
        from = line.unwrap_or_else(|| panic!("{label} does not follow"));
    }
}

#[test]
fn every_page_says_what_it_belongs_to() {
    for (name, drawn, case) in worked() {
        let disk = OnDisk::new(&format!("furniture-{name}"), drawn);
        for page in 1..=drawn.pages() {
            let number = page.to_string();
            let text = disk.ask("pdftotext", &["-layout", "-f", &number, "-l", &number], &["-"]);
            assert_eq!(text.matches("OFFICIAL-SENSITIVE").count(), 2, "marking of {name}, page {page}");
            assert!(text.contains(&format!("Page {page} of {}", drawn.pages())), "number of {name}, page {page}");
            assert!(text.contains("Hollybrook School"), "school of {name}, page {page}");
            if let Some(case) = case {
                assert!(text.contains(&format!("Case {case}")), "case of {name}, page {page}");
                assert!(text.contains("Ledger entry"), "entry of {name}, page {page}");
            }
        }
    }
}

#[test]
fn practice_replaces_the_marking_on_every_page() {
    let mut model = made::record();
    model.heading.practice = true;
    let drawn = record::lay_out(&model, &FONTS).unwrap();
    let disk = OnDisk::new("practice", &drawn);
    let document = lopdf::Document::load_mem(drawn.bytes()).unwrap();
    for page in document.get_pages().into_values() {
        let content = document.get_page_content(page);
        // The word across the page is the only text that is drawn in outline.
        assert!(content.windows(5).any(|bytes| bytes == b"1 Tr\n" || bytes == b"1 Tr "), "no word across a page");
    }
    for page in 1..=drawn.pages() {
        let number = page.to_string();
        let text = disk.ask("pdftotext", &["-raw", "-f", &number, "-l", &number], &["-"]);
        assert_eq!(text.matches("PRACTICE – NOT EVIDENCE").count(), 2, "page {page}");
        assert!(!text.contains("OFFICIAL"), "page {page}");
    }
}

#[test]
fn no_page_says_that_something_is_signed() {
    for (name, drawn, _) in worked() {
        let text = OnDisk::new(&format!("unsigned-{name}"), drawn).text();
        for words in ["Signed electronically", "Signed on ", "was signed by"] {
            assert!(!text.contains(words), "{name}: {words}");
        }
    }
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let again = record::lay_out(&made::record(), &FONTS).unwrap();
    assert_eq!(again.sha256(), RECORD.sha256());
    let again = exhibits::lay_out(&made::volume(), &FONTS).unwrap();
    assert_eq!(again.sha256(), VOLUME.sha256());
    let mut other = made::record();
    other.conclusion.police = true;
    assert_ne!(record::lay_out(&other, &FONTS).unwrap().sha256(), RECORD.sha256());
}

#[test]
fn scripts_copy_out_as_they_were_written() {
    let text = OnDisk::new("record-scripts", &RECORD).ask("pdftotext", &[], &["-"]);
    for words in ["صفحة تجريبية", "परीक्षण पृष्ठ", "“Both” means", "1920 × 1080"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains('\u{FFFD}'));
}

#[test]
fn a_hash_copies_out_without_gaps() {
    let text = OnDisk::new("record-hash", &RECORD).ask("pdftotext", &[], &["-"]);
    let hash = crate::form::address::capitals(&made::record().heading.ledger_head);
    assert!(text.contains(&hash[..32]), "{hash}");
    assert!(text.contains(&hash[32..]), "{hash}");
}

#[test]
fn the_files_are_sound() {
    for (name, drawn, _) in worked() {
        let said = OnDisk::new(&format!("sound-{name}"), drawn).ask("qpdf", &["--check"], &[]);
        assert!(said.contains("No syntax or stream encoding errors"), "{name}: {said}");
    }
}

#[test]
fn what_is_stated_of_a_device_stands_in_the_list_of_exhibits_field_by_field() {
    let mut model = made::record();
    let because = "the label cannot be read".to_owned();
    model.exhibits[0].stated = vec![
        ("Make".to_owned(), Cell::Said("Acme".to_owned())),
        ("Serial number".to_owned(), Cell::NotRecorded { because }),
    ];
    let drawn = record::lay_out(&model, &FONTS).unwrap();
    let text = OnDisk::new("record-stated", &drawn).ask("pdftotext", &["-raw"], &["-"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Make: Acme"), "{text}");
    assert!(text.contains("Serial number: Not recorded, because the label cannot be read"), "{text}");
}

#[test]
fn however_often_an_exhibit_was_looked_at_every_row_of_its_continuity_is_printed() {
    let mut model = made::volume();
    let exhibit = made::first_exhibit(&mut model);
    let row = exhibit.continuity[0].clone();
    let rows = (0..200).map(|number| exhibits::Continuity { ledger_entry: 7_000 + number, ..row.clone() });
    exhibit.continuity.extend(rows);
    let drawn = exhibits::lay_out(&model, &FONTS).unwrap();
    let text = OnDisk::new("volume-continuity", &drawn).text();
    for entry in 7_000..7_200 {
        let entry = crate::form::number::thousands(entry);
        assert!(text.contains(&entry), "entry {entry} is not printed");
    }
}
