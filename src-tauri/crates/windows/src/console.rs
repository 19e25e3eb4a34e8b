//! The console, and the pipes that stand in its place.
#![allow(
    unsafe_code,
    reason = "each call is given handles that the system itself named, and a place of the right size"
)]

use std::fs::File;
use std::io;
use std::os::windows::io::{FromRawHandle, OwnedHandle};

use windows::Win32::Foundation::HANDLE;
use windows::Win32::System::Console::{
    ATTACH_PARENT_PROCESS, AttachConsole, CONSOLE_MODE, ENABLE_ECHO_INPUT, GetConsoleMode, GetStdHandle, STD_HANDLE,
    STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, SetConsoleMode, SetStdHandle,
};

/// Speaks in the console of whoever started this program. A program with windows has none of its own.
///
/// # Errors
/// - If it was started from none, or has one already.
pub fn join_callers() -> io::Result<()> {
    // SAFETY: it is given a constant.
    unsafe { AttachConsole(ATTACH_PARENT_PROCESS) }.map_err(io::Error::other)
}

/// What is typed is not shown until this is dropped.
#[derive(Debug)]
pub struct Hidden {
    before: CONSOLE_MODE,
}

impl Hidden {
    /// Hides what is typed from now on. `None` if standard input is no console.
    #[must_use]
    pub fn begin() -> Option<Self> {
        let mut before = CONSOLE_MODE::default();
        // SAFETY: the handle is the system's own, and the place lives until the call returns.
        unsafe {
            let input = GetStdHandle(STD_INPUT_HANDLE).ok()?;
            GetConsoleMode(input, &mut before).ok()?;
            SetConsoleMode(input, CONSOLE_MODE(before.0 & !ENABLE_ECHO_INPUT.0)).ok()?;
        }
        Some(Self { before })
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // SAFETY: the handle is the system's own. A console that is gone shows nothing anyway.
        unsafe {
            if let Ok(input) = GetStdHandle(STD_INPUT_HANDLE) {
                let _ = SetConsoleMode(input, self.before);
            }
        }
    }
}

/// Takes standard input and output away from where processes that are started later would get them: once, at the
/// beginning, before anything was read or written.
///
/// # Errors
/// - If there are none.
pub fn take_pipes() -> io::Result<(File, File)> {
    Ok((take(STD_INPUT_HANDLE)?, take(STD_OUTPUT_HANDLE)?))
}

fn take(which: STD_HANDLE) -> io::Result<File> {
    // SAFETY: the handle is the system's own, and from here on this process knows it only as the one that is owned:
    // what stood in its place is nothing.
    let inherited = unsafe {
        let handle = GetStdHandle(which).map_err(io::Error::other)?;
        if handle.is_invalid() {
            return Err(io::ErrorKind::NotFound.into());
        }
        SetStdHandle(which, HANDLE::default()).map_err(io::Error::other)?;
        OwnedHandle::from_raw_handle(handle.0)
    };
    // The copy is given to no other process; the one that could be is closed here.
    Ok(File::from(inherited.try_clone()?))
}
