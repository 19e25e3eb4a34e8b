//! Runs the random sequences, holds every law against every roll, and tells what led to a breach.

use std::cell::RefCell;
use std::fmt::Write as _;

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

use trail_domain::case::Case;
use trail_domain::event::Event;
use trail_domain::event::capture::ExhibitKind;
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::ids::Hash;
use trail_domain::procedure::gate::Gate;
use trail_domain::procedure::permit::{CapturePermit, DisposePermit, ViewPermit};
use trail_domain::procedure::{Now, decide, disposal, gate, halt, marked};
use trail_domain::refusal::Refusal;

use crate::kept::{black, given, kept, numbered, window};
use crate::laws::{Came, LAWS, Stood};
use crate::rolls::{Sequence, sequences};
use crate::tally::Tally;
use crate::walk::{Act, PAGE};
use crate::world::{School5, World};

/// A law that did not hold.
#[derive(Debug, Clone)]
pub(crate) struct Breach {
    /// Which.
    pub(crate) law: &'static str,
    /// What came.
    pub(crate) why: &'static str,
    /// The shortest sequence that was found to lead to it, line by line.
    pub(crate) story: String,
}

/// Goes through so many sequences, the same ones for the same seed.
pub(crate) fn run(schools: &[School5], seed: u64, count: u32) -> (Tally, Option<Breach>) {
    let config = Config {
        cases: count,
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    };
    let tally = RefCell::new(Tally::default());
    let ran = TestRunner::new(config).run(&sequences(), |sequence| {
        go_through(schools, &sequence, &mut tally.borrow_mut(), None)
            .map_err(|(law, why)| TestCaseError::fail(format!("{law}: {why}")))
    });
    let breach = match ran {
        Ok(()) => None,
        Err(TestError::Fail(_, sequence)) => Some(told(schools, &sequence)),
        Err(TestError::Abort(why)) => panic!("{why}"),
    };
    (tally.into_inner(), breach)
}

/// Goes through a sequence again, and writes down what happens.
fn told(schools: &[School5], sequence: &Sequence) -> Breach {
    let mut story = String::new();
    let school = sequence.school(schools);
    let subject = sequence.subject.map_or("a pupil".to_owned(), |number| format!("person {number}"));
    let _ = writeln!(story, "pack {}, category {}, about {subject}", school.pack.id(), sequence.category(school));
    let broken = go_through(schools, sequence, &mut Tally::default(), Some(&mut story));
    let (law, why) = broken.err().unwrap_or(("none", "it did not come again"));
    Breach { law, why, story: format!("{story}{sequence:?}") }
}

/// What came of one roll, as the procedure answered.
#[derive(Default)]
pub(crate) struct Answer {
    /// Whether the procedure was asked for anything.
    pub(crate) asked: bool,
    /// The command as text, where it was one and is looked at closely.
    pub(crate) said: Option<String>,
    pub(crate) refusal: Option<Refusal>,
    pub(crate) events: Vec<Event>,
    pub(crate) permit_made: bool,
    pub(crate) view: Option<ViewPermit>,
    pub(crate) leave: Option<DisposePermit>,
}

fn go_through(
    schools: &[School5],
    sequence: &Sequence,
    tally: &mut Tally,
    mut story: Option<&mut String>,
) -> Result<(), (&'static str, &'static str)> {
    let school = sequence.school(schools);
    tally.sequence(school.pack.id());
    let mut world = World::opened(school, sequence.category(school), sequence.subject);
    let mut permits: Vec<CapturePermit> = Vec::new();
    for (place, roll) in (1..).zip(&sequence.rolls) {
        let stood = Stood::of(&world);
        let (act, by, company) = roll.cast(&world.case, &school.pack);
        let line = if story.is_some() { format!("{act:?}") } else { String::new() };
        let answer = match act {
            Act::Wait => {
                world.wait();
                Answer::default()
            }
            Act::Elsewhere(halted) => {
                world.freeze(halted);
                Answer::default()
            }
            Act::Do(_)
            | Act::Gate(_)
            | Act::GateFile(_)
            | Act::GateScreen(_)
            | Act::Mark
            | Act::Keep
            | Act::KeepAnother
            | Act::See
            | Act::Destroy => ask(act, &world, &mut permits, &world.now(&by, &company), sequence.closely),
        };
        world.take(&answer.events, &by);
        if answer.asked {
            tally.tried(answer.refusal.map(|refusal| refusal.code().as_str()));
        }
        answer.events.iter().for_each(|event| tally.event(event.kind()));
        if let Some(story) = story.as_deref_mut() {
            let kinds: Vec<&str> = answer.events.iter().map(Event::kind).collect();
            let came = answer.refusal.map_or_else(|| kinds.join(", "), |refusal| format!("refused: {refusal}"));
            let _ = writeln!(story, "{by} with {} signed in: {line}\n    -> {came}", company.len());
        }
        let looks_back = sequence.closely || place == sequence.rolls.len();
        let (world, stood, answer, permits) = (&world, &stood, &answer, permits.as_slice());
        let came = Came { world, stood, answer, permits, by: &by, company: &company, looks_back };
        for law in LAWS {
            (law.holds)(&came, tally).map_err(|why| (law.name, why))?;
        }
    }
    Ok(())
}

