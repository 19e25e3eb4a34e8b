//! The record of review: its model, field by field and annex by annex, from the case's state.

use trail_domain::case::{Document, Stamp};
use trail_domain::event::Event;
use trail_domain::event::capture::ExhibitKind;
use trail_domain::event::course::ComputerChange;
use trail_domain::event::report::{ChildSafe, SubjectKind};
use trail_domain::event::review::SessionEnd;
use trail_domain::ids::Hash;
use trail_domain::people::Computer;
use trail_domain::procedure::outcome::isolation_required;
use trail_domain::redaction::Redaction;
use trail_domain::time::Moment;
use trail_domain::words::Noted;
use trail_seal::form::model::Cell;
use trail_seal::form::record::{
    self as form, ClockCheck, Group, IsolationStep, ListedVolume, RecordModel, RedactedCopy, Site, Subject,
};
use trail_seal::form::{Drawn, Fonts};

use super::heading::{heading, not_recorded, person, said, terms};
use super::rewritten::rewritten;
use super::{DocumentKind, Made, Paper, form_fault, listing, steps};
use crate::fault::{Fault, Stop};
use crate::show::{addresses, dates, exhibits};

mod charts;
mod judged;
mod visits;
mod withheld;

/// Draws the record. `bound` are the signed volumes: number, file name, hash.
pub(super) fn draw(
    paper: &Paper<'_>,
    fonts: &Fonts,
    edition: u32,
    at: Moment,
    bound: &[(u32, String, Hash)],
) -> Result<Made, Stop> {
    let model = model(paper, edition, at, bound)?;
    let drawn = form::lay_out(&model, fonts).map_err(form_fault)?;
    Ok(Made {
        kind: DocumentKind::Record,
        edition,
        form_edition: edition,
        name: format!("{}-record-of-review-edition-{edition}.pdf", paper.case().reference()),
        drawn,
        binds: Vec::new(),
    })
}

/// Draws a redacted copy of the record, as the case stands now, from the form that stands.
pub(super) fn redacted(
    paper: &Paper<'_>,
    fonts: &Fonts,
    of: &Document,
    at: Moment,
    redaction: &Redaction,
    purpose: String,
) -> Result<Drawn, Stop> {
    let edition = of.made.edition;
    let volumes = paper.case().documents().iter().filter(|document| {
        document.made.kind == DocumentKind::Volume && document.made.form_edition == of.made.form_edition
    });
    let bound: Vec<(u32, String, Hash)> =
        volumes.map(|volume| (volume.made.edition, volume.made.name.clone(), volume.stands())).collect();
    let model = rewritten(&model(paper, edition, at, &bound)?, &|text| redaction.redacted(text))?;
    let copy = RedactedCopy { purpose, edition, sha256: *of.stands().bytes(), replaced: redaction.count() };
    Ok(form::lay_out_copy(&model, &copy, fonts).map_err(form_fault)?)
}

