//! What HALT left of a case: whether it stands, what the police said since, and which exhibits are sealed.

use super::{Case, CaseRelease, ComputerRelease, Exhibit, Halt, Stamp};
use crate::event::release::Verdict;

impl Case {
    /// HALT, while it stands: from the key until the police release the case.
    #[must_use]
    pub fn halt(&self) -> Option<&Halt> {
        self.halts.last().filter(|halt| halt.released.is_none())
    }

    /// The newest HALT, whether or not the case was released since.
    #[must_use]
    pub fn last_halt(&self) -> Option<&Halt> {
        self.halts.last()
    }

    /// The first HALT. From it on addresses are withheld in whatever is made of the case.
    #[must_use]
    pub fn first_halt(&self) -> Option<&Halt> {
        self.halts.first()
    }

    /// Whether HALT was ever pressed in the case. Nothing is captured in it from then on, for good.
    #[must_use]
    pub fn was_halted(&self) -> bool {
        !self.halts.is_empty()
    }

    /// The release of the case, where no HALT stands any more.
    #[must_use]
    pub fn release(&self) -> Option<&(Stamp, CaseRelease)> {
        self.last_halt()?.released.as_ref()
    }

    /// Releases of the computer that were recorded in this case, oldest first.
    #[must_use]
    pub fn computer_releases(&self) -> &[(Stamp, ComputerRelease)] {
        &self.computer_released
    }

    /// Whether the pictures of this exhibit are sealed: every HALT seals all that were kept, and only *not illegal*,
    /// naming the exhibit, unseals it.
    #[must_use]
    pub fn is_sealed(&self, exhibit: &Exhibit) -> bool {
        let Some(halt) = self.last_halt() else { return false };
        if exhibit.files.is_empty() {
            return false;
        }
        let unsealed = halt.released.as_ref().is_some_and(|(_, release)| {
            let named = release.exhibits.contains(&exhibit.mark);
            match release.verdict {
                Verdict::NotIllegal => named,
                Verdict::SchoolMayProceed | Verdict::NoFurtherAction | Verdict::DirectedToDispose => false,
            }
        });
        !unsealed
    }
}
