//! Tests of the documents as files: by their text, by their pictures, by the tools of others.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod handing;
mod logs;
pub(super) mod made;
mod pages;
mod papers;
mod pictures;
mod scripts;
mod sheets;
mod stress;
mod structure;
mod together;
