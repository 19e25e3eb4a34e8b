//! Acts of journeys that no script has: saving, restoring, destroying.

use std::path::{Path, PathBuf};

use trail_app::Fault;
use trail_app::wire::Answer;
use trail_app::wire::store::Restore;
use trail_domain::ids::Hash;

use crate::house::PASSPHRASE;
use crate::perform::{Ended, Walk};

use super::keeping::MEDIUM;
use super::line::Ack;
use super::points::{asked, kit};

/// What a certificate of destruction is called.
pub(super) const CERTIFICATE: &str = "Certificate of destruction.pdf";

/// Saves every document of the case that can be read.
pub(super) fn save(walk: &mut Walk, ack: &mut Ack) -> Ended {
    let Some(view) = walk.view() else { return Ended::Trouble("no-case".to_owned(), String::new()) };
    for document in view.documents.iter().filter(|document| document.readable) {
        match walk.save(&document.sha256) {
            Ok(saved) => {
                let path = Path::new(&saved.path);
                let bytes = std::fs::read(path).unwrap_or_default();
                if Hash::of(&bytes).to_string() != document.sha256 {
                    return Ended::Trouble("saved-otherwise".to_owned(), saved.path);
                }
                note_saved(walk, path, &bytes, ack);
            }
            Err(stop) => return Ended::Trouble("not-saved".to_owned(), stop.to_string()),
        }
    }
    Ended::Done
}

/// Opens the backup on the medium with the codes of the kit.
pub(super) fn look_at_backup(walk: &mut Walk) -> Ended {
    let folder = walk.house.folder().to_owned();
    let codes = match kit(&folder) {
        Ok(codes) => codes,
        Err(wrong) => return Ended::Trouble("no-kit".to_owned(), wrong),
    };
    let looked = walk.house.app.look_at_backup(&folder.join(MEDIUM).to_string_lossy(), &codes);
    match looked {
        Ok(view) => {
            // Nobody is known on a new computer before a backup was looked at.
            walk.house.people.extend(view.people.into_iter().map(|person| (person.initials, person.id)));
            Ended::Done
        }
        Err(fault) => trouble(walk, &fault),
    }
}

/// Restores the backup that was looked at; Jo Stirling is signed in.
pub(super) fn restore(walk: &mut Walk) -> Ended {
    let form = Restore {
        person: walk.house.id("JS"),
        passphrase: PASSPHRASE.to_owned(),
        halted: Vec::new(),
        same_computer: false,
        computer_name: "HB-REVIEW-02".to_owned(),
        asset_tag: "HB-0418".to_owned(),
        serial: "5CG0124XYZ".to_owned(),
        location: "Safeguarding office, room 2.04".to_owned(),
        reason: "The disk of the first computer failed".to_owned(),
        custody: "In the office safe".to_owned(),
    };
    let restored = walk.house.app.restore(&form).map(drop);
    restored.map_or_else(|fault| trouble(walk, &fault), |()| Ended::Done)
}

/// The head destroys what two people agreed on.
pub(super) fn destroy(walk: &mut Walk, ack: &mut Ack) -> Ended {
    let (case, head) = (walk.case.clone(), walk.house.id("AO"));
    let Some(asked) = asked(walk) else { return Ended::Trouble("nobody-asked".to_owned(), String::new()) };
    let ended = match walk.house.app.destroy(&case, &asked, &head, PASSPHRASE) {
        Ok(Answer::Done { .. } | Answer::Destroyed { .. }) => Ended::Done,
        Ok(Answer::Refused { refused }) => Ended::Refused(refused.code, None),
        Ok(Answer::Trouble { trouble }) => Ended::Trouble(trouble.code, trouble.happened),
        Ok(Answer::Halted { .. } | Answer::Stopped { .. }) => Ended::Trouble("halted".to_owned(), String::new()),
        Err(fault) => trouble(walk, &fault),
    };
    if ended == Ended::Done {
        for path in certificates(&walk.house.folder().join("outgoing")) {
            // Reading it is disturbed as well; then there is nothing to compare with.
            if let Ok(bytes) = std::fs::read(&path) {
                note_saved(walk, &path, &bytes, ack);
            }
        }
    }
    ended
}

/// Takes down that a file was saved.
fn note_saved(walk: &Walk, path: &Path, bytes: &[u8], ack: &mut Ack) {
    let within = path.strip_prefix(walk.house.folder()).unwrap_or(path);
    ack.saved.push((within.to_string_lossy().into_owned(), Hash::of(bytes).to_string()));
}

fn certificates(outgoing: &Path) -> Vec<PathBuf> {
    let cases = std::fs::read_dir(outgoing).into_iter().flatten().filter_map(Result::ok);
    cases.map(|case| case.path().join(CERTIFICATE)).filter(|path| path.is_file()).collect()
}

fn trouble(walk: &Walk, fault: &Fault) -> Ended {
    let words = fault.in_words(walk.house.app.phrases());
    Ended::Trouble(words.code, words.happened)
}
