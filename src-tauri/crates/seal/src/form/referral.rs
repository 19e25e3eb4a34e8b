//! The police referral record: words only.
//!
//! **No code path of this document has an operation that could place an image**: it is laid out on
//! paper whose kind of picture has no value, and bound without a list of pictures.

mod model;
mod sealed;

pub use model::*;

use super::address::{self, Whole};
use super::field::{Label, Signer};
use super::flow::{Flow, settled};
use super::grid::{ANSWER, ANSWER_W, BODY, LABEL, LEFT, RIGHT, SMALL_LABEL, rule};
use super::line::{Line, after, beside};
use super::model::{Cell, said};
use super::number::thousands;
use super::paper::WordsOnly;
use super::reference::About;
use super::structure::Place;
use super::time;
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind};

/// Name of the signature field of the person who made the record.
pub const FIRST: &str = "first";

type Pages<'a> = Flow<'a, WordsOnly>;

/// Height of the boxes for the hand-over.
const HAND_OVER_H: f32 = 25.0;

/// Lays out the police referral record.
///
/// # Errors
/// - If the page references do not settle or the file cannot be finished, which are faults of the
///   program.
pub fn lay_out(model: &ReferralModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    let about = About::of(&model.heading, "Police referral record");
    let paper = settled(fonts, &about, |flow| {
        pages(flow, model);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn pages(flow: &mut Pages<'_>, model: &ReferralModel) {
    let heading = &model.heading;
    let school = Words::outside(&heading.school.name).then(", ").then_outside(&heading.school.address);
    let remark = match &model.route {
        Route::Stopped { at } => format!("Review stopped {}", time::date_and_time(*at)),
        Route::NotReviewed => format!("Opened {}; not reviewed", time::date(heading.opened)),
    };
    flow.title_block("Police referral record", &school, &heading.case_reference, &Words::ours(&remark));
    warning(flow, model);
    fields(flow, model);
    police(flow, model);
    hand_over(flow);
    sealed::lay(flow, model);
    made_by(flow, model);
    flow.end_of_document();
}

fn warning(flow: &mut Pages<'_>, model: &ReferralModel) {
    let since = match &model.route {
        Route::Stopped { .. } => "since the time above",
        Route::NotReviewed => "at any time",
    };
    let earlier = if model.sealed.is_empty() {
        "No exhibit of this case is on record as sealed."
    } else {
        "Pictures taken earlier are sealed; they do not leave this computer; the police open them on their own image \
         of its disk, with the school’s two recovery codes."
    };
    let words = format!(
        "**This record is in words only. It has no picture, and none may be added.** Evidence Trail has shown, \
         copied and printed no picture from this case {since}. {earlier}"
    );
    flow.boxed(&Words::ours(&words));
}

fn fields(flow: &mut Pages<'_>, model: &ReferralModel) {
    let why = match &model.route {
        Route::Stopped { .. } => "Why it was stopped",
        Route::NotReviewed => "Why the school did not review it",
    };
    let answer = words(flow, &model.why);
    flow.field(&Label::numbered("1", why), answer);
    let answer = done(flow, model);
    flow.field(&Label::numbered("2", "What was done"), answer);
    let answer = addresses(flow, model);
    flow.field(&Label::numbered("3", "Addresses"), answer);
    let people = model.people.join("; ");
    let answer = words(flow, &Cell::Said(people));
    flow.field(&Label::numbered("4", "People signed in"), answer);
    let answer = words(flow, &model.computer);
    flow.field(&Label::numbered("5", "Computer"), answer);
    let answer = sealed_summary(flow, model);
    flow.field(&Label::numbered("6", "Sealed exhibits"), answer);
    let mut answer = Vec::new();
    for cell in &model.others_told {
        answer.extend(words(flow, cell));
    }
    if answer.is_empty() {
        answer = words(flow, &Cell::None);
    }
    flow.field(&Label::numbered("7", "Others told"), answer);
}

fn words(flow: &Pages<'_>, cell: &Cell) -> Vec<Line> {
    match cell {
        Cell::Said(text) if !text.trim().is_empty() => flow.paragraphs(text, ANSWER_W),
        Cell::Said(_) | Cell::NotRecorded { .. } | Cell::None | Cell::NotNeeded | Cell::NotChosen | Cell::See(_) => {
            flow.lines(&cell.words(), BODY, ANSWER_W)
        }
    }
}

fn done(flow: &Pages<'_>, model: &ReferralModel) -> Vec<Line> {
    const TIME_W: f32 = 26.0;
    let mut out: Vec<Line> = Vec::new();
    let mut day = String::new();
    for act in &model.done {
        let date = time::date(act.at);
        let gap = if out.is_empty() { 0.0 } else { 0.5 };
        if date != day {
            out.extend(after(gap, flow.lines(&Words::ours(&date), SMALL_LABEL, ANSWER_W)));
            day = date;
        }
        let clock = flow.lines(&Words::ours(&time::clock(act.at)), BODY, TIME_W - 1.0);
        let act = flow.lines(&act.act.words(), BODY, ANSWER_W - TIME_W);
        out.extend(after(0.5, beside(clock, act, TIME_W)));
    }
    if out.is_empty() {
        return flow.lines(&said(""), BODY, ANSWER_W);
    }
    out
}

fn addresses(flow: &Pages<'_>, model: &ReferralModel) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for exact in &model.addresses {
        let gap = if out.is_empty() { 0.0 } else { 2.0 };
        out.extend(after(gap, flow.lines(&Words::ours("For reading"), SMALL_LABEL, ANSWER_W)));
        out.extend(address::readable_lines(flow.fonts, exact, ANSWER_W, Whole::InLedger));
        let count = thousands(address::characters(exact) as u64);
        let head = format!("Exact, {count} characters");
        out.extend(after(0.5, flow.lines(&Words::ours(&head), SMALL_LABEL, ANSWER_W)));
        out.extend(address::exact_lines(flow.fonts, exact, ANSWER_W, Whole::InLedger));
    }
    if out.is_empty() {
        return flow.lines(&Cell::None.words(), BODY, ANSWER_W);
    }
    out
}

fn sealed_summary(flow: &Pages<'_>, model: &ReferralModel) -> Vec<Line> {
    let mut out = words(flow, &model.sealed_summary);
    if !model.sealed.is_empty() {
        let page = flow.references.page("sealed");
        let line = format!("Their marks and hashes are on {page}.");
        out.extend(flow.lines(&Words::ours(&line), BODY, ANSWER_W));
    }
    out
}

fn police(flow: &mut Pages<'_>, model: &ReferralModel) {
    const PITCH: f32 = 8.5;
    // The boxes for the hand-over stay on the page of the field that says to whom.
    let tall = 1.6 + 3.5 + 6.0 * PITCH + 3.0;
    flow.need(tall + HAND_OVER_H);
    flow.rule(rule::FINE);
    let top = flow.y + 1.6;
    flow.label(LEFT, top, "8", super::grid::FIELD_LABEL);
    let label = super::shape::one_line(flow.fonts, &Words::ours("Police"), super::grid::FIELD_LABEL);
    let next = LABEL + label.width + 2.0;
    flow.set_as(super::structure::Role::H2, LABEL, top, &[label]);
    flow.label(next, top, "Write in ink where a line is empty.", BODY);
    let known = &model.police;
    let rows = [
        ("Force", &known.force, Some(("Reference", &known.reference))),
        ("Officer", &known.officer, Some(("Number", &known.number))),
        ("Station and unit", &known.station, Some(("Date and time", &known.when))),
        ("Advice given", &known.advice, None),
        ("", &None, None),
        ("Items taken away", &known.items, None),
    ];
    let mut y = top + 3.5;
    for (label, value, second) in rows {
        y += PITCH;
        let right = if second.is_some() { 118.0 } else { RIGHT };
        on_line(flow, label, LABEL, ANSWER, right, y, value.as_deref());
        if let Some((label, value)) = second {
            on_line(flow, label, 122.0, 148.0, RIGHT, y, value.as_deref());
        }
    }
    flow.y = y + 3.0;
}

/// A label and a line at `y`; what is known is printed on it.
fn on_line(flow: &mut Pages<'_>, label: &str, label_x: f32, x1: f32, x2: f32, y: f32, known: Option<&str>) {
    if !label.is_empty() {
        flow.label(label_x, y - 5.0, label, SMALL_LABEL);
    }
    flow.ink(x1, x2, y);
    if let Some(known) = known {
        // What is too long for its line stands in the record of the call, not cut here.
        let lines = flow.lines(&Words::outside(known), BODY, x2 - x1);
        match lines.as_slice() {
            [line] => {
                flow.set_at(x1, y - 5.0, std::slice::from_ref(line));
            }
            [] | [_, ..] => flow.label(x1, y - 5.0, "See field 2", BODY),
        }
    }
}

fn hand_over(flow: &mut Pages<'_>) {
    let (y, h) = (flow.y, HAND_OVER_H);
    flow.ink_box(Place { x: LEFT, y, w: 84.0, h }, "Handed over by", "Name and signature", "Date and time", 36.0);
    flow.ink_box(Place { x: 110.0, y, w: 84.0, h }, "Received by", "Name, number and signature", "Date and time", 32.0);
    flow.y += HAND_OVER_H + 3.0;
}

fn made_by(flow: &mut Pages<'_>, model: &ReferralModel) {
    let signer = Signer {
        field: FIRST,
        called: "the person who made this record",
        name: said(&model.made_by.name),
        position: said(&model.made_by.position),
    };
    flow.gap(5.0);
    flow.signature_field(&Label::plain("Record made by"), &signer);
    flow.rule(rule::FINE);
}
