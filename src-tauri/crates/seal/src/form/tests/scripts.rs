//! Names and titles in every script that the fonts draw come back from the file as they were written; what no font draws
//! is said on the page by its code and kept as text.

use super::made::{self, FONTS, OnDisk};
use super::stress::stays_inside;
use crate::form::model::Cell;
use crate::form::{Drawn, log, record};

/// A name and a title in each script.
const SCRIPTS: [(&str, &str, &str); 6] = [
    ("Latin", "Zoë Łukasiewicz-Ó Súilleabháin", "Žluťoučký kůň, ﬁrst page"),
    ("Greek", "Άννα Παπαδοπούλου", "Δοκιμαστική σελίδα"),
    ("Cyrillic", "Ольга Петренко-Їжак", "Пробна сторінка щоденника"),
    ("Arabic", "سمير حسن", "صفحة تجريبية"),
    ("Hebrew", "שרה כהן", "דף לדוגמה"),
    ("Devanagari", "प्रिया शर्मा", "परीक्षण पृष्ठ"),
];

fn text(name: &str, drawn: &Drawn) -> String {
    let said = OnDisk::new(&format!("script-{name}"), drawn).ask("pdftotext", &[], &["-"]);
    // A reader marks the direction of what runs from right to left.
    let marks = ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}'];
    said.replace(marks, "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn names_and_titles_in_every_script_come_back_as_they_were_written() {
    for (script, name, title) in SCRIPTS {
        let mut model = made::record();
        model.first.name = name.to_owned();
        model.group.members = vec![name.to_owned()];
        model.exhibits[0].title = Cell::Said(title.to_owned());
        let drawn = record::lay_out(&model, &FONTS).unwrap();
        let said = text(script, &drawn);
        assert!(said.contains(name), "{script}: {name}");
        // The table of exhibits is narrow: a title may stand on two lines.
        for word in title.split_whitespace() {
            assert!(said.contains(word), "{script}: {word}");
        }
        assert!(!said.contains('\u{fffd}') && !said.contains("[U+"), "{script}: a character was not drawn");
        stays_inside(script, &drawn);
        let mut model = made::reporting_log();
        model.rows[0].cells[2] = format!("{name}\n{title}");
        let said = text("log", &log::lay_out(&model, &FONTS).unwrap());
        for word in name.split([' ', '-']).chain(title.split(' ')) {
            assert!(said.contains(word), "{script} in the log: {word}");
        }
    }
}

#[test]
fn what_no_font_draws_is_said_by_its_code_and_kept_as_text() {
    let mut model = made::record();
    let name = "山田花子 김민수";
    model.first.name = name.to_owned();
    let drawn = record::lay_out(&model, &FONTS).unwrap();
    let said: String = text("cjk", &drawn).split_whitespace().collect();
    for word in name.split_whitespace() {
        assert!(said.contains(word), "{word} is not kept as text");
    }
    assert!(!said.contains("[U+5C71]"), "a copy of the text has the character, not its code");
    // On the page there is its code, eight letters wide, and not one empty box.
    model.first.name = "山".to_owned();
    let bounds =
        OnDisk::new("cjk-wide", &record::lay_out(&model, &FONTS).unwrap()).ask("pdftotext", &["-bbox"], &["-"]);
    let line = bounds.lines().find(|line| line.contains(">山<")).expect("the name stands alone");
    let edge = |name: &str| -> f32 { line.split(name).nth(1).unwrap().split('"').nth(1).unwrap().parse().unwrap() };
    let wide = edge("xMax") - edge("xMin");
    assert!(wide > 35.0, "{wide} points are less than its code: {line}");
    stays_inside("cjk", &drawn);
}
