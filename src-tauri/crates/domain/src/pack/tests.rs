//! Packs as written: each against figures taken by hand from its source, and faults by line.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use super::*;

mod charts;
mod difference;
mod edit;
mod floor;
mod hostile;
mod national;
mod reader;
mod version;

/// The bundled packs: file name and text.
const PACKS: [(&str, &str); 6] = [
    ("swgfl-template.toml", include_str!("../../../../../assets/packs/swgfl-template.toml")),
    ("durants.toml", include_str!("../../../../../assets/packs/durants.toml")),
    ("st-joseph.toml", include_str!("../../../../../assets/packs/st-joseph.toml")),
    ("st-laurence-birmingham.toml", include_str!("../../../../../assets/packs/st-laurence-birmingham.toml")),
    ("victoria-park.toml", include_str!("../../../../../assets/packs/victoria-park.toml")),
    ("beechfield-hertfordshire.toml", include_str!("../../../../../assets/packs/beechfield-hertfordshire.toml")),
];

/// The overlay that stands above them.
const NATIONAL: &str = include_str!("../../../../../assets/packs/national.toml");

/// The default pack, from which bad ones are made.
const NAME: &str = PACKS[0].0;
const TEXT: &str = PACKS[0].1;

/// The bundled pack with this id.
fn pack(id: &str) -> PolicyPack {
    let (name, text) = PACKS.iter().find(|(name, _)| name.strip_suffix(".toml") == Some(id)).expect("a bundled pack");
    PolicyPack::parse(name, text).unwrap_or_else(|fault| panic!("{fault}"))
}

fn packs() -> Vec<PolicyPack> {
    PACKS.iter().map(|(name, _)| pack(name.strip_suffix(".toml").unwrap())).collect()
}

/// The default pack with one place changed; the place must occur.
fn changed(from: &str, to: &str) -> String {
    assert!(TEXT.contains(from), "the pack no longer has {from:?}");
    TEXT.replacen(from, to, 1)
}

fn fault(text: &str) -> PackFault {
    PolicyPack::parse(NAME, text).expect_err("the pack is refused")
}

/// The line on which `needle` first stands.
fn line(text: &str, needle: &str) -> Option<usize> {
    text.lines().position(|line| line.contains(needle)).map(|at| at + 1)
}

#[test]
fn the_six_packs_and_the_overlay_parse() {
    let ids: Vec<String> = packs().iter().map(|pack| pack.id().to_owned()).collect();
    let expected = [
        "swgfl-template",
        "durants",
        "st-joseph",
        "st-laurence-birmingham",
        "victoria-park",
        "beechfield-hertfordshire",
    ];
    assert_eq!(ids, expected);
    National::parse("national.toml", NATIONAL).unwrap_or_else(|fault| panic!("{fault}"));
}

#[test]
fn a_pack_is_named_by_its_text() {
    let reference = pack("swgfl-template").reference();
    assert_eq!((reference.id.as_str(), reference.edition.as_str()), ("swgfl-template", "2024-02"));
    assert_eq!(reference.hash, crate::ids::Hash::of(TEXT.as_bytes()));
    let edited = PolicyPack::parse(NAME, &changed("years = 6", "years = 7")).unwrap();
    assert_ne!(edited.reference().hash, reference.hash);
}

/// Names of people, schools and places of the sources; split so that no file holds one.
const NAMES: [(&str, &str); 16] = [
    ("Khi", "ng"),
    ("Dew", "hurst"),
    ("Bottom", "ley"),
    ("Cran", "shaw"),
    ("Arm", "strong"),
    ("Tay", "lor"),
    ("Tid", "man"),
    ("Rob", "erts"),
    ("Pendle", "bury"),
    ("Hur", "st"),
    ("Willi", "ams"),
    ("Mas", "krey"),
    ("Hutchin", "son"),
    ("Gam", "mons"),
    ("Traf", "ford"),
    ("Con", "-Ed"),
];

#[test]
fn no_pack_names_a_person_or_a_number_to_ring() {
    for (name, text) in PACKS.iter().copied().chain([("national.toml", NATIONAL)]) {
        for (number, line) in text.lines().enumerate() {
            let longest = line.split(|c: char| !c.is_ascii_digit() && c != ' ').map(|run| run.replace(' ', "").len());
            assert!(longest.max() < Some(8), "{name}:{}: a run of digits as long as a telephone number", number + 1);
            assert!(!line.contains('@') && !line.contains("http") && !line.contains("www"), "{name}:{}", number + 1);
            for (first, second) in NAMES {
                assert!(!line.contains(&format!("{first}{second}")), "{name}:{}: a name of the source", number + 1);
            }
        }
    }
}

/// Titles are patterns. The ids are those of the files; what people read names no school.
#[test]
fn no_words_of_a_pack_name_a_school() {
    for pack in packs() {
        for entry in pack.outline() {
            for (key, text) in entry.parts().filter(|(key, _)| *key != "id") {
                for school in ["Durants", "Joseph", "Laurence", "Victoria", "Beechfield"] {
                    assert!(!text.contains(school), "{}: {key} of {} names a school", pack.id(), entry.key());
                }
            }
        }
    }
}
