//! The totals of all test binaries, added up from what the test runner prints.

use std::fmt;

/// Tests that passed, failed and were skipped, over all binaries of one run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Totals {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Totals {
    /// Adds one line of output, if it closes a test binary:
    /// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`.
    pub(crate) fn add_line(&mut self, line: &str) {
        // A test that prints without a line end can stand before the closing line.
        let Some((_, counts)) = line.split_once("test result: ") else {
            return;
        };
        let Some((_, counts)) = counts.split_once(". ") else {
            return;
        };
        for count in counts.split(';') {
            let mut words = count.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<u64>().ok());
            match (number, words.next()) {
                (Some(number), Some("passed")) => self.passed += number,
                (Some(number), Some("failed")) => self.failed += number,
                (Some(number), Some("ignored")) => self.skipped += number,
                (_, _) => {}
            }
        }
    }

    /// Whether a test was carried out at all.
    pub(crate) fn ran_none(self) -> bool {
        self.passed + self.failed == 0
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(out, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Totals;

    fn total_of(lines: &[&str]) -> String {
        let mut totals = Totals::default();
        for line in lines {
            totals.add_line(line);
        }
        totals.to_string()
    }

    #[test]
    fn adds_up_all_binaries() {
        let said = total_of(&[
            "running 3 tests",
            "test ids::parses ... ok",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: ok. 9 passed; 0 failed; 2 ignored; 0 measured; 1 filtered out; finished in 0.11s",
            "test result: FAILED. 4 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.5s",
        ]);
        assert_eq!(said, "16 passed, 1 failed, 3 skipped");
    }

    #[test]
    fn says_nothing_of_skipped_tests_where_there_are_none() {
        let said = total_of(&[
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ]);
        assert_eq!(said, "12 passed, 0 failed");
    }

    #[test]
    fn counts_a_closing_line_that_a_test_printed_in_front_of() {
        let said = total_of(&[
            "halftest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ]);
        assert_eq!(said, "1 passed, 0 failed");
    }

    #[test]
    fn a_line_that_only_talks_of_tests_is_not_counted() {
        let said = total_of(&["12 passed; 3 failed", "test result", "test result: ok"]);
        assert_eq!(said, "0 passed, 0 failed");
    }

    #[test]
    fn knows_when_no_test_ran() {
        let mut totals = Totals::default();
        totals.add_line("test result: ok. 0 passed; 0 failed; 4 ignored; 0 measured; 0 filtered out");
        assert!(totals.ran_none());
        totals.add_line("test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out");
        assert!(!totals.ran_none());
    }
}
