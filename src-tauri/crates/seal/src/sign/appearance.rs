//! What a signature looks like on the page: a frame and a few lines, with letters of their own.
//!
//! The lines are laid out as a document of one page, whose content and fonts become the field's
//! appearance. So the signature brings its own subset of the fonts and touches nothing on the page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId};
use printpdf::{
    FontId, Line, LinePoint, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point,
    Pt, TextItem,
};
use rustybuzz::Face;

use super::SignError;
use crate::verify::value::{Dict, Value};

const REGULAR: &[u8] = include_bytes!("../../../../../assets/fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../../../assets/fonts/NotoSans-Bold.ttf");

/// The size of the letters in points; the height of a line, and the space at left and top, in points.
const SIZE: f32 = 9.0;
const PITCH: f32 = 4.0 * MM;
const LEFT: f32 = 2.0 * MM;
const TOP: f32 = 1.5 * MM;
const FRAME: f32 = 0.8;
const MM: f32 = 72.0 / 25.4;
/// How far below the middle of its line a baseline stands, in sizes.
const BASELINE: f32 = 0.388;

/// The two faces in which a signature is drawn, read once and used for each signature.
pub struct Lettering {
    regular: Cut,
    bold: Cut,
}

struct Cut {
    face: Face<'static>,
    font: PdfFont,
    id: FontId,
}

/// One line of a signature.
pub(super) struct Text<'a> {
    pub(super) words: Cow<'a, str>,
    pub(super) is_bold: bool,
}

impl Lettering {
    /// Reads the faces that are part of the program.
    ///
    /// # Errors
    ///
    /// - If a face cannot be read, which means that the program itself is damaged.
    pub fn bundled() -> Result<Self, SignError> {
        Ok(Self { regular: Cut::read(REGULAR, "SGSANS")?, bold: Cut::read(BOLD, "SGBOLD")? })
    }

    fn cut(&self, is_bold: bool) -> &Cut {
        if is_bold { &self.bold } else { &self.regular }
    }
}

impl std::fmt::Debug for Lettering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lettering").finish_non_exhaustive()
    }
}

impl Cut {
    fn read(bytes: &'static [u8], tag: &str) -> Result<Self, SignError> {
        let face = Face::from_slice(bytes, 0).ok_or(SignError::Lettering)?;
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(SignError::Lettering)?;
        Ok(Self { face, font: PdfFont::new(parsed), id: FontId(tag.to_owned()) })
    }

    /// The text with each character that the face lacks written as its code, never as an empty box.
    fn drawable(&self, text: &str) -> String {
        let mut out = String::new();
        for character in text.chars() {
            if !character.is_control() && self.face.glyph_index(character).is_some() {
                out.push(character);
            } else {
                out.push_str(&format!("[U+{:04X}]", u32::from(character)));
            }
        }
        out
    }

    /// Width in sizes.
    fn width(&self, character: char) -> f32 {
        let advance = self.face.glyph_index(character).and_then(|glyph| self.face.glyph_hor_advance(glyph));
        f32::from(advance.unwrap_or_default()) / self.face.units_per_em() as f32
    }
}

/// Draws the lines into a box of the given size in points; the objects are numbered from `first_id`.
pub(super) fn draw(
    lettering: &Lettering,
    lines: &[Text<'_>],
    (width, height): (f32, f32),
    first_id: u32,
) -> Result<Vec<Value<'static>>, SignError> {
    let mut ops = frame(width, height);
    ops.extend(text(lettering, lines, width, height));
    let mut document = PdfDocument::new("Signature");
    for cut in [&lettering.regular, &lettering.bold] {
        document.resources.fonts.map.insert(cut.id.clone(), cut.font.clone());
    }
    let millimetres = |points: f32| Mm(points / MM);
    document.pages.push(PdfPage::new(millimetres(width), millimetres(height), ops));
    let options = PdfSaveOptions { optimize: true, subset_fonts: true, secure: true, image_optimization: None };
    let bytes = document.save(&options, &mut Vec::new());
    take(&bytes, (width, height), first_id).ok_or(SignError::Lettering)
}

fn frame(width: f32, height: f32) -> Vec<Op> {
    let inset = FRAME / 2.0;
    let corners = [(inset, inset), (width - inset, inset), (width - inset, height - inset), (inset, height - inset)];
    let points = corners.map(|(x, y)| LinePoint { p: Point { x: Pt(x), y: Pt(y) }, bezier: false });
    vec![
        Op::SetOutlineThickness { pt: Pt(FRAME) },
        Op::DrawLine { line: Line { points: points.to_vec(), is_closed: true } },
    ]
}

fn text(lettering: &Lettering, lines: &[Text<'_>], width: f32, height: f32) -> Vec<Op> {
    let (fitted, scale) = fit(lettering, lines, width - 2.0 * LEFT, height - 2.0 * TOP);
    let (size, pitch) = (SIZE * scale, PITCH * scale);
    let mut ops = Vec::new();
    let mut top = height - TOP;
    for (words, is_bold) in fitted {
        let y = top - pitch / 2.0 - BASELINE * size;
        ops.extend([
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(lettering.cut(is_bold).id.clone()), size: Pt(size) },
            Op::SetTextCursor { pos: Point { x: Pt(LEFT), y: Pt(y) } },
            Op::ShowText { items: vec![TextItem::Text(words)] },
            Op::EndTextSection,
        ]);
        top -= pitch;
    }
    ops
}

