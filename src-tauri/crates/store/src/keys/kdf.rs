//! From a passphrase to key material: Argon2id (RFC 9106), its cost, and the bounds within which a cost is accepted.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Key;

/// What one try of a passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfCost {
    /// Memory in KiB.
    memory_kib: u32,
    /// Passes over the memory.
    passes: u32,
    /// Lanes.
    lanes: u32,
}

impl KdfCost {
    /// The least that is accepted: 64 MiB and 3 passes (RFC 9106 section 4, second choice, on one lane).
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// The most that is accepted: a key file cannot make the app take all memory.
    const CEILING: Self = Self { memory_kib: 1024 * 1024, passes: 20, lanes: 4 };

    /// The cost that takes about `target` seconds on this computer, never below [`Self::FLOOR`]. `measure` says
    /// how many seconds [`Self::rehearse`] takes at a cost.
    pub fn calibrate(target: f64, mut measure: impl FnMut(&Self) -> f64) -> Self {
        let mut cost = Self::FLOOR;
        let mut taken = measure(&cost);
        if taken * 2.0 < target {
            cost.memory_kib *= 2;
            taken = measure(&cost);
        }
        let wanted = f64::from(cost.passes) * target / taken.max(0.001);
        while f64::from(cost.passes + 1) <= wanted && cost.passes < Self::CEILING.passes {
            cost.passes += 1;
        }
        cost
    }

    /// Runs once with nothing secret, so that the caller can take the time. True where it ran.
    #[must_use]
    pub fn rehearse(&self) -> bool {
        self.material(b"rehearsal", &[0; 16]).is_some()
    }

    /// Whether the cost lies within the bounds. Looked at before anything runs.
    pub(crate) fn is_within_bounds(&self) -> bool {
        (Self::FLOOR.memory_kib..=Self::CEILING.memory_kib).contains(&self.memory_kib)
            && (Self::FLOOR.passes..=Self::CEILING.passes).contains(&self.passes)
            && (Self::FLOOR.lanes..=Self::CEILING.lanes).contains(&self.lanes)
    }

    /// Argon2id of the passphrase; none where the cost is out of bounds. The work memory is wiped.
    pub(crate) fn material(&self, passphrase: &[u8], salt: &[u8; 16]) -> Option<Key> {
        if !self.is_within_bounds() {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok()?;
        let mut memory = Zeroizing::new(vec![Block::default(); params.block_count()]);
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(passphrase, salt, &mut *out, memory.as_mut_slice())
            .ok()?;
        Some(Key(Box::new(out)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn cost(memory_kib: u32, passes: u32, lanes: u32) -> KdfCost {
        KdfCost { memory_kib, passes, lanes }
    }

    #[test]
    fn a_cost_out_of_bounds_never_runs() {
        for bad in [
            cost(19 * 1024, 3, 1),
            cost(64 * 1024, 2, 1),
            cost(u32::MAX, 3, 1),
            cost(64 * 1024, 21, 1),
            cost(64 * 1024, 3, 9),
        ] {
            assert!(bad.material(b"lantern", &[1; 16]).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn every_input_changes_the_material() {
        let base = KdfCost::FLOOR.material(b"lantern", &[1; 16]).unwrap();
        assert_eq!(base, KdfCost::FLOOR.material(b"lantern", &[1; 16]).unwrap());
        assert_ne!(base, KdfCost::FLOOR.material(b"lanterN", &[1; 16]).unwrap());
        assert_ne!(base, KdfCost::FLOOR.material(b"lantern", &[2; 16]).unwrap());
        assert_ne!(base, cost(64 * 1024, 4, 1).material(b"lantern", &[1; 16]).unwrap());
    }

    #[test]
    fn calibration_meets_its_target_and_keeps_the_floor() {
        let seconds = |cost: &KdfCost| f64::from(cost.memory_kib) * f64::from(cost.passes) * 1e-6;
        let met = KdfCost::calibrate(0.5, seconds);
        assert!(met.is_within_bounds() && seconds(&met) > 0.35 && seconds(&met) <= 0.5, "{met:?}");
        assert_eq!(KdfCost::calibrate(0.5, |_| 9.0), KdfCost::FLOOR);
        assert!(KdfCost::calibrate(1e9, |_| 1e-9).is_within_bounds());
    }
}
