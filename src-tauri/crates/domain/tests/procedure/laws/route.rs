//! No case takes a laxer way than its category's, and none a laxer one than before.

use trail_domain::case::Case;
use trail_domain::event::document::DocumentKind;
use trail_domain::event::report::{ChildSafe, HarmTest, Role, TriageExit};
use trail_domain::event::{Event, Turn};
use trail_domain::pack::CaptureRule;

use super::{Came, Held};
use crate::tally::Tally;

pub(super) fn never_laxer(came: &Came<'_>, tally: &mut Tally) -> Held {
    let school_reviews = came.category().route().allows_review();
    if came.answer.permit_made {
        tally.note("capture permits");
        if !school_reviews || came.category().capture() == CaptureRule::Forbidden {
            return Err("a capture permit was made against the category");
        }
    }
    for event in &came.answer.events {
        if let Event::Triaged { exit: TriageExit::OtherIncidents, .. } = event {
            tally.note("cases for the school's own review");
            if !school_reviews {
                return Err("a laxer route than the category's was taken");
            }
        }
        if reviews(event) {
            let illegal = came.stood.exit == Some(TriageExit::IllegalRoute);
            if !came.stood.was_halted && (!school_reviews || illegal) {
                return Err("the school reviewed what it may not");
            }
        }
        if let Event::Turn(Turn::Rerouted { exit, .. }) = event {
            tally.note("rerouted");
            if came.stood.exit.is_none_or(|before| strictness(*exit) <= strictness(before)) {
                return Err("a case took a way that is not stricter");
            }
        }
        if let Event::Turn(Turn::Logged { .. }) = event {
            tally.note("only logged");
            if !school_reviews || harm_is_possible(&came.world.case) {
                return Err("a case was only logged where harm is possible");
            }
        }
    }
    Ok(())
}

/// Whether it is a part of the school's own review or of its form.
fn reviews(event: &Event) -> bool {
    let form = matches!(event, Event::DocumentMade { document } if document.kind != DocumentKind::Referral);
    let picture = matches!(event, Event::ExhibitKept { exhibit, .. } if !exhibit.files.is_empty());
    form || picture || matches!(event, Event::SessionOpened { .. } | Event::GroupFormed { .. })
}

fn harm_is_possible(case: &Case) -> bool {
    let report = case.report();
    let child = report.others.iter().any(|other| other.role == Role::ChildAtRisk);
    child || matches!(report.child_safe, ChildSafe::NotSafe { .. }) || possible_harm_by_staff(case)
}

/// The person concerned works with children, and the harm test was not answered with *no*.
fn possible_harm_by_staff(case: &Case) -> bool {
    let cleared = matches!(case.harm_test(), Some((_, HarmTest::No { .. })));
    case.report().subject.works_with_children && !cleared
}

/// How strict a way is.
fn strictness(exit: TriageExit) -> u8 {
    match exit {
        TriageExit::LogOnly => 0,
        TriageExit::OtherIncidents => 1,
        TriageExit::IllegalRoute => 2,
    }
}
