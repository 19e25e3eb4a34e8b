//! Versions of tools, as the tools themselves print them.

use std::fmt;

/// A version as far as it matters here: major and minor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    pub(crate) const fn new(major: u32, minor: u32) -> Self {
        Self { major, minor }
    }

    /// Reads the first word that looks like a version: `v18.19.0`, `rustc 1.95.0 (59807616e)`, `9.2.0`.
    pub(crate) fn parse(said: &str) -> Option<Self> {
        said.split_whitespace().find_map(Self::parse_word)
    }

    fn parse_word(word: &str) -> Option<Self> {
        let mut numbers = word.strip_prefix('v').unwrap_or(word).split('.');
        let major = numbers.next()?.parse().ok()?;
        let minor = numbers.next()?;
        let digits = minor.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(minor.len());
        let minor = minor[..digits].parse().ok()?;
        Some(Self { major, minor })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn reads_what_the_tools_print() {
        let rows = [
            ("v18.19.0\n", Some(Version::new(18, 19))),
            ("rustc 1.95.0 (59807616e 2026-03-21)", Some(Version::new(1, 95))),
            ("rustc 1.91.0-nightly", Some(Version::new(1, 91))),
            ("9.2", Some(Version::new(9, 2))),
            ("1.90-beta", Some(Version::new(1, 90))),
            ("command not found", None),
            ("v20", None),
            ("", None),
        ];
        for (said, expected) in rows {
            assert_eq!(Version::parse(said), expected, "{said:?}");
        }
    }

    #[test]
    fn compares_numbers_and_not_letters() {
        assert!(Version::new(1, 100) > Version::new(1, 90));
        assert!(Version::new(20, 0) > Version::new(18, 19));
        assert!(Version::new(18, 4) < Version::new(18, 19));
    }
}
