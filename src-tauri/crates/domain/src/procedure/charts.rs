//! Where a case stands on the charts of its pack. The record answers what it holds; people answer the rest, and each
//! answer is an entry. A chart guides: no answer to it opens a way that the procedure closes.

use crate::case::Case;
use crate::event::report::{ChildSafe, HarmTest, Role, SubjectKind, TriageExit};
use crate::event::{Event, Turn};
use crate::pack::{Chart, Edge, Fact, Node, PolicyPack, Rating, Route, Says, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::words::Words;

use super::{facts, intake};

/// A case on one chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position<'p> {
    /// The chart.
    pub chart: &'p Chart,
    /// The boxes that the case came past, in order; the last is where it stands. At least one.
    pub boxes: Vec<&'p Node>,
}

/// The case on every chart that it has come to, in the order in which it came: first the charts that no other one
/// leads on to, each followed by those that its last box leads on to.
#[must_use]
pub fn positions<'p>(case: &Case, pack: &'p PolicyPack) -> Vec<Position<'p>> {
    let led_to = |id: &str| pack.charts().iter().flat_map(Chart::nodes).any(|node| node.chart() == Some(id));
    let mut found: Vec<Position<'p>> = Vec::new();
    for first in pack.charts().iter().filter(|chart| !led_to(chart.id())) {
        let mut next = Some(first);
        while let Some(chart) = next.filter(|chart| found.iter().all(|known| known.chart.id() != chart.id())) {
            let boxes = walk(case, pack, chart);
            next = boxes.last().and_then(|last| last.chart()).and_then(|on| pack.chart(on));
            found.push(Position { chart, boxes });
        }
    }
    found
}

/// Whether a fact holds in the case; none where the record does not say, or does not say yet.
#[must_use]
pub fn knows(case: &Case, pack: &PolicyPack, fact: Fact) -> Option<bool> {
    let report = case.report();
    let category = pack.category(&report.category);
    // A kind of incident that the pack does not have is treated as the strictest.
    let route = category.map_or(Route::ChildProtection, crate::pack::Category::route);
    let rated_illegal = category.is_none_or(|category| category.rating() == Rating::Illegal);
    let took = |sought| case.triage().map(|(_, exit, _)| *exit == sought);
    let took_illegal = took(TriageExit::IllegalRoute);
    // *Other, or not known* is no answer to who is concerned.
    let concerned = |sought| (report.subject.kind != SubjectKind::Other).then_some(report.subject.kind == sought);
    match fact {
        Fact::ChildNotSafe => Some(matches!(report.child_safe, ChildSafe::NotSafe { .. })),
        Fact::Illegal if !route.allows_review() => Some(true),
        Fact::MightBeIllegal if rated_illegal && route < Route::School => Some(true),
        Fact::Illegal | Fact::MightBeIllegal => took_illegal,
        Fact::ChildProtection => Some(route == Route::ChildProtection),
        Fact::LogOnly => took(TriageExit::LogOnly),
        Fact::WorksWithChildren => Some(report.subject.works_with_children),
        Fact::HarmTestNotMet if case.harm_test_met().is_some() => Some(false),
        Fact::HarmTestNotMet => case.harm_test().map(|(_, test)| matches!(test, HarmTest::No { .. })),
        Fact::PupilConcerned => concerned(SubjectKind::Pupil),
        Fact::StaffConcerned => concerned(SubjectKind::Staff),
        // A child who may be harmed is named or is not; that none is named does not say that none was harmed.
        Fact::PupilHarmed => report.others.iter().any(|other| other.role == Role::ChildAtRisk).then_some(true),
        // The report has no place for these.
        Fact::StaffHarmed | Fact::Deliberate => None,
        Fact::SecondForm => Some(pack.second_forms().iter().any(|form| form.is_for(&report.category))),
    }
}

/// Whether people have to answer a box's question: the record leads along none of its ways, and no act of the procedure
/// is the answer.
#[must_use]
pub fn is_for_people(case: &Case, pack: &PolicyPack, chart: &Chart, question: &str) -> bool {
    let has_an_act = |fact| match fact {
        Fact::Illegal | Fact::MightBeIllegal | Fact::LogOnly | Fact::HarmTestNotMet => true,
        Fact::ChildNotSafe
        | Fact::ChildProtection
        | Fact::WorksWithChildren
        | Fact::PupilConcerned
        | Fact::StaffConcerned
        | Fact::StaffHarmed
        | Fact::PupilHarmed
        | Fact::Deliberate
        | Fact::SecondForm => false,
    };
    let theirs = !chart.ways_from(question).filter_map(crate::pack::Edge::when).any(has_an_act);
    let asked = chart.ways_from(question).count() > 1;
    asked && theirs && chart.next(question, |fact| knows(case, pack, fact)).is_none()
}

/// The boxes of a position whose question people may answer now, or answer anew, in order. While HALT stands and once
/// the case is retained there are none.
#[must_use]
pub fn asked<'p>(case: &Case, pack: &PolicyPack, position: &Position<'p>) -> Vec<&'p Node> {
    if case.halt().is_some() || intake::still_open(case, Stage::Triage).is_err() {
        return Vec::new();
    }
    let theirs = |node: &&Node| is_for_people(case, pack, position.chart, node.id());
    position.boxes.iter().copied().filter(theirs).collect()
}

/// An answer to a question of a chart. Any one signed-in person may give it, and give it again when more is known.
pub(super) fn answer(
    case: &Case,
    pack: &PolicyPack,
    chart: String,
    question: String,
    answer: String,
    words: Words,
) -> Result<Vec<Event>, Refusal> {
    intake::still_open(case, Stage::Triage)?;
    let known = pack.chart(&chart).filter(|known| known.ways_from(&question).any(|way| way.to() == answer));
    let Some(known) = known else { return Err(Refusal::new(RefusalCode::NoSuchQuestion, Stage::Triage)) };
    let come_to = positions(case, pack)
        .iter()
        .any(|position| position.chart.id() == chart && position.boxes.iter().any(|node| node.id() == question));
    if !come_to || !is_for_people(case, pack, known, &question) {
        return Err(Refusal::new(RefusalCode::NotAsked, Stage::Triage));
    }
    let way = known.ways_from(&question).find(|way| way.to() == answer);
    let harm_test_met = way.and_then(Edge::says) == Some(Says::HarmTestMet);
    let answered = Event::Turn(Turn::ChartAnswered { chart, question, answer, words, harm_test_met });
    let mut events = vec![answered];
    if harm_test_met && case.lado().is_none() {
        events.extend(facts::session_ends(case));
    }
    Ok(events)
}

fn walk<'p>(case: &Case, pack: &'p PolicyPack, chart: &'p Chart) -> Vec<&'p Node> {
    chart.walk(|from| {
        let by_record = chart.next(from, |fact| knows(case, pack, fact));
        by_record.or_else(|| {
            let answered = case.chart_answer(chart.id(), from);
            answered.filter(|_| is_for_people(case, pack, chart, from)).and_then(|to| chart.node(to))
        })
    })
}
