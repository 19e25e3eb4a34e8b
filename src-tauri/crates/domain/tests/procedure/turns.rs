//! Dice for what changes in the course of a case.

use trail_domain::case::Case;
use trail_domain::event::course::{Decision, PausedBy};
use trail_domain::event::report::{
    ChildSafe, HarmTest, Involved, Logged, ParentsTold, Role, Subject, SubjectKind, TriageExit,
};
use trail_domain::event::review::ActionState;
use trail_domain::event::review::held::{AccountUsed, Leave, Passed, Sending};
use trail_domain::ids::{PersonId, Seq};
use trail_domain::pack::PolicyPack;
use trail_domain::procedure::{Command, charts};

use crate::walk::member;
use crate::world::{TAG, person, words};

/// A change, by numbers from 34 to 52.
pub(crate) fn anything(what: u8, salt: u8, case: &Case, pack: &PolicyPack, (a, b): (&PersonId, &PersonId)) -> Command {
    let reason = || words("it was learned later");
    let exits = [TriageExit::LogOnly, TriageExit::OtherIncidents, TriageExit::IllegalRoute];
    match what {
        34 => Command::Reroute(exits[usize::from(salt % 3)], reason()),
        35 => Command::ChangeSubject(subject(salt), reason()),
        36 => {
            let role = [Role::ChildAtRisk, Role::Witness, Role::Reporter][usize::from(salt % 3)];
            Command::Involve(Involved { name: words("Pupil B"), role }, reason())
        }
        37 => {
            let done = words("Social care was rung");
            let answer = if salt.is_multiple_of(2) { ChildSafe::NoChild } else { ChildSafe::NotSafe { done } };
            Command::AnswerChildSafe(answer, reason())
        }
        38 | 39 => Command::Log(reason(), logged(pack, salt)),
        40 => {
            let external = salt.is_multiple_of(3).then(|| words("The trust"));
            Command::ReplaceMember(
                a.clone(),
                trail_domain::event::report::GroupMember { external, ..member(b) },
                reason(),
            )
        }
        41 => Command::ChangeComputer {
            asset_tag: words(if salt.is_multiple_of(2) { TAG } else { "HB-0418" }),
            filter: words("opened for one day"),
            reason: reason(),
            custodian: words("the headteacher"),
            place: words("the safe"),
            with: a.clone(),
        },
        42 => Command::Pause(if salt.is_multiple_of(2) { PausedBy::Asked } else { PausedBy::Missed }),
        43 => Command::ChangeRoles,
        44 => {
            let third = Decision::ThirdMember { member: member(b) };
            let decision = [Decision::Substance, Decision::NoSubstance, third][usize::from(salt % 3)].clone();
            Command::DecideDisagreement(decision, reason())
        }
        45 => Command::MoveAction(action(pack, salt), ActionState::Done, words("done")),
        46 => Command::ReleaseAction(action(pack, salt), words("the police rang")),
        47 => Command::Reopen(reason(), a.clone()),
        48 => Command::PlaceHold(reason()),
        49 => {
            let newest = case.holds().last().map_or(Seq(u64::from(salt)), |hold| hold.placed.seq);
            Command::LiftHold(newest, reason(), a.clone())
        }
        50 => Command::StartClock(clock(pack, salt), reason()),
        51 => Command::StopClock(clock(pack, salt), reason()),
        // Once people answered that a criterion for the LADO is met, somebody tries to take that back.
        52 if case.harm_test_met().is_some() => Command::AnswerHarmTest(HarmTest::No { reason: reason() }),
        52 => answer_of_a_chart(case, pack, salt),
        _ => Command::Confirm,
    }
}

/// To go to another site, or to send a form there.
pub(crate) fn leave(salt: u8) -> Leave {
    let account = AccountUsed { whose: words("the school's own"), authority: words("the head agreed") };
    let passed =
        if salt.is_multiple_of(2) { Passed::OtherSite } else { Passed::Sent { what: Sending::PasswordForm, account } };
    Leave { address: format!("https://other-{}.example/", salt % 4), passed, reason: words("the board leads there") }
}

/// To a question that the case has come to, where there is one; now and then to any.
fn answer_of_a_chart(case: &Case, pack: &PolicyPack, salt: u8) -> Command {
    let every =
        || pack.charts().iter().flat_map(|chart| chart.edges().iter().map(|way| (chart.id(), way.from(), way.to())));
    let positions = charts::positions(case, pack);
    let asked: Vec<(&str, &str, &str)> = positions
        .iter()
        .flat_map(|position| charts::asked(case, pack, position).into_iter().map(|node| (position.chart, node)))
        .flat_map(|(chart, node)| chart.ways_from(node.id()).map(|way| (chart.id(), way.from(), way.to())))
        .collect();
    let says = |way: &&(&str, &str, &str)| {
        pack.chart(way.0)
            .is_some_and(|chart| chart.ways_from(way.1).any(|one| one.to() == way.2 && one.says().is_some()))
    };
    let telling: Vec<_> = asked.iter().filter(says).copied().collect();
    let asked = if telling.is_empty() || salt.is_multiple_of(4) { asked } else { telling };
    let ways = if asked.is_empty() || salt % 8 == 2 { every().collect() } else { asked };
    let (chart, question, answer) = ways[usize::from(salt) % ways.len()];
    // Now and then one that no chart asks.
    let question = if salt % 16 == 2 { "no-such-box" } else { question };
    Command::AnswerChart {
        chart: chart.to_owned(),
        question: question.to_owned(),
        answer: answer.to_owned(),
        words: words("it was asked"),
    }
}

fn subject(salt: u8) -> Subject {
    let enrolled = salt.is_multiple_of(4).then(|| person(usize::from(salt / 4 % 5)));
    let kind = if enrolled.is_some() { SubjectKind::Staff } else { SubjectKind::Pupil };
    Subject { name: words("Person B"), kind, works_with_children: enrolled.is_some(), enrolled }
}

fn action(pack: &PolicyPack, salt: u8) -> String {
    let table = pack.sanctions("pupils").unwrap();
    let ids: Vec<&str> = table.actions().map(|(id, _)| id).collect();
    ids[usize::from(salt) % ids.len()].to_owned()
}

/// One of the pack's clocks, or none that it has.
fn clock(pack: &PolicyPack, salt: u8) -> String {
    let known = pack.clocks().get(usize::from(salt) % (pack.clocks().len() + 1));
    known.map_or("no-such-clock", |clock| clock.id()).to_owned()
}

pub(crate) fn logged(pack: &PolicyPack, salt: u8) -> Logged {
    Logged {
        table: "pupils".to_owned(),
        row: Some(usize::from(salt % 4) % pack.sanctions("pupils").unwrap().rows().len()),
        actions: vec![action(pack, salt / 4)],
        words: words("The class teacher spoke to them"),
        parents: ParentsTold::Yes { how: words("a call the same day") },
    }
}
