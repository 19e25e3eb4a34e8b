//! The draft of a witness statement, laid out as the police and the courts know it (form MG11).
//!
//! What a written statement must have is set by the Criminal Procedure Rules, rule 16.2, and the Criminal Justice Act
//! 1967, section 9(2). The draft lists what the witness's own key signed. It writes no sentence for them, nobody has
//! signed it, and it has a place for contact details on its last page only, which is left blank.

mod model;

pub use model::*;

use super::field::Label;
use super::flow::{Flow, settled};
use super::grid::{ANSWER, ANSWER_W, BODY, BOTTOM, LEFT, RIGHT, rule};
use super::model::said;
use super::number::{counted, thousands};
use super::paper::WordsOnly;
use super::reference::About;
use super::structure::Place;
use super::table::{Row, Table};
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind, time};

type Pages<'a> = Flow<'a, WordsOnly>;

/// From one line to write on to the next, in millimetres.
const PITCH: f32 = 7.0;
/// Height of the box of the declaration.
const BOX_H: f32 = 22.0;

/// The declaration, in what rule 16.2(b) of the Criminal Procedure Rules and section 9(2)(b) of the Criminal Justice Act
/// 1967 ask that it say.
const DECLARATION: &str = "This statement, of ______ pages each signed by me, is true to the best of my knowledge and \
     belief. I make it knowing that, if it is introduced in evidence, it would be an offence wilfully to have stated in it \
     anything that I knew to be false or did not believe to be true.";

/// Lays out the draft of a statement.
///
/// # Errors
/// - If the witness has no name, or the ledger holds nothing that their key signed.
/// - If the page references do not settle or the file cannot be finished, which are faults of the program.
pub fn lay_out(model: &StatementModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.name.trim().is_empty() {
        return Err(FormError::Missing { what: "name of the witness" });
    }
    if model.parts.iter().all(|part| part.facts.is_empty()) {
        return Err(FormError::Missing { what: "entry signed with the witness\u{2019}s own key" });
    }
    let about = About { draft: true, ink_lines: true, ..About::of(&model.heading, "Witness statement, draft") };
    let paper = settled(fonts, &about, |flow| {
        pages(flow, model);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn pages(flow: &mut Pages<'_>, model: &StatementModel) {
    let heading = &model.heading;
    let rules = Words::ours("Criminal Procedure Rules, rule 16.2; Criminal Justice Act 1967, section 9");
    let remark = Words::ours(&format!("Draft made {}", time::date_and_time(heading.made)));
    flow.title_block("Witness statement", &rules, &heading.case_reference, &remark);
    let draft = Words::ours("**Draft. Nobody has made this statement yet.** It lists entries of the ledger that ")
        .then_outside(&model.name)
        .then(
            " signed with their own key. The witness writes the sentences, leaves out what they do not know themselves, \
             and signs each page. What is printed here is no statement.",
        );
    flow.boxed(&draft);
    let answer = flow.lines(&said(&model.name), BODY, ANSWER_W);
    flow.field(&Label::numbered("1", "Statement of").under(rule::STRONG), answer);
    blank(flow, &Label::numbered("2", "Age if under 18"), "If over 18, write “over 18”.", 1);
    let school = said(&model.position).then(", ").then_outside(&heading.school.name);
    let answer = flow.lines(&school, BODY, ANSWER_W);
    flow.field(&Label::numbered("3", "Occupation"), answer);
    declaration(flow);
    for part in &model.parts {
        facts(flow, part);
    }
    exhibits(flow, model);
    own_words(flow);
    contact(flow);
    flow.end_of_document();
}

fn declaration(flow: &mut Pages<'_>) {
    let answer = flow.lines(&Words::ours(DECLARATION), BODY, ANSWER_W);
    flow.field_with(&Label::numbered("4", "Declaration"), answer, BOX_H + 3.0, |flow, y| {
        let place = Place { x: ANSWER, y: y + 2.0, w: ANSWER_W, h: BOX_H };
        flow.ink_box(place, "Not signed. To be signed in ink by the witness.", "Signature", "Date", 34.0);
    });
    blank(flow, &Label::numbered("5", "If read to the witness"), "By whom, and their signature.", 1);
    flow.rule(rule::FINE);
    flow.gap(3.0);
}

/// A field to write in by hand.
fn blank(flow: &mut Pages<'_>, label: &Label<'_>, hint: &str, lines: usize) {
    let answer = if hint.is_empty() { Vec::new() } else { flow.lines(&Words::ours(hint), BODY, ANSWER_W) };
    #[allow(clippy::cast_precision_loss, reason = "a field has few lines")]
    let extra = lines as f32 * PITCH;
    flow.field_with(label, answer, extra, |flow, y| {
        let mut at = y;
        for _ in 0..lines {
            at += PITCH;
            flow.ink(ANSWER, RIGHT, at - 1.0);
        }
    });
}

fn facts(flow: &mut Pages<'_>, part: &StatementPart) {
    if part.facts.is_empty() {
        return;
    }
    let columns = [(38.0, "When"), (112.0, "What the entry holds"), (22.0, "Ledger entry")];
    let mut table = Table::new(&part.title, LEFT, &columns).with_title("", &part.title);
    for fact in &part.facts {
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::ours(&time::date_and_time(fact.at))),
            table.paragraphs(flow, 1, &fact.what),
            table.cell(flow, 2, &Words::ours(&thousands(fact.entry))),
        ]));
    }
    let rows = counted(part.facts.len(), "fact", "facts");
    table.draw_with_note(flow, &Words::ours(&format!("{rows}; the list ends here. {}", part.remark)));
    flow.gap(3.0);
}

