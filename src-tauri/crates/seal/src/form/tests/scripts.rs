//! Names and titles in every script that the fonts draw come back from the file as they were written; what no font draws
//! is said on the page by its code and kept as text.

use super::made::{self, FONTS, OnDisk};
use super::stress::stays_inside;
use crate::form::model::Cell;
use crate::form::{Drawn, FontPack, Fonts, NoFontPack, log, record};

/// Where Debian and others keep fonts that can be a pack: each that is there is tried.
const PACKS: [&str; 5] = [
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
];

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

#[test]
fn with_a_font_pack_chinese_japanese_and_korean_print_as_themselves() {
    let packs = PACKS.map(std::fs::read);
    assert!(
        packs.iter().any(Result::is_ok),
        "no font pack on this computer: install Noto Sans CJK or WenQuanYi Zen Hei"
    );
    for (number, bytes) in packs.into_iter().enumerate().filter_map(|(number, read)| Some((number, read.ok()?))) {
        let fonts = Fonts::with(Some(&FontPack::read(bytes).unwrap())).unwrap();
        let (name, title) = ("陳大文 Chan Tai-man", "テストの 頁, 시험 페이지");
        let mut model = made::record();
        model.first.name = name.to_owned();
        model.group.members = vec![name.to_owned()];
        model.exhibits[0].title = Cell::Said(title.to_owned());
        let drawn = record::lay_out(&model, &fonts).unwrap();
        let said = text(&format!("pack-{number}"), &drawn);
        for word in name.split(' ').chain(title.split(' ')) {
            assert!(said.contains(word), "{word}: {said}");
        }
        let disk = OnDisk::new(&format!("pack-{number}-fonts"), &drawn);
        let listed = disk.ask("pdffonts", &[], &[]);
        let pack = listed.lines().find(|line| line.starts_with("ETPACK+")).unwrap_or_else(|| panic!("{listed}"));
        assert!(pack.contains("yes yes yes"), "embedded, subset, with its text: {pack}");
        // One character is as wide as its font has it, not as its code.
        model.first.name = "山".to_owned();
        let bounds =
            OnDisk::new("pack-wide", &record::lay_out(&model, &fonts).unwrap()).ask("pdftotext", &["-bbox"], &["-"]);
        let line = bounds.lines().find(|line| line.contains(">山<")).expect("the name stands alone");
        let edge = |name: &str| -> f32 { line.split(name).nth(1).unwrap().split('"').nth(1).unwrap().parse().unwrap() };
        assert!((5.0..16.0).contains(&(edge("xMax") - edge("xMin"))), "{line}");
        stays_inside("pack", &drawn);
        // A document without such a word is the same file with the pack as without.
        let plain = made::record();
        assert_eq!(
            record::lay_out(&plain, &fonts).unwrap().bytes(),
            record::lay_out(&plain, &FONTS).unwrap().bytes(),
            "a pack that draws nothing is in no file"
        );
    }
}

#[test]
fn what_is_no_font_pack_is_refused_and_why() {
    assert_eq!(FontPack::read(b"no font".to_vec()).err(), Some(NoFontPack::Unreadable));
    let latin = include_bytes!("../../../../../../assets/fonts/NotoSans-Regular.ttf");
    assert_eq!(FontPack::read(latin.to_vec()).err(), Some(NoFontPack::Lacking));
    // fsType 2: "Restricted License embedding" (OpenType, OS/2).
    let mut closed = PACKS.iter().find_map(|path| std::fs::read(path).ok()).expect("a font pack");
    let number = |at: usize| u32::from_be_bytes(closed[at..at + 4].try_into().unwrap()) as usize;
    let font = if closed.starts_with(b"ttcf") { number(12) } else { 0 };
    let entry = (font + 12..).step_by(16).find(|at| &closed[*at..*at + 4] == b"OS/2").unwrap();
    let kind = number(entry + 8) + 8;
    closed[kind..kind + 2].copy_from_slice(&[0, 2]);
    assert_eq!(FontPack::read(closed).err(), Some(NoFontPack::NotForDocuments));
}
