//! Exhibits as the case's pages show them. A halted case shows marks and words, never a picture.

use trail_domain::event::capture::screen::{ScreenFacts, Surface};
use trail_domain::event::capture::{Exhibit, ExhibitFile, ExhibitKind, ImportFacts, PageFacts, Shows};
use trail_domain::pack::Route;
use trail_domain::procedure::marked;
use trail_domain::words::Noted;

use super::marks::{self, Line};
use super::{Scene, addresses, continuity, dates, fact, mono, people, things};
use crate::issuing::{file_format, file_words};
use crate::wire::case::{ContinuityRow, ExhibitRow, Fact, FileRow, PictureRef};

/// All exhibits, in order.
pub(crate) fn rows(scene: &Scene<'_>) -> Vec<ExhibitRow> {
    let whole = |exhibit: &Exhibit| {
        let row = row(scene, exhibit);
        let file_row = |file| file_row(exhibit, file);
        let files = if row.sealed { Vec::new() } else { exhibit.files.iter().map(file_row).collect() };
        ExhibitRow { files, continuity: continuity(scene, exhibit), ..row }
    };
    scene.case.exhibits().iter().map(|(_, _, exhibit)| whole(exhibit)).collect()
}

/// All exhibits, in order, without their files and continuity: for a look that comes several times a second.
pub(crate) fn in_short(scene: &Scene<'_>) -> Vec<ExhibitRow> {
    scene.case.exhibits().iter().map(|(_, _, exhibit)| row(scene, exhibit)).collect()
}

/// Whether addresses are withheld everywhere but in the police referral record.
pub(crate) fn addresses_withheld(scene: &Scene<'_>) -> bool {
    let child_protection = scene
        .pack
        .category(&scene.case.report().category)
        .is_some_and(|category| category.route() == Route::ChildProtection);
    scene.case.was_halted() || child_protection
}

/// The id of a kind.
pub(crate) fn kind_id(kind: ExhibitKind) -> &'static str {
    match kind {
        ExhibitKind::Page => "page",
        ExhibitKind::WholePage => "whole-page",
        ExhibitKind::AddressOnly => "address-only",
        ExhibitKind::Device => "device",
        ExhibitKind::PhysicalItem => "physical-item",
        ExhibitKind::Import => "import",
        ExhibitKind::Screen => "screen",
        ExhibitKind::Marked => "marked",
        ExhibitKind::Annotated => "annotated",
    }
}

/// The pictures of an exhibit, labelled.
pub(crate) fn pictures(exhibit: &Exhibit) -> Vec<(PictureRef, &ExhibitFile)> {
    let views = exhibit.files.iter().filter(|file| matches!(file.shows, Shows::View { .. })).count();
    let pieces = exhibit.files.iter().filter(|file| matches!(file.shows, Shows::Derived { .. })).count();
    let (mut number, mut piece) = (0, 0);
    let derived = match exhibit.kind {
        ExhibitKind::Import => "Derived, to look at: decoded from the file",
        ExhibitKind::Marked => "Derived: with boxes or marks over it",
        ExhibitKind::Annotated => "Derived: annotated, with marks over it",
        ExhibitKind::Page
        | ExhibitKind::WholePage
        | ExhibitKind::AddressOnly
        | ExhibitKind::Device
        | ExhibitKind::Screen
        | ExhibitKind::PhysicalItem => "Derived, for reading: the whole page",
    };
    let mut label = |file: &ExhibitFile| match &file.shows {
        Shows::View { size, .. } => {
            number += 1;
            Some((format!("View {number} of {views}"), *size))
        }
        Shows::Derived { size, .. } if pieces > 1 => {
            piece += 1;
            Some((format!("{derived}, part {piece} of {pieces}"), *size))
        }
        Shows::Derived { size, .. } => Some((derived.to_owned(), *size)),
        Shows::Original => None,
    };
    exhibit
        .files
        .iter()
        .filter_map(|file| {
            let (label, (width, height)) = label(file)?;
            Some((PictureRef { sha256: file.sha256.to_string(), label, width, height }, file))
        })
        .collect()
}

/// A value, or why there is none.
pub(crate) fn noted<T>(noted: &Noted<T>, show: impl FnOnce(&T) -> String) -> String {
    match noted {
        Noted::Observed(value) => show(value),
        Noted::NotRecorded(because) => format!("Not recorded, because {because}"),
    }
}

fn row(scene: &Scene<'_>, exhibit: &Exhibit) -> ExhibitRow {
    let sealed = scene.case.is_sealed(exhibit);
    let withheld = addresses_withheld(scene);
    let name = |person| people::name(scene.register, person);
    let made = format!(
        "{} by {}, with {} signed in",
        dates::exact(exhibit.at),
        name(&exhibit.operator),
        name(&exhibit.observer)
    );
    ExhibitRow {
        mark: exhibit.mark.to_string(),
        kind: scene.phrases.say(&format!("exhibit-kind.{}", kind_id(exhibit.kind)), &[]),
        title: exhibit.title.to_string(),
        nature: exhibit.nature.to_string(),
        concern: exhibit.concern.to_string(),
        made,
        address: exhibit.address.as_deref().filter(|_| !withheld).map(addresses::defanged),
        pictures: if sealed { Vec::new() } else { pictures(exhibit).into_iter().map(|(picture, _)| picture).collect() },
        sealed,
        next_number: marked::next(scene.case, exhibit),
        hash: exhibit.files.first().map(|file| file.sha256.to_string().chars().take(8).collect()),
        facts: facts(exhibit, withheld),
        files: Vec::new(),
        continuity: Vec::new(),
    }
}

