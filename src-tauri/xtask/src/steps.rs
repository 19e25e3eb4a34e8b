//! Headings, and the time each step took.

use crate::stop::Stop;
use std::io::Write;
use std::time::{Duration, Instant};

/// The steps of one command, in the order in which they were done.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Prints the heading, does the work, and says how long it took.
    ///
    /// # Errors
    /// - If the work stops; the time is kept all the same.
    pub(crate) fn step<T>(&mut self, heading: &str, work: impl FnOnce() -> Result<T, Stop>) -> Result<T, Stop> {
        println!("\n== {heading}");
        flush();
        let start = Instant::now();
        let outcome = work();
        let took = start.elapsed();
        self.done.push((heading.to_owned(), took));
        let word = if outcome.is_ok() { "done" } else { "stopped" };
        println!("   {word} in {}", in_words(took));
        flush();
        outcome
    }

    /// Each step with its time, and the sum.
    pub(crate) fn table(&self) -> String {
        let total = self.done.iter().map(|(_, took)| *took).sum();
        let mut table = String::from("\n== Time\n");
        for (heading, took) in &self.done {
            table.push_str(&format!("   {:>10}  {heading}\n", in_words(*took)));
        }
        table.push_str(&format!("   {:>10}  altogether\n", in_words(total)));
        table
    }
}

/// What is printed here must not overtake what the programs print themselves.
pub(crate) fn flush() {
    // A closed pipe is no reason to stop the work.
    let _ = std::io::stdout().flush();
}

fn in_words(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::{Steps, in_words};
    use crate::stop::Stop;
    use std::time::Duration;

    #[test]
    fn times_are_read_as_a_person_says_them() {
        assert_eq!(in_words(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(in_words(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_step_that_stops_is_still_in_the_table() {
        let mut steps = Steps::default();
        let outcome: Result<(), Stop> = steps.step("Lints", || Err(Stop::silent(1)));
        assert!(outcome.is_err());
        assert!(steps.table().contains("Lints"));
    }
}
