//! What a person's own key signed in a case, for the draft of their statement.

use trail_domain::case::Session;
use trail_domain::event::{Event, Recorded};
use trail_domain::ids::PersonId;
use trail_seal::form::statement::{StatementExhibit, StatementFact, StatementPart};

use super::{Scene, dates, exhibits, log, people, timeline};

/// The facts under their headings, in the order of the ledger.
pub(crate) fn parts(scene: &Scene<'_>, entries: &[Recorded], witness: &PersonId) -> Vec<StatementPart> {
    let own = entries.iter().filter(|entry| entry.by == *witness && entry.session.is_none());
    let part = |key: &str, facts: Vec<StatementFact>| StatementPart {
        title: scene.phrases.say(&format!("statement.{key}.title"), &[]),
        remark: scene.phrases.say(&format!("statement.{key}.remark"), &[]),
        facts,
    };
    let sessions =
        scene.case.sessions().iter().filter(|session| session.operator == *witness || session.observer == *witness);
    vec![
        part("own", own.map(|entry| fact(scene, entry)).collect()),
        part("sessions", sessions.map(|session| sat(scene, session, witness)).collect()),
    ]
}

fn fact(scene: &Scene<'_>, entry: &Recorded) -> StatementFact {
    let mut what = timeline::what(scene, &entry.event);
    for words in said(&entry.event) {
        what.push('\n');
        what.push_str(&words);
    }
    StatementFact { at: entry.at.utc(), what: log::safe(scene, &what), entry: entry.seq.0 }
}

/// What the person themselves put into words.
fn said(event: &Event) -> Vec<String> {
    if let Event::CaseOpened { report, .. } = event {
        return vec![report.what.to_string(), format!("{}; {}", report.when, report.place)];
    }
    if let Event::ItemPreserved { item } = event {
        return vec![format!("{}, {}; {}", item.what, item.identity, item.place), item.seal.to_string()];
    }
    if let Event::Triaged { reason, .. } = event {
        return vec![reason.to_string()];
    }
    if let Event::ViewSealed { view } = event {
        return vec![view.reasons.to_string()];
    }
    if let Event::Referred { referral } = event {
        return vec![
            format!("{}, {}, {}, {}", referral.to, referral.person, referral.reference, dates::full(referral.at)),
            referral.advice.to_string(),
        ];
    }
    if let Event::CustodyRecorded { item, custodian, place } = event {
        return vec![format!("{item}: {custodian}, {place}")];
    }
    if let Event::NoteAdded { words } | Event::Corrected { words, .. } = event {
        return vec![words.to_string()];
    }
    Vec::new()
}

/// A review session that the person's own key certified, with the other person's.
fn sat(scene: &Scene<'_>, session: &Session, witness: &PersonId) -> StatementFact {
    let (key, other) = if session.operator == *witness {
        ("statement.operator", &session.observer)
    } else {
        ("statement.observer", &session.operator)
    };
    let until = session.ended.as_ref().map_or_else(
        || scene.phrases.say("statement.open", &[]),
        |(stamp, _)| scene.phrases.say("statement.ended", &[("at", &dates::exact(stamp.at))]),
    );
    let what = scene.phrases.say(key, &[("name", &people::name(scene.register, other)), ("until", &until)]);
    StatementFact { at: session.opened.at.utc(), what, entry: session.opened.seq.0 }
}

/// The exhibits that the person produced.
pub(crate) fn produced(scene: &Scene<'_>, witness: &PersonId) -> Vec<StatementExhibit> {
    let of = scene.case.exhibits().iter().filter(|(_, _, exhibit)| exhibit.operator == *witness);
    of.map(|(_, _, exhibit)| {
        let kind = scene.phrases.say(&format!("exhibit-kind.{}", exhibits::kind_id(exhibit.kind)), &[]);
        let with = people::name(scene.register, &exhibit.observer);
        StatementExhibit {
            mark: exhibit.mark.to_string(),
            what: log::safe(scene, &format!("{kind}: {}", exhibit.title)),
            made: scene.phrases.say("statement.made", &[("at", &dates::exact(exhibit.at)), ("name", &with)]),
        }
    })
    .collect()
}
