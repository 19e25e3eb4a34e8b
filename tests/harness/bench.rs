//! The measurements: each of our figures beside another program's, taken in the same run, on the same input.
//!
//! A ratio is what counts; times alone say more about the machine than about the program. A measurement that cannot
//! run says why, and the others go on.

mod capture;
mod child;
mod form;
mod halt;
mod ledger;
mod package;
mod page;
mod pictures;
mod scratch;
mod session;
mod sign;
mod spread;
mod table;
mod unlock;

use std::any::Any;
use std::path::PathBuf;

use crate::outside::root;
pub use table::{Row, Table};

/// What a measurement gives: its rows, or why it could not run.
type Measured = Result<Vec<Row>, String>;

/// A measurement: its name, what it measures, and how.
type Measurement = (&'static str, &'static str, fn() -> Measured);

const ALL: &[Measurement] = &[
    ("form-100", "a form with 100 full-HD captures", form::measure),
    ("sign", "signing and verifying 8 MB", sign::measure),
    ("package", "a package of 100 captures checked", package::measure),
    ("capture-2mb", "2 MB kept durably", capture::measure),
    ("full-page", "a page of 10,000 pixels", page::measure),
    ("ledger-100k", "a ledger of 100,000 entries checked", ledger::measure),
    ("unlock", "signing in to 100,000 entries and 5,000 cases", unlock::measure),
    ("halt", "HALT pressed to browser dead and durable", halt::measure),
];

/// The names of the measurements.
#[must_use]
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|(name, ..)| *name).collect()
}

/// Takes all measurements, or the one named. `tell` hears what is being done.
///
/// # Errors
/// - If no measurement has that name.
/// - If the results cannot be written to `target/bench/results.json`.
pub fn run(only: Option<&str>, mut tell: impl FnMut(&str)) -> Result<Table, String> {
    if let Some(only) = only.filter(|only| !names().contains(only)) {
        return Err(format!("there is no measurement “{only}”; there are: {}", names().join(", ")));
    }
    let mut table = Table::new();
    for (name, what, measure) in ALL.iter().filter(|(name, ..)| only.is_none_or(|only| only == *name)) {
        tell(&format!("{name}: {what} …"));
        let load = spread::load();
        let rows = std::panic::catch_unwind(measure).unwrap_or_else(|panic| Err(words_of(panic.as_ref())));
        table.add(name, load, rows.unwrap_or_else(|why| vec![Row::not_run(what, &why)]));
    }
    table.save(&folder()?.join("results.json"))?;
    Ok(table)
}

/// What a child process of the measurements does, by name. Answers one line of JSON.
///
/// # Errors
/// - If there is no such child, or it cannot do its work.
pub fn child(words: &[String]) -> Result<String, String> {
    child::run(words)
}

/// Where everything of the measurements lies.
fn folder() -> Result<PathBuf, String> {
    let folder = root().join("target/bench");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_else(|| "it broke off".to_owned())
}
