//! Whether the checks left the project's files as they were.

use crate::cargo::said;
use crate::place::Place;
use crate::stop::Stop;
use std::process::Command;

/// The project's files as git sees them at one moment: what differs from the last commit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tree {
    status: String,
    difference: String,
}

impl Tree {
    /// Nothing where this is not a git checkout or there is no git.
    pub(crate) fn look(place: &Place) -> Option<Self> {
        // The project's top must be git's top: a copy inside another checkout is none.
        let prefix = said(git(place).args(["rev-parse", "--show-prefix"]))?;
        if !prefix.trim().is_empty() {
            return None;
        }
        Some(Self {
            status: said(git(place).args(["status", "--porcelain", "--untracked-files=all"]))?,
            difference: said(git(place).args(["diff", "--no-color", "--no-ext-diff", "HEAD"]))?,
        })
    }

    /// # Errors
    /// - If a file was changed, made or removed since `self` was looked at.
    pub(crate) fn must_equal(&self, after: &Self) -> Result<(), Stop> {
        if self == after {
            return Ok(());
        }
        let changed: Vec<&str> =
            after.status.lines().filter(|line| !self.status.lines().any(|before| before == *line)).collect();
        let named =
            if changed.is_empty() { "files that had changes before".to_owned() } else { changed.join("\n    ") };
        Err(Stop::new(
            format!("the checks changed the project's files:\n\n    {named}\n"),
            "If a generated file is out of date, commit the new one. A test may write only under target/.",
        ))
    }
}

fn git(place: &Place) -> Command {
    let mut command = Command::new("git");
    command.current_dir(place.root());
    command
}

#[cfg(test)]
mod tests {
    use super::Tree;

    fn tree(status: &str, difference: &str) -> Tree {
        Tree { status: status.to_owned(), difference: difference.to_owned() }
    }

    #[test]
    fn work_in_progress_is_not_held_against_the_checks() {
        let before = tree(" M ui/src/main.ts\n", "+a");
        assert!(before.must_equal(&tree(" M ui/src/main.ts\n", "+a")).is_ok());
    }

    #[test]
    fn a_file_that_a_test_left_behind_is_named() {
        let stop = tree("", "").must_equal(&tree("?? tests/left.pdf\n", ""));
        let said = stop.err().map(|stop| stop.to_string()).unwrap_or_default();
        assert!(said.contains("tests/left.pdf"), "{said}");
    }

    #[test]
    fn a_further_change_to_a_changed_file_is_noticed() {
        let before = tree(" M a.rs\n", "+a");
        assert!(before.must_equal(&tree(" M a.rs\n", "+b")).is_err());
    }
}
