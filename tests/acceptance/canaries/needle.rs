//! What is looked for, in every coding in which it might lie somewhere, and the looking.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Something to look for.
pub(crate) struct Needle {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// A word: in UTF-8, in UTF-16 of both orders, and each of these in base64 at all three alignments.
pub(crate) fn of_word(word: &str) -> Vec<Needle> {
    let codings = [
        ("UTF-8", word.as_bytes().to_vec()),
        ("UTF-16LE", word.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", word.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ];
    let mut needles = Vec::new();
    for (coding, bytes) in codings {
        needles.extend(in_base64(&format!("{word} in {coding}"), &bytes));
        needles.push(Needle { name: format!("{word} in {coding}"), bytes });
    }
    needles
}

/// Bytes: a part from their middle, as it is and in base64.
pub(crate) fn of_bytes(name: &str, bytes: &[u8]) -> Vec<Needle> {
    let from = bytes.len() / 2;
    let part = bytes[from..(from + 48).min(bytes.len())].to_vec();
    assert!(part.len() >= 24, "{name} is too short to be looked for");
    let mut needles = in_base64(name, &part);
    needles.push(Needle { name: name.to_owned(), bytes: part });
    needles
}

/// The characters that do not depend on what stands before and after.
fn in_base64(name: &str, bytes: &[u8]) -> Vec<Needle> {
    let at = |shift: usize| {
        let padded = [vec![0; shift], bytes.to_vec()].concat();
        let text = STANDARD_NO_PAD.encode(&padded[..padded.len() / 3 * 3]);
        let from = [0, 2, 3][shift];
        Needle { name: format!("{name}, base64 at {shift}"), bytes: text.as_bytes()[from..].to_vec() }
    };
    (0..3).map(at).collect()
}

/// What was found where, in every file below a folder, documents that were saved on purpose apart; and how many files
/// were searched.
pub(crate) fn search(folder: &Path, needles: &[Needle]) -> (Vec<String>, usize) {
    let (mut found, mut searched) = (Vec::new(), 0);
    let mut second = vec![false; 1 << 16];
    for needle in needles {
        second[usize::from(u16::from_le_bytes([needle.bytes[0], needle.bytes[1]]))] = true;
    }
    walk(folder, &mut |path| {
        // A file may be gone again by now.
        let Ok(bytes) = std::fs::read(path) else { return };
        searched += 1;
        for at in 0..bytes.len().saturating_sub(1) {
            if second[usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))] {
                for needle in needles.iter().filter(|needle| bytes[at..].starts_with(&needle.bytes)) {
                    found.push(format!("{} in {}", needle.name, path.display()));
                }
            }
        }
    });
    found.sort();
    found.dedup();
    (found, searched)
}

fn walk(folder: &Path, look: &mut impl FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && entry.file_name() != "outgoing" => walk(&path, look),
            Ok(kind) if kind.is_file() => look(&path),
            Ok(_) | Err(_) => {}
        }
    }
}
