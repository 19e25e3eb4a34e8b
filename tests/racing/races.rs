//! HALT races everything that lets a picture out: capture, showing, saving a copy, signing, making the form, backup.
//!
//! The application's own code runs, on a real store, with shuttle's scheduler in the place of the threads: the lock
//! around the application, the brake and what tells of progress are its points, and so is each time that the doubles are
//! asked for chance or for a picture, which is also inside the store's transactions. Not on the scheduler: SQLite and the
//! disk, which run within one step, and the two threads behind the work that check the record and speak to the keychain.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the test says how often what came")]

extern crate racing_app as trail_app;

#[allow(dead_code, unreachable_pub, reason = "the harness's doubles, against this package's application")]
#[path = "../harness/doubles.rs"]
mod doubles;
mod school;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use racing_app::door::Door;
use racing_app::wire::Answer;
use racing_app::{Fault, Stop};
use shuttle::scheduler::RandomScheduler;
use shuttle::sync::Arc;
use shuttle::{Config, Runner, thread};

use school::{PASSPHRASE, Ready, School};

/// Schedules of each race.
const SCHEDULES: usize = 16;
/// How much later HALT is pressed from one schedule to the next, in steps, and how often before it begins again.
const LATER: (usize, usize) = (8, 8);

/// What came of an act that raced HALT.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Came {
    /// It was done before HALT.
    Done,
    /// It was refused, void or stopped: the code.
    Not(String),
}

