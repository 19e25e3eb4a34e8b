//! Numbered fields: a label and its answer; the block that a person signs in.

use super::address;
use super::flow::Flow;
use super::grid::{ANSWER, ANSWER_W, BODY, FIELD_LABEL, LABEL, LABEL_W, LEFT, SMALL, SMALL_LABEL, SUBLABEL_W, rule};
use super::line::{Line, after, beside, height, shifted};
use super::model::{Heading, said};
use super::paper::{Field, pen};
use super::shape;
use super::structure::{Kid, Place, Role};
use super::words::Words;

const ABOVE: f32 = 1.6;
const BELOW: f32 = 1.7;
/// An answer taller than this is split between two lines.
const WHOLE: f32 = 120.0;
/// Size of the two boxes of a signature block.
const BOX_W: f32 = 64.0;
const BOX_H: f32 = 30.0;
/// Room above the two boxes.
const ABOVE_BOX: f32 = 1.2;

/// The label of a field, and the rule above it.
pub(super) struct Label<'a> {
    pub(super) number: &'a str,
    pub(super) words: &'a str,
    pub(super) rule: f32,
    /// Whether the label is a heading of the document.
    pub(super) heading: bool,
}

impl<'a> Label<'a> {
    pub(super) fn numbered(number: &'a str, words: &'a str) -> Self {
        Self { number, words, rule: rule::FINE, heading: true }
    }

    pub(super) fn plain(words: &'a str) -> Self {
        Self { number: "", words, rule: rule::FINE, heading: false }
    }

    pub(super) fn under(mut self, rule: f32) -> Self {
        self.rule = rule;
        self
    }
}

/// Who signs in a block, and how the field is called.
pub(super) struct Signer<'a> {
    pub(super) field: &'a str,
    /// What the unsigned sentence calls the person: `the headteacher`.
    pub(super) called: &'a str,
    pub(super) name: Words,
    pub(super) position: Words,
}

