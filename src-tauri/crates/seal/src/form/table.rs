//! Tables, and how they break over pages.

use super::flow::Flow;
use super::grid::{FIELD_LABEL, LABEL, LEFT, RIGHT, SMALL, TABLE_HEAD, WIDTH, rule};
use super::line::{Line, after, height};
use super::model::said;
use super::shape;
use super::structure::{NodeId, Role};
use super::words::Words;

/// Room kept clear at the right of a cell.
const PADDING: f32 = 2.0;
const ABOVE: f32 = 1.1;
const BELOW: f32 = 1.2;
/// A row taller than this is split.
const WHOLE_ROW: f32 = 120.0;
/// Room that the note on the next page needs.
const NOTE: f32 = 6.0;
/// Room above the note below a table.
const NOTE_ABOVE: f32 = 1.0;
/// Of a note taller than this only the beginning stays with the last row.
const WHOLE_NOTE: f32 = 20.0;

/// A column with its left edge and width.
#[derive(Clone, Debug)]
pub(super) struct Column {
    x: f32,
    width: f32,
    head: String,
}

/// A row: a cell for each column, and further lines that belong to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    cells: Vec<Vec<Line>>,
    more: Option<(usize, Vec<Line>)>,
    joined: bool,
    least: f32,
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    name: String,
    number: String,
    title: String,
    titled: bool,
    columns: Vec<Column>,
    rows: Vec<Row>,
    // Room for the note that stays on the page of the last row.
    tail: f32,
}

impl Row {
    pub(super) fn new(cells: Vec<Vec<Line>>) -> Self {
        Self { cells, ..Self::default() }
    }

    /// Further lines from a column on, such as the reason of a departure.
    pub(super) fn with_more(mut self, column: usize, lines: Vec<Line>) -> Self {
        self.more = Some((column, lines));
        self
    }

    /// No rule between this row and the one before.
    pub(super) fn joined(mut self) -> Self {
        self.joined = true;
        self
    }

    /// An empty row for ink, with its rule.
    pub(super) fn for_ink(columns: usize, least: f32) -> Self {
        Self { cells: vec![Vec::new(); columns], least, ..Self::default() }
    }

    fn height(&self) -> f32 {
        let cells = self.cells.iter().map(|cell| height(cell)).fold(0.0, f32::max);
        let more = self.more.as_ref().map_or(0.0, |(_, lines)| 0.5 + height(lines));
        (self.above() + cells + more + BELOW).max(self.least)
    }

    // No space above what belongs to the row before.
    fn above(&self) -> f32 {
        if self.joined { 0.0 } else { ABOVE }
    }
}

impl Table {
    /// A table with columns of given widths; `name` is what the note at a page's end calls it.
    pub(super) fn new(name: &str, left: f32, columns: &[(f32, &str)]) -> Self {
        let mut x = left;
        let mut out = Vec::new();
        for (width, head) in columns {
            out.push(Column { x, width: *width, head: (*head).to_owned() });
            x += width;
        }
        Self {
            name: name.to_owned(),
            number: String::new(),
            title: name.to_owned(),
            titled: false,
            columns: out,
            rows: Vec::new(),
            tail: 0.0,
        }
    }

    /// A numbered title over the table, as a field has.
    pub(super) fn with_title(mut self, number: &str, title: &str) -> Self {
        self.number = number.to_owned();
        self.title = title.to_owned();
        self.titled = true;
        self
    }

    /// Width that a cell's text may have.
    pub(super) fn inner(&self, column: usize) -> f32 {
        self.columns[column].width - if column + 1 == self.columns.len() { 0.0 } else { PADDING }
    }

    /// Width of the text from a column to the right edge.
    pub(super) fn inner_from(&self, column: usize) -> f32 {
        RIGHT - self.columns[column].x
    }

    pub(super) fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Words as the lines of a cell.
    pub(super) fn cell<P>(&self, flow: &Flow<'_, P>, column: usize, words: &Words) -> Vec<Line> {
        flow.lines(words, SMALL, self.inner(column))
    }

