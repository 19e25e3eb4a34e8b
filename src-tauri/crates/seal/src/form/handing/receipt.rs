//! The receipt: it binds the paper to the package, and both people sign it by hand.

use super::{HandOverModel, sheet, title, to_whom};
use crate::form::address;
use crate::form::field::Label;
use crate::form::grid::{ANSWER_W, BODY, HALF_RIGHT, HALF_W, LEFT, MONO, SMALL, WIDTH, rule};
use crate::form::line::{after, height};
use crate::form::model::said;
use crate::form::number::counted;
use crate::form::structure::Place;
use crate::form::words::Words;
use crate::form::{Drawn, Fonts, FormError, shape};

/// Height of a box to sign in.
const BOX_H: f32 = 25.0;

/// Lays out the receipt of a package with this statement.
///
/// # Errors
/// - If the page references do not settle or the file cannot be finished, which are faults of the program.
pub fn lay_out(model: &HandOverModel, statement: &[u8; 32], fonts: &Fonts) -> Result<Drawn, FormError> {
    sheet(model, "Hand-over receipt", fonts, |flow| {
        title(flow, model, "Hand-over receipt");
        let words = "**Print this twice. Both people sign both; each keeps one.** The hash of field 6 stands for every file \
                     of the package: compare it before you sign.";
        flow.boxed(&Words::ours(words));
        to_whom(flow, model);
        let answer = flow.lines(&said(&model.name), BODY, ANSWER_W);
        flow.field(&Label::numbered("4", "Name of the package"), answer);
        let pictures = if model.exhibits.is_empty() {
            "no picture of an exhibit".to_owned()
        } else {
            counted(model.exhibits.len(), "file of an exhibit", "files of exhibits")
        };
        let words = format!("{} and {pictures}", counted(model.documents.len(), "document", "documents"));
        let answer = flow.lines(&Words::ours(&words), BODY, ANSWER_W);
        flow.field(&Label::numbered("5", "What is in it"), answer);
        let mut answer = flow.lines(&Words::ours("SHA-256 of the file statement.json:"), BODY, ANSWER_W);
        answer.extend(after(0.5, address::hash(flow.fonts, statement, 4)));
        let words = "On Windows, in the package’s folder: ";
        answer.extend(after(1.0, flow.lines(&Words::ours(words), BODY, ANSWER_W)));
        let command = Words::default().then_mono("certutil -hashfile statement.json SHA256");
        answer.push(shape::one_line(flow.fonts, &command, MONO));
        flow.field(&Label::numbered("6", "The package, as one hash"), answer);
        flow.rule(rule::FINE);
        to_sign(flow, model);
        flow.end_of_document();
    })
}

fn to_sign(flow: &mut super::Pages<'_>, model: &HandOverModel) {
    let words = format!(
        "To be signed by hand. The package itself is signed electronically by {}, {}.",
        model.maker.name, model.maker.position
    );
    let lines = flow.lines(&Words::outside(&words), SMALL, WIDTH);
    flow.need(height(&lines) + 2.0 * BOX_H + 17.0);
    flow.y += 3.0;
    flow.set(LEFT, &lines);
    flow.y += 2.0;
    let captions = ("Name and signature in ink", "Date, time");
    let mut y = flow.y;
    for (left, right) in [("Handed over by", "Received by"), ("Medium came back to", "Medium wiped or destroyed by")] {
        let place = |x| Place { x, y, w: HALF_W, h: BOX_H };
        flow.ink_box(place(LEFT), left, captions.0, captions.1, 26.0);
        flow.ink_box(place(HALF_RIGHT), right, captions.0, captions.1, 26.0);
        y += BOX_H + 3.0;
    }
    flow.y = y - 1.5;
}
