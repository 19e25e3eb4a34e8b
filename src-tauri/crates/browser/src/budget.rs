//! How much a page may cause to be told, until a reviewer acts again.
//!
//! What lies beyond is counted, and the count is told: a page can fill neither the pipe nor the record.

use std::time::Instant;

/// Observations at once, and how many more each second.
const BURST: u64 = 400;
const EACH_SECOND: u64 = 40;
/// Bytes of text at once, and how many more each second.
const BURST_BYTES: u64 = 16 * 1024 * 1024;
const BYTES_EACH_SECOND: u64 = 64 * 1024;

/// What is left of it.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
    bytes: u64,
    since: Instant,
}

impl Budget {
    /// All of it.
    pub(crate) fn full(now: Instant) -> Self {
        Self { left: BURST, bytes: BURST_BYTES, since: now }
    }

    /// Takes what one observation with so many bytes of text costs. `false` if there is not enough left.
    pub(crate) fn spend(&mut self, bytes: usize, now: Instant) -> bool {
        let millis = u64::try_from(now.saturating_duration_since(self.since).as_millis()).unwrap_or(u64::MAX);
        let (more, more_bytes) =
            (millis.saturating_mul(EACH_SECOND) / 1000, millis.saturating_mul(BYTES_EACH_SECOND) / 1000);
        if more > 0 {
            self.left = self.left.saturating_add(more).min(BURST);
            self.bytes = self.bytes.saturating_add(more_bytes).min(BURST_BYTES);
            self.since = now;
        }
        let bytes = bytes as u64;
        if self.left == 0 || self.bytes < bytes {
            return false;
        }
        self.left -= 1;
        self.bytes -= bytes;
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_flood_is_cut_off_and_time_gives_a_little_back() {
        let now = Instant::now();
        let mut budget = Budget::full(now);
        let told = (0..10 * BURST).filter(|_| budget.spend(1, now)).count() as u64;
        assert_eq!(told, BURST);
        let later = now + Duration::from_secs(2);
        assert_eq!((0..BURST).filter(|_| budget.spend(1, later)).count() as u64, 2 * EACH_SECOND);
    }

    #[test]
    fn long_texts_are_bounded_together() {
        let now = Instant::now();
        let mut budget = Budget::full(now);
        let long = 2 * 1024 * 1024;
        let told = (0..100).filter(|_| budget.spend(long, now)).count() as u64;
        assert_eq!(told, BURST_BYTES / long as u64);
        assert!(budget.spend(10, now), "a short one is still told");
    }
}
