//! What is recorded of a picture of a screen or a window: what another program than the evidence browser showed.

use serde::{Deserialize, Serialize};

use crate::words::Noted;

/// A whole screen, or one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Surface {
    /// A whole screen, with everything that is on it.
    Screen,
    /// One window of a program.
    Window,
}

/// The screen or window before the two people at the gate, before it is shot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct GatedScreen {
    /// Which of the two.
    pub surface: Surface,
    /// The number by which the system knows it, while it is there. Two windows may have one name.
    pub number: u32,
    /// Its name as the system gives it: 1 to [`MOST_NAME`](super::MOST_NAME) characters.
    pub name: String,
}

/// What is known of a screen or window that was shot. Its size in pixels and when stand with its picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ScreenFacts {
    /// What was shot, as the system names it.
    pub of: GatedScreen,
    /// The program that the window belongs to, as the system names it.
    pub program: Noted<String>,
    /// The screen on which the window lay, as the system names it.
    pub display: Noted<String>,
    /// Whether another window lay over it.
    pub overlaid: Noted<bool>,
    /// What took the picture, with its version.
    pub taken_by: String,
}