    /// What was recorded as the lines of a cell, a paragraph for each of its own lines; what is blank says so.
    pub(super) fn paragraphs<P>(&self, flow: &Flow<'_, P>, column: usize, text: &str) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
            let lines = self.cell(flow, column, &Words::outside(part));
            out.extend(after(if out.is_empty() { 0.0 } else { 0.8 }, lines));
        }
        if out.is_empty() { self.cell(flow, column, &said("")) } else { out }
    }

    /// Draws the table, and a note that never stands without its last row.
    pub(super) fn draw_with_note<P>(mut self, flow: &mut Flow<'_, P>, note: &Words) {
        let tall = height(&flow.lines(note, SMALL, WIDTH));
        self.tail = NOTE_ABOVE + tall.min(WHOLE_NOTE);
        self.draw(flow);
        flow.y += NOTE_ABOVE;
        flow.note(note);
    }

    /// Draws the table.
    pub(super) fn draw<P>(self, flow: &mut Flow<'_, P>) {
        let head = self.head_lines(flow);
        let head_height = head.iter().map(|cell| height(cell)).fold(0.0, f32::max) + 2.0;
        let title = if self.titled { 1.6 + 4.5 + 1.2 } else { 0.0 };
        let first = self.rows.first().map_or(0.0, Row::height).min(WHOLE_ROW / 3.0);
        let first = if self.rows.first().is_some_and(|row| row.height() <= WHOLE_ROW) {
            self.rows.first().map_or(0.0, Row::height)
        } else {
            first
        };
        let note = if self.rows.len() > 1 { NOTE } else { self.tail };
        flow.need(title + head_height + first + note);
        if self.titled {
            self.draw_title(flow, None);
        }
        let node = flow.paper.open(Role::Table);
        self.draw_head(flow, &head, head_height, true);
        let body = flow.paper.open(Role::TBody);
        self.draw_rows(flow, node, body, &head, head_height);
        flow.paper.close();
        flow.paper.close();
        flow.rule(rule::MIDDLE);
    }

    fn draw_rows<P>(&self, flow: &mut Flow<'_, P>, node: NodeId, body: NodeId, head: &[Vec<Line>], head_height: f32) {
        let total = self.rows.len();
        let mut under_head = true;
        for (number, row) in self.rows.iter().enumerate() {
            let mut row = row.clone();
            let reserve = if number + 1 == total { self.tail } else { NOTE };
            // A row that further rows belong to stays with the first of them.
            let next = self.rows.get(number + 1).filter(|next| next.joined && !row.joined);
            let follow = next.map_or(0.0, Row::height);
            loop {
                if row.height() + follow + reserve <= flow.room() + 0.01 || (flow.at_top() && row.height() <= WHOLE_ROW)
                {
                    break;
                }
                let splits = row.height() > WHOLE_ROW;
                if !splits && row.height() + reserve <= flow.room() && follow > WHOLE_ROW {
                    break;
                }
                let rest = if splits && flow.room() > 40.0 {
                    let (first, rest) = self.split(flow, &row, flow.room() - NOTE, number);
                    if !under_head && !row.joined {
                        flow.rule(rule::FINE);
                    }
                    self.draw_row(flow, &first);
                    rest
                } else {
                    row
                };
                row = rest;
                self.turn_page(flow, number + 1, total, node, body, head, head_height);
                under_head = true;
            }
            if !under_head && !row.joined {
                flow.rule(rule::FINE);
            }
            self.draw_row(flow, &row);
            under_head = false;
        }
    }

    #[allow(clippy::too_many_arguments, reason = "all of it is the state of one table at a page's end")]
    fn turn_page<P>(
        &self,
        flow: &mut Flow<'_, P>,
        from: usize,
        total: usize,
        node: NodeId,
        body: NodeId,
        head: &[Vec<Line>],
        head_height: f32,
    ) {
        flow.paper.close();
        flow.paper.close();
        flow.rule(rule::MIDDLE);
        let before = flow.paper.page();
        let rows = if from == total { format!("row {from}") } else { format!("rows {from} to {total}") };
        let words = format!("{} continues on page {}: {rows}", self.name, before + 1);
        let y = flow.y + 1.0;
        flow.right_line(RIGHT, y, &Words::ours(&words), SMALL);
        flow.y += 5.0;
        flow.new_page();
        flow.rule(rule::STRONG);
        self.draw_title(flow, Some(before));
        flow.paper.reopen(node);
        flow.paper.reopen(body);
        self.draw_head(flow, head, head_height, false);
    }

    fn draw_title<P>(&self, flow: &mut Flow<'_, P>, from: Option<usize>) {
        let y = flow.y + 1.6;
        let continued = from.map_or_else(String::new, |page| format!(", continued from page {page}"));
        let x = if self.number.is_empty() { LEFT } else { LABEL };
        let number = shape::one_line(flow.fonts, &Words::ours(&self.number), FIELD_LABEL);
        let title = shape::one_line(flow.fonts, &Words::ours(&format!("{}{continued}", self.title)), FIELD_LABEL);
        if from.is_none() {
            flow.rule(rule::FINE);
            flow.paper.open(Role::H2);
            flow.paper.line(LEFT, y, &number);
            flow.paper.line(x, y, &title);
            flow.paper.close();
        } else {
            flow.paper.repeated_line(LEFT, y, &number);
            flow.paper.repeated_line(x, y, &title);
        }
        flow.y = y + 4.5 + 1.2;
    }

    fn head_lines<P>(&self, flow: &Flow<'_, P>) -> Vec<Vec<Line>> {
        self.columns
            .iter()
            .enumerate()
            .map(|(number, column)| flow.lines(&Words::ours(&column.head), TABLE_HEAD, self.inner(number)))
            .collect()
    }

    fn draw_head<P>(&self, flow: &mut Flow<'_, P>, head: &[Vec<Line>], head_height: f32, first: bool) {
        flow.rule(rule::STRONG);
        if first {
            flow.paper.open(Role::THead);
            flow.paper.open(Role::TR);
        }
        for (column, lines) in self.columns.iter().zip(head) {
            let mut y = flow.y + head_height - 1.0 - height(lines);
            if first {
                flow.paper.open(Role::TH);
            }
            for line in lines {
                if first {
                    flow.paper.line(column.x, y, line);
                } else {
                    flow.paper.repeated_line(column.x, y, line);
                }
                y += line.height;
            }
            if first {
                flow.paper.close();
            }
        }
        if first {
            flow.paper.close();
            flow.paper.close();
        }
        flow.y += head_height;
        flow.rule(rule::MIDDLE);
    }

    fn draw_row<P>(&self, flow: &mut Flow<'_, P>, row: &Row) {
        flow.paper.open(Role::TR);
        let top = flow.y + row.above();
        for (number, lines) in row.cells.iter().enumerate() {
            flow.paper.open(Role::TD);
            let mut y = top;
            for line in lines {
                y += line.before;
                flow.paper.line(self.columns[number].x, y, line);
                y += line.height;
            }
            if let Some((column, more)) = row.more.as_ref().filter(|(column, _)| *column == number) {
                let mut y = top + row.cells.iter().map(|cell| height(cell)).fold(0.0, f32::max) + 0.5;
                for line in more {
                    y += line.before;
                    flow.paper.line(self.columns[*column].x, y, line);
                    y += line.height;
                }
            }
            flow.paper.close();
        }
        flow.paper.close();
        flow.y += row.height();
    }

    /// Splits a row between two lines; its first cell is repeated.
    fn split<P>(&self, flow: &Flow<'_, P>, row: &Row, room: f32, number: usize) -> (Row, Row) {
        let room = room - ABOVE - BELOW;
        let (mut first, mut rest) = (Row { joined: row.joined, ..Row::default() }, Row::default());
        for (column, cell) in row.cells.iter().enumerate() {
            let mut used = 0.0;
            let cut = cell
                .iter()
                .position(|line| {
                    used += line.before + line.height;
                    used > room
                })
                .unwrap_or(cell.len());
            first.cells.push(cell[..cut].to_vec());
            let mut left = cell[cut..].to_vec();
            let narrow = self.columns[0].width < 20.0;
            let says = if narrow { 1 } else { 0 };
            if column == 0 && left.is_empty() {
                left = cell.clone();
            }
            if column == says {
                let words = if narrow { format!("Row {}, continued", number + 1) } else { "continued".to_owned() };
                let mut said = flow.lines(&Words::ours(&words), SMALL, self.inner(column));
                if narrow {
                    said.extend(left);
                    left = said;
                } else {
                    left.extend(said);
                }
            }
            rest.cells.push(left);
        }
        rest.more = row.more.clone();
        (first, rest)
    }
}
