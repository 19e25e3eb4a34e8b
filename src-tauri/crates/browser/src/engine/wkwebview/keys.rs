//! The keys of the evidence browser on a Mac: function keys by where they lie, the others by what stands on them.
#![cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "elsewhere it is here for its tests alone"))]

use crate::engine::press::{Press, Size};
use crate::protocol::observation::{Ask, HaltedBy};

/// A key, and what is held with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stroke<'a> {
    /// As in Events.h.
    pub(super) code: u16,
    /// What stands on it.
    pub(super) letters: &'a str,
    pub(super) command: bool,
    pub(super) control: bool,
    pub(super) option: bool,
}

/// What a stroke stands for, if it is one of ours. HALT and the cover are heard whatever is held with them.
pub(super) fn press(stroke: Stroke<'_>) -> Option<Press> {
    match stroke.code {
        0x64 => return Some(Press::Halt(HaltedBy::Key)),
        0x35 => return Some(Press::Cover),
        _ => {}
    }
    if stroke.command || stroke.control {
        return with_command(stroke);
    }
    match stroke.code {
        0x78 => Some(Press::Ask(Ask::Capture)),
        0x63 => Some(Press::Ask(Ask::AddressOnly)),
        0x76 if !stroke.option => Some(Press::ToggleReveal),
        0x60 => Some(Press::Reload),
        0x7B if stroke.option => Some(Press::Back),
        0x7C if stroke.option => Some(Press::Forward),
        _ => None,
    }
}

/// Command is what Control is elsewhere. Both are heard, since a school's people come from either. What a Mac adds to
/// it is heard with Command alone.
fn with_command(stroke: Stroke<'_>) -> Option<Press> {
    match stroke.letters {
        "f" | "F" => Some(Press::Find),
        "+" | "=" => Some(Press::Zoom(Size::Larger)),
        "-" => Some(Press::Zoom(Size::Smaller)),
        "0" => Some(Press::Zoom(Size::Own)),
        "r" | "R" if stroke.command => Some(Press::Reload),
        "[" if stroke.command => Some(Press::Back),
        "]" if stroke.command => Some(Press::Forward),
        "." if stroke.command => Some(Press::StopLoading),
        "w" | "q" if stroke.command => Some(Press::Close),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Stroke<'_> = Stroke { code: 0, letters: "a", command: false, control: false, option: false };

    #[test]
    fn the_function_keys_do_what_they_do_on_every_system() {
        for (code, expected) in [
            (0x78, Press::Ask(Ask::Capture)),
            (0x63, Press::Ask(Ask::AddressOnly)),
            (0x76, Press::ToggleReveal),
            (0x60, Press::Reload),
            (0x64, Press::Halt(HaltedBy::Key)),
            (0x35, Press::Cover),
        ] {
            assert_eq!(press(Stroke { code, ..PLAIN }), Some(expected), "{code:#x}");
        }
    }

    #[test]
    fn halt_and_the_cover_are_heard_whatever_is_held_with_them() {
        for (command, control, option) in [(true, false, false), (false, true, false), (true, true, true)] {
            let held = Stroke { command, control, option, ..PLAIN };
            assert_eq!(press(Stroke { code: 0x64, ..held }), Some(Press::Halt(HaltedBy::Key)));
            assert_eq!(press(Stroke { code: 0x35, ..held }), Some(Press::Cover));
        }
    }

    #[test]
    fn command_is_what_control_is_elsewhere_and_plain_letters_belong_to_the_page() {
        for letters in ["f", "=", "-", "0", "r", "[", "]", ".", "w", "q"] {
            let stroke = Stroke { letters, ..PLAIN };
            assert_eq!(press(stroke), None, "{letters}");
            assert!(press(Stroke { command: true, ..stroke }).is_some(), "{letters}");
        }
        assert_eq!(press(Stroke { letters: "f", control: true, ..PLAIN }), Some(Press::Find));
        assert_eq!(press(Stroke { letters: "w", control: true, ..PLAIN }), None, "the page's own");
        assert_eq!(press(Stroke { code: 0x7B, ..PLAIN }), None, "an arrow moves within the page");
        assert_eq!(press(Stroke { code: 0x7B, option: true, ..PLAIN }), Some(Press::Back));
    }
}
