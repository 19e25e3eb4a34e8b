//! Wrong passphrases: counted for each person in a small file, so that starting the app again does not forget them.

use std::collections::BTreeMap;
use std::time::Duration;

use trail_domain::ids::PersonId;

use crate::folder::{Folder, replace};

/// How many times in a row each person's passphrase was wrong.
#[derive(Debug, Default)]
pub(crate) struct Tries(BTreeMap<PersonId, u32>);

impl Tries {
    /// What the file says; nothing where it cannot be read.
    pub(crate) fn read(folder: &Folder) -> Self {
        let text = std::fs::read(folder.tries()).unwrap_or_default();
        Self(serde_json::from_slice(&text).unwrap_or_default())
    }

    /// One more. Where the file cannot be written the count is kept in memory.
    pub(crate) fn wrong(&mut self, person: &PersonId, folder: &Folder) -> (u32, Duration) {
        let times = self.0.entry(person.clone()).or_default();
        *times = times.saturating_add(1);
        let times = *times;
        self.write(folder);
        (times, wait_after(times))
    }

    /// It was right: how often it was wrong before.
    pub(crate) fn right(&mut self, person: &PersonId, folder: &Folder) -> u32 {
        let before = self.0.remove(person).unwrap_or(0);
        if before > 0 {
            self.write(folder);
        }
        before
    }

    /// How long the next try has to wait.
    pub(crate) fn wait(&self, person: &PersonId) -> Duration {
        wait_after(self.0.get(person).copied().unwrap_or(0))
    }

    fn write(&self, folder: &Folder) {
        if let Ok(text) = serde_json::to_vec(&self.0) {
            // A full disk must not keep anybody out: the count then lives in memory.
            let _ = replace(&folder.tries(), &text);
        }
    }
}

/// Nothing for two slips; then one second, doubling up to five minutes.
fn wait_after(times: u32) -> Duration {
    match times {
        0..=2 => Duration::ZERO,
        3..=11 => Duration::from_secs(1 << (times - 3)),
        12.. => Duration::from_secs(300),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_ends_at_five_minutes() {
        let waits = [0, 2, 3, 4, 11, 12, u32::MAX].map(|times| wait_after(times).as_secs());
        assert_eq!(waits, [0, 0, 1, 2, 256, 300, 300]);
    }
}
