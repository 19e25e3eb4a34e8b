//! Volumes of exhibits: bound in the order of their marks, at most 50 MB of pictures in each.

use trail_domain::case::Case;
use trail_domain::event::capture::{Exhibit, ExhibitFile, ExhibitKind, Shows};
use trail_domain::ids::{ExhibitMark, Hash};
use trail_domain::procedure::halt::permit_view;
use trail_domain::procedure::permit::ViewPermit;
use trail_domain::time::Moment;
use trail_seal::form::Fonts;
use trail_seal::form::exhibits::{
    self as form, Continuity, DerivedPicture, ExhibitModel, PictureFile, Source, ViewPicture, VolumeModel,
};

use super::heading::{heading, not_recorded, person, said};
use super::{DocumentKind, Made, Paper, form_fault, listing, sheet};
use crate::fault::Stop;
use crate::show::exhibits as shown;

/// Draws every volume of an edition.
pub(super) fn draw(paper: &Paper<'_>, fonts: &Fonts, edition: u32, at: Moment) -> Result<Vec<Made>, Stop> {
    let volumes = plan(paper.case());
    if volumes.is_empty() {
        return Ok(Vec::new());
    }
    let permit = permit_view(paper.case(), paper.scene.now)?;
    let of = u32::try_from(volumes.len()).unwrap_or(u32::MAX);
    let mut made = Vec::new();
    for (number, exhibits) in (1..).zip(&volumes) {
        let mut models = Vec::new();
        for exhibit in exhibits {
            models.push(model(paper, &permit, exhibit)?);
        }
        let volume = VolumeModel {
            heading: heading(paper, edition, at),
            number,
            of,
            producer: person(paper, paper.maker),
            exhibits: models,
        };
        let drawn = form::lay_out(&volume, fonts).map_err(form_fault)?;
        let name = format!("{}-exhibits-volume-{number}-edition-{edition}.pdf", paper.case().reference());
        let binds = exhibits.iter().map(|exhibit| exhibit.mark.clone()).collect();
        made.push(Made { kind: DocumentKind::Volume, edition: number, form_edition: edition, name, drawn, binds });
    }
    Ok(made)
}

/// Which volume binds an exhibit.
pub(super) fn number_of(case: &Case, mark: &ExhibitMark) -> Option<u32> {
    let place = plan(case).iter().position(|volume| volume.iter().any(|exhibit| &exhibit.mark == mark))?;
    u32::try_from(place + 1).ok()
}

/// Exhibits in volumes: as many as fit.
fn plan(case: &Case) -> Vec<Vec<&Exhibit>> {
    if case.was_halted() {
        // The store binds no picture of such a case again, whatever was released.
        return Vec::new();
    }
    let exhibits: Vec<&Exhibit> = case.exhibits().iter().map(|(_, _, exhibit)| exhibit).collect();
    let bound = |file: &&ExhibitFile| file.shows != Shows::Original;
    let bytes = |exhibit: &&Exhibit| exhibit.files.iter().filter(bound).map(|file| file.bytes).sum();
    let sizes: Vec<u64> = exhibits.iter().map(bytes).collect();
    form::divided(&sizes).into_iter().filter_map(|range| exhibits.get(range).map(<[_]>::to_vec)).collect()
}

fn model(paper: &Paper<'_>, permit: &ViewPermit, exhibit: &Exhibit) -> Result<ExhibitModel, Stop> {
    let read = |hash: &Hash| -> Result<PictureFile, Stop> {
        let checked = paper.desk.vault.read_file(permit, hash)?;
        Ok(PictureFile { png: checked.bytes().to_vec(), sha256: *hash.bytes() })
    };
    let mut views = Vec::new();
    let mut derived = Vec::new();
    for file in &exhibit.files {
        match &file.shows {
            Shows::View { size, offset, taken } => views.push(ViewPicture {
                file: read(&file.sha256)?,
                part: said(format!(
                    "From {} pixels down and {} across, {} \u{d7} {} pixels",
                    offset.1, offset.0, size.0, size.1
                )),
                taken: taken.utc(),
            }),
            Shows::Derived { from, how, .. } => derived.push(DerivedPicture {
                file: read(&file.sha256)?,
                title: title(exhibit.kind).to_owned(),
                made_from: from.iter().map(|hash| source(paper.case(), hash)).collect(),
                how: said(how.clone()),
            }),
            // A file as it came is handed over as a file, and not printed.
            Shows::Original => {}
        }
    }
    let kind = paper.scene.phrases.say(&format!("exhibit-kind.{}", shown::kind_id(exhibit.kind)), &[]);
    let computer = paper.case().computer().map(|(_, computer, _)| computer.location.to_string());
    Ok(ExhibitModel {
        mark: exhibit.mark.to_string(),
        what: format!("{kind}: {}", exhibit.title),
        produced_by: paper.with_position(&exhibit.operator),
        made: exhibit.at.utc(),
        place: computer.map_or_else(|| not_recorded("no computer was chosen"), said),
        continuity: continuity(paper, exhibit),
        sheet: sheet::rows(paper, exhibit),
        views,
        derived,
    })
}

fn continuity(paper: &Paper<'_>, exhibit: &Exhibit) -> Vec<Continuity> {
    let row = |row: crate::show::continuity::Row<'_>| Continuity {
        at: row.stamp.at.utc(),
        what: said(row.what),
        who: said(paper.with_position(&row.stamp.by)),
        ledger_entry: row.stamp.seq.0,
    };
    crate::show::continuity::rows(paper.case(), exhibit, paper.scene.phrases).into_iter().map(row).collect()
}

fn title(kind: ExhibitKind) -> &'static str {
    match kind {
        ExhibitKind::Import => "The file, decoded to look at",
        ExhibitKind::Marked => "The picture with boxes or marks over it",
        ExhibitKind::Annotated => "The picture, annotated with marks over it",
        ExhibitKind::Page
        | ExhibitKind::WholePage
        | ExhibitKind::AddressOnly
        | ExhibitKind::Screen
        | ExhibitKind::Device
        | ExhibitKind::PhysicalItem => "The whole page",
    }
}

/// The file of the case with this hash, by the exhibit that has it first.
fn source(case: &Case, hash: &Hash) -> Source {
    let exhibits = case.exhibits().iter().map(|(_, _, exhibit)| exhibit);
    let mut files = exhibits.flat_map(|exhibit| exhibit.files.iter().map(move |file| (exhibit, file)));
    let found = files.find(|(_, file)| file.sha256 == *hash);
    Source {
        what: found.map_or_else(
            || "A file of this case".to_owned(),
            |(exhibit, file)| format!("{}, {}", exhibit.mark, listing::what(exhibit, file)),
        ),
        sha256: *hash.bytes(),
    }
}
