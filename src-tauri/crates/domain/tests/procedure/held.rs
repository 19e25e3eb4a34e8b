//! Which actions of each pack wait until police, LADO or social care say that they may go ahead.

use trail_domain::pack::PolicyPack;
use trail_domain::procedure::follow::alerts;

/// A pack's file and text; and what waits, of its pupils' table and of its staff's.
type Waits = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const PACKS: [Waits; 6] = [
    (
        "swgfl-template.toml",
        include_str!("../../../../../assets/packs/swgfl-template.toml"),
        &["inform-parents", "remove-access", "warning", "further-sanction"],
        &["warning", "suspension", "disciplinary-action"],
    ),
    (
        "durants.toml",
        include_str!("../../../../../assets/packs/durants.toml"),
        &["inform-parents", "remove-access", "warning", "further-sanction"],
        &["warning", "suspension", "disciplinary-action"],
    ),
    (
        "st-joseph.toml",
        include_str!("../../../../../assets/packs/st-joseph.toml"),
        &["inform-parents", "seventh-column", "eighth-column"],
        &["warning", "suspension", "disciplinary-action"],
    ),
    (
        "st-laurence-birmingham.toml",
        include_str!("../../../../../assets/packs/st-laurence-birmingham.toml"),
        &["training", "behaviour-policy"],
        &["management-talk", "training", "disciplinary-action"],
    ),
    (
        "victoria-park.toml",
        include_str!("../../../../../assets/packs/victoria-park.toml"),
        &["inform-parents", "hold-device", "behaviour-policy", "legal-action"],
        &["disciplinary-action", "legal-action"],
    ),
    (
        "beechfield-hertfordshire.toml",
        include_str!("../../../../../assets/packs/beechfield-hertfordshire.toml"),
        &["withdraw-access", "behaviour-policy", "inform-parents", "hold-device"],
        &["withdraw-access", "disciplinary-action", "suspension", "dismissal", "prosecution"],
    ),
];

#[test]
fn of_every_pack_what_would_alert_somebody_waits() {
    for (name, text, pupils, staff) in PACKS {
        let pack = PolicyPack::parse(name, text).unwrap();
        for (table, waits) in [("pupils", pupils), ("staff", staff)] {
            let actions = pack.sanctions(table).unwrap().actions();
            let found: Vec<&str> = actions.map(|(id, _)| id).filter(|id| alerts(id)).collect();
            assert_eq!(found, waits, "{name} {table}");
        }
    }
}

#[test]
fn what_is_not_known_waits() {
    assert!(alerts("an-action-of-a-pack-of-our-own"));
}
