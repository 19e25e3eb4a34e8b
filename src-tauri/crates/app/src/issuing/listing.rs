//! Annex G, the list of exhibits, and the proof of working in annex B.

use trail_domain::event::capture::thing::Stated;
use trail_domain::event::capture::{Exhibit, ExhibitFile, Shows};
use trail_seal::form::model::Cell;
use trail_seal::form::record::{ListedExhibit, ListedFile};

use super::Paper;
use super::heading::{not_recorded, said};
use crate::show::{dates, exhibits as shown, things};

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
    vec![
        ("Evidence Trail".to_owned(), said(format!("version {}", env!("CARGO_PKG_VERSION")))),
        ("Build hash".to_owned(), not_recorded("this build was not given one")),
        ("Engine".to_owned(), engine),
        ("Self-test of the session".to_owned(), not_recorded("this version has no self-test")),
        ("Faults logged".to_owned(), if faults.is_empty() { Cell::None } else { said(faults.join("; ")) }),
    ]
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
