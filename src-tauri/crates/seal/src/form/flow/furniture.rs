//! What stands on every page: marking, header, footer, initials, the word of practice mode.

use super::Flow;
use crate::form::address;
use crate::form::grid::{LEFT, MARKING, RIGHT, SMALL, rule};
use crate::form::line::Line;
use crate::form::number::thousands;
use crate::form::paper::{Mark, pen};
use crate::form::shape;
use crate::form::structure::Place;
use crate::form::words::Words;

const MARKING_SPACING: f32 = 0.35;
const FOOTER: f32 = 277.5;

impl<P> Flow<'_, P> {
    /// Draws header and footer on all pages, when their number is known.
    pub(super) fn furnish(&mut self) {
        let total = self.paper.pages.len();
        for page in 1..=total {
            self.paper.turn_to(page);
            self.marking(8.0);
            self.header(page);
            self.footer(page, total);
            if self.about.initials {
                self.initials();
            }
            if self.about.ink_lines {
                self.ink_footer();
            }
            self.marking(289.0);
            if self.about.practice {
                self.paper.behind(Mark::Practice);
            }
        }
    }

    fn marking(&mut self, y: f32) {
        let words = Words::outside(&self.about.shown_marking());
        let line = shape::spaced(self.fonts, &words, MARKING, MARKING_SPACING);
        self.paper.repeated_line((LEFT + RIGHT - line.width) / 2.0, y, &line);
    }

    fn header(&mut self, page: usize) {
        let right = shape::one_line(self.fonts, &Words::outside(&self.running(page)), SMALL);
        let room = RIGHT - LEFT - right.width - 6.0;
        let school = self.shortened("", &self.about.school, room);
        self.paper.repeated_line(LEFT, 13.5, &school);
        self.paper.repeated_line(RIGHT - right.width, 13.5, &right);
        self.paper.rule(LEFT, RIGHT, 19.5, rule::FINE);
    }

    /// One line with a name in bold. A name that does not fit ends in an ellipsis here; it stands
    /// whole in the title block.
    fn shortened(&self, before: &str, name: &str, room: f32) -> Line {
        let mut shown = name.to_owned();
        let mut rest = "";
        loop {
            let line = shape::one_line(self.fonts, &Words::ours(before).then_bold(&shown).then(rest), SMALL);
            if line.width <= room || shown.is_empty() {
                return line;
            }
            shown.pop();
            rest = "…";
        }
    }

    fn running(&self, page: usize) -> String {
        let document = &self.about.document;
        let parts = &self.heads[page - 1];
        let Some((last, before)) = parts.split_last() else {
            return document.clone();
        };
        // A letter is an annex, anything else an exhibit.
        let (one, more) = if last.len() == 1 { ("Annex", "Annexes") } else { ("exhibit", "exhibits") };
        if before.is_empty() {
            return format!("{document} – {one} {last}");
        }
        format!("{document} – {more} {} and {last}", before.join(", "))
    }

    fn footer(&mut self, page: usize, total: usize) {
        self.paper.rule(LEFT, RIGHT, FOOTER, rule::FINE);
        if !self.about.case.is_empty() {
            let case = self.shortened("Case ", &self.about.case, 70.0);
            self.paper.repeated_line(LEFT, 278.7, &case);
        }
        if let Some((entry, hash)) = &self.about.entry {
            let text = format!("Ledger entry {} · {}", thousands(*entry), address::beginning(hash, 8));
            let line = shape::one_line(self.fonts, &Words::ours(&text), SMALL);
            self.paper.repeated_line(LEFT, 282.7, &line);
        }
        let line = shape::one_line(self.fonts, &Words::ours(&format!("**Page {page} of {total}**")), SMALL);
        self.paper.repeated_line(RIGHT - line.width, 278.7, &line);
        if let Some(edition) = self.about.edition {
            let line = shape::one_line(self.fonts, &Words::ours(&format!("Version {edition}")), SMALL);
            self.paper.repeated_line(RIGHT - line.width, 282.7, &line);
        }
    }

    fn initials(&mut self) {
        let middle = 280.95;
        self.footer_word("Initials", 94.0, middle);
        for (word, x) in [("1st", 111.5), ("2nd", 131.5), ("Head", 153.0)] {
            let line = shape::one_line(self.fonts, &Words::ours(word), SMALL);
            self.paper.repeated_line(x - 1.3 - line.width, middle, &line);
            self.paper.frame(Place { x, y: 279.2, w: 11.0, h: 7.5 }, pen(rule::INK));
        }
    }

    fn ink_footer(&mut self) {
        for (word, x1, x2) in [("Signature", 74.0, 107.0), ("Signature", 110.0, 143.0), ("Date", 146.0, 166.0)] {
            self.ink(x1, x2, 283.8);
            self.footer_word(word, x1, 284.2);
        }
    }

    fn footer_word(&mut self, word: &str, x: f32, y: f32) {
        let line = shape::one_line(self.fonts, &Words::ours(word), SMALL);
        self.paper.repeated_line(x, y, &line);
    }
}
