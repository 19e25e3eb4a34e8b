//! The press: paper becomes a PDF, by printpdf.
//!
//! Pictures never go through the press: their places are drawn by name, and [`super::bind`] puts
//! their data behind the names.

use super::face::{FontIndex, Fonts};
use super::grid::{MM_PER_PT, PAGE_H, PAGE_W, rule};
use super::line::{Line, Run};
use super::paper::{DASHED, Mark, Paper, Pen, WordsOnly, marks_of};
use super::picture::Placeable;
use super::structure::{Kid, NodeId, Place};
use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, Greyscale, LinePoint, Mm, Op, PaintMode, PdfDocument, PdfFontHandle,
    PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem, TextMatrix, TextRenderingMode, XObjectId, XObjectTransform,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Never the default options: they shrink pictures.
const OPTIONS: PdfSaveOptions =
    PdfSaveOptions { optimize: true, subset_fonts: true, secure: true, image_optimization: None };

/// Where the words in a frame begin, from its left and its top, in millimetres.
pub(super) const MARGIN: (f32, f32) = (2.0, 1.5);

/// Prints the paper. The pages that follow the paper's own are the unsigned appearances of the
/// fields, one each. The numbers of the marked content go into the paper's tree.
pub(super) fn print<P: Placeable + Clone>(paper: &mut Paper<P>, fonts: &Fonts) -> Vec<u8> {
    let mut ink = Ink::new(fonts, PAGE_H);
    let mut pages = Vec::new();
    for number in 0..paper.pages.len() {
        ink.height = PAGE_H;
        let mut contents: Vec<(NodeId, Kid)> = Vec::new();
        ink.page(&paper.pages[number].marks, |node| {
            let content = Kid::Content { page: number, number: contents.len() };
            contents.push((node, content));
            contents.len() - 1
        });
        for (node, content) in contents {
            paper.tree.nodes[node].kids.push(content);
        }
        pages.push(PdfPage::new(Mm(PAGE_W), Mm(PAGE_H), std::mem::take(&mut ink.ops)));
    }
    for field in &paper.fields {
        let (w, h) = (field.place.w, field.place.h);
        ink.height = h;
        ink.framed::<P>((w, h), 0.15, DASHED, &field.unsigned);
        pages.push(PdfPage::new(Mm(w), Mm(h), std::mem::take(&mut ink.ops)));
    }
    saved(&ink, pages)
}

/// Prints lines in a frame, as a page of the given size in millimetres.
pub(super) fn inscription(fonts: &Fonts, lines: &[Line], (w, h): (f32, f32)) -> Vec<u8> {
    let mut ink = Ink::new(fonts, h);
    let edge = rule::MIDDLE / 2.0 * MM_PER_PT;
    ink.framed::<WordsOnly>((w, h), edge, super::paper::pen(rule::MIDDLE), lines);
    let page = PdfPage::new(Mm(w), Mm(h), std::mem::take(&mut ink.ops));
    saved(&ink, vec![page])
}

fn saved(ink: &Ink<'_>, pages: Vec<PdfPage>) -> Vec<u8> {
    let mut document = PdfDocument::new("");
    document.resources.fonts.map = ink.fonts.embedded(&ink.used);
    document.with_pages(pages);
    document.save(&OPTIONS, &mut Vec::new())
}

/// Name of a picture in the resources of the pages.
pub(super) fn picture_name(number: usize) -> String {
    format!("Picture{number}")
}

struct Ink<'a> {
    fonts: &'a Fonts,
    // What a glyph was first said to stand for: the file can hold one meaning a glyph.
    meanings: HashMap<(FontIndex, u16), String>,
    ops: Vec<Op>,
    height: f32,
    used: BTreeSet<FontIndex>,
}

impl<'a> Ink<'a> {
    fn new(fonts: &'a Fonts, height: f32) -> Self {
        Self { fonts, meanings: HashMap::new(), ops: Vec::new(), height, used: BTreeSet::new() }
    }
}