/// Breaks the lines to the width. Where that gives more lines than there is room for, all are drawn
/// smaller rather than any cut.
fn fit(lettering: &Lettering, lines: &[Text<'_>], width: f32, height: f32) -> (Vec<(String, bool)>, f32) {
    let mut scale = 1.0;
    loop {
        let fitted: Vec<(String, bool)> = lines
            .iter()
            .flat_map(|line| {
                let cut = lettering.cut(line.is_bold);
                let broken = broken(cut, &cut.drawable(&line.words), width / (SIZE * scale));
                broken.into_iter().map(|part| (part, line.is_bold))
            })
            .collect();
        let needed = fitted.len() as f32 * PITCH * scale;
        if needed <= height || scale < 0.2 {
            return (fitted, scale);
        }
        scale *= 0.95;
    }
}

/// Breaks at spaces, and inside a word only where the word alone is too wide. Widths are in sizes.
fn broken(cut: &Cut, text: &str, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in text.split_inclusive(' ') {
        let width: f32 = word.trim_end().chars().map(|character| cut.width(character)).sum();
        if used > 0.0 && used + width > room {
            lines.push(String::new());
            used = 0.0;
        }
        for character in word.chars() {
            let width = cut.width(character);
            if used + width > room && character != ' ' {
                lines.push(String::new());
                used = 0.0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(character);
            }
            used += width;
        }
    }
    lines
}

/// Takes the page's content and fonts out of the one-page document.
fn take(bytes: &[u8], (width, height): (f32, f32), first_id: u32) -> Option<Vec<Value<'static>>> {
    let document = Document::load_mem(bytes).ok()?;
    let page = *document.get_pages().get(&1)?;
    let dict = document.get_dictionary(page).ok()?;
    let content = document.get_object(dict.get(b"Contents").ok()?.as_reference().ok()?).ok()?.as_stream().ok()?;
    let (_, resources) = document.dereference(dict.get(b"Resources").ok()?).ok()?;
    let (_, fonts) = document.dereference(resources.as_dict().ok()?.get(b"Font").ok()?).ok()?;

    let mut import = Import { document: &document, numbers: BTreeMap::new(), next: first_id.checked_add(1)? };
    let fonts = import.value(fonts)?;
    let bounds = [0.0, 0.0, width, height].map(|side| Value::Number(Cow::Owned(number(side))));
    let mut form = Dict::default()
        .with("Type", Value::name("XObject"))
        .with("Subtype", Value::name("Form"))
        .with("BBox", Value::Array(bounds.to_vec()))
        .with("Resources", Value::Dict(Dict::default().with("Font", fonts)));
    if content.dict.has(b"Filter") {
        form = form.with("Filter", Value::name("FlateDecode"));
    }
    let form = form.with("Length", Value::number(content.content.len()));
    let mut parts = vec![Value::Stream(form, Cow::Owned(content.content.clone()))];
    parts.extend(import.rest()?);
    Some(parts)
}

fn number(value: f32) -> Vec<u8> {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').as_bytes().to_vec()
}

/// Carries objects over from the one-page document, in the order in which they are first named.
struct Import<'d> {
    document: &'d Document,
    numbers: BTreeMap<ObjectId, u32>,
    next: u32,
}

impl Import<'_> {
    fn value(&mut self, object: &Object) -> Option<Value<'static>> {
        Some(match object {
            Object::Null => Value::Null,
            Object::Boolean(state) => Value::Bool(*state),
            Object::Integer(number) => Value::Number(Cow::Owned(number.to_string().into_bytes())),
            Object::Real(real) => Value::Number(Cow::Owned(number(*real))),
            Object::Name(name) => Value::Name(Cow::Owned(name.clone())),
            Object::String(text, _) => Value::Text(Cow::Owned(text.clone())),
            Object::Array(values) => Value::Array(values.iter().map(|value| self.value(value)).collect::<Option<_>>()?),
            Object::Dictionary(dict) => Value::Dict(self.dict(dict)?),
            Object::Stream(stream) => {
                let dict = self.dict(&stream.dict)?.with("Length", Value::number(stream.content.len()));
                Value::Stream(dict, Cow::Owned(stream.content.clone()))
            }
            Object::Reference(id) => Value::Reference(self.number(*id)?),
        })
    }

    fn dict(&mut self, dict: &lopdf::Dictionary) -> Option<Dict<'static>> {
        let mut out = Dict::default();
        for (key, value) in dict {
            let value = self.value(value)?;
            out.add(Cow::Owned(key.clone()), value);
        }
        Some(out)
    }

    fn number(&mut self, id: ObjectId) -> Option<u32> {
        if let Some(number) = self.numbers.get(&id) {
            return Some(*number);
        }
        let number = self.next;
        self.next = number.checked_add(1)?;
        self.numbers.insert(id, number);
        Some(number)
    }

    /// All objects that were named, also those that they name in turn.
    fn rest(mut self) -> Option<Vec<Value<'static>>> {
        let mut done = BTreeMap::new();
        while done.len() < self.numbers.len() {
            let waiting: Vec<(ObjectId, u32)> = self
                .numbers
                .iter()
                .filter(|(_, number)| !done.contains_key(*number))
                .map(|(id, number)| (*id, *number))
                .collect();
            for (id, number) in waiting {
                let object = self.document.get_object(id).ok()?;
                let value = self.value(object)?;
                done.insert(number, value);
            }
        }
        Some(done.into_values().collect())
    }
}
