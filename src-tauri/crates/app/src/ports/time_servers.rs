//! Time servers on the network.

use std::sync::atomic::AtomicBool;

/// What a time server told of this computer's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRead {
    /// How far this computer's clock is from it, in milliseconds; positive is fast.
    pub fast_by_ms: i64,
    /// How long the question and the answer were on their way together, in milliseconds.
    pub round_trip_ms: u32,
    /// How far it is from a reference clock, 1 to 15.
    pub stratum: u8,
}

/// Why a time server told nothing. The words end a sentence that began with its name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTime {
    /// It was not reached.
    #[error("was not reached: {0}")]
    NotReached(String),
    /// It took longer than [`SECONDS_FOR_THE_TIME`].
    #[error("did not answer within {} seconds", SECONDS_FOR_THE_TIME)]
    TooSlow,
    /// It answered, and the answer does not hold: why.
    #[error("gave an answer that was not taken: {0}")]
    NotTaken(String),
    /// HALT was pressed.
    #[error("had not answered when HALT was pressed")]
    Stopped,
}

/// Asks time servers on the network (SNTP version 4: RFC 5905, section 14).
pub trait TimeServers: Send + Sync {
    /// Asks this server once, and judges its answer. Ends at once when `stop` is set.
    ///
    /// # Errors
    /// - If it is not reached, or does not answer in [`SECONDS_FOR_THE_TIME`].
    /// - If its answer does not hold.
    /// - If it was stopped.
    fn ask(&self, server: &str, stop: &AtomicBool) -> Result<TimeRead, NoTime>;
}

/// The longest that a time server may take, in seconds: a session never waits longer for it.
pub const SECONDS_FOR_THE_TIME: u64 = 2;
