//! The enrolment card: the fingerprint of a person's certificate on paper, signed in ink.

use super::address;
use super::field::Label;
use super::flow::{Flow, settled};
use super::grid::{ANSWER_W, BODY, HALF_RIGHT, HALF_W, LEFT, PART, WIDTH, rule};
use super::line::{Line, after, beside, height};
use super::model::{School, Terms, hexadecimal, said};
use super::paper::{WordsOnly, pen};
use super::structure::Place;
use super::time;
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind, sheet};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

type Pages<'a> = Flow<'a, WordsOnly>;

/// Height of a box to sign in.
const BOX_H: f32 = 25.0;

const STEPS: [&str; 5] = [
    "Compare both fingerprints with those that Evidence Trail shows under People, figure by figure. If one differs, do \
     not sign: lock the program and tell the headteacher.",
    "Sign and date this card by hand while the other person watches. The other person signs as well.",
    "Give it to the headteacher, who keeps it locked away from the computer, with the cards of the others. The card of \
     the headteacher is kept by the chair of governors.",
    "Show or copy it to anyone who has to check a signature: the police, the local authority, a court. It holds no \
     secret.",
    "Never throw it away. When this person gets new keys or leaves, write so with the date across this card and keep \
     it: what they signed before is still checked against it.",
];

/// All that an enrolment card prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardModel {
    /// The school.
    pub school: School,
    /// What the pack calls people.
    pub terms: Terms,
    /// Protective marking, such as `OFFICIAL-SENSITIVE`.
    pub marking: String,
    /// Made in practice mode.
    pub practice: bool,
    /// When the card was made.
    pub made: DateTime<Utc>,
    /// Full name of the person.
    pub name: String,
    /// Position in the school.
    pub position: String,
    /// Initials that mark the person's exhibits.
    pub initials: String,
    /// When the certificate was recorded.
    pub enrolled: DateTime<Utc>,
    /// SHA-256 of the person's certificate.
    #[serde(with = "hexadecimal")]
    pub certificate: [u8; 32],
    /// SHA-256 of the person's earlier certificate, where this one replaces it.
    #[serde(default, with = "earlier", skip_serializing_if = "Option::is_none")]
    pub replaces: Option<[u8; 32]>,
    /// SHA-256 of the certificate of the school's authority.
    #[serde(with = "hexadecimal")]
    pub fingerprint: [u8; 32],
}

/// Lays out an enrolment card: one page.
///
/// # Errors
/// - If the person has no name.
/// - If the file cannot be finished, which is a fault of the program.
pub fn lay_out(model: &CardModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.name.trim().is_empty() {
        return Err(FormError::Missing { what: "name" });
    }
    let about = sheet::about("Enrolment card", &model.school, &model.marking, model.practice, model.made);
    let paper = settled(fonts, &about, |flow| {
        sheet::heading(flow, "Enrolment card", &model.school, model.made);
        person(flow, model);
        fields(flow, model);
        to_sign(flow, model);
        flow.end_of_document();
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

/// The person and the fingerprint, in the box that nobody may miss.
fn person(flow: &mut Pages<'_>, model: &CardModel) {
    let mut lines = flow.lines(&Words::default().then_bold(model.name.trim()), PART, WIDTH - 10.0);
    let words = said(&model.position).then(" · initials ").and(said(&model.initials));
    lines.extend(flow.lines(&words, BODY, WIDTH - 10.0));
    let label = Words::ours("**Fingerprint of this person’s certificate (SHA-256)**");
    lines.extend(after(3.0, flow.lines(&label, BODY, WIDTH - 10.0)));
    lines.extend(after(0.5, address::hash(flow.fonts, &model.certificate, 4)));
    let tall = height(&lines) + 8.0;
    flow.paper.frame(Place { x: LEFT, y: flow.y, w: WIDTH, h: tall }, pen(rule::HEAVY));
    flow.set_at(LEFT + 5.0, flow.y + 4.0, &lines);
    flow.y += tall + 3.0;
}

fn fields(flow: &mut Pages<'_>, model: &CardModel) {
    let why = "Every signature of this person in a record of the school carries the certificate above. The card ties \
               that certificate to the person by hand, on paper, where no computer can change it.";
    let answer = flow.lines(&Words::ours(why), BODY, ANSWER_W);
    flow.field(&Label::numbered("1", "What it is for").under(rule::STRONG), answer);
    let answer = flow.lines(&Words::ours(&time::date_and_time(model.enrolled)), BODY, ANSWER_W);
    flow.field(&Label::numbered("2", "Enrolled"), answer);
    let answer = replaced(flow, model);
    flow.field(&Label::numbered("3", "Replaces"), answer);
    let mut answer = address::hash(flow.fonts, &model.fingerprint, 4);
    let words = "The authority issued the certificate above. The same fingerprint stands on every form of this school.";
    answer.extend(after(0.5, flow.lines(&Words::ours(words), BODY, ANSWER_W)));
    flow.field(&Label::numbered("4", "Fingerprint of the school’s authority (SHA-256)"), answer);
    let answer = steps(flow, &model.terms);
    flow.field(&Label::numbered("5", "What to do with this card"), answer);
    flow.rule(rule::FINE);
}

fn replaced(flow: &Pages<'_>, model: &CardModel) -> Vec<Line> {
    let Some(earlier) = &model.replaces else {
        return flow.lines(&Words::ours("None: this is the person’s first certificate."), BODY, ANSWER_W);
    };
    let words = "The certificate below, which is revoked. What was signed with it before this card stands.";
    let mut lines = flow.lines(&Words::ours(words), BODY, ANSWER_W);
    lines.extend(after(0.5, address::hash(flow.fonts, earlier, 4)));
    lines
}

fn steps(flow: &Pages<'_>, terms: &Terms) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for (number, words) in STEPS.iter().enumerate() {
        let count = flow.lines(&Words::ours(&format!("{}.", number + 1)), BODY, 6.0);
        let words = flow.lines(&sheet::renamed(words, terms), BODY, ANSWER_W - 6.0);
        out.extend(after(if number == 0 { 0.0 } else { 1.1 }, beside(count, words, 6.0)));
    }
    out
}

fn to_sign(flow: &mut Pages<'_>, model: &CardModel) {
    let words = Words::ours("I am ")
        .then_bold(model.name.trim())
        .then(". I compared the fingerprints on this card with those on the screen; they are the same.");
    let lines = flow.lines(&words, BODY, WIDTH);
    flow.need(height(&lines) + BOX_H + 13.0);
    flow.y += 3.0;
    flow.set(LEFT, &lines);
    flow.y += 2.0;
    let y = flow.y;
    let left = Place { x: LEFT, y, w: HALF_W, h: BOX_H };
    flow.ink_box(left, "The person enrolled", "Signature in ink", "Date", 26.0);
    let right = Place { x: HALF_RIGHT, y, w: HALF_W, h: BOX_H };
    flow.ink_box(right, "Seen by", "Name and signature in ink", "Date", 26.0);
    flow.y += BOX_H + 1.5;
}

/// An optional SHA-256 value as 64 hexadecimal figures.
mod earlier {
    use super::hexadecimal;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(hash: &Option<[u8; 32]>, to: S) -> Result<S::Ok, S::Error> {
        match hash {
            Some(hash) => hexadecimal::serialize(hash, to),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<[u8; 32]>, D::Error> {
        #[derive(Deserialize)]
        struct Hash(#[serde(with = "hexadecimal")] [u8; 32]);
        Ok(Option::<Hash>::deserialize(from)?.map(|hash| hash.0))
    }
}
