//! The wall clock, the steady clock and the system's randomness.

use std::time::Instant;

use ring::rand::{SecureRandom, SystemRandom};
use trail_app::ports::Clock;
use trail_domain::time::Moment;
use trail_store::Entropy;

/// The system's clocks.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// Starts the steady clock.
    #[must_use]
    pub fn start() -> Self {
        Self { started: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place where the application's clock is read")]
    fn now(&self) -> Moment {
        chrono::Utc::now().into()
    }

    fn steady_seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}

/// The system's randomness.
#[derive(Debug)]
pub struct SystemEntropy {
    random: SystemRandom,
}

impl SystemEntropy {
    /// Asks the operating system.
    #[must_use]
    pub fn new() -> Self {
        Self { random: SystemRandom::new() }
    }
}

impl Default for SystemEntropy {
    fn default() -> Self {
        Self::new()
    }
}

impl Entropy for SystemEntropy {
    /// # Panics
    /// If the operating system has no randomness: no key may be made then, and nothing can go on.
    #[allow(clippy::expect_used, reason = "keys made without randomness would be worse than stopping")]
    fn fill(&self, out: &mut [u8]) {
        self.random.fill(out).expect("the operating system gives randomness");
    }
}
