//! The ten stages with their one line each, and the clocks.

use trail_domain::advice::clocks::{Duty, Running};
use trail_domain::advice::{self, Standing};
use trail_domain::case::Case;
use trail_domain::event::report::TriageExit;
use trail_domain::event::review::Finding;
use trail_domain::pack::{Due, Stage};

use super::{Scene, action_label, clause, dates, people, refused};
use crate::wire::case::{ClockCard, StageState, StageView};

/// The ten stages.
pub(crate) fn stages(scene: &Scene<'_>) -> Vec<StageView> {
    advice::advise(scene.case).into_iter().map(|(stage, standing)| stage_view(scene, stage, standing)).collect()
}

/// How many are done, and the next one's title or how the case stands.
pub(crate) fn progress(case: &Case, title: impl Fn(Stage) -> String) -> (u8, String) {
    let advice = advice::advise(case);
    let done = advice.iter().filter(|(_, standing)| *standing == Standing::Done).count();
    let next = match (case.halt(), advice::next(case)) {
        (Some(_), _) => "HALT stands".to_owned(),
        (None, Some(stage)) => title(stage),
        (None, None) => "Nothing left to do".to_owned(),
    };
    (u8::try_from(done).unwrap_or(10), next)
}

/// The clocks that run beside a case.
pub(crate) fn clocks(scene: &Scene<'_>) -> Vec<ClockCard> {
    let running = advice::clocks::clocks(scene.case, scene.pack, scene.now.at, scene.calendar);
    running.iter().map(|clock| card(scene, clock)).collect()
}

fn card(scene: &Scene<'_>, clock: &Running) -> ClockCard {
    let say = |key: &str, places: &[(&str, &str)]| scene.phrases.say(key, places);
    let id = match &clock.duty {
        Duty::ChildNotSafe => "child-at-risk",
        Duty::RingThePolice => "police-now",
        Duty::RingSocialCare => "social-care",
        Duty::TellTheLado => "lado",
        Duty::ReportTheBreach => "data-breach",
        Duty::Other(_) => "other",
        Duty::Action(_) => "action",
    };
    let what = match &clock.duty {
        Duty::Action(action) => scene
            .case
            .actions()
            .map_or_else(|| action.clone(), |chosen| action_label(scene.pack, &chosen.table, action)),
        Duty::Other(id) => id.clone(),
        Duty::ChildNotSafe | Duty::RingThePolice | Duty::RingSocialCare | Duty::TellTheLado | Duty::ReportTheBreach => {
            String::new()
        }
    };
    let mut rule = say(&format!("clock.{id}.rule"), &[("what", &what)]);
    let until = match clock.until {
        Due::AtOnce => None,
        Due::By(until) => Some(say("clock.until", &[("until", &dates::full(until))])),
        Due::NotKnownPast(day) => Some(say("clock.not-known-past", &[("day", &dates::written_day(&day.to_string()))])),
        Due::NotKnownBefore(day) => {
            Some(say("clock.not-known-before", &[("day", &dates::written_day(&day.to_string()))]))
        }
    };
    if let Some(until) = until {
        rule.push(' ');
        rule.push_str(&until);
    }
    ClockCard {
        time: say(&format!("clock.{id}.time"), &[("what", &what)]),
        duty: say(&format!("clock.{id}.duty"), &[("what", &what)]),
        rule,
        over: clock.over,
    }
}

fn stage_view(scene: &Scene<'_>, stage: Stage, standing: Standing) -> StageView {
    let say = |key: &str| scene.phrases.say(&format!("{key}.{}", stage.id()), &[]);
    let (state, line) = match standing {
        Standing::Done => (StageState::Done, done_line(scene, stage).unwrap_or_else(|| say("done-line"))),
        Standing::Next => (StageState::Next, say("next-line")),
        Standing::Open => (StageState::Open, say("next-line")),
        Standing::Waiting(refusal) => (StageState::Waiting, refused(&refusal, scene.pack, scene.phrases).happened),
        Standing::NotNeeded if scene.case.is_log_only() => {
            (StageState::NotNeeded, scene.phrases.say("not-needed-line.logged", &[]))
        }
        Standing::NotNeeded => (StageState::NotNeeded, say("not-needed-line")),
    };
    StageView {
        number: stage.number(),
        id: stage.id().to_owned(),
        title: scene.phrases.say(&format!("stage.{}.title", stage.id()), &[]),
        state,
        line,
        clause: clause(scene.pack, stage),
    }
}

fn done_line(scene: &Scene<'_>, stage: Stage) -> Option<String> {
    let case = scene.case;
    let name = |person| people::name(scene.register, person);
    Some(match stage {
        Stage::Reported => format!("By {}, {}", case.report().reporter, dates::full(case.opening().at)),
        Stage::Triage => {
            let (_, exit, _) = case.triage()?;
            scene.phrases.say(&format!("exit.{}.label", exit_id(*exit)), &[])
        }
        Stage::Group => {
            let group = case.group()?;
            group.members.iter().map(|member| name(&member.person)).collect::<Vec<_>>().join(" and ")
        }
        Stage::Computer => {
            let (_, computer, _) = case.computer()?;
            format!("{}, {}", computer.name, computer.location)
        }
        Stage::Review => {
            let (sessions, exhibits) = (case.sessions().len(), case.exhibits().len());
            format!("{}, {}", count(sessions, "session"), count(exhibits, "exhibit"))
        }
        Stage::Judgement => {
            let (_, finding, ..) = case.finding()?;
            finding_words(scene, *finding)
        }
        Stage::Action => {
            let chosen = case.actions()?.lines.iter().filter(|line| line.chosen).count();
            format!("{} chosen", count(chosen, "action"))
        }
        Stage::Isolation => {
            let (stamp, lines) = case.isolation()?;
            let done = lines.iter().filter(|line| line.done).count();
            format!("{done} of {} steps done, {}", lines.len(), dates::full(stamp.at))
        }
        Stage::SignOff => {
            let (stamp, signed) = case.signed_off()?;
            format!("Signed off by {}, {}", name(&signed.person), dates::full(stamp.at))
        }
        Stage::Retained => {
            let (_, day, _) = case.retained()?;
            format!("To be looked at again on {}", dates::written_day(day))
        }
    })
}

/// The finding in words.
pub(crate) fn finding_words(scene: &Scene<'_>, finding: Finding) -> String {
    let id = match finding {
        Finding::Substance => "substance",
        Finding::NoSubstance => "no-substance",
        Finding::Disagreed => "disagreed",
    };
    scene.phrases.say(&format!("finding.{id}"), &[])
}

/// The id of a triage exit.
pub(crate) fn exit_id(exit: TriageExit) -> &'static str {
    match exit {
        TriageExit::LogOnly => "log-only",
        TriageExit::OtherIncidents => "other-incidents",
        TriageExit::IllegalRoute => "illegal-route",
    }
}

/// `1 exhibit`, `2 exhibits`.
pub(crate) fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
