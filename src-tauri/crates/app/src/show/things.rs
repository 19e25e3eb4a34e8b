//! What is stated of a device or an item, as label and value.

use trail_domain::event::capture::Exhibit;
use trail_domain::event::capture::thing::{Stated, Thing};

use super::fact;
use crate::wire::case::Fact;

/// The fields of the exhibit's device or item, in their order. None where it is none, or where the entry is from before
/// they were asked for.
pub(crate) fn fields(exhibit: &Exhibit) -> Vec<(&'static str, &Stated)> {
    match &exhibit.thing {
        None => Vec::new(),
        Some(Thing::Device(device)) => vec![
            ("Make", &device.make),
            ("Model", &device.model),
            ("Serial number", &device.serial),
            ("Owner", &device.owner),
            ("Location", &device.location),
            ("Handed over by", &device.handed_over_by),
            ("Handed over when", &device.handed_over_at),
            ("What was looked at", &device.looked_at),
        ],
        Some(Thing::Item(item)) => vec![
            ("Mark on the item", &item.mark),
            ("Description", &item.description),
            ("Seal number", &item.seal),
            ("Custodian", &item.custodian),
            ("Place", &item.place),
        ],
    }
}

/// The same as facts.
pub(crate) fn facts(exhibit: &Exhibit) -> Vec<Fact> {
    let value = |stated: &Stated| match stated {
        Stated::Recorded(words) => words.to_string(),
        Stated::NotRecorded(because) => format!("Not recorded, because {because}"),
    };
    fields(exhibit).into_iter().map(|(label, stated)| fact(label, value(stated))).collect()
}
