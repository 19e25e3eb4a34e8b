//! Each pack against figures that were taken by hand from its source: which rows, in which order, and which cells of
//! each are ticked, counted from 1 at the left.

use super::*;

mod categories;
mod prose;

/// A row of a source: a word that our own wording of it has, and its ticks.
type Read = (&'static str, &'static [usize]);

/// Columns: class teacher, head of department, headteacher, police, IT support, parents, access, warning, further.
const TEMPLATE_PUPILS: [Read; 15] = [
    ("illegal", &[2, 3, 4, 5, 6]),
    ("not for learning", &[1, 5, 6, 8]),
    ("mobile phone", &[1, 2, 3, 5, 6, 8]),
    ("social media", &[1, 2, 5, 6, 8]),
    ("Downloading", &[1, 2, 5, 6]),
    ("sharing a user name", &[1, 2, 3, 5, 6, 7, 8]),
    ("member of staff's account", &[1, 2, 5, 6, 7, 8]),
    ("destroying", &[1, 2, 3, 5, 6, 7, 8]),
    ("bullies", &[1, 2, 6, 8]),
    ("Carrying on", &[1, 2, 3, 6, 9]),
    ("stands for", &[1, 2, 3, 5, 6, 7, 8]),
    ("proxy", &[1, 2, 5, 6, 7]),
    ("by accident", &[1, 3, 5, 8]),
    ("pornographic material, or trying to, on purpose", &[1, 2, 3, 5, 6, 7, 8]),
    ("copyright", &[1, 2, 3, 4, 5, 6, 7]),
];

