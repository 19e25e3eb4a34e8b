//! The gate before every capture. *Not sure* counts as *yes*. Only *no* twice makes a permit.

use crate::case::Case;
use crate::event::Event;
use crate::event::capture::{ExhibitKind, GateAnswer, GateAnswers, GatedFile, MOST_NAME, StoppedBy};
use crate::pack::{CaptureRule, PolicyPack, Stage};
use crate::refusal::{Refusal, RefusalCode};

use super::permit::CapturePermit;
use super::{Now, halt, review};

/// What the answers lead to. In each case the events are to be recorded first.
#[derive(Debug)]
pub enum Gate {
    /// *No* twice: one capture may be made.
    Open(Vec<Event>, CapturePermit),
    /// HALT. The browser must be dead before the events are recorded.
    Halted(Vec<Event>),
    /// Stop and refer: this site is closed to review.
    Stopped(Vec<Event>),
}

/// What both people are asked about.
#[derive(Clone, Copy)]
enum About<'a> {
    Page(ExhibitKind, &'a str),
    File(&'a GatedFile),
}

/// Takes both people's answer for what is before them.
///
/// # Errors
/// - If HALT stands, capture is forbidden for the category, or Stop and refer closed the site.
/// - If no session runs with both people signed in.
/// - If the first answer is *no* and the second is missing.
/// - If the kind asked for is not that of a page.
pub fn answer(
    case: &Case,
    pack: &PolicyPack,
    kind: ExhibitKind,
    address: &str,
    answers: GateAnswers,
    now: &Now<'_>,
) -> Result<Gate, Refusal> {
    answer_about(case, pack, About::Page(kind, address), answers, now)
}

/// Takes both people's answer for a file that somebody gave, before its bytes are read.
///
/// # Errors
/// - If HALT stands, capture is forbidden for the category, or Stop and refer closed this file.
/// - If no session runs with both people signed in.
/// - If the first answer is *no* and the second is missing.
/// - If the file has no name, or one of more than [`MOST_NAME`] characters.
pub fn answer_for_file(
    case: &Case,
    pack: &PolicyPack,
    file: &GatedFile,
    answers: GateAnswers,
    now: &Now<'_>,
) -> Result<Gate, Refusal> {
    answer_about(case, pack, About::File(file), answers, now)
}

fn answer_about(
    case: &Case,
    pack: &PolicyPack,
    about: About<'_>,
    answers: GateAnswers,
    now: &Now<'_>,
) -> Result<Gate, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Review));
    halt::no_capture(case)?;
    super::freeze::not_frozen(now.register)?;
    super::admitted(case, now)?;
    let session = review::running(case, now)?;
    let (kind, address, file) = match about {
        About::Page(kind, address) => (kind, Some(address), None),
        About::File(file) => (ExhibitKind::Import, None, Some(file)),
    };
    let answered = Event::GateAnswered {
        session: session.id.clone(),
        address: address.unwrap_or_default().to_owned(),
        answers,
        by: now.by.clone(),
        file: file.cloned(),
    };
    match answers.child {
        GateAnswer::Yes | GateAnswer::NotSure => {
            let mut events = vec![answered];
            events.extend(halt::halt(case, StoppedBy::Gate, address.map(str::to_owned), now)?);
            return Ok(Gate::Halted(events));
        }
        GateAnswer::No => {}
    }
    match answers.extreme {
        None => return refuse(RefusalCode::GateUnanswered),
        Some(GateAnswer::Yes | GateAnswer::NotSure) => {
            let what = address.map_or_else(|| named(file), str::to_owned);
            let stopped = Event::StoppedAndReferred { by: now.by.clone(), address: what };
            return Ok(Gate::Stopped(vec![answered, stopped]));
        }
        Some(GateAnswer::No) => {}
    }
    // Looked at after the answers: a rule that forbids capture must not keep anybody from HALT.
    let forbidden =
        pack.category(&case.report().category).is_none_or(|category| category.capture() == CaptureRule::Forbidden);
    if forbidden {
        return refuse(RefusalCode::CaptureForbidden);
    }
    let is_stopped = |stopped: &str| match address {
        Some(address) => same_site(stopped, address),
        None => stopped == named(file),
    };
    if case.stopped().iter().any(|(_, stopped)| is_stopped(stopped)) {
        return refuse(RefusalCode::SiteStopped);
    }
    let is_named = |file: &GatedFile| (1..=MOST_NAME).contains(&file.name.chars().count());
    let is_of_its_kind = match kind {
        ExhibitKind::Page | ExhibitKind::WholePage => file.is_none(),
        ExhibitKind::Import => file.is_some_and(is_named),
        ExhibitKind::AddressOnly | ExhibitKind::Device | ExhibitKind::PhysicalItem | ExhibitKind::Marked => false,
    };
    if !is_of_its_kind {
        return refuse(RefusalCode::NotWhatWasGated);
    }
    let operator =
        now.register.person(&session.operator).ok_or(Refusal::new(RefusalCode::UnknownPerson, Stage::Review))?;
    let permit = CapturePermit {
        case: case.id().clone(),
        session: session.id.clone(),
        operator: session.operator.clone(),
        observer: session.observer.clone(),
        kind,
        mark: case.next_mark(&operator.initials),
        answers: Some(answers),
        address: address.unwrap_or_default().to_owned(),
        file: file.cloned(),
        position: case.last(),
    };
    Ok(Gate::Open(vec![answered], permit))
}

/// How the record names a file that Stop and refer closed.
fn named(file: Option<&GatedFile>) -> String {
    file.map_or_else(String::new, |file| format!("File given: {}", file.name))
}

/// Whether two addresses are of one host. Letter case does not count.
#[must_use]
pub fn same_site(one: &str, other: &str) -> bool {
    host(one).eq_ignore_ascii_case(host(other))
}

pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    authority.rsplit('@').next().unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use super::same_site;

    #[test]
    fn a_site_is_its_host_and_port() {
        assert!(same_site("https://Board.example/a", "http://board.example/b?c"));
        assert!(same_site("https://x@board.example/a", "https://board.example"));
        assert!(!same_site("https://board.example.org/", "https://board.example/"));
        assert!(!same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/"));
    }
}
