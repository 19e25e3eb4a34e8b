//! What is said of the time of each signature.

use super::Expectation;
use super::inspect::{Inspection, Seen};
use super::verdict::{About, Code, Finding, State};
use crate::stamp::Stamped;

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
    match expect.time_authorities {
        [None, None] => State::NotChecked,
        given if given.contains(&Some(says.root)) => State::Holds,
        [Some(_), _] | [None, Some(_)] => State::DoesNotHold,
    }
}
