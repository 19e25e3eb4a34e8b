//! Packs as written: the default pack against figures taken by hand from its sources, and faults by line.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use super::*;
use crate::event::report::TriageExit;

const NAME: &str = "swgfl-template.toml";
const TEXT: &str = include_str!("../../../../../assets/packs/swgfl-template.toml");

fn pack() -> PolicyPack {
    PolicyPack::parse(NAME, TEXT).expect("the default pack parses")
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

fn ticks(table: &Table) -> Vec<usize> {
    table.rows().iter().map(|row| row.proposed().len()).collect()
}

fn columns(table: &Table) -> Vec<usize> {
    table.actions().map(|(id, _)| table.rows().iter().filter(|row| row.proposes(id)).count()).collect()
}

#[test]
fn the_pupils_table_has_every_row_and_tick_of_the_source() {
    let pack = pack();
    let table = pack.sanctions("pupils").unwrap();
    assert_eq!(table.actions().len(), 9);
    assert_eq!(ticks(table), [5, 4, 6, 5, 4, 7, 6, 7, 4, 5, 7, 5, 4, 7, 7]);
    assert_eq!(columns(table), [14, 13, 9, 2, 13, 14, 7, 10, 1]);
    assert_eq!(
        table.rows()[0].proposed(),
        ["head-of-department", "headteacher", "police", "it-support", "inform-parents"]
    );
    assert!(table.rows()[9].proposes("further-sanction"));
    assert!(table.rows()[10].source_note().is_some(), "the broken row says so");
}

#[test]
fn the_staff_table_has_every_row_and_tick_of_the_source() {
    let pack = pack();
    let table = pack.sanctions("staff").unwrap();
    assert_eq!(table.actions().len(), 8);
    assert_eq!(ticks(table), [7, 3, 3, 5, 3, 6, 8, 4, 5, 7, 6, 6, 3, 7, 7, 7]);
    assert_eq!(columns(table), [16, 12, 9, 5, 15, 13, 5, 12]);
    let first = &table.rows()[0];
    assert!(!first.proposes("warning"));
    assert!(first.source_note().unwrap().contains("garbled"));
}

#[test]
fn categories_stand_in_the_order_of_the_source_with_the_additions_named() {
    let pack = pack();
    let of_the_source: Vec<_> = pack
        .categories()
        .iter()
        .filter(|category| !category.source_note().is_some_and(|note| note.starts_with("Added")))
        .map(Category::id)
        .collect();
    assert_eq!(
        of_the_source,
        [
            "child-abuse-images",
            "grooming",
            "extreme-pornography",
            "racist-material",
            "pornography",
            "discrimination",
            "threats",
            "offensive-or-disrepute",
            "private-business",
            "bypassing-filters",
            "copyright",
            "confidential-data",
            "viruses",
            "unfair-usage",
            "gaming-educational",
            "gaming-other",
            "gambling",
            "shopping",
            "file-sharing",
            "social-media",
            "messaging",
        ]
    );
    assert_eq!(pack.categories().len(), 23);
    let rated = |rating| pack.categories().iter().filter(|category| category.rating() == rating).count();
    assert_eq!(rated(Rating::Illegal), 7, "five of the source, two added");
    assert_eq!(rated(Rating::CertainTimes), 3);
    assert_eq!(rated(Rating::NominatedUsers), 1);
    assert_eq!(rated(Rating::Unacceptable), 12);
    let no_review = pack.categories().iter().filter(|category| !category.route().allows_review()).count();
    assert_eq!(no_review, 6);
    let forbidden: Vec<_> = pack
        .categories()
        .iter()
        .filter(|category| category.capture() == CaptureRule::Forbidden)
        .map(Category::id)
        .collect();
    assert_eq!(forbidden, ["child-abuse-images", "prohibited-images", "extreme-pornography", "terrorist-material"]);
    assert_eq!(pack.category("copyright").map(Category::route), Some(Route::School), "a rating is not a route");
}

#[test]
fn grounds_steps_and_lists_are_complete() {
    let pack = pack();
    assert_eq!(pack.police_grounds().len(), 5);
    for step in 1..=7 {
        let clause = format!("Other incidents, step {step}");
        assert!(pack.steps().iter().any(|entry| entry.clause().starts_with(&clause)), "no step has {clause}");
    }
    let stages: Vec<_> = pack.steps().iter().map(Step::stage).collect();
    assert!(stages.is_sorted(), "steps stand in the order of the stages");
    assert_eq!(pack.step_for(Stage::Group).unwrap().safeguard(), Some(Safeguard::TwoPeople));
    assert_eq!(pack.isolation().len(), 8);
    assert_eq!(pack.outcomes().len(), 8);
    assert_eq!(pack.log().columns().len(), 7);
    assert_eq!(pack.retention().years(), 6);
    let limits: Vec<_> = pack.clocks().iter().map(Clock::limit).collect();
    assert_eq!(limits, [Limit::AtOnce, Limit::WorkingDays(1), Limit::Hours(72)]);
    let exits: Vec<_> = pack.chart("triage").unwrap().nodes().iter().filter_map(Node::exit).collect();
    assert_eq!(exits, [TriageExit::IllegalRoute, TriageExit::OtherIncidents]);
}

#[test]
fn a_pack_is_named_by_its_text() {
    let reference = pack().reference();
    assert_eq!((reference.id.as_str(), reference.edition.as_str()), ("swgfl-template", "2024-02"));
    assert_eq!(reference.hash, Hash::of(TEXT.as_bytes()));
    let edited = PolicyPack::parse(NAME, &changed("years = 6", "years = 7")).unwrap();
    assert_ne!(edited.reference().hash, reference.hash);
}

#[test]
fn no_pack_names_a_person_or_a_number_to_ring() {
    let digits = TEXT.split(|c: char| !c.is_ascii_digit() && c != ' ').map(|run| run.replace(' ', "").len()).max();
    assert!(digits.unwrap() < 8, "a run of digits as long as a telephone number");
    assert!(!TEXT.contains('@') && !TEXT.contains("http"));
}

#[test]
fn faults_name_the_line_and_what_to_write_instead() {
    for (from, to, marked, what, instead) in [
        ("marking =", "marknig =", "marknig", "unknown key", "write one of"),
        ("rating = \"certain-times\"", "rating = \"sometimes\"", "\"sometimes\"", "unknown value", "write one of"),
        (
            "id = \"swgfl-template\"",
            "id = \"other\"",
            "id = \"other\"",
            "the id is \"other\"",
            "id = \"swgfl-template\"",
        ),
        ("id = \"gambling\"", "id = \"gaming-other\"", "", "a second category", "its own id"),
        ("id = \"gambling\"", "id = \"Gam bling\"", "Gam bling", "is no id", "small letters"),
        ("police = \"Police\"\n", "", "actions = [\"class", "has no label", "[sanctions.pupils.labels]"),
        (
            "\"inform-parents\", \"further-sanction\"]",
            "\"parents\"]",
            "\"parents\"]",
            "which the table does not have",
            "use one of",
        ),
        (
            "[\"class-teacher\", \"it-support\"",
            "[\"it-support\", \"class-teacher\"",
            "",
            "out of order",
            "order of the columns",
        ),
        ("to = \"ring-999\"", "to = \"ring-998\"", "ring-998", "which the chart does not have", "name a node"),
        ("column = 1, row = 2", "column = 0, row = 2", "id = \"illegal-route\"", "lies on another", "of its own"),
        ("limit = \"72 hours\"", "limit = \"soon\"", "\"soon\"", "is no limit", "72 hours"),
        ("years = 6", "years = 0", "years = 0", "for no time", "one year"),
    ] {
        let text = changed(from, to);
        let fault = fault(&text);
        assert_eq!(fault.file(), NAME);
        assert!(fault.what().contains(what), "{from:?}: {fault}");
        assert!(fault.instead().contains(instead), "{from:?}: {fault}");
        if !marked.is_empty() {
            assert_eq!(fault.line(), line(&text, marked), "{fault}");
        }
    }
}

#[test]
fn a_missing_stage_is_named() {
    let text = TEXT.replace("stage = \"action\"", "stage = \"judgement\"");
    assert!(fault(&text).what().contains("\"action\""));
}

/// Each way to lack or weaken the floor, and the entry that the refusal must name.
#[test]
fn a_pack_below_the_floor_is_refused_by_the_name_of_the_entry() {
    let child = "statute = \"Protection of Children Act 1978\"\ncapture = ";
    let drawn = "statute = \"Coroners and Justice Act 2009, section 62\"\ncapture = ";
    let extreme = "statute = \"Criminal Justice and Immigration Act 2008\"\ncapture = ";
    let weakened = |statute: &str| changed(&format!("{statute}\"forbidden\""), &format!("{statute}\"allowed\""));
    let route = |legal: &str, from: &str, to: &str| {
        changed(&format!("route = \"{from}\"\nlegal = \"{legal}\""), &format!("route = \"{to}\"\nlegal = \"{legal}\""))
    };
    for (text, entry, marked) in [
        (weakened(child), "indecent-images", Some("id = \"child-abuse-images\"")),
        (weakened(drawn), "prohibited-images", Some("id = \"prohibited-images\"")),
        (weakened(extreme), "extreme-pornography", Some("id = \"extreme-pornography\"")),
        (changed("legal = \"indecent-images\"\n", ""), "indecent-images", None),
        (changed("legal = \"prohibited-images\"\n", ""), "prohibited-images", None),
        (changed("legal = \"extreme-pornography\"\n", ""), "extreme-pornography", None),
        (
            route("indecent-images", "child-protection", "advice-first"),
            "indecent-images",
            Some("id = \"child-abuse-images\""),
        ),
        (
            route("prohibited-images", "child-protection", "school"),
            "prohibited-images",
            Some("id = \"prohibited-images\""),
        ),
        (
            route("extreme-pornography", "police-first", "school"),
            "extreme-pornography",
            Some("id = \"extreme-pornography\""),
        ),
        (
            changed("rating = \"illegal\"", "rating = \"unacceptable\""),
            "indecent-images",
            Some("id = \"child-abuse-images\""),
        ),
        (changed("safeguard = \"two-people\"\n", ""), "two-people", None),
        (changed("safeguard = \"subject-excluded\"\n", ""), "subject-excluded", None),
        (changed("safeguard = \"gate\"\n", ""), "gate", None),
        (changed("safeguard = \"hold\"\n", ""), "hold", None),
        (
            changed("required = true\nsafeguard = \"gate\"", "required = false\nsafeguard = \"gate\""),
            "gate",
            Some("id = \"gate-answered\""),
        ),
        (
            changed("required = true\nsafeguard = \"two-people\"", "required = false\nsafeguard = \"two-people\""),
            "two-people",
            Some("id = \"group-formed\""),
        ),
        (
            changed(
                "stage = \"review\"\nrequired = true\nsafeguard = \"gate\"",
                "stage = \"sign-off\"\nrequired = true\nsafeguard = \"gate\"",
            ),
            "gate",
            Some("id = \"gate-answered\""),
        ),
    ] {
        let fault = fault(&text);
        assert!(fault.what().contains(&format!("\"{entry}\"")), "{fault}");
        assert_eq!(fault.line(), marked.and_then(|marked| line(&text, marked)), "{fault}");
    }
}

#[test]
fn a_pack_may_add_safeguards() {
    let stricter =
        changed("route = \"school\"\ncapture = \"allowed\"", "route = \"police-first\"\ncapture = \"forbidden\"");
    assert!(PolicyPack::parse(NAME, &stricter).is_ok());
    let route = "route = \"police-first\"\nlegal = \"extreme-pornography\"";
    let stricter = changed(route, "route = \"child-protection\"\nlegal = \"extreme-pornography\"");
    assert!(PolicyPack::parse(NAME, &stricter).is_ok());
    assert!(Route::ChildProtection < Route::PoliceFirst && Route::AdviceFirst < Route::School);
}
