//! The two printed recovery codes: 160 random bits and a 20-bit checksum each, in Crockford's base 32.

use std::fmt;

use trail_domain::ids::Hash;
use zeroize::Zeroizing;

use super::Key;
use crate::entropy::Entropy;

/// Crockford's alphabet: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BITS_BYTES: usize = 20;
const SYMBOLS: usize = 36;

/// One of the two recovery codes. Wiped when dropped, never shown by `Debug`.
pub struct RecoveryCode(Zeroizing<[u8; BITS_BYTES]>);

/// What was typed is no recovery code: a letter is wrong, missing or too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This is not a recovery code. Check each of its nine groups and try again.")]
pub struct BadCode;

impl RecoveryCode {
    /// Draws a new code.
    pub(crate) fn random(entropy: &dyn Entropy) -> Self {
        let mut bits = Zeroizing::new([0; BITS_BYTES]);
        entropy.fill(&mut *bits);
        Self(bits)
    }

    /// Reads a typed code. Spaces and hyphens do not count; O is 0, I and L are 1; small letters are capital ones.
    ///
    /// # Errors
    /// - If it has another length, an impossible letter, or its checksum does not fit.
    pub fn parse(typed: &str) -> Result<Self, BadCode> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(SYMBOLS));
        for letter in typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
            symbols.push(value_of(letter).ok_or(BadCode)?);
        }
        if symbols.len() != SYMBOLS {
            return Err(BadCode);
        }
        let mut bits = Zeroizing::new([0; BITS_BYTES]);
        for (at, chunk) in symbols[..32].chunks(8).enumerate() {
            let word = chunk.iter().fold(0u64, |word, symbol| (word << 5) | u64::from(*symbol));
            bits[at * 5..at * 5 + 5].copy_from_slice(&word.to_be_bytes()[3..]);
        }
        let code = Self(bits);
        if code.checksum() == symbols[32..] { Ok(code) } else { Err(BadCode) }
    }

    /// The code as it is printed: nine groups of four.
    #[must_use]
    pub fn printed(&self) -> Zeroizing<String> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(SYMBOLS));
        for chunk in self.0.chunks(5) {
            let word = chunk.iter().fold(0u64, |word, byte| (word << 8) | u64::from(*byte));
            symbols.extend((0..8).rev().map(|place| ((word >> (place * 5)) & 31) as u8));
        }
        symbols.extend(self.checksum());
        let mut out = Zeroizing::new(String::with_capacity(SYMBOLS + 8));
        for (at, symbol) in symbols.iter().enumerate() {
            if at > 0 && at % 4 == 0 {
                out.push('-');
            }
            out.push(char::from(ALPHABET[usize::from(*symbol)]));
        }
        out
    }

    /// The key that both codes make together; neither makes it alone.
    pub(crate) fn key(first: &Self, second: &Self, salt: &[u8; 32]) -> Key {
        let mut both = Zeroizing::new([0; 2 * BITS_BYTES]);
        both[..BITS_BYTES].copy_from_slice(&*first.0);
        both[BITS_BYTES..].copy_from_slice(&*second.0);
        Key::from_material(salt, &*both, &[b"evidence-trail/recovery/v1"])
    }

    fn checksum(&self) -> [u8; 4] {
        let mut named = Zeroizing::new(b"evidence-trail/recovery-checksum/v1\0".to_vec());
        named.extend(&*self.0);
        let sum = Hash::of(&named);
        let [a, b, c, ..] = *sum.bytes();
        let word = u32::from_be_bytes([0, a, b, c]) >> 4;
        [15, 10, 5, 0].map(|shift| ((word >> shift) & 31) as u8)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}

fn value_of(letter: char) -> Option<u8> {
    let folded = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|symbol| char::from(*symbol) == folded).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    struct Ramp;

    impl Entropy for Ramp {
        fn fill(&self, out: &mut [u8]) {
            for (at, byte) in out.iter_mut().enumerate() {
                *byte = (at as u8).wrapping_mul(37).wrapping_add(11);
            }
        }
    }

    #[test]
    fn a_printed_code_reads_back_in_any_hand() {
        let code = RecoveryCode::random(&Ramp);
        let printed = code.printed();
        assert_eq!(printed.len(), 44);
        assert_eq!(printed.split('-').count(), 9);
        assert_eq!(*RecoveryCode::parse(&printed).unwrap().0, *code.0);
        let sloppy = printed.replace('-', " ").replace('0', "o").replace('1', "l").to_lowercase();
        assert_eq!(*RecoveryCode::parse(&sloppy).unwrap().0, *code.0);
    }

    #[test]
    fn a_wrong_letter_is_noticed() {
        let printed = RecoveryCode::random(&Ramp).printed();
        for at in (0..printed.len()).filter(|at| printed.as_bytes()[*at] != b'-') {
            let mut typed = printed.as_bytes().to_vec();
            typed[at] = if typed[at] == b'Z' { b'Y' } else { b'Z' };
            assert_eq!(RecoveryCode::parse(std::str::from_utf8(&typed).unwrap()).err(), Some(BadCode), "letter {at}");
        }
        assert!(RecoveryCode::parse("").is_err() && RecoveryCode::parse(&printed[1..]).is_err());
        assert!(RecoveryCode::parse(&printed.replace('-', "U")).is_err());
    }

    #[test]
    fn the_order_of_the_codes_and_the_salt_count() {
        let (one, two) = (RecoveryCode(Zeroizing::new([1; 20])), RecoveryCode(Zeroizing::new([2; 20])));
        assert_ne!(RecoveryCode::key(&one, &two, &[0; 32]), RecoveryCode::key(&two, &one, &[0; 32]));
        assert_ne!(RecoveryCode::key(&one, &two, &[0; 32]), RecoveryCode::key(&one, &two, &[1; 32]));
        assert_ne!(RecoveryCode::key(&one, &two, &[0; 32]), RecoveryCode::key(&one, &one, &[0; 32]));
    }
}
