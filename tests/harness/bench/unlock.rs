//! Signing in to a large record: 100,000 entries in 5,000 cases, by the store alone and by the whole application.

use std::path::Path;

use serde_json::Map;
use trail_domain::event::Event;
use trail_domain::ids::PersonId;
use trail_domain::time::Moment;
use trail_domain::words::Words;
use trail_store::{Found, KdfCost, Open, Passphrase, Signer, Vault};

use super::Measured;
use super::scratch::Scratch;
use super::spread::{median, worked};
use super::table::Row;
use crate::house::{Doubles, House, PASSPHRASE, START, default_people, set_up};
use crate::memory::Seeded;
use crate::perform::{Ended, Walk};
use crate::soak::line::{Drawer, Secrets};
use crate::soak::template::AFTERWARDS;

const ENTRIES: u64 = 100_000;
const CASES: usize = 5_000;
const ROUNDS: usize = 5;
const MOST: f64 = 300.0;
/// Longest until a first screen is there.
const SCREEN: f64 = 100.0;

pub(super) fn measure() -> Measured {
    let scratch = Scratch::new()?;
    let secrets = make(scratch.path())?;
    let mut keys = Vec::new();
    for _ in 0..ROUNDS {
        keys.push(worked(|| KdfCost::FLOOR.rehearse()).2);
    }
    let key = median(&keys);
    let (mut store, mut app, mut entries) = (Vec::new(), Vec::new(), 0);
    let mut screens = Screens::default();
    for _ in 0..ROUNDS {
        let locked = found(scratch.path())?;
        let person = first_of(&locked)?;
        let device = device(&locked, &secrets)?;
        let (opened, _, ms) = worked(|| locked.unlock(&person, &Passphrase::new(PASSPHRASE.to_owned()), Some(&device)));
        let vault = opened.map_err(|(_, error)| error.to_string())?;
        entries = vault.head().map_err(|error| error.to_string())?.map_or(0, |(seq, _)| seq.0);
        store.push(ms - key);
        drop(vault);
        let doubles = Doubles::new(AFTERWARDS, Box::new(Drawer::holding(&secrets)));
        let mut house = House::given(scratch.path(), doubles).map_err(|fault| fault.to_string())?;
        let person = house.id("JS");
        let (signed, _, ms) = worked(|| house.app.sign_in(&person, PASSPHRASE));
        signed.map_err(|fault| fault.to_string())?;
        app.push(ms - key);
        screens.look(&house)?;
    }
    let row = |what: &str, ms: f64| {
        Row::new(what, format!("{ms:.0} ms")).target("<= 300 ms beyond the key derivation", ms <= MOST).note(&format!(
            "{entries} entries, {CASES} cases; time on a core, median of {ROUNDS}; the key derivation at its least cost \
             takes {key:.0} ms and is taken off."
        ))
    };
    let mut rows =
        vec![row("unlock, the store", median(&store)), row("unlock, the application to its first view", median(&app))];
    rows.extend(screens.rows());
    Ok(rows)
}

/// How long the first screen takes, as the page is sent it.
#[derive(Default)]
struct Screens {
    list: Vec<f64>,
    search: Vec<f64>,
    search_again: Vec<f64>,
    timeline: Vec<f64>,
}

