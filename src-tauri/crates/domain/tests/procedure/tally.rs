//! How often what came: so that a law that nothing was held against is seen.

use std::collections::BTreeMap;
use std::fmt;

use trail_domain::refusal::RefusalCode;

/// Counts of many sequences.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally {
    sequences: u64,
    tried: u64,
    by_pack: BTreeMap<String, u64>,
    refusals: BTreeMap<&'static str, u64>,
    events: BTreeMap<&'static str, u64>,
    noted: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// One sequence more, under this pack.
    pub(crate) fn sequence(&mut self, pack: &str) {
        self.sequences += 1;
        match self.by_pack.get_mut(pack) {
            Some(count) => *count += 1,
            None => drop(self.by_pack.insert(pack.to_owned(), 1)),
        }
    }

    /// One thing more was tried, and refused by this code or not.
    pub(crate) fn tried(&mut self, refused: Option<&'static str>) {
        self.tried += 1;
        if let Some(code) = refused {
            *self.refusals.entry(code).or_default() += 1;
        }
    }

    /// An event of this kind was recorded.
    pub(crate) fn event(&mut self, kind: &'static str) {
        *self.events.entry(kind).or_default() += 1;
    }

    /// A law saw something of this name.
    pub(crate) fn note(&mut self, what: &'static str) {
        self.notes(what, 1);
    }

    /// A law saw so many things of this name.
    pub(crate) fn notes(&mut self, what: &'static str, count: u64) {
        *self.noted.entry(what).or_default() += count;
    }

    /// How many sequences were gone through.
    pub(crate) fn sequences(&self) -> u64 {
        self.sequences
    }

    /// How often a law saw something of this name.
    pub(crate) fn noted(&self, what: &str) -> u64 {
        self.noted.get(what).copied().unwrap_or_default()
    }

    /// Codes of refusals that never came.
    pub(crate) fn never_refused(&self) -> Vec<&'static str> {
        RefusalCode::ALL.iter().map(|code| code.as_str()).filter(|code| !self.refusals.contains_key(code)).collect()
    }

    /// Adds another's counts.
    pub(crate) fn add(&mut self, other: Self) {
        self.sequences += other.sequences;
        self.tried += other.tried;
        other.by_pack.into_iter().for_each(|(pack, count)| *self.by_pack.entry(pack).or_default() += count);
        for (mine, theirs) in
            [(&mut self.refusals, other.refusals), (&mut self.events, other.events), (&mut self.noted, other.noted)]
        {
            theirs.into_iter().for_each(|(what, count)| *mine.entry(what).or_default() += count);
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused: u64 = self.refusals.values().sum();
        let recorded: u64 = self.events.values().sum();
        writeln!(
            out,
            "{} sequences, {} commands, of which {refused} refused; {recorded} events",
            self.sequences, self.tried
        )?;
        let packs: Vec<String> = self.by_pack.iter().map(|(pack, count)| format!("{pack} {count}")).collect();
        writeln!(out, "by pack: {}", packs.join(", "))?;
        writeln!(out, "refusals that never came: {}", self.never_refused().join(", "))?;
        for (heading, counts) in
            [("refusals", &self.refusals), ("events", &self.events), ("seen by the laws", &self.noted)]
        {
            writeln!(out, "{heading}:")?;
            for (what, count) in counts {
                writeln!(out, "  {count:>10}  {what}")?;
            }
        }
        Ok(())
    }
}