fn exhibits(flow: &mut Pages<'_>, model: &StatementModel) {
    if model.exhibits.is_empty() {
        let answer = flow.lines(&Words::ours("None: this person produced no exhibit in this case."), BODY, ANSWER_W);
        flow.field(&Label::numbered("", "Exhibits"), answer);
        return;
    }
    let columns = [(22.0, "Exhibit"), (90.0, "What it is"), (60.0, "Produced")];
    let mut table = Table::new("Exhibits", LEFT, &columns).with_title("", "Exhibits that the witness produced");
    for exhibit in &model.exhibits {
        table.push(Row::new(vec![
            table.cell(flow, 0, &Words::default().then_bold(&exhibit.mark)),
            table.cell(flow, 1, &said(&exhibit.what)),
            table.cell(flow, 2, &said(&exhibit.made)),
        ]));
    }
    let rows = counted(model.exhibits.len(), "exhibit", "exhibits");
    let note = "Name each by its mark where you write of it, as in “I produce it as JS/1”, and sign its label.";
    table.draw_with_note(flow, &Words::ours(&format!("{rows}; the list ends here. {note}")));
}

/// A page of lines for the witness's sentences.
fn own_words(flow: &mut Pages<'_>) {
    flow.new_page();
    flow.bookmark("The statement");
    flow.part_title("The statement, in the witness’s own words");
    let note = "Write only what you saw, heard or did yourself, in order, with dates and times. Sign each page at its foot. \
                Go on with further sheets if you need them, and number them.";
    flow.note(&Words::ours(note));
    flow.y += PITCH;
    while flow.y < BOTTOM - 1.0 {
        flow.ink(LEFT, RIGHT, flow.y);
        flow.y += PITCH;
    }
    flow.y = BOTTOM;
}

/// The last page: the only place of how to reach the witness.
fn contact(flow: &mut Pages<'_>) {
    flow.new_page();
    flow.bookmark("Contact details");
    flow.part_title("Contact details of the witness: this page only");
    let note = "Write nothing of this on another page. Keep this page apart when copies of the statement are given out. \
                The program does not fill it in.";
    flow.note(&Words::ours(note));
    flow.gap(2.0);
    let blanks = [
        ("Home address and postcode", 3),
        ("Telephone: home, work, mobile", 2),
        ("E-mail, and the best way and time to reach you", 2),
        ("Date and place of birth", 1),
        ("Former name, if any", 1),
        ("Days when you cannot attend court", 3),
        ("Help that you need to give evidence", 2),
        ("Statement taken by, where, when", 2),
    ];
    for (label, lines) in blanks {
        blank(flow, &Label::plain(label), "", lines);
    }
    flow.rule(rule::FINE);
}
