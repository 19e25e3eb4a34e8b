//! The font pack on this computer: beside the program first, then where systems keep theirs.

use std::path::{Path, PathBuf};

use trail_app::ports::{FontPacks, FoundPack};

/// Names of a pack beside the program.
const NAMES: [&str; 3] = ["font-pack.ttc", "font-pack.otf", "font-pack.ttf"];

/// Where systems keep fonts that draw Chinese, Japanese and Korean, and may be put into documents.
const SYSTEM: [&str; 5] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
];

/// Most bytes of a pack: the largest known collection has 27 MB.
const MOST: u64 = 64 * 1024 * 1024;

/// The packs of this computer.
#[derive(Debug)]
pub struct PacksHere {
    program: PathBuf,
}

impl PacksHere {
    /// Looks beside this program.
    #[must_use]
    pub fn beside(program: PathBuf) -> Self {
        Self { program }
    }
}

impl FontPacks for PacksHere {
    fn pack(&self) -> Result<FoundPack, String> {
        first(places(&self.program))
    }
}

fn places(program: &Path) -> Vec<PathBuf> {
    let beside = NAMES.iter().filter_map(|name| Some(program.parent()?.join(name)));
    beside.chain(SYSTEM.iter().map(PathBuf::from)).collect()
}

/// The first file that is there decides: a pack that somebody put beside the program and that is broken is said to be, not
/// passed over.
fn first(places: Vec<PathBuf>) -> Result<FoundPack, String> {
    let Some(file) = places.into_iter().find(|place| place.is_file()) else {
        return Err("no font pack is installed".to_owned());
    };
    let named = |why: String| format!("{} cannot be used: {why}", file.display());
    let length = std::fs::metadata(&file).map_err(|error| named(error.to_string()))?.len();
    if length > MOST {
        return Err(named(format!("it is larger than {} MB", MOST / 1024 / 1024)));
    }
    let bytes = std::fs::read(&file).map_err(|error| named(error.to_string()))?;
    Ok(FoundPack { file, bytes })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_pack_beside_the_program_comes_first_and_one_that_is_too_large_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(&folder.path().join("evidence-trail"));
        assert_eq!(places[0], folder.path().join("font-pack.ttc"));
        assert_eq!(first(places[..3].to_vec()).unwrap_err(), "no font pack is installed");
        std::fs::write(&places[0], b"placeholder").unwrap();
        assert_eq!(
            first(places.clone()).unwrap(),
            FoundPack { file: places[0].clone(), bytes: b"placeholder".to_vec() }
        );
        std::fs::File::create(&places[0]).unwrap().set_len(MOST + 1).unwrap();
        let why = first(places).unwrap_err();
        assert!(why.contains("font-pack.ttc cannot be used: it is larger than 64 MB"), "{why}");
    }
}
