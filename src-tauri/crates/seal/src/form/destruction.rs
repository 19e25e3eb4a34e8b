//! The certificate of destruction: what was destroyed, who asked, agreed and decided, and what still holds it.

mod model;

pub use model::*;

use super::address;
use super::field::Label;
use super::flow::{Flow, settled};
use super::grid::{ANSWER_W, BODY, HALF_RIGHT, HALF_W, LEFT, SMALL, WIDTH, rule};
use super::line::{Line, after, height};
use super::model::{Cell, said};
use super::number::{counted, thousands};
use super::paper::WordsOnly;
use super::reference::About;
use super::structure::Place;
use super::table::{Row, Table};
use super::time;
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind, sheet};

type Pages<'a> = Flow<'a, WordsOnly>;

/// Height of a box to sign in.
const BOX_H: f32 = 25.0;

/// Lays out a certificate of destruction.
///
/// # Errors
/// - If nothing is named that was destroyed.
/// - If the page references do not settle or the file cannot be finished, which are faults of the
///   program.
pub fn lay_out(model: &DestructionModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.destroyed.is_empty() {
        return Err(FormError::Missing { what: "list of what was destroyed" });
    }
    let about = About::of(&model.heading, "Certificate of destruction");
    let paper = settled(fonts, &about, |flow| {
        pages(flow, model);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn pages(flow: &mut Pages<'_>, model: &DestructionModel) {
    let heading = &model.heading;
    let school = Words::outside(&heading.school.name).then(", ").then_outside(&heading.school.address);
    let remark = format!("Destroyed {}", time::date_and_time(model.decided.at));
    flow.title_block("Certificate of destruction", &school, &heading.case_reference, &Words::ours(&remark));
    in_short(flow, model);
    let answer = how(flow, model);
    flow.field(&Label::numbered("1", "What was destroyed").under(rule::STRONG), answer);
    let answer = words(flow, &model.ground);
    flow.field(&Label::numbered("2", "On what ground"), answer);
    let acts = [("3", "Asked for by", &model.asked), ("4", "Agreed to by", &model.agreed)];
    for (number, label, act) in acts {
        let answer = who(flow, act);
        flow.field(&Label::numbered(number, label), answer);
    }
    let answer = who(flow, &model.decided);
    flow.field(&Label::numbered("5", "Decided and carried out by"), answer);
    let words = format!("Entry {}. The ledger’s hash at it (SHA-256):", thousands(heading.ledger_entry));
    let answer = flow.ledger_entry(&words, heading);
    flow.field(&Label::numbered("6", "Ledger entry of the destruction"), answer);
    let answer = kept(flow);
    flow.field(&Label::numbered("7", "What is kept"), answer);
    kept_hashes(flow, model);
    backups(flow, model);
    let answer = flow.listed(&model.copies, "None on record");
    flow.field(&Label::numbered("10", "Copies outside the store"), answer);
    let answer = not_proved(flow);
    flow.field(&Label::numbered("11", "What this does not prove"), answer);
    flow.rule(rule::FINE);
    to_sign(flow, model);
    flow.end_of_document();
}

/// What nobody may miss: whether something still holds what was destroyed.
fn in_short(flow: &mut Pages<'_>, model: &DestructionModel) {
    let what = match model.target {
        Target::Case => "**All of this case was destroyed in the store of this computer.**",
        Target::Entry => "**Part of this case was destroyed in the store of this computer; the rest of it stands.**",
    };
    let held = model.backups.len() + model.copies.len();
    let still = if held == 0 {
        "No backup and no copy is on record that still holds it.".to_owned()
    } else {
        let things = [counted(model.backups.len(), "backup", "backups"), counted(model.copies.len(), "copy", "copies")];
        let verb = if held == 1 { "holds" } else { "hold" };
        format!("**{} and {} on record still {verb} it**: fields 9 and 10.", things[0], things[1])
    };
    flow.boxed(&Words::ours(&format!("{what} {still}")));
}

fn words(flow: &Pages<'_>, cell: &Cell) -> Vec<Line> {
    match cell {
        Cell::Said(text) if !text.trim().is_empty() => flow.paragraphs(text, ANSWER_W),
        Cell::Said(_) | Cell::NotRecorded { .. } | Cell::None | Cell::NotNeeded | Cell::NotChosen | Cell::See(_) => {
            flow.lines(&cell.words(), BODY, ANSWER_W)
        }
    }
}

fn how(flow: &Pages<'_>, model: &DestructionModel) -> Vec<Line> {
    let mut out = words(flow, &model.what);
    let how = match model.target {
        Target::Case => {
            "The key of the case was destroyed, and with it whatever it had locked. No passphrase and no recovery code \
             opens it in this store again."
        }
        Target::Entry => {
            "The words of the entry and the files that it names were erased. No passphrase and no recovery code brings \
             them back in this store."
        }
    };
    out.extend(after(1.0, flow.lines(&Words::ours(how), BODY, ANSWER_W)));
    out
}

fn who(flow: &Pages<'_>, act: &Act) -> Vec<Line> {
    let person = said(&act.name).then(", ").and(said(&act.position));
    let mut out = flow.lines(&person, BODY, ANSWER_W);
    let when = format!("{} · ledger entry {}", time::date_and_time(act.at), thousands(act.entry));
    out.extend(flow.lines(&Words::ours(&when), BODY, ANSWER_W));
    out
}

fn kept(flow: &Pages<'_>) -> Vec<Line> {
    let words = "In the ledger, of each entry its number, its time, its kind, its hashes and which key signed it, so \
                 that the chain of entries can still be checked. On this certificate the hashes of field 8: a copy \
                 that turns up can be known by them. What was destroyed cannot be found from any of these.";
    flow.lines(&Words::ours(words), BODY, ANSWER_W)
}

fn kept_hashes(flow: &mut Pages<'_>, model: &DestructionModel) {
    let columns = [(22.0, "Ledger entry"), (84.0, "What it was"), (66.0, "SHA-256")];
    let mut table = Table::new("Field 8", LEFT, &columns).with_title("8", "Entries destroyed, and their hashes");
    for part in &model.destroyed {
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::ours(&thousands(part.entry))),
            table.cell(flow, 1, &part.what.words()),
            address::hash(flow.fonts, &part.sha256, 4),
        ]));
    }
    let rows = counted(model.destroyed.len(), "row", "rows");
    table.draw_with_note(flow, &Words::ours(&format!("{rows}; the list ends here.")));
    flow.gap(3.0);
}

