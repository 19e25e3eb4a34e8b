//! Annex G: every exhibit with its files and their hashes, and the volumes that bind them.

use super::model::{ListedExhibit, ListedFile, RecordModel};
use crate::form::address;
use crate::form::flow::Flow;
use crate::form::grid::{BODY, LEFT, LIST_MARK, WIDTH};
use crate::form::model::said;
use crate::form::number::{counted, spelt, starting, thousands};
use crate::form::paper::WordsOnly;
use crate::form::table::{Row, Table};
use crate::form::time;
use crate::form::words::Words;

type Pages<'a> = Flow<'a, WordsOnly>;

pub(super) fn lay(flow: &mut Pages<'_>, model: &RecordModel) {
    let exhibits = model.exhibits.len();
    let files: usize = model.exhibits.iter().map(|exhibit| exhibit.files.len()).sum();
    let remark = format!(
        "{}, {}; every file is listed",
        counted(exhibits, "exhibit", "exhibits"),
        counted(files, "file", "files")
    );
    flow.annex("G", "List of exhibits", &Words::ours(&remark), true);
    let over = "An exhibit is marked with the initials of the person who produces it and a number. The hash is \
                SHA-256; one changed byte in a file gives another hash. A file marked **derived** was made from \
                another and is for reading, not for proof.";
    flow.text(&Words::ours(over), BODY, LEFT, WIDTH);
    flow.y += 2.0;
    let end = match exhibits {
        0 => "No exhibit was made; the list ends here.".to_owned(),
        number => format!(
            "{} {}, {} {}; the list ends here.",
            starting(number),
            if number == 1 { "exhibit" } else { "exhibits" },
            spelt(files),
            if files == 1 { "file" } else { "files" }
        ),
    };
    list(flow, model, &Words::ours(&end));
    flow.gap(3.0);
    volumes(flow, model);
}

fn list(flow: &mut Pages<'_>, model: &RecordModel, end: &Words) {
    let columns = [(18.0, "Mark"), (88.0, "What it is"), (66.0, "SHA-256 of the file")];
    let mut table = Table::new("Annex G", LEFT, &columns);
    for exhibit in &model.exhibits {
        let row = exhibit_row(flow, &table, exhibit);
        table.push(row);
        for file in &exhibit.files {
            let mut what = table.cell(flow, 1, &file_words(file));
            what.extend(table.cell(flow, 1, &Words::ours(&format!("{} bytes", thousands(file.size)))));
            let hash = address::hash(flow.fonts, &file.sha256, 4);
            table.push(Row::new(vec![Vec::new(), what, hash]).joined());
        }
        if exhibit.files.is_empty() {
            let mut what = table.cell(flow, 1, &Words::ours("Described in words"));
            what.extend(table.cell(flow, 1, &Words::ours("No file")));
            let none = table.cell(flow, 2, &Words::ours("No file is kept, so there is no hash."));
            table.push(Row::new(vec![Vec::new(), what, none]).joined());
        }
    }
    if model.exhibits.is_empty() {
        let none = Words::ours("None");
        let row = Row::new((0..3).map(|column| table.cell(flow, column, &none)).collect());
        table.push(row);
    }
    table.draw_with_note(flow, end);
}

fn exhibit_row(flow: &Pages<'_>, table: &Table, exhibit: &ListedExhibit) -> Row {
    let mark = flow.lines(&said(&exhibit.mark), LIST_MARK, table.inner(0));
    let name = Words::default().then_bold(&exhibit.kind).then(" · ").and(exhibit.title.words());
    let width = table.inner_from(1);
    let mut what = flow.lines(&name, crate::form::grid::SMALL, width);
    let produced = Words::ours("Produced by ")
        .and(said(&exhibit.produced_by))
        .then(&format!(", {}", time::date_and_time(exhibit.produced)));
    what.extend(flow.lines(&produced, crate::form::grid::SMALL, width));
    for (label, value) in &exhibit.stated {
        let line = Words::ours(&format!("{label}: ")).and(value.words());
        what.extend(flow.lines(&line, crate::form::grid::SMALL, width));
    }
    Row::new(vec![mark, what, Vec::new()])
}

fn file_words(file: &ListedFile) -> Words {
    let words = said(&file.what).then(", ").and(said(&file.format));
    if file.derived { words.then(", **derived**") } else { words }
}

fn volumes(flow: &mut Pages<'_>, model: &RecordModel) {
    let columns = [(18.0, "Volume"), (88.0, "File that binds the exhibits"), (66.0, "SHA-256 of the signed file")];
    let mut table = Table::new("The list of volumes", LEFT, &columns);
    for volume in &model.volumes {
        let name = table.cell(flow, 1, &Words::default().then_mono(&volume.file_name));
        let hash = address::hash(flow.fonts, &volume.sha256, 4);
        table.push(Row::new(vec![table.cell(flow, 0, &Words::ours(&volume.number.to_string())), name, hash]));
    }
    if model.volumes.is_empty() {
        let none = Words::ours("None");
        let row = Row::new((0..3).map(|column| table.cell(flow, column, &none)).collect());
        table.push(row);
    }
    let end = match model.volumes.len() {
        0 => "No volume was bound; the list ends here.".to_owned(),
        1 => "One volume; the list ends here.".to_owned(),
        number => format!("{} volumes; the list ends here.", starting(number)),
    };
    table.draw_with_note(flow, &Words::ours(&end));
}
