//! The capture sheet of an exhibit: what was recorded, and how it is known.

use trail_domain::event::capture::screen::ScreenFacts;
use trail_domain::event::capture::thing::Stated;
use trail_domain::event::capture::{Exhibit, ExhibitFile, ExhibitKind, ImportFacts, PageFacts, Shows};
use trail_domain::ids::Hash;
use trail_domain::words::Noted;
use trail_seal::form::exhibits::{Known, SheetRow, SheetValue};
use trail_seal::form::model::Cell;

use super::Paper;
use super::heading::{not_recorded, said};
use crate::show::marks::{self, Line};
use crate::show::{addresses, dates, exhibits, things};

/// The rows of an exhibit's capture sheet, in their order.
pub(super) fn rows(paper: &Paper<'_>, exhibit: &Exhibit) -> Vec<SheetRow> {
    let mut rows = match (&exhibit.page, exhibit.kind) {
        (Some(page), _) => page_rows(page),
        (None, ExhibitKind::AddressOnly) => {
            exhibit.address.iter().map(|address| stated("Address", SheetValue::Address(address.clone()))).collect()
        }
        (None, ExhibitKind::Import) => exhibit.import.iter().flat_map(import_rows).collect(),
        (None, ExhibitKind::Screen) => exhibit.screen.iter().flat_map(|screen| screen_rows(screen, exhibit)).collect(),
        (None, ExhibitKind::Marked | ExhibitKind::Annotated) => drawn_over(exhibit),
        (None, ExhibitKind::Device | ExhibitKind::PhysicalItem) => thing(exhibit),
        (None, ExhibitKind::Page | ExhibitKind::WholePage) => Vec::new(),
    };
    if exhibit.page.is_some() || exhibit.screen.is_some() {
        rows.push(clock(paper, exhibit));
    }
    rows.extend(browser(exhibit));
    if exhibit.page.is_some() || exhibit.import.is_some() || exhibit.screen.is_some() {
        rows.push(gate(paper, exhibit));
    }
    let signed_in = format!("{}, operator; {}, observer", paper.name(&exhibit.operator), paper.name(&exhibit.observer));
    rows.push(observed("Signed in", said(signed_in)));
    rows.push(stated("Nature of the content", SheetValue::Words(said(exhibit.nature.as_str()))));
    rows.push(stated("Reason for concern", SheetValue::Words(said(exhibit.concern.as_str()))));
    if !exhibits::addresses_withheld(&paper.scene) {
        return rows;
    }
    let kept = paper.case().exhibits().iter().find(|(_, _, other)| other.mark == exhibit.mark);
    withheld(rows, exhibit, kept.map(|(stamp, _, _)| stamp.seq.0))
}

fn thing(exhibit: &Exhibit) -> Vec<SheetRow> {
    let row = |(item, value): (&str, &Stated)| match value {
        Stated::Recorded(words) => stated(item, SheetValue::Words(said(words.as_str()))),
        Stated::NotRecorded(because) => missing(item, because.as_str()),
    };
    things::fields(exhibit).into_iter().map(row).collect()
}

fn import_rows(import: &ImportFacts) -> Vec<SheetRow> {
    vec![
        observed("Name as it came", said(addresses::plain(&import.name))),
        stated("Where it came from", SheetValue::Words(said(import.source.as_str()))),
        observed("What it is by its content", said(import.content.clone())),
        noted("Pixels", &import.size, |(width, height)| format!("{width} \u{d7} {height}")),
    ]
}

fn screen_rows(screen: &ScreenFacts, exhibit: &Exhibit) -> Vec<SheetRow> {
    let mut rows = vec![
        observed("Screen or window", said(exhibits::surface(screen.of.surface))),
        observed("Name, as the system gives it", said(addresses::plain(&screen.of.name))),
        observed("Number, as the system gives it", said(screen.of.number.to_string())),
        noted("Program", &screen.program, |program| addresses::plain(program)),
        noted("Screen it lay on", &screen.display, |display| addresses::plain(display)),
        noted("Other windows over it", &screen.overlaid, |lay| exhibits::overlaid(*lay)),
    ];
    for (pixels, taken) in exhibits::shot(exhibit) {
        rows.extend([observed("Pixels", said(pixels)), observed("Taken", said(taken))]);
    }
    rows.push(observed("Taken by", said(screen.taken_by.clone())));
    rows
}

