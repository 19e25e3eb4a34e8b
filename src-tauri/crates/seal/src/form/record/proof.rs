//! Annex J: what the signatures prove, what they do not, and how anyone can check.

use super::model::RecordModel;
use super::{FIRST, HEAD, SECOND};
use crate::form::address;
use crate::form::code::{Code, of_record};
use crate::form::flow::Flow;
use crate::form::grid::{BODY, FIELD_LABEL, HALF_RIGHT, HALF_W, LEFT, SMALL, SMALL_LABEL, WIDTH, rule};
use crate::form::line::{Line, after, beside};
use crate::form::model::said;
use crate::form::number::thousands;
use crate::form::paper::{Mark, WordsOnly, pen};
use crate::form::structure::{Place, Role};
use crate::form::table::{Row, Table};
use crate::form::time;
use crate::form::words::Words;
use crate::form::{FormError, shape};
use std::sync::Arc;

type Pages<'a> = Flow<'a, WordsOnly>;

const PROVED: [&str; 4] = [
    "Not one byte of this file has changed since it was signed. Each signature covers the file as that person saw \
     it; the last covers it to the end.",
    "Each signature was made with the signing key that the school issued to the person named. The key opens only \
     with that person’s own passphrase.",
    "Both reviewing people were signed in while each session ran: every entry of a session carries a key that both \
     had certified.",
    "Each exhibit is the file that was captured, if its hash is the one in annex G.",
];
const BOX_H: f32 = 46.5;
const CODE: f32 = 40.0;

pub(super) fn lay(flow: &mut Pages<'_>, model: &RecordModel) -> Result<(), FormError> {
    flow.annex("J", "What the signatures prove, and what they do not", &Words::default(), true);
    proved(flow, model);
    how_to_check(flow);
    summary(flow, model)?;
    signatures(flow, model);
    flow.end_of_document();
    Ok(())
}

fn proved(flow: &mut Pages<'_>, model: &RecordModel) {
    let time = match &model.time_stamp {
        None => Words::ours("No outside time-stamp was asked for."),
        Some(name) => {
            Words::ours("A time-stamp was asked of ").then_outside(name).then("; a checking program shows it.")
        }
    };
    let not_proved = [
        Words::ours("That what a site showed was true, or that it shows the same to anyone else or at any other time."),
        Words::ours("Who used the device or the account in question."),
        Words::ours("The time, beyond what the computer’s clock said. Its error is in annex B. ").and(time),
        Words::ours("That a person kept a passphrase secret, or that two people did not act together."),
        Words::ours("Anything about what was not recorded."),
    ];
    let proved: Vec<Words> = PROVED.iter().map(|text| Words::ours(text)).collect();
    let top = flow.y;
    let left = flow.lines(&Words::ours("When the checks below succeed, they prove"), FIELD_LABEL, HALF_W);
    let right = flow.lines(&Words::ours("They do not prove"), FIELD_LABEL, HALF_W);
    let mut feet = Vec::new();
    for (x, head, items) in [(LEFT, left, &proved[..]), (HALF_RIGHT, right, &not_proved[..])] {
        let y = flow.set_as(Role::H3, x, top, &head) + 1.1;
        let list = numbered(flow, items, HALF_W);
        feet.push(flow.set_at(x, y, &list));
    }
    flow.y = feet.into_iter().fold(top, f32::max) + 2.0;
    let ink = "Ink on a printed copy is a signature on that paper and no more. A computer can check the file; it \
               cannot check paper.";
    flow.text(&Words::ours(ink), BODY, LEFT, WIDTH);
    flow.y += 3.0;
}

fn numbered(flow: &Pages<'_>, items: &[Words], width: f32) -> Vec<Line> {
    let mut out = Vec::new();
    for (number, words) in items.iter().enumerate() {
        let lines = beside(flow.item_number(number + 1), flow.lines(words, BODY, width - 6.0), 6.0);
        out.extend(after(if number == 0 { 0.0 } else { 1.1 }, lines));
    }
    out
}

fn how_to_check(flow: &mut Pages<'_>) {
    flow.part_title("How to check this document");
    let items = [
        Words::ours(
            "Ask the school for its fingerprint card, using a telephone number that you found yourself. Compare all 64 \
             characters with the fingerprint below. If they differ, stop: this is not the school’s document.",
        ),
        Words::ours("Work out the SHA-256 of the PDF file and compare it with the hand-over receipt. On Windows: ")
            .then_mono(&unbroken("certutil -hashfile FILE.pdf SHA256"))
            .then(". Elsewhere: ")
            .then_mono(&unbroken("sha256sum FILE.pdf")),
        Words::ours("Open the file in Adobe Reader, or run ").then_mono(&unbroken("pdfsig FILE.pdf")).then(
            ". Expect the signatures listed at the foot of this page and no others, all valid, the last covering the \
             whole file. A reader says that it does not know the signer until you tell it to trust the school’s \
             certificate; step 1 is what makes that safe.",
        ),
        Words::ours("Run ").then_mono(&unbroken("evidence-trail-verify FILE.pdf")).then(
            ". It needs no network. It says what holds, what does not and what it could not check, and ends with \
             status 0 only if all holds.",
        ),
        Words::ours(
            "For each exhibit handed over, work out its SHA-256 and compare it with annex G. Gaps between groups of \
             eight are not part of a hash.",
        ),
        Words::ours(
            "Any later copy of the school’s ledger must have, at the entry below, the hash below. If it has another, \
             the ledger was changed after this form was made.",
        ),
    ];
    let mut lines = numbered(flow, &items, WIDTH);
    copied_plain(&mut lines);
    flow.set(LEFT, &lines);
    flow.y += 3.0;
}

