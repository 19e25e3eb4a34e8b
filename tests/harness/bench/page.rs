//! A page of 10,000 pixels, loaded: from the press of the button to the durable exhibit, beside headless Chromium.

use std::path::Path;
use std::process::Command;

use serde_json::json;
use trail_browser::training;

use super::scratch::{Scratch, ask};
use super::spread::{median, timed};
use super::table::Row;
use super::{Measured, pictures, session};
use crate::perform::Walk;

const ROUNDS: usize = 5;
const HEIGHT: usize = 10_000;
const WHAT: &str = "full page, loaded, to durable";

pub(super) fn measure() -> Measured {
    let site = training::serve().map_err(|error| format!("the training site could not be served: {error}"))?;
    let mut walk = session::school(vec![site.host_and_port()])?;
    session::open(&mut walk)?;
    let url = site.url("/gallery");
    session::visit(&mut walk, &url)?;
    let mut ours = Vec::new();
    for _ in 0..ROUNDS {
        session::reveal(&mut walk)?;
        let (kept, ms) = timed(|| session::act(&mut walk, "capture", json!({ "kind": "whole-page" })));
        kept?;
        ours.push(ms);
    }
    let (width, height) = size(&mut walk)?;
    if height != HEIGHT {
        return Err(format!("the captured page is {height} pixels high, not {HEIGHT}"));
    }
    let ms = median(&ours);
    let made = format!(
        "{width} x {height} pixels, views and whole page, gate answered, through the application; median of {ROUNDS}."
    );
    let row = Row::new(WHAT, format!("{ms:.0} ms"));
    let alone = Row::new(WHAT, format!("{ms:.0} ms")).target("<= 400 ms", ms <= 400.0).note(&made);
    let beside = match chromium(&url, width) {
        Ok(theirs) => {
            let ratio = theirs.page / ms;
            row.beside(format!("Chromium {:.0} ms", theirs.page), ratio).target(">= 4x faster", ratio >= 4.0).note(
                &format!(
                    "Chromium: --headless --screenshot, whole run with start and load; the same run for an empty page \
                 takes {:.0} ms.",
                    theirs.empty
                ),
            )
        }
        Err(why) => row.note(&format!("Chromium: not run: {why}")),
    };
    Ok(vec![alone, beside])
}

/// Width and height of the tallest picture that was kept.
fn size(walk: &mut Walk) -> Result<(usize, usize), String> {
    let hashes: Vec<String> = walk.pictures.iter().map(|(_, sha256)| sha256.clone()).collect();
    let case = walk.case.clone();
    let mut sizes = Vec::new();
    for sha256 in hashes {
        let png = walk.house.app.picture(&case, &sha256).map_err(|stop| stop.to_string())?;
        let reader =
            png::Decoder::new(std::io::Cursor::new(png.as_slice())).read_info().map_err(|error| error.to_string())?;
        sizes.push((reader.info().width as usize, reader.info().height as usize));
    }
    sizes.into_iter().max_by_key(|(_, height)| *height).ok_or_else(|| "no picture was kept".to_owned())
}

struct Theirs {
    page: f64,
    empty: f64,
}

fn chromium(url: &str, width: usize) -> Result<Theirs, String> {
    let scratch = Scratch::new()?;
    let (mut page, mut empty) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        page.push(screenshot(&scratch, url, width, round)?);
        empty.push(screenshot(&scratch, "about:blank", width, ROUNDS + round)?);
    }
    let found = pictures::pixels_of(&scratch.path().join("page-0.png"))?;
    if found.len() < width * HEIGHT * 3 {
        return Err(format!("it made a picture of {} pixels, not of {width} x {HEIGHT}", found.len() / 3));
    }
    Ok(Theirs { page: median(&page), empty: median(&empty) })
}

fn screenshot(scratch: &Scratch, url: &str, width: usize, round: usize) -> Result<f64, String> {
    let option = |name: &str, path: &Path| format!("--{name}={}", path.display());
    let profile = scratch.path().join(format!("profile-{round}"));
    let out = scratch.path().join(format!("page-{round}.png"));
    let mut command = Command::new("chromium");
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"])
        .arg(option("user-data-dir", &profile))
        .arg(option("screenshot", &out))
        .arg(format!("--window-size={width},{HEIGHT}"))
        .arg(url);
    let (done, ms) = timed(|| ask(&mut command));
    done?;
    if out.is_file() { Ok(ms) } else { Err("it made no picture".to_owned()) }
}
