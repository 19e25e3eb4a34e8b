//! Exhibits as the case's pages show them. A halted case shows marks and words, never a picture.

use trail_domain::event::capture::{Exhibit, ExhibitFile, ExhibitKind, PageFacts, Shows};
use trail_domain::pack::Route;
use trail_domain::words::Noted;

use super::{Scene, addresses, dates, fact, mono, people};
use crate::wire::case::{ExhibitRow, Fact, PictureRef};

/// All exhibits, in order.
pub(crate) fn rows(scene: &Scene<'_>) -> Vec<ExhibitRow> {
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
    }
}

/// The pictures of an exhibit, labelled.
pub(crate) fn pictures(exhibit: &Exhibit) -> Vec<(PictureRef, &ExhibitFile)> {
    let views = exhibit.files.iter().filter(|file| matches!(file.shows, Shows::View { .. })).count();
    let mut number = 0;
    let label = |file: &ExhibitFile, number: &mut usize| match &file.shows {
        Shows::View { size, .. } => {
            *number += 1;
            (format!("View {number} of {views}"), *size)
        }
        Shows::Derived { size, .. } => ("Derived, for reading: the whole page".to_owned(), *size),
    };
    exhibit
        .files
        .iter()
        .map(|file| {
            let (label, (width, height)) = label(file, &mut number);
            (PictureRef { sha256: file.sha256.to_string(), label, width, height }, file)
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
        hash: exhibit.files.first().map(|file| file.sha256.to_string().chars().take(8).collect()),
        facts: exhibit.page.as_ref().map_or_else(Vec::new, |page| page_facts(page, withheld)),
    }
}

fn page_facts(page: &PageFacts, withheld: bool) -> Vec<Fact> {
    let address = |text: &str| if withheld { "Withheld".to_owned() } else { addresses::defanged(text) };
    vec![
        mono("Address requested", address(&page.requested)),
        mono("Address shown", noted(&page.shown, |shown| address(shown))),
        fact("Page title", noted(&page.title, |title| addresses::plain(title))),
        fact("HTTP status", noted(&page.status, ToString::to_string)),
        fact("Certificate", noted(&page.tls, Clone::clone)),
        fact("Page height", noted(&page.scroll_height, |height| format!("{height} px"))),
        fact("Still loading", noted(&page.loading, |loading| if *loading { "Yes".into() } else { "No".into() })),
        fact("Loading began", dates::exact(page.times.0)),
        fact("Captured", dates::exact(page.times.1)),
    ]
}
