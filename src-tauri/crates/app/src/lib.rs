//! The application: joins domain, store and seal, and speaks to the world through ports.

pub mod wire;
