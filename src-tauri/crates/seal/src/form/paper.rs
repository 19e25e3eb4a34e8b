//! Paper: pages of marks in millimetres, each mark an artifact or a part of the structure.
//!
//! The kind of picture is a parameter. [`WordsOnly`] has no value, so that a document on paper for
//! words only has no operation that could place an image.

use super::line::{Line, Run, Sign};
use super::structure::{NodeId, Place, Role, Tree};
use std::collections::BTreeMap;

/// The picture of a document without pictures: a type without values.
#[derive(Clone, Copy, Debug)]
pub(super) enum WordsOnly {}

/// A line style of a drawn mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    /// Width in points.
    pub(super) width: f32,
    pub(super) dashed: bool,
}

/// Solid line of `width` points.
pub(super) fn pen(width: f32) -> Pen {
    Pen { width, dashed: false }
}

/// The dashed line of an unsigned field and of a derived picture.
pub(super) const DASHED: Pen = Pen { width: super::grid::rule::MIDDLE, dashed: true };

/// What is drawn. All measures are millimetres from the top left corner.
#[derive(Clone, Debug)]
pub(super) enum Mark<P> {
    Text {
        x: f32,
        y: f32,
        run: Run,
        white: bool,
        actual: Option<String>,
    },
    Rule {
        x1: f32,
        y1: f32,
        x2: f32,
        y2: f32,
        pen: Pen,
    },
    Frame {
        place: Place,
        pen: Pen,
    },
    Black {
        place: Place,
    },
    Disc {
        x: f32,
        y: f32,
        radius: f32,
        ring: bool,
    },
    /// The word of practice mode across the page.
    Practice,
    /// A picture; nothing can be placed on paper for words only.
    Picture {
        place: Place,
        picture: P,
    },
}

/// A page.
#[derive(Clone, Debug)]
pub(super) struct Page<P> {
    pub(super) marks: Vec<(Option<NodeId>, Mark<P>)>,
}

/// A signature field that is made before the first signature.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    /// What a screen reader says of the field.
    pub(super) tooltip: String,
    pub(super) page: usize,
    pub(super) place: Place,
    /// What stands in the field until it is signed.
    pub(super) unsigned: Vec<Line>,
}

/// A bookmark.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    pub(super) title: String,
    pub(super) page: usize,
    /// Distance from the top of the page in millimetres.
    pub(super) y: f32,
}

/// The pages of a document while it is laid out.
#[derive(Clone, Debug)]
pub(super) struct Paper<P> {
    pub(super) pages: Vec<Page<P>>,
    pub(super) tree: Tree,
    pub(super) fields: Vec<Field>,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) anchors: BTreeMap<String, usize>,
    stack: Vec<NodeId>,
    at: usize,
}

impl<P> Paper<P> {
    pub(super) fn new() -> Self {
        Self {
            pages: Vec::new(),
            tree: Tree::new(),
            fields: Vec::new(),
            bookmarks: Vec::new(),
            anchors: BTreeMap::new(),
            stack: vec![0],
            at: 0,
        }
    }

    pub(super) fn add_page(&mut self) {
        self.pages.push(Page { marks: Vec::new() });
        self.at = self.pages.len() - 1;
    }

    /// Number of the page that is being laid out, from 1.
    pub(super) fn page(&self) -> usize {
        self.at + 1
    }

    /// Goes to a page, from 1, to draw what is known only at the end.
    pub(super) fn turn_to(&mut self, page: usize) {
        self.at = page - 1;
    }

    /// Draws behind everything else on the page.
    pub(super) fn behind(&mut self, mark: Mark<P>) {
        if let Some(page) = self.pages.get_mut(self.at) {
            page.marks.insert(0, (None, mark));
        }
    }

    /// Everything until the matching [`Self::close`] belongs to a new node.
    pub(super) fn open(&mut self, role: Role) -> NodeId {
        let id = self.tree.add(self.current(), role);
        self.stack.push(id);
        id
    }

    /// Goes back into a node, as a table does on its next page.
    pub(super) fn reopen(&mut self, node: NodeId) {
        self.stack.push(node);
    }

    pub(super) fn close(&mut self) {
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }

    fn current(&self) -> NodeId {
        self.stack.last().copied().unwrap_or(0)
    }

    /// Draws what is part of the text.
    pub(super) fn content(&mut self, mark: Mark<P>) {
        let node = Some(self.current());
        self.push(node, mark);
    }

    /// Draws what a screen reader does not say.
    pub(super) fn artifact(&mut self, mark: Mark<P>) {
        self.push(None, mark);
    }

    /// Draws a line of text with its top at `y`.
    pub(super) fn line(&mut self, x: f32, y: f32, line: &Line) {
        let node = self.current();
        for mark in marks_of(x, y, line, false) {
            self.push(Some(node), mark);
        }
    }

    /// Draws a line of text that repeats what was said before, such as a heading on a next page.
    pub(super) fn repeated_line(&mut self, x: f32, y: f32, line: &Line) {
        for mark in marks_of(x, y, line, false) {
            self.push(None, mark);
        }
    }

    /// Draws a line of white text on black.
    pub(super) fn white_line(&mut self, x: f32, y: f32, line: &Line) {
        let node = self.current();
        for mark in marks_of(x, y, line, true) {
            self.push(Some(node), mark);
        }
    }

    pub(super) fn rule(&mut self, x1: f32, x2: f32, y: f32, width: f32) {
        self.artifact(Mark::Rule { x1, y1: y, x2, y2: y, pen: pen(width) });
    }

    pub(super) fn frame(&mut self, place: Place, with: Pen) {
        self.artifact(Mark::Frame { place, pen: with });
    }

    fn push(&mut self, node: Option<NodeId>, mark: Mark<P>) {
        if let Some(page) = self.pages.get_mut(self.at) {
            page.marks.push((node, mark));
        }
    }
}

/// The marks of a line of text with its top at `y`.
pub(super) fn marks_of<P>(x: f32, y: f32, line: &Line, white: bool) -> Vec<Mark<P>> {
    let base = y + super::grid::baseline(line.height, line.size);
    let mut out: Vec<Mark<P>> = Vec::new();
    for (at, sign) in &line.signs {
        let ring = *sign == Sign::NotRecorded;
        out.push(Mark::Disc { x: x + at + 1.15, y: y + line.height / 2.0, radius: 1.15, ring });
    }
    for (number, run) in line.runs.iter().enumerate() {
        // A line whose gaps are positions carries its text once, with its first run.
        let actual = match &line.actual {
            Some(text) => Some(if number == 0 { text.clone() } else { String::new() }),
            None => run.actual.clone(),
        };
        out.push(Mark::Text { x: x + run.x, y: base, run: run.clone(), white, actual });
    }
    out
}
