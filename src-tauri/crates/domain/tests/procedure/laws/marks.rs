//! Marks: each is used once in its case, also where the exhibit that had it was destroyed.

use std::collections::BTreeSet;

use trail_domain::case::Case;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::ExhibitMark;

use super::{Came, Held};
use crate::tally::Tally;

pub(super) fn never_again(came: &Came<'_>, tally: &mut Tally) -> Held {
    let log = &came.world.log;
    let mark = |entry: &Recorded| {
        if let Event::ExhibitKept { exhibit, .. } = &entry.event { Some(exhibit.mark.clone()) } else { None }
    };
    let used: Vec<ExhibitMark> = log.iter().filter_map(mark).collect();
    let once: BTreeSet<String> = used.iter().map(ToString::to_string).collect();
    if once.len() != used.len() {
        return Err("a mark was used twice");
    }
    let kept = came.answer.events.iter().filter(|event| matches!(event, Event::ExhibitKept { .. })).count();
    tally.notes("marks given", kept as u64);
    if !came.looks_back || used.is_empty() {
        return Ok(());
    }
    // As the store reads the case after an erasure: without the entry that was erased.
    let gone: Vec<_> = came.world.case.erased().iter().map(|(_, entry)| *entry).collect();
    let left: Vec<Recorded> = log.iter().filter(|entry| !gone.contains(&entry.seq)).cloned().collect();
    let Ok(case) = Case::replay(&left) else { return Err("what is left after an erasure does not make a case") };
    tally.notes("read after an erasure", u64::from(!gone.is_empty()));
    let again = used.iter().any(|mark| once.contains(&case.next_mark(mark.initials()).to_string()));
    if again { Err("the mark of an exhibit that was destroyed would be given again") } else { Ok(()) }
}
