//! The store's place after a restoring that may have been broken off: a whole store or none, and what stood there
//! before is never gone.

use std::path::Path;

use trail_domain::ids::Hash;

use super::check::{Scene, opened};
use super::template::Begins;

/// Whether there is a store to look at. Where the journey began without one that opens, the application is started
/// first: what a restoring set aside takes its place again.
pub(super) fn has_store(scene: &Scene<'_>) -> Result<bool, String> {
    let damaged = match scene.template.begins {
        Begins::WithStore | Begins::WithVersion1 => return Ok(true),
        Begins::WithoutStore => false,
        Begins::WithDamage => true,
    };
    let trouble = opened(scene.folder, scene.secrets)?.app.view().trouble.map(|trouble| trouble.code);
    if damaged && !holds_what_stood_there(scene)? {
        return Err("the damaged store that stood there is gone".to_owned());
    }
    let is_restored = scene.folder.join("store/keys.json").exists();
    if !is_restored && scene.acks.iter().any(|ack| ack.act == "restore" && ack.ended.is_none()) {
        return Err("the store was restored, and is not there".to_owned());
    }
    match (is_restored, damaged, trouble.as_deref()) {
        (true, _, None) | (false, false, None) | (false, true, Some("store-damaged")) => Ok(is_restored),
        (_, _, other) => Err(format!("the application starts with {other:?}")),
    }
}

/// Its database lies in the store's place or beside it, byte for byte.
fn holds_what_stood_there(scene: &Scene<'_>) -> Result<bool, String> {
    let hash = |path: &Path| std::fs::read(path).map(|bytes| Hash::of(&bytes));
    let before = hash(&scene.template.folder.path().join("store/ledger.db")).map_err(|error| error.to_string())?;
    let beside = std::fs::read_dir(scene.folder).map_err(|error| error.to_string())?.filter_map(Result::ok);
    let mut stores = beside.filter(|entry| entry.file_name().to_string_lossy().starts_with("store"));
    Ok(stores.any(|store| hash(&store.path().join("ledger.db")).is_ok_and(|found| found == before)))
}