/// Columns: line manager, headteacher, Local Authority, police, IT support, warning, suspension, discipline. In the
/// first row the marks of columns 1, 5 and 7 are damaged, and column 6 is empty.
const TEMPLATE_STAFF: [Read; 16] = [
    ("illegal", &[1, 2, 3, 4, 5, 7, 8]),
    ("private ends", &[1, 5, 6]),
    ("Downloading", &[1, 5, 6]),
    ("sharing a user name", &[1, 2, 5, 6, 8]),
    ("careless", &[1, 5, 6]),
    ("security rules", &[1, 2, 3, 4, 5, 8]),
    ("hardware", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("bullies", &[1, 2, 6, 8]),
    ("personal account", &[1, 2, 5, 6, 8]),
    ("professional standing", &[1, 2, 3, 5, 6, 7, 8]),
    ("stands for", &[1, 2, 3, 5, 6, 8]),
    ("proxy", &[1, 2, 3, 5, 6, 8]),
    ("by accident", &[1, 5, 6]),
    ("pornographic material, or trying to, on purpose", &[1, 2, 3, 5, 6, 7, 8]),
    ("copyright", &[1, 2, 3, 4, 5, 6, 8]),
    ("Carrying on", &[1, 2, 3, 4, 5, 7, 8]),
];

/// Eight columns without a heading, and the nine rows that remain.
const PRIMARY_PUPILS: [Read; 9] = [
    ("another pupil's account", &[1, 8]),
    ("member of staff's account", &[1, 2, 3, 7, 8]),
    ("destroying", &[1, 5, 6, 8]),
    ("bullies", &[1, 2, 3, 7]),
    ("Carrying on", &[1, 2, 3, 7, 8]),
    ("stands for", &[1, 2, 3, 7]),
    ("by accident", &[1, 2, 3, 5, 6]),
    ("pornographic material, or trying to, on purpose", &[1, 2, 3, 5, 6, 7]),
    ("copyright", &[1, 2, 3, 5, 8]),
];

/// Columns: headteacher, Local Authority, police, technical support, warning, suspension, discipline.
const PRIMARY_STAFF: [Read; 15] = [
    ("illegal", &[1, 2, 3, 6, 7]),
    ("private ends", &[1, 5]),
    ("Downloading", &[1, 4, 5]),
    ("sharing a user name", &[1, 4, 5]),
    ("careless", &[1, 5]),
    ("security rules", &[1, 4, 5]),
    ("hardware", &[1, 4, 5]),
    ("bullies", &[1, 5]),
    ("personal account", &[1, 5, 7]),
    ("professional standing", &[1, 5, 7]),
    ("stands for", &[1, 5, 7]),
    ("by accident", &[1, 4, 5]),
    ("pornographic material, or trying to, on purpose", &[1, 2, 3, 7]),
    ("copyright", &[1, 5]),
    ("Carrying on", &[1, 2, 7]),
];

/// Holds a table of a pack against the figures.
#[track_caller]
fn reads(id: &str, table: &str, columns: &[&str], rows: &[Read]) {
    let pack = pack(id);
    let table = pack.sanctions(table).unwrap();
    assert_eq!(table.actions().map(|(id, _)| id).collect::<Vec<_>>(), columns, "{id}");
    assert_eq!(table.rows().len(), rows.len(), "{id}: rows");
    for (row, (words, ticks)) in table.rows().iter().zip(rows) {
        assert!(row.incident().contains(words), "{id}: {:?} stands where {words:?} is read", row.incident());
        let ticked: Vec<&str> = ticks.iter().map(|column| columns[column - 1]).collect();
        assert_eq!(row.proposed(), ticked, "{id}: {}", row.incident());
    }
}

#[test]
fn the_templates_tables_have_every_row_and_tick_of_the_source() {
    let pupils = [
        "class-teacher",
        "head-of-department",
        "headteacher",
        "police",
        "it-support",
        "inform-parents",
        "remove-access",
        "warning",
        "further-sanction",
    ];
    let staff = [
        "line-manager",
        "headteacher",
        "local-authority",
        "police",
        "it-support",
        "warning",
        "suspension",
        "disciplinary-action",
    ];
    for id in ["swgfl-template", "durants"] {
        reads(id, "pupils", &pupils, &TEMPLATE_PUPILS);
        reads(id, "staff", &staff, &TEMPLATE_STAFF);
        let pack = pack(id);
        let garbled = pack.sanctions("staff").unwrap().rows()[0].source_note().unwrap();
        for said in ["garbled", "Read clearly: headteacher, Local Authority, police", "Inferred"] {
            assert!(garbled.contains(said), "{id}: the garbled row does not say {said:?}");
        }
        let broken = pack.sanctions("pupils").unwrap().rows()[10].source_note().unwrap();
        assert!(broken.contains("broken over two pages"), "{id}");
    }
}

#[test]
fn the_primary_patterns_tables_have_every_row_and_tick_that_remains() {
    let pupils = [
        "class-teacher",
        "senior-colleague",
        "headteacher",
        "police",
        "it-support",
        "inform-parents",
        "seventh-column",
        "eighth-column",
    ];
    let staff =
        ["headteacher", "local-authority", "police", "it-support", "warning", "suspension", "disciplinary-action"];
    reads("st-joseph", "pupils", &pupils, &PRIMARY_PUPILS);
    reads("st-joseph", "staff", &staff, &PRIMARY_STAFF);
    let pack = pack("st-joseph");
    let table = pack.sanctions("pupils").unwrap();
    for said in ["lost its heading and its first rows", "Read: nine rows, eight columns", "Inferred", "not filled in"] {
        assert!(table.source_note().unwrap().contains(said), "the note does not say {said:?}");
    }
    assert!(table.actions().all(|(_, label)| label.contains("heading lost")), "a column without its heading says so");
    assert_eq!(pack.sanctions("staff").unwrap().source_note(), None);
}

#[test]
fn what_no_source_says_is_said_to_be_added() {
    for pack in packs() {
        for (entry, note) in [
            (pack.category("prohibited-images").unwrap().source_note(), "Added by the floor"),
            (pack.step("gate-answered").unwrap().source_note(), ""),
            (pack.step("own-views").unwrap().source_note(), ""),
            (pack.step("subject-excluded").unwrap().source_note(), "Added by the floor"),
            (pack.retention().source_note(), "names no period"),
            (pack.chart(TRIAGE).unwrap().source_note(), "put together"),
            (pack.outcomes().iter().find(|outcome| outcome.id() == "malicious").unwrap().source_note(), "KCSIE"),
        ] {
            assert!(entry.is_some_and(|entry| entry.contains(note)), "{}: no note that says {note:?}", pack.id());
        }
    }
}
