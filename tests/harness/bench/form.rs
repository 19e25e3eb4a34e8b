//! The record and the volumes of a case with 100 full-HD captures, beside ReportLab making the same pages.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::child::Told;
use super::scratch::{Scratch, ask, python};
use super::table::Row;
use super::{Measured, folder, pictures};
use crate::outside::root;

const CAPTURES: usize = 100;
const MANY: usize = 500;
const OURS: usize = 3;
const THEIRS: usize = 2;

/// The same pages for the other program: the words and the pictures of each.
#[derive(Serialize)]
struct Plan<'a> {
    fonts: &'a Path,
    out: &'a Path,
    files: Vec<File>,
}

#[derive(Serialize)]
struct File {
    name: String,
    pages: Vec<Page>,
}

#[derive(Serialize, Default, Clone)]
struct Page {
    lines: Vec<String>,
    pictures: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct TheirTold {
    ms: f64,
    bytes: u64,
    peak_mb: f64,
}

pub(super) fn measure() -> Measured {
    let images = folder()?.join("pictures");
    let paths = pictures::write(&images, CAPTURES)?;
    let size: u64 = paths.iter().filter_map(|path| Some(std::fs::metadata(path).ok()?.len())).sum();
    let scratch = Scratch::new()?;
    let runs: Vec<Told> = (0..OURS).map(|_| draw(CAPTURES, &images, scratch.path())).collect::<Result<_, _>>()?;
    let ours = runs.into_iter().min_by(|one, other| one.ms.total_cmp(&other.ms)).ok_or("no round was run")?;
    let made = format!(
        "{CAPTURES} PNG of 1920 x 1080 ({:.0} MB), {} pages, {} files; best of {OURS} rounds, files read and written",
        size as f64 / 1e6,
        ours.pages,
        ours.files.len()
    );
    let mut rows = beside(CAPTURES, &ours, &made, THEIRS, scratch.path());
    let many = draw(MANY, &images, scratch.path())?;
    let made = format!("{} pages, {} files, one round", many.pages, many.files.len());
    rows.extend(beside(MANY, &many, &made, 1, scratch.path()));
    // The files of the large case have taken the places of those of the small one: they are looked at as they are.
    rows.push(compared(&many, scratch.path()));
    Ok(rows)
}

/// Time, size and memory of so many captures, each beside the other program's.
fn beside(captures: usize, ours: &Told, made: &str, rounds: usize, scratch: &Path) -> Vec<Row> {
    let what = format!("record and volumes, {captures} captures");
    let row = Row::new(&what, format!("{:.2} s", ours.ms / 1e3)).note(made);
    let theirs = match reportlab(ours, rounds, scratch) {
        Ok(theirs) => theirs,
        Err(why) => return vec![row.note(&format!("ReportLab: not run: {why}")), memory(captures, ours.peak_mb)],
    };
    let ratio = theirs.ms / ours.ms;
    let size =
        Row::new(&format!("size of the files, {captures} captures"), format!("{:.1} MB", ours.bytes as f64 / 1e6));
    vec![
        row.beside(format!("ReportLab {:.2} s", theirs.ms / 1e3), ratio)
            .target(">= 10x faster", ratio >= 10.0)
            .note(&format!("ReportLab: the same words and pictures on the same pages, best of {rounds}; no tags.")),
        size.beside(format!("ReportLab {:.1} MB", theirs.bytes as f64 / 1e6), theirs.bytes as f64 / ours.bytes as f64),
        memory(captures, ours.peak_mb)
            .beside(format!("ReportLab {:.0} MB", theirs.peak_mb), theirs.peak_mb / ours.peak_mb.unwrap_or(f64::NAN)),
    ]
}

fn draw(count: usize, images: &Path, out: &Path) -> Result<Told, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut child = Command::new(program);
    child.args(["--child", "form", &count.to_string()]).arg(images).arg(out);
    serde_json::from_slice(&ask(&mut child)?).map_err(|error| error.to_string())
}

fn memory(captures: usize, peak: Option<f64>) -> Row {
    let what = format!("peak memory, {captures} captures");
    match peak {
        Some(peak) => Row::new(&what, format!("{peak:.0} MB")).target("<= 400 MB", peak <= 400.0),
        None => Row::not_run(&what, "this system does not tell the peak of a process"),
    }
}

