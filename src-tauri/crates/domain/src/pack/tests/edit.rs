//! A pack that a school edits: every fault of it at once, and which text may follow which.

use super::*;

/// A copy of the template that a school made, and its text.
fn copy() -> (PolicyPack, String) {
    let text = pack("swgfl-template").copied_as("hill-school").unwrap();
    (PolicyPack::parse("hill-school.toml", &text).unwrap(), text)
}

fn faults(text: &str) -> Vec<PackFault> {
    let shipped = packs();
    let shipped: Vec<&PolicyPack> = shipped.iter().collect();
    PolicyPack::read_edited(text, &shipped, &[]).unwrap_err().by_line()
}

#[test]
fn a_copy_is_read_under_the_id_that_it_gives_itself() {
    let (copied, text) = copy();
    assert_eq!(PolicyPack::read_edited(&text, &[], &[]).unwrap(), copied);
    let nameless = text.replacen("id = \"hill-school\"", "id = \"Hill School\"", 1);
    assert!(faults(&nameless)[0].what().contains("Hill School"));
}

#[test]
fn every_entry_that_cannot_be_read_is_named_with_its_line() {
    let (_, text) = copy();
    let wrong = text
        .replacen("route = \"school\"", "route = \"scool\"", 1)
        .replacen("required = true", "required = yes", 1)
        .replacen("[[outcomes]]\nid = ", "[[outcomes]]\nidd = ", 1)
        .replacen("[retention]\n", "[retention]\nperiod = 6\n", 1)
        .replacen("edition = ", "edition = 1\nedition_of = ", 1);
    let lines: Vec<Option<usize>> = faults(&wrong).iter().map(PackFault::line).collect();
    let at = ["route = \"scool\"", "required = yes", "idd = ", "period = 6", "edition = 1", "edition_of"]
        .map(|words| line(&wrong, words));
    let mut sorted = at.to_vec();
    sorted.sort_unstable();
    assert_eq!(lines, sorted, "{:?}", faults(&wrong));
}

#[test]
fn everything_that_does_not_hold_is_named_with_its_line() {
    let (_, text) = copy();
    let wrong = text
        .replacen("id = \"not-enough-to-tell\"", "id = \"cannot-tell\"", 1)
        .replacen("to = \"illegal-route\"", "to = \"nowhere\"", 1)
        .replacen("safeguard = \"gate\"\n", "", 1)
        .replacen("safeguard = \"hold\"\n", "", 1);
    let found = faults(&wrong);
    let says: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 4, "{says:#?}");
    let floor: Vec<&str> = found.iter().filter_map(PackFault::floor).collect();
    assert_eq!(floor, ["gate", "hold"], "the floor's entries are named: {says:#?}");
    assert!(found.iter().all(|fault| fault.line().is_some()));
}

#[test]
fn the_next_text_differs_in_its_version_alone() {
    let (copied, text) = copy();
    let next = copied.next_text();
    assert_eq!(next.lines().zip(text.lines()).filter(|(one, other)| one != other).count(), 1);
    assert_eq!(copied.parse_next(&next).unwrap().version(), 2);
}

#[test]
fn versions_follow_one_another_and_none_takes_the_place_of_a_pattern() {
    let (copied, text) = copy();
    let next = copied.next_text();
    let shipped = packs();
    let shipped: Vec<&PolicyPack> = shipped.iter().collect();
    let read = |text: &str, kept: &[&PolicyPack]| PolicyPack::read_edited(text, &shipped, kept);
    assert_eq!(read(&next, &[&copied]).unwrap().version(), 2);
    assert!(read(&text, &[&copied]).is_ok(), "the very text that is kept may be looked at again");
    let first = read(&next, &[]).unwrap_err().by_line();
    assert!(first[0].what().contains("none before it"), "{first:?}");
    let changed = text.replacen("years = 6", "years = 7", 1);
    let same = read(&changed, &[&copied]).unwrap_err().by_line();
    assert!(same[0].instead().contains("version = 2"), "{same:?}");
    let bundled = shipped[0].text().replacen("years = 6", "years = 7", 1);
    let taken = read(&bundled, &[]).unwrap_err().by_line();
    assert!(taken[0].what().contains("comes with the product"), "{taken:?}");
    assert!(read(shipped[0].text(), &[]).is_ok(), "a pattern itself may be taken up again");
}
