//! What a case summary says of a case, a field each. It names exhibits and gives no address: it leaves
//! for a record of another program.

use trail_domain::event::report::{ChildSafe, HarmTest, SubjectKind};
use trail_seal::form::summary::SummaryField;

use super::{Scene, addresses, dates, log, stages};

/// Its fields, in their order.
pub(crate) fn fields(scene: &Scene<'_>) -> Vec<SummaryField> {
    let report = scene.case.report();
    let say = |key: &str, text: String| SummaryField {
        label: scene.phrases.say(&format!("summary.field.{key}"), &[]),
        text: addresses::in_words(&text, Some(scene.case.opening().seq)),
    };
    vec![
        say("concerned", format!("{}, {}", report.subject.name, kind(scene))),
        say("incident", incident(scene)),
        say("reported", reported(scene)),
        say("what", report.what.to_string()),
        say("others", others(scene)),
        say("child", child(scene)),
        say("stands", stands(scene)),
        say("told", told(scene)),
        say("finding", finding(scene)),
        say("done", log::cell(scene, "action-what")),
        say("evidence", evidence(scene)),
    ]
}

fn kind(scene: &Scene<'_>) -> String {
    match scene.case.report().subject.kind {
        SubjectKind::Pupil => scene.pack.terms().pupil().to_owned(),
        SubjectKind::Staff => scene.phrases.say("summary.staff", &[]),
        SubjectKind::Other => scene.phrases.say("summary.other", &[]),
    }
}

fn incident(scene: &Scene<'_>) -> String {
    let report = scene.case.report();
    let category = scene.pack.category(&report.category).map_or(report.category.as_str(), |category| category.label());
    format!("{}\n{category}", report.title)
}

fn reported(scene: &Scene<'_>) -> String {
    let report = scene.case.report();
    let at = dates::full(scene.case.opening().at);
    let places = [
        ("reporter", report.reporter.as_str()),
        ("to", report.reported_to.as_str()),
        ("at", at.as_str()),
        ("when", report.when.as_str()),
        ("place", report.place.as_str()),
    ];
    scene.phrases.say("summary.reported-how", &places)
}

fn others(scene: &Scene<'_>) -> String {
    let others = &scene.case.report().others;
    if others.is_empty() {
        return scene.phrases.say("summary.no-others", &[]);
    }
    let other =
        |other: &trail_domain::event::report::Involved| format!("{} ({})", other.name, super::case::role(other.role));
    others.iter().map(other).collect::<Vec<_>>().join("\n")
}

fn child(scene: &Scene<'_>) -> String {
    match &scene.case.report().child_safe {
        ChildSafe::NoChild => scene.phrases.say("summary.no-child", &[]),
        ChildSafe::Safe { how } => scene.phrases.say("summary.safe", &[("how", how.as_str())]),
        ChildSafe::NotSafe { done } => scene.phrases.say("summary.not-safe", &[("done", done.as_str())]),
    }
}

fn stands(scene: &Scene<'_>) -> String {
    let title = |stage: trail_domain::pack::Stage| scene.phrases.say(&format!("stage.{}.title", stage.id()), &[]);
    let (done, next) = stages::progress(scene.case, title);
    let mut lines = Vec::new();
    if let Some(halt) = scene.case.last_halt() {
        lines.push(scene.phrases.say("log.halted", &[("at", &dates::full(halt.stamp.at))]));
    }
    lines.push(scene.phrases.say("summary.stage", &[("done", &done.to_string()), ("next", &next)]));
    lines.join("\n")
}

/// Whom the school told outside, with their reference.
fn told(scene: &Scene<'_>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (_, referral) in scene.case.referrals() {
        let at = dates::full(referral.at);
        let places = [
            ("to", referral.to.as_str()),
            ("person", referral.person.as_str()),
            ("reference", referral.reference.as_str()),
            ("at", at.as_str()),
        ];
        lines.push(scene.phrases.say("summary.referred", &places));
    }
    if let Some((_, HarmTest::YesOrUnsure { lado, at, .. })) = scene.case.harm_test() {
        lines.push(scene.phrases.say("log.lado", &[("name", lado.as_str()), ("at", &dates::full(*at))]));
    }
    if lines.is_empty() { scene.phrases.say("summary.nobody-told", &[]) } else { lines.join("\n") }
}

fn finding(scene: &Scene<'_>) -> String {
    match scene.case.finding() {
        None => scene.phrases.say("summary.no-finding", &[]),
        Some((_, finding, reasons, _)) => format!("{}\n{reasons}", stages::finding_words(scene, *finding)),
    }
}

fn evidence(scene: &Scene<'_>) -> String {
    let marks: Vec<String> = scene.case.exhibits().iter().map(|(_, _, exhibit)| exhibit.mark.to_string()).collect();
    if marks.is_empty() {
        return scene.phrases.say("summary.no-evidence", &[]);
    }
    scene.phrases.say("summary.evidence-kept", &[("count", &marks.len().to_string()), ("marks", &marks.join(", "))])
}