fn reportlab(ours: &Told, rounds: usize, scratch: &Path) -> Result<TheirTold, String> {
    let mut files = Vec::new();
    for (path, pictures) in &ours.files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push(File { name, pages: pages(path, pictures)? });
    }
    let out = scratch.join("reportlab");
    std::fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    let fonts = root().join("assets/fonts");
    let plan = serde_json::to_vec(&Plan { fonts: &fonts, out: &out, files }).map_err(|error| error.to_string())?;
    let path = scratch.join("plan.json");
    std::fs::write(&path, plan).map_err(|error| error.to_string())?;
    let runs: Vec<TheirTold> = (0..rounds)
        .map(|_| {
            let said = ask(python("reportlab_pages.py").arg(&path))?;
            serde_json::from_slice(&said).map_err(|error| format!("its answer cannot be read: {error}"))
        })
        .collect::<Result<_, String>>()?;
    runs.into_iter().min_by(|one, other| one.ms.total_cmp(&other.ms)).ok_or_else(|| "no round was run".to_owned())
}

/// The words and the pictures of each page of a file, as another program reads them.
fn pages(path: &Path, pictures: &[PathBuf]) -> Result<Vec<Page>, String> {
    let said = ask(Command::new("pdftotext").arg("-raw").arg(path).arg("-"))?;
    let text = String::from_utf8_lossy(&said);
    let mut pages: Vec<Page> = text
        .split('\u{c}')
        .map(|page| Page { lines: page.lines().map(ToOwned::to_owned).collect(), pictures: Vec::new() })
        .collect();
    pages.pop();
    let places = places(path)?;
    if places.len() != pictures.len() {
        return Err(format!("{} shows {} pictures of {}", path.display(), places.len(), pictures.len()));
    }
    for (page, picture) in places.into_iter().zip(pictures) {
        let page = page.checked_sub(1).and_then(|page| pages.get_mut(page)).ok_or("a picture stands on no page")?;
        page.pictures.push(picture.clone());
    }
    Ok(pages)
}

/// On which page each picture of a file stands.
fn places(path: &Path) -> Result<Vec<usize>, String> {
    let said = ask(Command::new("pdfimages").arg("-list").arg(path))?;
    let text = String::from_utf8_lossy(&said).into_owned();
    Ok(text.lines().skip(2).filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect())
}

/// The first and the last picture of every volume come out as they went in.
fn compared(ours: &Told, scratch: &Path) -> Row {
    let what = "pictures, pixel for pixel";
    let mut looked = 0;
    for (path, pictures) in ours.files.iter().filter(|(_, pictures)| !pictures.is_empty()) {
        let ends = [(0, pictures.first()), (pictures.len() - 1, pictures.last())];
        for (place, picture) in ends {
            let Some(picture) = picture else { continue };
            match same(path, place, picture, scratch) {
                Ok(true) => looked += 1,
                Ok(false) => {
                    return Row::new(what, "different").target("all the same", false).note(&format!(
                        "{}, picture {}",
                        path.display(),
                        place + 1
                    ));
                }
                Err(why) => return Row::not_run(what, &why),
            }
        }
    }
    Row::new(what, format!("{looked} the same"))
        .target("all the same", looked > 0)
        .note("First and last picture of each volume, taken out by pdfimages, against the source.")
}

fn same(pdf: &Path, place: usize, picture: &Path, scratch: &Path) -> Result<bool, String> {
    let places = places(pdf)?;
    let page = places.get(place).ok_or("the volume has fewer pictures")?.to_string();
    let before = places.iter().take(place).filter(|on| on.to_string() == page).count();
    let prefix = scratch.join("out");
    ask(Command::new("pdfimages").args(["-png", "-f", &page, "-l", &page]).arg(pdf).arg(&prefix))?;
    let found = pictures::pixels_of(&scratch.join(format!("out-{before:03}.png")))?;
    Ok(found.len() == pictures::WIDTH * pictures::HEIGHT * 3 && found == pictures::pixels_of(picture)?)
}
