//! The case's sites, and the leave to go elsewhere or to send something. Stage 5.
//!
//! A site is the host of an address, with its port where one is written; `www.` in front makes no difference. The case's
//! sites are those of the addresses in the report and in what was preserved (written with `http://`, `https://` or
//! `www.`). Where none is written, the site of the first address that people opened in the case, and that loaded, stands in
//! for them.

use crate::case::{Case, Session};
use crate::event::review::VisitKind;
use crate::event::review::held::{Leave, LeaveGiven, Passed, Sending};
use crate::event::{Event, Turn};
use crate::pack::Stage;
use crate::refusal::{Refusal, RefusalCode};

use super::{Now, gate, review};

/// The site of an address: its host in small letters, with a port that is not the scheme's own. A sign-in names a host and
/// a port without a scheme: there, the port of either is left out.
#[must_use]
pub fn site(address: &str) -> String {
    let (scheme, host) = (address.split_once("://").map(|(scheme, _)| scheme), gate::host(address));
    let host = host.to_ascii_lowercase();
    let own_ports: &[&str] = match scheme {
        Some(scheme) if scheme.eq_ignore_ascii_case("https") => &[":443"],
        Some(_) => &[":80"],
        None => &[":443", ":80"],
    };
    let host = own_ports.iter().find_map(|port| host.strip_suffix(port)).unwrap_or(&host);
    let host = host.strip_suffix('.').unwrap_or(host);
    host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host).to_owned()
}

/// The case's sites, with those that the open session may go to for a reason. Empty where no address is known yet.
#[must_use]
pub fn sites(case: &Case) -> Vec<String> {
    let mut sites = written(case);
    if sites.is_empty() {
        sites.extend(first_opened(case));
    }
    let leaves = case.open_session().into_iter().flat_map(|session| &session.leaves);
    // A sign-in is to a host, and opens no page.
    let opens = |leave: &Leave| !matches!(leave.passed, Passed::Sent { what: Sending::SignIn, .. });
    sites.extend(leaves.filter(|(_, given)| opens(&given.leave)).map(|(_, given)| site(&given.leave.address)));
    sites.sort_unstable();
    sites.dedup();
    sites
}

/// Whether the case may go to this address without a reason: also where no address of the case is known yet.
#[must_use]
pub fn is_of_the_case(case: &Case, address: &str) -> bool {
    let sites = sites(case);
    sites.is_empty() || sites.contains(&site(address))
}

fn first_opened(case: &Case) -> Option<String> {
    let mut asked = None;
    for visit in case.sessions().iter().flat_map(|session| &session.visits) {
        if visit.what == VisitKind::Asked {
            asked = Some(&visit.address);
        }
        // One that did not load was not looked at.
        if matches!(visit.what, VisitKind::Loaded { .. }) && asked.is_some() {
            return asked.map(|address| site(address));
        }
    }
    None
}

/// Sites of the addresses that stand in the words of the report and of what was preserved.
fn written(case: &Case) -> Vec<String> {
    let report = case.report();
    let told = [&report.title, &report.what, &report.when, &report.place];
    let kept = case.preserved().iter().flat_map(|(_, item)| [&item.what, &item.identity]);
    told.into_iter().chain(kept).flat_map(|words| words.as_str().split_whitespace()).filter_map(address_in).collect()
}

/// The site that a word names, also where the address was made harmless (`hxxps://board[.]example`).
fn address_in(word: &str) -> Option<String> {
    let word = word.replace("[.]", ".").to_ascii_lowercase().replace("hxxp", "http");
    let begins = ["https://", "http://", "www."].iter().filter_map(|start| word.find(start)).min()?;
    let address = word.get(begins..)?.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '/');
    let site = site(address);
    (!site.is_empty()).then_some(site)
}

/// The entry for something held that two people let through.
///
/// # Errors
/// - If no review runs, or one of its two people is no longer signed in or did not confirm in time.
/// - If who acts is neither operator nor observer.
/// - If an answer before a capture closed the site.
pub(super) fn let_through(case: &Case, leave: Leave, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    let session: &Session = review::running(case, now)?;
    let refuse = |code| Err(Refusal::new(code, Stage::Review));
    if &session.operator != now.by && &session.observer != now.by {
        return refuse(RefusalCode::TwoNeeded);
    }
    if case.stopped().iter().any(|(_, closed)| gate::same_site(closed, &leave.address)) {
        return refuse(RefusalCode::SiteStopped);
    }
    let (operator, observer) = (session.operator.clone(), session.observer.clone());
    let given = Box::new(LeaveGiven { leave, operator, observer });
    Ok(vec![Event::Turn(Turn::LetThrough { session: session.id.clone(), given })])
}

#[cfg(test)]
mod tests {
    use super::{address_in, site};

    #[test]
    fn a_site_is_the_host_and_www_makes_no_difference() {
        assert_eq!(site("https://www.Board.example:443/x?y"), "board.example");
        assert_eq!(site("http://u@board.example./"), "board.example");
        assert_eq!(site("http://board.example:8080/"), "board.example:8080");
        assert_eq!(site("https://www.example/"), "www.example");
        assert_eq!(site("https://board.example.org/"), "board.example.org");
    }

    #[test]
    fn addresses_are_found_in_words_and_nothing_else_is() {
        assert_eq!(address_in("(https://Board.example/a),").as_deref(), Some("board.example"));
        assert_eq!(address_in("hxxps://board[.]example/a").as_deref(), Some("board.example"));
        assert_eq!(address_in("www.board.example.").as_deref(), Some("board.example"));
        for word in ["photo.png", "HB-0101", "e.g.", "https://", "a@board.example"] {
            assert_eq!(address_in(word), None, "{word}");
        }
    }
}
