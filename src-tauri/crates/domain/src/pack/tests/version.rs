//! Copies of a pack, and the versions after them.

use super::*;

#[test]
fn a_copy_says_what_it_was_copied_from_and_changes_nothing_else() {
    for original in packs() {
        let text = original.copied_as("hill-school").unwrap();
        let copy = PolicyPack::parse("hill-school.toml", &text).unwrap();
        let based_on = copy.based_on().unwrap();
        assert_eq!((based_on.id(), based_on.version()), (original.id(), original.version()));
        assert_eq!(based_on.hash(), original.reference().hash);
        let parts: Vec<_> = original
            .difference(&copy)
            .into_iter()
            .map(|change| (change.section().to_owned(), matches!(change.kind(), ChangeKind::Added)))
            .collect();
        assert_eq!(parts, [("pack".to_owned(), false), ("based_on".to_owned(), true)], "{}", original.id());
        let again = PolicyPack::parse("other.toml", &copy.copied_as("other").unwrap()).unwrap();
        assert_eq!(again.based_on().unwrap().id(), "hill-school", "a copy of a copy names the one before it");
    }
}

#[test]
fn a_copy_needs_an_id_of_its_own() {
    let pack = pack("durants");
    for (id, what) in [("durants", "of this pack"), ("Hill School", "is no id"), ("", "is no id")] {
        let fault = pack.copied_as(id).unwrap_err();
        assert!(fault.what().contains(what), "{fault}");
    }
}

#[test]
fn the_next_version_counts_on_and_keeps_where_it_came_from() {
    let copy = pack("durants").copied_as("hill-school").unwrap();
    let first = PolicyPack::parse("hill-school.toml", &copy).unwrap();
    let second =
        copy.replacen("version = 1\nbased_on", "version = 2\nbased_on", 1).replacen("years = 6", "years = 10", 1);
    let next = first.parse_next(&second).unwrap();
    assert_eq!((next.version(), next.retention().years()), (2, 10));
    assert_ne!(next.reference().hash, first.reference().hash);

    let same = first.parse_next(&copy).unwrap_err();
    assert_eq!(same.line(), line(&copy, "version = 1"));
    assert!(same.what().contains("the one before it is 1") && same.instead().contains("version = 2"), "{same}");
    let third = second.replacen("version = 2", "version = 3", 1);
    assert!(first.parse_next(&third).unwrap_err().instead().contains("version = 2"));
    let other = second.replacen("id = \"durants\", version = 1", "id = \"durants\", version = 7", 1);
    let fault = first.parse_next(&other).unwrap_err();
    assert_eq!(fault.line(), line(&other, "based_on"), "{fault}");
    let weaker = second.replacen("safeguard = \"gate\"\n", "", 1);
    assert!(first.parse_next(&weaker).unwrap_err().what().contains("\"gate\""), "an edit is held to the floor too");
}
