//! What stands between threads: std's primitives. Where the interleavings of HALT and what races it are tried
//! (`tests/racing`), the scheduler's own stand in their place, under the same names.

#[cfg(racing)]
pub(crate) use shuttle::sync::{Mutex, MutexGuard, atomic};
#[cfg(not(racing))]
pub(crate) use std::sync::{Mutex, MutexGuard, atomic};
