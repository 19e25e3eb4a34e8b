//! The gate before every capture. *Not sure* counts as *yes*. Only *no* twice makes a permit.

use crate::case::Case;
use crate::event::Event;
use crate::event::capture::screen::{GatedScreen, Surface};
use crate::event::capture::{ExhibitKind, GateAnswer, GateAnswers, GatedFile, MOST_NAME, StoppedBy};
use crate::pack::{CaptureRule, PolicyPack, Stage};
use crate::refusal::{Refusal, RefusalCode};

use super::permit::CapturePermit;
use super::{Now, halt, leave, review};

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
    Screen(&'a GatedScreen),
}

impl About<'_> {
    fn address(self) -> Option<String> {
        match self {
            Self::Page(_, address) => Some(address.to_owned()),
            Self::File(_) | Self::Screen(_) => None,
        }
    }

    fn file(self) -> Option<GatedFile> {
        match self {
            Self::Page(..) | Self::Screen(_) => None,
            Self::File(file) => Some(file.clone()),
        }
    }

    fn screen(self) -> Option<GatedScreen> {
        match self {
            Self::Page(..) | Self::File(_) => None,
            Self::Screen(screen) => Some(screen.clone()),
        }
    }

    /// The address; in place of one, how the record names a file, screen or window that Stop and refer closed.
    fn named(self) -> String {
        match self {
            Self::Page(_, address) => address.to_owned(),
            Self::File(file) => format!("File given: {}", file.name),
            Self::Screen(screen) => match screen.surface {
                Surface::Screen => format!("Screen: {}", screen.name),
                Surface::Window => format!("Window: {}", screen.name),
            },
        }
    }

    fn is_closed_by(self, stopped: &str) -> bool {
        match self {
            Self::Page(_, address) => same_site(stopped, address),
            Self::File(_) | Self::Screen(_) => stopped == self.named(),
        }
    }

    /// The kind of exhibit that the answers allow, where it is one that the gate is for.
    fn kind(self) -> Option<ExhibitKind> {
        match self {
            Self::Page(kind @ (ExhibitKind::Page | ExhibitKind::WholePage), _) => Some(kind),
            Self::Page(
                ExhibitKind::AddressOnly
                | ExhibitKind::Device
                | ExhibitKind::Import
                | ExhibitKind::Marked
                | ExhibitKind::Annotated
                | ExhibitKind::PhysicalItem
                | ExhibitKind::Screen,
                _,
            ) => None,
            Self::File(file) => is_a_name(&file.name).then_some(ExhibitKind::Import),
            Self::Screen(screen) => is_a_name(&screen.name).then_some(ExhibitKind::Screen),
        }
    }
}

fn is_a_name(name: &str) -> bool {
    (1..=MOST_NAME).contains(&name.chars().count())
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

/// Takes both people's answer for a screen or window outside the evidence browser, before it is shot.
///
/// # Errors
/// - If HALT stands, capture is forbidden for the category, or Stop and refer closed what has this name.
/// - If no session runs with both people signed in.
/// - If the first answer is *no* and the second is missing.
/// - If it has no name, or one of more than [`MOST_NAME`] characters.
pub fn answer_for_screen(
    case: &Case,
    pack: &PolicyPack,
    screen: &GatedScreen,
    answers: GateAnswers,
    now: &Now<'_>,
) -> Result<Gate, Refusal> {
    answer_about(case, pack, About::Screen(screen), answers, now)
}

fn answer_about(
    case: &Case,
    pack: &PolicyPack,
    about: About<'_>,
    answers: GateAnswers,
    now: &Now<'_>,
) -> Result<Gate, Refusal> {
    let refuse = |code| Err(Refusal::new(code, Stage::Review));
    let session = review::may_capture(case, now)?;
    let answered = Event::GateAnswered {
        session: session.id.clone(),
        address: about.address().unwrap_or_default(),
        answers,
        by: now.by.clone(),
        file: about.file(),
        screen: about.screen(),
    };
    match answers.child {
        GateAnswer::Yes | GateAnswer::NotSure => {
            let mut events = vec![answered];
            events.extend(halt::halt(case, StoppedBy::Gate, about.address(), now)?);
            return Ok(Gate::Halted(events));
        }
        GateAnswer::No => {}
    }
    match answers.extreme {
        None => return refuse(RefusalCode::GateUnanswered),
        Some(GateAnswer::Yes | GateAnswer::NotSure) => {
            let stopped = Event::StoppedAndReferred { by: now.by.clone(), address: about.named() };
            return Ok(Gate::Stopped(vec![answered, stopped]));
        }
        Some(GateAnswer::No) => {}
    }
    // Looked at after the answers: a rule that forbids capture must not keep anybody from HALT.
    if forbids_capture(case, pack) {
        return refuse(RefusalCode::CaptureForbidden);
    }
    if case.stopped().iter().any(|(_, stopped)| about.is_closed_by(stopped)) {
        return refuse(RefusalCode::SiteStopped);
    }
    let Some(kind) = about.kind() else { return refuse(RefusalCode::NotWhatWasGated) };
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
        address: about.address().unwrap_or_default(),
        file: about.file().map(Box::new),
        screen: about.screen().map(Box::new),
        position: case.last(),
    };
    Ok(Gate::Open(vec![answered], permit))
}

/// Whether nothing may be captured in a case of this category. One that the pack does not have allows nothing.
pub(super) fn forbids_capture(case: &Case, pack: &PolicyPack) -> bool {
    pack.category(&case.report().category).is_none_or(|category| category.capture() == CaptureRule::Forbidden)
}

/// Whether two addresses are of one site, see [`leave::site`].
#[must_use]
pub fn same_site(one: &str, other: &str) -> bool {
    leave::site(one) == leave::site(other)
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
        for again in
            ["https://board.example:443/", "https://board.example./", "https://www.board.example/", "board.example:443"]
        {
            assert!(same_site("https://board.example/a", again), "{again} opens what was closed");
        }
    }
}
