//! What is measured in a process of its own, because its memory is measured too: the record and its volumes.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use trail_domain::ids::Hash;
use trail_seal::form::exhibits::{self, ExhibitModel, PictureFile, VolumeModel};
use trail_seal::form::record::{self, RecordModel};
use trail_seal::form::{Drawn, Fonts};

use super::spread::{peak_mb, timed};

/// What a child tells.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) ms: f64,
    pub(super) peak_mb: Option<f64>,
    pub(super) bytes: u64,
    pub(super) pages: usize,
    /// The volumes, each with its pictures in order, then the record.
    pub(super) files: Vec<(PathBuf, Vec<PathBuf>)>,
}

pub(super) fn run(words: &[String]) -> Result<String, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ["form", count, pictures, out] = words.as_slice() else {
        return Err("a child of the measurements: form COUNT PICTURES OUT".to_owned());
    };
    let count = count.parse().map_err(|_| format!("“{count}” is no number"))?;
    let told = form(count, Path::new(pictures), Path::new(out))?;
    serde_json::to_string(&told).map_err(|error| error.to_string())
}

/// Reads the pictures, lays out the volumes one after another and then the record, and writes them.
fn form(count: usize, pictures: &Path, out: &Path) -> Result<Told, String> {
    let paths = listed(pictures)?;
    if paths.is_empty() {
        return Err(format!("{} holds no picture", pictures.display()));
    }
    let wanted: Vec<&PathBuf> = paths.iter().cycle().take(count).collect();
    let sizes: Vec<u64> = wanted.iter().map(|path| std::fs::metadata(path).map_or(0, |found| found.len())).collect();
    let (mut volume, mut record) = models()?;
    let template = volume.exhibits.first().cloned().ok_or("the worked volume has no exhibit")?;
    let (made, ms) = timed(|| -> Result<_, String> {
        let fonts = Fonts::bundled().map_err(|error| error.to_string())?;
        let ranges = exhibits::divided(&sizes);
        volume.of = ranges.len() as u32;
        let (mut files, mut bytes, mut pages) = (Vec::new(), 0, 0);
        for (number, range) in (1..).zip(ranges) {
            volume.number = number;
            volume.exhibits =
                range.clone().map(|place| exhibit(&template, place, wanted[place])).collect::<Result<_, _>>()?;
            let drawn = exhibits::lay_out(&volume, &fonts).map_err(|error| error.to_string())?;
            let path = out.join(format!("volume-{number}.pdf"));
            let shown = range.map(|place| wanted[place].clone()).collect();
            files.push((written(&drawn, path)?, shown));
            bytes += drawn.bytes().len() as u64;
            pages += drawn.pages();
        }
        list(&mut record, &sizes);
        let drawn = record::lay_out(&record, &fonts).map_err(|error| error.to_string())?;
        files.push((written(&drawn, out.join("record.pdf"))?, Vec::new()));
        Ok((files, bytes + drawn.bytes().len() as u64, pages + drawn.pages()))
    });
    let (files, bytes, pages) = made?;
    Ok(Told { ms, peak_mb: peak_mb(), bytes, pages, files })
}

/// The worked volume and the worked record.
pub(super) fn models() -> Result<(VolumeModel, RecordModel), String> {
    let volume = serde_json::from_str(include_str!("../../golden/volume.json")).map_err(|error| error.to_string())?;
    let record = serde_json::from_str(include_str!("../../golden/record.json")).map_err(|error| error.to_string())?;
    Ok((volume, record))
}

/// An exhibit of one picture, with the words of the template.
pub(super) fn exhibit(template: &ExhibitModel, place: usize, path: &Path) -> Result<ExhibitModel, String> {
    let png = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut exhibit = template.clone();
    exhibit.mark = format!("JS/{}", place + 1);
    exhibit.derived.clear();
    exhibit.views.truncate(1);
    let view = exhibit.views.first_mut().ok_or("the worked exhibit has no view")?;
    view.file = PictureFile { sha256: *Hash::of(&png).bytes(), png };
    Ok(exhibit)
}

/// The record lists every exhibit.
fn list(record: &mut RecordModel, sizes: &[u64]) {
    let Some(template) = record.exhibits.first().cloned() else { return };
    record.exhibits = (1..)
        .zip(sizes)
        .map(|(number, size)| {
            let mut listed = template.clone();
            listed.mark = format!("JS/{number}");
            listed.files.truncate(1);
            for file in &mut listed.files {
                file.size = *size;
            }
            listed
        })
        .collect();
}

fn written(drawn: &Drawn, path: PathBuf) -> Result<PathBuf, String> {
    std::fs::write(&path, drawn.bytes()).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "png"));
    paths.sort();
    Ok(paths)
}
