//! Sizes as people read them.

/// `640 KB`, `12 MB`, `1.4 GB`: of a thousand each, as it stands on a medium.
pub(crate) fn words(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB")];
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| bytes >= *unit).unwrap_or((1000, "KB"));
    if name == "KB" {
        return format!("{} KB", bytes.div_ceil(1000));
    }
    let tenths = bytes.saturating_mul(10) / unit;
    if tenths >= 100 || tenths.is_multiple_of(10) {
        format!("{} {name}", tenths / 10)
    } else {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_size_is_said_in_its_unit() {
        let said = [0, 1, 999_999, 1_000_000, 1_450_000, 52_000_000_000, 2_000_000_000_000].map(words);
        assert_eq!(said, ["0 KB", "1 KB", "1000 KB", "1 MB", "1.4 MB", "52 GB", "2 TB"]);
    }
}
