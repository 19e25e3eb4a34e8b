//! What stands in our own view, where it is a document of ours beside the page, and what that document says.
#![cfg_attr(
    not(any(windows, target_os = "macos")),
    allow(dead_code, reason = "elsewhere it is here for its tests alone")
)]

use serde::Serialize;

use super::drawn::{drawn, path_of};
use super::press::Press;
use crate::address::shown_host;
use crate::protocol::observation::HaltedBy;

/// The document. It names nothing outside itself.
pub(super) const HTML: &str = include_str!("window.html");
/// Opens the field for words that are looked for.
pub(super) const FIND: &str = "find()";
/// The longest words that are looked for, in characters.
const LONGEST: usize = 200;

/// Grey averages, row after row: how many across, how many down, and each.
pub(super) type Squares = (u32, u32, Vec<u8>);

/// What stands in it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Shown {
    host: String,
    rest: String,
    pub(super) connection: String,
    pub(super) state: String,
    pub(super) seconds: Option<u64>,
    pub(super) page: bool,
    pub(super) back: bool,
    pub(super) forward: bool,
    pub(super) open: bool,
    title: String,
    words: String,
    reveal: bool,
    pub(super) squares: Option<Squares>,
}

impl Shown {
    /// What stands in it before anything was opened.
    pub(super) fn first() -> Self {
        Self {
            state: "No page is open".to_owned(),
            title: "No page is open".to_owned(),
            words: "Open an address in Evidence Trail.".to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn set_address(&mut self, address: &str) {
        let host = shown_host(address);
        self.rest = host.as_ref().map_or_else(String::new, |_| drawn(&path_of(address)));
        self.host = host.map(|host| drawn(&host)).unwrap_or_default();
    }

    /// Says what is under the cover, and whether it can be revealed.
    pub(super) fn set_card(&mut self, title: &str, words: &str, can_reveal: bool) {
        title.clone_into(&mut self.title);
        words.clone_into(&mut self.words);
        self.reveal = can_reveal;
        if !can_reveal {
            self.squares = None;
        }
    }

    /// The script that makes our document show it.
    pub(super) fn script(&self) -> String {
        serde_json::to_string(self).map(|shown| format!("show({shown})")).unwrap_or_default()
    }
}

/// What our document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// A button was pressed.
    Button(Press),
    /// The next place with these words.
    Find(String),
    /// It stands there, and can be told what to show.
    Ready,
}

impl Said {
    pub(super) fn read(said: &str) -> Option<Self> {
        if let Some(words) = said.strip_prefix("find ") {
            return Some(Self::Find(words.chars().take(LONGEST).collect()));
        }
        let press = match said {
            "ready" => return Some(Self::Ready),
            "back" => Press::Back,
            "forward" => Press::Forward,
            "reload" => Press::Reload,
            "stop" => Press::StopLoading,
            "toggle" => Press::ToggleReveal,
            "halt" => Press::Halt(HaltedBy::Button),
            _ => return None,
        };
        Some(Self::Button(press))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_button_of_our_document_is_known() {
        let buttons: Vec<&str> = HTML.split("data-say=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(buttons.len() >= 6, "{buttons:?}");
        for said in buttons.into_iter().chain(["halt"]) {
            assert!(matches!(Said::read(said), Some(Said::Button(_))), "{said}");
        }
        assert_eq!(Said::read("find a b"), Some(Said::Find("a b".to_owned())));
        assert_eq!(Said::read(&format!("find {}", "x".repeat(900))), Some(Said::Find("x".repeat(LONGEST))));
        assert!(HTML.contains("say('ready')") && Said::read("ready") == Some(Said::Ready));
        assert_eq!(Said::read("reveal everything"), None);
    }

    #[test]
    fn our_document_asks_for_nothing_outside_itself_and_uses_what_it_is_given() {
        assert!(!HTML.contains("http://") && !HTML.contains("https://") && !HTML.contains("url("));
        let mut shown = Shown::first();
        shown.set_address("https://user@board.example:8443/a?b#c");
        assert_eq!((shown.host.as_str(), shown.rest.as_str()), ("board.example:8443", "/a?b#c"));
        let script = shown.script();
        for field in ["host", "rest", "connection", "state", "seconds", "page", "back", "forward", "open", "title"] {
            assert!(script.contains(&format!("\"{field}\":")) && HTML.contains(&format!("now.{field}")), "{field}");
        }
    }

    #[test]
    fn what_cannot_be_revealed_shows_no_squares() {
        let mut shown = Shown { squares: Some((1, 1, vec![9])), ..Shown::first() };
        shown.set_card("The page is blurred", "", true);
        assert!(shown.squares.is_some());
        shown.set_card("The page did not load", "", false);
        assert!(shown.squares.is_none());
    }
}
