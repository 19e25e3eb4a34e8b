//! The record of review: fields 1 to 8, then annexes A to G and J.
//!
//! Its three signature fields are made before the first signature. It is drawn before anybody
//! signs and never says that something is signed. Exhibits are bound in volumes of their own,
//! which annex G lists.

mod actions;
mod copy;
mod fields;
mod isolation;
mod listed;
mod model;
mod proof;
mod sessions;
mod steps;
mod views;

pub use copy::{RedactedCopy, lay_out_copy};
pub use model::*;

use super::chart;
use super::flow::{Flow, settled};
use super::paper::WordsOnly;
use super::reference::About;
use super::{Drawn, Fonts, FormError, bind};

/// Name of the first reviewing person's signature field.
pub const FIRST: &str = "first";
/// Name of the second reviewing person's signature field.
pub const SECOND: &str = "second";
/// Name of the headteacher's signature field.
pub const HEAD: &str = "head";

/// Lays out the record of review.
///
/// # Errors
/// - If the text of the code is too long for a code.
/// - If the page references do not settle or the file cannot be finished, which are faults of the
///   program.
pub fn lay_out(model: &RecordModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    let about = About { initials: true, ..About::of(&model.heading, "Record of review") };
    let paper = settled(fonts, &about, |flow| pages(flow, model))?;
    bind::words(paper, &about, fonts)
}

fn pages(flow: &mut Flow<'_, WordsOnly>, model: &RecordModel) -> Result<(), FormError> {
    fields::lay(flow, model);
    steps::lay(flow, model);
    chart::lay(flow, &model.charts);
    sessions::lay(flow, model);
    views::lay(flow, model);
    actions::lay(flow, model);
    isolation::lay(flow, model);
    listed::lay(flow, model);
    proof::lay(flow, model)
}
