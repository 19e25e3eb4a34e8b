//! The whole view of a case.

use trail_domain::event::report::{ChildSafe, HarmTest, Role, SubjectKind};
use trail_domain::event::review::SessionEnd;
use trail_domain::procedure::group;
use trail_domain::procedure::outcome::isolation_required;

use super::{
    Scene, addresses, chart, dates, exhibits, fact, halt, keeping, mono, outcome, people, signing, stages, turns,
};
use crate::wire::case::{CaseView, Choice, Fact, PreservedView, SessionRow};

/// Everything that a case's pages show.
pub(crate) fn view(scene: &Scene<'_>) -> CaseView {
    let case = scene.case;
    CaseView {
        id: case.id().to_string(),
        reference: case.reference().to_string(),
        title: case.report().title.to_string(),
        opened: dates::full(case.opening().at),
        stages: stages::stages(scene),
        facts: facts(scene),
        clocks: stages::clocks(scene),
        report: report(scene),
        preserved: preserved(scene),
        preserve_finished: case.preserve_finished().is_some(),
        exits: chart::exits(scene),
        triage: case.triage().map(|(_, exit, reason)| {
            let label = scene.phrases.say(&format!("exit.{}.label", stages::exit_id(*exit)), &[]);
            format!("{label}. {reason}")
        }),
        chart: chart::triage(scene),
        harm_test_needed: case.harm_test_open(),
        harm_test_met: case.harm_test_met().is_some(),
        harm_test: harm_test(scene),
        candidates: candidates(scene),
        group: case.group().map_or_else(Vec::new, |group| {
            group.members.iter().map(|member| people::name(scene.register, &member.person)).collect()
        }),
        declared: case.group().map(|group| group.declared.to_string()),
        computer: computer(scene),
        sessions: sessions(scene),
        session_open: case.open_session().is_some(),
        exhibits: exhibits::rows(scene),
        views: outcome::views(scene),
        finding: outcome::finding(scene),
        police_grounds: outcome::police_grounds(scene),
        tables: outcome::tables(scene),
        actions: outcome::actions(scene),
        isolation: outcome::isolation(scene),
        isolation_required: isolation_required(case),
        documents: signing::documents(scene),
        signers: signing::signers(scene),
        retained: case.retained().map_or_else(Vec::new, |(stamp, day, rule)| {
            vec![
                fact("To be looked at again", dates::written_day(day)),
                fact("Rule", rule.as_str()),
                fact("Recorded", dates::exact(stamp.at)),
            ]
        }),
        retention_rule: scene.pack.retention().rule().to_string(),
        turns: turns::view(scene),
        halt: halt::view(scene),
        release: halt::release(scene),
        stopped: case.stopped().iter().map(|(_, address)| addresses::defanged(address)).collect(),
        referrals: referrals(scene),
        images_allowed: case.halt().is_none() && case.left_out().is_none(),
        destructions: keeping::destructions(scene),
        left_out: case.left_out().map(|(_, because)| because.to_string()),
        entries: u32::try_from(case.entries().len()).unwrap_or(u32::MAX),
    }
}

fn facts(scene: &Scene<'_>) -> Vec<Fact> {
    let case = scene.case;
    let category = scene.pack.category(&case.report().category);
    let computer =
        case.computer().map_or_else(|| "Not chosen".to_owned(), |(_, computer, _)| computer.name.to_string());
    vec![
        fact("About", case.report().subject.name.as_str()),
        fact("Category", category.map_or(case.report().category.as_str(), |category| category.label())),
        fact("Policy", format!("{}, edition {}", scene.pack.title(), case.pack().edition)),
        fact("Computer", computer),
        fact("Opened", dates::day(case.opening().at)),
    ]
}

fn report(scene: &Scene<'_>) -> Vec<Fact> {
    let report = scene.case.report();
    let kind = match report.subject.kind {
        SubjectKind::Pupil => scene.pack.terms().pupil().to_owned(),
        SubjectKind::Staff => "staff".to_owned(),
        SubjectKind::Other => "other, or not known".to_owned(),
    };
    let safe = child_safe(&report.child_safe);
    let others: Vec<String> =
        report.others.iter().map(|other| format!("{} ({})", other.name, role(other.role))).collect();
    let others = if others.is_empty() { "None named".to_owned() } else { others.join("; ") };
    vec![
        fact("What was reported", report.what.as_str()),
        fact("When it happened or was noticed", report.when.as_str()),
        fact("Reported by", report.reporter.as_str()),
        fact("Reported to", report.reported_to.as_str()),
        fact("Is the child safe now?", safe),
        fact("Person concerned", format!("{} ({kind})", report.subject.name)),
        fact("Others involved", others),
        fact("Where, and on which device", report.place.as_str()),
        fact("Recorded", dates::exact(scene.case.opening().at)),
    ]
}

