//! What was drawn over a picture, mark by mark, in words.

use trail_domain::event::capture::mark::{Mark, Place};
use trail_domain::event::capture::{Exhibit, ExhibitKind};

/// A line about marks.
pub(crate) enum Line {
    /// What a number points out, as the person said it.
    Said(String, String),
    /// Where marks stand.
    Seen(&'static str, String),
    /// Nothing is recorded, because of this.
    Missing(&'static str, &'static str),
}

/// The lines of an exhibit that was drawn over; none of any other.
pub(crate) fn lines(exhibit: &Exhibit) -> Vec<Line> {
    let marks = match (&exhibit.marks, exhibit.kind) {
        (Some(marks), _) => marks,
        (None, ExhibitKind::Marked | ExhibitKind::Annotated) => {
            return vec![Line::Missing("Where the marks stand", "the version that drew them did not keep it")];
        }
        (
            None,
            ExhibitKind::Page
            | ExhibitKind::WholePage
            | ExhibitKind::AddressOnly
            | ExhibitKind::Device
            | ExhibitKind::PhysicalItem
            | ExhibitKind::Import
            | ExhibitKind::Screen,
        ) => return Vec::new(),
    };
    let (mut lines, numbers): (Vec<Line>, Vec<String>) = marks.iter().filter_map(numbered).unzip();
    let all = |is: fn(&Mark) -> bool| {
        let places: Vec<String> = marks.iter().filter(|mark| is(mark)).map(|mark| said(mark.place())).collect();
        (!places.is_empty()).then(|| places.join("; "))
    };
    let kinds = [
        ("Numbers stand", (!numbers.is_empty()).then(|| numbers.join("; "))),
        ("Black boxes", all(|mark| matches!(mark, Mark::Box { .. }))),
        ("Frames", all(|mark| matches!(mark, Mark::Frame { .. }))),
        ("Arrows", all(|mark| matches!(mark, Mark::Arrow { .. }))),
    ];
    lines.extend(kinds.into_iter().filter_map(|(kind, places)| places.map(|places| Line::Seen(kind, places))));
    let unit = "In pixels of the picture, across and down from its top left corner";
    lines.push(Line::Seen("Places", unit.to_owned()));
    lines
}

/// What a number points out, and where it stands.
fn numbered(mark: &Mark) -> Option<(Line, String)> {
    match mark {
        Mark::Numbered { place, number, words } => {
            let points_out = Line::Said(format!("Number {number}"), words.to_string());
            Some((points_out, format!("{number} at {}", said(*place))))
        }
        Mark::Box { .. } | Mark::Frame { .. } | Mark::Arrow { .. } => None,
    }
}

fn said(place: Place) -> String {
    format!("{}, {} to {}, {}", place.left, place.top, place.right, place.bottom)
}
