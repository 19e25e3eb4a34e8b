//! The case summary for a school's safeguarding record (CPOMS, MyConcern): one page, whatever the case.
//!
//! It has no picture and no place for one. What does not fit is cut between two lines and says so.

mod model;

pub use model::*;

use super::field::Label;
use super::flow::{Flow, settled};
use super::grid::{ANSWER_W, BODY, SMALL, rule};
use super::line::{Line, height};
use super::model::NOT_WRITTEN;
use super::paper::WordsOnly;
use super::reference::About;
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind};

type Pages<'a> = Flow<'a, WordsOnly>;

/// What stands where a field was cut.
const CUT: &str = "The rest stands in the case in Evidence Trail.";
/// Height of the fields together, in millimetres: the page without its head and its foot.
const FIELDS: f32 = 196.0;
/// White above and below an answer, in millimetres.
const PADDING: f32 = 3.4;
/// More characters than a page holds, also of the narrowest letters in the smallest of documents.
const MORE_THAN_A_PAGE: usize = 12_000;
/// Most characters of the school's name and address in the head.
const SCHOOL: usize = 200;

/// Lays out the summary of a case, always on one page.
///
/// # Errors
/// - If it has no field.
/// - If it does not fit on a page, the page references do not settle or the file cannot be finished, which are faults of
///   the program.
pub fn lay_out(model: &SummaryModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.fields.is_empty() {
        return Err(FormError::Missing { what: "field" });
    }
    let about = About::of(&model.heading, "Case summary");
    let paper = settled(fonts, &about, |flow| {
        page(flow, model);
        Ok(())
    })?;
    let drawn = bind::words(paper, &about, fonts)?;
    if drawn.pages() == 1 { Ok(drawn) } else { Err(FormError::Unsettled) }
}

fn page(flow: &mut Pages<'_>, model: &SummaryModel) {
    let heading = &model.heading;
    let school = shortened(&format!("{}, {}", heading.school.name, heading.school.address), SCHOOL);
    flow.title_block("Case summary", &Words::outside(&school), &heading.case_reference, &Words::ours(&model.remark));
    let note = "For the school’s safeguarding record. In words only: it has no picture and no web address. The case itself, \
                with its evidence, stays in Evidence Trail.";
    flow.boxed(&Words::ours(note));
    let answers: Vec<Vec<Line>> =
        model.fields.iter().map(|field| flow.paragraphs(&spoken(&field.text), ANSWER_W)).collect();
    let room = shares(flow, &answers);
    for (number, ((field, answer), room)) in model.fields.iter().zip(answers).zip(room).enumerate() {
        let width = if number == 0 { rule::STRONG } else { rule::FINE };
        let answer = cut(flow, answer, room);
        flow.field(&Label::numbered("", &field.label).under(width), answer);
    }
    flow.rule(rule::FINE);
    flow.end_of_document();
}

/// What stands in a field; more than a page holds is not even laid out.
fn spoken(text: &str) -> String {
    if text.trim().is_empty() {
        return NOT_WRITTEN.to_owned();
    }
    text.chars().take(MORE_THAN_A_PAGE).collect()
}

/// How high each answer may be: short ones keep what they need, and long ones share the rest alike.
fn shares(flow: &Pages<'_>, answers: &[Vec<Line>]) -> Vec<f32> {
    let need: Vec<f32> = answers.iter().map(|answer| height(answer).max(2.0 * BODY.line)).collect();
    #[allow(clippy::cast_precision_loss, reason = "a page has few fields")]
    let padding = PADDING * need.len() as f32;
    let (mut open, mut left) = (need.len(), FIELDS.min(flow.room() - 12.0) - padding);
    let mut sorted = need.clone();
    sorted.sort_by(f32::total_cmp);
    let mut most = 0.0;
    for one in sorted {
        #[allow(clippy::cast_precision_loss, reason = "a page has few fields")]
        let share = left / open as f32;
        if one <= share {
            left -= one;
            open -= 1;
            most = one;
        } else {
            most = share;
            break;
        }
    }
    need.into_iter().map(|one| one.min(most)).collect()
}

fn cut(flow: &Pages<'_>, answer: Vec<Line>, room: f32) -> Vec<Line> {
    if height(&answer) <= room + 0.01 {
        return answer;
    }
    let note = flow.lines(&Words::ours(CUT), SMALL, ANSWER_W);
    let mut used = height(&note);
    let mut out = Vec::new();
    for line in answer {
        used += line.before + line.height;
        if used > room && !out.is_empty() {
            break;
        }
        out.push(line);
    }
    out.extend(note);
    out
}