impl Screens {
    /// Right after signing in, when no case was read yet; the search again when all were.
    fn look(&mut self, house: &House) -> Result<(), String> {
        let wrong = |fault: trail_app::Fault| fault.to_string();
        let (list, ms, _) = worked(|| house.app.cases(None, None).map(|list| (serde_json::to_vec(&list), list)));
        let list = list.map_err(wrong)?.1;
        self.list.push(ms);
        let case = list.rows.first().ok_or("the list is empty")?.id.clone();
        let (rows, ms, _) = worked(|| house.app.timeline(&case).map(|rows| (serde_json::to_vec(&rows), rows)));
        self.timeline.push(ms);
        let (found, again, _) =
            worked(|| house.app.cases(None, Some("remark 7 laptop")).map(|list| (serde_json::to_vec(&list), list)));
        self.search.push(again);
        if rows.map_err(wrong)?.1.is_empty() || found.map_err(wrong)?.1.rows.is_empty() {
            return Err("a timeline is empty, or what stands in the cases was not found".to_owned());
        }
        let mut from = None;
        loop {
            let page = house.app.cases(from, None).map_err(wrong)?;
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        let (none, ms, _) = worked(|| house.app.cases(None, Some("stands-nowhere")));
        let none = none.map_err(wrong)?;
        if !none.rows.is_empty() || none.next.is_some() {
            return Err("a word that stands nowhere was found, or not all cases were looked at".to_owned());
        }
        self.search_again.push(ms);
        Ok(())
    }

    fn rows(&self) -> Vec<Row> {
        let row = |what: &str, times: &[f64], note: &str| {
            let ms = median(times);
            Row::new(what, format!("{ms:.1} ms")).target("<= 100 ms", ms <= SCREEN).note(note)
        };
        vec![
            row(
                "list of 5,000 cases, first screen",
                &self.list,
                "60 rows, right after signing in; by the clock, as the three below",
            ),
            row("timeline of one of them", &self.timeline, "all its entries"),
            row("search, first screen", &self.search, "when 60 cases were read so far"),
            row("search for what stands nowhere", &self.search_again, "all 5,000 are looked through"),
        ]
    }
}

/// Opens the cases as the application does, then fills them to the wanted length.
fn make(folder: &Path) -> Result<Secrets, String> {
    let drawer = Drawer::default();
    let mut doubles = Doubles::new(START, Box::new(drawer.clone()));
    doubles.ports.entropy = Box::new(Seeded::from(*b"a large record. "));
    let mut house = House::given(folder, doubles).map_err(|fault| fault.to_string())?;
    house.app.set_up(&set_up(&default_people())).map_err(|fault| fault.to_string())?;
    house.learn_people();
    let mut walk = Walk::new(house);
    match walk.perform("open-case", Map::new()) {
        Ended::Done => {}
        other @ (Ended::Refused(..) | Ended::Trouble(..)) => return Err(format!("the first case: {other:?}")),
    }
    walk.house.app.lock();
    drop(walk);
    let secrets = drawer.secrets();
    let locked = found(folder)?;
    let person = first_of(&locked)?;
    let device = device(&locked, &secrets)?;
    let opened = locked.unlock(&person, &Passphrase::new(PASSPHRASE.to_owned()), Some(&device));
    let mut vault = opened.map_err(|(_, error)| error.to_string())?;
    fill(&mut vault, &person)?;
    Ok(secrets)
}

/// Further cases like the first, each with remarks.
fn fill(vault: &mut Vault<Open>, person: &PersonId) -> Result<(), String> {
    let wrong = |error: trail_store::StoreError| error.to_string();
    let first = vault.cases().map_err(wrong)?.pop().ok_or("there is no case")?;
    let opening: Vec<Event> = vault.events(&first).map_err(wrong)?.into_iter().map(|entry| entry.event).collect();
    let admitted: Vec<PersonId> = vault.labels().into_iter().map(|label| label.id).collect();
    let at: Moment = Moment::try_from("2026-11-22T10:00:00Z".to_owned()).map_err(|_| "a moment".to_owned())?;
    let entropy = Seeded::from(*b"further cases.  ");
    for number in 1..CASES {
        let case = trail_domain::ids::CaseId::from_bytes((number as u128 + 7).to_be_bytes());
        let mut events = opening.clone();
        for event in &mut events {
            if let Event::CaseOpened { case: named, reference, .. } = event {
                named.clone_from(&case);
                let text = format!("HB-2026-{:04}", number + 1);
                *reference = trail_domain::ids::CaseReference::try_from(text).map_err(|_| "a reference".to_owned())?;
            }
        }
        let so_far = vault.open_case(&case, &admitted, at, person, &events, &entropy).map_err(wrong)?;
        let left = (ENTRIES.saturating_sub(so_far.0) / (CASES - number) as u64).saturating_sub(events.len() as u64 + 5);
        let words = |number: u64| Words::new(&format!("Remark {number}.")).map_err(|_| "words".to_owned());
        let remarks: Result<Vec<Event>, String> =
            (0..left).map(|number| Ok(Event::NoteAdded { words: words(number)? })).collect();
        vault.append(Some(&case), &remarks?, at, &Signer::Person(person), &entropy).map_err(wrong)?;
    }
    Ok(())
}

fn found(folder: &Path) -> Result<Vault<trail_store::Locked>, String> {
    match Vault::find(&folder.join("store")).map_err(|error| error.to_string())? {
        Found::Locked(vault) => Ok(vault),
        Found::NoStore => Err("there is no store".to_owned()),
    }
}

fn first_of(locked: &Vault<trail_store::Locked>) -> Result<PersonId, String> {
    let jo = locked.labels().into_iter().find(|label| label.initials.as_str() == "JS");
    jo.map(|label| label.id).ok_or_else(|| "Jo Stirling is not enrolled".to_owned())
}

fn device(locked: &Vault<trail_store::Locked>, secrets: &Secrets) -> Result<trail_store::DeviceSecret, String> {
    let kept = secrets.get(locked.store().as_str()).ok_or("the keychain holds no secret")?;
    let bytes: [u8; 32] = kept.as_slice().try_into().map_err(|_| "the secret has 32 bytes".to_owned())?;
    Ok(trail_store::DeviceSecret::new(bytes))
}
