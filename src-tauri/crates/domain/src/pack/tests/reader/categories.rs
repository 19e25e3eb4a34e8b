//! The user-actions tables: order and ratings of the sources, and our routes.

use super::*;
use Rating::{Acceptable, CertainTimes, Illegal, NominatedUsers, Unacceptable};

/// Ratings of the special school's table, row by row.
const SPECIAL: [(&str, Rating); 21] = [
    ("child-abuse-images", Illegal),
    ("grooming", Illegal),
    ("extreme-pornography", Illegal),
    ("racist-material", Illegal),
    ("pornography", Illegal),
    ("discrimination", Illegal),
    ("threats", Illegal),
    ("offensive-or-disrepute", Unacceptable),
    ("private-business", Illegal),
    ("bypassing-filters", Unacceptable),
    ("copyright", Illegal),
    ("confidential-data", Illegal),
    ("viruses", Illegal),
    ("unfair-usage", Unacceptable),
    ("gaming-educational", Acceptable),
    ("gaming-other", Unacceptable),
    ("gambling", Unacceptable),
    ("shopping-educational", Acceptable),
    ("file-sharing", NominatedUsers),
    ("social-media", CertainTimes),
    ("messaging", CertainTimes),
];

/// Ratings of the primary school's table, row by row.
const PRIMARY: [(&str, Rating); 24] = [
    ("child-abuse-images", Illegal),
    ("grooming", Illegal),
    ("extreme-pornography", Illegal),
    ("racist-material", Illegal),
    ("pornography", Unacceptable),
    ("discrimination", Unacceptable),
    ("threats", Unacceptable),
    ("extremism", Illegal),
    ("offensive-or-disrepute", Unacceptable),
    ("private-business", Unacceptable),
    ("bypassing-filters", Unacceptable),
    ("copyright", Illegal),
    ("confidential-data", Unacceptable),
    ("viruses", Unacceptable),
    ("unfair-usage", Unacceptable),
    ("gaming-educational", CertainTimes),
    ("gaming-other", Unacceptable),
    ("gambling", Unacceptable),
    ("shopping", Unacceptable),
    ("file-sharing", Acceptable),
    ("social-media", CertainTimes),
    ("messaging", CertainTimes),
    ("video-educational", Acceptable),
    ("video-other", CertainTimes),
];

/// The categories of a pack that it does not say were added.
fn of_the_source(pack: &PolicyPack) -> Vec<(&str, Rating)> {
    let added = |category: &&Category| category.source_note().is_some_and(|note| note.starts_with("Added"));
    pack.categories().iter().filter(|category| !added(category)).map(|entry| (entry.id(), entry.rating())).collect()
}

#[test]
fn ratings_stand_as_the_sources_have_them() {
    assert_eq!(of_the_source(&pack("durants")), SPECIAL);
    assert_eq!(of_the_source(&pack("st-joseph")), PRIMARY);
}

/// The default pack has the rows that both sources have; where they differ, illegal is taken only where both say so,
/// and below that the stricter rating.
#[test]
fn the_default_pack_is_what_both_sources_have_in_common() {
    let default = pack("swgfl-template");
    let both: Vec<_> = of_the_source(&default);
    assert_eq!(both.len(), SPECIAL.len());
    for ((id, rating), (row, special)) in both.into_iter().zip(SPECIAL) {
        assert_eq!(id, row.strip_suffix("-educational").filter(|id| *id == "shopping").unwrap_or(row));
        let primary = PRIMARY.iter().find(|(other, _)| *other == id).unwrap().1;
        let expected = match (special, primary) {
            (Illegal, Illegal) => Illegal,
            (Illegal, other) | (other, Illegal) => other,
            (special, primary) => special.max(primary),
        };
        assert_eq!(rating, expected, "{id}");
        let differ = special != primary;
        assert_eq!(default.category(id).unwrap().source_note().is_some(), differ, "{id}: the note of the difference");
    }
}

#[test]
fn routes_and_captures_hold_the_floor_in_every_pack() {
    for pack in packs() {
        for category in pack.categories() {
            let image = matches!(
                category.legal(),
                Some(Legal::IndecentImages | Legal::ProhibitedImages | Legal::ExtremePornography)
            );
            let terror = category.legal() == Some(Legal::Terrorism);
            let forbidden = category.capture() == CaptureRule::Forbidden;
            assert_eq!(forbidden, image || terror, "{}: capture of {}", pack.id(), category.id());
            if category.legal().is_some() {
                assert!(!category.route().allows_review(), "{}: {}", pack.id(), category.id());
                assert_eq!(category.rating(), Illegal, "{}: {}", pack.id(), category.id());
            }
        }
        let terror = pack.categories().iter().filter(|category| category.legal() == Some(Legal::Terrorism)).count();
        assert!(terror >= 1, "{}: the second question before a capture asks about terrorism", pack.id());
    }
    let rated_illegal_and_reviewed = pack("durants");
    assert_eq!(rated_illegal_and_reviewed.category("copyright").map(Category::route), Some(Route::School));
}

/// Risks of the junior school's list, by class, in order.
#[test]
fn classes_of_risk_stand_as_the_source_has_them() {
    let pack = pack("victoria-park");
    let of = |risk| {
        pack.categories().iter().filter(|entry| entry.risk() == Some(risk)).map(Category::id).collect::<Vec<_>>()
    };
    assert_eq!(
        of(Risk::Content),
        ["pornography", "age-ratings", "substance-abuse", "harmful-lifestyle", "discrimination", "racist-material"]
    );
    assert_eq!(of(Risk::Contact), ["grooming", "online-bullying", "identity-theft", "sharing-passwords"]);
    assert_eq!(
        of(Risk::Conduct),
        ["privacy", "online-reputation", "time-online", "self-made-images", "extremism", "copyright"]
    );
    let rules = ["private-business", "defamatory-sites", "confidential-data", "offensive-opinions"];
    let more = ["violating-privacy", "damaging-data", "using-after-request", "threats"];
    let ids: Vec<_> = pack.categories().iter().map(Category::id).collect();
    let at = ids.iter().position(|id| *id == rules[0]).unwrap();
    assert_eq!(ids[at..at + 8], [rules, more].concat());
}

/// Sources without a rating column say so in every entry.
#[test]
fn a_rating_that_no_source_gives_says_so() {
    for id in ["st-laurence-birmingham", "victoria-park", "beechfield-hertfordshire"] {
        for category in pack(id).categories() {
            assert!(category.source_note().is_some(), "{id}: {} has no note", category.id());
        }
        assert!(pack(id).source_note().is_some_and(|note| note.contains("no user-actions table")));
    }
}
