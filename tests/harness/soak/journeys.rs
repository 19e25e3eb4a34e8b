//! Every journey that writes, as data: from where it starts, who is signed in, and its acts.

/// A journey.
#[derive(Debug, Clone, Copy)]
pub struct Journey {
    /// Its name.
    pub name: &'static str,
    /// The point of the happy path that the case has reached; empty where there is none yet.
    pub from: &'static str,
    /// Who signs in before it starts.
    pub people: &'static [&'static str],
    /// Acts with their values as JSON, beside the happy path's own.
    pub acts: &'static [(&'static str, &'static str)],
}

const BOTH: &[&str] = &["JS", "PA"];

/// All of them.
pub const ALL: &[Journey] = &[
    Journey {
        name: "report",
        from: "",
        people: &["JS"],
        acts: &[
            ("open-case", "{}"),
            ("preserve", "{}"),
            ("finish-preserve", "{}"),
            ("triage", "{}"),
            ("form-group", "{}"),
            ("choose-computer", "{}"),
            ("note", "{}"),
        ],
    },
    Journey {
        name: "review",
        from: "review",
        people: BOTH,
        acts: &[
            ("open-session", "{}"),
            ("visit", "{}"),
            ("capture", "{}"),
            ("capture", r#"{"kind":"whole-page","title":"The whole topic"}"#),
            ("words", "{}"),
            ("screen", "{}"),
            ("mark", r#"{"shapes":[{"kind":"number","left":1,"top":1,"right":9,"bottom":9,"words":"A name"}]}"#),
            ("confirm-observer", r#"{"who":"PA"}"#),
            ("end-session", "{}"),
        ],
    },
    Journey {
        name: "judge",
        from: "judgement",
        people: BOTH,
        acts: &[
            ("seal-view", r#"{"who":"JS"}"#),
            ("seal-view", r#"{"who":"PA"}"#),
            ("find", "{}"),
            ("choose-actions", "{}"),
            ("isolate", "{}"),
        ],
    },
    Journey {
        name: "documents",
        from: "sign-off",
        people: BOTH,
        acts: &[
            ("make-form", "{}"),
            ("sign-form", r#"{"field":"first","who":"JS"}"#),
            ("sign-form", r#"{"field":"second","who":"PA"}"#),
            ("save", "{}"),
        ],
    },
    Journey {
        name: "halt",
        from: "review",
        people: BOTH,
        acts: &[
            ("open-session", "{}"),
            ("visit", "{}"),
            ("capture", "{}"),
            ("halt", "{}"),
            ("refer", "{}"),
            ("custody", "{}"),
            ("make-referral", "{}"),
        ],
    },
    Journey { name: "notes", from: "group", people: &["JS"], acts: &[("note", "{}"); 24] },
    // These run on the store itself: their acts stand in [`super::keeping`] and [`super::migrating`].
    Journey { name: "store-passphrase", from: "group", people: BOTH, acts: &[("", "{}"); 3] },
    Journey { name: "store-people", from: "group", people: BOTH, acts: &[("", "{}"); 4] },
    Journey { name: "store-backup", from: "judgement", people: BOTH, acts: &[("", "{}"); 3] },
    Journey { name: "store-migrate", from: "version-1", people: &[], acts: &[("", "{}"); 6] },
    Journey {
        name: "restore",
        from: "backed-up",
        people: &[],
        acts: &[("look-at-backup", "{}"), ("restore", "{}"), ("sign-in", r#"{"who":"PA"}"#), ("note", "{}")],
    },
    Journey {
        name: "restore-over",
        from: "damaged",
        people: &[],
        acts: &[("look-at-backup", "{}"), ("restore", "{}"), ("note", "{}")],
    },
    Journey {
        name: "destroy",
        from: "agreed",
        people: &["AO"],
        acts: &[("destroy", "{}"), ("sign-in", r#"{"who":"PA"}"#), ("sign-out", r#"{"who":"PA"}"#)],
    },
    Journey { name: "erase", from: "erasing", people: &["AO"], acts: &[("destroy", "{}"), ("note", "{}")] },
    Journey {
        name: "people",
        from: "group",
        people: BOTH,
        acts: &[
            ("sign-out", r#"{"who":"PA"}"#),
            ("sign-in", r#"{"who":"TO","passphrase":"not-the-passphrase-at-all"}"#),
            ("sign-in", r#"{"who":"PA"}"#),
            ("note", "{}"),
            ("lock", "{}"),
            ("sign-in", r#"{"who":"JS"}"#),
        ],
    },
];

/// Backups on a disk that something else fills up meanwhile. On a disk of its own only: it is filled.
pub const CROWDED: Journey =
    Journey { name: "store-backup-crowded", from: "judgement", people: BOTH, acts: &[("", "{}"); 3] };

/// What is tried on full disks, each with the room that is left on them, in KiB. Making and restoring a backup ask
/// for some MiB beforehand.
pub const FULL: &[(&str, &[u64])] = &[
    ("review", LEFT),
    ("documents", LEFT),
    ("halt", LEFT),
    ("destroy", LEFT),
    ("erase", LEFT),
    ("store-migrate", LEFT),
    ("restore", &[0, 1600, 4200, 4600, 5000, 5300, 5600, 6000, 6400, 6800, 7200, 7600, 8000, 8600, 9200, 9800]),
    ("restore-over", &[0, 1600, 4600, 5300, 6000, 6400, 6800, 7200, 7600, 8000, 8600, 9200]),
    ("store-backup", &[0, 1600, 4200, 4600, 5000, 5600, 6200, 7000, 8000, 9000]),
    (CROWDED.name, &[5600, 6200, 7000, 8000, 9000, 12_000, 20_000]),
];

const LEFT: &[u64] = &[0, 16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 256, 320, 400, 512, 700, 1000, 1600, 2600];

/// The journey of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Journey> {
    ALL.iter().chain([&CROWDED]).find(|journey| journey.name == name)
}
