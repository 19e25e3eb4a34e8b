//! The recovery kit: a page for each of the two codes, and the emergency card.

use super::address;
use super::field::Label;
use super::flow::{Flow, settled};
use super::grid::{ANSWER_W, BODY, CODE, LEFT, PART, SMALL, SMALL_LABEL, TITLE, WIDTH, rule};
use super::line::{Line, after, beside, height};
use super::model::{School, Terms, hexadecimal, said};
use super::paper::{WordsOnly, pen};
use super::reference::About;
use super::structure::{Place, Role};
use super::time;
use super::words::Words;
use super::{Drawn, Fonts, FormError, bind, shape};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

type Pages<'a> = Flow<'a, WordsOnly>;

/// All that the recovery kit prints. It holds secrets: drop it as soon as it is printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitModel {
    /// The school.
    pub school: School,
    /// What the pack calls people.
    pub terms: Terms,
    /// Protective marking, such as `OFFICIAL-SENSITIVE`.
    pub marking: String,
    /// Made in practice mode.
    pub practice: bool,
    /// When the codes were made.
    pub made: DateTime<Utc>,
    /// Name of the designated computer.
    pub computer: String,
    /// The two codes, each in its groups.
    pub codes: [Vec<String>; 2],
    /// Who keeps each code: `the school safe`, `the chair of governors`.
    pub keepers: [String; 2],
    /// SHA-256 of the certificate of the school's authority.
    #[serde(with = "hexadecimal")]
    pub fingerprint: [u8; 32],
    /// Whom to ring, each with the number the school entered; empty leaves lines for ink.
    pub contacts: Vec<(String, String)>,
}

impl std::fmt::Debug for KitModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KitModel({}, codes not shown)", self.school.name)
    }
}

/// Lays out the recovery kit: three pages.
///
/// # Errors
/// - If a code is empty.
/// - If the file cannot be finished, which is a fault of the program.
pub fn lay_out(model: &KitModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.codes.iter().any(|code| code.iter().all(|group| group.trim().is_empty())) {
        return Err(FormError::Missing { what: "recovery code" });
    }
    let about = About {
        school: model.school.name.clone(),
        document: "Recovery kit".to_owned(),
        case: String::new(),
        marking: model.marking.clone(),
        practice: model.practice,
        entry: None,
        edition: None,
        made: model.made,
        initials: false,
        ink_lines: false,
    };
    let paper = settled(fonts, &about, |flow| {
        code_page(flow, model, 0);
        flow.new_page();
        code_page(flow, model, 1);
        flow.new_page();
        emergency_card(flow, model);
        Ok(())
    })?;
    bind::words(paper, &about, fonts)
}

fn heading(flow: &mut Pages<'_>, title: &str, model: &KitModel) {
    flow.bookmark(title);
    let line = shape::one_line(flow.fonts, &Words::ours(title), TITLE);
    flow.y = flow.set_as(Role::H1, LEFT, flow.y, &[line]);
    let school = Words::outside(&model.school.name)
        .then(", ")
        .then_outside(&model.school.address)
        .then(&format!(" · made {}", time::date_and_time(model.made)));
    let lines = flow.lines(&school, BODY, WIDTH);
    flow.set(LEFT, &lines);
    flow.y += 2.5;
}

fn code_page(flow: &mut Pages<'_>, model: &KitModel, number: usize) {
    let name = format!("Recovery code {} of 2", number + 1);
    heading(flow, &name, model);
    let code = &model.codes[number];
    let mut lines: Vec<Line> = Vec::new();
    for row in code.chunks(3) {
        let mut line: Vec<Line> = Vec::new();
        for (place, group) in row.iter().enumerate() {
            let next = flow.lines(&Words::default().then_mono(group), CODE, 50.0);
            line = beside(line, next, 50.0 * place as f32);
        }
        lines.extend(line);
    }
    let tall = height(&lines) + 18.0;
    flow.paper.frame(Place { x: LEFT, y: flow.y, w: WIDTH, h: tall }, pen(rule::HEAVY));
    flow.label(LEFT + 5.0, flow.y + 2.5, "The code. Read along the rows.", SMALL_LABEL);
    let foot = flow.set_at(LEFT + 10.0, flow.y + 8.5, &lines);
    flow.label(LEFT + 5.0, foot + 2.0, "No group has the letters I, L, O or U: write 1 and 0 as figures.", SMALL);
    flow.y += tall + 3.0;
    let other = 2 - number;
    let keeper = Words::ours("With ")
        .and(said(&model.keepers[number]))
        .then(", in a closed envelope. Never in the same place as code ")
        .then(&other.to_string())
        .then(", never in a photograph, an e-mail or a file.");
    let answers = [
        (
            "1",
            "What it is for",
            Words::ours(
                "Both codes together open the school’s records when nobody can sign in any more, or on another \
                 computer. One code alone opens nothing. The police need both to open sealed exhibits on their own \
                 image of the disk.",
            ),
        ),
        (
            "2",
            "What it cannot do",
            Words::ours(
                "It never opens anybody’s signing key. A person who forgot a passphrase gets new keys; the old ones are \
             revoked, and both are on record.",
            ),
        ),
        ("3", "Where to keep it", keeper),
        (
            "4",
            "When to use it",
            Words::ours(
                "When nobody can sign in any more, or when the police ask for it. Two people bring one code each. Print a \
             new kit afterwards.",
            ),
        ),
        (
            "5",
            "If it is lost",
            Words::ours(
                "Tell the headteacher the same day. While two people can still sign in, print a new kit: the old codes \
             stop working.",
            ),
        ),
        ("6", "Computer", said(&model.computer)),
    ];
    for (place, (number, label, words)) in answers.into_iter().enumerate() {
        let words = renamed(words, &model.terms);
        let answer = flow.lines(&words, BODY, ANSWER_W);
        let label = Label::numbered(number, label);
        flow.field(&if place == 0 { label.under(rule::STRONG) } else { label }, answer);
    }
    let mut answer = address::hash(flow.fonts, &model.fingerprint, 4);
    let words = "Compare it with the fingerprint printed on any document of this school. If they differ, it is not the \
                 school’s document.";
    answer.extend(after(0.5, flow.lines(&Words::ours(words), BODY, ANSWER_W)));
    flow.field(&Label::numbered("7", "Fingerprint of the school’s authority"), answer);
    flow.rule(rule::FINE);
    flow.y += 3.0;
    flow.ink_box(
        Place { x: LEFT, y: flow.y, w: 84.0, h: 21.0 },
        "Put into its place by",
        "Name and signature",
        "Date",
        26.0,
    );
    flow.ink_box(Place { x: 110.0, y: flow.y, w: 84.0, h: 21.0 }, "Seen by", "Name and signature", "Date", 26.0);
    flow.y += 21.0;
}

