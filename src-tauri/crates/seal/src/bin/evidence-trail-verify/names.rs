//! What the JSON calls a state, a wholeness and a signer.

use trail_seal::verify::{Standing, State, Wholeness};

pub(crate) fn state(state: State) -> &'static str {
    match state {
        State::Holds => "holds",
        State::DoesNotHold => "does-not-hold",
        State::NotChecked => "not-checked",
    }
}

pub(crate) fn wholeness(wholeness: Wholeness) -> &'static str {
    match wholeness {
        Wholeness::Intact => "intact",
        Wholeness::Altered => "altered",
        Wholeness::CannotTell => "cannot-tell",
    }
}

pub(crate) fn signer(standing: Standing) -> &'static str {
    match standing {
        Standing::Known => "known",
        Standing::Unknown => "unknown",
        Standing::NotCompared => "not-compared",
    }
}
