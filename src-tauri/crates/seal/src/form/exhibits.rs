//! A volume of exhibits: at most 50 MB of pictures, signed by the person who makes it.
//!
//! Pictures go in pixel for pixel: the compressed data of each PNG is copied as it is, and a
//! picture whose SHA-256 is not the one on record is refused. Nothing is ever drawn over a
//! picture. Every page has two ink lines and a date.

mod capture;
mod cover;
mod model;
mod pictures;

pub use model::*;

use super::flow::{Flow, settled};
use super::picture::{Picture, Placed};
use super::reference::About;
use super::{Drawn, Fonts, FormError, PictureError, bind};
use std::ops::Range;

/// Name of the signature field of the person who makes the volume.
pub const PRODUCER: &str = "producer";
/// Most bytes of pictures in one volume, so that the file with its words stays below 50 MB.
pub const MOST_BYTES: u64 = 48_000_000;

/// Divides exhibits over volumes, in their order: a range of exhibits for each volume, from the
/// bytes of pictures that each exhibit has. An exhibit is never divided; one that is larger than
/// a volume gets a range of its own, which [`lay_out`] refuses.
pub fn divided(bytes: &[u64]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut used = 0;
    for (number, size) in bytes.iter().enumerate() {
        match out.last_mut() {
            Some(volume) if used + size <= MOST_BYTES => {
                volume.end = number + 1;
                used += size;
            }
            Some(_) | None => {
                out.push(number..number + 1);
                used = *size;
            }
        }
    }
    out
}

/// Lays out a volume of exhibits.
///
/// # Errors
/// - If the volume holds no exhibit.
/// - If the pictures have more than [`MOST_BYTES`] bytes together.
/// - If a picture is not an opaque 8-bit RGB PNG without interlacing, is damaged, or is not the
///   file whose SHA-256 is on record.
/// - If the page references do not settle or the file cannot be finished, which are faults of the
///   program.
pub fn lay_out(model: &VolumeModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    if model.exhibits.is_empty() {
        return Err(FormError::Missing { what: "exhibit" });
    }
    let bytes = model.exhibits.iter().flat_map(ExhibitModel::files).map(|file| file.png.len() as u64).sum();
    if bytes > MOST_BYTES {
        return Err(FormError::VolumeTooLarge { bytes, most: MOST_BYTES });
    }
    let about = About {
        ink_lines: true,
        ..About::of(&model.heading, format!("Exhibits, volume {} of {}", model.number, model.of))
    };
    let bound = read(model)?;
    let paper = settled(fonts, &about, |flow| {
        pages(flow, model, &bound);
        Ok(())
    })?;
    bind::with_pictures(paper, &about, fonts, bound)
}

fn read(model: &VolumeModel) -> Result<Vec<Picture<'_>>, FormError> {
    let mut out = Vec::new();
    for exhibit in &model.exhibits {
        for (number, file) in exhibit.files().enumerate() {
            let refused = |reason| FormError::Picture { mark: exhibit.mark.clone(), number: number + 1, reason };
            if crate::sha256(&file.png) != file.sha256 {
                return Err(refused(PictureError::OtherFile));
            }
            out.push(Picture::read(&file.png).map_err(refused)?);
        }
    }
    Ok(out)
}

fn pages(flow: &mut Flow<'_, Placed>, model: &VolumeModel, bound: &[Picture<'_>]) {
    cover::lay(flow, model);
    let mut number = 0;
    for exhibit in &model.exhibits {
        flow.new_page();
        flow.head(&exhibit.mark);
        capture::lay(flow, model, exhibit);
        pictures::lay(flow, exhibit, bound, &mut number);
        flow.end_of(&format!("exhibit {}", exhibit.mark));
    }
    flow.end_of_document();
}
