//! The difference between two versions: per section, what was added, removed, moved or changed.

use super::*;

fn difference(text: &str) -> Vec<Change> {
    pack("swgfl-template").difference(&PolicyPack::parse(NAME, text).unwrap_or_else(|fault| panic!("{fault}")))
}

/// One change: its section, the label, and what became of it.
fn told(change: &Change) -> (&str, &str, String) {
    let kind = match change.kind() {
        ChangeKind::Added => "added".to_owned(),
        ChangeKind::Removed => "removed".to_owned(),
        ChangeKind::Moved => "moved".to_owned(),
        ChangeKind::Changed(parts) => {
            let part = |part: &PartChange| {
                format!(
                    "{}: {} > {}",
                    part.key(),
                    part.before().unwrap_or("nothing"),
                    part.after().unwrap_or("nothing")
                )
            };
            parts.iter().map(part).collect::<Vec<_>>().join("; ")
        }
    };
    (change.section(), change.label(), kind)
}

#[test]
fn a_pack_differs_from_itself_in_nothing_however_it_is_laid_out() {
    for pack in packs() {
        assert_eq!(pack.difference(&pack), []);
    }
    let roomy = TEXT.replace("\n\n", "\n\n\n# A remark.\n");
    assert_eq!(difference(&roomy), []);
}

#[test]
fn each_kind_of_change_is_told() {
    let gambling = "[[categories]]\nid = \"gambling\"\nlabel = \"Online gambling\"\nrating = \"unacceptable\"\nroute = \"school\"\ncapture = \"allowed\"\n\n";
    let new = gambling.replace("gambling", "betting");
    let after = "id = \"social-media\"";
    let moved = changed(gambling, "").replacen(
        "[[categories]]\nid = \"social-media\"",
        &format!("{gambling}[[categories]]\n{after}"),
        1,
    );
    for (text, section, label, kind) in [
        (changed("years = 6", "years = 7"), "retention", "retention", "years: 6 > 7"),
        (
            changed("title = \"SWGfL template pattern\"", "title = \"Ours\""),
            "pack",
            "Ours",
            "title: SWGfL template pattern > Ours",
        ),
        (changed(gambling, ""), "categories", "Online gambling", "removed"),
        (changed(gambling, &format!("{gambling}{new}")), "categories", "Online betting", "added"),
        (moved, "categories", "Online gambling", "moved"),
        (
            changed("label = \"Online gambling\"\n", "label = \"Online gambling\"\nsource_note = \"Ours.\"\n"),
            "categories",
            "Online gambling",
            "source_note: nothing > Ours.",
        ),
        (
            changed("\"inform-parents\", \"further-sanction\"]", "\"inform-parents\"]"),
            "sanctions.pupils.rows",
            "Carrying on with any of these after warnings or sanctions",
            "proposed: class-teacher, head-of-department, headteacher, inform-parents, further-sanction > class-teacher, head-of-department, headteacher, inform-parents",
        ),
        (
            changed("police = \"Police\"", "police = \"The police\""),
            "sanctions.pupils.labels",
            "sanctions.pupils.labels",
            "police: Police > The police",
        ),
        (
            changed("label = \"Reported\", column", "label = \"Told\", column"),
            "charts.triage.nodes",
            "Told",
            "label: Reported > Told",
        ),
        (
            changed("label = \"Met, or not sure\"", "label = \"Otherwise\""),
            "charts.triage.edges",
            "Otherwise",
            "label: Met, or not sure > Otherwise",
        ),
        (changed("{ id = \"time\", label = \"Time\" },\n", ""), "log.columns", "Time", "removed"),
        (
            changed("limit = \"72 hours\"", "limit = \"24 hours\""),
            "clocks",
            "Report the breach to the ICO, if it may put people at risk",
            "limit: 72 hours > 24 hours",
        ),
    ] {
        let changes = difference(&text);
        assert_eq!(changes.iter().map(told).collect::<Vec<_>>(), [(section, label, kind.to_owned())]);
    }
}

#[test]
fn back_again_is_the_same_change_the_other_way_round() {
    let newer = changed("{ id = \"time\", label = \"Time\" },\n", "").replacen("years = 6", "years = 7", 1);
    let newer = PolicyPack::parse(NAME, &newer).unwrap();
    let back = newer.difference(&pack("swgfl-template"));
    let told: Vec<_> = back.iter().map(told).collect();
    assert_eq!(
        told,
        [("log.columns", "Time", "added".to_owned()), ("retention", "retention", "years: 7 > 6".to_owned())]
    );
}

/// Nothing changes silently: every line of a pack that can be changed and still parses shows in the difference.
#[test]
fn no_line_of_a_pack_can_change_silently() {
    let original = pack("swgfl-template");
    let lines: Vec<&str> = TEXT.lines().collect();
    let (mut shown, mut refused) = (0, 0);
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| line.contains('"') && !line.starts_with('#')) {
        let at = line.rfind('"').unwrap();
        let edited = format!("{}x{}", &line[..at], &line[at..]);
        let mut edited_lines = lines.clone();
        edited_lines[number] = &edited;
        match PolicyPack::parse(NAME, &edited_lines.join("\n")) {
            Ok(newer) => {
                assert!(!original.difference(&newer).is_empty(), "line {} changed silently: {edited}", number + 1);
                shown += 1;
            }
            Err(fault) => {
                assert!(fault.line().is_some(), "{fault}");
                refused += 1;
            }
        }
    }
    assert!(shown > 250 && refused > 100, "{shown} shown, {refused} refused");
}

/// The outline has every entry with its label, and its parts as they are written.
#[test]
fn the_outline_holds_what_a_viewer_shows() {
    for pack in packs() {
        let of = |section: &str| pack.outline().iter().filter(|entry| entry.section() == section).count();
        assert_eq!(of("pack"), 1);
        assert_eq!(of("categories"), pack.categories().len());
        assert_eq!(of("steps"), pack.steps().len());
        assert_eq!(of("sanctions.pupils.rows"), pack.sanctions("pupils").unwrap().rows().len());
        assert_eq!(of("agencies"), pack.agencies().len());
        for chart in pack.charts() {
            assert_eq!(of(&format!("charts.{}.nodes", chart.id())), chart.nodes().len());
            assert_eq!(of(&format!("charts.{}.edges", chart.id())), chart.edges().len());
        }
        let keys: std::collections::BTreeSet<_> =
            pack.outline().iter().map(|entry| (entry.section(), entry.key())).collect();
        assert_eq!(keys.len(), pack.outline().len(), "{}: each entry is told from the others", pack.id());
    }
    let pack = pack("durants");
    let entry = pack.outline().iter().find(|entry| entry.key() == "copyright").unwrap();
    assert_eq!((entry.label(), entry.part("rating")), ("Breaking copyright", Some("illegal")));
}
