//! The papers of a hand-over: the cover sheet and the check sheet in the package, and the receipt that is signed.

mod check;
mod model;
mod receipt;

pub use check::lay_out as check_sheet;
pub use model::*;
pub use receipt::lay_out as receipt;

use super::address;
use super::field::Label;
use super::flow::{Flow, settled};
use super::grid::{ANSWER_W, BODY, LEFT, rule};
use super::model::{Cell, said};
use super::number::{counted, thousands};
use super::paper::WordsOnly;
use super::reference::About;
use super::table::{Row, Table};
use super::time;
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind};

type Pages<'a> = Flow<'a, WordsOnly>;

/// Lays out the cover sheet: for whom the package is, what is in it, who has not signed, and what was left out.
///
/// # Errors
/// - If the page references do not settle or the file cannot be finished, which are faults of the program.
pub fn cover_sheet(model: &HandOverModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    sheet(model, "Hand-over cover sheet", fonts, |flow| {
        title(flow, model, "Hand-over cover sheet");
        missing_in_short(flow, model);
        to_whom(flow, model);
        let answer = flow.lines(&Words::ours(&model.variant), BODY, ANSWER_W);
        flow.field(&Label::numbered("4", "What the package is for"), answer);
        documents(flow, model);
        exhibits(flow, model);
        let answer = flow.listed(&model.left_out, "Nothing of the case was left out");
        flow.field(&Label::numbered("7", "What is not in it, and why"), answer);
        let words = format!("Entry {}, with this hash (SHA-256):", thousands(model.heading.ledger_entry));
        let answer = flow.ledger_entry(&words, &model.heading);
        flow.field(&Label::numbered("8", "Where the school’s ledger stood"), answer);
        flow.rule(rule::FINE);
        flow.end_of_document();
    })
}

/// Lays a sheet of a hand-over out and finishes it.
fn sheet(
    model: &HandOverModel,
    document: &str,
    fonts: &Fonts,
    draw: impl Fn(&mut Pages<'_>),
) -> Result<Drawn, FormError> {
    let about = About { edition: None, ..About::of(&model.heading, document) };
    let paper = settled(fonts, &about, |flow| {
        draw(flow);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn title(flow: &mut Pages<'_>, model: &HandOverModel, title: &str) {
    let heading = &model.heading;
    let school = Words::outside(&heading.school.name).then(", ").then_outside(&heading.school.address);
    let remark = format!("Hand-over {}, made {}", model.number, time::date_and_time(heading.made));
    flow.title_block(title, &school, &heading.case_reference, &Words::ours(&remark));
}

fn missing_in_short(flow: &mut Pages<'_>, model: &HandOverModel) {
    let lacking: Vec<&Included> = model.documents.iter().filter(|document| !document.missing.is_empty()).collect();
    let words = if model.documents.is_empty() {
        Words::ours("**No signed document is in this package.** The case has none yet; field 7 says why.")
    } else if lacking.is_empty() {
        Words::ours("**Every signature that the documents in this package have a place for is there.**")
    } else {
        let count = counted(lacking.len(), "document lacks", "documents lack");
        Words::ours(&format!("**{count} a signature.** Field 5 names who has not signed. Do not take it for signed."))
    };
    flow.boxed(&words);
}

/// Fields 1 to 3.
fn to_whom(flow: &mut Pages<'_>, model: &HandOverModel) {
    let answer = flow.pairs(&[("Name", said(&model.to)), ("Organisation", said(&model.organisation))]);
    flow.field(&Label::numbered("1", "To whom").under(rule::STRONG), answer);
    let answer = flow.lines(&said(&model.reference), BODY, ANSWER_W);
    flow.field(&Label::numbered("2", "Their reference"), answer);
    let mut pairs = vec![("Medium", said(&model.medium)), ("Serial number", said(&model.serial))];
    match model.delivery {
        Delivered::Folder => {}
        Delivered::Zip => pairs.push((
            "Delivered as",
            Words::ours("a ZIP file, encrypted with AES-256. Its passphrase is given separately and stands nowhere"),
        )),
        Delivered::Loose => {
            pairs.push(("Delivered as", Words::ours("loose files; hashes-sha256.txt has the hash of each")));
        }
    }
    let answer = flow.pairs(&pairs);
    flow.field(&Label::numbered("3", "On what"), answer);
}

fn documents(flow: &mut Pages<'_>, model: &HandOverModel) {
    if model.documents.is_empty() {
        let answer = flow.lines(&Cell::None.words(), BODY, ANSWER_W);
        flow.field(&Label::numbered("5", "Documents"), answer);
        return;
    }
    let columns = [(58.0, "Document"), (48.0, "Signatures that are missing"), (66.0, "SHA-256")];
    let mut table = Table::new("Field 5", LEFT, &columns).with_title("5", "Documents, and who has not signed");
    for document in &model.documents {
        let missing = if document.missing.is_empty() {
            Words::ours("None: all are there")
        } else {
            Words::ours("**Not signed by** ").then_outside(&document.missing.join(", "))
        };
        table.push(Row::new(vec![
            table.cell(flow, 0, &said(&document.what)),
            table.cell(flow, 1, &missing),
            address::hash(flow.fonts, &document.sha256, 4),
        ]));
    }
    let rows = counted(model.documents.len(), "row", "rows");
    table.draw_with_note(flow, &Words::ours(&format!("{rows}; the list ends here.")));
    flow.gap(3.0);
}

fn exhibits(flow: &mut Pages<'_>, model: &HandOverModel) {
    if model.exhibits.is_empty() {
        let answer = flow.lines(&Words::ours("None: no picture is in this package"), BODY, ANSWER_W);
        flow.field(&Label::numbered("6", "Files of exhibits"), answer);
        return;
    }
    let columns = [(106.0, "Exhibit and file"), (66.0, "SHA-256")];
    let mut table = Table::new("Field 6", LEFT, &columns).with_title("6", "Files of exhibits");
    for file in &model.exhibits {
        table.push(Row::new(vec![table.cell(flow, 0, &said(&file.what)), address::hash(flow.fonts, &file.sha256, 4)]));
    }
    let rows = counted(model.exhibits.len(), "row", "rows");
    let note = format!("{rows}; the list ends here. Everything else is named in manifest-sha256.txt.");
    table.draw_with_note(flow, &Words::ours(&note));
    flow.gap(3.0);
}
