//! HALT as its page shows it. Words to read aloud are put together from what is recorded, and say nothing else.

use trail_domain::event::capture::StoppedBy;
use trail_domain::event::document::DocumentKind;
use trail_domain::people::Standing;

use super::{Scene, dates, keeping, people};
use crate::wire::case::HaltView;

/// HALT, where it stands in the case.
pub(crate) fn view(scene: &Scene<'_>) -> Option<HaltView> {
    let halt = scene.case.halt()?;
    let say = |key: &str, places: &[(&str, &str)]| scene.phrases.say(key, places);
    let (day, time) = (dates::day(halt.stamp.at), dates::minute(halt.stamp.at));
    let school = scene.register.school().map_or_else(String::new, |school| school.name.to_string());
    let stopped = match halt.because {
        StoppedBy::Pressed => "halt.read-aloud.stopped",
        StoppedBy::Gate => "halt.read-aloud.stopped-at-gate",
    };
    let mut aloud = vec![
        say("halt.read-aloud.school", &[("school", school.as_str())]),
        say(stopped, &[("day", day.as_str()), ("time", time.as_str())]),
    ];
    if let Some((_, computer, _)) = scene.case.computer() {
        let places = [
            ("computer", computer.name.as_str()),
            ("tag", computer.asset_tag.as_str()),
            ("location", computer.location.as_str()),
        ];
        aloud.push(say("halt.read-aloud.computer", &places));
    }
    let sealed: Vec<String> = halt.sealed.iter().map(ToString::to_string).collect();
    if sealed.is_empty() {
        aloud.push(say("halt.read-aloud.no-picture", &[]));
    } else {
        aloud.push(say("halt.read-aloud.sealed", &[("marks", sealed.join(", ").as_str())]));
    }
    aloud.push(say("halt.read-aloud.reference", &[("reference", scene.case.reference().as_str())]));
    let referral = scene.case.documents().iter().rev().find(|document| document.made.kind == DocumentKind::Referral);
    Some(HaltView {
        since: dates::exact(halt.stamp.at),
        by: people::name(scene.register, &halt.by),
        read_aloud: aloud,
        sealed,
        steps: scene.phrases.list("halt.step"),
        tell: tell(scene),
        backups: keeping::holding_pictures(scene),
        referral: referral.map(|document| {
            document.signatures.last().map_or(document.made.sha256, |(_, signed)| signed.sha256).to_string()
        }),
    })
}

/// Whom to tell: the chair of governors where the head is the subject.
fn tell(scene: &Scene<'_>) -> String {
    let head_is_subject = scene
        .case
        .report()
        .subject
        .enrolled
        .as_ref()
        .and_then(|id| scene.register.person(id))
        .is_some_and(|person| person.standing == Standing::Head);
    let key = if head_is_subject { "halt.tell-chair" } else { "halt.tell" };
    scene.phrases.say(key, &[("head", scene.pack.terms().head())])
}
