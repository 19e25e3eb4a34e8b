//! Long, many, strange: nothing is cut, nothing runs over the edge.

use super::made::{self, FONTS, OnDisk, VOLUME};
use crate::form::model::Cell;
use crate::form::record::{self, Subject};
use crate::form::{Drawn, referral};

const MM: f32 = 72.0 / 25.4;

struct Word {
    page: usize,
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    text: String,
}

fn words(disk: &OnDisk) -> Vec<Word> {
    let said = disk.ask("pdftotext", &["-bbox"], &["-"]);
    let mut page = 0;
    let mut out = Vec::new();
    for line in said.lines() {
        if line.trim_start().starts_with("<page ") {
            page += 1;
        }
        let Some(rest) = line.trim_start().strip_prefix("<word ") else { continue };
        let value = |name: &str| -> f32 {
            let start = rest.find(name).unwrap() + name.len() + 2;
            rest[start..].split('"').next().unwrap().parse().unwrap()
        };
        let text = rest.split('>').nth(1).unwrap().split("</word").next().unwrap().to_owned();
        out.push(Word {
            page,
            left: value("xMin") / MM,
            top: value("yMin") / MM,
            right: value("xMax") / MM,
            bottom: value("yMax") / MM,
            text,
        });
    }
    assert!(!out.is_empty());
    out
}

/// Every word stands in the text block, the marking lines, the header or the footer.
pub(super) fn stays_inside(name: &str, drawn: &Drawn) {
    let disk = OnDisk::new(&format!("inside-{name}"), drawn);
    for word in words(&disk) {
        let middle = (word.top + word.bottom) / 2.0;
        let row = [(8.0, 12.0), (13.5, 17.5), (24.0, 275.0), (277.5, 288.5), (289.0, 293.0)]
            .iter()
            .any(|(top, bottom)| middle > *top && middle < *bottom);
        assert!(row, "{name}, page {}: “{}” at {middle} mm from the top", word.page, word.text);
        assert!(
            word.left > 21.8 && word.right < 194.4,
            "{name}, page {}: “{}” from {} to {} mm",
            word.page,
            word.text,
            word.left,
            word.right
        );
    }
}

#[test]
fn the_worked_documents_stay_inside() {
    for (name, drawn) in made::in_words() {
        stays_inside(name, drawn);
    }
    stays_inside("volume", &VOLUME);
}

#[test]
fn long_names_long_addresses_and_long_tables_stay_inside() {
    let mut model = made::record();
    let name = "Wilhelmina-Konstantinopolitanskaya".repeat(6)[..200].to_owned();
    let address = format!("https://media.example.org/{}", "abcdefghij".repeat(200))[..2_000].to_owned();
    model.first.name = name.clone();
    model.group.members = vec![name.clone(), name.clone()];
    model.heading.school.name = name.clone();
    model.computer.name = name.clone();
    model.views[0].name = name.clone();
    model.steps[0].done_by = Cell::Said(name.clone());
    model.sessions[0].operator = name.clone();
    model.isolation_remark = name.clone();
    model.exhibits[0].title = Cell::Said(name.clone());
    model.sites[0].subject = Subject::Address { exact: address.clone(), title: Cell::Said(name.clone()) };
    let site = model.sites[1].clone();
    model.sites.resize(60, site);
    let step = model.steps[1].clone();
    model.steps.resize(60, step);
    model.reason = vec!["Quillfeather runs on and on and on. ".repeat(300)];
    model.conclusion.words = "Words of the group. ".repeat(200);
    model.views[0].reasons = "Reasons in words. ".repeat(250);
    let exhibit = model.exhibits[0].clone();
    model.exhibits.resize(30, exhibit);
    let drawn = record::lay_out(&model, &FONTS).unwrap();
    stays_inside("long", &drawn);
    let disk = OnDisk::new("long", &drawn);
    let text = disk.ask("pdftotext", &["-raw"], &["-"]);
    let joined: String = text.split_whitespace().collect();
    // The address runs over two pages, with header, footer and the next column between.
    let readable = crate::form::address::readable(&address);
    let column: String = words(&disk)
        .iter()
        .filter(|word| word.left > 27.0 && word.left < 40.0 && word.text.len() > 3)
        .filter(|word| word.text.contains("media[.]") || word.text.chars().all(|c| ('a'..='j').contains(&c)))
        .map(|word| word.text.as_str())
        .collect();
    assert!(column.starts_with(&readable), "the address is whole: {column}");
    assert!(joined.contains(&name), "the name is whole");
    assert_eq!(text.matches("Reached by a link").count(), 55, "no row is lost");
    assert!(text.contains("Sixty") || text.contains("60 rows; the list ends here."));
    assert_eq!(text.matches("Quillfeather").count(), 300, "no line of a long answer is lost");
    assert!(text.contains("Field 7 continues on page"), "a broken table says so");
    assert!(text.contains("Sites and devices reviewed, continued from page"));
    let pages = text.matches("Site address or device").count();
    assert!(pages > 2, "the heading row is repeated");
}

#[test]
fn an_endless_address_says_where_the_rest_is() {
    let mut model = made::referral();
    model.addresses = vec![format!("https://media.example.org/{}", "x".repeat(9_000))];
    let drawn = referral::lay_out(&model, &FONTS).unwrap();
    let text = OnDisk::new("endless", &drawn).text();
    assert!(text.contains("(9,026 characters in all; whole in the school’s ledger"), "{text}");
    stays_inside("endless", &drawn);
}

#[test]
fn an_empty_record_has_no_blank_cell_and_no_blank_list() {
    let mut model = made::record();
    model.sites.clear();
    model.sessions.clear();
    model.clock_checks.clear();
    model.proof_of_working.clear();
    model.views.clear();
    model.table_actions.clear();
    model.isolation.clear();
    model.exhibits.clear();
    model.volumes.clear();
    model.conclusion.actions.clear();
    model.conclusion.words.clear();
    model.reason.clear();
    model.computer.location = Cell::Said("  ".to_owned());
    let drawn = record::lay_out(&model, &FONTS).unwrap();
    let text = OnDisk::new("empty", &drawn).ask("pdftotext", &["-raw"], &["-"]);
    for words in [
        "No site or device was reviewed.",
        "No session was held.",
        "No view was recorded.",
        "No action was proposed or taken.",
        "No exhibit was made; the list ends here.",
        "No volume was bound; the list ends here.",
        "Not recorded, because the clock was not",
        "Not recorded, because nothing was written",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn what_cannot_be_seen_is_printed_as_its_code() {
    let mut model = made::record();
    model.sites[0].subject = Subject::Address {
        exact: "https://example.org/a\u{202E}gnp.exe".to_owned(),
        title: Cell::Said("invoice\u{202E}fdp\u{200B}.exe \u{7}测".to_owned()),
    };
    model.first.name = "Zoë Łukasiewicz".to_owned();
    model.second.name = "שרה כהן".to_owned();
    let drawn = record::lay_out(&model, &FONTS).unwrap();
    let text = OnDisk::new("codes", &drawn).ask("pdftotext", &[], &["-"]);
    for words in ["[U+202E]", "invoice[U+202E]fdp[U+200B].exe", "[U+0007]", "测", "Zoë Łukasiewicz", "שרה כהן"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains('\u{202E}'));
}
