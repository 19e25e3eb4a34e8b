//! Words of people in a form whose addresses are withheld: none of them tells an address of the case.

use trail_domain::case::Case;
use trail_domain::event::capture::Exhibit;
use trail_domain::procedure::leave;
use trail_domain::words::Noted;
use trail_seal::form::record::RecordModel;

use super::super::Paper;
use super::super::rewritten::rewritten;
use crate::fault::Fault;
use crate::show::addresses::WITHHELD;
use crate::show::exhibits::addresses_withheld;

/// The form without a word in which a site of the case is named, where its addresses are withheld.
///
/// # Errors
/// - If it cannot be written and read again.
pub(super) fn told(paper: &Paper<'_>, model: RecordModel) -> Result<RecordModel, Fault> {
    if !addresses_withheld(&paper.scene) {
        return Ok(model);
    }
    let hosts = hosts(paper.case());
    rewritten(&model, &|text| without(text, &hosts))
}

fn without(text: &str, hosts: &[String]) -> String {
    let piece = |piece: &str| {
        let word = piece.trim_end_matches(char::is_whitespace);
        let small = word.to_lowercase().replace("[.]", ".");
        let names_one = hosts.iter().any(|host| small.contains(host));
        if names_one { format!("{WITHHELD}{}", &piece[word.len()..]) } else { piece.to_owned() }
    };
    text.split_inclusive(char::is_whitespace).map(piece).collect()
}

/// The hosts of every address that the case has, in its words, its exhibits and its visits.
fn hosts(case: &Case) -> Vec<String> {
    let of_exhibits = case.exhibits().iter().flat_map(|(_, _, exhibit)| addresses_of(exhibit));
    let of_visits = case.sessions().iter().flat_map(|session| session.visits.iter().map(|visit| visit.address.clone()));
    let stopped = case.stopped().iter().map(|(_, address)| address.clone());
    let all = of_exhibits.chain(of_visits).chain(stopped).chain(leave::sites(case));
    let mut hosts: Vec<String> = all.map(|address| host(&address)).collect();
    hosts.retain(|host| host.contains('.'));
    hosts.sort();
    hosts.dedup();
    hosts
}

/// The host of an address without its port, as a word that names it may have it: in small letters, and without `www.`.
fn host(address: &str) -> String {
    leave::site(address).split(':').next().unwrap_or_default().to_owned()
}

fn addresses_of(exhibit: &Exhibit) -> Vec<String> {
    let mut all: Vec<String> = exhibit.address.iter().cloned().collect();
    if let Some(page) = &exhibit.page {
        all.push(page.requested.clone());
        if let Noted::Observed(shown) = &page.shown {
            all.push(shown.clone());
        }
        if let Noted::Observed(redirects) = &page.redirects {
            all.extend(redirects.iter().map(|redirect| redirect.to.clone()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{host, without};

    #[test]
    fn a_host_is_found_however_its_address_is_written() {
        for address in [
            "https://board.example/topic",
            "https://www.board.example:8443/topic",
            "HTTP://BOARD.example.",
            "https://jo@board.example/",
            "www.board.example/topic",
            "board.example:443",
        ] {
            assert_eq!(host(address), "board.example", "{address}");
        }
    }

    #[test]
    fn a_word_that_names_a_site_of_the_case_goes_and_every_other_stays() {
        let hosts = ["board.example".to_owned()];
        let text = "See hxxps://BOARD[.]example/topic, or board.example.\nJS-1-view-1.png, version 2.46";
        let expected = "See [address withheld] or [address withheld]\nJS-1-view-1.png, version 2.46";
        assert_eq!(without(text, &hosts), expected);
        assert_eq!(without(text, &[]), text);
    }
}
