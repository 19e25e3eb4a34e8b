//! Fields 1 to 8, and the list of annexes.

use super::model::{Action, ActionState, Finding, RecordModel, Site, Subject};
use super::{FIRST, SECOND};
use crate::form::address::{self, Whole};
use crate::form::field::{Label, Signer};
use crate::form::flow::Flow;
use crate::form::grid::{ANSWER_W, BODY, HALF_RIGHT, HALF_W, LEFT, SMALL, rule};
use crate::form::line::{Line, after, beside};
use crate::form::model::{Person, said};
use crate::form::number::{counted, starting, thousands};
use crate::form::paper::WordsOnly;
use crate::form::structure::Role;
use crate::form::table::{Row, Table};
use crate::form::time;
use crate::form::words::Words;

type Pages<'a> = Flow<'a, WordsOnly>;

pub(super) fn lay(flow: &mut Pages<'_>, model: &RecordModel) {
    title(flow, model);
    dates_and_reason(flow, model);
    person(flow, "4", "First reviewing person", FIRST, &model.first);
    person(flow, "5", "Second reviewing person", SECOND, &model.second);
    reviewed_and_concluded(flow, model);
    end(flow);
}

/// Fields 1 to 3.
pub(super) fn dates_and_reason(flow: &mut Pages<'_>, model: &RecordModel) {
    group(flow, model);
    dates(flow, model);
    reason(flow, model);
}

/// Fields 6 to 8.
pub(super) fn reviewed_and_concluded(flow: &mut Pages<'_>, model: &RecordModel) {
    computer(flow, model);
    sites(flow, model);
    conclusion(flow, model);
    actions(flow, model);
}

fn title(flow: &mut Pages<'_>, model: &RecordModel) {
    let heading = &model.heading;
    let school = Words::outside(&heading.school.name).then(", ").then_outside(&heading.school.address);
    let exhibits = counted(model.exhibits.len(), "exhibit", "exhibits");
    let pages = counted(flow.references.pages, "page", "pages");
    let mut remark = format!("Opened {} · {exhibits} · {pages}", time::date(heading.opened));
    if let Some(replaced) = heading.replaces {
        remark.push_str(&format!(" · replaces version {replaced}"));
    }
    flow.title_block("Record of review", &school, &heading.case_reference, &Words::ours(&remark));
}

fn group(flow: &mut Pages<'_>, model: &RecordModel) {
    let group = &model.group;
    let mut words = said(&group.name).then(": ");
    for (number, member) in group.members.iter().enumerate() {
        words = words.then(if number == 0 { "" } else { ", " }).then_outside(member);
    }
    let words = words.then(". ").and(group.relations.words());
    let answer = flow.lines(&words, BODY, ANSWER_W);
    flow.field(&Label::numbered("1", "Group").under(rule::STRONG), answer);
}

fn dates(flow: &mut Pages<'_>, model: &RecordModel) {
    let mut answer = Vec::new();
    for session in &model.sessions {
        let words = match session.closed {
            Some(closed) => time::span(session.opened, closed),
            None => format!("{}; not closed when this form was made", time::date_and_time(session.opened)),
        };
        answer.extend(flow.lines(&Words::ours(&words), BODY, ANSWER_W));
    }
    let count = match model.sessions.len() {
        0 => "No session was held.".to_owned(),
        number => format!("{} {}.", starting(number), if number == 1 { "session" } else { "sessions" }),
    };
    answer.extend(flow.lines(&Words::ours(&count), BODY, ANSWER_W));
    flow.field(&Label::numbered("2", "Date"), answer);
}

fn reason(flow: &mut Pages<'_>, model: &RecordModel) {
    let mut answer = flow.paragraphs(&model.reason.join("\n"), ANSWER_W);
    if answer.is_empty() {
        answer = flow.lines(&said(""), BODY, ANSWER_W);
    }
    flow.field(&Label::numbered("3", "Reason for investigation"), answer);
}

fn person(flow: &mut Pages<'_>, number: &str, label: &str, field: &str, person: &Person) {
    let called = format!("the {}", label.to_lowercase());
    let signer = Signer { field, called: &called, name: said(&person.name), position: said(&person.position) };
    flow.signature_field(&Label::numbered(number, label), &signer);
}

fn computer(flow: &mut Pages<'_>, model: &RecordModel) {
    let computer = &model.computer;
    let name = said(&computer.name)
        .then(" (asset tag ")
        .and(computer.asset_tag.words())
        .then(", serial number ")
        .and(computer.serial.words())
        .then(")");
    let answer =
        flow.pairs(&[("Name", name), ("Location", computer.location.words()), ("Clock", computer.clock.words())]);
    flow.field(&Label::numbered("6", "Name and location of computer used"), answer);
}

fn sites(flow: &mut Pages<'_>, model: &RecordModel) {
    let columns = [(6.0, ""), (92.0, "Site address or device"), (54.0, "Reason for concern"), (20.0, "Exhibit")];
    let mut table = Table::new("Field 7", LEFT, &columns).with_title("7", "Sites and devices reviewed");
    for (number, site) in model.sites.iter().enumerate() {
        let first = table.cell(flow, 0, &Words::ours(&(number + 1).to_string()));
        let subject = subject(flow, &table, site);
        let reason = table.cell(flow, 2, &site.reason.words());
        let mut exhibit = table.cell(flow, 3, &site.exhibit.words());
        if let Some(volume) = site.volume {
            exhibit.extend(table.cell(flow, 3, &Words::ours(&format!("volume {volume}"))));
        }
        table.push(Row::new(vec![first, subject, reason, exhibit]));
    }
    if model.sites.is_empty() {
        let none = |flow: &Pages<'_>, column| table.cell(flow, column, &Words::ours("None"));
        let row = Row::new(vec![Vec::new(), none(flow, 1), none(flow, 2), none(flow, 3)]);
        table.push(row);
    }
    let rows = match model.sites.len() {
        0 => "No site or device was reviewed.".to_owned(),
        1 => "One row; the list ends here.".to_owned(),
        number => format!("{} rows; the list ends here.", starting(number)),
    };
    let note = format!(
        "Addresses here are written with hxxp and [.] so that nobody opens one by accident. Where an address \
         runs over lines, the breaks are not part of it. {rows}"
    );
    table.draw_with_note(flow, &Words::ours(&note));
    flow.gap(3.0);
}

