//! What a disk was told, as `outagefs` recorded it: writes, and the barriers between them. From it every state is made
//! in which a power cut can leave the disk.

use std::collections::BTreeSet;

/// One thing the disk was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These bytes, there.
    Write {
        /// Where.
        offset: usize,
        /// What.
        data: Vec<u8>,
    },
    /// What was written before is durable from here on.
    Sync,
}

/// A state: all changes before the last barrier, and some of those after it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct State {
    /// The first change that is not durable.
    pub from: usize,
    /// Which of the changes after it reached the disk.
    pub some: Vec<bool>,
}

/// Reads a `changes` file: a list of changes in bincode with variable-length integers.
///
/// # Errors
/// - If it is not one.
pub fn parse(bytes: &[u8]) -> Result<Vec<Change>, String> {
    let mut rest = bytes;
    let count = number(&mut rest)?;
    let mut changes = Vec::new();
    for _ in 0..count {
        changes.push(match number(&mut rest)? {
            0 => {
                let (offset, length) = (number(&mut rest)?, number(&mut rest)?);
                let data = rest.get(..length).ok_or("the list of changes is cut")?.to_vec();
                rest = &rest[length..];
                Change::Write { offset, data }
            }
            1 => Change::Sync,
            other => return Err(format!("there is no change of kind {other}")),
        });
    }
    if rest.is_empty() { Ok(changes) } else { Err("something follows the list of changes".to_owned()) }
}

/// States between all barriers: every choice of the writes in between where they are few, else `most` of them, the
/// same ones each time.
#[must_use]
pub fn states(changes: &[Change], most: usize) -> Vec<State> {
    let mut states = BTreeSet::new();
    let mut from = 0;
    let mut chance = 0x2545_f491_4f6c_dd1d_u64;
    let ends = changes.iter().enumerate().filter(|(_, change)| **change == Change::Sync).map(|(at, _)| at);
    for end in ends.chain([changes.len()]) {
        let width = end - from;
        if width > 0 && width < usize::BITS as usize - 1 && 1 << width <= most {
            states.extend(
                (0..1_usize << width)
                    .map(|bits| State { from, some: (0..width).map(|at| bits >> at & 1 == 1).collect() }),
            );
        } else if width > 0 {
            states.insert(State { from, some: vec![true; width] });
            states.insert(State { from, some: vec![false; width] });
            for number in 0..most.saturating_sub(2) {
                let some = if number % 2 == 0 {
                    // Everything up to some write: the disk kept the order.
                    let kept = next(&mut chance) as usize % width;
                    (0..width).map(|at| at < kept).collect()
                } else {
                    (0..width).map(|_| next(&mut chance) & 1 == 1).collect()
                };
                states.insert(State { from, some });
            }
        }
        from = (end + 1).min(changes.len());
    }
    states.into_iter().collect()
}

/// The disk in this state.
#[must_use]
pub fn disk(base: &[u8], changes: &[Change], state: &State) -> Vec<u8> {
    let mut disk = base.to_vec();
    let taken = |at: usize| at < state.from || state.some.get(at - state.from).copied().unwrap_or(false);
    for (at, change) in changes.iter().enumerate().take(state.from + state.some.len()) {
        if let Change::Write { offset, data } = change
            && taken(at)
        {
            disk[*offset..offset + data.len()].copy_from_slice(data);
        }
    }
    disk
}

fn number(rest: &mut &[u8]) -> Result<usize, String> {
    let mut value = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (first, on) = rest.split_first().ok_or("the list of changes is cut")?;
        *rest = on;
        value |= usize::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err("a number is too large".to_owned())
}

fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state >> 11
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_takes_what_was_durable_and_its_own_choice() {
        let write = |offset, byte| Change::Write { offset, data: vec![byte] };
        let changes = [write(0, 1), Change::Sync, write(1, 2), write(2, 3), Change::Sync];
        let states = states(&changes, 8);
        let disks: BTreeSet<Vec<u8>> = states.iter().map(|state| disk(&[0; 3], &changes, state)).collect();
        let wanted = [[0, 0, 0], [1, 0, 0], [1, 2, 0], [1, 0, 3], [1, 2, 3]].map(|disk| disk.to_vec());
        assert_eq!(disks, BTreeSet::from(wanted));
    }

    #[test]
    fn a_cut_list_is_refused() {
        let whole = [2, 0, 0x80, 1, 2, 9, 8, 1];
        let changes = parse(&whole).unwrap();
        assert_eq!(changes, [Change::Write { offset: 128, data: vec![9, 8] }, Change::Sync]);
        for cut in 0..whole.len() {
            assert!(parse(&whole[..cut]).is_err(), "{cut}");
        }
    }
}
