//! HALT: from the press until the evidence browser is dead with all it started and the event is durable.

use std::time::Duration;

use serde_json::json;
use trail_browser::training;

use super::spread::{quantile, timed};
use super::table::Row;
use super::{Measured, session};
use crate::perform::Walk;

const TRIALS: usize = 200;
const LIMIT: f64 = 100.0;
const HANG: &str = "<title>hangs</title><body>hangs<script>setTimeout(()=>{while(true){}},300)</script>";
/// After this the page above hangs.
const UNTIL_IT_HANGS: Duration = Duration::from_millis(700);

pub(super) fn measure() -> Measured {
    let site = training::serve_with(&[("/hangs", HANG)])
        .map_err(|error| format!("the training site could not be served: {error}"))?;
    let mut walk = session::school(vec![site.host_and_port()])?;
    let (mut calm, mut hanging) = (Vec::new(), Vec::new());
    for trial in 0..TRIALS {
        let hangs = trial % 2 == 1;
        session::open(&mut walk)?;
        session::visit(&mut walk, &site.url(if hangs { "/hangs" } else { "/board/topic-1" }))?;
        if hangs {
            std::thread::sleep(UNTIL_IT_HANGS);
        }
        let ms = press(&mut walk)?;
        if hangs {
            hanging.push(ms)
        } else {
            calm.push(ms)
        }
        // The computer is frozen until the police release it.
        session::act(&mut walk, "release-computer", json!({}))?;
    }
    let all: Vec<f64> = calm.iter().chain(&hanging).copied().collect();
    let row = |what: &str, figures: &[f64]| {
        let (half, most) = (quantile(figures, 0.5), quantile(figures, 0.99));
        Row::new(what, format!("p50 {half:.0} ms")).target("p99 <= 100 ms", most <= LIMIT).note(&format!(
            "p99 {most:.1} ms, least {:.1} ms, {} trials.",
            quantile(figures, 0.0),
            figures.len()
        ))
    };
    Ok(vec![
        row("pressed to dead and durable", &all).note(
            "The brake and the application's HALT, as from the key; the entry is in the database when it returns, and \
             no process of the browser's group is left.",
        ),
        row("  an ordinary page", &calm),
        row("  a page that hangs", &hanging),
    ])
}

fn press(walk: &mut Walk) -> Result<f64, String> {
    let running = session::browsers();
    let [group] = running.as_slice() else {
        return Err(format!("{} evidence browsers were running, not one", running.len()));
    };
    let (group, case) = (*group, walk.case.clone());
    let brake = walk.house.app.brake();
    let (halted, ms) = timed(|| {
        brake.press();
        walk.house.app.halt(Some(&case))
    });
    let left = session::living(group);
    halted.map_err(|fault| fault.to_string())?;
    if left > 0 {
        return Err(format!("{left} processes of the browser outlived HALT"));
    }
    let is_kept = walk.view().is_some_and(|view| view.halt.is_some());
    if is_kept { Ok(ms) } else { Err("the halt is not in the record".to_owned()) }
}