fn made_from(file: &ExhibitFile) -> Vec<SheetRow> {
    match &file.shows {
        Shows::View { .. } | Shows::Original => Vec::new(),
        Shows::Derived { from, how, .. } => {
            let from: Vec<String> = from.iter().map(ToString::to_string).collect();
            vec![
                observed("Derived from SHA-256", said(from.join(", "))),
                observed("How it was made", said(how.clone())),
            ]
        }
    }
}

fn drawn_over(exhibit: &Exhibit) -> Vec<SheetRow> {
    let line = |line| match line {
        Line::Said(of, words) => stated(&of, SheetValue::Words(said(words))),
        Line::Seen(of, places) => observed(of, said(places)),
        Line::Missing(of, because) => missing(of, because),
    };
    exhibit.files.iter().flat_map(made_from).chain(marks::lines(exhibit).into_iter().map(line)).collect()
}

fn page_rows(page: &PageFacts) -> Vec<SheetRow> {
    let shown = match &page.shown {
        Noted::Observed(address) => {
            row("Address shown at the end", SheetValue::Address(address.clone()), Known::Observed)
        }
        Noted::NotRecorded(because) => missing("Address shown at the end", because),
    };
    let redirects = match &page.redirects {
        Noted::Observed(hops) if hops.is_empty() => observed("Redirects", Cell::None),
        Noted::Observed(hops) => {
            let hops = hops.iter().map(|hop| (hop.status.to_string(), hop.to.clone())).collect();
            row("Redirects", SheetValue::Redirects(hops), Known::Observed)
        }
        Noted::NotRecorded(because) => missing("Redirects", because),
    };
    let state = match &page.loading {
        Noted::Observed(true) => {
            observed("State of the page", said("The page was still loading when it was captured."))
        }
        Noted::Observed(false) => observed("State of the page", said("Loaded")),
        Noted::NotRecorded(because) => missing("State of the page", because),
    };
    vec![
        row("Address requested", SheetValue::Address(page.requested.clone()), Known::Observed),
        shown,
        redirects,
        noted("Page title", &page.title, |title| title.trim().to_owned()),
        noted("HTTP status", &page.status, ToString::to_string),
        noted("TLS", &page.tls, Clone::clone),
        certificates(page),
        noted("Remote address", &page.remote, Clone::clone),
        observed(
            "Times",
            said(format!("Loading began {}; captured {}", dates::exact(page.times.0), dates::exact(page.times.1))),
        ),
        state,
    ]
}

/// The certificates by the SHA-256 of each (of its DER, as `openssl x509 -fingerprint -sha256` writes it).
fn certificates(page: &PageFacts) -> SheetRow {
    let item = "Certificates";
    match &page.chain {
        None => missing(item, "the version that captured the page did not keep them"),
        Some(Noted::NotRecorded(because)) => missing(item, because),
        Some(Noted::Observed(chain)) => {
            let last = chain.len();
            let line = |(place, pem): (usize, &String)| {
                let which = match place {
                    0 => "The server\u{2019}s".to_owned(),
                    _ => format!("{} of {last}", place + 1),
                };
                match fingerprint(pem) {
                    Some(hash) => format!("{which}: SHA-256 {hash}"),
                    None => format!("{which}: it cannot be read"),
                }
            };
            let lines: Vec<String> = chain.iter().enumerate().map(line).collect();
            observed(item, said(lines.join("; ")))
        }
    }
}

fn fingerprint(pem: &str) -> Option<Hash> {
    use base64::Engine as _;
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
    let der = base64::engine::general_purpose::STANDARD.decode(body).ok().filter(|der| !der.is_empty())?;
    Some(Hash::of(&der))
}

