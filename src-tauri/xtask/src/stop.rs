//! Why the work stopped, and what the person does next.

use std::fmt;

/// A stop says what happened and what to do next. It ends the command.
#[derive(Debug)]
pub(crate) struct Stop {
    happened: String,
    next: String,
    status: u8,
}

impl Stop {
    pub(crate) fn new(happened: impl Into<String>, next: impl Into<String>) -> Self {
        Self { happened: happened.into(), next: next.into(), status: 1 }
    }

    /// The program that was run has said everything already: only its exit status is passed on.
    pub(crate) fn silent(status: u8) -> Self {
        Self { happened: String::new(), next: String::new(), status }
    }

    pub(crate) fn status(&self) -> u8 {
        self.status
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.happened.is_empty() {
            return Ok(());
        }
        writeln!(out, "\nStopped: {}", self.happened)?;
        if self.next.is_empty() {
            return Ok(());
        }
        writeln!(out, "Next: {}", self.next)
    }
}

#[cfg(test)]
mod tests {
    use super::Stop;

    #[test]
    fn a_stop_says_what_happened_and_what_to_do_next() {
        let said = Stop::new("Node is not there.", "Install it.").to_string();
        assert_eq!(said, "\nStopped: Node is not there.\nNext: Install it.\n");
    }

    #[test]
    fn a_silent_stop_only_passes_the_status_on() {
        let stop = Stop::silent(3);
        assert_eq!((stop.to_string().as_str(), stop.status()), ("", 3));
    }
}
