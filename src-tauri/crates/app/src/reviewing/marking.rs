//! Black boxes, frames and arrows over a picture of the case: a new exhibit, made from raw pixels; the original stays.

use trail_domain::event::capture::{ExhibitFile, Shows};
use trail_domain::procedure::halt::permit_view;
use trail_domain::procedure::marked::{self, MarkedDraft};
use trail_picture::message::{MOST_SHAPES, NoPicture, Shape, Span, Task};
use trail_store::Checked;

use super::{App, CaseId, Described, Fault, Stop, reading};
use crate::wire::Answer;
use crate::wire::forms::{MarkForm, ShapeForm};

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
        let shapes = shapes(&form.shapes)?;
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
        let permit = marked::permit(case, &source, &now)?;
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
            shows: Shows::Derived { size: drawn.size, from: vec![source], how: how(&shapes) },
        };
        let event = marked::exhibit(&permit, case, MarkedDraft { title, nature, concern, file }, &now)?;
        self.store_exhibit(id, permit, event, &[png], &by)
    }
}

fn shapes(drawn: &[ShapeForm]) -> Result<Vec<Shape>, Fault> {
    if drawn.is_empty() || drawn.len() > MOST_SHAPES {
        return Err(Fault::new("mark-nothing").at("shapes"));
    }
    let shape = |form: &ShapeForm| {
        let span = Span { left: form.left, top: form.top, right: form.right, bottom: form.bottom };
        match form.kind.as_str() {
            "black" => Ok(Shape::Black(span)),
            "frame" => Ok(Shape::Frame(span)),
            "arrow" => Ok(Shape::Arrow(span)),
            _ => Err(Fault::with("choice-unknown", "field", "kind of mark").at("shapes")),
        }
    };
    drawn.iter().map(shape).collect()
}

fn how(shapes: &[Shape]) -> String {
    let count = |is: fn(&Shape) -> bool| shapes.iter().filter(|shape| is(shape)).count();
    let (black, frames, arrows) = (
        count(|shape| matches!(shape, Shape::Black(_))),
        count(|shape| matches!(shape, Shape::Frame(_))),
        count(|shape| matches!(shape, Shape::Arrow(_))),
    );
    let said = |count: usize, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        many => Some(format!("{many} {one}s")),
    };
    let parts = [said(black, "black box"), said(frames, "frame"), said(arrows, "arrow")];
    let list: Vec<String> = parts.into_iter().flatten().map(|part| part.replace("boxs", "boxes")).collect();
    format!("Drawn over the picture: {}. Nothing is left under a black box.", list.join(", "))
}
