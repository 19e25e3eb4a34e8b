//! What the record of a case answers to the questions of a chart.

use trail_domain::event::report::{ChildSafe, HarmTest, Role, SubjectKind, TriageExit};
use trail_domain::pack::{Fact, Rating, Route};

use crate::show::Scene;

/// Whether a fact holds in the case; none where the record does not say, or does not say yet.
pub(super) fn known(scene: &Scene<'_>, fact: Fact) -> Option<bool> {
    let (case, pack) = (scene.case, scene.pack);
    let report = case.report();
    let exit = case.triage().map(|(_, exit, _)| *exit);
    let took = |sought: TriageExit| exit.map(|exit| exit == sought);
    let category = pack.category(&report.category);
    let reviewed = category.is_some_and(|category| category.route().allows_review());
    // *Other, or not known* is no answer to who is concerned.
    let concerned = |sought: SubjectKind| match report.subject.kind {
        SubjectKind::Pupil | SubjectKind::Staff => Some(report.subject.kind == sought),
        SubjectKind::Other => None,
    };
    match fact {
        Fact::ChildNotSafe => Some(matches!(report.child_safe, ChildSafe::NotSafe { .. })),
        Fact::Illegal => {
            if reviewed {
                took(TriageExit::IllegalRoute)
            } else {
                Some(true)
            }
        }
        Fact::MightBeIllegal => {
            let rated = category.is_some_and(|one| one.rating() == Rating::Illegal && one.route() < Route::School);
            if rated { Some(true) } else { took(TriageExit::IllegalRoute) }
        }
        Fact::ChildProtection => category.map(|category| category.route() == Route::ChildProtection),
        Fact::LogOnly => took(TriageExit::LogOnly),
        Fact::WorksWithChildren => Some(report.subject.works_with_children),
        Fact::HarmTestNotMet => case.harm_test().map(|(_, test)| matches!(test, HarmTest::No { .. })),
        Fact::PupilConcerned => concerned(SubjectKind::Pupil),
        Fact::StaffConcerned => concerned(SubjectKind::Staff),
        // A child who may be harmed is named or is not; that none is named does not say that none was harmed.
        Fact::PupilHarmed => report.others.iter().any(|other| other.role == Role::ChildAtRisk).then_some(true),
        // The report has no place for these: nobody is made to say more than they know.
        Fact::StaffHarmed | Fact::Deliberate => None,
        Fact::SecondForm => Some(pack.second_forms().iter().any(|form| form.is_for(&report.category))),
    }
}
