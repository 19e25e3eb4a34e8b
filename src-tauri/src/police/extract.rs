//! Writing out what a store holds: each case's entries as JSON, and its files under their names and hashes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;
use trail_domain::case::Case;
use trail_domain::event::Recorded;
use trail_domain::ids::CaseId;
use trail_store::{FileListed, ReadOnly};

/// Refuses a folder that holds something, or lies within the store: nothing may be written there.
pub(super) fn refuse(folder: &Path, store: &Path) -> Result<(), String> {
    let whole = |path: &Path| fs::canonicalize(path).map_err(|error| format!("{}: {error}.", path.display()));
    let store = whole(store)?;
    let there = folder.ancestors().find(|part| part.exists()).map_or_else(|| whole(Path::new(".")), whole)?;
    if there.starts_with(&store) {
        return Err("FOLDER lies within STORE, and nothing is written there. Choose another folder.".to_owned());
    }
    let empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if empty { Ok(()) } else { Err("FOLDER is not empty. Choose a new one.".to_owned()) }
}

/// Writes everything that may be written, and says what was.
pub(super) fn all(store: &ReadOnly, folder: &Path) -> Result<String, String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    let own = store.store_events().map_err(|error| error.to_string())?;
    write(&folder.join("store.json"), &entries(&own))?;
    let (mut written, mut sealed) = (0, 0);
    for id in store.cases().map_err(|error| error.to_string())? {
        let (files, left) = case(store, &id, folder)?;
        written += files;
        sealed += left;
    }
    Ok(format!(
        "Written to {}: {written} files. {sealed} files of halted cases were not written; their hashes are in each \
         case's files.json.",
        folder.display()
    ))
}

fn case(store: &ReadOnly, id: &CaseId, folder: &Path) -> Result<(usize, usize), String> {
    let recorded = store.events(id).map_err(|error| error.to_string())?;
    let name = Case::replay(&recorded).map_or_else(|_| id.to_string(), |case| case.reference().to_string());
    let folder = free(folder, &name);
    let files = store.files(id).map_err(|error| error.to_string())?;
    fs::create_dir_all(folder.join("files")).map_err(|error| format!("{}: {error}.", folder.display()))?;
    write(&folder.join("entries.json"), &entries(&recorded))?;
    write(&folder.join("files.json"), &serde_json::Value::from(files.iter().map(listed).collect::<Vec<_>>()))?;
    let mut written = 0;
    for file in files.iter().filter(|file| file.readable) {
        let checked = store.read_file(id, &file.sha256).map_err(|error| format!("{}: {error}", file.sha256))?;
        put(&folder.join("files").join(file_name(file)), checked.bytes())?;
        written += 1;
    }
    Ok((written, files.iter().filter(|file| !file.readable).count()))
}

/// Two cases may have the same reference, where not everybody who opened one could see the other.
fn free(folder: &Path, name: &str) -> PathBuf {
    let mut numbers = (2..).map(|number| folder.join(format!("{name} ({number})")));
    std::iter::once(folder.join(name))
        .chain(&mut numbers)
        .find(|path| !path.exists())
        .unwrap_or_else(|| folder.join(name))
}

/// Its hash first: a name comes from outside and may say anything.
fn file_name(file: &FileListed) -> String {
    let name: String = file
        .name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '_' })
        .collect();
    if name.is_empty() { format!("{}.pdf", file.sha256) } else { format!("{}-{name}", file.sha256) }
}

fn entries(recorded: &[Recorded]) -> serde_json::Value {
    let entry = |entry: &Recorded| {
        json!({
            "entry": entry.seq.to_string(),
            "at": super::report::moment(entry.at),
            "signed-by": entry.by.to_string(),
            "session": entry.session.as_ref().map(ToString::to_string),
            "event": entry.event,
        })
    };
    recorded.iter().map(entry).collect()
}

fn listed(file: &FileListed) -> serde_json::Value {
    json!({
        "entry": file.seq.to_string(),
        "exhibit": file.exhibit.as_ref().map(ToString::to_string),
        "name": file.name,
        "media-type": file.media_type,
        "bytes": file.bytes,
        "sha256": file.sha256.to_string(),
        "written": file.readable,
    })
}

fn write(path: &Path, value: &serde_json::Value) -> Result<(), String> {
    let text = serde_json::to_vec_pretty(value).map_err(|error| error.to_string())?;
    put(path, &text)
}

/// Never over anything that is there.
fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}.", path.display());
    match fs::File::create_new(path) {
        Ok(mut file) => file.write_all(bytes).map_err(failed),
        // The same file under two entries is written once.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(failed(error)),
    }
}