/// Asks the procedure; changes nothing but the permits at hand.
fn ask(act: Act, world: &World<'_>, permits: &mut Vec<CapturePermit>, now: &Now<'_>, closely: bool) -> Answer {
    let (case, pack) = (&world.case, &world.school.pack);
    let mut answer = Answer { asked: true, ..Answer::default() };
    let refusal = match act {
        Act::Do(command) => {
            answer.said = closely.then(|| format!("{command:?}"));
            decide(case, pack, *command, now).map(|events| answer.events = events).err()
        }
        Act::Gate(answers) => {
            gated(gate::answer(case, pack, ExhibitKind::Page, PAGE, answers, now), permits, &mut answer)
        }
        Act::GateFile(answers) => {
            gated(gate::answer_for_file(case, pack, &given(), answers, now), permits, &mut answer)
        }
        Act::GateScreen(answers) => {
            gated(gate::answer_for_screen(case, pack, &window(), answers, now), permits, &mut answer)
        }
        Act::Mark => {
            let last = case.exhibits().iter().rev().find_map(|(_, _, exhibit)| exhibit.files.last());
            // Each second time marks that cover nothing are asked for.
            let marks = if case.last().0.is_multiple_of(2) { black() } else { numbered(&[1]) };
            match marked::permit(case, &last.map_or_else(|| Hash::of(b"none"), |file| file.sha256), &marks, now) {
                Ok(permit) => {
                    permits.push(permit);
                    (answer.permit_made, answer.asked) = (true, false);
                    None
                }
                Err(refusal) => Some(refusal),
            }
        }
        Act::Keep | Act::KeepAnother => match keep(permits, world, now, matches!(act, Act::Keep)) {
            Some(kept) => kept.map(|event| answer.events.push(event)).err(),
            None => {
                answer.asked = false;
                None
            }
        },
        Act::See => halt::permit_view(case, now).map(|view| answer.view = Some(view)).err(),
        Act::Destroy => match destroy(case, now) {
            Some(leave) => leave
                .map(|leave| {
                    answer.events.extend(erased(&leave));
                    answer.leave = Some(leave);
                })
                .err(),
            None => {
                answer.asked = false;
                None
            }
        },
        Act::Wait | Act::Elsewhere(_) => None,
    };
    answer.refusal = refusal;
    answer
}

/// What the gate led to.
fn gated(came: Result<Gate, Refusal>, permits: &mut Vec<CapturePermit>, answer: &mut Answer) -> Option<Refusal> {
    match came {
        Ok(Gate::Open(events, permit)) => {
            permits.push(permit);
            (answer.events, answer.permit_made) = (events, true);
            None
        }
        Ok(Gate::Halted(events) | Gate::Stopped(events)) => {
            answer.events = events;
            None
        }
        Err(refusal) => Some(refusal),
    }
}

/// Keeps what the newest permit allows. A permit that was refused is tried again later: also after HALT.
fn keep(
    permits: &mut Vec<CapturePermit>,
    world: &World<'_>,
    now: &Now<'_>,
    as_allowed: bool,
) -> Option<Result<Event, Refusal>> {
    let kept = kept(permits.last()?, &world.case, as_allowed, now);
    if kept.is_ok() {
        permits.pop();
    }
    Some(kept)
}

/// Leave to destroy what was asked for last.
fn destroy(case: &Case, now: &Now<'_>) -> Option<Result<DisposePermit, Refusal>> {
    let newest = case.destructions().last()?;
    Some(disposal::permit(case, newest.asked.seq, now))
}

/// What is recorded in the case when one entry of it is destroyed; of a whole case nothing is.
fn erased(leave: &DisposePermit) -> Option<Event> {
    match leave.target() {
        DestructionTarget::Case => None,
        DestructionTarget::Entry { entry } => Some(Event::Erased { asked: leave.asked(), entry }),
    }
}