impl Ink<'_> {
    fn page<P: Placeable>(&mut self, marks: &[(Option<NodeId>, Mark<P>)], mut content: impl FnMut(NodeId) -> usize) {
        let mut open: Option<Option<NodeId>> = None;
        for (node, mark) in marks {
            if open != Some(*node) {
                if open.is_some() {
                    self.ops.push(Op::EndMarkedContent);
                }
                match node {
                    None => self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() }),
                    Some(id) => {
                        let number = DictItem::Int(content(*id) as i64);
                        let map = BTreeMap::from([("MCID".to_owned(), number)]);
                        self.begin("Span", DictItem::Dict { map });
                    }
                }
                open = Some(*node);
            }
            self.mark(mark);
        }
        if open.is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    /// Lines in a frame, which stands so far inside the edge.
    fn framed<P: Placeable>(&mut self, (w, h): (f32, f32), edge: f32, pen: Pen, lines: &[Line]) {
        self.frame(Place { x: edge, y: edge, w: w - 2.0 * edge, h: h - 2.0 * edge }, pen);
        let (left, mut y) = MARGIN;
        for line in lines {
            y += line.before;
            for mark in marks_of::<P>(left, y, line, false) {
                self.mark(&mark);
            }
            y += line.height;
        }
    }

    fn mark<P: Placeable>(&mut self, mark: &Mark<P>) {
        match mark {
            Mark::Text { x, y, run, white, actual } => self.text(*x, *y, run, *white, actual.as_deref()),
            Mark::Rule { x1, y1, x2, y2, pen } => {
                self.pen(*pen);
                self.line(&[(*x1, *y1), (*x2, *y2)], false);
            }
            Mark::Frame { place, pen } => self.frame(*place, *pen),
            Mark::Black { place } => self.rectangle(*place, PaintMode::Fill),
            Mark::Disc { x, y, radius, ring } => self.disc(*x, *y, *radius, *ring),
            Mark::Practice => self.practice(),
            Mark::Picture { place, picture } => self.picture(*place, picture.number()),
        }
    }

    fn text(&mut self, x: f32, y: f32, run: &Run, white: bool, actual: Option<&str>) {
        let conflict = !run.backward && !self.tells_its_text(run);
        let whole = run.glyphs.iter().filter_map(|glyph| glyph.text.as_deref()).collect::<String>();
        let actual = actual.map(str::to_owned).or_else(|| conflict.then_some(whole));
        if let Some(text) = &actual {
            let data = utf16(text);
            let map = BTreeMap::from([("ActualText".to_owned(), DictItem::String { data, literal: false })]);
            self.begin("Span", DictItem::Dict { map });
        }
        if white {
            self.fill(1.0);
        }
        self.used.insert(run.font);
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFont { font: PdfFontHandle::External(Fonts::id(run.font)), size: Pt(run.size) });
        let mut pen = pt(x);
        // Glyphs above or below the baseline need a place of their own; others go in one go.
        let mut items: Vec<TextItem> = Vec::new();
        let mut start = pen;
        let em = run.size / 1000.0;
        for glyph in run.glyphs.iter() {
            let natural = self.fonts.natural(run.font, glyph.id);
            let codepoint = Codepoint { gid: glyph.id, offset: 0.0, cid: Some(self.meaning(run, glyph)) };
            let advance = glyph.advance + run.spacing / MM_PER_PT / em;
            if glyph.dy != 0.0 {
                self.show(start, y, 0.0, std::mem::take(&mut items));
                self.show(pen + glyph.dx * em, y, glyph.dy * em, vec![TextItem::GlyphIds(vec![codepoint])]);
                pen += advance * em;
                start = pen;
                continue;
            }
            if glyph.dx != 0.0 {
                items.push(TextItem::Offset(rounded(-glyph.dx)));
            }
            items.push(TextItem::GlyphIds(vec![codepoint]));
            let correction = rounded(natural + glyph.dx - advance);
            if correction != 0.0 {
                items.push(TextItem::Offset(correction));
            }
            pen += advance * em;
        }
        self.show(start, y, 0.0, items);
        self.ops.push(Op::EndTextSection);
        if white {
            self.fill(0.0);
        }
        if actual.is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn show(&mut self, x: f32, y: f32, rise: f32, items: Vec<TextItem>) {
        if items.is_empty() {
            return;
        }
        let matrix = TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, rounded(x), rounded(self.up(y) + rise)]);
        self.ops.push(Op::SetTextMatrix { matrix });
        self.ops.push(Op::ShowText { items });
    }

    /// Whether each glyph of the run can carry the text it stands for here.
    fn tells_its_text(&mut self, run: &Run) -> bool {
        run.glyphs.iter().all(|glyph| match &glyph.text {
            None => false,
            Some(text) => {
                let meaning = self.meanings.entry((run.font, glyph.id)).or_insert_with(|| text.clone());
                meaning == text
            }
        })
    }

    fn meaning(&mut self, run: &Run, glyph: &super::line::Glyph) -> String {
        let text = glyph.text.clone().unwrap_or_default();
        if text.is_empty() {
            // A mark of a cluster whose first glyph carries the text: a space that joins nothing.
            return self.meanings.get(&(run.font, glyph.id)).cloned().unwrap_or_else(|| "\u{200B}".to_owned());
        }
        self.meanings.entry((run.font, glyph.id)).or_insert(text).clone()
    }

    fn frame(&mut self, place: Place, pen: Pen) {
        self.pen(pen);
        let Place { x, y, w, h } = place;
        self.line(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)], true);
    }

    fn disc(&mut self, x: f32, y: f32, radius: f32, ring: bool) {
        // A circle from four curves; 0.5523 is the usual share of the radius for their handles.
        let radius = if ring { radius - 0.14 } else { radius };
        let k = radius * 0.5523;
        let points = [
            (x + radius, y, false),
            (x + radius, y + k, true),
            (x + k, y + radius, true),
            (x, y + radius, false),
            (x - k, y + radius, true),
            (x - radius, y + k, true),
            (x - radius, y, false),
            (x - radius, y - k, true),
            (x - k, y - radius, true),
            (x, y - radius, false),
            (x + k, y - radius, true),
            (x + radius, y - k, true),
            (x + radius, y, false),
        ];
        let points = points.iter().map(|(x, y, bezier)| LinePoint { p: self.point(*x, *y), bezier: *bezier }).collect();
        if ring {
            self.pen(super::paper::pen(rule::MIDDLE));
            self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: true } });
            return;
        }
        let polygon = printpdf::Polygon {
            rings: vec![printpdf::PolygonRing { points }],
            mode: PaintMode::Fill,
            winding_order: printpdf::WindingOrder::NonZero,
        };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn practice(&mut self) {
        let style = super::grid::Style { face: super::face::Face::Bold, size: 125.0, line: 44.0 };
        let line = super::shape::one_line(self.fonts, &super::words::Words::ours("PRACTICE"), style);
        // The word is centred on 105, 148 and turned 52 degrees up.
        let (sin, cos) = 52.0_f32.to_radians().sin_cos();
        let (half, drop) = (pt(line.width / 2.0), pt(44.0 * 0.36));
        let x = pt(105.0) - half * cos + drop * sin;
        let y = self.up(148.0) - half * sin - drop * cos;
        self.ops.push(Op::SaveGraphicsState);
        self.pen(super::paper::pen(0.5 / MM_PER_PT));
        self.ops.push(Op::SetOutlineColor { col: Color::Greyscale(Greyscale::new(0.46, None)) });
        self.ops.push(Op::SetTransformationMatrix {
            matrix: CurTransMat::Raw([cos, sin, -sin, cos, rounded(x), rounded(y)]),
        });
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Stroke });
        for run in &line.runs {
            self.used.insert(run.font);
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(Fonts::id(run.font)), size: Pt(run.size) });
            let glyphs =
                run.glyphs.iter().map(|glyph| Codepoint { gid: glyph.id, offset: 0.0, cid: glyph.text.clone() });
            self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, rounded(pt(run.x)), 0.0]) });
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
        }
        self.ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill });
        self.ops.push(Op::EndTextSection);
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn picture(&mut self, place: Place, number: usize) {
        self.ops.push(Op::UseXobject {
            id: XObjectId(picture_name(number)),
            transform: XObjectTransform {
                translate_x: Some(Pt(rounded(pt(place.x)))),
                translate_y: Some(Pt(rounded(self.up(place.y + place.h)))),
                scale_x: Some(rounded(pt(place.w))),
                scale_y: Some(rounded(pt(place.h))),
                rotate: None,
                dpi: None,
                no_auto_scale: true,
            },
        });
    }

    fn rectangle(&mut self, place: Place, mode: PaintMode) {
        self.ops.push(Op::DrawRectangle {
            rectangle: Rect {
                x: Pt(rounded(pt(place.x))),
                y: Pt(rounded(self.up(place.y + place.h))),
                width: Pt(rounded(pt(place.w))),
                height: Pt(rounded(pt(place.h))),
                mode: Some(mode),
                winding_order: None,
            },
        });
    }

    fn line(&mut self, points: &[(f32, f32)], closed: bool) {
        let points = points.iter().map(|(x, y)| LinePoint { p: self.point(*x, *y), bezier: false }).collect();
        self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: closed } });
    }

    fn pen(&mut self, pen: Pen) {
        self.ops.push(Op::SetOutlineThickness { pt: Pt(pen.width) });
        let dash = if pen.dashed {
            printpdf::LineDashPattern::new(0.0, &[3.0, 2.0])
        } else {
            printpdf::LineDashPattern::solid()
        };
        self.ops.push(Op::SetLineDashPattern { dash });
    }

    fn fill(&mut self, white: f32) {
        self.ops.push(Op::SetFillColor { col: Color::Greyscale(Greyscale::new(white, None)) });
    }

    fn begin(&mut self, tag: &str, properties: DictItem) {
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    fn point(&self, x: f32, y: f32) -> Point {
        Point { x: Pt(rounded(pt(x))), y: Pt(rounded(self.up(y))) }
    }

    fn up(&self, y: f32) -> f32 {
        pt(self.height - y)
    }
}

fn pt(mm: f32) -> f32 {
    mm / MM_PER_PT
}

// Thousandths of a point are finer than any printer and keep the file small.
fn rounded(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

fn utf16(text: &str) -> Vec<u8> {
    let mut out = vec![0xFE, 0xFF];
    out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    out
}