fn model(paper: &Paper<'_>, edition: u32, at: Moment, bound: &[(u32, String, Hash)]) -> Result<RecordModel, Fault> {
    let case = paper.case();
    let missing = || Fault::with("internal", "detail", "the form was asked for before its stages were done");
    let (first, second) = case.reviewers().ok_or_else(missing)?;
    let group = case.group().ok_or_else(missing)?;
    let head = paper
        .scene
        .register
        .people()
        .iter()
        .find(|enrolled| {
            let field = trail_domain::event::document::SignatureField::Head;
            trail_domain::procedure::closing::may_sign(case, field, &enrolled.id, paper.scene.now)
        })
        .ok_or_else(|| Fault::new("no-head"))?;
    let (_, opened_computer, _) = case.computer().ok_or_else(missing)?;
    let model = RecordModel {
        heading: heading(paper, edition, at),
        terms: terms(paper),
        pack: format!("{}, edition {}", paper.scene.pack.title(), case.pack().edition),
        group: Group {
            name: "Online safety review group".to_owned(),
            members: group.members.iter().map(|member| paper.name(&member.person)).collect(),
            relations: said(group.declared.as_str()),
        },
        sessions: sessions(paper),
        reason: reason(paper),
        first: person(paper, first),
        second: person(paper, second),
        head: person(paper, &head.id),
        chair_signs: head.standing == trail_domain::people::Standing::Deputy,
        computer: form::Computer {
            name: opened_computer.name.to_string(),
            asset_tag: said(opened_computer.asset_tag.as_str()),
            serial: said(opened_computer.serial.as_str()),
            location: said(format!(
                "{}. Stated: not used by pupils; can be taken off site.",
                opened_computer.location.as_str().trim_end_matches('.')
            )),
            clock: clock(paper),
        },
        sites: sites(paper),
        conclusion: judged::conclusion(paper)?,
        steps: steps::steps(paper),
        steps_note: turned(paper),
        charts: charts::charts(paper),
        clock_checks: clock_checks(paper),
        clock_set: clock_set(paper)?,
        proof_of_working: listing::proof_of_working(paper),
        computer_changes: computer_changes(paper),
        views: judged::views(paper),
        finding_reached: judged::finding_reached(paper),
        police_grounds: judged::police_grounds(paper),
        table_row: judged::table_row(paper).0,
        table_incident: judged::table_row(paper).1,
        table_actions: judged::table_actions(paper),
        overdue: judged::overdue(paper, at),
        isolation_remark: isolation_remark(paper),
        isolation: isolation(paper),
        keep_until: keep_until(paper),
        exhibits: listing::exhibits(paper),
        volumes: bound
            .iter()
            .map(|(number, name, sha256)| ListedVolume {
                number: *number,
                file_name: name.clone(),
                sha256: *sha256.bytes(),
            })
            .collect(),
        time_stamp: None,
    };
    withheld::told(paper, model)
}

/// Each change of the designated computer: when, to which, why, by whom, and who has the one before.
fn computer_changes(paper: &Paper<'_>) -> Vec<String> {
    let line = |(stamp, before, change): &(Stamp, Computer, ComputerChange)| {
        let (at, to) = (dates::full(stamp.at), format!("{} ({})", change.computer.name, change.computer.asset_tag));
        let (one, other) = (paper.name(&stamp.by), paper.name(&change.with));
        let kept = format!("{} has {}, {}", change.custodian, before.name, change.place);
        format!("{at}: from {} to {to}, because: {}. Recorded by {one} and {other}. {kept}", before.name, change.reason)
    };
    paper.case().computers_before().iter().map(line).collect()
}

/// HALT and its release, and every other turn that the case took, a line each.
fn turned(paper: &Paper<'_>) -> Vec<String> {
    let line = |facts: &Vec<crate::wire::case::Fact>| {
        let said: Vec<String> = facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect();
        format!("{}.", said.join(". "))
    };
    let mut lines: Vec<String> = crate::show::turns::changes(&paper.scene).iter().map(line).collect();
    if let Some(halt) = paper.case().last_halt() {
        lines.push(format!("HALT was pressed by {}, {}.", paper.name(&halt.by), dates::exact(halt.stamp.at)));
        lines.push(line(&crate::show::halt::release(&paper.scene)));
    }
    lines
}

fn sessions(paper: &Paper<'_>) -> Vec<form::Session> {
    let row = |session: &trail_domain::case::Session| {
        let how = match &session.ended {
            None => "It was still open when this form was made.".to_owned(),
            Some((stamp, SessionEnd::Ended)) => format!("Closed by {}.", paper.name(&stamp.by)),
            Some((_, SessionEnd::Left)) => "Cut short: the app was locked, time ran out, or a person left.".to_owned(),
            Some((_, SessionEnd::Halted)) => "Cut short by HALT.".to_owned(),
            Some((_, SessionEnd::Crash)) => "Found without an end at the next start: ended by a crash.".to_owned(),
        };
        let marks = paper.case().exhibits().iter().filter(|(_, of, _)| *of == session.id);
        form::Session {
            opened: session.opened.at.utc(),
            closed: session.ended.as_ref().map(|(stamp, _)| stamp.at.utc()),
            how_closed: how,
            operator: paper.name(&session.operator),
            observer: paper.name(&session.observer),
            checks: checks(session),
            pages_visited: session
                .visits
                .iter()
                .filter(|visit| matches!(visit.what, trail_domain::event::review::VisitKind::Loaded { .. }))
                .count(),
            visits: visits::rows(paper, session),
            other_entries: visits::others(session),
            exhibits: marks.map(|(_, _, exhibit)| exhibit.mark.to_string()).collect(),
        }
    };
    paper.case().sessions().iter().map(row).collect()
}

