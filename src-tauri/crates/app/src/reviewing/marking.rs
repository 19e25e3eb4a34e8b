//! Black boxes, numbers, frames and arrows over a picture of the case: a new exhibit, made from raw pixels; the original stays.

use trail_domain::event::capture::mark::{HIGHEST_NUMBER, MOST_MARK_WORDS, MOST_MARKS, Mark, Place};
use trail_domain::event::capture::{ExhibitFile, Shows};
use trail_domain::procedure::halt::permit_view;
use trail_domain::procedure::marked::{self, MarkedDraft};
use trail_domain::words::Words;
use trail_picture::message::{self, MOST_SHAPES, NoPicture, Shape, Span, Task};
use trail_store::Checked;

use super::{App, CaseId, Described, Fault, Stop, reading};
use crate::wire::Answer;
use crate::wire::forms::{MarkForm, ShapeForm};

// What the core lets be recorded is what the decoder draws.
const _: () = assert!(MOST_MARKS == MOST_SHAPES && HIGHEST_NUMBER == message::HIGHEST_NUMBER);

impl App {
    /// Draws over a picture of the case, and keeps what comes of it as an exhibit of its own.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn mark_picture(&mut self, case: &str, form: &MarkForm) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        if let Some(halted) = self.halted_in_its_window(case)? {
            return Ok(halted);
        }
        match self.try_mark(&id, form) {
            Ok(answer) => Ok(answer),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    fn try_mark(&mut self, id: &CaseId, form: &MarkForm) -> Result<Answer, Stop> {
        let source = reading::hash(&form.sha256)?;
        let Described { title, nature, concern } = Described::read(&form.title, &form.nature, &form.concern)?;
        let by = self.operator(id)?;
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        if desk.unwritten_halt.is_some() {
            return Err(Fault::new("capture-void").into());
        }
        let case = desk.case(id)?;
        let here = desk.people();
        let now = desk.now(at, &by, &here);
        let (size, next) = match marked::source(case, &source) {
            Some((_, file, exhibit)) => (marked::size(file), marked::next(case, exhibit)),
            // The permit is refused for it.
            None => (None, 1),
        };
        let marks = marks(&form.shapes, size, next)?;
        let permit = marked::permit(case, &source, &marks, &now)?;
        let shapes: Vec<Shape> = marks.iter().map(shape).collect();
        let picture = desk.vault.read_file(&permit_view(case, &now)?, &source)?;
        let stop = self.brake.stops();
        let drawn = self.ports.pictures.draw(Task::Draw, &shapes, picture.bytes(), &stop).map_err(|why| match why {
            NoPicture::Stopped => Fault::new("capture-void"),
            NoPicture::TooLarge(..)
            | NoPicture::Malformed
            | NoPicture::Memory
            | NoPicture::Late
            | NoPicture::NotRun(_) => Fault::with("mark-failed", "detail", why.to_string()),
        })?;
        let png = Checked::of(drawn.png);
        let file = ExhibitFile {
            name: format!("{}-derived.png", permit.mark().to_string().replace('/', "-")),
            media_type: "image/png".to_owned(),
            bytes: u64::try_from(png.bytes().len()).unwrap_or(u64::MAX),
            sha256: *png.sha256(),
            shows: Shows::Derived { size: drawn.size, from: vec![source], how: how(&marks) },
        };
        let event = marked::exhibit(&permit, case, MarkedDraft { title, nature, concern, file, marks }, &now)?;
        self.store_exhibit(id, permit, event, &[png], &by)
    }
}

/// What is drawn, with the numbers that go on from those which stand on the picture already.
fn marks(drawn: &[ShapeForm], size: Option<(u32, u32)>, next: u8) -> Result<Vec<Mark>, Fault> {
    if drawn.is_empty() || drawn.len() > MOST_MARKS {
        return Err(Fault::new("mark-nothing").at("shapes"));
    }
    let (width, height) = size.unwrap_or((u32::MAX, u32::MAX));
    let mut next = next;
    let mut mark = |form: &ShapeForm| {
        let place = Place { left: form.left, top: form.top, right: form.right, bottom: form.bottom };
        if !place.is_within((width, height)) {
            return Err(Fault::with("mark-outside", "across", width.saturating_sub(1).to_string())
                .and("down", height.saturating_sub(1).to_string())
                .at("shapes"));
        }
        match form.kind.as_str() {
            "black" => Ok(Mark::Box { place }),
            "frame" => Ok(Mark::Frame { place }),
            "arrow" => Ok(Mark::Arrow { place }),
            "number" => {
                let number = next;
                next = next.saturating_add(1);
                if number > HIGHEST_NUMBER {
                    return Err(Fault::new("mark-no-number").at("shapes"));
                }
                let words =
                    Words::new(&form.words).ok().filter(|said| said.as_str().chars().count() <= MOST_MARK_WORDS);
                let words =
                    words.ok_or_else(|| Fault::with("mark-words", "number", number.to_string()).at("shapes"))?;
                Ok(Mark::Numbered { place, number, words })
            }
            _ => Err(Fault::with("choice-unknown", "field", "kind of mark").at("shapes")),
        }
    };
    drawn.iter().map(&mut mark).collect()
}

