//! The web engine that Windows brings, in safe words: settings that shut doors, events that are asked about, and the
//! developer's protocol that takes pictures and tells what the network said.
//!
//! WebView2 lives on one thread, the one with the window. Nothing here is `Send`, and every event comes on that thread.
#![allow(
    unsafe_code,
    reason = "every call goes to a COM object that is counted and alive, on the thread that made it (the objects are not \
              Send), and every place it is given to write to lives until the call returns"
)]

/// One call of the interface; see the reason above.
macro_rules! com {
    ($call:expr) => {
        unsafe { $call }
    };
}

mod certificate;
mod ears;
mod hear;
mod notice;
mod read;
mod shut;
mod view;

pub use certificate::Certificate;
pub use ears::{Answered, Ears, End, Failure, Key, Knock, Wish};
pub use hear::listen;
pub use notice::hear_keys;
pub use shut::shut;
pub use view::View;

/// What is said when the installed engine has no such interface.
fn too_old(error: windows::core::Error) -> String {
    format!("the web engine is too old ({error}); update the Microsoft Edge WebView2 Runtime and try again")
}
