//! The sign that an engine comes by the gateway: a connection that it asks for, and that is never made or told.
#![cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "elsewhere the engine is told its way when it starts"))]

use std::sync::{Mutex, PoisonError};

/// A name that nobody bears, and whether it was asked for.
#[derive(Debug, Default)]
pub(crate) struct Sign(Mutex<Option<(String, bool)>>);

impl Sign {
    /// Waits for this `host:port`.
    pub(crate) fn expect(&self, name: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((name.to_owned(), false));
    }

    /// Whether this is it. Then it has come.
    pub(super) fn is(&self, name: &str) -> bool {
        let mut expected = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match expected.as_mut().filter(|(expected, _)| expected == name) {
            Some((_, came)) => {
                *came = true;
                true
            }
            None => false,
        }
    }

    /// Whether it came.
    pub(crate) fn came(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(|(_, came)| *came)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_expected_is_the_sign() {
        let sign = Sign::default();
        assert!(!sign.is("a.invalid:443") && !sign.came());
        sign.expect("a.invalid:443");
        assert!(!sign.is("b.example:443") && !sign.came());
        assert!(sign.is("a.invalid:443") && sign.came());
    }
}
