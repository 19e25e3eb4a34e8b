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
    // These run on the store itself: their acts stand in [`super::keeping`].
    Journey { name: "store-passphrase", from: "group", people: BOTH, acts: &[("", "{}"); 3] },
    Journey { name: "store-people", from: "group", people: BOTH, acts: &[("", "{}"); 4] },
    Journey { name: "store-backup", from: "judgement", people: BOTH, acts: &[("", "{}"); 3] },
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

/// The journey of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Journey> {
    ALL.iter().find(|journey| journey.name == name)
}
