//! Mutants: a form or a package with something changed in it, by chance or with knowledge of how it is built.

use trail_seal::package::InMemory;

use crate::parcel::relist;

/// A source of numbers that a seed repeats (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % most.max(1)
    }
}

/// Names of the changes to bytes, for the table.
pub(crate) const BYTES: [&str; 8] = ["flip", "byte", "insert", "delete", "repeat", "swap", "cut", "append"];
/// Names of the changes that know how a package is built.
pub(crate) const STRUCTURED: [&str; 7] =
    ["rename", "remove", "add", "exchange", "relist", "restate", "other-signature"];

/// Changes bytes; which of the changes it was.
pub(crate) fn bytes(dice: &mut Dice, bytes: &mut Vec<u8>) -> usize {
    let kind = dice.below(BYTES.len());
    let (at, length) = (dice.below(bytes.len()), 1 + dice.below(40));
    let end = (at + length).min(bytes.len());
    match kind {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
        2 => bytes.insert(at, u8::try_from(dice.below(256)).unwrap()),
        3 => drop(bytes.drain(at..end)),
        4 => {
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
        5 => {
            let other = dice.below(bytes.len());
            bytes.swap(at, other);
        }
        6 => bytes.truncate(at),
        _ => bytes.extend(std::iter::repeat_n(b'\n', length)),
    }
    kind
}

/// Changes a package with knowledge of how it is built; `other` is one of another school.
pub(crate) fn package(dice: &mut Dice, package: &mut InMemory, other: &InMemory) -> usize {
    let names: Vec<String> = package.0.keys().cloned().collect();
    let name = names[dice.below(names.len())].clone();
    let kind = dice.below(STRUCTURED.len());
    match kind {
        0 => {
            let bytes = package.0.remove(&name).unwrap();
            package.0.insert(format!("{name}{}", dice.below(10)), bytes);
        }
        1 => drop(package.0.remove(&name)),
        2 => drop(package.0.insert(format!("data/documents/extra-{}.pdf", dice.below(100)), b"%PDF-1.7".to_vec())),
        3 => drop(package.0.insert(name.clone(), other.0.get(&name).cloned().unwrap_or_default())),
        // A file is changed and every list is put right again; only the statement and its signature are not.
        4 => {
            let payload: Vec<&String> = names.iter().filter(|name| name.starts_with("data/")).collect();
            let name = payload[dice.below(payload.len())].clone();
            bytes(dice, package.0.get_mut(&name).unwrap());
            relist(package);
        }
        // The statement is changed too, and stays canonical; only its signature is not put right.
        5 => {
            let text = String::from_utf8(package.0["statement.json"].clone()).unwrap();
            let words = ["Example", "Hollybrook", "police", "EX/4711/26", "USB stick", "HB-2026-0014"];
            let word = words[dice.below(words.len())];
            package.0.insert("statement.json".to_owned(), text.replacen(word, "Other", 1).into_bytes());
            relist(package);
        }
        _ => {
            let signature = other.0["statement.p7s"].clone();
            package.0.insert("statement.p7s".to_owned(), signature);
            relist(package);
        }
    }
    kind
}
