//! `cargo xtask test`: every check and every test, in the order in which they are cheapest to fail.

use crate::cargo::{cargo, ended, not_started, run as run_program};
use crate::display::VirtualDisplay;
use crate::front_end;
use crate::needs;
use crate::place::{Place, Profile};
use crate::prepare;
use crate::python;
use crate::room;
use crate::session::Session;
use crate::steps::{Steps, flush};
use crate::stop::Stop;
use crate::system::System;
use crate::totals::Totals;
use crate::tree::Tree;
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

const SILENCE: Duration = Duration::from_secs(3);

/// # Errors
/// - If something is missing and is not installed in this call.
/// - If a check or a test fails: the first one stops the run.
/// - If no test ran, or the checks changed the project's files.
pub(crate) fn run(place: &Place, yes: bool) -> Result<(), Stop> {
    let before = Tree::look(place);
    let mut steps = Steps::default();
    let mut totals = None;
    let outcome = prepare_all(place, yes, &mut steps)
        .and_then(|()| check_all(place, &mut steps))
        .and_then(|()| test_all(place, &mut steps, &mut totals))
        .and_then(|()| unchanged(place, &mut steps, before.as_ref()));
    println!("{}", steps.table());
    if let Err(stop) = &outcome {
        println!("{stop}");
    }
    // The totals close the output, whatever came before them.
    if let Some(totals) = totals {
        println!("{totals}");
    }
    flush();
    outcome.map_err(|stop| Stop::silent(stop.status()))
}

fn prepare_all(place: &Place, yes: bool, steps: &mut Steps) -> Result<(), Stop> {
    let needs = [needs::DISPLAY, needs::PAPER, needs::PYTHON, needs::TESTS, needs::SOAK];
    steps.step("What the computer needs", || prepare::system(&needs, yes).and_then(|()| room::ensure(place)))?;
    if System::of_this_computer().is_linux() {
        steps.step("The driver of the real window (cargo install)", || prepare::tauri_driver(place))?;
        steps.step("Disks whose power can be cut (cargo install)", || prepare::outagefs(place))?;
    }
    steps.step("The outside judges (pip)", || python::ensure(place, &[python::JUDGES]))?;
    steps.step("Malformed pictures of others (pip)", || {
        python::fetch_pictures(place);
        Ok(())
    })?;
    steps.step("The screens' parts (npm ci)", || front_end::fetch(place))
}

fn check_all(place: &Place, steps: &mut Steps) -> Result<(), Stop> {
    steps.step("Formatting (cargo fmt --check)", || {
        run_program(cargo(place).args(["fmt", "--all", "--check"]), "Run `cargo fmt --all`.")
    })?;
    for (heading, script) in [
        ("Lints of the screens (npm run lint)", "lint"),
        ("Types of the screens (npm run check)", "check"),
        ("The screens (npm run build)", "build"),
    ] {
        steps.step(heading, || front_end::npm_run(place, script))?;
    }
    if front_end::has_script(place, "test") {
        steps.step("Tests of the screens (npm test)", || front_end::npm_run(place, "test"))?;
    }
    steps.step("Lints (cargo clippy)", || {
        run_program(
            cargo(place)
                .args(["clippy", "--quiet", "--workspace", "--all-targets", "--features", "acceptance/bench"])
                .args(["--", "-D", "warnings"]),
            "Put right what clippy names above; an exception carries its reason.",
        )
    })?;
    steps.step("The programs (cargo build)", || {
        // A running program cannot be replaced everywhere, and this is one.
        run_program(
            cargo(place).args(["build", "--quiet", "--workspace", "--bins"]).args(["--exclude", "xtask"]),
            "Look at the first error that cargo printed above.",
        )
    })
}

fn test_all(place: &Place, steps: &mut Steps, totals: &mut Option<Totals>) -> Result<(), Stop> {
    steps.step("Building the tests (cargo test --no-run)", || {
        run_program(
            cargo(place).args(["test", "--quiet", "--workspace", "--no-run"]),
            "Look at the first error that cargo printed above.",
        )
    })?;
    steps.step("Tests (cargo test)", || {
        let mut tests = cargo(place);
        // Cargo runs one test binary after the other, so only one uses the display at a time.
        tests
            .args(["test", "--workspace", "--no-fail-fast"])
            .env("PYHANKO", python::program(place, "pyhanko"))
            .env("TAURI_DRIVER", place.tools().join("bin/tauri-driver"))
            .env("EVIDENCE_TRAIL_BIN", place.binary(Profile::Debug, "evidence-trail"));
        let display = VirtualDisplay::where_known()?;
        if let Some(display) = &display {
            display.lend_to(&mut tests);
        }
        let session = Session::new()?;
        counted(&tests, session.around(&tests), totals)
    })
}

/// Streams what the tests print, and adds up their closing lines. `started` is `tests`,
/// perhaps inside a session.
fn counted(tests: &Command, mut started: Command, totals: &mut Option<Totals>) -> Result<(), Stop> {
    flush();
    let mut child =
        started.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|error| not_started(tests, &error))?;
    let lines = child.stdout.take().map(stream);
    let status = child.wait().map_err(|error| not_started(tests, &error))?;
    let counted = lines.map(add_up).unwrap_or_default();
    *totals = Some(counted);
    if !status.success() {
        return Err(Stop::new(
            ended(tests, status),
            "Look for `failures:` above; run one test alone with `cargo test -p PACKAGE NAME`.",
        ));
    }
    if counted.ran_none() {
        return Err(Stop::new("no test ran.", "Look at what cargo printed above."));
    }
    Ok(())
}

/// Prints each line as it comes, and hands it on.
fn stream(out: ChildStdout) -> Receiver<String> {
    let (hand_on, lines) = mpsc::channel();
    std::thread::spawn(move || {
        let mut out = BufReader::new(out);
        let mut line = Vec::new();
        while out.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            // A closed pipe is no reason to stop counting.
            let _ = std::io::stdout().write_all(&line);
            flush();
            if hand_on.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                return;
            }
            line.clear();
        }
    });
    lines
}

/// Called when the tests have ended. A program that a test left running may still hold the
/// pipe open, so silence is the end as well.
fn add_up(lines: Receiver<String>) -> Totals {
    let mut totals = Totals::default();
    while let Ok(line) = lines.recv_timeout(SILENCE) {
        totals.add_line(&line);
    }
    totals
}

fn unchanged(place: &Place, steps: &mut Steps, before: Option<&Tree>) -> Result<(), Stop> {
    let Some(before) = before else {
        println!("\nThis is not a git checkout, so it is not known whether the checks changed a file.");
        return Ok(());
    };
    steps.step("The project's files are as they were (git diff)", || {
        Tree::look(place).map_or(Ok(()), |after| before.must_equal(&after))
    })
}
