//! Addresses for reading: exact ones are kept, defanged ones are shown.

use trail_domain::ids::Seq;

/// What stands where an address was.
pub(crate) const WITHHELD: &str = "[address withheld]";

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
                let at = part.to_ascii_lowercase().find("http").unwrap_or(0);
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

/// `board.example/topic`, `board[.]example`, `93.184.216.34`: a letter or a number before a dot, and after it a letter and
/// one more. It takes more for a site than is one, since an address that slips through cannot be taken back.
fn looks_like_a_site(word: &str) -> bool {
    let word = word.replace("[.]", ".");
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let letters: Vec<char> = word.chars().collect();
    let is_name = |four: &[char]| matches!(four, [before, '.', first, second] if before.is_alphanumeric() && first.is_alphabetic() && second.is_alphanumeric());
    host.parse::<std::net::Ipv4Addr>().is_ok() || letters.windows(4).any(is_name)
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
        if is_named || looks_like_one(&small) { WITHHELD.to_owned() } else { word.to_owned() }
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
    use super::{defanged, in_words, plain, without};
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
        for address in
            ["board[.]example/topic", "board.example\u{2019}s", "board.example;see", "board.xn--p1ai", "93.184.216.34"]
        {
            let left = in_words(&format!("It was {address}, at 14.30pm, e.g. here."), Some(Seq(1)));
            assert_eq!(left, "It was [address withheld, ledger entry 1] at 14.30pm, e.g. here.", "{address}");
        }
        assert!(!in_words("See HTTP://board.example/x", None).contains("board.example"));
    }

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
