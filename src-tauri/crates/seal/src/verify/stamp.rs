//! What is said of the time of each signature.

use super::Expectation;
use super::inspect::{Inspection, Seen};
use super::verdict::{About, Code, Finding, State};
use crate::stamp::Stamped;

/// Who vouches for the times in a document, or in all documents of a package. The later counts where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Times {
    /// No signature has a time-stamp.
    ByComputer,
    /// Each time-stamp is by an authority that the reader trusts. A signature may have none.
    Known,
    /// A time-stamp holds, and the reader named nobody whom they trust.
    NotCompared,
    /// A time-stamp holds, and is by nobody whom the reader trusts.
    Unknown,
    /// A time-stamp does not hold.
    Broken,
}

/// Whether any signature has a time-stamp, good or bad.
pub(super) fn has_any(seen: &Inspection<'_>) -> bool {
    seen.signatures().iter().any(|signature| signature.stamp.is_some())
}

/// The facts about one signature's time. Where no signature has a time-stamp, the file's own fact says so once.
pub(super) fn findings(number: usize, seen: &Seen, all: &Inspection<'_>, expect: &Expectation) -> Vec<Finding> {
    let time = |state, says: &str| Finding::said(Code::Time, number, state, says);
    match &seen.stamp {
        None if !has_any(all) => Vec::new(),
        None => vec![time(
            State::NotChecked,
            "the time is that of the signing computer's clock. Nobody else vouches for it.",
        )],
        Some(Err(fault)) => vec![time(State::DoesNotHold, &format!("its time-stamp does not hold: {fault}."))],
        Some(Ok(says)) => {
            let holds =
                format!("it was there on {}: time-stamped by {}.", says.at.format("%Y-%m-%d at %H:%M:%S UTC"), says.by);
            vec![
                time(State::Holds, &holds),
                Finding::new(Code::TimeAuthority, About::Signature(number), standing(says, expect)),
            ]
        }
    }
}

fn standing(says: &Stamped, expect: &Expectation) -> State {
    match expect.time_authorities.as_slice() {
        [] => State::NotChecked,
        given if given.contains(&says.root) => State::Holds,
        [_, ..] => State::DoesNotHold,
    }
}

/// What the findings come to; nothing where none is about a time.
pub(super) fn times(findings: &[Finding]) -> Option<Times> {
    let of = |code| findings.iter().filter(move |finding| finding.code() == code).map(Finding::state);
    let time = of(Code::Time).filter_map(|state| match state {
        State::Holds => None,
        State::DoesNotHold => Some(Times::Broken),
        State::NotChecked => Some(Times::ByComputer),
    });
    let authority = of(Code::TimeAuthority).map(|state| match state {
        State::Holds => Times::Known,
        State::DoesNotHold => Times::Unknown,
        State::NotChecked => Times::NotCompared,
    });
    time.chain(authority).max()
}
