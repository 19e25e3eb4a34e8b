//! The continuity of an exhibit, put together from the entries of the case: nothing is recorded twice for it.

use trail_domain::case::{Case, Document, Stamp};
use trail_domain::event::capture::Exhibit;
use trail_domain::event::handing::HandOverEnd;
use trail_domain::ids::Hash;

use super::exhibits;
use crate::phrases::Phrases;

/// What happened to an exhibit.
pub(crate) struct Row<'a> {
    /// When, by whom, at which entry.
    pub(crate) stamp: &'a Stamp,
    /// What happened, in words.
    pub(crate) what: String,
}

/// All that happened to an exhibit, oldest first.
pub(crate) fn rows<'a>(case: &'a Case, exhibit: &Exhibit, phrases: &Phrases) -> Vec<Row<'a>> {
    let say = |key: &str, places: &[(&str, &str)]| phrases.say(&format!("continuity.{key}"), places);
    let mark = exhibit.mark.to_string();
    let mut rows = Vec::new();
    let kept = case.exhibits().iter().find(|(_, _, other)| other.mark == exhibit.mark);
    rows.extend(kept.map(|(stamp, _, _)| Row { stamp, what: say("kept", &[]) }));
    for viewed in case.viewed().iter().filter(|viewed| viewed.mark == exhibit.mark) {
        let shown = exhibits::pictures(exhibit).into_iter().find(|(_, file)| file.sha256 == viewed.sha256);
        let label = shown.map_or_else(|| viewed.sha256.to_string(), |(picture, _)| picture.label);
        rows.push(Row { stamp: &viewed.stamp, what: say("viewed", &[("picture", label.as_str())]) });
    }
    let volumes = || binding(case, exhibit);
    for volume in volumes() {
        let what = say("bound", &[("file", volume.made.name.as_str())]);
        rows.push(Row { stamp: &volume.stamp, what });
    }
    let of_volume = |sha256: &Hash| volumes().any(|volume| is_file_of(volume, sha256));
    for (stamp, copy) in case.copies().iter().filter(|(_, copy)| of_volume(&copy.sha256)) {
        let places = [("file", copy.name.as_str()), ("place", copy.place.as_str())];
        rows.push(Row { stamp, what: say("copy-saved", &places) });
    }
    for printed in case.printed().iter().filter(|printed| printed.mark == exhibit.mark) {
        let (copy, holder) = (printed.copy.to_string(), printed.holder.as_str());
        rows.push(Row { stamp: &printed.stamp, what: say("printed", &[("copy", copy.as_str()), ("holder", holder)]) });
    }
    for known in case.hand_overs() {
        let given = &known.given;
        let has_file = exhibit.files.iter().any(|file| given.pictures.contains(&file.sha256));
        if !has_file && !given.documents.iter().any(of_volume) {
            continue;
        }
        let number = given.number.to_string();
        let places = [
            ("number", number.as_str()),
            ("to", given.to.as_str()),
            ("organisation", given.organisation.as_str()),
            ("reference", given.reference.as_str()),
            ("medium", given.medium.as_str()),
            ("serial", given.serial.as_str()),
        ];
        rows.push(Row { stamp: &known.stamp, what: say("handed-over", &places) });
        for (stamp, how, words) in &known.ended {
            let how = match how {
                HandOverEnd::Returned => "returned",
                HandOverEnd::Wiped => "wiped",
                HandOverEnd::NotWritten => "not-written",
            };
            let places = [("number", number.as_str()), ("words", words.as_str())];
            rows.push(Row { stamp, what: say(how, &places) });
        }
    }
    // Custody is recorded of things by their names; one that is named by the exhibit's mark is this one.
    for (stamp, _, custodian, place) in case.custody().iter().filter(|(_, item, _, _)| item.as_str() == mark) {
        let places = [("custodian", custodian.as_str()), ("place", place.as_str())];
        rows.push(Row { stamp, what: say("custody", &places) });
    }
    if let Some(halt) = case.last_halt().filter(|halt| halt.sealed.contains(&exhibit.mark)) {
        rows.push(Row { stamp: &halt.stamp, what: say("sealed", &[]) });
    }
    rows.sort_by_key(|row| row.stamp.seq);
    rows
}

/// The volumes that bind an exhibit. Entries from before it was recorded which they bind say nothing.
fn binding<'a>(case: &'a Case, exhibit: &Exhibit) -> impl Iterator<Item = &'a Document> {
    let mark = exhibit.mark.clone();
    case.documents().iter().filter(move |document| document.made.binds.contains(&mark))
}

fn is_file_of(document: &Document, sha256: &Hash) -> bool {
    document.made.sha256 == *sha256 || document.signatures.iter().any(|(_, signed)| signed.sha256 == *sha256)
}
