//! What keeping the store shows within a case: destructions, and backups that may hold its pictures.

use trail_domain::case::Destruction;
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::ids::PersonId;

use super::{Scene, dates, people};
use crate::wire::store::{BackupRow, DestructionRow};

/// The destructions that were asked for, newest first.
pub(crate) fn destructions(scene: &Scene<'_>) -> Vec<DestructionRow> {
    scene.case.destructions().iter().rev().map(|request| row(scene, request)).collect()
}

/// Backups that are not known to be gone and were made after the first picture of the case was kept. A backup tells
/// nothing of what is in it, so each of these may hold it.
pub(crate) fn holding_pictures(scene: &Scene<'_>) -> Vec<BackupRow> {
    let pictured = scene.case.exhibits().iter().find(|(_, _, exhibit)| !exhibit.files.is_empty());
    let Some((first, ..)) = pictured else { return Vec::new() };
    let holding = scene.backups.iter().filter(|(told, _, row)| row.gone.is_none() && *told > first.seq);
    holding.map(|(.., row)| row.clone()).collect()
}

fn row(scene: &Scene<'_>, request: &Destruction) -> DestructionRow {
    let who = |by: &PersonId, at| format!("{}, {}", people::name(scene.register, by), dates::full(at));
    let (entry, what) = match request.target {
        DestructionTarget::Case => (None, scene.phrases.say("destruction.case", &[])),
        DestructionTarget::Entry { entry } => {
            let number = entry.to_string();
            let words = scene.phrases.say("destruction.entry", &[("entry", number.as_str())]);
            (Some(number), words)
        }
    };
    let done = match request.target {
        DestructionTarget::Case => false,
        DestructionTarget::Entry { entry } => scene.case.erased().iter().any(|(_, gone)| *gone == entry),
    };
    DestructionRow {
        asked: request.asked.seq.to_string(),
        entry,
        what,
        ground: request.ground.to_string(),
        asked_by: who(&request.asked.by, request.asked.at),
        agreed_by: request.agreed.as_ref().map(|stamp| who(&stamp.by, stamp.at)),
        done,
    }
}