fn subject(flow: &Pages<'_>, table: &Table, site: &Site) -> Vec<Line> {
    match &site.subject {
        Subject::Address { exact, title } => {
            let mut lines = address::readable_lines(flow.fonts, exact, table.inner(1), Whole::InExhibit);
            let mut words = Words::ours("Page title: ").and(title.words());
            let count = thousands(address::characters(exact) as u64);
            words = words.then(&format!(". Exact address, {count} characters: in the exhibit."));
            if address::coded(exact) {
                words = words.then(" The name is in a mixed script and is printed in its coded (xn--) form.");
            }
            lines.extend(table.cell(flow, 1, &words));
            lines
        }
        Subject::Device(text) => table.cell(flow, 1, &said(text)),
        Subject::Withheld { entry } => {
            let entry = thousands(*entry);
            let words = format!(
                "Address not printed here: it stands only in the police referral record (ledger entry {entry})."
            );
            table.cell(flow, 1, &Words::ours(&words))
        }
    }
}

fn conclusion(flow: &mut Pages<'_>, model: &RecordModel) {
    let finding = match model.conclusion.finding {
        Finding::Substance => "**The concern has substance.** ",
        Finding::NoSubstance => "**The concern has no substance.** ",
        Finding::Disagreed => "**The reviewing people did not agree.** ",
    };
    let words = &model.conclusion.words;
    let (first, rest) = words.trim().split_once('\n').unwrap_or((words.trim(), ""));
    let mut answer = flow.lines(&Words::ours(finding).and(said(first)), BODY, ANSWER_W);
    answer.extend(after(1.5, flow.paragraphs(rest, ANSWER_W)));
    flow.field(&Label::numbered("8", "Conclusion").under(rule::STRONG), answer);
}

fn actions(flow: &mut Pages<'_>, model: &RecordModel) {
    let mut answer = Vec::new();
    for (number, action) in model.conclusion.actions.iter().enumerate() {
        let count = flow.lines(&Words::ours(&(number + 1).to_string()), BODY, 5.0);
        let lines = flow.lines(&action_words(action), BODY, ANSWER_W - 5.0);
        answer.extend(after(if number == 0 { 0.0 } else { 0.5 }, beside(count, lines, 5.0)));
    }
    if model.conclusion.actions.is_empty() {
        answer.extend(flow.lines(&Words::ours("No action was proposed or taken."), BODY, ANSWER_W));
    }
    let yes = |said: bool| if said { "**yes**" } else { "**no**" };
    let routes = format!(
        "Internal response: {}. Local Authority or national body: {}. Police: {}.",
        yes(model.conclusion.internal),
        yes(model.conclusion.authority),
        yes(model.conclusion.police)
    );
    answer.extend(after(0.5, flow.lines(&Words::ours(&routes), BODY, ANSWER_W)));
    let label = Label { heading: true, ..Label::plain("Action proposed or taken") };
    flow.field(&label, answer);
}

fn action_words(action: &Action) -> Words {
    let state = match action.state {
        ActionState::Proposed => ". **Proposed**, ",
        ActionState::InHand => ". **In hand**, ",
        ActionState::Done => ". **Done** ",
    };
    said(&action.text).then(state).and(action.reference.words()).then(".")
}

fn end(flow: &mut Pages<'_>) {
    const ANNEXES: [(&str, &str); 8] = [
        ("A", "Steps of the procedure"),
        ("B", "Sessions and clock check"),
        ("C", "Views and finding"),
        ("D", "Actions against the school’s table"),
        ("E", "Isolation of the computer"),
        ("F", "Sign-off"),
        ("G", "List of exhibits and volumes"),
        ("J", "What the signatures prove"),
    ];
    flow.need(8.0 + 4.0 * 4.5);
    flow.rule(rule::STRONG);
    flow.y += 1.5;
    flow.centred(
        &Words::ours("**End of the record.** The annexes that follow say how it was made and how to check it."),
        SMALL,
    );
    flow.y += 2.0;
    let top = flow.y;
    for (number, (letter, title)) in ANNEXES.iter().enumerate() {
        let (x, y) =
            if number < 4 { (LEFT, top + 4.5 * number as f32) } else { (HALF_RIGHT, top + 4.5 * (number - 4) as f32) };
        let mut line = flow.lines(&Words::ours(&format!("**{letter}**")), BODY, 6.0);
        let title = flow.lines(&Words::ours(title), BODY, 60.0);
        line = beside(line, title, 6.0);
        let page = flow.lines(&Words::ours(&flow.references.page(&format!("annex {letter}"))), BODY, 20.0);
        let at = HALF_W - 4.0 - page.first().map_or(0.0, |line| line.width);
        line = beside(line, page, at);
        flow.set_as(Role::P, x, y, &line);
    }
    flow.y = top + 18.0;
    flow.new_page();
}