fn file_row(exhibit: &Exhibit, file: &ExhibitFile) -> FileRow {
    FileRow {
        what: format!("{}, {}, {} bytes", file_words(exhibit, file), file_format(file), file.bytes),
        name: file.name.clone(),
        sha256: file.sha256.to_string(),
    }
}

fn continuity(scene: &Scene<'_>, exhibit: &Exhibit) -> Vec<ContinuityRow> {
    let row = |row: continuity::Row<'_>| ContinuityRow {
        at: dates::exact(row.stamp.at),
        what: row.what,
        who: people::name(scene.register, &row.stamp.by),
        seq: row.stamp.seq.to_string(),
    };
    continuity::rows(scene.case, exhibit, scene.phrases).into_iter().map(row).collect()
}

fn facts(exhibit: &Exhibit, withheld: bool) -> Vec<Fact> {
    let page = exhibit.page.as_ref().map_or_else(Vec::new, |page| page_facts(page, withheld));
    let import = exhibit.import.as_ref().map_or_else(Vec::new, import_facts);
    let screen = exhibit.screen.as_ref().map_or_else(Vec::new, |screen| screen_facts(screen, exhibit));
    let files = exhibit.files.iter().filter(|_| exhibit.page.is_none()).flat_map(file_facts);
    let things = things::facts(exhibit).into_iter().chain(drawn_over(exhibit));
    page.into_iter().chain(import).chain(screen).chain(things).chain(files).collect()
}

fn drawn_over(exhibit: &Exhibit) -> Vec<Fact> {
    let line = |line| match line {
        Line::Said(of, words) => fact(&of, words),
        Line::Seen(of, places) => fact(of, places),
        Line::Missing(of, because) => fact(of, format!("Not recorded, because {because}")),
    };
    marks::lines(exhibit).into_iter().map(line).collect()
}

fn import_facts(import: &ImportFacts) -> Vec<Fact> {
    vec![
        mono("Name as it came", addresses::plain(&import.name)),
        fact("Where it came from, as stated", import.source.to_string()),
        fact("What it is by its content", import.content.clone()),
        fact("Pixels", noted(&import.size, |(width, height)| format!("{width} by {height}"))),
    ]
}

/// A screen or a window, in words.
pub(crate) fn surface(surface: Surface) -> &'static str {
    match surface {
        Surface::Screen => "A whole screen, with all that was on it",
        Surface::Window => "One window",
    }
}

/// Whether something lay over a window, in words.
pub(crate) fn overlaid(lay: bool) -> String {
    if lay { "Yes".to_owned() } else { "No".to_owned() }
}

/// The pixels of each view, and when it was taken.
pub(crate) fn shot(exhibit: &Exhibit) -> Vec<(String, String)> {
    let view = |file: &ExhibitFile| match &file.shows {
        Shows::View { size: (width, height), taken, .. } => {
            Some((format!("{width} by {height}"), dates::exact(*taken)))
        }
        Shows::Derived { .. } | Shows::Original => None,
    };
    exhibit.files.iter().filter_map(view).collect()
}

fn screen_facts(screen: &ScreenFacts, exhibit: &Exhibit) -> Vec<Fact> {
    let mut facts = vec![
        fact("Screen or window", surface(screen.of.surface).to_owned()),
        mono("Name, as the system gives it", addresses::plain(&screen.of.name)),
        mono("Number, as the system gives it", screen.of.number.to_string()),
        fact("Program", noted(&screen.program, |program| addresses::plain(program))),
        fact("Screen it lay on", noted(&screen.display, |display| addresses::plain(display))),
        fact("Other windows over it", noted(&screen.overlaid, |lay| overlaid(*lay))),
    ];
    for (pixels, taken) in shot(exhibit) {
        facts.extend([fact("Pixels", pixels), fact("Taken", taken)]);
    }
    facts.push(fact("Taken by", screen.taken_by.clone()));
    facts
}

fn file_facts(file: &ExhibitFile) -> Vec<Fact> {
    match &file.shows {
        Shows::View { .. } => Vec::new(),
        Shows::Original => vec![
            fact("Size", format!("{} bytes", file.bytes)),
            fact("Media type by its content", file.media_type.clone()),
            mono("SHA-256 of the file as it came", file.sha256.to_string()),
        ],
        Shows::Derived { from, how, .. } => {
            let from: Vec<String> = from.iter().map(ToString::to_string).collect();
            vec![mono("Derived from SHA-256", from.join(", ")), fact("How it was made", how.clone())]
        }
    }
}

fn chain(page: &PageFacts) -> String {
    match &page.chain {
        None => "Not recorded, because the version that captured the page did not keep them".to_owned(),
        Some(chain) => noted(chain, |chain| format!("{} in PEM", chain.len())),
    }
}

fn page_facts(page: &PageFacts, withheld: bool) -> Vec<Fact> {
    let address = |text: &str| if withheld { "Withheld".to_owned() } else { addresses::defanged(text) };
    let words = |text: &str| if withheld { addresses::without(text, &page.requested) } else { text.to_owned() };
    vec![
        mono("Address requested", address(&page.requested)),
        mono("Address shown", noted(&page.shown, |shown| address(shown))),
        fact("Page title", noted(&page.title, |title| addresses::plain(&words(title)))),
        fact("HTTP status", noted(&page.status, ToString::to_string)),
        fact("Certificate", noted(&page.tls, |tls| words(tls))),
        fact("Certificates kept", chain(page)),
        fact("Page height", noted(&page.scroll_height, |height| format!("{height} px"))),
        fact("Still loading", noted(&page.loading, |loading| if *loading { "Yes".into() } else { "No".into() })),
        fact("Loading began", dates::exact(page.times.0)),
        fact("Captured", dates::exact(page.times.1)),
    ]
}
