//! Reading what the engine writes to a place of ours.

use webview2_com::take_pwstr;
use windows::core::{BOOL, PWSTR, Result};

/// A text, if the engine gives one.
pub(super) fn text(ask: impl FnOnce(*mut PWSTR) -> Result<()>) -> Option<String> {
    let mut place = PWSTR::null();
    ask(&mut place).ok()?;
    (!place.is_null()).then(|| take_pwstr(place))
}

/// A yes or no. What the engine does not tell is no.
pub(super) fn flag(ask: impl FnOnce(*mut BOOL) -> Result<()>) -> bool {
    let mut place = BOOL::default();
    ask(&mut place).is_ok() && place.as_bool()
}

/// A number or one of a list, if the engine gives one.
pub(super) fn value<T: Default>(ask: impl FnOnce(*mut T) -> Result<()>) -> Option<T> {
    let mut place = T::default();
    ask(&mut place).ok()?;
    Some(place)
}
