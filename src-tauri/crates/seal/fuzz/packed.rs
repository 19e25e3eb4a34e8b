//! The files of a package in one run of bytes, so that a fuzzer can change them: name, line feed, length in figures, line
//! feed, bytes. Whatever comes is a package: a length that is none takes the rest.

use trail_seal::package::InMemory;

#[allow(dead_code, reason = "only the test of the corpus packs")]
pub(crate) fn packed(package: &InMemory) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in &package.0 {
        out.extend_from_slice(format!("{name}\n{}\n", bytes.len()).as_bytes());
        out.extend_from_slice(bytes);
    }
    out
}

pub(crate) fn unpacked(mut bytes: &[u8]) -> InMemory {
    let mut package = InMemory::default();
    while !bytes.is_empty() {
        let name = line(&mut bytes);
        let length = line(&mut bytes).parse().unwrap_or(usize::MAX).min(bytes.len());
        let (content, rest) = bytes.split_at(length);
        package.0.insert(name, content.to_vec());
        bytes = rest;
    }
    package
}

fn line(bytes: &mut &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (line, rest) = bytes.split_at(end);
    *bytes = rest.get(1..).unwrap_or_default();
    String::from_utf8_lossy(line).into_owned()
}
