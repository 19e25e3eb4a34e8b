//! Words with their faces, and whether they are ours or came from outside.

use super::face::Face;

/// A text made of pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Words {
    pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Piece {
    /// The characters.
    pub(super) text: String,
    /// Another face than the style's.
    pub(super) face: Option<Face>,
    /// A name, a title, an address or an answer: a direction run of its own, not to be trusted.
    pub(super) outside: bool,
}

impl Words {
    /// Fixed words of the document; what stands between two pairs of stars is bold.
    pub(super) fn ours(text: &str) -> Self {
        Self::default().then(text)
    }

    /// Words from outside: each is a direction run of its own.
    pub(super) fn outside(text: &str) -> Self {
        Self::default().then_outside(text)
    }

    /// Adds fixed words; what stands between two pairs of stars is bold.
    pub(super) fn then(mut self, text: &str) -> Self {
        for (number, part) in text.split("**").enumerate() {
            let face = (number % 2 == 1).then_some(Face::Bold);
            self.push(part, face, false);
        }
        self
    }

    /// Adds words from outside.
    pub(super) fn then_outside(mut self, text: &str) -> Self {
        self.push(text, None, true);
        self
    }

    /// Adds words from outside in bold.
    pub(super) fn then_bold(mut self, text: &str) -> Self {
        self.push(text, Some(Face::Bold), true);
        self
    }

    /// Adds an address, a command or a file name.
    pub(super) fn then_mono(mut self, text: &str) -> Self {
        self.push(text, Some(Face::Mono), true);
        self
    }

    /// Adds other words.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    fn push(&mut self, text: &str, face: Option<Face>, outside: bool) {
        if !text.is_empty() {
            self.pieces.push(Piece { text: text.to_owned(), face, outside });
        }
    }
}

/// Whether a character from outside is printed as its code: what cannot be seen or turns the
/// direction of what follows could hide what a name or an address really is.
pub(super) fn printed_as_code(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00AD}'
                | '\u{061C}'
                | '\u{115F}' | '\u{1160}'
                | '\u{180E}'
                | '\u{200B}'
                | '\u{200E}' | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// A character as its code: `[U+202E]`.
pub(super) fn code_of(character: char) -> String {
    format!("[U+{:04X}]", u32::from(character))
}
