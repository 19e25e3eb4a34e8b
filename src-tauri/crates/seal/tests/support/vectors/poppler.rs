//! What poppler's `pdfsig` says of a signed document, in one line.

use std::path::Path;

use crate::judge::ask;

/// The version of the program that is installed.
pub(crate) fn version() -> String {
    let (said, _) = ask("pdfsig", &["-v".as_ref()]);
    said.split_whitespace().nth(2).unwrap_or_default().to_owned()
}

pub(crate) fn says(name: &str, bytes: &[u8]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vectors");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name.replace('/', "-"));
    std::fs::write(&file, bytes).unwrap();
    let (said, _) = ask("pdfsig", &["-nocert".as_ref(), file.as_ref()]);
    let each: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split_once("Signature Validation: "))
        .map(|(_, state)| {
            state.trim_end_matches('.').trim_start_matches("Signature is ").trim_end_matches(" Signature")
        })
        .collect();
    if each.is_empty() {
        let has_none = said.contains("does not contain any signatures") || said.contains("is not signed");
        return if has_none { "no signature" } else { "cannot read it" }.to_owned();
    }
    let covers = said.contains("- Total document signed");
    format!("{}; {}", each.join(", "), if covers { "one covers the whole file" } else { "none covers the whole file" })
}
