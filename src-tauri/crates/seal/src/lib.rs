//! The seal: documents, signatures and their verifier.
//!
//! A document is a pure function of its model: the same model gives the same bytes, until it is
//! signed. [`form`] lays the documents out; [`authority`] holds the school's own certificates;
//! [`sign`] adds one signature at a time; [`verify`] says what holds of a signed document. [`package`] binds what is
//! handed over, and says what holds of it. `FORMAT.md` describes all that is written, byte by byte.

pub mod authority;
pub mod form;
pub mod package;
pub mod sign;
pub mod stamp;
pub mod verify;
