//! `cargo xtask`: sets up what is missing, then does the work.
//!
//! It depends on nothing but the standard library, so that it compiles in seconds on a machine
//! where none of the system packages the product needs are there yet.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks to the person who called it")]

mod app_run;
mod bench;
mod cargo;
mod command_line;
mod display;
mod example;
mod front_end;
mod install;
mod macos;
mod needs;
mod place;
mod prepare;
mod python;
mod room;
mod script;
mod session;
mod soak;
mod steps;
mod stop;
mod system;
mod test_run;
mod totals;
mod tree;
mod version;
mod windows;

use command_line::Request;
use place::Place;
use std::process::ExitCode;
use stop::Stop;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let request = match command_line::parse(&arguments) {
        Ok(request) => request,
        Err(mistake) => {
            eprintln!("{mistake}\n\n{}", command_line::USAGE);
            return ExitCode::from(2);
        }
    };
    match carry_out(request) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprint!("{stop}");
            ExitCode::from(stop.status())
        }
    }
}

fn carry_out(request: Request) -> Result<(), Stop> {
    let place = Place::find()?;
    match request {
        Request::Help => {
            println!("{}", command_line::USAGE);
            Ok(())
        }
        Request::Run { yes } => app_run::run(&place, yes),
        Request::Test { yes } => test_run::run(&place, yes),
        Request::Example { yes, passed_on } => example::run(&place, yes, &passed_on),
        Request::Script { yes, file } => script::run(&place, yes, &file),
        Request::Soak { yes, minutes, only } => soak::run(&place, yes, minutes, only.as_deref()),
        Request::SoakSeal { minutes, seed } => soak::seal(&place, minutes, seed.as_deref()),
        Request::SoakProcedure { minutes, seed } => soak::procedure(&place, minutes, seed.as_deref()),
        Request::Macos => macos::run_it(&place),
        Request::Windows { link, source } => windows::run_it(&place, link, source.as_deref()),
        Request::Bench { yes, only } => bench::run(&place, yes, only.as_deref()),
    }
}
