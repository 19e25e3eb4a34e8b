//! Randomness is an argument.

use std::cell::Cell;
use std::convert::Infallible;

use hpke::rand_core::{TryCryptoRng, TryRng};

use crate::keys::Key;

/// A source of random bytes fit for keys. The real one asks the operating system.
pub trait Entropy {
    /// Fills `out` with random bytes.
    fn fill(&self, out: &mut [u8]);
}

/// `N` random bytes.
pub(crate) fn draw<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut out = [0; N];
    entropy.fill(&mut out);
    out
}

/// Bytes drawn from a secret, for sealing that same secret where nobody hands over chance: while signing in. Whoever
/// could foresee them has what is sealed.
pub(crate) struct Drawn {
    from: Key,
    count: Cell<u64>,
}

impl Drawn {
    pub(crate) fn from(secret: &[u8], use_for: &[u8]) -> Self {
        Self { from: Key::from_material(b"evidence-trail/drawn/v1", secret, &[use_for]), count: Cell::new(0) }
    }
}

impl Entropy for Drawn {
    fn fill(&self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            let count = self.count.get();
            self.count.set(count.wrapping_add(1));
            chunk.copy_from_slice(&self.from.name(&[&count.to_be_bytes()])[..chunk.len()]);
        }
    }
}

/// [`Entropy`] in the shape that HPKE asks for.
pub(crate) struct Draw<'a>(pub(crate) &'a dyn Entropy);

impl TryRng for Draw<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(draw(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(draw(self.0)))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(out);
        Ok(())
    }
}

impl TryCryptoRng for Draw<'_> {}
