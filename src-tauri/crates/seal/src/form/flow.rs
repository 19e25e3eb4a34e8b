//! Text that flows down the pages: where the next thing goes, and when a new page begins.

use super::FormError;
use super::face::Fonts;
use super::grid::{BODY, BOTTOM, LEFT, PART, PART_LETTER, REFERENCE, RIGHT, SMALL, Style, TITLE, TOP, WIDTH, rule};
use super::line::{Line, height};
use super::paper::{Bookmark, Mark, Paper, pen};
use super::reference::{About, References};
use super::shape;
use super::structure::{Place, Role};
use super::words::Words;

mod furniture;

/// More room than this at the end of a page is said to be empty.
const EMPTY: f32 = 30.0;
/// Height of the head of an annex.
const ANNEX_HEAD: f32 = 10.0;
/// Room that an annex needs below its head to begin on the page before.
const ANNEX_ROOM: f32 = 60.0;

/// A document while it is laid out.
pub(super) struct Flow<'a, P> {
    pub(super) paper: Paper<P>,
    pub(super) fonts: &'a Fonts,
    pub(super) about: &'a About,
    pub(super) references: &'a References,
    /// Where the next thing goes, in millimetres from the top of the page.
    pub(super) y: f32,
    heads: Vec<Vec<String>>,
    head: Option<String>,
    said: bool,
    // Where the last rule was drawn, and whether what stands below it still needs one at its foot.
    ruled: f32,
    open: bool,
}

