//! Addresses for reading: exact ones are kept, defanged ones are shown.

/// An address that nobody opens by accident: `hxxps://board[.]example/topic`.
pub(crate) fn defanged(address: &str) -> String {
    let (scheme, host, rest) = split(address);
    let scheme = scheme.replacen("http", "hxxp", 1);
    format!("{}{}{}", scheme, host.replace('.', "[.]"), rest)
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
    use super::{defanged, plain};

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
