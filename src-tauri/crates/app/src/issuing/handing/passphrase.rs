//! The passphrase of a ZIP: words drawn from a list, so that it can be read out on the telephone.
//!
//! The list has 2,048 words (the English list of BIP 39; no two begin with the same four letters). Each word is 11 bits,
//! so [`WORDS`] words are 88. It is shown once and stands nowhere: not in the store, the ledger or a log.

use bip39::Language;
use ring::rand::SecureRandom;
use zeroize::Zeroizing;

use crate::fault::Fault;

/// How many words a passphrase has.
const WORDS: usize = 8;
/// Bits that a word is drawn with: the list has 2 to this power words.
const BITS: u32 = 11;

/// A new passphrase: words with a dash between.
///
/// # Errors
/// - If the source of randomness fails.
pub(super) fn draw(random: &dyn SecureRandom) -> Result<Zeroizing<String>, Fault> {
    let mut drawn = Zeroizing::new([0_u8; 2 * WORDS]);
    random.fill(drawn.as_mut_slice()).map_err(|_| Fault::with("internal", "detail", "no random numbers"))?;
    let words = Language::English.word_list();
    let mut text = Zeroizing::new(String::with_capacity(9 * WORDS));
    for pair in drawn.chunks_exact(2) {
        let number = pair.iter().fold(0_usize, |number, byte| (number << 8) | usize::from(*byte)) % (1 << BITS);
        let word = words.get(number).ok_or_else(|| Fault::with("internal", "detail", "the list of words is short"))?;
        if !text.is_empty() {
            text.push('-');
        }
        text.push_str(word);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::collections::BTreeSet;

    use super::{BITS, Language, WORDS, draw};

    #[test]
    fn the_list_has_as_many_words_as_are_drawn_from_and_no_two_are_taken_for_each_other() {
        let list = Language::English.word_list();
        let words: BTreeSet<&str> = list.iter().copied().collect();
        let beginnings: BTreeSet<&str> = words.iter().map(|word| &word[..word.len().min(4)]).collect();
        assert_eq!((words.len(), beginnings.len(), list.len()), (1 << BITS, 1 << BITS, 1 << BITS));
        assert!(words.iter().all(|word| word.bytes().all(|letter| letter.is_ascii_lowercase())));
    }

    #[test]
    fn a_passphrase_has_88_bits_and_is_another_each_time() {
        let drawn: BTreeSet<String> =
            (0..200).map(|_| draw(&ring::rand::SystemRandom::new()).unwrap().to_string()).collect();
        assert_eq!(drawn.len(), 200);
        assert!(drawn.iter().all(|text| text.split('-').count() == WORDS));
        assert_eq!(WORDS * BITS as usize, 88);
        // Every word of the list can come: over 1,600 draws far more than half of the list would be odd to miss.
        let words: BTreeSet<&str> = drawn.iter().flat_map(|text| text.split('-')).collect();
        assert!(words.len() > 900, "{}", words.len());
    }
}