/// An answer to *is the child safe now?*.
pub(super) fn child_safe(answer: &ChildSafe) -> String {
    match answer {
        ChildSafe::NoChild => "No child is involved".to_owned(),
        ChildSafe::Safe { how } => format!("Yes: {how}"),
        ChildSafe::NotSafe { done } => format!("No, or not known. Done at once: {done}"),
    }
}

/// What somebody who is involved is to the incident.
pub(super) const fn role(role: Role) -> &'static str {
    match role {
        Role::ChildAtRisk => "child who may be harmed",
        Role::Witness => "witness",
        Role::Reporter => "reporter",
    }
}

fn preserved(scene: &Scene<'_>) -> Vec<PreservedView> {
    let row = |(_, item): &(_, trail_domain::event::report::PreservedItem)| PreservedView {
        what: item.what.to_string(),
        identity: item.identity.to_string(),
        line: format!(
            "{}. Held by {}. Seal: {}. Since {}",
            item.place,
            item.custodian,
            item.seal,
            dates::full(item.at)
        ),
    };
    scene.case.preserved().iter().map(row).collect()
}

fn harm_test(scene: &Scene<'_>) -> Vec<Fact> {
    let by_criterion = scene.case.harm_test_met().map(|stamp| {
        let (who, when) = (people::name(scene.register, &stamp.by), dates::full(stamp.at));
        scene.phrases.say("harm-test.met-by-criterion", &[("who", &who), ("when", &when)])
    });
    match scene.case.harm_test() {
        None => by_criterion.map(|met| fact("Harm test", met)).into_iter().collect(),
        Some((stamp, HarmTest::No { reason })) => {
            vec![fact("Harm test", "Not met"), fact("Why", reason.as_str()), fact("Recorded", dates::exact(stamp.at))]
        }
        Some((stamp, HarmTest::YesOrUnsure { lado, at, advice })) => vec![
            fact("Harm test", by_criterion.unwrap_or_else(|| "Met, or not sure".to_owned())),
            fact("LADO told", format!("{lado}, {}", dates::full(*at))),
            fact("Advice", advice.as_str()),
            fact("Recorded", dates::exact(stamp.at)),
        ],
    }
}

fn candidates(scene: &Scene<'_>) -> Vec<Choice> {
    let choice = |person: &trail_domain::people::Person| {
        let code = group::conflict(scene.case, &person.id, scene.now);
        Choice {
            id: person.id.to_string(),
            label: person.name.to_string(),
            hint: Some(person.position.to_string()),
            refused: code.map(|code| scene.phrases.say(&format!("refusal.{code}.happened"), &[])),
        }
    };
    let stay = scene.register.people().iter().filter(|person| !scene.register.is_removed(&person.id));
    stay.map(choice).collect()
}

fn computer(scene: &Scene<'_>) -> Vec<Fact> {
    let Some((stamp, computer, filter)) = scene.case.computer() else { return Vec::new() };
    vec![
        fact("Name", computer.name.as_str()),
        mono("Asset tag", computer.asset_tag.as_str()),
        mono("Serial number", computer.serial.as_str()),
        fact("Location", computer.location.as_str()),
        fact("Filter opened", filter.as_str()),
        fact("Chosen", dates::exact(stamp.at)),
    ]
}

fn sessions(scene: &Scene<'_>) -> Vec<SessionRow> {
    let name = |person: &trail_domain::ids::PersonId| people::name(scene.register, person);
    let row = |(place, session): (usize, &trail_domain::case::Session)| {
        let ended = match &session.ended {
            None => "Open now".to_owned(),
            Some((_, how)) => {
                let id = match how {
                    SessionEnd::Ended => "ended",
                    SessionEnd::Left => "left",
                    SessionEnd::Halted => "halted",
                    SessionEnd::Crash => "crash",
                };
                scene.phrases.say(&format!("session-end.{id}"), &[])
            }
        };
        let until =
            session.ended.as_ref().map_or_else(String::new, |(stamp, _)| format!(" to {}", dates::second(stamp.at)));
        SessionRow {
            number: u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1),
            times: format!("{}{until}", dates::exact(session.opened.at)),
            people: format!("Operator {}, observer {}", name(&session.operator), name(&session.observer)),
            ended,
            visited: u32::try_from(session.visits.len()).unwrap_or(u32::MAX),
        }
    };
    let mut rows: Vec<SessionRow> = scene.case.sessions().iter().enumerate().map(row).collect();
    rows.reverse();
    rows
}

fn referrals(scene: &Scene<'_>) -> Vec<Vec<Fact>> {
    let row = |(stamp, referral): &(trail_domain::case::Stamp, trail_domain::event::review::Referral)| {
        vec![
            fact("Referred to", referral.to.as_str()),
            fact("Spoken to", referral.person.as_str()),
            mono("Their reference", referral.reference.as_str()),
            fact("Advice", referral.advice.as_str()),
            fact("Recorded", dates::exact(stamp.at)),
        ]
    };
    scene.case.referrals().iter().map(row).collect()
}