/// Our sentences say *headteacher*; the school's pack may have another word.
fn renamed(words: Words, terms: &Terms) -> Words {
    let mut out = Words::default();
    for piece in words.pieces() {
        out = if piece.outside {
            out.then_outside(&piece.text)
        } else {
            out.then(&piece.text.replace("headteacher", &terms.headteacher))
        };
    }
    out
}

fn emergency_card(flow: &mut Pages<'_>, model: &KitModel) {
    heading(flow, "Emergency card", model);
    let why = "Use this card when you see, or may be seeing, a nude, semi-nude or sexual image of anyone who is or may \
               be under 18, and Evidence Trail is not at hand. If you are not sure, treat it as if it were. If a child \
               is in danger now, ring **999** first. Any of you may ring; you do not need permission.";
    let lines = flow.lines(&Words::ours(why), BODY, WIDTH - 7.0);
    let tall = height(&lines) + 5.0;
    flow.paper.frame(Place { x: LEFT, y: flow.y, w: WIDTH, h: tall }, pen(rule::HEAVY));
    flow.set_at(LEFT + 3.5, flow.y + 2.5, &lines);
    flow.y += tall + 5.0;
    let steps = [
        (
            "Stop looking.",
            "Turn the screen away or switch it off. Do not scroll, click, look again or ask anyone else to look.",
        ),
        (
            "Copy nothing.",
            "No screenshot, photograph, print, download or message. Do not save, send or delete anything. Copying \
             such an image is an offence, also with good intentions.",
        ),
        (
            "Leave the computer as it is.",
            "If it is on, leave it on; if it is off, leave it off. Take out the network cable or switch off wireless \
             at its switch. Do not update, scan or restart it. Lock the room; note who has the key.",
        ),
        (
            "Ring the police.",
            "101, or 999 if a child is in danger now. Say that it is an online safety incident at a school. Then tell \
             the headteacher and the designated safeguarding lead. Do not tell or question the person concerned.",
        ),
        (
            "Write it down, in words.",
            "Date and time, who was there, the computer, the address if you saw it, what you did. Say of what kind \
             the content was; do not describe it further. Enter it in Evidence Trail as soon as you can.",
        ),
    ];
    for (number, (head, words)) in steps.iter().enumerate() {
        let count = shape::one_line(flow.fonts, &Words::ours(&(number + 1).to_string()), PART);
        let head = flow.lines(&Words::ours(head), PART, WIDTH - 10.0);
        let words = renamed(Words::ours(words), &model.terms);
        let words = flow.lines(&words, BODY, WIDTH - 10.0);
        flow.rule(rule::FINE);
        flow.y += 1.6;
        flow.set_as(Role::P, LEFT, flow.y, &[count]);
        flow.y = flow.set_as(Role::H2, LEFT + 10.0, flow.y, &head);
        flow.set(LEFT + 10.0, &words);
        flow.y += 1.7;
    }
    flow.rule(rule::STRONG);
    flow.y += 3.0;
    contacts(flow, model);
}

fn contacts(flow: &mut Pages<'_>, model: &KitModel) {
    flow.label(LEFT, flow.y, "Whom to ring", SMALL_LABEL);
    flow.label(LEFT + 90.0, flow.y, "Number", SMALL_LABEL);
    flow.y += 5.0;
    let known = model.contacts.iter().take(6).map(Some);
    let lines = known.chain(std::iter::repeat_n(None, 6_usize.saturating_sub(model.contacts.len())));
    for contact in lines {
        if let Some((who, number)) = contact {
            let who = flow.lines(&said(who), BODY, 86.0);
            let number = flow.lines(&said(number), BODY, 80.0);
            flow.y += 1.5;
            flow.set(LEFT, &beside(who, number, 90.0));
            flow.y += 1.0;
        } else {
            flow.y += 8.0;
        }
        flow.ink(LEFT, LEFT + 86.0, flow.y);
        flow.ink(LEFT + 90.0, LEFT + WIDTH, flow.y);
    }
    flow.y += 3.0;
    let words = "Keep this card beside the designated computer and in the office. It holds no secret.";
    flow.note(&Words::ours(words));
}
