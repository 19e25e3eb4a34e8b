//! How far something that takes long has come: told without waiting for the application.

use std::sync::{Arc, PoisonError};

use crate::sync::Mutex;
use crate::wire::store::ProgressView;

/// Shared between the application and whoever asks.
#[derive(Clone, Default)]
pub struct Progress(Arc<Mutex<Option<ProgressView>>>);

impl Progress {
    /// What is being done now, and how far; none where nothing takes long.
    #[must_use]
    pub fn now(&self) -> Option<ProgressView> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says how far something is. It ends with the answer.
    pub(crate) fn begin(&self, what: impl Into<String>) -> Under {
        self.say(Some(ProgressView { what: what.into(), done: 0, of: 100 }));
        Under(self.clone())
    }

    fn say(&self, view: Option<ProgressView>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = view;
    }
}

/// Something is under way until this is dropped.
pub(crate) struct Under(Progress);

impl Under {
    /// It is at this step, so far.
    pub(crate) fn at(&self, what: impl Into<String>, done: u64, of: u64) {
        self.0.say(Some(ProgressView { what: what.into(), done: hundredths(done, of), of: 100 }));
    }
}

impl Drop for Under {
    fn drop(&mut self) {
        self.0.say(None);
    }
}

/// So many hundredths of the whole: a count would tell how much there is.
pub(crate) fn hundredths(done: u64, of: u64) -> u32 {
    let share = done.min(of).saturating_mul(100).checked_div(of).unwrap_or(0);
    u32::try_from(share).unwrap_or(100)
}

#[cfg(all(test, not(racing)))]
mod tests {
    use super::{Progress, hundredths};

    #[test]
    fn progress_is_told_in_hundredths_and_ends_with_what_it_is_of() {
        let progress = Progress::default();
        let other = progress.clone();
        let under = progress.begin("Copying");
        under.at("Copying", 1234, 5000);
        assert_eq!(other.now().map(|view| (view.done, view.of)), Some((24, 100)));
        drop(under);
        assert_eq!(other.now(), None);
        assert_eq!([hundredths(0, 0), hundredths(7, 7), hundredths(9, 7)], [0, 100, 100]);
    }
}
