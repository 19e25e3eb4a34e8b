//! Time-stamp authorities on the network.

use std::sync::atomic::AtomicBool;

/// Why a time-stamp authority gave no reply. The words end a sentence that began with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoReply {
    /// It was not reached.
    #[error("it was not reached: {0}")]
    NotReached(String),
    /// It took longer than [`SECONDS_FOR_A_STAMP`].
    #[error("it did not answer within {} seconds", SECONDS_FOR_A_STAMP)]
    TooSlow,
    /// It answered with another status of HTTP than 200; one that leads elsewhere is not followed.
    #[error("it answered with status {0} of HTTP instead of a time-stamp")]
    Status(u16),
    /// It answered with something else.
    #[error("it answered with something that is no time-stamp")]
    OtherKind,
    /// It answered with more bytes than a reply has.
    #[error("its answer is longer than 64 KiB")]
    TooLong,
    /// HALT was pressed.
    #[error("HALT was pressed before it answered")]
    Stopped,
}

/// Asks time-stamp authorities on the network (RFC 3161, section 3.4). What they answer is judged elsewhere.
pub trait TimeStamps: Send + Sync {
    /// Sends a question to this address and gives the whole reply. Ends at once when `stop` is set.
    ///
    /// # Errors
    /// - If it is not reached, or does not answer in [`SECONDS_FOR_A_STAMP`].
    /// - If it answers with anything but a reply of at most 64 KiB.
    /// - If it was stopped.
    fn ask(&self, address: &str, question: &[u8], stop: &AtomicBool) -> Result<Vec<u8>, NoReply>;
}

/// The longest that one time-stamp authority may take, in seconds: signing never waits longer for it.
pub const SECONDS_FOR_A_STAMP: u64 = 4;
