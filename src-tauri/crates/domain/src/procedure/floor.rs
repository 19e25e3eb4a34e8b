//! The floor under every pack: what no pack may weaken.
//!
//! - Indecent images of children (generated ones too), prohibited images (drawn ones too) and extreme pornography:
//!   capture is forbidden, and the school does not review.
//! - Before every capture comes the gate.
//! - At least two senior people review; the person concerned is not one of them.
//! - Nothing is disposed of while a hold stands.
//!
//! A pack names each of these: a category by `legal`, a step by `safeguard`. What it lacks or weakens is refused by
//! the entry's name. The procedure keeps the floor whatever the pack says; the check is there so that no school reads
//! a pack that promises less.

use crate::pack::{CaptureRule, Category, Legal, PolicyPack, Rating, Safeguard, Stage, Step};

/// An entry of the floor that a pack does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FloorBreach {
    entry: &'static str,
    what: String,
    instead: String,
    at: Option<usize>,
}

impl FloorBreach {
    /// The entry's name, as packs write it.
    pub(crate) fn entry(&self) -> &'static str {
        self.entry
    }

    /// What is wrong.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }

    /// What to write instead.
    pub(crate) fn instead(&self) -> &str {
        &self.instead
    }

    /// The byte of the pack's text where it is weakened; none where it is lacking.
    pub(crate) fn at(&self) -> Option<usize> {
        self.at
    }
}

/// Images that are never captured and never reviewed by a school, with the word by which packs name them.
const FORBIDDEN: [(Legal, &str); 3] = [
    (Legal::IndecentImages, "indecent-images"),
    (Legal::ProhibitedImages, "prohibited-images"),
    (Legal::ExtremePornography, "extreme-pornography"),
];

/// Safeguards that a required step of this stage carries, with the word by which packs name them.
const CARRIED: [(Safeguard, &str, Stage); 4] = [
    (Safeguard::TwoPeople, "two-people", Stage::Group),
    (Safeguard::SubjectExcluded, "subject-excluded", Stage::Group),
    (Safeguard::Gate, "gate", Stage::Review),
    (Safeguard::Hold, "hold", Stage::Retained),
];

/// Holds a pack against the floor: each entry that it does not keep, once.
///
/// - A category of a forbidden kind is lacking, is not rated illegal, may be captured, or may be reviewed by the school.
/// - No step carries a safeguard, or one that does is not required or stands in another stage.
pub(crate) fn breaches(pack: &PolicyPack) -> impl Iterator<Item = FloorBreach> {
    let images = FORBIDDEN.into_iter().map(|(legal, entry)| {
        let mut of_this_kind = pack.categories().iter().filter(|category| category.legal() == Some(legal)).peekable();
        if of_this_kind.peek().is_none() {
            return Err(lacking(entry, "no category has it", format!("add a category with legal = \"{entry}\"")));
        }
        of_this_kind.try_for_each(|category| check_forbidden(category, entry))
    });
    let safeguards = CARRIED.into_iter().map(|(safeguard, entry, stage)| {
        let mut carriers = pack.steps().iter().filter(|step| step.safeguard() == Some(safeguard)).peekable();
        if carriers.peek().is_none() {
            let instead = format!("add safeguard = \"{entry}\" to a required step of the stage \"{}\"", stage.id());
            return Err(lacking(entry, "no step carries it", instead));
        }
        carriers.try_for_each(|step| check_carried(step, entry, stage))
    });
    images.chain(safeguards).filter_map(Result::err)
}

fn check_forbidden(category: &Category, entry: &'static str) -> Result<(), FloorBreach> {
    let weakened = |what: String, instead: &str| {
        Err(FloorBreach { entry, what, instead: instead.to_owned(), at: Some(category.at()) })
    };
    let id = category.id();
    if category.capture() != CaptureRule::Forbidden {
        return weakened(format!("the category \"{id}\" may be captured"), "write capture = \"forbidden\"");
    }
    if category.route().allows_review() {
        let instead = "write route = \"child-protection\" or \"police-first\"";
        return weakened(format!("the category \"{id}\" may be reviewed by the school"), instead);
    }
    if category.rating() != Rating::Illegal {
        return weakened(format!("the category \"{id}\" is not rated illegal"), "write rating = \"illegal\"");
    }
    Ok(())
}

fn check_carried(step: &Step, entry: &'static str, stage: Stage) -> Result<(), FloorBreach> {
    let weakened = |what: String, instead: String| Err(FloorBreach { entry, what, instead, at: Some(step.at()) });
    let id = step.id();
    if step.stage() != stage {
        let what = format!("the step \"{id}\" that carries it is in the stage \"{}\"", step.stage().id());
        return weakened(what, format!("write stage = \"{}\"", stage.id()));
    }
    if !step.required() {
        return weakened(
            format!("the step \"{id}\" that carries it can be left out"),
            "write required = true".to_owned(),
        );
    }
    Ok(())
}

fn lacking(entry: &'static str, what: &str, instead: String) -> FloorBreach {
    FloorBreach { entry, what: what.to_owned(), instead, at: None }
}
