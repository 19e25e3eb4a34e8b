//! Runs the random sequences, and shows each roll with what came of it.

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

use trail_domain::case::Case;
use trail_domain::event::Event;
use trail_domain::event::capture::ExhibitKind;
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::event::report::TriageExit;
use trail_domain::ids::{Hash, PersonId};
use trail_domain::pack::Category;
use trail_domain::procedure::gate::Gate;
use trail_domain::procedure::permit::{CapturePermit, DisposePermit, ViewPermit};
use trail_domain::procedure::{Now, decide, disposal, gate, halt, review};

use crate::rolls::{Sequence, sequences};
use crate::walk::{Act, PAGE, draft};
use crate::world::{School5, World, pack};

/// How many sequences each test takes.
const EACH: u32 = 4_000;

/// What came of one roll.
pub(crate) struct Came<'a> {
    /// The world after it.
    pub(crate) world: &'a World<'a>,
    /// Whether HALT stood before it, and whether it was ever pressed.
    pub(crate) halted_before: bool,
    pub(crate) was_halted_before: bool,
    pub(crate) frozen_before: bool,
    /// The way that it was on before.
    pub(crate) exit_before: Option<TriageExit>,
    pub(crate) events: &'a [Event],
    pub(crate) permit_made: bool,
    pub(crate) view: Option<&'a ViewPermit>,
    pub(crate) leave: Option<&'a DisposePermit>,
    pub(crate) by: &'a PersonId,
    pub(crate) company: &'a [PersonId],
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

/// Holds this against every roll of every sequence.
pub(crate) fn hold_for_all(holds: impl Fn(&Came<'_>) -> Result<(), &'static str>) {
    let school = School5::with(pack());
    let config = Config {
        cases: EACH,
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let ran = TestRunner::new(config).run(&sequences(school.pack.categories().len()), |sequence| {
        go_through(&school, &sequence, &holds).map_err(TestCaseError::fail)
    });
    match ran {
        Ok(()) => {}
        Err(TestError::Fail(why, sequence)) => panic!("{why}\nafter {sequence:#?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

fn go_through(
    school: &School5,
    sequence: &Sequence,
    holds: impl Fn(&Came<'_>) -> Result<(), &'static str>,
) -> Result<(), &'static str> {
    let category = school.pack.categories()[sequence.category].id();
    let mut world = World::opened(school, category, sequence.subject);
    let mut permits: Vec<CapturePermit> = Vec::new();
    for roll in &sequence.rolls {
        let (act, by, company) = roll.cast(&world.case, &school.pack);
        let (halted_before, was_halted_before) = (world.case.halt().is_some(), world.case.was_halted());
        let frozen_before = world.is_frozen();
        let exit_before = world.case.triage().map(|(_, exit, _)| *exit);
        let now = world.now(&by, &company);
        let (mut permit_made, mut view, mut waits, mut leave, mut elsewhere) = (false, None, false, None, None);
        let events = match act {
            Act::Do(command) => decide(&world.case, &school.pack, *command, &now).unwrap_or_default(),
            Act::Gate(answers) => {
                match gate::answer(&world.case, &school.pack, ExhibitKind::Page, PAGE, answers, &now) {
                    Ok(Gate::Open(events, permit)) => {
                        permit_made = true;
                        permits.push(permit);
                        events
                    }
                    Ok(Gate::Halted(events) | Gate::Stopped(events)) => events,
                    Err(_) => Vec::new(),
                }
            }
            Act::Keep => keep(&mut permits, &world, &now).into_iter().collect(),
            Act::See => {
                view = halt::permit_view(&world.case, &now).ok();
                Vec::new()
            }
            Act::Wait => {
                waits = true;
                Vec::new()
            }
            Act::Elsewhere(halted) => {
                elsewhere = Some(halted);
                Vec::new()
            }
            Act::Destroy => {
                leave = destroy(&world.case, &now);
                leave.as_ref().and_then(erased).into_iter().collect()
            }
        };
        world.take(&events, &by);
        if waits {
            world.wait();
        }
        if let Some(halted) = elsewhere {
            world.freeze(halted);
        }
        let (events, by, company) = (&events, &by, &company);
        let (leave, view) = (leave.as_ref(), view.as_ref());
        holds(&Came {
            world: &world,
            halted_before,
            was_halted_before,
            frozen_before,
            exit_before,
            events,
            permit_made,
            view,
            leave,
            by,
            company,
        })?;
    }
    Ok(())
}

/// Keeps what the newest permit allows. A permit that was refused is tried again later: also after HALT.
fn keep(permits: &mut Vec<CapturePermit>, world: &World<'_>, now: &Now<'_>) -> Option<Event> {
    let mut picture = draft(PAGE, 1);
    for file in &mut picture.files {
        file.sha256 = Hash::of(&world.case.last().0.to_be_bytes());
    }
    let kept = review::exhibit(permits.last()?, &world.case, picture, now).ok()?;
    permits.pop();
    Some(kept)
}

/// Leave to destroy what was asked for last.
fn destroy(case: &Case, now: &Now<'_>) -> Option<DisposePermit> {
    let newest = case.destructions().last()?;
    disposal::permit(case, newest.asked.seq, now).ok()
}

/// What is recorded in the case when one entry of it is destroyed; of a whole case nothing is.
fn erased(leave: &DisposePermit) -> Option<Event> {
    match leave.target() {
        DestructionTarget::Case => None,
        DestructionTarget::Entry { entry } => Some(Event::Erased { asked: leave.asked(), entry }),
    }
}
