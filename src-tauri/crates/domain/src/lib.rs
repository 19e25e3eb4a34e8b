//! The core that decides.
//!
//! Pure: no file, network, clock, randomness, and no words for people. Time and chance are arguments
//! ([`time::Moment`], ids made from given bytes). Everything that happens is an [`event::Event`]; the state of a
//! case is a fold over its events ([`case::Case`]); [`procedure::decide`] answers a command with events or with a
//! [`refusal::Refusal`] that names the clause. Acts that need permission take a permit that only
//! [`procedure`] can make.

pub mod advice;
pub mod case;
pub mod counts;
pub mod event;
pub mod ids;
pub mod pack;
pub mod people;
pub mod procedure;
pub mod redaction;
pub mod refusal;
pub mod register;
pub mod time;
pub mod words;
