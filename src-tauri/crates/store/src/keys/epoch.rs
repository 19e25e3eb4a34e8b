//! The store's two keys, and how they are sealed to those who may open it. A re-key begins a new epoch; it needs
//! nobody's passphrase, and leaves out whoever was removed.

use serde::{Deserialize, Serialize};
use trail_domain::ids::StoreId;
use zeroize::Zeroizing;

use super::{Key, seal};
use crate::entropy::Entropy;

/// What opens a store, for as long as an epoch lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoreKeys {
    /// Counts the re-keyings, from 1.
    pub(crate) epoch: u32,
    /// Opens the database.
    pub(crate) data: Key,
    /// Seals what belongs to no case. Stays the same when the store is re-keyed: entries are not written again.
    pub(crate) store: Key,
}

/// [`StoreKeys`] for one holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SealedKeys {
    pub(crate) epoch: u32,
    sealed: String,
}

impl StoreKeys {
    pub(crate) fn random(entropy: &dyn Entropy) -> Self {
        Self { epoch: 1, data: Key::random(entropy), store: Key::random(entropy) }
    }

    /// The keys of a store of version 1, where one came from the other.
    pub(crate) fn of_version_1(epoch: u32, data: Key) -> Self {
        let store = data.derive(&[b"evidence-trail/store-body/v1"]);
        Self { epoch, data, store }
    }

    /// The keys of the next epoch.
    pub(crate) fn next(&self, entropy: &dyn Entropy) -> Self {
        Self { epoch: self.epoch.saturating_add(1), data: Key::random(entropy), store: self.store.clone() }
    }

    /// Seals them to a holder (a person, or recovery). None where the public key is no point.
    pub(crate) fn seal_to(
        &self,
        public: &[u8; 32],
        store: &StoreId,
        holder: &str,
        entropy: &dyn Entropy,
    ) -> Option<SealedKeys> {
        let both = Zeroizing::new([*self.data.bytes(), *self.store.bytes()].concat());
        let sealed = seal::seal_bytes_to(public, &aad(store, self.epoch, holder), &both, entropy)?;
        Some(SealedKeys { epoch: self.epoch, sealed: hex::encode(sealed) })
    }
}

impl SealedKeys {
    /// Opens them with the holder's seed.
    pub(crate) fn open(&self, seed: &Key, store: &StoreId, holder: &str) -> Option<StoreKeys> {
        let sealed = hex::decode(&self.sealed).ok()?;
        let both = seal::open_bytes_from(seed, &aad(store, self.epoch, holder), &sealed)?;
        let (data, rest) = both.split_at_checked(32)?;
        Some(StoreKeys { epoch: self.epoch, data: Key::take(data)?, store: Key::take(rest)? })
    }
}

fn aad(store: &StoreId, epoch: u32, holder: &str) -> Vec<u8> {
    let mut aad = b"evidence-trail/store-keys/v2\0".to_vec();
    aad.extend(epoch.to_be_bytes());
    aad.extend(store.as_str().as_bytes());
    aad.push(0);
    aad.extend(holder.as_bytes());
    aad
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    struct Seven;

    impl Entropy for Seven {
        fn fill(&self, out: &mut [u8]) {
            out.fill(7);
        }
    }

    #[test]
    fn sealed_keys_open_for_their_holder_in_their_store_and_epoch() {
        let (store, other) = (StoreId::from_bytes([1; 16]), StoreId::from_bytes([2; 16]));
        let seed = Key::new([3; 32]);
        let keys = StoreKeys::random(&Seven).next(&Seven);
        let sealed = keys.seal_to(&seal::public_of(&seed), &store, "jo", &Seven).unwrap();
        assert_eq!(sealed.open(&seed, &store, "jo").unwrap(), keys);
        assert!(sealed.open(&Key::new([4; 32]), &store, "jo").is_none());
        assert!(sealed.open(&seed, &other, "jo").is_none());
        assert!(sealed.open(&seed, &store, "priya").is_none());
        let moved = SealedKeys { epoch: 1, ..sealed };
        assert!(moved.open(&seed, &store, "jo").is_none());
    }
}
