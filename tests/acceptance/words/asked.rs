//! What the code asks for, read from its text.

use std::collections::BTreeSet;

/// A phrase that is asked for.
pub(crate) struct Asked {
    /// Its key; a part in braces stands for any part.
    pub(crate) key: String,
    /// The places that are filled in.
    pub(crate) given: Given,
}

/// Which places are filled in.
pub(crate) enum Given {
    /// These.
    These(BTreeSet<String>),
    /// The call does not show it.
    Unknown,
}

impl Asked {
    /// Whether a key of the words file answers this.
    pub(crate) fn fits(&self, key: &str) -> bool {
        let (wanted, parts): (Vec<&str>, Vec<&str>) = (self.key.split('.').collect(), key.split('.').collect());
        wanted.len() == parts.len()
            && wanted.iter().zip(parts).all(|(wanted, part)| *wanted == part || wanted.starts_with('{'))
    }
}

/// Every phrase asked for by `say(KEY, PLACES)` or `list(KEY)`, where the call names its key.
pub(crate) fn phrases(source: &str) -> Vec<Asked> {
    let mut found = Vec::new();
    for part in source.split("say(").skip(1) {
        let named = part.trim_start();
        let named = named.strip_prefix("&format!(").unwrap_or(named);
        let Some((key, rest)) = literal(named) else { continue };
        // Arguments of `format!` after its text, where there are any.
        let rest = if named.len() < part.trim_start().len() { after_paren(rest) } else { rest };
        let Some(places) = rest.trim_start().strip_prefix(',') else { continue };
        if !key.contains('.') || key.starts_with('{') {
            continue;
        }
        let list = places.trim_start().strip_prefix("&[");
        let given = list.map_or(Given::Unknown, |list| Given::These(firsts(list)));
        found.push(Asked { key: key.to_owned(), given });
    }
    for part in source.split(".list(").skip(1) {
        if let Some((key, _)) = literal(part.trim_start()) {
            found.push(Asked { key: format!("{key}.1"), given: Given::These(BTreeSet::new()) });
        }
    }
    found
}

/// Every fault by its code, with the places that are filled in.
pub(crate) fn faults(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for maker in ["Fault::new(", "Fault::with(", "Self::new(", "Self::with("] {
        for part in source.split(maker).skip(1) {
            let Some((code, rest)) = literal(part.trim_start()) else { continue };
            let mut given = BTreeSet::new();
            let second = rest.trim_start().strip_prefix(',').and_then(|rest| literal(rest.trim_start()));
            if let (true, Some((place, _))) = (maker.ends_with("with("), second) {
                given.insert(place.to_owned());
            }
            let end = rest.find([';']).into_iter().chain(rest.find("Fault::")).chain(rest.find("Self::")).min();
            for more in rest[..end.unwrap_or(rest.len())].split(".and(").skip(1) {
                given.extend(literal(more.trim_start()).map(|(place, _)| place.to_owned()));
            }
            found.push((code.to_owned(), given));
        }
    }
    found
}

/// The words by which the ledger names kinds of entries.
pub(crate) fn kinds(source: &str) -> Vec<String> {
    let arm = |line: &str| {
        let (variant, word) = line.trim().strip_prefix("Self::")?.split_once(" => \"")?;
        variant.ends_with("{ .. }").then(|| word.trim_end_matches("\",").to_owned())
    };
    source.lines().filter_map(arm).collect()
}

/// The text literal at the beginning, and what comes after it.
fn literal(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}

/// What comes after the parenthesis that is open.
fn after_paren(text: &str) -> &str {
    let mut open = 1;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return &text[at + 1..];
        }
    }
    ""
}

/// The first text of each pair in a list: `("wait", x), ("detail", y)]`.
fn firsts(list: &str) -> BTreeSet<String> {
    let mut open = 0;
    let mut found = BTreeSet::new();
    for (at, letter) in list.char_indices() {
        match letter {
            '(' if open == 0 => {
                found.extend(literal(&list[at + 1..]).map(|(place, _)| place.to_owned()));
                open += 1;
            }
            '(' | '[' => open += 1,
            ')' => open -= 1,
            ']' if open == 0 => return found,
            ']' => open -= 1,
            _ => {}
        }
    }
    found
}

/// A field's name as its words are kept under: `reportedTo` under `reported-to`.
pub(crate) fn dashed(field: &str) -> String {
    let dash =
        |letter: char| if letter.is_uppercase() { format!("-{}", letter.to_lowercase()) } else { letter.to_string() };
    field.chars().map(dash).collect::<String>().replace('_', "-")
}