fn shape(mark: &Mark) -> Shape {
    let Place { left, top, right, bottom } = mark.place();
    let span = Span { left, top, right, bottom };
    match mark {
        Mark::Box { .. } => Shape::Black(span),
        Mark::Frame { .. } => Shape::Frame(span),
        Mark::Arrow { .. } => Shape::Arrow(span),
        Mark::Numbered { number, .. } => Shape::Numbered(span, *number),
    }
}

fn how(marks: &[Mark]) -> String {
    let count = |is: fn(&Mark) -> bool| marks.iter().filter(|mark| is(mark)).count();
    let black = count(|mark| matches!(mark, Mark::Box { .. }));
    let numbers = count(|mark| matches!(mark, Mark::Numbered { .. }));
    let frames = count(|mark| matches!(mark, Mark::Frame { .. }));
    let arrows = count(|mark| matches!(mark, Mark::Arrow { .. }));
    let said = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        more => Some(format!("{more} {many}")),
    };
    let parts = [
        said(black, "black box", "black boxes"),
        said(numbers, "numbered frame", "numbered frames"),
        said(frames, "frame", "frames"),
        said(arrows, "arrow", "arrows"),
    ];
    let list: Vec<String> = parts.into_iter().flatten().collect();
    let under = if black > 0 { " Nothing is left under a black box." } else { "" };
    format!("Drawn over the picture: {}.{under} Every pixel beside them is as it was.", list.join(", "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use trail_domain::event::capture::mark::MOST_MARKS;

    fn drawn(kind: &str, right: u32, words: &str) -> ShapeForm {
        ShapeForm { kind: kind.to_owned(), left: 1, top: 2, right, bottom: 4, words: words.to_owned() }
    }

    #[test]
    fn numbers_go_on_from_the_picture_and_each_has_its_words_and_its_place() {
        let of = [drawn("number", 3, " A name "), drawn("arrow", 3, ""), drawn("number", 3, "A time")];
        let marks = marks(&of, Some((10, 10)), 4).unwrap();
        assert_eq!(marks.iter().filter_map(Mark::number).collect::<Vec<_>>(), [4, 5]);
        let Mark::Numbered { place, words, .. } = &marks[0] else { panic!("a number") };
        assert_eq!((place.left, place.top, place.right, place.bottom, words.as_str()), (1, 2, 3, 4, "A name"));
        assert_eq!(
            how(&marks),
            "Drawn over the picture: 2 numbered frames, 1 arrow. Every pixel beside them is as it was."
        );
        assert!(matches!(shape(&marks[2]), Shape::Numbered(_, 5)));
    }

    #[test]
    fn what_cannot_be_drawn_is_said_by_its_name() {
        for (of, next, code) in [
            (vec![], 1, "mark-nothing"),
            (vec![drawn("black", 3, ""); MOST_MARKS + 1], 1, "mark-nothing"),
            (vec![drawn("black", 10, "")], 1, "mark-outside"),
            (vec![drawn("number", 3, " ")], 1, "mark-words"),
            (vec![drawn("number", 3, &"w".repeat(501))], 1, "mark-words"),
            (vec![drawn("number", 3, "A name")], 100, "mark-no-number"),
            (vec![drawn("cloud", 3, "")], 1, "choice-unknown"),
        ] {
            assert_eq!(marks(&of, Some((10, 10)), next).map_err(|fault| fault.code()), Err(code));
        }
        assert!(marks(&vec![drawn("black", 9, ""); MOST_MARKS], Some((10, 10)), 1).is_ok());
    }
}
