//! The pictures of an exhibit: views as they were captured, then what was made from them.

use super::model::{DerivedPicture, ExhibitModel, ViewPicture};
use crate::form::address;
use crate::form::flow::Flow;
use crate::form::grid::{ANSWER, BODY, BOTTOM, LEFT, MARKING, PART, RIGHT, SMALL, SMALL_LABEL, WIDTH, rule};
use crate::form::line::{Line, after, height};
use crate::form::number::thousands;
use crate::form::paper::{DASHED, Mark};
use crate::form::picture::{Picture, Placed, framed};
use crate::form::shape;
use crate::form::structure::{Place, Role};
use crate::form::time;
use crate::form::words::Words;

type Pages<'a> = Flow<'a, Placed>;

const HEAD: f32 = 9.0;
const TALLEST: f32 = 200.0;
const ROWS: f32 = 15.0;
const DERIVED_W: f32 = 102.0;
const BAND: f32 = 5.0;

/// Lays out the pictures; `number` counts the pictures of the whole volume.
pub(super) fn lay(flow: &mut Pages<'_>, exhibit: &ExhibitModel, bound: &[Picture<'_>], number: &mut usize) {
    let views = exhibit.views.len();
    for (place, view) in exhibit.views.iter().enumerate() {
        let title = format!("View {} of {views}", place + 1);
        view_picture(flow, exhibit, view, &title, &bound[*number], *number, place == 0);
        *number += 1;
    }
    for derived in &exhibit.derived {
        derived_picture(flow, exhibit, derived, &bound[*number], *number);
        *number += 1;
    }
}

fn view_picture(
    flow: &mut Pages<'_>,
    exhibit: &ExhibitModel,
    view: &ViewPicture,
    title: &str,
    picture: &Picture<'_>,
    number: usize,
    first: bool,
) {
    let (w, h) = fitted(picture, WIDTH - 1.0, TALLEST);
    let tall = HEAD + h + 1.0 + 2.0 + ROWS;
    if first || flow.y + tall + 3.0 > BOTTOM {
        flow.new_page();
    } else {
        flow.gap(3.0);
    }
    head(flow, &exhibit.mark, title, "Kept unaltered: these are the pixels that were captured");
    let (frame, inner, pen) = framed(LEFT, flow.y, w + 1.0, h + 1.0);
    flow.paper.frame(frame, pen);
    let words = format!("Exhibit {}, {}: the picture that was captured", exhibit.mark, title.to_lowercase());
    figure(flow, inner, number, words);
    flow.y += h + 1.0 + 2.0;
    let size = format!("; {} × {} pixels; PNG, {} bytes", picture.width, picture.height, thousands(picture.bytes));
    let rows = [
        ("Part of the page", flow.lines(&view.part.words().then(&size), BODY, RIGHT - ANSWER)),
        ("Taken", flow.lines(&Words::ours(&time::date_and_exact_time(view.taken)), BODY, RIGHT - ANSWER)),
        ("SHA-256", address::hash(flow.fonts, &view.file.sha256, 8)),
    ];
    for (label, lines) in rows {
        flow.label(LEFT, flow.y, label, SMALL_LABEL);
        flow.y = flow.set_at(ANSWER, flow.y, &lines);
    }
}

fn derived_picture(
    flow: &mut Pages<'_>,
    exhibit: &ExhibitModel,
    derived: &DerivedPicture,
    picture: &Picture<'_>,
    number: usize,
) {
    flow.new_page();
    let made_from: Vec<&str> = derived.made_from.iter().map(|source| source.what.as_str()).collect();
    let sources = match made_from.split_last() {
        None => "sources not on record".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) if before.len() < 3 => format!("{} and {last}", before.join(", ")),
        Some(_) => format!("{} pictures", made_from.len()),
    };
    head(flow, &exhibit.mark, &derived.title, &format!("Made from {sources}; for reading, not for proof"));
    let (w, h) = fitted(picture, DERIVED_W - 2.0, TALLEST - BAND);
    let place = Place { x: LEFT, y: flow.y, w: DERIVED_W, h: h + BAND + 3.0 };
    flow.paper.frame(place, DASHED);
    let band = Place { x: LEFT + 1.0, y: flow.y + 1.0, w: DERIVED_W - 2.0, h: BAND };
    flow.paper.artifact(Mark::Black { place: band });
    let line = shape::spaced(flow.fonts, &Words::ours("DERIVED"), MARKING, 0.35);
    flow.paper.open(Role::P);
    flow.paper.white_line(band.x + (band.w - line.width) / 2.0, band.y + 0.5, &line);
    flow.paper.close();
    let inner = Place { x: LEFT + 1.0, y: flow.y + BAND + 2.0, w, h };
    figure(flow, inner, number, format!("Exhibit {}, {}: derived from {sources}", exhibit.mark, derived.title));
    let foot = flow.set_at(128.0, flow.y, &account(flow, derived, picture));
    flow.y = foot.max(flow.y + place.h);
}

/// What a derived picture was made from, what it is, and how it was made.
fn account(flow: &Pages<'_>, derived: &DerivedPicture, picture: &Picture<'_>) -> Vec<Line> {
    let width = RIGHT - 128.0;
    let label = |text: &str| flow.lines(&Words::ours(text), SMALL_LABEL, width);
    let mut out = label("Made from");
    for source in &derived.made_from {
        let words = Words::outside(&source.what).then(", SHA-256");
        let lines = flow.lines(&words, SMALL, width);
        let hash = address::hash(flow.fonts, &source.sha256, 4);
        // A hash stays with its name, and the list with the room that the page has.
        if height(&out) + 60.0 > TALLEST {
            out.extend(flow.lines(&Words::ours("and others, listed in annex G of the record"), SMALL, width));
            break;
        }
        out.extend(after(0.5, lines));
        out.extend(hash);
    }
    out.extend(after(2.0, label("This picture")));
    let size =
        format!("PNG, {} × {} pixels, {} bytes, SHA-256", picture.width, picture.height, thousands(picture.bytes));
    out.extend(flow.lines(&Words::ours(&size), SMALL, width));
    out.extend(address::hash(flow.fonts, &derived.file.sha256, 4));
    out.extend(after(2.0, label("How")));
    out.extend(flow.lines(&derived.how.words(), SMALL, width));
    out
}

fn head(flow: &mut Pages<'_>, mark: &str, title: &str, remark: &str) {
    flow.rule(rule::HEAVY);
    let top = flow.y + 1.0;
    let mark = shape::one_line(flow.fonts, &Words::default().then_bold(mark), PART);
    flow.paper.open(Role::H3);
    flow.paper.line(LEFT, top, &mark);
    let line = shape::one_line(flow.fonts, &Words::outside(title), SMALL);
    flow.paper.line(LEFT + mark.width + 3.0, top + 1.7, &line);
    flow.paper.close();
    flow.right_line(RIGHT, top + 1.7, &Words::outside(remark), SMALL);
    flow.y = top + 6.5 + 1.5;
}

fn figure(flow: &mut Pages<'_>, place: Place, number: usize, words: String) {
    let node = flow.paper.open(Role::Figure);
    flow.paper.tree.nodes[node].alternative = Some(words);
    flow.paper.tree.nodes[node].place = Some(place);
    flow.paper.content(Mark::Picture { place, picture: Placed { number } });
    flow.paper.close();
}

/// The largest size within `width` and `tallest`.
fn fitted(picture: &Picture<'_>, width: f32, tallest: f32) -> (f32, f32) {
    let height = picture.height_at(width);
    if height <= tallest { (width, height) } else { (width * tallest / height, tallest) }
}
