//! HALT as its page shows it. Words to read aloud are put together from what is recorded, and say nothing else.

use trail_domain::case::Stamp;
use trail_domain::event::capture::StoppedBy;
use trail_domain::event::document::DocumentKind;
use trail_domain::event::release::{ComputerRelease, ComputerUse, PoliceSaid, Verdict};
use trail_domain::ids::PersonId;
use trail_domain::people::Standing;

use super::{Scene, dates, fact, keeping, mono, people};
use crate::wire::case::{Fact, HaltView};

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
        copies: copies(scene),
        computer_released: scene.case.computer_releases().iter().map(|told| computer(scene, told)).collect(),
        referral: referral.map(|document| {
            document.signatures.last().map_or(document.made.sha256, |(_, signed)| signed.sha256).to_string()
        }),
    })
}

/// What the police said when they released the case.
pub(crate) fn release(scene: &Scene<'_>) -> Vec<Fact> {
    let Some((stamp, release)) = scene.case.release() else { return Vec::new() };
    let id = match release.verdict {
        Verdict::NotIllegal => "not-illegal",
        Verdict::SchoolMayProceed => "school-may-proceed",
        Verdict::NoFurtherAction => "no-further-action",
        Verdict::DirectedToDispose => "directed-to-dispose",
    };
    let marks: Vec<String> = release.exhibits.iter().map(ToString::to_string).collect();
    let marks = if marks.is_empty() { "None".to_owned() } else { marks.join(", ") };
    let mut facts = vec![fact("The police decided", scene.phrases.say(&format!("verdict.{id}"), &[]))];
    facts.push(fact("Exhibits unsealed", marks));
    facts.extend(said(scene, &release.said, stamp, &release.with));
    facts
}

fn computer(scene: &Scene<'_>, (stamp, release): &(Stamp, ComputerRelease)) -> Vec<Fact> {
    let id = match release.what {
        ComputerUse::MayBeUsed => "may-be-used",
        ComputerUse::Taken => "taken",
    };
    let mut facts = vec![fact("The computer", scene.phrases.say(&format!("computer-use.{id}"), &[]))];
    facts.extend(said(scene, &release.said, stamp, &release.with));
    facts
}

fn said(scene: &Scene<'_>, said: &PoliceSaid, stamp: &Stamp, with: &PersonId) -> [Fact; 5] {
    let name = |person| people::name(scene.register, person);
    [
        fact("Said by", format!("{}, {}", said.officer, said.force)),
        mono("Their reference", said.reference.as_str()),
        fact("On", dates::written_day(&said.on)),
        fact("How", said.channel.as_str()),
        fact("Recorded", format!("{} and {}, {}", name(&stamp.by), name(with), dates::exact(stamp.at))),
    ]
}

/// Copies outside the store, with where they are.
fn copies(scene: &Scene<'_>) -> Vec<String> {
    let line = |(stamp, copy): &(Stamp, trail_domain::case::Copy)| {
        let holds = if copy.pictures { "holds pictures" } else { "holds no pictures" };
        format!("{}, saved {}: {} ({holds})", copy.name, dates::full(stamp.at), copy.place)
    };
    let printed = |printed: &trail_domain::case::Printed| {
        let (mark, copy, at) = (&printed.mark, printed.copy, dates::full(printed.stamp.at));
        format!("Paper copy {copy} of {mark}, recorded {at}: {}", printed.holder)
    };
    scene.case.copies().iter().map(line).chain(scene.case.printed().iter().map(printed)).collect()
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
