//! The wall clock of this process: when the browser saw something, and when the client was told.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::protocol::Micros;

/// The wall clock in microseconds since 1970 UTC.
#[allow(
    clippy::disallowed_methods,
    reason = "this is where the browser's and the receipt's time come from; the record's own time is the Clock port's"
)]
pub(crate) fn now() -> Micros {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| Micros::try_from(since.as_micros()).ok())
        .unwrap_or(0)
}
