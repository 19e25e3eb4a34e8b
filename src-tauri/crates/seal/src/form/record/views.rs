//! Annex C: each reviewing person's own view, then the group's finding.

use super::model::{Finding, RecordModel, View};
use crate::form::field::Label;
use crate::form::flow::Flow;
use crate::form::grid::{ANSWER_W, BODY, FIELD_LABEL, HALF_RIGHT, HALF_W, LEFT, SMALL, WIDTH, rule};
use crate::form::line::{Line, after, height};
use crate::form::model::said;
use crate::form::paper::{WordsOnly, pen};
use crate::form::structure::Place;
use crate::form::time;
use crate::form::words::Words;

const PADDING_X: f32 = 3.0;
const PADDING_Y: f32 = 2.0;
/// Reasons longer than this are set over the full width.
const LONG: f32 = 90.0;

pub(super) fn lay(flow: &mut Flow<'_, WordsOnly>, model: &RecordModel) {
    flow.annex("C", "Views and finding", &Words::default(), true);
    let narrow: Vec<Vec<Line>> = model.views.iter().map(|view| lines(flow, view, HALF_W - 2.0 * PADDING_X)).collect();
    let long = narrow.iter().any(|lines| height(lines) > LONG) || model.views.len() < 2;
    if long {
        for view in &model.views {
            wide(flow, lines(flow, view, WIDTH - 2.0 * PADDING_X));
        }
    } else {
        for pair in narrow.chunks(2) {
            let tall = pair.iter().map(|lines| height(lines)).fold(0.0, f32::max) + 2.0 * PADDING_Y;
            flow.need(tall);
            for (x, lines) in [LEFT, HALF_RIGHT].into_iter().zip(pair) {
                let place = Place { x, y: flow.y, w: HALF_W, h: tall };
                flow.paper.frame(place, pen(rule::FINE));
                flow.set_at(x + PADDING_X, flow.y + PADDING_Y, lines);
            }
            flow.y += tall + 3.0;
        }
    }
    if model.views.is_empty() {
        flow.note(&Words::ours("No view was recorded."));
        flow.gap(3.0);
    }
    let finding = match model.conclusion.finding {
        Finding::Substance => "**The concern has substance.** ",
        Finding::NoSubstance => "**The concern has no substance.** ",
        Finding::Disagreed => "**The reviewing people did not agree.** ",
    };
    let words = Words::ours(finding).and(model.finding_reached.words());
    let answer = flow.lines(&words, BODY, ANSWER_W);
    flow.field(&Label::plain("Finding of the group").under(rule::STRONG), answer);
    let answer = flow.lines(&model.police_grounds.words(), BODY, ANSWER_W);
    flow.field(&Label::plain("Grounds for the police"), answer);
    flow.rule(rule::FINE);
}

fn lines(flow: &Flow<'_, WordsOnly>, view: &View, width: f32) -> Vec<Line> {
    let who = Words::default().then_bold(&view.name).then(", ").and(said(&view.role));
    let mut out = flow.lines(&who, SMALL, width);
    let order =
        if view.before_the_other { ", before seeing the other view" } else { "; the other view could be seen by then" };
    let when = format!("Recorded {}{order}", time::date_and_time(view.recorded));
    out.extend(flow.lines(&Words::ours(&when), SMALL, width));
    out.extend(after(2.0, flow.lines(&said(&view.view), FIELD_LABEL, width)));
    let reasons = flow.paragraphs(&view.reasons, width);
    if reasons.is_empty() {
        out.extend(flow.lines(&said(""), BODY, width));
    }
    out.extend(reasons);
    out
}

/// A view over the full width; a long one runs over pages, each part in its frame.
fn wide(flow: &mut Flow<'_, WordsOnly>, mut lines: Vec<Line>) {
    flow.need(30.0);
    loop {
        let room = flow.room() - 2.0 * PADDING_Y - 3.0;
        let mut used = 0.0;
        let cut = lines
            .iter()
            .position(|line| {
                used += line.before + line.height;
                used > room
            })
            .unwrap_or(lines.len());
        let rest = lines.split_off(cut.max(1));
        let place = Place { x: LEFT, y: flow.y, w: WIDTH, h: height(&lines) + 2.0 * PADDING_Y };
        flow.paper.frame(place, pen(rule::FINE));
        flow.set_at(LEFT + PADDING_X, flow.y + PADDING_Y, &lines);
        flow.y += place.h + 3.0;
        if rest.is_empty() {
            return;
        }
        lines = rest;
        flow.new_page();
    }
}
