//! A redacted copy of the record: its fields and annexes A to E and G, with no place for a signature. It says on its first
//! page that it is a copy, from what, and that nobody signed it.

use super::model::RecordModel;
use super::{actions, fields, isolation, listed, sessions, steps, views};
use crate::form::field::Label;
use crate::form::flow::{Flow, settled};
use crate::form::grid::{BODY, LEFT, WIDTH, rule};
use crate::form::model::{Person, said};
use crate::form::paper::WordsOnly;
use crate::form::reference::About;
use crate::form::words::Words;
use crate::form::{Drawn, Fonts, FormError, bind, time};
use serde::{Deserialize, Serialize};

const DOCUMENT: &str = "Record of review, redacted copy";
/// As large letters have room for it.
const TITLE: &str = "Record, redacted copy";

type Pages<'a> = Flow<'a, WordsOnly>;

/// What a redacted copy says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactedCopy {
    /// For whom it was made, and in what state it is, such as a draft.
    pub purpose: String,
    /// The edition of the record that it is a copy of.
    pub edition: u32,
    /// SHA-256 of that edition as it stands.
    #[serde(with = "crate::form::model::hexadecimal")]
    pub sha256: [u8; 32],
    /// How many people were replaced.
    pub replaced: usize,
}

/// Lays out a redacted copy; the words of the model are redacted already.
///
/// # Errors
/// - If the page references do not settle or the file cannot be finished, which are faults of the program.
pub fn lay_out_copy(model: &RecordModel, copy: &RedactedCopy, fonts: &Fonts) -> Result<Drawn, FormError> {
    let about = About::of(&model.heading, DOCUMENT);
    let paper = settled(fonts, &about, |flow| {
        pages(flow, model, copy);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn pages(flow: &mut Pages<'_>, model: &RecordModel, copy: &RedactedCopy) {
    let heading = &model.heading;
    let school = Words::outside(&heading.school.name).then(", ").then_outside(&heading.school.address);
    let remark = format!("Of edition {}, made {}", copy.edition, time::date_and_time(heading.made));
    flow.title_block(TITLE, &school, &heading.case_reference, &Words::ours(&remark));
    flow.boxed(&Words::ours("**Redacted copy. Nobody signed it, and nobody signs it.** ").then_outside(&copy.purpose));
    fields::dates_and_reason(flow, model);
    person(flow, "4", "First reviewing person", &model.first);
    person(flow, "5", "Second reviewing person", &model.second);
    fields::reviewed_and_concluded(flow, model);
    said_of_it(flow, copy);
    flow.new_page();
    steps::lay(flow, model);
    sessions::lay(flow, model);
    views::lay(flow, model);
    actions::lay(flow, model);
    isolation::isolation(flow, model);
    listed::lay(flow, model);
    flow.end_of_document();
}

fn person(flow: &mut Pages<'_>, number: &str, label: &str, person: &Person) {
    let signature = Words::ours("Not in a copy: the record itself has it, or the cover sheet says that it is missing");
    let answer =
        flow.pairs(&[("Name", said(&person.name)), ("Position", said(&person.position)), ("Signature", signature)]);
    flow.field(&Label::numbered(number, label), answer);
}

/// How it was redacted, and what it was made from.
fn said_of_it(flow: &mut Pages<'_>, copy: &RedactedCopy) {
    let who = match copy.replaced {
        0 => "Nobody was replaced.".to_owned(),
        1 => "One person is called P1 wherever their name was recorded.".to_owned(),
        many => format!("{many} people are called P1 to P{many} wherever their names were recorded."),
    };
    let words = format!(
        "**How it was redacted.** {who} Parts of a name are replaced too, also where they mean somebody else. Staff who \
         acted for the school in this case are named. What was not recorded as a name, such as a nickname, cannot be \
         found by a program: whoever handed this over was told to read it first. The charts, annex F and annex J of the \
         record are not in a copy. What was recorded after that edition was made may be in the copy all the same. The edition \
         that it was made from has this SHA-256:"
    );
    flow.rule(rule::STRONG);
    flow.y += 1.5;
    flow.text(&Words::ours(&words), BODY, LEFT, WIDTH);
    let hash = crate::form::address::hash(flow.fonts, &copy.sha256, 4);
    flow.set(LEFT, &hash);
}