/// Rows in which no address stands, for a case whose addresses are withheld.
fn withheld(rows: Vec<SheetRow>, exhibit: &Exhibit, entry: Option<u64>) -> Vec<SheetRow> {
    let address = exhibit.address.as_deref().unwrap_or_default();
    let kept = |row: SheetRow| {
        let place = entry.map_or_else(String::new, |entry| format!(", ledger entry {entry}"));
        let gone = || SheetValue::Words(said(format!("Address withheld{place}")));
        let tells = matches!(row.item.as_str(), "Page title" | "TLS" | "Remote address");
        let value = match row.value {
            SheetValue::Address(_) | SheetValue::Redirects(_) => gone(),
            SheetValue::Words(Cell::Said(words)) if tells => {
                SheetValue::Words(said(addresses::without(&words.to_string(), address)))
            }
            SheetValue::Words(words) => SheetValue::Words(words),
        };
        SheetRow { value, ..row }
    };
    rows.into_iter().map(kept).collect()
}

fn clock(paper: &Paper<'_>, exhibit: &Exhibit) -> SheetRow {
    let session = paper.case().sessions().iter().rev().find(|session| session.opened.at <= exhibit.at);
    match session {
        Some(session) => {
            observed("Clock", said(format!("Compared with {} at opening; see annex B", session.check.reference_is)))
        }
        None => missing("Clock", "no session stands before this exhibit"),
    }
}

fn browser(exhibit: &Exhibit) -> Option<SheetRow> {
    let page = exhibit.page.as_ref()?;
    let agent = match &page.user_agent {
        Noted::Observed(agent) => agent.clone(),
        Noted::NotRecorded(because) => format!("user agent not recorded, because {because}"),
    };
    let (width, height) = page.viewport;
    Some(observed("Browser", said(format!("{}. View {width} \u{d7} {height}. {agent}", page.engine))))
}

fn gate(paper: &Paper<'_>, exhibit: &Exhibit) -> SheetRow {
    match &exhibit.gate {
        Some(_) => row(
            "Questions before capture",
            SheetValue::Words(said(format!(
                "{}. Both questions answered No. Signed in: {} and {}",
                before(exhibit),
                paper.name(&exhibit.operator),
                paper.name(&exhibit.observer)
            ))),
            Known::Stated,
        ),
        None => missing("Questions before capture", "nothing was captured"),
    }
}

/// How things stood when the questions were answered.
fn before(exhibit: &Exhibit) -> &'static str {
    match (&exhibit.import, &exhibit.screen) {
        (Some(_), _) => "File not opened before",
        (None, Some(_)) => "No picture made before",
        (None, None) => "Page hidden",
    }
}

fn noted<T>(item: &str, noted: &Noted<T>, show: impl FnOnce(&T) -> String) -> SheetRow {
    match noted {
        Noted::Observed(value) => {
            let text = show(value);
            observed(item, if text.is_empty() { Cell::None } else { said(text) })
        }
        Noted::NotRecorded(because) => missing(item, because),
    }
}

fn observed(item: &str, cell: Cell) -> SheetRow {
    row(item, SheetValue::Words(cell), Known::Observed)
}

fn stated(item: &str, value: SheetValue) -> SheetRow {
    row(item, value, Known::Stated)
}

fn missing(item: &str, because: &str) -> SheetRow {
    row(item, SheetValue::Words(not_recorded(because)), Known::NotRecorded)
}

fn row(item: &str, value: SheetValue, known: Known) -> SheetRow {
    SheetRow { item: item.to_owned(), value, known }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_fingerprint_is_of_the_bytes_inside_the_pem() {
        let pem = "-----BEGIN CERTIFICATE-----\nYWJj\r\n-----END CERTIFICATE-----\n";
        assert_eq!(fingerprint(pem).unwrap(), Hash::of(b"abc"));
        assert_eq!(fingerprint("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"), None);
        assert_eq!(fingerprint(""), None);
    }
}
