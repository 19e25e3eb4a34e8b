//! Redaction in words: people who are not named in a document become P1, P2 and so on, wherever a name of theirs stands.
//!
//! A name is found as a whole, without what follows a comma or a bracket, by each of its parts, and run together, in
//! capitals or not, with accents or not, percent-encoded, and with figures beside it. Where a part could be somebody's
//! who is named, it is replaced too: too much is better than too little. Hashes and ids of the record stay as they are.
//! What nobody recorded as a name, such as a nickname, cannot be found; whoever makes the document has to read it.

mod generic;
mod reading;

use crate::words::Words;

use generic::GENERIC;
use reading::{Broken, Token, tokens};

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

/// A row of words in a text, and what stands in its place.
struct Found<'a> {
    start: usize,
    end: usize,
    becomes: &'a str,
}

impl Redaction {
    /// Replaces those of `people` who are neither `named` nor `acting` for the school in this case. Each of `people`
    /// comes with every way in which the record may write them. The `school`, its name and its address, stays as a whole.
    #[must_use]
    pub fn of(people: &[Vec<Words>], named: &[Words], acting: &[String], school: &[String]) -> Self {
        let is_named = |ways: &&Vec<Words>| ways.iter().any(|way| named.contains(way));
        let also = people.iter().filter(is_named).flatten();
        let named: Vec<&str> = named.iter().chain(also).map(Words::as_str).collect();
        let stays: Vec<&str> = named.iter().copied().chain(acting.iter().map(String::as_str)).collect();
        let mut kept: Vec<Vec<String>> = stays.iter().flat_map(|name| wholes(name)).collect();
        let mut rules: Vec<Rule> = kept.iter().map(|words| Rule { words: words.clone(), becomes: None }).collect();
        // A single word stays nowhere for it: it could be the only name that somebody has.
        let place = school.iter().map(|name| words(name)).filter(|words| words.len() > 1);
        rules.extend(place.map(|words| Rule { words, becomes: None }));
        let mut count = 0;
        for ways in people {
            let ways = ways.iter().map(Words::as_str).filter(|way| !stays.contains(way));
            // Who has one number has it wherever the record writes them alike.
            let wholes: Vec<_> = ways.flat_map(wholes).filter(|words| !kept.contains(words)).collect();
            if wholes.is_empty() {
                continue;
            }
            count += 1;
            let becomes = Some(format!("P{count}"));
            let parts = wholes.iter().flatten().filter(|word| tells(word)).map(|word| vec![word.clone()]);
            let joined = wholes.iter().map(|words| vec![words.concat()]);
            let found: Vec<Vec<String>> = parts.chain(joined).chain(wholes.iter().cloned()).collect();
            rules.extend(found.into_iter().map(|words| Rule { words, becomes: becomes.clone() }));
            kept.extend(wholes);
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
        if is_id(text) {
            return text.to_owned();
        }
        let mut found = self.found(&tokens(text, Broken::Parts));
        if text.contains('%') {
            found.extend(self.found(&tokens(text, Broken::Stays)));
            found.sort_by_key(|found| (found.start, std::cmp::Reverse(found.end)));
        }
        let mut out = String::with_capacity(text.len());
        let mut written = 0;
        for Found { start, end, becomes } in found {
            // Two that overlap are one place.
            if start >= written {
                out.push_str(&text[written..start]);
                out.push_str(becomes);
            }
            written = written.max(end);
        }
        out.push_str(&text[written..]);
        out
    }

    fn found(&self, tokens: &[Token]) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        let mut rest = tokens;
        while let Some(first) = rest.first() {
            let rule = self.rules.iter().find(|rule| begins_with(rest, &rule.words));
            let (row, after) = rest.split_at(rule.map_or(1, |rule| rule.words.len()));
            if let (Some(becomes), Some(last)) = (rule.and_then(|rule| rule.becomes.as_deref()), row.last()) {
                found.push(Found { start: first.start, end: last.end, becomes });
            }
            rest = after;
        }
        found
    }
}

/// Whether what stands in the place of a name tells of anybody: `in the safe` does not.
#[must_use]
pub fn tells_of_somebody(name: &Words) -> bool {
    !wholes(name.as_str()).is_empty()
}

fn begins_with(tokens: &[Token], words: &[String]) -> bool {
    tokens.len() >= words.len() && tokens.iter().zip(words).all(|(token, word)| token.is(word))
}

/// Whether it is a hash or an id of the record: 32 hexadecimal figures or more, in groups or not, and nothing else.
fn is_id(text: &str) -> bool {
    let figures = text.bytes().filter(u8::is_ascii_hexdigit).count();
    figures >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-' || byte == b' ')
}

fn words(name: &str) -> Vec<String> {
    tokens(name, Broken::Parts).into_iter().map(Token::into_word).collect()
}

