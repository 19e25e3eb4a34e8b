//! Domain into words and wire views. No rule lives here: what is done, next and refused comes from the core.

pub(crate) mod addresses;
pub(crate) mod case;
pub(crate) mod chart;
pub(crate) mod continuity;
pub(crate) mod dates;
pub(crate) mod exhibits;
pub(crate) mod halt;
pub(crate) mod handing;
pub(crate) mod keeping;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod marks;
pub(crate) mod outcome;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod signing;
pub(crate) mod sizes;
pub(crate) mod stages;
pub(crate) mod statement;
pub(crate) mod summary;
pub(crate) mod termly;
pub(crate) mod terms;
pub(crate) mod things;
pub(crate) mod timeline;
pub(crate) mod turns;
pub(crate) mod visits;

use trail_domain::case::Case;
use trail_domain::ids::Seq;
use trail_domain::pack::{PolicyPack, Stage};
use trail_domain::refusal::Refusal;
use trail_domain::register::Register;
use trail_domain::time::Moment;

use crate::phrases::Phrases;
use crate::wire::case::{Choice, Fact};
use crate::wire::store::BackupRow;
use crate::wire::{Clause, Refused};

/// What every view is made from.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) case: &'a Case,
    pub(crate) pack: &'a PolicyPack,
    pub(crate) register: &'a Register,
    pub(crate) phrases: &'a Phrases,
    pub(crate) now: &'a trail_domain::procedure::Now<'a>,
    pub(crate) backups: &'a [(Seq, Moment, BackupRow)],
    /// Which days are working days.
    pub(crate) calendar: &'a trail_domain::pack::Calendar,
}

/// A label and its value.
pub(crate) fn fact(label: &str, value: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), value: value.into(), mono: false }
}

/// A label and a value in the typewriter face.
pub(crate) fn mono(label: &str, value: impl Into<String>) -> Fact {
    Fact { label: label.to_owned(), value: value.into(), mono: true }
}

/// The pack's clause for a stage.
pub(crate) fn clause(pack: &PolicyPack, stage: Stage) -> Option<Clause> {
    let step = pack.step_for(stage)?;
    let row = pack.steps().iter().position(|other| other.id() == step.id())?;
    Some(Clause {
        clause: step.clause().to_owned(),
        title: step.title().to_owned(),
        instruction: step.instruction().to_owned(),
        row: u32::try_from(row).ok()?,
    })
}

/// What an action of a table of the pack is called; its id where the table does not have it.
pub(crate) fn action_label(pack: &PolicyPack, table: &str, action: &str) -> String {
    pack.sanctions(table).and_then(|table| table.action(action)).unwrap_or(action).to_owned()
}

/// A policy pack to choose at set-up.
pub(crate) fn pack_choice(pack: &PolicyPack) -> Choice {
    Choice {
        id: pack.id().to_owned(),
        label: pack.title().to_owned(),
        hint: Some(pack.summary().to_owned()),
        refused: None,
    }
}

/// A refusal in words, with its clause.
pub(crate) fn refused(refusal: &Refusal, pack: &PolicyPack, phrases: &Phrases) -> Refused {
    let code = refusal.code().as_str();
    let opens = refusal.opens().map(|stage| phrases.say(&format!("stage.{}.title", stage.id()), &[]));
    let places = [("stage", opens.as_deref().unwrap_or_default())];
    Refused {
        code: code.to_owned(),
        happened: phrases.say(&format!("refusal.{code}.happened"), &places),
        todo: phrases.say(&format!("refusal.{code}.todo"), &places),
        clause: clause(pack, refusal.stage()),
        opens: refusal.opens().map(|stage| stage.id().to_owned()),
    }
}
