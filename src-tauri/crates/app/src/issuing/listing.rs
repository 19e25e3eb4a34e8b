//! Annex G, the list of exhibits, and the proof of working in annex B.

use trail_domain::event::capture::thing::Stated;
use trail_domain::event::capture::{Exhibit, ExhibitFile, Shows};
use trail_domain::event::review::{SelfTest, VisitKind};
use trail_domain::time::Moment;
use trail_domain::words::Noted;
use trail_seal::form::model::Cell;
use trail_seal::form::record::{ListedExhibit, ListedFile};

use super::Paper;
use super::heading::{not_recorded, said};
use crate::show::{dates, exhibits as shown, things, visits};

/// The exhibits with their files and hashes.
pub(super) fn exhibits(paper: &Paper<'_>) -> Vec<ListedExhibit> {
    let row = |exhibit: &Exhibit| ListedExhibit {
        mark: exhibit.mark.to_string(),
        kind: paper.scene.phrases.say(&format!("exhibit-kind.{}", shown::kind_id(exhibit.kind)), &[]),
        title: said(exhibit.title.as_str()),
        produced_by: format!(
            "{}, with {} signed in as observer",
            paper.name(&exhibit.operator),
            paper.name(&exhibit.observer)
        ),
        produced: exhibit.at.utc(),
        stated: thing(exhibit),
        files: files(exhibit),
    };
    paper.case().exhibits().iter().map(|(_, _, exhibit)| row(exhibit)).collect()
}

/// What is stated of its device or item.
fn thing(exhibit: &Exhibit) -> Vec<(String, Cell)> {
    let cell = |stated: &Stated| match stated {
        Stated::Recorded(words) => said(words.as_str()),
        Stated::NotRecorded(because) => not_recorded(because.as_str()),
    };
    things::fields(exhibit).into_iter().map(|(label, stated)| (label.to_owned(), cell(stated))).collect()
}

/// What the session's own working shows, as far as it was recorded.
pub(super) fn proof_of_working(paper: &Paper<'_>) -> Vec<(String, Cell)> {
    let case = paper.case();
    let engines: Vec<String> = case
        .exhibits()
        .iter()
        .filter_map(|(_, _, exhibit)| exhibit.page.as_ref().map(|page| page.engine.clone()))
        .collect();
    let engine = match engines.first() {
        None => not_recorded("no page was captured"),
        Some(first) if engines.iter().all(|engine| engine == first) => said(first.clone()),
        Some(_) => said(engines.join("; ")),
    };
    let faults: Vec<String> = case
        .sessions()
        .iter()
        .flat_map(|session| session.faults.iter())
        .map(|(at, because)| format!("{}: {because}", dates::second(*at)))
        .collect();
    let (programs, tests) = starts(paper);
    vec![
        ("Evidence Trail".to_owned(), said(format!("version {}", env!("CARGO_PKG_VERSION")))),
        ("Program (SHA-256)".to_owned(), each_once(&programs)),
        ("Engine".to_owned(), engine),
        ("Self-test of the browser".to_owned(), each_once(&tests)),
        ("Faults logged".to_owned(), if faults.is_empty() { Cell::None } else { said(faults.join("; ")) }),
    ]
}

/// What is to be said of a start, and when it was.
type Told = (String, Moment);

/// Of each start of the browser: the program that ran, and what its test of itself came to, with when.
fn starts(paper: &Paper<'_>) -> (Vec<Told>, Vec<Told>) {
    let visits = paper.case().sessions().iter().flat_map(|session| &session.visits);
    visits
        .filter_map(|visit| {
            let VisitKind::Began { program, self_test, .. } = &visit.what else { return None };
            Some(((shown::noted(program, ToString::to_string), visit.at), (self_tested(self_test), visit.at)))
        })
        .unzip()
}

fn self_tested(self_test: &Noted<SelfTest>) -> String {
    match self_test {
        Noted::Observed(SelfTest::Passed { sha256 }) => {
            format!("passed: the picture of the known page has its colours (SHA-256 {sha256})")
        }
        Noted::Observed(SelfTest::Failed { .. }) | Noted::NotRecorded(_) => visits::tested(self_test),
    }
}

/// What there is to say, nothing twice, each with the times of the starts that it is said of.
fn each_once(all: &[Told]) -> Cell {
    let mut once: Vec<(&str, Vec<String>)> = Vec::new();
    for (what, at) in all {
        let at = dates::second(*at);
        match once.iter_mut().find(|(said, _)| said == what) {
            Some((_, times)) => times.push(at),
            None => once.push((what, vec![at])),
        }
    }
    if once.is_empty() {
        return not_recorded("the browser told of no start");
    }
    let lines: Vec<String> = once.iter().map(|(what, times)| format!("{what}; at {}", times.join(", "))).collect();
    said(lines.join(". "))
}

/// A file in words: `View 1 of 2`, `PNG, 1,280 × 800`.
pub(crate) fn what(exhibit: &Exhibit, file: &ExhibitFile) -> String {
    shown::pictures(exhibit)
        .into_iter()
        .find(|(_, other)| other.name == file.name)
        .map_or_else(|| original(file), |(picture, _)| picture.label)
}

fn original(file: &ExhibitFile) -> String {
    match file.shows {
        Shows::Original => "The file as it came".to_owned(),
        Shows::View { .. } | Shows::Derived { .. } => file.name.clone(),
    }
}

/// `PNG, 1,280 × 800`, or the media type of a file as it came.
pub(crate) fn format(file: &ExhibitFile) -> String {
    match &file.shows {
        Shows::View { size, .. } | Shows::Derived { size, .. } => format!("PNG, {} \u{d7} {}", size.0, size.1),
        Shows::Original => file.media_type.clone(),
    }
}

fn files(exhibit: &Exhibit) -> Vec<ListedFile> {
    let row = |file: &ExhibitFile| ListedFile {
        what: what(exhibit, file),
        format: format(file),
        derived: matches!(file.shows, Shows::Derived { .. }),
        size: file.bytes,
        sha256: *file.sha256.bytes(),
    };
    exhibit.files.iter().map(row).collect()
}