type Act = fn(&Door, &School) -> Came;
type Acts = [(&'static str, Act)];

#[test]
fn a_capture_and_a_backup_that_race_halt_let_no_picture_out() {
    const ACTS: &Acts = &[("capture", capture), ("backup", backup)];
    let midway = race(&school::IN_SESSION, ACTS);
    println!("HALT came into a capture {midway} times");
    assert!(midway > 0, "HALT waits for the capture that is under way");
}

#[test]
fn a_copy_a_signature_and_a_showing_that_race_halt_let_no_picture_out() {
    const ACTS: &Acts = &[("save", save), ("sign", sign), ("show", show)];
    race(&school::SIGNED_ONCE, ACTS);
}

#[test]
fn a_form_that_is_made_while_halt_is_pressed_binds_no_picture_after_it() {
    const ACTS: &Acts = &[("form", make_form), ("show", show)];
    race(&school::BEFORE_FORM, ACTS);
}

/// Tries schedules of these acts and HALT, and looks at the record, the folders and what was shown after each. Says in
/// how many of them HALT came into a capture, which it could not if it waited for one.
fn race(ready: &'static std::sync::LazyLock<Ready>, acts: &'static Acts) -> usize {
    let ready: &'static Ready = ready;
    let all: std::sync::Arc<Mutex<Vec<(&str, Came)>>> = std::sync::Arc::default();
    let found = std::sync::Arc::clone(&all);
    let midway = std::sync::Arc::new(AtomicUsize::new(0));
    let came_in = std::sync::Arc::clone(&midway);
    let number = AtomicUsize::new(0);
    let mut config = Config::new();
    config.stack_size = 16 * 1024 * 1024;
    config.max_steps = shuttle::MaxSteps::None;
    let runner = Runner::new(RandomScheduler::new_from_seed(2026, SCHEDULES), config);
    runner.run(move || {
        let waits = number.fetch_add(1, Ordering::SeqCst) % LATER.1 * LATER.0;
        let school = Arc::new(School::from(ready));
        let door = Arc::new(Door::of(school.start()));
        school.begin(&door);
        let racing: Vec<_> = acts
            .iter()
            .map(|(name, act)| {
                let (door, school) = (Arc::clone(&door), Arc::clone(&school));
                thread::spawn(move || (*name, act(&door, &school)))
            })
            .collect();
        let halting = {
            let (door, school) = (Arc::clone(&door), Arc::clone(&school));
            thread::spawn(move || {
                (0..waits).for_each(|_| thread::yield_now());
                let answer = door.stop_and_call(|app| app.halt(Some(&school.case))).unwrap();
                assert!(matches!(answer, Some(Answer::Halted { .. })), "HALT is answered with its page");
                school.halted();
            })
        };
        let came: Vec<(&str, Came)> = racing.into_iter().map(|act| act.join().unwrap()).collect();
        halting.join().unwrap();
        school.nothing_came_out_after_halt(&door);
        assert_eq!(school.steps_after_kill(), 0, "the browser went on after it was killed");
        let came_into = |(name, came): &(&str, Came)| {
            let void = matches!(came, Came::Not(code) if code == "capture-void" || code == "browser-gone");
            *name == "capture" && void
        };
        came_in.fetch_add(came.iter().filter(|came| came_into(came)).count(), Ordering::SeqCst);
        let kept = came.iter().any(|(name, came)| *name == "capture" && *came == Came::Done);
        assert!(!(kept && school.is_void()), "a capture was kept that HALT came into");
        // Once more, now that HALT stands: everything is refused.
        for (name, act) in acts {
            let again = act(&door, &school);
            assert!(again != Came::Done, "{name} was done under HALT");
        }
        school.nothing_came_out_after_halt(&door);
        found.lock().unwrap().extend(came);
    });
    tell(&all.lock().unwrap(), acts);
    midway.load(Ordering::SeqCst)
}

/// How often what came; each act came before HALT at least once, and at least once it did not.
fn tell(all: &[(&str, Came)], acts: &Acts) {
    let mut counts = std::collections::BTreeMap::new();
    all.iter().for_each(|came| *counts.entry(came).or_insert(0) += 1);
    for ((act, came), count) in &counts {
        println!("{act}: {came:?} {count}");
    }
    assert_eq!(all.len(), SCHEDULES * acts.len());
    for (name, _) in acts {
        let of_it = |done: bool| all.iter().any(|(act, came)| act == name && (*came == Came::Done) == done);
        assert!(of_it(true) && of_it(false), "{name}: one of the two ways was not tried");
    }
}

fn capture(door: &Door, school: &School) -> Came {
    answered(door.call(|app| app.capture(&school.case, &school::capture())))
}

fn backup(door: &Door, school: &School) -> Came {
    door.call(|app| app.make_backup(&school.backup())).map_or_else(|fault| not(&fault), |_| Came::Done)
}

fn save(door: &Door, school: &School) -> Came {
    let saved = door.call(|app| app.save_document(&school.case, &school.volume, &school.people[0], PASSPHRASE));
    saved.map_or_else(|stop| stopped(&stop), |_| Came::Done)
}

fn sign(door: &Door, school: &School) -> Came {
    answered(door.call(|app| app.sign_form(&school.case, &school.form, "second", &school.people[1], PASSPHRASE)))
}

fn make_form(door: &Door, school: &School) -> Came {
    answered(door.call(|app| app.make_form(&school.case, &school.people[0], PASSPHRASE)))
}

fn show(door: &Door, school: &School) -> Came {
    let came = AtomicUsize::new(0);
    let mut code = String::new();
    door.give(
        |app| app.picture(&school.case, &school.picture),
        |picture| match picture {
            Ok(_) => {
                // It takes a while until it is there.
                (0..60).for_each(|_| thread::yield_now());
                school.shown();
                came.store(1, Ordering::SeqCst);
            }
            Err(Stop::Fault(fault)) => code = fault.code().to_owned(),
            Err(Stop::Refused(refusal)) => code = refusal.code().as_str().to_owned(),
        },
    );
    if came.load(Ordering::SeqCst) == 1 { Came::Done } else { Came::Not(code) }
}

fn answered(answer: Result<Answer, Fault>) -> Came {
    match answer {
        Ok(Answer::Done { .. }) => Came::Done,
        Ok(Answer::Refused { refused }) => Came::Not(refused.code),
        Ok(Answer::Trouble { trouble }) => Came::Not(trouble.code),
        Ok(Answer::Halted { .. }) => Came::Not("halted".to_owned()),
        Ok(Answer::Stopped { .. } | Answer::Destroyed { .. }) => panic!("nobody asked for that"),
        Err(fault) => not(&fault),
    }
}

fn stopped(stop: &Stop) -> Came {
    match stop {
        Stop::Fault(fault) => not(fault),
        Stop::Refused(refusal) => Came::Not(refusal.code().as_str().to_owned()),
    }
}

fn not(fault: &Fault) -> Came {
    Came::Not(fault.code().to_owned())
}
