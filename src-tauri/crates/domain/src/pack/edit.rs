//! A pack that a school edits: the text to begin from, and every fault of what was written.

use super::fault::{Faults, Flaw, PackFault};
use super::whole::Written;
use super::{PolicyPack, ids};

/// Most entries that are set aside to find the faults of the others.
const MOST: usize = 40;

/// What a text is called that has no id by which it could be.
const NAMELESS: &str = "policy";

impl PolicyPack {
    /// The text of the next version of this pack, to be edited: nothing but its version is changed.
    #[must_use]
    pub fn next_text(&self) -> String {
        let span = self.written.version.span();
        let due = self.version().saturating_add(1).to_string();
        let (before, after) = (self.text.get(..span.start), self.text.get(span.end..));
        format!("{}{due}{}", before.unwrap_or_default(), after.unwrap_or_default())
    }

    /// Reads a pack that was edited. `shipped` come with the product and stay as they are; `kept` are those whose text
    /// the store has.
    ///
    /// # Errors
    /// - If it does not parse: every entry that cannot be read, or else everything that does not hold.
    /// - If it is another text under the id of one that comes with the product.
    /// - If it is not the version after the last one with its id; the first one is version 1.
    pub fn read_edited(text: &str, shipped: &[&Self], kept: &[&Self]) -> Result<Self, Faults> {
        let name = format!("{}.toml", declared_id(text));
        let pack = Self::read_whole(&name, text)?;
        let known = |packs: &[&Self]| packs.iter().any(|other| other.hash == pack.hash);
        if known(shipped) || known(kept) {
            return Ok(pack);
        }
        let flawed = |at, what, instead: &str| {
            Faults::from(PackFault::flawed(&name, text, Flaw::at(at, what, instead.to_owned())))
        };
        if shipped.iter().any(|other| other.id() == pack.id()) {
            let what = format!("the id \"{}\" is that of a policy which comes with the product", pack.id());
            return Err(flawed(pack.written.id.span().start, what, "choose an id of your own, such as \"our-school\""));
        }
        match kept.iter().filter(|other| other.id() == pack.id()).max_by_key(|other| other.version()) {
            Some(last) => last.parse_next(text).map_err(Faults::from),
            None if pack.version() == 1 => Ok(pack),
            None => {
                let what = format!("this is version {}, and there is none before it", pack.version());
                Err(flawed(pack.written.version.span().start, what, "write version = 1"))
            }
        }
    }

    /// Reads a pack like [`PolicyPack::parse`], and goes on to find further faults.
    fn read_whole(name: &str, text: &str) -> Result<Self, Faults> {
        let unreadable = |error: &toml::de::Error| PackFault::unreadable(name, text, error);
        let first = match toml::from_str::<Written>(text) {
            Ok(written) => {
                let whole: toml::Table = toml::from_str(text).map_err(|error| unreadable(&error))?;
                return Self::checked(name, text, written, &whole);
            }
            Err(error) => error,
        };
        // What cannot be read is set aside, an entry of a list or else a line: the reader names the first fault only.
        // What lacks because of that is no fault of the text.
        let mut faults = vec![unreadable(&first)];
        let mut left = text.to_owned();
        while faults.len() < MOST {
            let last = faults.last().and_then(PackFault::line);
            let Some(rest) = last.and_then(|line| without_line(&left, line)) else { break };
            left = rest;
            let Err(error) = toml::from_str::<Written>(&left) else { break };
            let fault = PackFault::unreadable(name, &left, &error);
            if error.message().starts_with("missing field")
                && !fault.line().is_some_and(|line| is_in_a_list(&left, line))
            {
                break;
            }
            faults.push(fault);
        }
        Err(Faults::of(faults).unwrap_or_else(|| unreadable(&first).into()))
    }
}

/// The id that the text gives itself, also where nothing else of it can be used.
fn declared_id(text: &str) -> String {
    let at_the_top = text.lines().take_while(|line| !line.trim_start().starts_with('['));
    let written = at_the_top.filter_map(|line| line.trim().strip_prefix("id")?.trim_start().strip_prefix('=')).next();
    let id = written.map(|value| value.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']));
    id.filter(|id| ids::is_id(id)).unwrap_or(NAMELESS).to_owned()
}

/// The text without what this line belongs to, each line of that left empty: the entry of a list, or else the line
/// alone. None where nothing is left there.
fn without_line(text: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    lines.get(line.checked_sub(1)?).filter(|text| !text.is_empty())?;
    let (start, after) = entry_of(&lines, line).unwrap_or((line - 1, line));
    let kept = lines.iter().enumerate().map(|(at, line)| if (start..after).contains(&at) { "" } else { *line });
    Some(kept.collect::<Vec<_>>().join("\n"))
}

fn is_in_a_list(text: &str, line: usize) -> bool {
    entry_of(&text.lines().collect::<Vec<_>>(), line).is_some()
}

/// The lines of the entry of a list that this line is in: from its head to the next one.
fn entry_of(lines: &[&str], line: usize) -> Option<(usize, usize)> {
    let is_head = |line: &&str| line.trim_start().starts_with('[') && line.trim_end().ends_with(']');
    let start = lines.iter().take(line).rposition(is_head)?;
    if !lines.get(start)?.trim_start().starts_with("[[") {
        return None;
    }
    Some((start, lines.iter().skip(start + 1).position(is_head).map_or(lines.len(), |more| start + 1 + more)))
}
