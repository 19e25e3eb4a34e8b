//! What a diligent school would do next, with one thing wrong in it.

use trail_domain::event::document::Signed;
use trail_domain::event::report::{PreservedItem, TriageExit};
use trail_domain::event::review::{ActionChosen, ComputerCheck, Finding, View};
use trail_domain::ids::{Hash, PersonId};
use trail_domain::procedure::Command;

use crate::walk::{Act, member};
use crate::world::{SPARE, person, words};

/// The same with one thing wrong; what has nothing to get wrong stays.
pub(crate) fn act(act: Act, how: u8) -> Act {
    match act {
        Act::Do(command) => Act::Do(Box::new(spoiled(*command, how))),
        Act::Keep => Act::KeepAnother,
        Act::Gate(_)
        | Act::GateFile(_)
        | Act::GateScreen(_)
        | Act::Mark
        | Act::KeepAnother
        | Act::See
        | Act::Wait
        | Act::Destroy
        | Act::Elsewhere(_) => act,
    }
}

fn spoiled(command: Command, how: u8) -> Command {
    let mut command = command;
    if let Command::FinishPreserve(reason) = &mut command {
        *reason = None;
    } else if let Command::Preserve(item) = &mut command {
        *item = PreservedItem { seal: words("broken"), ..item.clone() };
    } else if let Command::Triage(exit, _) = &mut command {
        *exit = TriageExit::LogOnly;
    } else if let Command::FormGroup(members, _) = &mut command {
        match how % 4 {
            0 => members.truncate(1),
            1 => members[1] = member(&PersonId::from_bytes([200; 16])),
            2 => members[1].managed_by_subject = true,
            _ => members[1] = member(&person(2)),
        }
    } else if let Command::OpenSession { operator, check, .. } = &mut command {
        match how % 3 {
            0 => *check = ComputerCheck { halt_key_tried: false, ..check.clone() },
            1 => *check = ComputerCheck { asset_tag: words(SPARE), ..check.clone() },
            _ => *operator = person(2),
        }
    } else if let Command::SealView(view) = &mut command {
        *view = View { person: person(usize::from(how % 5)), ..view.clone() };
    } else if let Command::Find(finding, ..) = &mut command {
        *finding = [Finding::Substance, Finding::NoSubstance, Finding::Disagreed][usize::from(how % 3)];
    } else if let Command::ChooseActions { row, lines, response, .. } = &mut command {
        actions(row, lines, how);
        response.police &= !how.is_multiple_of(7);
    } else if let Command::Isolate(lines) = &mut command {
        lines.pop();
    } else if let Command::Sign(signed) = &mut command {
        *signed = Signed { before: Hash::of(b"another file"), ..signed.clone() };
    } else if let Command::Retain(day, _) = &mut command {
        *day = if how.is_multiple_of(2) { "2026-11-01" } else { "next year" }.to_owned();
    } else if let Command::ReleaseComputer(release) = &mut command {
        release.said.on = "2040-01-01".to_owned();
    } else if let Command::ReleaseCase(release) = &mut command {
        match how % 3 {
            0 => release.said.on = "2040-01-01".to_owned(),
            1 => release.verdict = trail_domain::event::release::Verdict::NoFurtherAction,
            _ => release.exhibits.push("ZZ/9".to_owned().try_into().unwrap()),
        }
    }
    command
}

fn actions(row: &mut Option<usize>, lines: &mut Vec<ActionChosen>, how: u8) {
    match how % 6 {
        0 => drop(lines.pop()),
        1 => *row = Some(99),
        2 => lines[0].action = "no-such-action".to_owned(),
        3 => lines.iter_mut().for_each(|line| line.owner = None),
        4 => lines[0].chosen = !lines[0].chosen,
        _ => lines.iter_mut().for_each(|line| line.held = None),
    }
}
