//! Numbers as the documents print them.

/// A number with commas: `4,187`.
pub(super) fn thousands(number: u64) -> String {
    let figures = number.to_string();
    let mut out = String::new();
    for (place, figure) in figures.chars().enumerate() {
        if place > 0 && (figures.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(figure);
    }
    out
}

/// A number of things in words up to twelve: `six`, `no` for none.
pub(super) fn spelt(number: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(number).map_or_else(|| thousands(number as u64), |word| (*word).to_owned())
}

/// The same at the start of a sentence: `Six`.
pub(super) fn starting(number: usize) -> String {
    let word = spelt(number);
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// `1 exhibit`, `7 exhibits`.
pub(super) fn counted(number: usize, one: &str, more: &str) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_commas() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(4187), "4,187");
        assert_eq!(thousands(2_310_044), "2,310,044");
    }

    #[test]
    fn small_numbers_are_spelt() {
        assert_eq!(starting(6), "Six");
        assert_eq!(starting(0), "No");
        assert_eq!(starting(60), "60");
    }
}
