//! Looking through everything that a process has in memory.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt;

use memchr::memmem::Finder;

/// Read at a time.
const PART: usize = 1 << 20;
/// The unit of memory in which the system tells what is there.
const PAGE: u64 = 4096;

/// Something to look for.
pub struct Needle {
    /// Its name.
    pub name: String,
    /// Its bytes; at least 8.
    pub bytes: Vec<u8>,
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// What.
    pub name: String,
    /// In which mapping.
    pub region: String,
    /// At which address.
    pub at: u64,
}

/// Looks through everything that a process has in memory, but for files of which it has an unwritable view. Answers
/// what was found, and how many bytes were read.
///
/// # Errors
/// - If its memory cannot be read, or a needle is too short.
pub fn search<N: Borrow<Needle>>(pid: u32, needles: &[N]) -> Result<(Vec<Sighting>, u64), String> {
    let failed = |error: std::io::Error| format!("process {pid}: {error}");
    if needles.iter().any(|needle| needle.borrow().bytes.len() < 8) {
        return Err("a needle is too short".to_owned());
    }
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).map_err(failed)?;
    let memory = File::open(format!("/proc/{pid}/mem")).map_err(failed)?;
    let pages = File::open(format!("/proc/{pid}/pagemap")).map_err(failed)?;
    let needles = needles.iter().map(Borrow::borrow);
    let finders: Vec<(&Needle, Finder<'_>)> = needles.map(|needle| (needle, Finder::new(&needle.bytes))).collect();
    let (mut found, mut read) = (Vec::new(), 0);
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (Some(range), Some(rights)) = (parts.next(), parts.next()) else { continue };
        let name = parts.nth(3).unwrap_or("anonymous");
        let is_code = name.starts_with('/') && !rights.contains('w');
        if !rights.starts_with('r') || name.starts_with("[v") || is_code {
            continue;
        }
        let Some((from, to)) = range.split_once('-') else { continue };
        let (Ok(from), Ok(to)) = (u64::from_str_radix(from, 16), u64::from_str_radix(to, 16)) else { continue };
        for (from, to) in present(&pages, from, to) {
            read += to - from;
            look_through(&memory, (from, to), &finders, |needle, at| {
                found.push(Sighting { name: needle.name.clone(), region: name.to_owned(), at });
            });
        }
    }
    Ok((found, read))
}

/// The runs of pages in this range that are in memory or swapped out. What was never touched is left out: engines
/// reserve more than any computer has.
fn present(pages: &File, from: u64, to: u64) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut entries = vec![0; PART];
    let mut at = from;
    while at < to {
        let wanted = usize::try_from((to - at) / PAGE * 8).unwrap_or(PART).min(PART);
        let Some(part) = entries.get_mut(..wanted).filter(|part| !part.is_empty()) else { break };
        if pages.read_exact_at(part, at / PAGE * 8).is_err() {
            // Where the system does not tell, everything is read.
            runs.push((at, to));
            break;
        }
        for entry in part.chunks_exact(8) {
            // Bit 63: in memory; bit 62: swapped out.
            if entry[7] & 0xc0 != 0 {
                match runs.last_mut() {
                    Some(last) if last.1 == at => last.1 = at + PAGE,
                    Some(_) | None => runs.push((at, at + PAGE)),
                }
            }
            at += PAGE;
        }
    }
    runs
}

/// Reads a run in parts that overlap by the length of a needle.
fn look_through(
    memory: &File,
    (from, to): (u64, u64),
    finders: &[(&Needle, Finder<'_>)],
    mut found: impl FnMut(&Needle, u64),
) {
    let most = finders.iter().map(|(needle, _)| needle.bytes.len()).max().unwrap_or(0) as u64;
    let mut at = from;
    while at < to {
        let end = (at + PART as u64 + most).min(to);
        let mut bytes = vec![0; usize::try_from(end - at).unwrap_or(0)];
        // What went away meanwhile stays zero.
        let _ = memory.read_exact_at(&mut bytes, at);
        for (needle, finder) in finders {
            for place in finder.find_iter(&bytes) {
                // What begins in the overlap belongs to the next part.
                if place < PART || end == to {
                    found(needle, at + place as u64);
                }
            }
        }
        if end == to {
            return;
        }
        at += PART as u64;
    }
}

/// What stands around this address, as far as it is text: it tells whose memory it is.
///
/// # Errors
/// - If the memory cannot be read.
pub fn around(pid: u32, at: u64) -> Result<String, String> {
    let memory = File::open(format!("/proc/{pid}/mem")).map_err(|error| error.to_string())?;
    let mut bytes = [0; 512];
    memory.read_exact_at(&mut bytes, at.saturating_sub(256)).map_err(|error| error.to_string())?;
    let shown = |byte: u8| if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '.' };
    Ok(bytes.into_iter().map(shown).collect())
}

/// What was found, one line for each thing and mapping.
#[must_use]
pub fn told(sightings: &[Sighting]) -> String {
    let mut counted: BTreeMap<(&str, &str), Vec<u64>> = BTreeMap::new();
    for Sighting { name, region, at } in sightings {
        counted.entry((name, region)).or_default().push(*at);
    }
    let line = |((name, region), at): (&(&str, &str), &Vec<u64>)| {
        format!("  {name}: {} times in {region} (first at {:#x})\n", at.len(), at[0])
    };
    counted.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{Needle, PART, search};

    #[test]
    fn what_lies_across_two_parts_is_found_once() {
        let mut room = vec![1_u8; 3 * PART];
        // Not written here as it is looked for, so that only the room holds it.
        let bytes: Vec<u8> = (0..32_u8).map(|number| number.wrapping_mul(37) ^ 0x5a).collect();
        let starts = room.as_ptr() as usize;
        for part in 1..3 {
            let boundary = (starts / 4096 + 1) * 4096 - starts + part * PART - 16;
            room[boundary..boundary + 32].copy_from_slice(&bytes);
        }
        let needles = [Needle { name: "planted".to_owned(), bytes }];
        let (found, read) = search(std::process::id(), &needles).unwrap();
        let within = found.iter().filter(|seen| {
            let at = usize::try_from(seen.at).unwrap();
            (starts..starts + room.len()).contains(&at)
        });
        assert_eq!(within.count(), 2);
        assert!(read > 3 * PART as u64);
        assert_eq!(room[0], 1);
    }
}