impl<P> Flow<'_, P> {
    /// A field with its answer.
    pub(super) fn field(&mut self, label: &Label<'_>, answer: Vec<Line>) {
        self.field_with(label, answer, 0.0, |_flow, _y| {});
    }

    /// A field whose answer ends in something drawn, `extra` millimetres high, kept with it.
    pub(super) fn field_with(
        &mut self,
        label: &Label<'_>,
        answer: Vec<Line>,
        extra: f32,
        draw: impl FnOnce(&mut Self, f32),
    ) {
        let words = self.lines(&Words::ours(label.words), FIELD_LABEL, LABEL_W);
        let tall = self.field_height(label.words, &answer, extra);
        if tall <= WHOLE || self.room() < 40.0 {
            self.need(tall.min(WHOLE));
        }
        let mut rest = answer;
        let mut width = label.rule;
        let mut continued = false;
        loop {
            let room = self.room() - ABOVE - BELOW;
            if continued || self.at_top() {
                width = rule::STRONG;
            }
            self.draw_label(label, width, continued);
            let top = self.y + ABOVE;
            if height(&rest) + extra <= room {
                let foot = self.set_at(ANSWER, top, &rest);
                draw(self, foot);
                let labelled = if continued { 0.0 } else { height(&words) };
                self.y = (top + labelled).max(foot + extra) + BELOW;
                self.open_at_foot();
                return;
            }
            let cut = fitting(&rest, room).max(1);
            let next = rest.split_off(cut.min(rest.len()));
            self.set_at(ANSWER, top, &rest);
            rest = next;
            self.y = super::grid::BOTTOM;
            self.open_at_foot();
            self.new_page();
            continued = true;
        }
    }

    /// How tall a field will be.
    pub(super) fn field_height(&self, label: &str, answer: &[Line], extra: f32) -> f32 {
        let words = self.lines(&Words::ours(label), FIELD_LABEL, LABEL_W);
        ABOVE + height(&words).max(height(answer) + extra) + BELOW
    }

    /// How tall the block will be in which a person signs.
    pub(super) fn signature_height(&self, label: &str, signer: &Signer<'_>) -> f32 {
        self.field_height(label, &self.signature_lines(signer), ABOVE_BOX + BOX_H)
    }

    fn draw_label(&mut self, label: &Label<'_>, width: f32, continued: bool) {
        self.rule(width);
        let top = self.y + ABOVE;
        let shown = if continued { format!("{}, continued", label.words) } else { label.words.to_owned() };
        let words = self.lines(&Words::ours(&shown), FIELD_LABEL, LABEL_W);
        let number = shape::one_line(self.fonts, &Words::ours(label.number), FIELD_LABEL);
        self.paper.open(if label.heading && !continued { Role::H2 } else { Role::P });
        self.paper.line(LEFT, top, &number);
        let mut y = top;
        for line in &words {
            self.paper.line(LABEL, y, line);
            y += line.height;
        }
        self.paper.close();
    }

    /// A label and a value within an answer.
    pub(super) fn pair(&self, label: &str, value: &Words) -> Vec<Line> {
        let mut label = self.lines(&Words::ours(label), SMALL_LABEL, SUBLABEL_W - 2.0);
        let value = self.lines(value, BODY, ANSWER_W - SUBLABEL_W);
        for line in label.iter_mut().skip(1) {
            line.starts = false;
        }
        beside(label, value, SUBLABEL_W)
    }

    /// Lines of pairs, one under the other.
    pub(super) fn pairs(&self, pairs: &[(&str, Words)]) -> Vec<Line> {
        let mut out = Vec::new();
        for (number, (label, value)) in pairs.iter().enumerate() {
            out.extend(after(if number == 0 { 0.0 } else { 0.5 }, self.pair(label, value)));
        }
        out
    }

    /// The block in which a person signs, kept whole.
    pub(super) fn signature_field(&mut self, label: &Label<'_>, signer: &Signer<'_>) {
        let lines = self.signature_lines(signer);
        self.field_with(label, lines, ABOVE_BOX + BOX_H, |flow, y| {
            let y = y + ABOVE_BOX;
            flow.electronic(ANSWER, y, signer);
            flow.ink_box(Place { x: 130.0, y, w: BOX_W, h: BOX_H }, "", "Signature in ink", "Date", 26.0);
        });
    }

    fn signature_lines(&self, signer: &Signer<'_>) -> Vec<Line> {
        let mut lines = self.pairs(&[("Name", signer.name.clone()), ("Position", signer.position.clone())]);
        lines.extend(after(0.5, self.lines(&Words::ours("Signature"), SMALL_LABEL, SUBLABEL_W)));
        lines
    }

    /// The number of an item of a list, from 1, its full stop at the same place for each.
    pub(super) fn item_number(&self, number: usize) -> Vec<Line> {
        let line = shape::one_line(self.fonts, &Words::ours(&format!("{number}.")), BODY);
        let width = line.width;
        shifted(vec![line], 5.2 - width)
    }

    /// A paragraph for each of these, or that there is none.
    pub(super) fn listed(&self, items: &[String], none: &str) -> Vec<Line> {
        if items.is_empty() {
            return self.lines(&Words::ours(none), BODY, ANSWER_W);
        }
        let line = |(place, item): (usize, &String)| {
            after(if place == 0 { 0.0 } else { 1.0 }, self.lines(&said(item), BODY, ANSWER_W))
        };
        items.iter().enumerate().flat_map(line).collect()
    }

    /// An entry of the ledger with its hash, after these words, and the school's fingerprint.
    pub(super) fn ledger_entry(&self, words: &str, heading: &Heading) -> Vec<Line> {
        let mut out = self.lines(&Words::ours(words), BODY, ANSWER_W);
        out.extend(after(0.5, address::hash(self.fonts, &heading.ledger_head, 4)));
        let words = "Any later copy of the school’s ledger must have this hash at this entry. Fingerprint of the \
                     school’s authority (SHA-256), to compare with its card:";
        out.extend(after(1.0, self.lines(&Words::ours(words), BODY, ANSWER_W)));
        out.extend(after(0.5, address::hash(self.fonts, &heading.fingerprint, 4)));
        out
    }

    /// The place of an electronic signature. All that is seen of it is the field's own appearance.
    pub(super) fn electronic(&mut self, x: f32, y: f32, signer: &Signer<'_>) {
        let place = Place { x, y, w: BOX_W, h: BOX_H };
        let words = Words::ours("Place for the electronic signature.");
        let mut unsigned = self.lines(&words, SMALL, BOX_W - 4.0);
        let words = format!("While this sentence can be read, {} has **not** signed electronically.", signer.called);
        unsigned.extend(self.lines(&Words::ours(&words), SMALL, BOX_W - 4.0));
        let field = self.paper.fields.len();
        let name: String = signer.name.pieces().iter().map(|piece| piece.text.as_str()).collect();
        let tooltip = format!("Electronic signature of {}: {name}", signer.called);
        let node = self.paper.open(Role::Form);
        self.paper.close();
        self.paper.tree.nodes[node].kids.push(Kid::Field(field));
        self.paper.tree.nodes[node].alternative = Some(tooltip.clone());
        let page = self.paper.page();
        self.paper.anchors.insert(format!("field {}", signer.field), page);
        self.paper.fields.push(Field { name: signer.field.to_owned(), tooltip, page, place, unsigned });
    }

    /// A box to sign in by hand: a caption at the top, an ink line and two captions at the foot.
    pub(super) fn ink_box(&mut self, place: Place, top: &str, left: &str, right: &str, right_at: f32) {
        self.paper.frame(place, pen(rule::MIDDLE));
        let (x, foot) = (place.x, place.y + place.h);
        if !top.is_empty() {
            self.label(x + 2.3, place.y + 1.5, top, SMALL);
        }
        self.ink(x + 2.0, x + place.w - 2.0, foot - 5.6);
        self.label(x + 2.3, foot - 5.0, left, SMALL);
        self.label(x + place.w - right_at, foot - 5.0, right, SMALL);
    }
}

/// How many lines fit.
fn fitting(lines: &[Line], room: f32) -> usize {
    let mut used = 0.0;
    lines
        .iter()
        .position(|line| {
            used += line.before + line.height;
            used > room
        })
        .unwrap_or(lines.len())
}
