//! What a reviewer does in the browser's window.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crate::mouth::end_now;
use crate::protocol::observation::{Ask, HaltedBy};

/// Seconds of one reveal by key or button.
pub(super) const REVEAL_SECONDS: u16 = 30;
/// How long HALT waits for its last word to be on the pipe.
pub(super) const LAST_WORD: Duration = Duration::from_millis(30);
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

/// Who hears the presses, once there is somebody.
pub(super) type Ear<K> = Rc<RefCell<Option<Rc<K>>>>;

/// The window is built before there is anybody to hear its buttons. HALT ends the process even then.
pub(super) fn hearing<K: 'static>(press: fn(&K, Press)) -> (Ear<K>, OnPress) {
    let ear: Ear<K> = Rc::default();
    let inner = Rc::clone(&ear);
    let on = move |pressed| {
        let kit = inner.borrow().clone();
        match kit {
            Some(kit) => press(&kit, pressed),
            None if matches!(pressed, Press::Halt(_)) => end_now(),
            None => {}
        }
    };
    (ear, Rc::new(on))
}

/// Ways that lead away from a page, or stop it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    Back,
    Forward,
    Reload,
    Stop,
}

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
