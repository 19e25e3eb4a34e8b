//! Addresses for reading: exact ones are kept, defanged ones are shown.

use trail_domain::ids::Seq;

/// An address that nobody opens by accident: `hxxps://board[.]example/topic`.
pub(crate) fn defanged(address: &str) -> String {
    let (scheme, host, rest) = split(address);
    let scheme = scheme.replacen("http", "hxxp", 1);
    format!("{}{}{}", scheme, host.replace('.', "[.]"), rest)
}

/// Words with each address in them defanged; or, where addresses are withheld, without them and with the ledger entry in
/// which they stand.
pub(crate) fn in_words(text: &str, withheld: Option<Seq>) -> String {
    let part = |part: &str| {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
        let full = part.contains("://") || bare.to_lowercase().starts_with("www.");
        match withheld {
            Some(entry) if full || looks_like_a_site(bare) => format!("[address withheld, ledger entry {entry}]"),
            None if part.contains("://") => {
                let at = part.find("http").unwrap_or(0);
                let (before, address) = part.split_at(at);
                format!("{before}{}", defanged(address))
            }
            None if full => part.replace('.', "[.]"),
            Some(_) | None => part.to_owned(),
        }
    };
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        out.push_str(&part(word));
        out.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    out
}

/// `board.example/topic`: a name with a dot within, and letters after the last dot of what stands before a path. It
/// takes more for a site than is one, since an address that slips through cannot be taken back.
fn looks_like_a_site(word: &str) -> bool {
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.rsplit_once('.').is_some_and(|(before, last)| {
        before.chars().any(char::is_alphanumeric) && last.chars().count() > 1 && last.chars().all(char::is_alphabetic)
    })
}

/// Scheme with `://`, host with port, and the rest.
pub(crate) fn split(address: &str) -> (String, String, String) {
    let Some((scheme, rest)) = address.split_once("://") else {
        return (String::new(), String::new(), address.to_owned());
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    (format!("{scheme}://"), host.to_owned(), rest.to_owned())
}

/// Shown escaped: nothing that turns the reading direction, hides or breaks the line.
pub(crate) fn plain(text: &str) -> String {
    let escape = |c: char| match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            format!("[U+{:04X}]", u32::from(c))
        }
        c if c.is_control() => format!("[U+{:04X}]", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::{defanged, in_words, plain};
    use trail_domain::ids::Seq;

    #[test]
    fn an_address_in_what_somebody_wrote_is_defanged_or_withheld() {
        let wrote =
            "Seen on (https://a.board.example/x.y), at www.board.example and on board.example/topic, 14.30. Then home.";
        assert_eq!(
            in_words(wrote, None),
            "Seen on (hxxps://a[.]board[.]example/x.y), at www[.]board[.]example and on board.example/topic, 14.30. Then home."
        );
        let without = in_words(wrote, Some(Seq(12)));
        assert_eq!(without.matches("[address withheld, ledger entry 12]").count(), 3, "{without}");
        assert!(!without.contains("board") && without.contains("14.30. Then home."), "{without}");
        assert_eq!(in_words("a\nb  c", Some(Seq(1))), "a\nb  c");
    }

    #[test]
    fn a_defanged_address_cannot_be_opened() {
        assert_eq!(defanged("https://a.board.example/x.y?z=1.2"), "hxxps://a[.]board[.]example/x.y?z=1.2");
        assert_eq!(defanged("not an address"), "not an address");
    }

    #[test]
    fn a_title_cannot_turn_the_line_round() {
        assert_eq!(plain("a\u{202e}b\nc"), "a[U+202E]b[U+000A]c");
    }
}