/// What was checked of the computer at opening, a line each.
fn checks(session: &trail_domain::case::Session) -> Vec<String> {
    let check = &session.check;
    let free = exhibits::noted(&check.free_bytes, |bytes| format!("{} GB free", bytes / 1_000_000_000));
    let yes_no = |noted: &Noted<bool>, yes: &str, no: &str| {
        exhibits::noted(noted, |fact| if *fact { yes.to_owned() } else { no.to_owned() })
    };
    vec![
        format!("Asset tag read: {}", check.asset_tag),
        format!("Disk space: {free}"),
        format!("Disk encryption: {}", yes_no(&check.disk_encrypted, "on", "off")),
        format!("Remote control or sharing: {}", exhibits::noted(&check.remote_control, Clone::clone)),
        format!("Seen running of the programs that are looked for: {}", programs(&check.programs)),
        format!("Store in a synced folder: {}", yes_no(&check.synced_folder, "yes", "no")),
        format!("HALT key tried by both: {}", if check.halt_key_tried { "yes" } else { "no" }),
    ]
}

fn programs(noted: &Noted<Vec<String>>) -> String {
    exhibits::noted(noted, |seen| if seen.is_empty() { "none".to_owned() } else { seen.join(", ") })
}

fn reason(paper: &Paper<'_>) -> Vec<String> {
    let case = paper.case();
    let report = case.report();
    let what = if exhibits::addresses_withheld(&paper.scene) {
        addresses::in_words(report.what.as_str(), Some(case.opening().seq))
    } else {
        report.what.to_string()
    };
    let category = paper.scene.pack.category(&report.category);
    let kind = match report.subject.kind {
        SubjectKind::Pupil => format!("a {}", paper.scene.pack.terms().pupil()),
        SubjectKind::Staff => "a member of staff".to_owned(),
        SubjectKind::Other => "neither pupil nor staff, or not known".to_owned(),
    };
    let safe = match &report.child_safe {
        ChildSafe::NoChild => "No child was said to be involved.".to_owned(),
        ChildSafe::Safe { how } => format!("The child was said to be safe: {how}"),
        ChildSafe::NotSafe { done } => format!("The child was not, or not known to be, safe. Done at once: {done}"),
    };
    vec![
        format!(
            "{} reported this to {}. It was recorded on {}. When it happened or was noticed: {}. Where: {}.",
            report.reporter,
            report.reported_to,
            dates::full(case.opening().at),
            report.when.as_str().trim_end_matches('.'),
            report.place.as_str().trim_end_matches('.')
        ),
        what,
        format!(
            "Person concerned: {} ({kind}). Kind of incident under the school\u{2019}s policy: {}. {safe}",
            report.subject.name,
            category.map_or(report.category.as_str(), |category| category.label())
        ),
    ]
}

fn difference(micros: i64) -> String {
    let tenths = (micros.abs() + 50_000) / 100_000;
    let seconds = format!("{}.{}", tenths / 10, tenths % 10);
    match (tenths, micros >= 0) {
        (0, _) => "none seen, to the second that was read".to_owned(),
        (_, true) => format!("{seconds} seconds fast"),
        (_, false) => format!("{seconds} seconds slow"),
    }
}

fn clock(paper: &Paper<'_>) -> Cell {
    let Some(session) = paper.case().sessions().first() else {
        return not_recorded("no session was opened");
    };
    let read = difference(session.check.fast_by_micros());
    let when = dates::minute(session.check.shown);
    said(format!("Against the reference at {when}: {read}. Times in this record are as this clock showed them."))
}

