//! What a reviewer does in the browser's window.

use std::rc::Rc;

use crate::protocol::observation::{Ask, HaltedBy};

/// The sizes a page is shown in, in percent.
const SIZES: [u32; 9] = [50, 67, 80, 90, 100, 125, 150, 200, 300];

/// What a reviewer does in this window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    Back,
    Forward,
    Reload,
    StopLoading,
    ToggleReveal,
    Cover,
    Find,
    FindNext,
    Zoom(Size),
    Ask(Ask),
    Halt(HaltedBy),
    Close,
}

pub(super) type OnPress = Rc<dyn Fn(Press)>;

/// Which way a page's size goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Larger,
    Smaller,
    Own,
}

impl Size {
    /// The size after this one, in percent. `None` if there is none that way.
    pub(super) fn after(self, now: u32) -> Option<u32> {
        match self {
            Self::Larger => SIZES.into_iter().find(|size| *size > now),
            Self::Smaller => SIZES.into_iter().rev().find(|size| *size < now),
            Self::Own => Some(100),
        }
    }
}
