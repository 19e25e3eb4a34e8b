//! Words of people in a form whose addresses are withheld: none of them tells an address of the case.

use serde_json::Value;
use trail_domain::case::Case;
use trail_domain::event::capture::Exhibit;
use trail_domain::words::Noted;
use trail_seal::form::record::RecordModel;

use super::super::Paper;
use crate::fault::Fault;
use crate::show::addresses;
use crate::show::exhibits::addresses_withheld;

/// What stands where an address was.
const INSTEAD: &str = "[address withheld]";

/// The form without a word in which a site of the case is named, where its addresses are withheld.
///
/// # Errors
/// - If it cannot be written and read again.
pub(super) fn told(paper: &Paper<'_>, model: RecordModel) -> Result<RecordModel, Fault> {
    if !addresses_withheld(&paper.scene) {
        return Ok(model);
    }
    let fault = |error: serde_json::Error| Fault::with("internal", "detail", error.to_string());
    let mut value = serde_json::to_value(model).map_err(fault)?;
    walk(&mut value, &hosts(paper.case()));
    serde_json::from_value(value).map_err(fault)
}

fn walk(value: &mut Value, hosts: &[String]) {
    match value {
        Value::String(text) => *text = without(text, hosts),
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, hosts)),
        Value::Object(members) => members.values_mut().for_each(|member| walk(member, hosts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn without(text: &str, hosts: &[String]) -> String {
    let piece = |piece: &str| {
        let word = piece.trim_end_matches(char::is_whitespace);
        let small = word.to_lowercase().replace("[.]", ".");
        let names_one = hosts.iter().any(|host| small.contains(host));
        if names_one { format!("{INSTEAD}{}", &piece[word.len()..]) } else { piece.to_owned() }
    };
    text.split_inclusive(char::is_whitespace).map(piece).collect()
}

/// The hosts of every address that the case's exhibits and visits have, in small letters, without their ports.
fn hosts(case: &Case) -> Vec<String> {
    let of_exhibits = case.exhibits().iter().flat_map(|(_, _, exhibit)| addresses_of(exhibit));
    let of_visits = case.sessions().iter().flat_map(|session| session.visits.iter().map(|visit| visit.address.clone()));
    let stopped = case.stopped().iter().map(|(_, address)| address.clone());
    let host = |address: String| {
        let (_, host, _) = addresses::split(&address);
        host.rsplit('@').next().and_then(|host| host.split(':').next()).unwrap_or_default().to_lowercase()
    };
    let mut hosts: Vec<String> = of_exhibits.chain(of_visits).chain(stopped).map(host).collect();
    hosts.retain(|host| host.contains('.'));
    hosts.sort();
    hosts.dedup();
    hosts
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
    use super::without;

    #[test]
    fn a_word_that_names_a_site_of_the_case_goes_and_every_other_stays() {
        let hosts = ["board.example".to_owned()];
        let text = "See hxxps://BOARD[.]example/topic, or board.example.\nJS-1-view-1.png, version 2.46";
        let expected = "See [address withheld] or [address withheld]\nJS-1-view-1.png, version 2.46";
        assert_eq!(without(text, &hosts), expected);
        assert_eq!(without(text, &[]), text);
    }
}
