//! The timeline of a case: each ledger entry as one line of words.

use trail_domain::event::{Event, Recorded, Turn};
use trail_domain::ids::{Hash, Seq};

use super::{Scene, addresses, dates, exhibits, people, visits};
use crate::wire::case::TimelineRow;

/// One line for each entry, newest first.
pub(crate) fn rows(scene: &Scene<'_>, entries: &[Recorded], hashes: &[(Seq, Hash)]) -> Vec<TimelineRow> {
    // The store's own notes stand among the hashes and not among the events: each is found by its place.
    let hash = |seq: Seq| {
        let place = hashes.binary_search_by_key(&seq, |(at, _)| *at).ok();
        place.and_then(|place| hashes.get(place)).map_or_else(String::new, |(_, hash)| hash.to_string())
    };
    let row = |entry: &Recorded| TimelineRow {
        seq: entry.seq.to_string(),
        kind: entry.event.kind().to_owned(),
        at: dates::exact(entry.at),
        what: what(scene, &entry.event),
        who: people::name(scene.register, &entry.by),
        hash: hash(entry.seq).chars().take(8).collect(),
    };
    entries.iter().rev().map(row).collect()
}

/// What an entry is, in one line of words.
pub(crate) fn what(scene: &Scene<'_>, event: &Event) -> String {
    let (mark, address) = match event {
        Event::ExhibitKept { exhibit, .. } => (exhibit.mark.to_string(), exhibit.address.clone()),
        Event::Visited { visit, .. } => (String::new(), Some(visit.address.clone())),
        Event::GateAnswered { file: Some(file), .. } => {
            return scene.phrases.say("event.gate-answered-file", &[("file", &addresses::plain(&file.name))]);
        }
        Event::GateAnswered { address, .. } | Event::StoppedAndReferred { address, .. } => {
            (String::new(), Some(address.clone()))
        }
        Event::Halted { address, .. } => (String::new(), address.clone()),
        Event::Turn(Turn::LetThrough { given, .. }) => (String::new(), Some(given.leave.address.clone())),
        Event::StoreMade { .. }
        | Event::PackKept { .. }
        | Event::PolicyAdopted { .. }
        | Event::PersonEnrolled { .. }
        | Event::ComputerRegistered { .. }
        | Event::SignedIn { .. }
        | Event::SignedOut { .. }
        | Event::WrongPassphrases { .. }
        | Event::ClockSetBack { .. }
        | Event::CaseOpened { .. }
        | Event::ItemPreserved { .. }
        | Event::PreserveFinished { .. }
        | Event::Triaged { .. }
        | Event::HarmTested { .. }
        | Event::GroupFormed { .. }
        | Event::ComputerChosen { .. }
        | Event::SessionOpened { .. }
        | Event::ObserverConfirmed { .. }
        | Event::CaptureFailed { .. }
        | Event::SessionEnded { .. }
        | Event::ViewSealed { .. }
        | Event::FindingRecorded { .. }
        | Event::ActionsChosen { .. }
        | Event::Isolated { .. }
        | Event::DocumentMade { .. }
        | Event::DocumentSigned { .. }
        | Event::FormReturned { .. }
        | Event::CopySaved { .. }
        | Event::Retained { .. }
        | Event::Referred { .. }
        | Event::CustodyRecorded { .. }
        | Event::NoteAdded { .. }
        | Event::Corrected { .. }
        | Event::PassphraseChanged { .. }
        | Event::PersonRenewed { .. }
        | Event::PersonRemoved { .. }
        | Event::BackedUp { .. }
        | Event::BackupGone { .. }
        | Event::Restored { .. }
        | Event::AnchorBroken { .. }
        | Event::AnchorAccepted { .. }
        | Event::Migrated { .. }
        | Event::ExhibitsLeftOut { .. }
        | Event::DestructionAsked { .. }
        | Event::DestructionAgreed { .. }
        | Event::Erased { .. } => (String::new(), None),
        Event::Turn(Turn::ExhibitViewed { mark, .. } | Turn::ExhibitPrinted { mark, .. }) => (mark.to_string(), None),
        Event::Turn(_) => (String::new(), None),
    };
    let withheld = exhibits::addresses_withheld(scene);
    let address = match address {
        None => "no address".to_owned(),
        Some(_) if withheld => "address withheld".to_owned(),
        Some(address) => addresses::defanged(&address),
    };
    let did = if let Event::Visited { visit, .. } = event {
        visits::words(visit, withheld, scene.phrases)
    } else {
        String::new()
    };
    scene.phrases.say(&format!("event.{}", event.kind()), &[("mark", &mark), ("address", &address), ("did", &did)])
}
