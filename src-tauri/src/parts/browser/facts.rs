//! What the browser knew of a page, as the record keeps it.

use trail_browser::client::Picture;
use trail_browser::protocol::bounded::Text;
use trail_browser::protocol::facts::{Certificate, Fact, PageFacts as Told, Response};
use trail_domain::event::capture::{PageFacts, Redirect};
use trail_domain::ids::Hash;
use trail_domain::time::Moment;
use trail_domain::words::Noted;

/// The facts of a captured page.
pub(super) fn page(told: &Told, engine: &str, views: &[Picture]) -> PageFacts {
    let ended = views.iter().map(|view| view.facts.taken_at).max().unwrap_or_default();
    let final_address = told.final_address.as_str().to_owned();
    PageFacts {
        requested: told.requested.observed().map_or_else(|| final_address.clone(), |asked| asked.as_str().to_owned()),
        shown: Noted::Observed(final_address),
        redirects: if told.redirects.is_cut() {
            Noted::NotRecorded(
                "there were more redirects than are kept; the list of visits has each as it came".to_owned(),
            )
        } else {
            Noted::Observed(told.redirects.entries().iter().map(hop).collect())
        },
        title: text(&told.title),
        status: fact(&told.response, |response| response.status),
        headers: fact(&told.response, headers),
        tls: fact(&told.certificate, certificate),
        chain: Some(chain(&told.certificate)),
        remote: match (&told.protocol, &told.remote) {
            (Fact::Observed(protocol), Fact::Observed(remote)) => {
                Noted::Observed(format!("{}, {}", remote.as_str(), protocol.as_str()))
            }
            (Fact::NotTold(_), Fact::Observed(remote)) => Noted::Observed(remote.as_str().to_owned()),
            (_, Fact::NotTold(because)) => Noted::NotRecorded(because.as_str().to_owned()),
        },
        engine: if told.zoom == 100 { engine.to_owned() } else { format!("{engine}, page shown at {} %", told.zoom) },
        user_agent: text(&told.user_agent),
        viewport: (told.layout.width, told.layout.height),
        scroll_height: if told.layout.scroll_height == 0 {
            Noted::NotRecorded("the engine does not tell".to_owned())
        } else if told.grew > 1 {
            Noted::NotRecorded(format!(
                "the page has no end: it grew {} times after its end was reached; it was {} pixels at the capture",
                told.grew, told.layout.scroll_height
            ))
        } else {
            Noted::Observed(told.layout.scroll_height)
        },
        times: (Moment::from_micros(told.started_at.observed().copied().unwrap_or(ended)), Moment::from_micros(ended)),
        loading: match &told.coming {
            Fact::Observed(coming) => Noted::Observed(told.loading || *coming > 0),
            Fact::NotTold(_) if told.loading => Noted::Observed(true),
            Fact::NotTold(because) => Noted::NotRecorded(because.as_str().to_owned()),
        },
    }
}

/// The hash of the program that ran.
pub(super) fn program(hash: Option<Hash>) -> Noted<Hash> {
    hash.map_or_else(|| Noted::NotRecorded("the program's file could not be read".to_owned()), Noted::Observed)
}

/// Names and values, in the engine's order.
pub(super) fn headers(response: &Response) -> Vec<(String, String)> {
    let pair = |(name, value): &(Text, Text)| (name.as_str().to_owned(), value.as_str().to_owned());
    response.headers.entries().iter().map(pair).collect()
}

fn hop(hop: &trail_browser::protocol::facts::Hop) -> Redirect {
    Redirect { status: hop.status.observed().copied().unwrap_or_default(), to: hop.to.as_str().to_owned() }
}

/// Whether the engine painted these views as one, of which they are parts: then they are of one moment.
pub(super) fn at_once(views: &[Picture]) -> bool {
    let first = views.first().map(|view| view.facts.taken_at);
    views.iter().all(|view| Some(view.facts.taken_at) == first)
}

