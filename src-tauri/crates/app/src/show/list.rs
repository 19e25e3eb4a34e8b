//! A case in the list, and the words by which it is found.

use super::{Scene, dates, stages};
use crate::wire::case::CaseRow;

/// Its row.
pub(crate) fn row(scene: &Scene<'_>) -> CaseRow {
    let case = scene.case;
    let title = |stage: trail_domain::pack::Stage| scene.phrases.say(&format!("stage.{}.title", stage.id()), &[]);
    let (done, next) = stages::progress(case, title);
    CaseRow {
        id: case.id().to_string(),
        reference: case.reference().to_string(),
        title: case.report().title.to_string(),
        opened: dates::day(case.opening().at),
        done,
        next,
        halted: case.halt().is_some(),
        clocks: stages::clocks(scene),
    }
}

/// Everything that it can be found by, in small letters: its row, its report, the sites that were opened, its exhibits,
/// its referrals. Views that are sealed are not among it.
pub(crate) fn text(scene: &Scene<'_>, row: &CaseRow) -> String {
    let case = scene.case;
    let report = case.report();
    let mut words = vec![
        row.reference.as_str(),
        row.title.as_str(),
        row.next.as_str(),
        row.opened.as_str(),
        report.what.as_str(),
        report.when.as_str(),
        report.reporter.as_str(),
        report.reported_to.as_str(),
        report.subject.name.as_str(),
        report.place.as_str(),
    ];
    words.extend(report.others.iter().map(|other| other.name.as_str()));
    words.extend(scene.pack.category(&report.category).map(trail_domain::pack::Category::label));
    words.extend(case.sessions().iter().flat_map(|session| &session.visits).map(|visit| visit.address.as_str()));
    for (_, _, exhibit) in case.exhibits() {
        words.extend([exhibit.title.as_str(), exhibit.nature.as_str(), exhibit.concern.as_str()]);
        words.extend(exhibit.address.as_deref());
    }
    for (_, referral) in case.referrals() {
        words.extend([referral.to.as_str(), referral.person.as_str(), referral.reference.as_str()]);
    }
    words.extend(case.notes().iter().map(|(_, note)| note.as_str()));
    let marks = case.exhibits().iter().map(|(_, _, exhibit)| exhibit.mark.to_string());
    words.into_iter().map(ToOwned::to_owned).chain(marks).collect::<Vec<_>>().join("\n").to_lowercase()
}
