//! The seal: documents, signatures and their verifier.
//!
//! A document is a pure function of its model: the same model gives the same bytes, until it is
//! signed. [`form`] lays the documents out; [`authority`] holds the school's own certificates;
//! [`sign`] adds one signature at a time; [`verify`] says what holds of a signed document. [`package`] binds what is
//! handed over, and says what holds of it. `FORMAT.md` describes all that is written, byte by byte.

pub mod authority;
mod ess;
pub mod form;
pub mod package;
pub mod sign;
pub mod stamp;
pub mod verify;

/// SHA-256 (FIPS 180-4) of all the bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref());
    out
}
