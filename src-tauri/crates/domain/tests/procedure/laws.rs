//! What no sequence of commands can bring about. Each law is held against every roll of every sequence.

use trail_domain::event::report::TriageExit;
use trail_domain::ids::PersonId;
use trail_domain::pack::Category;
use trail_domain::procedure::permit::CapturePermit;

use crate::runner::Answer;
use crate::tally::Tally;
use crate::world::World;

mod destruction;
mod halt;
mod marks;
mod people;
mod record;
mod route;

/// Whether a law holds, or what came.
pub(crate) type Held = Result<(), &'static str>;

/// A law, by the name of the test that answers for it.
pub(crate) struct Law {
    pub(crate) name: &'static str,
    pub(crate) holds: fn(&Came<'_>, &mut Tally) -> Held,
}

/// Every law.
pub(crate) const LAWS: [Law; 10] = [
    Law { name: "after_halt_no_sequence_yields_an_image", holds: halt::no_image },
    Law { name: "a_frozen_computer_takes_only_what_it_must", holds: halt::frozen },
    Law { name: "no_session_opens_with_one_person_or_the_subject", holds: people::two_in_a_session },
    Law { name: "nobody_signs_off_who_took_part_or_is_the_subject", holds: people::sign_off },
    Law { name: "no_route_is_laxer_than_the_category", holds: route::never_laxer },
    Law { name: "nothing_is_destroyed_without_three_people_or_under_a_hold", holds: destruction::by_three },
    Law { name: "a_mark_is_never_used_twice", holds: marks::never_again },
    Law { name: "what_is_accepted_is_recorded_and_what_is_refused_is_not", holds: record::no_silent_loss },
    Law { name: "everything_that_is_said_in_a_command_is_in_its_events", holds: record::nothing_left_out },
    Law { name: "the_state_of_a_case_equals_the_replay_of_its_entries", holds: record::state_is_replay },
];

/// How the case stood before a roll.
pub(crate) struct Stood {
    pub(crate) halted: bool,
    pub(crate) was_halted: bool,
    pub(crate) frozen: bool,
    pub(crate) exit: Option<TriageExit>,
    pub(crate) entries: usize,
}

impl Stood {
    pub(crate) fn of(world: &World<'_>) -> Self {
        Self {
            halted: world.case.halt().is_some(),
            was_halted: world.case.was_halted(),
            frozen: world.is_frozen(),
            exit: world.case.triage().map(|(_, exit, _)| *exit),
            entries: world.log.len(),
        }
    }
}

/// What came of one roll.
pub(crate) struct Came<'a> {
    /// The world after it.
    pub(crate) world: &'a World<'a>,
    /// The case before it.
    pub(crate) stood: &'a Stood,
    pub(crate) answer: &'a Answer,
    /// Every permit to capture that was made and not used.
    pub(crate) permits: &'a [CapturePermit],
    pub(crate) by: &'a PersonId,
    pub(crate) company: &'a [PersonId],
    /// Whether the whole case is looked at.
    pub(crate) looks_back: bool,
}

impl Came<'_> {
    pub(crate) fn category(&self) -> &Category {
        self.world.school.pack.category(&self.world.case.report().category).unwrap()
    }

    pub(crate) fn subject(&self) -> Option<&PersonId> {
        self.world.case.report().subject.enrolled.as_ref()
    }

    pub(crate) fn in_group(&self, who: &PersonId) -> bool {
        self.world.case.group().is_some_and(|group| group.members.iter().any(|member| &member.person == who))
    }
}