fn backups(flow: &mut Pages<'_>, model: &DestructionModel) {
    if model.backups.is_empty() {
        let none = "None on record: no backup was made while the case held it, or each is recorded as gone.";
        let answer = flow.lines(&Words::ours(none), BODY, ANSWER_W);
        flow.field(&Label::numbered("9", "Backups that still hold it"), answer);
        return;
    }
    let columns = [(16.0, "Backup"), (54.0, "Made"), (54.0, "On what"), (48.0, "Who holds it")];
    let mut table = Table::new("Field 9", LEFT, &columns).with_title("9", "Backups that still hold it");
    for backup in &model.backups {
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::ours(&thousands(backup.serial.into()))),
            table.cell(flow, 1, &Words::ours(&time::date_and_time(backup.made))),
            table.cell(flow, 2, &said(&backup.medium)),
            table.cell(flow, 3, &said(&backup.holder)),
        ]));
    }
    let rows = counted(model.backups.len(), "row", "rows");
    let note = format!(
        "{rows}; the list ends here. A backup cannot be changed. Make a new one, then wipe or destroy these and record \
         each as gone; until then both recovery codes can bring back what was destroyed."
    );
    table.draw_with_note(flow, &Words::ours(&note));
    flow.gap(3.0);
}

fn not_proved(flow: &Pages<'_>) -> Vec<Line> {
    let words = "That no copy exists which is not on record: a printout, a photograph, a disk that was copied. That \
                 nothing is left on the disk itself: the program overwrites what it deletes, but a disk may keep an \
                 older state of a place that it wrote anew.";
    flow.lines(&Words::ours(words), BODY, ANSWER_W)
}

fn to_sign(flow: &mut Pages<'_>, model: &DestructionModel) {
    let words = "To be signed by hand. Nobody signs this page electronically; the three ledger entries named above are \
                 signed with the keys of the three people.";
    let lines = flow.lines(&Words::ours(words), SMALL, WIDTH);
    flow.need(height(&lines) + 2.0 * BOX_H + 17.0);
    flow.y += 3.0;
    flow.set(LEFT, &lines);
    flow.y += 2.0;
    let y = flow.y;
    let place = |x, y| Place { x, y, w: HALF_W, h: BOX_H };
    let captions = ("Name and signature in ink", "Date");
    flow.ink_box(place(LEFT, y), "Asked for by", captions.0, captions.1, 26.0);
    flow.ink_box(place(HALF_RIGHT, y), "Agreed to by", captions.0, captions.1, 26.0);
    let y = y + BOX_H + 3.0;
    let decided = sheet::plain("Decided by the headteacher, or who stands in", &model.terms);
    flow.ink_box(place(LEFT, y), &decided, captions.0, captions.1, 26.0);
    flow.ink_box(place(HALF_RIGHT, y), "Backups and copies destroyed, seen by", captions.0, captions.1, 26.0);
    flow.y = y + BOX_H + 1.5;
}
