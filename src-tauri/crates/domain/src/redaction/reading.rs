//! A text as its words: where each is, and how it is compared. Letters may be percent-encoded, escaped, in any Unicode
//! form, with accents or not, and have signs without a width between them.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What becomes of percent-encoded bytes that are not UTF-8 (RFC 3986, section 2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// They part words: `%E9quennell`.
    Parts,
    /// They were no encoding, and stay as they are written: `50%adams`.
    Stays,
}

/// A word of a text: where it is, in bytes, and how it is compared.
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    word: String,
}

impl Token {
    /// The word as it is compared: small letters without accents, in one Unicode form (NFKD, Unicode Annex 15).
    pub(super) fn into_word(self) -> String {
        self.word
    }

    /// Whether it is this word, or this word with figures before or after it: `quennell09`. Not one letter: `A2` is
    /// another pupil than `A`.
    pub(super) fn is(&self, word: &str) -> bool {
        let bare = self.word.trim_matches(|letter: char| letter.is_ascii_digit());
        self.word == word || (bare.chars().count() > 1 && bare == word)
    }
}

/// A letter, and where it is written.
#[derive(Debug, Clone, Copy)]
struct Sign {
    start: usize,
    end: usize,
    letter: char,
}

/// The words of a text, in their order.
pub(super) fn tokens(text: &str, broken: Broken) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open = false;
    for sign in signs(text, broken) {
        if is_invisible(sign.letter) {
            continue;
        }
        if parts(sign.letter) {
            open = false;
            continue;
        }
        if !open {
            found.push(Token { start: sign.start, end: sign.end, word: String::new() });
            open = true;
        }
        if let Some(token) = found.last_mut() {
            token.end = sign.end;
            compared(sign.letter, &mut token.word);
        }
    }
    found
}

/// Adds a letter in the one way to write it. Through capitals, so that a letter which has two small ones is one letter.
fn compared(letter: char, word: &mut String) {
    decompose_compatible(letter, |letter| {
        if !is_combining_mark(letter) {
            word.extend(letter.to_uppercase().flat_map(char::to_lowercase));
        }
    });
}

/// Whether a sign parts words: whatever is no letter, figure or accent, and what is written for an apostrophe.
fn parts(letter: char) -> bool {
    let is_apostrophe = matches!(letter, '\u{2B9}'..='\u{2BF}');
    is_apostrophe || !(letter.is_alphanumeric() || is_combining_mark(letter))
}

/// Signs without a width, which a word can hide.
fn is_invisible(letter: char) -> bool {
    let is_mark = matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    is_mark || matches!(letter, '\u{FEFF}' | '\u{AD}')
}

/// The letters of a text, with escapes and percent-encoding read, also where something was encoded more than once.
fn signs(text: &str, broken: Broken) -> Vec<Sign> {
    let written =
        text.char_indices().map(|(start, letter)| Sign { start, end: start + letter.len_utf8(), letter }).collect();
    let mut signs = unescaped(written);
    loop {
        let decoded = decoded(&signs, broken);
        if decoded.len() == signs.len() {
            return decoded;
        }
        signs = decoded;
    }
}

/// With each `[U+200B]`, as signs without a width are shown, as the sign that it stands for.
fn unescaped(signs: Vec<Sign>) -> Vec<Sign> {
    if !signs.iter().any(|sign| sign.letter == '[') {
        return signs;
    }
    let mut out = Vec::with_capacity(signs.len());
    let mut rest = signs.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let (sign, left) = escape(rest).unwrap_or((*first, after));
        out.push(sign);
        rest = left;
    }
    out
}

fn escape(signs: &[Sign]) -> Option<(Sign, &[Sign])> {
    let [Sign { start, letter: '[', .. }, Sign { letter: 'U', .. }, Sign { letter: '+', .. }, rest @ ..] = signs else {
        return None;
    };
    let length = rest.iter().take(7).position(|sign| sign.letter == ']')?;
    let (figures, after) = rest.split_at(length);
    let (close, left) = after.split_first()?;
    let mut value = 0;
    for figure in figures {
        value = value * 16 + figure.letter.to_digit(16)?;
    }
    let letter = char::from_u32(value).filter(|_| length >= 4)?;
    Some((Sign { start: *start, end: close.end, letter }, left))
}

/// With each run of `%HH` as the letters that it encodes, each where its own bytes are written.
fn decoded(signs: &[Sign], broken: Broken) -> Vec<Sign> {
    let mut out = Vec::with_capacity(signs.len());
    let mut rest = signs;
    while let Some((first, after)) = rest.split_first() {
        let bytes: Vec<u8> = rest.chunks_exact(3).map_while(encoded).collect();
        if bytes.is_empty() {
            out.push(*first);
            rest = after;
            continue;
        }
        let (mut run, left) = rest.split_at(bytes.len() * 3);
        for chunk in bytes.utf8_chunks() {
            for letter in chunk.valid().chars() {
                let (own, others) = run.split_at(letter.len_utf8() * 3);
                out.extend(spanned(own, letter));
                run = others;
            }
            let (own, others) = run.split_at(chunk.invalid().len() * 3);
            match broken {
                Broken::Parts => out.extend(spanned(own, '\0')),
                Broken::Stays => out.extend(own),
            }
            run = others;
        }
        rest = left;
    }
    out
}

/// One letter in the place of these.
fn spanned(signs: &[Sign], letter: char) -> Option<Sign> {
    let (first, last) = (signs.first()?, signs.last()?);
    Some(Sign { start: first.start, end: last.end, letter })
}

/// The byte that `%HH` encodes.
fn encoded(three: &[Sign]) -> Option<u8> {
    let [Sign { letter: '%', .. }, high, low] = three else { return None };
    u8::try_from(high.letter.to_digit(16)? * 16 + low.letter.to_digit(16)?).ok()
}
