//! The key of the school's own authority: sealed to each pair of people so that neither opens it alone, and to the
//! recovery key.

use rusqlite::{Connection, OptionalExtension};
use trail_domain::ids::{PersonId, Seq, StoreId};
use zeroize::Zeroizing;

use super::super::{Open, Vault};
use super::{Allowed, Warrant};
use crate::entropy::Entropy;
use crate::error::StoreError;
use crate::keyfile::RECOVERY;
use crate::keys::{Key, seal};

/// What shares are made from, and where they are kept; part of the caller's transaction.
pub(in crate::vault) struct Shares<'a> {
    pub(in crate::vault) connection: &'a Connection,
    pub(in crate::vault) store: &'a StoreId,
    /// The last entry.
    pub(in crate::vault) seq: Seq,
    pub(in crate::vault) authority: &'a [u8],
    pub(in crate::vault) entropy: &'a dyn Entropy,
}

impl Shares<'_> {
    /// Seals the key to every two of these people, or to every two of whom one is `only`.
    pub(in crate::vault) fn keep(
        &self,
        people: &[(&PersonId, &[u8; 32])],
        only: Option<&PersonId>,
    ) -> Result<(), StoreError> {
        for (at, one) in people.iter().enumerate() {
            for other in &people[at + 1..] {
                if only.is_some_and(|only| one.0 != only && other.0 != only) {
                    continue;
                }
                let (first, second) = if one.0.as_str() < other.0.as_str() { (one, other) } else { (other, one) };
                let names = (first.0.as_str(), second.0.as_str());
                let inner = self.seal_to(second.1, names, self.authority)?;
                self.insert(names, &self.seal_to(first.1, names, &inner)?)?;
            }
        }
        Ok(())
    }

    /// Seals the key to the recovery key.
    pub(in crate::vault) fn keep_for_recovery(&self, public: &[u8; 32]) -> Result<(), StoreError> {
        let names = (RECOVERY, RECOVERY);
        self.insert(names, &self.seal_to(public, names, self.authority)?)
    }

    fn seal_to(&self, public: &[u8; 32], names: (&str, &str), plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        seal::seal_bytes_to(public, &aad(self.store, names), plain, self.entropy)
            .ok_or_else(|| StoreError::damaged("a person's public key was altered"))
    }

    fn insert(&self, (first, second): (&str, &str), sealed: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT INTO authority_share (first, second, seq, sealed) VALUES (?1, ?2, ?3, ?4)";
        self.connection.execute(sql, (first, second, self.seq.0, sealed))?;
        Ok(())
    }
}

/// Lets go of every share of a person whose keys were revoked; part of the caller's transaction.
pub(super) fn drop_shares_of(connection: &Connection, person: &PersonId) -> Result<(), StoreError> {
    connection.execute("DELETE FROM authority_share WHERE first = ?1 OR second = ?1", [person.as_str()])?;
    Ok(())
}

impl Vault<Open> {
    /// The private key of the school's authority (PKCS#8), for issuing a certificate.
    ///
    /// # Errors
    /// - If fewer than two people are signed in, or the codes are wrong.
    /// - If the key is missing or was altered.
    pub fn authority_key(&self, warrant: &Warrant<'_>) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        match warrant {
            Warrant::TwoPeople => self.authority_by_two(),
            Warrant::Codes(one, other) => {
                let recovered = self.grounds.keyfile.recover(one, other).ok_or(StoreError::WrongCodes)?;
                self.authority_by_recovery(&recovered.seed)
            }
        }
    }

    pub(super) fn authority_with(&self, allowed: &Allowed) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        match allowed {
            Allowed::Second(_) => self.authority_by_two(),
            Allowed::Codes(recovered) => self.authority_by_recovery(&recovered.seed),
        }
    }

    fn authority_by_two(&self) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let mut people: Vec<(&str, &Key)> =
            self.state.people.iter().map(|person| (person.id.as_str(), &person.seal)).collect();
        people.sort_by_key(|(id, _)| *id);
        let [first, second, ..] = people.as_slice() else { return Err(StoreError::TwoNeeded) };
        let names = (first.0, second.0);
        let sealed = self.share(names)?;
        let aad = aad(self.store(), names);
        seal::open_bytes_from(first.1, &aad, &sealed)
            .and_then(|inner| seal::open_bytes_from(second.1, &aad, &inner))
            .ok_or_else(|| StoreError::damaged("the authority's key was altered"))
    }

    fn authority_by_recovery(&self, seed: &Key) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let names = (RECOVERY, RECOVERY);
        seal::open_bytes_from(seed, &aad(self.store(), names), &self.share(names)?)
            .ok_or_else(|| StoreError::damaged("the authority's key was altered"))
    }

    fn share(&self, (first, second): (&str, &str)) -> Result<Vec<u8>, StoreError> {
        let sql = "SELECT sealed FROM authority_share WHERE first = ?1 AND second = ?2";
        let sealed = self.state.connection.query_row(sql, (first, second), |row| row.get(0)).optional()?;
        sealed.ok_or_else(|| StoreError::damaged("the authority's key is missing"))
    }
}

fn aad(store: &StoreId, (first, second): (&str, &str)) -> Vec<u8> {
    let parts = [b"evidence-trail/authority-share/v2", store.as_str().as_bytes(), first.as_bytes(), second.as_bytes()];
    parts.join(&0)
}
