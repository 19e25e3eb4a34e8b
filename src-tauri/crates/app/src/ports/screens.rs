//! Screens and windows outside the evidence browser. They are listed by name alone: a thumbnail would show what nobody
//! has passed the gate for.

use std::sync::atomic::AtomicBool;

use trail_domain::event::capture::screen::{GatedScreen, ScreenFacts};

use super::Picture;

/// A screen or window that is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnScreen {
    /// What it is, as the system names it.
    pub of: GatedScreen,
    /// The program that a window belongs to, where the system tells.
    pub program: Option<String>,
}

/// What may be chosen from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// Screens, then windows with the foremost first. No window of this program or of the evidence browser, and none
    /// without a name.
    pub all: Vec<OnScreen>,
    /// Why there are no windows in it, where the system cannot tell which there are.
    pub no_windows: Option<String>,
}

/// A screen or window as it was shot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shot {
    /// The picture, from the top left corner.
    pub picture: Picture,
    /// What is known of it.
    pub facts: ScreenFacts,
}

/// Why there is no picture, or no list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoShot {
    /// This computer, or this build, does not offer it.
    #[error("{0}")]
    NotOffered(String),
    /// It is not there any more, or has another name by now.
    #[error("it is not there any more, or has another name by now")]
    Gone,
    /// HALT was pressed.
    #[error("HALT was pressed before it was done")]
    Stopped,
    /// The system could not make it.
    #[error("{0}")]
    Failed(String),
}

/// The screens and windows of this computer.
pub trait Screens: Send {
    /// Those that are there now, by name alone. Nothing of what they show is read. Ends at once when `stop` is set.
    ///
    /// # Errors
    /// - If this computer does not offer it, or does not answer.
    /// - If it was stopped.
    fn list(&self, stop: &AtomicBool) -> Result<Named, NoShot>;

    /// Shoots this one and no other. Ends at once when `stop` is set.
    ///
    /// # Errors
    /// - If it is not there any more, has another name by now, or is not one that [`Self::list`] names.
    /// - If it was stopped, or no picture can be made.
    fn shoot(&self, of: &GatedScreen, stop: &AtomicBool) -> Result<Shot, NoShot>;
}