/// A name as a row of words: as it is, and without what follows its first comma or bracket; each also without a title.
/// Nothing where none of its words tells of anybody.
fn wholes(name: &str) -> Vec<Vec<String>> {
    let short = name.split([',', '(', ';']).next().unwrap_or_default();
    let mut found: Vec<Vec<String>> = Vec::new();
    for form in [name, short] {
        let words = words(form);
        let bare: Vec<String> = words.iter().skip_while(|word| is_title(word)).cloned().collect();
        for words in [words, bare] {
            // After a title any word is a name: `Mrs Head`.
            let has_title = words.len() > 1 && words.first().is_some_and(|word| is_title(word));
            let names_somebody = has_title || words.iter().any(|word| !GENERIC.contains(&word.as_str()));
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Redaction, tells_of_somebody};
    use crate::words::Words;

    fn names(names: &[&str]) -> Vec<Words> {
        names.iter().map(|name| Words::new(name).unwrap()).collect()
    }

    fn people(people: &[&str]) -> Vec<Vec<Words>> {
        names(people).into_iter().map(|name| vec![name]).collect()
    }

    fn redact(given: &[&str], named: &[&str], text: &str) -> String {
        let school = ["Marsh Academy", "Mill Lane, Marsh", "Sample"].map(ToOwned::to_owned);
        Redaction::of(&people(given), &names(named), &["Jo Stirling".to_owned()], &school).redacted(text)
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
        assert_eq!(redact(&["Mrs Head"], &[], "Mrs Head told the head"), "P1 told the head");
    }

    #[test]
    fn each_person_has_one_number_in_the_order_of_the_case() {
        let redaction = Redaction::of(&people(&["Ann Bee", "Cy Dee", "Eve Eff"]), &names(&["Cy Dee"]), &[], &[]);
        assert_eq!((redaction.count(), redaction.redacted("Eve, Cy Dee, Ann").as_str()), (2, "P2, Cy Dee, P1"));
    }

    #[test]
    fn a_name_is_found_percent_encoded_and_beside_figures() {
        let people = ["Alexandria Quennell", "Zoë Adams"];
        for (text, expected) in [
            ("?q=Alexandria%20Quennell&x", "?q=P1&x"),
            ("?q=Alexandria%2520Quennell", "?q=P1"),
            ("/login?next%2Fquennell", "/login?next%2FP1"),
            ("%41lexandria", "P1"),
            ("quennell09@school.example", "P1@school.example"),
            ("2009quennell", "P1"),
            ("Zo%C3%AB and zo%65%cc%88", "P2 and P2"),
            ("%E9quennell%FF", "%E9P1%FF"),
            ("50%adams, 50%ad", "50%P2, 50%ad"),
            ("100% quennell %4", "100% P1 %4"),
            ("caf%C3%A9 %20 %zz", "caf%C3%A9 %20 %zz"),
        ] {
            assert_eq!(redact(&people, &[], text), expected, "{text}");
        }
        assert_eq!(redact(&people, &["Alexandria Quennell"], "q=Alexandria%20Quennell"), "q=Alexandria%20Quennell");
    }

    #[test]
    fn a_name_is_found_in_every_unicode_form_and_without_its_accents() {
        for name in ["Ren\u{e9}e O\u{2019}Hale", "Rene\u{301}e O'Hale", "Renee O\u{2bc}Hale"] {
            for text in [
                "Ren\u{e9}e",
                "Rene\u{301}e",
                "RENE\u{301}E",
                "renee",
                "\u{ff32}enee",
                "Renee O\u{b4}Hale",
                "Ren\u{e9}e O\u{2bb}Hale",
                "Re[U+200B]nee",
                "Rene[U+0301]e",
                "Renee[U+000A]O'Hale",
            ] {
                assert_eq!(redact(&[name], &[], text), "P1", "{name}: {text}");
            }
        }
        assert_eq!(
            redact(&["Ann Wei\u{df}"], &[], "\u{ab}WEISS\u{bb}\u{2122}, [U+200B] [U+1F] [U+Ann]"),
            "\u{ab}P1\u{bb}\u{2122}, [U+200B] [U+1F] [U+P1]"
        );
    }

    #[test]
    fn a_hash_an_id_and_a_mark_stay() {
        let people = ["Ada Bede", "Abe", "Ed", "Jay Es"];
        let hash = "0ada1abe2ed3bede4ada5abe6ed7bede8ada9abe0ed1bede2ada3abe4ed5beda";
        assert_eq!(hash.len(), 64);
        for text in
            [hash, &format!("{hash}  data/JS-1.png"), "01abe5ed-0ada-4bed-bede-ed0123456789", "JS/1", "HB-2026-0014"]
        {
            assert_eq!(redact(&people, &[], text), text);
        }
        assert_eq!(redact(&people, &[], "Ada, 7abe7, ed1"), "P1, P2, P3");
    }

    #[test]
    fn the_school_stays_and_somebody_who_is_called_like_it_does_not() {
        let text = "Lee Marsh of Marsh Academy, Mill Lane, Marsh. Marsh left. Alex Sample too.";
        let expected = "P1 of Marsh Academy, Mill Lane, Marsh. P1 left. P2 too.";
        assert_eq!(redact(&["Lee Marsh", "Alex Sample"], &[], text), expected);
        assert_eq!(redact(&["Alex Sample"], &[], "Sample"), "P1", "one word is no name of a school alone");
    }

    #[test]
    fn somebody_has_one_number_under_every_name_that_they_have() {
        let ways = [names(&["Member of staff A", "Kim Barlow"]), names(&["Lee Marsh"]), names(&["Kim Barlow"])];
        let text = "Member of staff A is Kim Barlow. Barlow met Marsh.";
        let redaction = Redaction::of(&ways, &[], &[], &[]);
        assert_eq!((redaction.count(), redaction.redacted(text).as_str()), (2, "P1 is P1. P1 met P2."));
        let named = Redaction::of(&ways, &names(&["Member of staff A"]), &[], &[]);
        assert_eq!(named.redacted(text), "Member of staff A is Kim Barlow. Barlow met P1.");
    }

    #[test]
    fn a_place_in_a_name_s_place_tells_of_nobody() {
        for place in ["in the safe", "None", "Nobody", "not given", "The school", "Locked office store"] {
            assert!(!tells_of_somebody(&Words::new(place).unwrap()), "{place}");
            assert_eq!(
                redact(&[place], &[], "The safe in the school's office: none given"),
                "The safe in the school's office: none given"
            );
        }
        assert!(tells_of_somebody(&Words::new("Kim Barlow, in the office").unwrap()));
    }
}
