//! A case as a line of the incident log. What the case does not hold, its cell says.

use trail_domain::event::report::{HarmTest, ParentsTold};
use trail_domain::pack::Column;
use trail_seal::form::log::LogKind;

use super::{Scene, action_label, addresses, dates, exhibits, outcome, people, signing};
use crate::wire::case::LogRow;

/// Its line, a cell for each column of the school's policy.
pub(crate) fn row(scene: &Scene<'_>, columns: &[Column]) -> LogRow {
    LogRow {
        id: scene.case.id().to_string(),
        reference: scene.case.reference().to_string(),
        halted: scene.case.halt().is_some(),
        cells: columns.iter().map(|column| cell(scene, column.id())).collect(),
    }
}

/// Its cells in a log that leaves the store: no address in them can be opened by accident, and where addresses are
/// withheld on paper they are withheld here.
pub(crate) fn printed(scene: &Scene<'_>, kind: LogKind) -> Vec<String> {
    let columns: &[&str] = match kind {
        LogKind::Incident => &["date-and-time", "name", "sex", "room-and-device", "details", "actions-and-reasons"],
        LogKind::Reporting => &["date", "time", "incident", "action-what", "action-by", "reported-by", "signature"],
    };
    columns.iter().map(|column| safe(scene, &cell(scene, column))).collect()
}

/// Words that somebody wrote, for a paper that is read outside the case.
pub(crate) fn safe(scene: &Scene<'_>, words: &str) -> String {
    let entry = scene.case.opening().seq;
    addresses::in_words(words, exhibits::addresses_withheld(scene).then_some(entry))
}

/// The columns are the ones that the bundled policies have. Another one is not filled, and says so.
pub(crate) fn cell(scene: &Scene<'_>, column: &str) -> String {
    let report = scene.case.report();
    let opened = scene.case.opening().at;
    match column {
        "date" => dates::day(opened),
        "time" => dates::minute(opened),
        "date-and-time" => dates::full(opened),
        "name" => report.subject.name.to_string(),
        "room-and-device" => report.place.to_string(),
        "incident" => incident(scene, false),
        "details" => incident(scene, true),
        "action-what" => actions(scene, false),
        "actions-and-reasons" => actions(scene, true),
        "action-by" => by(scene),
        "reported-by" => report.reporter.to_string(),
        "signature" => signatures(scene),
        "sex" => scene.phrases.say("log.no-sex", &[]),
        _ => scene.phrases.say("log.no-such-column", &[]),
    }
}

fn incident(scene: &Scene<'_>, at_length: bool) -> String {
    let report = scene.case.report();
    let category = scene.pack.category(&report.category).map(trail_domain::pack::Category::label);
    let mut lines = vec![report.title.to_string()];
    lines.extend(category.map(ToOwned::to_owned));
    if at_length {
        lines.push(report.what.to_string());
        lines.push(scene.phrases.say("log.when", &[("when", report.when.as_str())]));
    }
    lines.join("\n")
}

/// What was done: by the log-only record, by the actions that were chosen, and outside the school.
fn actions(scene: &Scene<'_>, with_reasons: bool) -> String {
    let case = scene.case;
    let mut lines = Vec::new();
    if let Some(halt) = case.halt() {
        lines.push(scene.phrases.say("log.halted", &[("at", &dates::full(halt.stamp.at))]));
    }
    if let Some((_, logged)) = case.logged() {
        lines.extend(logged.actions.iter().map(|action| action_label(scene.pack, &logged.table, action)));
        lines.push(logged.words.to_string());
        if with_reasons {
            lines.push(match &logged.parents {
                ParentsTold::Yes { how } => scene.phrases.say("log.parents-told", &[("how", how.as_str())]),
                ParentsTold::No { because } => scene.phrases.say("log.parents-not-told", &[("why", because.as_str())]),
            });
        }
    }
    for action in outcome::actions(scene).into_iter().filter(|action| action.chosen) {
        let reason = action.departure.filter(|_| with_reasons).map_or_else(String::new, |why| format!(" ({why})"));
        lines.push(format!("{}: {}{reason}", action.label, action.line));
    }
    for (_, referral) in case.referrals() {
        let (at, to) = (dates::full(referral.at), referral.to.as_str());
        lines.push(scene.phrases.say("log.referred", &[("to", to), ("at", &at)]));
    }
    if let Some((_, HarmTest::YesOrUnsure { lado, at, .. })) = case.harm_test() {
        lines.push(scene.phrases.say("log.lado", &[("name", lado.as_str()), ("at", &dates::full(*at))]));
    }
    if let Some((_, _, reasons, _)) = case.finding().filter(|_| with_reasons) {
        lines.push(scene.phrases.say("log.reasons", &[("reasons", reasons.as_str())]));
    }
    if lines.is_empty() { scene.phrases.say("log.nothing-done-yet", &[]) } else { lines.join("\n") }
}

/// Who wrote down what was done, and who sees to it.
fn by(scene: &Scene<'_>) -> String {
    let case = scene.case;
    let mut names = Vec::new();
    names.extend(case.logged().map(|(stamp, _)| people::name(scene.register, &stamp.by)));
    if let Some(actions) = case.actions() {
        let owners = actions.lines.iter().filter(|line| line.chosen).filter_map(|line| line.owner.as_ref());
        names.extend(owners.map(ToString::to_string));
    }
    names.extend(case.referrals().iter().map(|(stamp, _)| people::name(scene.register, &stamp.by)));
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    if names.is_empty() { scene.phrases.say("log.nobody-yet", &[]) } else { names.join("\n") }
}

/// Who signed the form. A case that is only logged has none: its entry is signed by whoever made it.
fn signatures(scene: &Scene<'_>) -> String {
    if let Some((stamp, _)) = scene.case.logged() {
        let name = people::name(scene.register, &stamp.by);
        return scene.phrases.say("log.entry-signed", &[("name", &name), ("at", &dates::full(stamp.at))]);
    }
    let signed: Vec<String> = signing::signers(scene).into_iter().filter_map(|signer| signer.signed).collect();
    if signed.is_empty() { scene.phrases.say("log.not-signed", &[]) } else { signed.join("\n") }
}