/// Lays a document out until its page references settle.
pub(super) fn settled<P: Clone>(
    fonts: &Fonts,
    about: &About,
    lay: impl Fn(&mut Flow<'_, P>) -> Result<(), FormError>,
) -> Result<Paper<P>, FormError> {
    let settled = passes(fonts, about, lay);
    fonts.forget();
    settled
}

fn passes<P: Clone>(
    fonts: &Fonts,
    about: &About,
    lay: impl Fn(&mut Flow<'_, P>) -> Result<(), FormError>,
) -> Result<Paper<P>, FormError> {
    let mut known = References::default();
    for _pass in 0..4 {
        let mut flow = Flow {
            paper: Paper::new(),
            fonts,
            about,
            references: &known,
            y: TOP,
            heads: Vec::new(),
            head: None,
            said: false,
            ruled: 0.0,
            open: false,
        };
        flow.first_page();
        lay(&mut flow)?;
        let found = References { pages: flow.paper.pages.len(), anchors: flow.paper.anchors.clone() };
        if found == known {
            flow.furnish();
            return Ok(flow.paper);
        }
        drop(flow);
        known = found;
    }
    Err(FormError::Unsettled)
}

impl<P> Flow<'_, P> {
    fn first_page(&mut self) {
        self.paper.add_page();
        self.heads.push(Vec::new());
        self.y = TOP;
    }

    /// Millimetres left on the page.
    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Whether nothing stands on the page yet.
    pub(super) fn at_top(&self) -> bool {
        self.y <= TOP
    }

    /// Begins a new page; says that the rest of this one is empty if nothing else did.
    pub(super) fn new_page(&mut self) {
        if self.open && !self.at_top() {
            self.rule(rule::FINE);
        }
        if self.room() > EMPTY && !self.said && !self.at_top() {
            self.y += 3.0;
            let line = shape::one_line(self.fonts, &Words::ours("The rest of this page is empty."), SMALL);
            self.paragraph_line(LEFT, &line);
        }
        self.paper.add_page();
        self.heads.push(self.head.iter().cloned().collect());
        self.y = TOP;
        self.said = false;
        self.ruled = 0.0;
        self.open = false;
    }

    /// Makes sure that `height` millimetres are left.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM + 0.01 && !self.at_top() {
            self.new_page();
        }
    }

    /// Leaves space, unless the page has just begun.
    pub(super) fn gap(&mut self, millimetres: f32) {
        if !self.at_top() {
            self.y += millimetres;
        }
    }

    /// A rule over the whole width.
    pub(super) fn rule(&mut self, width: f32) {
        self.paper.rule(LEFT, RIGHT, self.y, width);
        self.ruled = self.y;
        self.open = false;
    }

    /// What was drawn last ends in a rule, be it the next thing's or its own.
    pub(super) fn open_at_foot(&mut self) {
        self.open = true;
    }

    /// The words as lines of at most `width`.
    pub(super) fn lines(&self, words: &Words, style: Style, width: f32) -> Vec<Line> {
        shape::lines(self.fonts, words, style, width)
    }

    /// The words as lines of running text, a paragraph for each of them.
    pub(super) fn paragraphs(&self, text: &str, width: f32) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
            let lines = self.lines(&Words::outside(part), BODY, width);
            out.extend(super::line::after(if out.is_empty() { 0.0 } else { 1.5 }, lines));
        }
        out
    }

    /// Draws lines where the flow stands; they are kept on the page.
    pub(super) fn set(&mut self, x: f32, lines: &[Line]) {
        self.y = self.set_at(x, self.y, lines);
    }

    /// Draws lines at a place and says where they end.
    pub(super) fn set_at(&mut self, x: f32, y: f32, lines: &[Line]) -> f32 {
        self.set_as(Role::P, x, y, lines)
    }

    /// Draws lines as nodes of a role: a node for each paragraph.
    pub(super) fn set_as(&mut self, role: Role, x: f32, y: f32, lines: &[Line]) -> f32 {
        let mut y = y;
        let mut open = false;
        for line in lines {
            if line.starts || !open {
                if open {
                    self.paper.close();
                }
                self.paper.open(role);
                open = true;
            }
            y += line.before;
            self.paper.line(x, y, line);
            y += line.height;
        }
        if open {
            self.paper.close();
        }
        y
    }

    /// Draws words, broken over pages between lines where they must be.
    pub(super) fn text(&mut self, words: &Words, style: Style, x: f32, width: f32) {
        let lines = self.lines(words, style, width);
        if height(&lines) <= 40.0 {
            self.need(height(&lines));
        }
        self.paper.open(Role::P);
        for line in &lines {
            self.need(line.before + line.height);
            self.paper.line(x, self.y + line.before, line);
            self.y += line.before + line.height;
        }
        self.paper.close();
    }

    /// A note over the whole width.
    pub(super) fn note(&mut self, words: &Words) {
        self.text(words, SMALL, LEFT, WIDTH);
    }

    fn paragraph_line(&mut self, x: f32, line: &Line) {
        self.paper.open(Role::P);
        self.paper.line(x, self.y, line);
        self.paper.close();
        self.y += line.height;
    }

    /// A line with its right end at `right`.
    pub(super) fn right_line(&mut self, right: f32, y: f32, words: &Words, style: Style) {
        let line = shape::one_line(self.fonts, words, style);
        self.paper.open(Role::P);
        self.paper.line(right - line.width, y, &line);
        self.paper.close();
    }

    /// A line in the middle of the text block.
    pub(super) fn centred(&mut self, words: &Words, style: Style) {
        let line = shape::one_line(self.fonts, words, style);
        self.paragraph_line((LEFT + RIGHT - line.width) / 2.0, &line);
    }

    /// The end line of a part: `End of annex D. The rest of this page is empty.`
    pub(super) fn end_of(&mut self, part: &str) {
        if self.at_top() || self.room() < 9.0 {
            return;
        }
        if (self.y - self.ruled).abs() > 0.01 {
            self.gap(3.0);
        }
        self.rule(rule::STRONG);
        self.y += 1.5;
        let rest = if self.room() > EMPTY { " The rest of this page is empty." } else { "" };
        self.centred(&Words::ours(&format!("End of {part}.{rest}")), SMALL);
        self.said = true;
    }

    /// The end line of the document.
    pub(super) fn end_of_document(&mut self) {
        self.need(7.0);
        self.y += 1.5;
        self.centred(&Words::ours("**End of the document.**"), SMALL);
        self.said = true;
    }

    /// Names the part that this page and the next ones belong to.
    pub(super) fn head(&mut self, part: &str) {
        self.head = Some(part.to_owned());
        if let Some(head) = self.heads.last_mut() {
            // A page that has just begun belongs to the new part only.
            if self.y <= TOP {
                head.clear();
            }
            head.push(part.to_owned());
        }
    }

    /// Remembers the page that something stands on.
    pub(super) fn anchor(&mut self, name: &str) {
        self.paper.anchors.insert(name.to_owned(), self.paper.page());
    }

    /// A bookmark to here.
    pub(super) fn bookmark(&mut self, title: &str) {
        let bookmark = Bookmark { title: title.to_owned(), page: self.paper.page(), y: self.y };
        self.paper.bookmarks.push(bookmark);
    }

    /// The title block of a document: title and school, and at the right the case.
    pub(super) fn title_block(&mut self, title: &str, school: &Words, reference: &str, remark: &Words) {
        self.bookmark(title);
        let heading = shape::one_line(self.fonts, &Words::ours(title), TITLE);
        self.set_as(Role::H1, LEFT, TOP, &[heading]);
        let right = self.lines(&Words::ours("Case ").then_outside(reference), REFERENCE, 80.0);
        let below = self.lines(remark, SMALL, 80.0);
        let school = self.lines(school, BODY, 86.0);
        let foot = TOP + 8.5 + height(&school).max((height(&right) + height(&below) - 8.5).max(4.5));
        self.set(LEFT, &[]);
        self.set_at(LEFT, TOP + 8.5, &school);
        let mut y = foot - height(&right) - height(&below);
        for line in right.iter().chain(&below) {
            self.paper.open(Role::P);
            self.paper.line(RIGHT - line.width, y, line);
            self.paper.close();
            y += line.height;
        }
        self.y = foot + 2.5;
    }

    /// The head of an annex. It follows the part before it if `alone` is false and there is room.
    pub(super) fn annex(&mut self, letter: &str, title: &str, remark: &Words, alone: bool) {
        self.annex_before(letter, title, remark, alone, ANNEX_ROOM);
    }

    /// The head of an annex that follows the part before it only if all of it fits: `tall` below its head.
    pub(super) fn whole_annex(&mut self, letter: &str, title: &str, remark: &Words, tall: f32) {
        self.annex_before(letter, title, remark, false, tall);
    }

    fn annex_before(&mut self, letter: &str, title: &str, remark: &Words, alone: bool, below: f32) {
        let fits = self.room() >= 5.0 + ANNEX_HEAD + below;
        if !self.at_top() && (alone || !fits) {
            if let Some(before) = self.head.clone() {
                self.end_of(&format!("annex {before}"));
            }
            self.head = None;
            self.new_page();
        }
        self.gap(5.0);
        self.head(letter);
        self.anchor(&format!("annex {letter}"));
        self.bookmark(&format!("Annex {letter}: {title}"));
        self.rule(rule::HEAVY);
        let top = self.y + 1.5;
        self.paper.artifact(Mark::Black { place: Place { x: LEFT, y: top, w: 6.5, h: 6.5 } });
        self.paper.open(Role::H2);
        let line = shape::one_line(self.fonts, &Words::ours(letter), PART_LETTER);
        self.paper.white_line(LEFT + (6.5 - line.width) / 2.0, top, &line);
        let line = shape::one_line(self.fonts, &Words::ours(title), PART);
        self.paper.line(LEFT + 9.5, top, &line);
        self.paper.close();
        if !remark.pieces().is_empty() {
            let room = RIGHT - (LEFT + 9.5 + line.width) - 4.0;
            let lines = self.lines(remark, SMALL, room);
            let mut y = top + 1.2 - if lines.len() > 1 { 1.2 } else { 0.0 };
            for line in &lines {
                self.paper.open(Role::P);
                self.paper.line(RIGHT - line.width, y, line);
                self.paper.close();
                y += line.height;
            }
        }
        self.y = top + 6.5 + 2.0;
    }

    /// A title under a heavy rule: within an annex or an exhibit one level below its head, otherwise below the document's.
    pub(super) fn part_title(&mut self, title: &str) {
        self.rule(rule::HEAVY);
        self.y += 1.5;
        let line = shape::one_line(self.fonts, &Words::ours(title), PART);
        let role = if self.head.is_some() { Role::H3 } else { Role::H2 };
        self.y = self.set_as(role, LEFT, self.y, &[line]);
        self.y += 2.0;
    }

    /// A box with what nobody may miss.
    pub(super) fn boxed(&mut self, words: &Words) {
        let lines = self.lines(words, BODY, WIDTH - 7.0);
        let tall = height(&lines) + 5.0;
        self.paper.frame(Place { x: LEFT, y: self.y, w: WIDTH, h: tall }, pen(rule::HEAVY));
        self.set_at(LEFT + 3.5, self.y + 2.5, &lines);
        self.y += tall + 3.0;
    }

    /// A label within running text.
    pub(super) fn label(&mut self, x: f32, y: f32, words: &str, style: Style) {
        let line = shape::one_line(self.fonts, &Words::ours(words), style);
        self.paper.open(Role::P);
        self.paper.line(x, y, &line);
        self.paper.close();
    }

    /// An ink line.
    pub(super) fn ink(&mut self, x1: f32, x2: f32, y: f32) {
        self.paper.artifact(Mark::Rule { x1, y1: y, x2, y2: y, pen: pen(rule::INK) });
    }
}
