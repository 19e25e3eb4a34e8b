//! What runs in a journey's own process.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

use crate::house::{Doubles, House};
use crate::perform::{Ended, Walk};
use crate::script::sign_in;

use super::acts;
use super::control;
use super::journeys::{self, Journey};
use super::keeping;
use super::line::{Ack, Seen, Teller};
use super::migrating;
use super::template::JOURNEY;

/// Performs a journey on the school in `folder`, telling `line` of each act.
///
/// # Errors
/// - If there is no such journey, nobody listens, or the people cannot sign in before it starts.
pub fn run(name: &str, folder: &Path, line: &Path, case: &str) -> Result<(), String> {
    if let Some(settings) = control::named(name) {
        return control::write(settings, folder, &Teller::call(line).map_err(|error| error.to_string())?);
    }
    if keeping::is_named(name) {
        return keeping::run(name, folder, &Teller::call(line).map_err(|error| error.to_string())?);
    }
    if name == migrating::NAME {
        return migrating::run(folder, &Teller::call(line).map_err(|error| error.to_string())?);
    }
    let journey = journeys::named(name).ok_or_else(|| format!("there is no journey {name}"))?;
    let teller = Teller::call(line).map_err(|error| error.to_string())?;
    let doubles = Doubles::new(JOURNEY, Box::new(teller.clone()));
    let house = House::given(folder, doubles).map_err(|fault| fault.to_string())?;
    let mut walk = Walk::new(house);
    case.clone_into(&mut walk.case);
    let people: Vec<String> = journey.people.iter().map(ToString::to_string).collect();
    sign_in(&mut walk, &people)?;
    let mut last = newest(&walk);
    teller.ready();
    perform(journey, &mut walk, &mut last, &teller);
    teller.end();
    Ok(())
}

fn perform(journey: &Journey, walk: &mut Walk, last: &mut u64, teller: &Teller) {
    let mut halted = false;
    for (act, values) in journey.acts {
        let values: Map<String, Value> = serde_json::from_str(values).unwrap_or_default();
        let mut ack = Ack { act: (*act).to_owned(), ..Ack::default() };
        let ended = match *act {
            "save" => acts::save(walk, &mut ack),
            "look-at-backup" => acts::look_at_backup(walk),
            "restore" => acts::restore(walk),
            "destroy" => acts::destroy(walk, &mut ack),
            _ => walk.perform(act, values),
        };
        ack.ended = match ended {
            Ended::Done => None,
            Ended::Refused(code, _) => Some(format!("refused: {code}")),
            Ended::Trouble(code, happened) => Some(format!("{code}: {happened}")),
        };
        ack.seen = seen_after(walk, *last);
        *last = ack.seen.iter().map(|seen| seen.seq).max().unwrap_or(*last);
        ack.case.clone_from(&walk.case);
        // Where it could not be written it must stand all the same, also after the process is gone.
        halted |= *act == "halt" && walk.house.app.view().halt_stands.is_some();
        ack.halted = halted;
        ack.passphrases = BTreeMap::new();
        teller.done(ack);
    }
}

fn newest(walk: &Walk) -> u64 {
    seen_after(walk, 0).iter().map(|seen| seen.seq).max().unwrap_or(0)
}

/// What the application shows of the record after this entry, of the case and of the store.
#[must_use]
pub fn seen_after(walk: &Walk, seq: u64) -> Vec<Seen> {
    let app = &walk.house.app;
    let rows = |rows: Vec<trail_app::wire::case::TimelineRow>, in_case: bool| {
        rows.into_iter().filter_map(move |row| {
            let at = row.seq.parse().ok()?;
            (at > seq).then_some(Seen { seq: at, kind: row.kind, hash: row.hash, in_case })
        })
    };
    let mut seen: Vec<Seen> = rows(app.store_timeline().unwrap_or_default(), false).collect();
    seen.extend(rows(app.timeline(&walk.case).unwrap_or_default(), true));
    seen.sort_by_key(|seen| seen.seq);
    seen
}
