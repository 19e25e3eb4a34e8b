//! The police referral record: words only. Nothing here can read a picture: it has no permit, and asks for none.

use std::collections::BTreeSet;

use trail_domain::event::capture::Exhibit;
use trail_domain::time::Moment;
use trail_seal::form::Fonts;
use trail_seal::form::model::Cell;
use trail_seal::form::referral::{self as form, Act, Police, ReferralModel, Route, SealedExhibit, SealedFile};

use super::heading::{heading, not_recorded, person, said};
use super::{DocumentKind, Made, Paper, form_fault, listing};
use crate::fault::Stop;
use crate::show::{dates, exhibits as shown};

/// Draws the referral record.
pub(super) fn draw(paper: &Paper<'_>, fonts: &Fonts, at: Moment) -> Result<Made, Stop> {
    let referrals = paper.case().documents().iter().filter(|document| document.made.kind == DocumentKind::Referral);
    let edition = u32::try_from(referrals.count()).unwrap_or(u32::MAX).saturating_add(1);
    let drawn = form::lay_out(&model(paper, edition, at), fonts).map_err(form_fault)?;
    Ok(Made {
        kind: DocumentKind::Referral,
        edition,
        form_edition: 0,
        name: format!("{}-police-referral-edition-{edition}.pdf", paper.case().reference()),
        drawn,
        binds: Vec::new(),
    })
}

fn model(paper: &Paper<'_>, edition: u32, at: Moment) -> ReferralModel {
    let case = paper.case();
    ReferralModel {
        heading: heading(paper, edition, at),
        route: case.last_halt().map_or(Route::NotReviewed, |halt| Route::Stopped { at: halt.stamp.at.utc() }),
        why: why(paper),
        done: done(paper),
        addresses: addresses(paper),
        people: people(paper),
        computer: case.computer().map_or_else(
            || not_recorded("no computer was chosen for the case yet"),
            |(_, computer, _)| {
                said(format!(
                    "{}, asset tag {}, serial number {}, {}",
                    computer.name, computer.asset_tag, computer.serial, computer.location
                ))
            },
        ),
        sealed_summary: sealed_summary(paper),
        sealed: sealed(paper),
        copies: copies(paper),
        others_told: case
            .referrals()
            .iter()
            .map(|(stamp, referral)| said(format!("{}: {}, {}", dates::exact(stamp.at), referral.to, referral.person)))
            .collect(),
        police: police(paper),
        made_by: person(paper, paper.maker),
    }
}

fn why(paper: &Paper<'_>) -> Cell {
    let case = paper.case();
    let mut said_words = Vec::new();
    if let Some(halt) = case.last_halt() {
        let how = match halt.because {
            trail_domain::event::capture::StoppedBy::Pressed => "HALT was pressed",
            trail_domain::event::capture::StoppedBy::Gate => {
                "At the question before a capture the answer was \u{2018}yes\u{2019} or \u{2018}not sure\u{2019}: it \
                 shows, or may show, a nude, semi-nude or sexual image of somebody who is or may be under 18"
            }
        };
        said_words.push(format!("{how}, by {}, {}.", paper.name(&halt.by), dates::exact(halt.stamp.at)));
    }
    for (stamp, _) in case.stopped() {
        said_words.push(format!(
            "{}: the answer to the second question was \u{2018}yes\u{2019} or \u{2018}not sure\u{2019}. Reviewing of that site ended.",
            dates::exact(stamp.at)
        ));
    }
    if case.last_halt().is_none() && case.stopped().is_empty() {
        said_words.push(case.triage().map_or_else(String::new, |(_, _, reason)| reason.to_string()));
    }
    said_words.push(format!("Reported: {}", case.report().what));
    said_words.extend(case.notes().iter().map(|(stamp, words)| format!("{}: {words}", dates::exact(stamp.at))));
    said(said_words.join("\n"))
}

fn done(paper: &Paper<'_>) -> Vec<Act> {
    let case = paper.case();
    let act = |at: Moment, text: String| Act { at: at.utc(), act: said(text) };
    let mut acts = vec![act(case.opening().at, format!("Report recorded by {}", paper.name(&case.opening().by)))];
    for session in case.sessions() {
        acts.push(act(
            session.opened.at,
            format!(
                "Review session opened: {} as operator, {} as observer",
                paper.name(&session.operator),
                paper.name(&session.observer)
            ),
        ));
        if let Some((stamp, _)) = &session.ended {
            acts.push(act(stamp.at, "Review session ended".to_owned()));
        }
    }
    if let Some(halt) = case.last_halt() {
        acts.push(act(
            halt.stamp.at,
            format!(
                "HALT by {}. The page was closed. No picture was shown or captured after this",
                paper.name(&halt.by)
            ),
        ));
    }
    if let Some((stamp, lines)) = case.isolation() {
        let done: Vec<&str> = lines.iter().filter(|line| line.done).map(|line| line.words.as_str()).collect();
        acts.push(act(stamp.at, format!("Isolation of the computer recorded: {}", done.join("; "))));
    }
    for (stamp, item, custodian, place) in case.custody() {
        acts.push(act(stamp.at, format!("Custody: {item}, held by {custodian}, {place}")));
    }
    for (stamp, item) in case.preserved() {
        acts.push(act(stamp.at, format!("Preserved: {}, held by {}, {}", item.what, item.custodian, item.place)));
    }
    acts.sort_by_key(|act| act.at);
    acts
}

