//! What people type, and what the keychain holds.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

/// A passphrase, in Unicode's form NFKC so that every keyboard gives the same bytes. Wiped when dropped.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed, and wipes it.
    #[must_use]
    pub fn new(mut typed: String) -> Self {
        let mut normal = Zeroizing::new(String::with_capacity(typed.len() * 4));
        normal.extend(typed.nfkc());
        typed.zeroize();
        Self(normal)
    }

    /// How hard it is to guess for somebody who knows `inputs` (names, the school).
    #[must_use]
    pub fn strength(&self, inputs: &[&str]) -> Strength {
        Strength { score: zxcvbn::zxcvbn(&self.0, inputs).score().into() }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// How hard a passphrase is to guess, as zxcvbn judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Strength {
    score: u8,
}

impl Strength {
    /// From 0 (at once) to 4 (more than 10^10 guesses).
    #[must_use]
    pub fn score(self) -> u8 {
        self.score
    }

    /// Whether it is enough for this store: 3 or 4 (more than 10^8 guesses, each of which costs an Argon2id run).
    #[must_use]
    pub fn is_enough(self) -> bool {
        self.score >= 3
    }
}

/// The secret that this computer's keychain holds, so that a copied folder alone cannot be tried. Made only at
/// set-up, never because a keychain answered that it has none. Wiped when dropped.
pub struct DeviceSecret(Zeroizing<[u8; 32]>);

impl DeviceSecret {
    /// Takes the 32 bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The 32 bytes, for the keychain.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for DeviceSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceSecret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_letters_are_one_passphrase() {
        let composed = Passphrase::new("caf\u{e9} \u{ff21}".to_owned());
        let decomposed = Passphrase::new("cafe\u{301} A".to_owned());
        assert_eq!(composed.bytes(), decomposed.bytes());
    }

    #[test]
    fn the_name_of_the_school_is_no_passphrase() {
        assert!(!Passphrase::new("Hollybrook1".to_owned()).strength(&["Hollybrook School", "Hollybrook"]).is_enough());
        assert!(Passphrase::new("lantern quilt harbour spruce".to_owned()).strength(&["Hollybrook"]).is_enough());
        assert_eq!(Passphrase::new(String::new()).strength(&[]).score(), 0);
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(format!("{:?}", Passphrase::new("lantern".to_owned())), "Passphrase");
        assert_eq!(format!("{:?}", DeviceSecret::new([7; 32])), "DeviceSecret");
    }
}
