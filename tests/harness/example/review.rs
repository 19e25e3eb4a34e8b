//! The review of the worked example: pages captured, a picture drawn over and pointed at, a file taken in.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trail_app::wire::review::ReviewView;

use super::Example;
use crate::perform::Walk;

/// Longest wait for a page.
const PAGE: Duration = Duration::from_secs(45);

/// The exhibit that is drawn over: the first page that was captured.
const FIRST: &str = "JS/1";

impl Example {
    /// Opens a page, reveals it, scrolls it through where the whole of it is wanted, and captures it.
    pub(super) fn review_page(&mut self, walk: &mut Walk, url: &str, whole: bool) -> Result<(), String> {
        self.act(walk, &format!("Open {url}"), "visit", json!({ "address": url }))?;
        self.step("  until it is loaded", |_| {
            wait(walk, "the page did not load", |seen| match seen.page.state.as_str() {
                "loaded" => Some(Ok(())),
                "failed" | "gone" => Some(Err(seen.page.said.clone())),
                _ => None,
            })
        })?;
        self.step("  Reveal", |_| {
            browse(walk, json!({ "go": "reveal" }))?;
            wait(walk, "the page stayed covered", |seen| (!seen.page.covered).then_some(Ok(())))
        })?;
        if whole {
            self.step("  Scroll it through", |_| {
                browse(walk, json!({ "go": "scroll-through" }))?;
                wait(walk, "it was not scrolled through", |seen| seen.page.scrolled_through.then_some(Ok(())))
            })?;
        }
        let kind = if whole { "whole-page" } else { "page" };
        self.act(walk, "  Capture, both answers no", "capture", json!({ "kind": kind }))
    }

    /// What comes of the first picture by drawing over it, and what comes from outside the evidence browser.
    pub(super) fn exhibits_by_hand(&mut self, walk: &mut Walk) -> Result<(), String> {
        let name = json!({ "kind": "black", "left": 70, "top": 444, "right": 184, "bottom": 470 });
        let covered = json!({ "mark": FIRST, "shapes": [name] });
        self.act(walk, "Cover a name in a picture", "mark", covered)?;
        let time = json!({
            "kind": "number", "left": 44, "top": 618, "right": 264, "bottom": 642, "words": "The time of the post",
        });
        let pointed = json!({
            "mark": FIRST, "title": "The same with the time pointed out", "nature": "One place has a number",
            "concern": "It was posted in school time", "shapes": [time],
        });
        self.act(walk, "Point something out in a picture", "mark", pointed)?;
        self.act(walk, "Take in a file, both answers no", "import", json!({}))
    }
}

fn browse(walk: &mut Walk, go: Value) -> Result<(), String> {
    let go = serde_json::from_value(go).map_err(|error| error.to_string())?;
    let case = walk.case.clone();
    walk.house.app.browse(&case, go).map(|_| ()).map_err(|fault| fault.to_string())
}

fn wait(
    walk: &mut Walk,
    otherwise: &str,
    mut ready: impl FnMut(&ReviewView) -> Option<Result<(), String>>,
) -> Result<(), String> {
    let deadline = Instant::now() + PAGE;
    let case = walk.case.clone();
    loop {
        let seen = walk.house.app.review(&case).map_err(|fault| fault.to_string())?;
        if let Some(answer) = ready(&seen) {
            return answer;
        }
        if Instant::now() > deadline {
            return Err(format!("{otherwise} within {} seconds; last seen: {:?}", PAGE.as_secs(), seen.page));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
