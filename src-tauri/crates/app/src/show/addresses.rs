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

/// Words in which no address stands: whatever looks like one, and every word with this address's host in it, is left
/// out. For cases whose addresses are withheld.
pub(crate) fn without(words: &str, address: &str) -> String {
    let (_, host, _) = split(address);
    let host = host.to_lowercase();
    let bare = host.split(':').next().unwrap_or_default().to_owned();
    let kept = |word: &str| {
        let small = word.to_lowercase();
        let is_named = !bare.is_empty() && small.contains(&bare);
        if is_named || looks_like_one(&small) { "[address withheld]".to_owned() } else { word.to_owned() }
    };
    words.split(' ').map(kept).collect::<Vec<_>>().join(" ")
}

/// Whether a word may be an address: `a://b`, `a.b`, `a:1`, `[::1]`. Rather too many than one too few.
fn looks_like_one(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let between = |mark: char, after: fn(char) -> bool| {
        letters.windows(3).any(|three| three[1] == mark && three[0].is_alphanumeric() && after(three[2]))
    };
    word.contains("://")
        || word.contains("::")
        || between('.', char::is_alphanumeric)
        || between(':', |c| c.is_ascii_digit())
        || word.contains("[.]")
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
    use super::{defanged, plain, without};

    #[test]
    fn no_address_is_left_in_words_that_tell_of_one() {
        let page = "https://board.example:8443/x";
        for words in [
            "Could not connect to board.example: refused",
            "Could not connect to BOARD.example (proxy)",
            "93.184.216.34:443",
            "[2001:db8::1]:443: timed out",
            "see https://other.example/x, please",
            "intranet:4000 and hxxps://a[.]b",
        ] {
            let left = without(words, page).to_lowercase();
            for part in ["board", "93.", "2001", "other", "intranet:4", "hxxp"] {
                assert!(!left.contains(part), "{words}: {left}");
            }
        }
        assert!(!without("cannot find intranet", "http://intranet/").contains("intranet"), "also a name without a dot");
        assert_eq!(
            without("the name could not be looked up. Try again", page),
            "the name could not be looked up. Try again"
        );
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
