//! What a chart asks about a case: each answer is a fact of the record, never a guess.

use serde::Deserialize;

/// A fact that an edge of a chart can depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// A child is not safe now, or nobody knows.
    ChildNotSafe,
    /// The school may not review: by the category's route, or because the group took the illegal route.
    Illegal,
    /// It might be illegal: the category is rated so and its route is stricter than the school's own, or the group took
    /// the illegal route. A rating by itself is not enough: a source may rate copyright illegal.
    MightBeIllegal,
    /// The category's route is child protection.
    ChildProtection,
    /// It is settled without a review: the triage exit *log only*.
    LogOnly,
    /// The person concerned works or volunteers with children.
    WorksWithChildren,
    /// The harm test was answered: not met, and sure of it.
    HarmTestNotMet,
    /// The person concerned is a pupil.
    PupilConcerned,
    /// The person concerned is a member of staff.
    StaffConcerned,
    /// A member of staff is the one who was harmed.
    StaffHarmed,
    /// A pupil is the one who was harmed.
    PupilHarmed,
    /// It was done on purpose.
    Deliberate,
    /// The category is recorded on a second form too.
    SecondForm,
}

impl Fact {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::ChildNotSafe,
        Self::Illegal,
        Self::MightBeIllegal,
        Self::ChildProtection,
        Self::LogOnly,
        Self::WorksWithChildren,
        Self::HarmTestNotMet,
        Self::PupilConcerned,
        Self::StaffConcerned,
        Self::StaffHarmed,
        Self::PupilHarmed,
        Self::Deliberate,
        Self::SecondForm,
    ];
}
