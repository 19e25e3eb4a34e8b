//! Sheets that belong to no case: their head, and what stands on each of their pages.

use super::flow::Flow;
use super::grid::{BODY, HALF_RIGHT, HALF_W, LEFT, TITLE, WIDTH};
use super::model::{Letterhead, School, Terms};
use super::reference::About;
use super::shape;
use super::structure::{Place, Role};
use super::time;
use super::words::Words;
use chrono::{DateTime, Utc};

/// What stands on every page of a sheet.
pub(super) fn about(document: &str, school: &School, marking: &str, practice: bool, made: DateTime<Utc>) -> About {
    About {
        school: school.name.clone(),
        document: document.to_owned(),
        case: String::new(),
        marking: marking.to_owned(),
        practice,
        entry: None,
        edition: None,
        made,
        initials: false,
        ink_lines: false,
        draft: false,
    }
}

/// The same for a sheet that is made from the ledger.
pub(super) fn from_ledger(document: &str, head: &Letterhead) -> About {
    About {
        entry: Some((head.ledger_entry, head.ledger_head)),
        ..about(document, &head.school, &head.marking, head.practice, head.made)
    }
}

/// The head of a sheet: its title, the school and when it was made.
pub(super) fn heading<P>(flow: &mut Flow<'_, P>, title: &str, school: &School, made: DateTime<Utc>) {
    flow.bookmark(title);
    let line = shape::one_line(flow.fonts, &Words::ours(title), TITLE);
    flow.y = flow.set_as(Role::H1, LEFT, flow.y, &[line]);
    let words = Words::outside(&school.name)
        .then(", ")
        .then_outside(&school.address)
        .then(&format!(" · made {}", time::date_and_time(made)));
    let lines = flow.lines(&words, BODY, WIDTH);
    flow.set(LEFT, &lines);
    flow.y += 2.5;
}

/// Height of a box to sign in.
pub(super) const BOX_H: f32 = 25.0;

/// Two boxes to sign in: for the head, who is called so, and for the chair of governors.
pub(super) fn seen_by<P>(flow: &mut Flow<'_, P>, what: &str, head: &str, terms: &Terms) {
    let y = flow.y + 2.0;
    let place = |x| Place { x, y, w: HALF_W, h: BOX_H };
    flow.ink_box(place(LEFT), what, &plain(head, terms), "Date", 26.0);
    flow.ink_box(place(HALF_RIGHT), what, "Chair of governors", "Date", 26.0);
    flow.y = y + BOX_H + 1.5;
}

/// Our sentences say *headteacher*; the school's pack may have another word.
pub(super) fn renamed(words: &str, terms: &Terms) -> Words {
    Words::ours(&plain(words, terms))
}

/// The same as plain text.
pub(super) fn plain(words: &str, terms: &Terms) -> String {
    let title = capitalised(&terms.headteacher);
    words.replace("headteacher", &terms.headteacher).replace("Headteacher", &title)
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
