//! Files that somebody else made: what they are by their content, and pictures decoded where it can do no harm.
//!
//! Nothing here decodes in the application's own process: [`child::run`] does, in a process of its own with limits on
//! memory and time, and tells what came of it in the few bytes of [`message`].

pub mod child;
pub mod content;
pub mod encode;
pub mod message;

mod decode;
mod draw;
mod number;
