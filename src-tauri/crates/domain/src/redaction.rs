//! Redaction in words: people who are not named in a document become P1, P2 and so on, wherever a name of theirs stands.
//!
//! A name is found as a whole, without what follows a comma or a bracket, by each of its parts, and run together, in
//! capitals or not. Where a part could be somebody's who is named, it is replaced too: too much is better than too little.
//! What nobody recorded as a name, such as a nickname, cannot be found; whoever makes the document has to read it.

use crate::words::Words;

/// Parts of names that tell of nobody, such as `Pupil A, Year 9` has.
const GENERIC: [&str; 45] = [
    "an",
    "and",
    "anonymous",
    "at",
    "boy",
    "brother",
    "carer",
    "child",
    "children",
    "class",
    "dr",
    "father",
    "for",
    "form",
    "former",
    "from",
    "girl",
    "in",
    "known",
    "master",
    "member",
    "miss",
    "mother",
    "mr",
    "mrs",
    "ms",
    "mx",
    "not",
    "of",
    "on",
    "parent",
    "parents",
    "person",
    "prof",
    "pupil",
    "school",
    "sir",
    "sister",
    "staff",
    "student",
    "teacher",
    "the",
    "to",
    "unknown",
    "year",
];

/// Who is replaced, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    rules: Vec<Rule>,
    count: usize,
}

/// Words in a row, and what stands in their place: nothing where they stay.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    words: Vec<String>,
    becomes: Option<String>,
}

/// A word of a text: where it is, and how it is compared.
struct Token {
    start: usize,
    end: usize,
    word: String,
}

impl Redaction {
    /// Replaces those of `people` who are neither `named` nor `acting` for the school in this case.
    #[must_use]
    pub fn of(people: &[Words], named: &[Words], acting: &[String]) -> Self {
        let stays: Vec<&str> = named.iter().map(Words::as_str).chain(acting.iter().map(String::as_str)).collect();
        let mut rules: Vec<Rule> =
            stays.iter().flat_map(|name| wholes(name)).map(|words| Rule { words, becomes: None }).collect();
        let kept: Vec<Vec<String>> = rules.iter().map(|rule| rule.words.clone()).collect();
        let mut count = 0;
        for person in people {
            let wholes: Vec<_> = wholes(person.as_str()).into_iter().filter(|words| !kept.contains(words)).collect();
            if stays.contains(&person.as_str()) || wholes.is_empty() {
                continue;
            }
            count += 1;
            let becomes = Some(format!("P{count}"));
            let parts = wholes.iter().flatten().filter(|word| tells(word)).map(|word| vec![word.clone()]);
            let joined = wholes.iter().map(|words| vec![words.concat()]);
            let found: Vec<Vec<String>> = parts.chain(joined).chain(wholes.iter().cloned()).collect();
            rules.extend(found.into_iter().map(|words| Rule { words, becomes: becomes.clone() }));
        }
        // The longest counts first, and of two that are equally long the name that stays.
        rules.sort_by_key(|rule| (std::cmp::Reverse(rule.words.len()), rule.becomes.is_some()));
        Self { rules, count }
    }

    /// How many people are replaced.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The text with every such person replaced.
    #[must_use]
    pub fn redacted(&self, text: &str) -> String {
        let tokens = tokens(text);
        let mut out = String::with_capacity(text.len());
        let (mut at, mut written) = (0, 0);
        while let Some(token) = tokens.get(at) {
            let rest = &tokens[at..];
            let rule = self.rules.iter().find(|rule| begins_with(rest, &rule.words));
            let length = rule.map_or(1, |rule| rule.words.len());
            if let (Some(becomes), Some(last)) = (rule.and_then(|rule| rule.becomes.as_ref()), rest.get(length - 1)) {
                out.push_str(&text[written..token.start]);
                out.push_str(becomes);
                written = last.end;
            }
            at += length;
        }
        out.push_str(&text[written..]);
        out
    }
}

fn begins_with(tokens: &[Token], words: &[String]) -> bool {
    tokens.len() >= words.len() && tokens.iter().zip(words).all(|(token, word)| token.word == *word)
}

