//! What of an address is drawn in our own bar.

/// The most characters of an address that are drawn. All of it is recorded.
const MOST_DRAWN: usize = 300;

/// What stands behind the host.
pub(super) fn path_of(address: &str) -> String {
    url::Url::parse(address).map(|url| url[url::Position::BeforePath..].to_owned()).unwrap_or_default()
}

/// What is safe to draw: no control and no direction-changing characters, and not endless.
pub(super) fn drawn(text: &str) -> String {
    let safe = |c: char| if c.is_ascii_graphic() { c } else { '\u{fffd}' };
    let mut drawn: String = text.chars().take(MOST_DRAWN).map(safe).collect();
    if text.chars().nth(MOST_DRAWN).is_some() {
        drawn.push('\u{2026}');
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_turns_or_hides_is_drawn() {
        assert_eq!(drawn("/a\u{202e}b\u{200b}\nc"), "/a\u{fffd}b\u{fffd}\u{fffd}c");
        assert_eq!(drawn(&"x".repeat(MOST_DRAWN + 1)).chars().count(), MOST_DRAWN + 1);
    }
}