fn clock_checks(paper: &Paper<'_>) -> Vec<ClockCheck> {
    let rows = |session: &trail_domain::case::Session| {
        let check = &session.check;
        let read = ClockCheck {
            reference: said(dates::exact(check.reference)),
            computer: said(dates::exact(check.shown)),
            difference: said(difference(check.fast_by_micros())),
            read_by: said(check.reference_is.as_str()),
        };
        [read, super::clocks::by_server(check)]
    };
    paper.case().sessions().iter().flat_map(rows).collect()
}

/// Whether the clock was found set back while the case was open.
fn clock_set(paper: &Paper<'_>) -> Result<Cell, Fault> {
    let opened = paper.case().opening().seq;
    let set_back = paper.desk.vault.store_events()?.into_iter().find_map(|entry| {
        let Event::ClockSetBack { before, shown } = entry.event else { return None };
        (entry.seq > opened).then_some((before, shown))
    });
    Ok(match set_back {
        None => said(
            "The clock was not found set back while the case was open. Order in this record is by ledger entry, not by clock.",
        ),
        Some((before, shown)) => said(format!(
            "The clock was found set back: it showed {} after an entry made at {}. Order in this record is by ledger entry, not by clock.",
            dates::exact(shown),
            dates::exact(before)
        )),
    })
}

fn sites(paper: &Paper<'_>) -> Vec<Site> {
    let withheld = exhibits::addresses_withheld(&paper.scene);
    let row = |(stamp, _, exhibit): &(trail_domain::case::Stamp, _, trail_domain::event::capture::Exhibit)| {
        let subject = match (&exhibit.address, exhibit.kind) {
            (Some(_), _) if withheld => Subject::Withheld { entry: stamp.seq.0 },
            (Some(address), _) => {
                let title = exhibit.page.as_ref().map_or_else(
                    || said(exhibit.title.as_str()),
                    |page| match &page.title {
                        Noted::Observed(title) if !title.trim().is_empty() => said(title.clone()),
                        Noted::Observed(_) => not_recorded("the page has no title"),
                        Noted::NotRecorded(because) => not_recorded(because.clone()),
                    },
                );
                Subject::Address { exact: address.clone(), title }
            }
            (None, ExhibitKind::Page | ExhibitKind::WholePage | ExhibitKind::AddressOnly) => {
                Subject::Device(exhibit.title.to_string())
            }
            (
                None,
                ExhibitKind::Device
                | ExhibitKind::PhysicalItem
                | ExhibitKind::Import
                | ExhibitKind::Screen
                | ExhibitKind::Marked
                | ExhibitKind::Annotated,
            ) => Subject::Device(format!("{}. {}", exhibit.title, exhibit.nature)),
        };
        Site {
            subject,
            reason: said(exhibit.concern.as_str()),
            exhibit: said(exhibit.mark.to_string()),
            volume: super::volume::number_of(paper.case(), &exhibit.mark),
        }
    };
    paper.case().exhibits().iter().map(row).collect()
}

fn isolation_remark(paper: &Paper<'_>) -> String {
    if isolation_required(paper.case()) {
        "Required, because the case goes to the police".to_owned()
    } else {
        "Not required: no police route".to_owned()
    }
}

fn isolation(paper: &Paper<'_>) -> Vec<IsolationStep> {
    let recorded = paper.case().isolation();
    let row = |(id, step): (String, String)| {
        let line =
            recorded.and_then(|(stamp, lines)| lines.iter().find(|line| line.step == id).map(|line| (stamp, line)));
        match line {
            Some((stamp, line)) => IsolationStep {
                step,
                done: line.done,
                state: said(if line.done { "Done" } else { "Not done" }),
                by: said(format!("Recorded by {}", paper.name(&stamp.by))),
                when: said(line.words.as_str()),
            },
            None => IsolationStep {
                step,
                done: false,
                state: Cell::NotNeeded,
                by: Cell::None,
                when: not_recorded("the list was not filled in"),
            },
        }
    };
    crate::show::outcome::isolation_steps(&paper.scene).into_iter().map(row).collect()
}

fn keep_until(paper: &Paper<'_>) -> Cell {
    match paper.case().retained() {
        Some((_, day, rule)) => said(format!("{}. {rule}", dates::written_day(day))),
        None => said(format!("Set at the last stage. The rule: {}", paper.scene.pack.retention().rule())),
    }
}