/// A name as a row of words: as it is, and without what follows its first comma or bracket; each also without a title.
/// Nothing where none of its words tells of anybody.
fn wholes(name: &str) -> Vec<Vec<String>> {
    let short = name.split([',', '(', ';']).next().unwrap_or_default();
    let mut found: Vec<Vec<String>> = Vec::new();
    for form in [name, short] {
        let words: Vec<String> = tokens(form).into_iter().map(|token| token.word).collect();
        let bare: Vec<String> = words.iter().skip_while(|word| is_title(word)).cloned().collect();
        for words in [words, bare] {
            let names_somebody = words.iter().any(|word| !GENERIC.contains(&word.as_str()));
            if names_somebody && !found.contains(&words) {
                found.push(words);
            }
        }
    }
    found
}

fn is_title(word: &str) -> bool {
    matches!(word, "mr" | "mrs" | "ms" | "miss" | "mx" | "dr" | "prof" | "sir")
}

/// Whether a part of a name tells of somebody by itself.
fn tells(word: &str) -> bool {
    let has_figures = word.chars().any(|letter| letter.is_ascii_digit());
    word.chars().count() > 1 && !has_figures && !GENERIC.contains(&word)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open = false;
    for (start, letter) in text.char_indices() {
        if parts(letter) {
            open = false;
            continue;
        }
        if !open {
            found.push(Token { start, end: start, word: String::new() });
            open = true;
        }
        if let Some(token) = found.last_mut() {
            token.end = start + letter.len_utf8();
            if !is_invisible(letter) {
                token.word.extend(letter.to_lowercase());
            }
        }
    }
    found
}

/// Whether a sign parts words.
fn parts(letter: char) -> bool {
    let is_general_punctuation = ('\u{2000}'..='\u{206F}').contains(&letter) && !is_invisible(letter);
    letter.is_whitespace() || letter.is_ascii_punctuation() || letter.is_control() || is_general_punctuation
}

/// Signs without a width, which a word can hide.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::Redaction;
    use crate::words::Words;

    fn names(names: &[&str]) -> Vec<Words> {
        names.iter().map(|name| Words::new(name).unwrap()).collect()
    }

    fn redact(people: &[&str], named: &[&str], text: &str) -> String {
        Redaction::of(&names(people), &names(named), &["Jo Stirling".to_owned()]).redacted(text)
    }

    #[test]
    fn a_person_is_replaced_by_every_way_to_write_the_name() {
        let people = ["Alex Sample, Year 9", "Robin O'Hale"];
        for text in [
            "Alex Sample",
            "alex sample",
            "ALEX  SAMPLE",
            "Alex\u{A0}Sample",
            "Alex-Sample",
            "Al\u{200B}ex Sample",
            "alexsample",
            "Alex",
            "Sample",
            "Alex Sample, Year 9",
        ] {
            assert_eq!(redact(&people, &[], text), "P1", "{text}");
        }
        assert_eq!(
            redact(&people, &[], "Alex\u{2019}s phone and robin.o\u{2019}hale@school.example"),
            "P1\u{2019}s phone and P2@school.example"
        );
        assert_eq!(redact(&people, &[], "Sample, Alex"), "P1, P1");
        assert_eq!(redact(&people, &[], "Samples of year 9 in example 9"), "Samples of year 9 in example 9");
    }

    #[test]
    fn who_is_named_or_acts_stays_and_a_shared_part_does_not() {
        let people = ["Alex Hale", "Sam Hale", "Jo Stirling"];
        let text = "Jo Stirling asked Alex Hale about Sam Hale. Hale said no. Stirling wrote it down.";
        let expected = "Jo Stirling asked Alex Hale about P1. P1 said no. Stirling wrote it down.";
        assert_eq!(redact(&people, &["Alex Hale"], text), expected);
    }

    #[test]
    fn what_tells_of_nobody_is_left_alone() {
        let people = ["Pupil A, Year 9", "Not known", "A parent"];
        let text = "Pupil A is a pupil of year 9; who else is not known. A parent rang.";
        assert_eq!(redact(&people, &[], text), "P1 is a pupil of year 9; who else is not known. P2 rang.");
    }

    #[test]
    fn a_title_does_not_hide_a_name() {
        assert_eq!(redact(&["Mr Lee Marsh"], &[], "Lee Marsh rang Ms Marsh"), "P1 rang Ms P1");
    }

    #[test]
    fn each_person_has_one_number_in_the_order_of_the_case() {
        let redaction = Redaction::of(&names(&["Ann Bee", "Cy Dee", "Eve Eff"]), &names(&["Cy Dee"]), &[]);
        assert_eq!((redaction.count(), redaction.redacted("Eve, Cy Dee, Ann").as_str()), (2, "P2, Cy Dee, P1"));
    }
}