/// Whoever copies a command gets plain spaces and hyphens, and can run it.
fn copied_plain(lines: &mut [Line]) {
    let glyphs = lines.iter_mut().flat_map(|line| &mut line.runs).flat_map(|run| Arc::make_mut(&mut run.glyphs));
    for text in glyphs.filter_map(|glyph| glyph.text.as_mut()) {
        *text = text.replace('\u{A0}', " ").replace('\u{2011}', "-");
    }
}

/// A command is never broken over lines.
fn unbroken(command: &str) -> String {
    command.replace(' ', "\u{A0}").replace('-', "\u{2011}")
}

fn summary(flow: &mut Pages<'_>, model: &RecordModel) -> Result<(), FormError> {
    let heading = &model.heading;
    flow.need(BOX_H + 2.0);
    let (top, x) = (flow.y, LEFT + 45.0);
    flow.paper.frame(Place { x: LEFT, y: top, w: WIDTH, h: BOX_H }, pen(rule::HEAVY));
    let text = of_record(
        &heading.case_reference,
        &heading.case_id,
        heading.ledger_entry,
        &heading.ledger_head,
        &heading.fingerprint,
    );
    draw_code(flow, &Code::new(&text)?, LEFT + 1.0, top + 1.0);
    let caption = shape::one_line(flow.fonts, &Words::ours("The same, as a code"), SMALL);
    let middle = LEFT + 1.0 + (CODE - caption.width) / 2.0;
    flow.set_at(middle, top + 41.0, &[caption]);
    let label = |flow: &Pages<'_>, text: &str| {
        let mut lines = flow.lines(&Words::ours(text), SMALL_LABEL, WIDTH - 47.0);
        lines.iter_mut().for_each(|line| line.height = 4.0);
        lines
    };
    let case = Words::outside(&heading.case_reference).then(&format!(
        " · entry {}. Form made {}",
        thousands(heading.ledger_entry),
        time::date_and_time(heading.made)
    ));
    let mut lines = label(flow, "Case and ledger entry");
    lines.extend(flow.lines(&case, SMALL, WIDTH - 47.0));
    lines.extend(after(2.0, label(flow, "Ledger head (SHA-256)")));
    lines.extend(address::hash(flow.fonts, &heading.ledger_head, 4));
    let compare = "Fingerprint of the school’s authority (SHA-256). Compare it with the card.";
    lines.extend(after(2.0, label(flow, compare)));
    lines.extend(address::hash(flow.fonts, &heading.fingerprint, 4));
    let card = format!("The card is kept by the {}. The code holds no web address.", model.terms.headteacher);
    lines.extend(after(2.0, flow.lines(&Words::ours(&card), SMALL, WIDTH - 47.0)));
    flow.set_at(x, top + 3.0, &lines);
    flow.y = top + BOX_H + 2.0;
    Ok(())
}

fn draw_code(flow: &mut Pages<'_>, code: &Code, x: f32, y: f32) {
    // Four modules of white stand around the code.
    let module = CODE / (code.size as f32 + 8.0);
    let (left, top) = (x + 4.0 * module, y + 4.0 * module);
    let node = flow.paper.open(Role::Figure);
    flow.paper.tree.nodes[node].alternative =
        Some("Code holding the case, ledger entry, ledger head and fingerprint printed beside it".to_owned());
    flow.paper.tree.nodes[node].place = Some(Place { x, y, w: CODE, h: CODE });
    for bar in code.bars() {
        let place = Place {
            x: left + bar.from as f32 * module,
            y: top + bar.row as f32 * module,
            w: bar.length as f32 * module,
            h: module,
        };
        flow.paper.content(Mark::Black { place });
    }
    flow.paper.close();
}

fn signatures(flow: &mut Pages<'_>, model: &RecordModel) {
    let columns = [(48.0, "Signature to expect"), (42.0, "Name"), (36.0, "Where"), (46.0, "Certificate begins")];
    let mut table = Table::new("The list of signatures", LEFT, &columns);
    let last = if model.chair_signs {
        "3. Chair of governors".to_owned()
    } else {
        let mut word = model.terms.headteacher.clone();
        if let Some(first) = word.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        format!("3. {word}")
    };
    let rows = [
        ("1. First reviewing person", &model.first, "Field 4", FIRST),
        ("2. Second reviewing person", &model.second, "Field 5", SECOND),
        (last.as_str(), &model.head, "Annex F", HEAD),
    ];
    for (who, person, place, field) in rows {
        let page = flow.references.page(&format!("field {field}"));
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::ours(who)),
            table.cell(flow, 1, &said(&person.name)),
            table.cell(flow, 2, &Words::ours(&format!("{place}, {page}"))),
            table.cell(flow, 3, &Words::default().then_mono(&address::beginning(&person.certificate, 16))),
        ]));
    }
    table.draw(flow);
}