/// Every address that was opened or recorded, exactly, once each.
fn addresses(paper: &Paper<'_>) -> Vec<String> {
    let case = paper.case();
    let visited = case.sessions().iter().flat_map(|session| session.visits.iter().map(|visit| visit.address.clone()));
    let recorded = case.exhibits().iter().filter_map(|(_, _, exhibit)| exhibit.address.clone());
    let stopped = case.stopped().iter().map(|(_, address)| address.clone());
    let halted = case.last_halt().and_then(|halt| halt.address.clone());
    let mut seen = BTreeSet::new();
    visited
        .chain(recorded)
        .chain(stopped)
        .chain(halted)
        .filter(|address| !address.is_empty() && seen.insert(address.clone()))
        .collect()
}

fn people(paper: &Paper<'_>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let sessions = paper.case().sessions();
    let named = sessions.iter().flat_map(|session| [&session.operator, &session.observer]);
    let halter = paper.case().last_halt().map(|halt| &halt.by);
    named
        .chain(halter)
        .chain([&paper.case().opening().by])
        .filter(|person| seen.insert((*person).clone()))
        .map(|person| paper.with_position(person))
        .collect()
}

fn sealed_summary(paper: &Paper<'_>) -> Cell {
    let case = paper.case();
    let with_pictures = case.exhibits().iter().filter(|(_, _, exhibit)| !exhibit.files.is_empty()).count();
    match (case.last_halt(), with_pictures) {
        (_, 0) => said("No picture was captured in this case."),
        (Some(halt), number) => said(format!(
            "{} with pictures, captured before {} and sealed since. Evidence Trail has not shown, printed or exported \
             any of them after that time.",
            crate::show::stages::count(number, "exhibit"),
            dates::exact(halt.stamp.at)
        )),
        (None, number) => {
            said(format!("{} with pictures; none is sealed.", crate::show::stages::count(number, "exhibit")))
        }
    }
}

fn sealed(paper: &Paper<'_>) -> Vec<SealedExhibit> {
    if paper.case().last_halt().is_none() {
        return Vec::new();
    }
    let row = |exhibit: &Exhibit| SealedExhibit {
        mark: exhibit.mark.to_string(),
        what: said(paper.scene.phrases.say(&format!("exhibit-kind.{}", shown::kind_id(exhibit.kind)), &[])),
        taken: exhibit.at.utc(),
        files: exhibit
            .files
            .iter()
            .map(|file| SealedFile {
                what: format!("{}, {}", listing::what(exhibit, file), listing::format(file)),
                size: file.bytes,
                sha256: *file.sha256.bytes(),
            })
            .collect(),
    };
    let with_pictures = paper.case().exhibits().iter().filter(|(_, _, exhibit)| !exhibit.files.is_empty());
    with_pictures.map(|(_, _, exhibit)| row(exhibit)).collect()
}

/// Copies of the case's pictures outside the store that are on record, each with where it was saved.
fn copies(paper: &Paper<'_>) -> Vec<String> {
    let with_pictures = paper.case().copies().iter().filter(|(_, copy)| copy.pictures);
    let mut copies: Vec<String> = with_pictures
        .map(|(stamp, copy)| {
            let (when, who) = (dates::exact(stamp.at), paper.name(&stamp.by));
            format!("{}, saved {when} by {who}, in {}", copy.name, copy.place)
        })
        .collect();
    copies.extend(paper.case().printed().iter().map(|printed| {
        let (when, who) = (dates::exact(printed.stamp.at), paper.name(&printed.stamp.by));
        format!("Paper copy {} of {}, recorded {when} by {who}: {}", printed.copy, printed.mark, printed.holder)
    }));
    if copies.is_empty() {
        copies
            .push("None on record. Evidence Trail itself does not print; it saves files, and records each.".to_owned());
    }
    copies
}

fn police(paper: &Paper<'_>) -> Police {
    let Some((stamp, referral)) = paper.case().referrals().last() else { return Police::default() };
    Police {
        force: Some(referral.to.to_string()),
        reference: Some(referral.reference.to_string()),
        officer: Some(referral.person.to_string()),
        number: None,
        station: None,
        when: Some(dates::exact(stamp.at)),
        advice: Some(referral.advice.to_string()),
        items: None,
    }
}