/// How a picture of a whole page was made, the first of how many being 1, and what in it differs from the views. These
/// were painted `at_once`, or one after the other and then joined.
pub(super) fn how_derived(standing: &Fact<u32>, (number, count): (usize, usize), at_once: bool) -> String {
    let joined = "the views joined below each other, without the rows that two of them share";
    let how = match (count, at_once) {
        (1, true) => {
            "Drawn by the browser engine as one picture of the whole page, at the same moment as the views".to_owned()
        }
        (1, false) => format!("One picture of the whole page: {joined}"),
        _ => format!("Picture {number} of {count} of the whole page, which is too tall for one: {joined}"),
    };
    match standing.observed() {
        Some(0) => how,
        Some(1) => format!("{how}. One element stands still in the window while the page is scrolled"),
        Some(count) => format!("{how}. {count} elements stand still in the window while the page is scrolled"),
        None => {
            format!("{how}. Elements that stand still in the window: not recorded, because the page did not answer")
        }
    }
}

/// The certificates in PEM, whole or not at all.
fn chain(told: &Fact<Certificate>) -> Noted<Vec<String>> {
    let certificate = match told {
        Fact::Observed(certificate) => certificate,
        Fact::NotTold(because) => return Noted::NotRecorded(because.as_str().to_owned()),
    };
    let all = certificate.chain.entries();
    if all.is_empty() {
        return Noted::NotRecorded("the engine does not tell it".to_owned());
    }
    if certificate.chain.is_cut() || all.iter().any(Text::is_cut) {
        return Noted::NotRecorded("it is longer than is kept".to_owned());
    }
    Noted::Observed(all.iter().map(|pem| pem.as_str().to_owned()).collect())
}

/// A certificate in a sentence or two.
pub(super) fn certificate(certificate: &Certificate) -> String {
    let said = |fact: &Fact<Text>| match fact {
        Fact::Observed(text) => text.as_str().to_owned(),
        Fact::NotTold(because) => format!("not recorded, because {}", because.as_str()),
    };
    let faults = certificate.faults.as_str();
    let faults =
        if faults.is_empty() { "The engine found no fault in it".to_owned() } else { format!("Faults: {faults}") };
    format!(
        "For {}. Issued by {}. Valid until {}. {faults}.",
        said(&certificate.subject),
        said(&certificate.issuer),
        said(&certificate.expires)
    )
}

/// A text, or why there is none.
pub(super) fn text(told: &Fact<Text>) -> Noted<String> {
    fact(told, |text| {
        if text.is_cut() { format!("{} (cut here: it is longer)", text.as_str()) } else { text.as_str().to_owned() }
    })
}

/// A fact, or why there is none.
pub(super) fn fact<T, U>(told: &Fact<T>, keep: impl FnOnce(&T) -> U) -> Noted<U> {
    match told {
        Fact::Observed(value) => Noted::Observed(keep(value)),
        Fact::NotTold(because) => Noted::NotRecorded(because.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fact, Picture, at_once, how_derived};
    use trail_browser::protocol::facts::PictureFacts;

    fn view(taken_at: i64) -> Picture {
        let facts = PictureFacts { bytes: 0, width: 1, height: 1, scroll_x: 0, scroll_y: 0, taken_at };
        Picture { facts, png: Vec::new() }
    }

    #[test]
    fn a_picture_that_was_joined_is_not_said_to_be_drawn_at_one_moment() {
        assert!(at_once(&[view(7), view(7), view(7)]) && at_once(&[view(7)]));
        assert!(!at_once(&[view(7), view(7), view(8)]) && !at_once(&[view(7), view(8), view(7)]));
        let how = |of, at_once| how_derived(&Fact::Observed(0), of, at_once);
        assert!(how((1, 1), true).contains("at the same moment as the views"));
        let one = how((1, 1), false);
        assert!(one.contains("the views joined") && !one.contains("same moment") && !one.contains("too tall"), "{one}");
        let two = how((2, 2), false);
        assert!(two.starts_with("Picture 2 of 2") && two.contains("the views joined"), "{two}");
    }
}
