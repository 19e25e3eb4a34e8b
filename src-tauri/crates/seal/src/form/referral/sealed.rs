//! The list of sealed exhibits: marks and hashes, and who holds a copy.

use super::model::ReferralModel;
use crate::form::address;
use crate::form::flow::Flow;
use crate::form::grid::{LEFT, LIST_MARK, SMALL};
use crate::form::model::said;
use crate::form::number::{spelt, starting, thousands};
use crate::form::paper::WordsOnly;
use crate::form::table::{Row, Table};
use crate::form::time;
use crate::form::words::Words;

pub(super) fn lay(flow: &mut Flow<'_, WordsOnly>, model: &ReferralModel) {
    if model.sealed.is_empty() && model.copies.is_empty() {
        return;
    }
    // After the fields' first page; where they need a second one, on that.
    if flow.paper.page() == 1 {
        flow.new_page();
    }
    flow.gap(5.0);
    flow.anchor("sealed");
    flow.part_title("Sealed exhibits: marks and hashes, no picture");
    let columns = [(18.0, "Mark"), (88.0, "What it is"), (66.0, "SHA-256 of the file")];
    let mut table = Table::new("The list of sealed exhibits", LEFT, &columns);
    for exhibit in &model.sealed {
        let mark = flow.lines(&said(&exhibit.mark), LIST_MARK, table.inner(0));
        let mut what = flow.lines(&exhibit.what.words(), SMALL, table.inner_from(1));
        let taken = format!("Taken {}", time::date_and_time(exhibit.taken));
        what.extend(flow.lines(&Words::ours(&taken), SMALL, table.inner_from(1)));
        table.push(Row::new(vec![mark, what, Vec::new()]));
        for file in &exhibit.files {
            let mut what = table.cell(flow, 1, &said(&file.what));
            what.extend(table.cell(flow, 1, &Words::ours(&format!("{} bytes", thousands(file.size)))));
            table.push(Row::new(vec![Vec::new(), what, address::hash(flow.fonts, &file.sha256, 4)]).joined());
        }
        if exhibit.files.is_empty() {
            let none = table.cell(flow, 1, &Words::ours("No file is kept, so there is no hash."));
            table.push(Row::new(vec![Vec::new(), none, Vec::new()]).joined());
        }
    }
    if model.sealed.is_empty() {
        let none = Words::ours("None");
        let row = Row::new((0..3).map(|column| table.cell(flow, column, &none)).collect());
        table.push(row);
    }
    let files = model.sealed.iter().map(|exhibit| exhibit.files.len()).sum();
    let end = format!(
        "{} {}, {} {}; the list ends here.",
        starting(model.sealed.len()),
        if model.sealed.len() == 1 { "exhibit" } else { "exhibits" },
        spelt(files),
        if files == 1 { "file" } else { "files" }
    );
    table.draw_with_note(flow, &Words::ours(&end));
    flow.gap(3.0);
    copies(flow, model);
}

fn copies(flow: &mut Flow<'_, WordsOnly>, model: &ReferralModel) {
    let columns = [(7.0, ""), (165.0, "Copies ever printed, exported or backed up, and who holds them")];
    let mut table = Table::new("The list of copies", LEFT, &columns);
    for (number, copy) in model.copies.iter().enumerate() {
        let count = table.cell(flow, 0, &Words::ours(&(number + 1).to_string()));
        table.push(Row::new(vec![count, table.cell(flow, 1, &said(copy))]));
    }
    if model.copies.is_empty() {
        let row = Row::new(vec![Vec::new(), table.cell(flow, 1, &Words::ours("None"))]);
        table.push(row);
    }
    table.draw(flow);
}
