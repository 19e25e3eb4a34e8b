//! Addresses and hashes: printed so that nobody opens one by accident and anyone can compare one.

use super::face::Fonts;
use super::grid::MONO;
use super::line::{Line, beside};
use super::shape;
use super::words::Words;

/// Further lines of an address stand this far in.
const INDENT: f32 = 3.0;
/// Gap between groups of eight figures of a hash.
const GAP: f32 = 1.1;
/// Most characters of an address that are printed whole.
const WHOLE: usize = 2_000;
/// Characters printed of a longer address.
const BEGINNING: usize = 1_500;

/// An address that no program makes a link of: `hxxps://media[.]example[.]org/a.b`.
pub(super) fn readable(exact: &str) -> String {
    let Some((scheme, rest)) = exact.split_once("://") else {
        return exact.to_owned();
    };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" => "hxxp".to_owned(),
        "https" => "hxxps".to_owned(),
        other => other.to_owned(),
    };
    format!("{scheme}://{}{path}", host.replace('.', "[.]"))
}

/// Whether the address stands in its coded form because its name mixes scripts.
pub(super) fn coded(exact: &str) -> bool {
    let host = exact.split_once("://").map_or(exact, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    host.split('.').any(|label| label.to_ascii_lowercase().starts_with("xn--"))
}

/// How many characters an address has.
pub(super) fn characters(exact: &str) -> usize {
    exact.chars().count()
}

/// Where the rest of an address stands that is too long to be printed whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// In a file of its exhibit.
    InExhibit,
    /// Only in the ledger.
    InLedger,
}

/// The lines of an address as it is read: no program makes a link of it.
pub(super) fn readable_lines(fonts: &Fonts, exact: &str, width: f32, whole: Whole) -> Vec<Line> {
    printed(fonts, &readable(exact), characters(exact), width, whole)
}

/// The lines of an address exactly as it was.
pub(super) fn exact_lines(fonts: &Fonts, exact: &str, width: f32, whole: Whole) -> Vec<Line> {
    printed(fonts, exact, characters(exact), width, whole)
}

fn printed(fonts: &Fonts, address: &str, total: usize, width: f32, whole: Whole) -> Vec<Line> {
    if total <= WHOLE {
        return shape::address(fonts, &Words::default().then_mono(address), MONO, width, INDENT);
    }
    let shown: String = address.chars().take(BEGINNING).collect();
    let mut out = shape::address(fonts, &Words::default().then_mono(&shown), MONO, width, INDENT);
    let place = match whole {
        Whole::InExhibit => "whole in the exhibit’s file, SHA-256 as in annex G",
        Whole::InLedger => "whole in the school’s ledger, on the computer named here",
    };
    let rest = format!("… ({} characters in all; {place})", super::number::thousands(total as u64));
    out.extend(shape::lines(fonts, &Words::ours(&rest), super::grid::SMALL, width));
    out
}

/// A hash as 64 capitals.
pub(super) fn capitals(hash: &[u8; 32]) -> String {
    hex::encode_upper(hash)
}

/// The first figures of a hash in groups of four: `E2D8 A35D`.
pub(super) fn beginning(hash: &[u8; 32], figures: usize) -> String {
    let all = capitals(hash);
    let mut out = String::new();
    for (place, character) in all.chars().take(figures).enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            out.push(' ');
        }
        out.push(character);
    }
    out
}

/// A hash in groups of eight, `groups` of them to a line. The gaps are positions, so that a copy
/// of the text has none.
pub(super) fn hash(fonts: &Fonts, hash: &[u8; 32], groups: usize) -> Vec<Line> {
    let all = capitals(hash);
    let mut out = Vec::new();
    for (number, part) in all.as_bytes().chunks(8 * groups).enumerate() {
        let mut line: Option<Line> = None;
        let mut x = 0.0;
        for group in part.chunks(8) {
            let text: String = group.iter().copied().map(char::from).collect();
            let next = shape::one_line(fonts, &Words::ours(&text), MONO);
            let width = next.width;
            line = Some(match line {
                None => next,
                Some(before) => beside(vec![before], vec![next], x).remove(0),
            });
            x += width + GAP;
        }
        if let Some(mut line) = line {
            line.width = x - GAP;
            line.starts = number == 0;
            line.actual = Some(part.iter().copied().map(char::from).collect());
            out.push(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_is_made_unopenable() {
        assert_eq!(
            readable("https://media.example.org/a.b?c=http://d.e"),
            "hxxps://media[.]example[.]org/a.b?c=http://d.e"
        );
        assert_eq!(readable("HTTP://one.example"), "hxxp://one[.]example");
        assert_eq!(readable("laptop"), "laptop");
    }

    #[test]
    fn a_coded_name_is_known_by_its_label() {
        assert!(coded("https://www.xn--e1afmkfd.example/"));
        assert!(!coded("https://example.org/xn--"));
    }

    #[test]
    fn a_hash_begins_in_groups_of_four() {
        assert_eq!(beginning(&[0xE2; 32], 8), "E2E2 E2E2");
    }
}
