//! The ten stages with their one line each, and the clocks.

use trail_domain::advice::{self, Standing};
use trail_domain::case::Case;
use trail_domain::event::report::{ChildSafe, TriageExit};
use trail_domain::event::review::Finding;
use trail_domain::pack::Stage;

use super::{Scene, clause, dates, people, refused};
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
    let say = |key: &str| scene.phrases.say(key, &[]);
    let card = |id: &str| ClockCard {
        time: say(&format!("clock.{id}.time")),
        duty: say(&format!("clock.{id}.duty")),
        rule: say(&format!("clock.{id}.rule")),
        over: false,
    };
    let case = scene.case;
    let mut cards = Vec::new();
    if case.retained().is_some() {
        return cards;
    }
    if matches!(case.report().child_safe, ChildSafe::NotSafe { .. }) && case.referrals().is_empty() {
        cards.push(card("child-at-risk"));
    }
    let illegal = case.triage().is_some_and(|(_, exit, _)| *exit == TriageExit::IllegalRoute);
    if (case.halt().is_some() || illegal || !case.stopped().is_empty()) && case.referrals().is_empty() {
        cards.push(card("police-now"));
    }
    // Either answer ends it: *not met*, or *met or unsure* with the LADO's name, time and advice.
    if case.report().subject.works_with_children && case.harm_test().is_none() {
        cards.push(card("lado"));
    }
    cards
}

fn stage_view(scene: &Scene<'_>, stage: Stage, standing: Standing) -> StageView {
    let say = |key: &str| scene.phrases.say(&format!("{key}.{}", stage.id()), &[]);
    let (state, line) = match standing {
        Standing::Done => (StageState::Done, done_line(scene, stage).unwrap_or_else(|| say("done-line"))),
        Standing::Next => (StageState::Next, say("next-line")),
        Standing::Open => (StageState::Open, say("next-line")),
        Standing::Waiting(refusal) => (StageState::Waiting, refused(&refusal, scene.pack, scene.phrases).happened),
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
        TriageExit::OtherIncidents => "other-incidents",
        TriageExit::IllegalRoute => "illegal-route",
    }
}

/// `1 exhibit`, `2 exhibits`.
pub(crate) fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
