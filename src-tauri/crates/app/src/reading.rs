//! What people filled in, parsed into the domain's types. A fault names the field and says what to enter.

use trail_domain::event::capture::screen::Surface;
use trail_domain::event::capture::{ExhibitKind, GateAnswer, GateAnswers};
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::event::report::{
    ChildSafe, GroupMember, HarmTest, Involved, PreservedItem, Report, Role, Subject, SubjectKind, TriageExit,
};
use trail_domain::event::review::{ActionChosen, ActionState, Finding, IsolationLine, Referral, Response};
use trail_domain::ids::{CaseId, Hash, Initials, PersonId, Seq};
use trail_domain::people::Standing;
use trail_domain::procedure::Command;
use trail_domain::time::Moment;
use trail_domain::words::{BadWords, Words};

use crate::fault::Fault;
use crate::wire::act::Act;
use crate::wire::forms::{ActionLine, CaptureForm, ReportForm};

mod things;
mod turns;

pub(crate) use things::{exhibit_mark, words_only};

/// A required answer.
pub(crate) fn words(field: &str, typed: &str) -> Result<Words, Fault> {
    Words::new(typed).map_err(|bad| match bad {
        BadWords::Empty => Fault::with("field-missing", "field", label(field)).at(field),
        BadWords::TooLong => Fault::with("field-long", "field", label(field)).at(field),
    })
}

/// An answer that may be left out.
pub(crate) fn optional(field: &str, typed: &str) -> Result<Option<Words>, Fault> {
    if typed.trim().is_empty() { Ok(None) } else { words(field, typed).map(Some) }
}

/// A case's id.
pub(crate) fn case_id(text: &str) -> Result<CaseId, Fault> {
    CaseId::try_from(text.to_owned()).map_err(|_| Fault::new("no-such-case"))
}

/// A person's id.
pub(crate) fn person_id(field: &str, text: &str) -> Result<PersonId, Fault> {
    PersonId::try_from(text.to_owned()).map_err(|_| Fault::new("unknown-person").at(field))
}

/// A hash.
pub(crate) fn hash(text: &str) -> Result<Hash, Fault> {
    Hash::try_from(text.to_owned()).map_err(|_| Fault::new("document-missing"))
}

/// A hash as it is printed: in capitals or not, with blanks or without.
pub(crate) fn printed_hash(field: &str, typed: &str) -> Result<Hash, Fault> {
    let figures: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    Hash::try_from(figures.to_lowercase()).map_err(|_| Fault::new("hash-form").at(field))
}

/// A ledger's head as it is printed: the number of its entry, with commas or without, and its hash.
pub(crate) fn head(entry_field: &str, entry: &str, hash: &str) -> Result<(Seq, Hash), Fault> {
    let hash = printed_hash("hash", hash)?;
    Ok((seq(entry_field, &entry.replace([',', ' '], ""))?, hash))
}

/// An entry's number.
pub(crate) fn seq(field: &str, text: &str) -> Result<Seq, Fault> {
    text.trim().parse().map(Seq).map_err(|_| Fault::with("choice-unknown", "field", label(field)).at(field))
}

/// Initials, made capital.
pub(crate) fn initials(field: &str, text: &str) -> Result<Initials, Fault> {
    Initials::try_from(text.trim().to_uppercase()).map_err(|_| Fault::new("initials-form").at(field))
}

/// A standing.
pub(crate) fn standing(field: &str, text: &str) -> Result<Standing, Fault> {
    choose(field, text, &[("senior", Standing::Senior), ("head", Standing::Head), ("deputy", Standing::Deputy)])
}

/// The report.
pub(crate) fn report(form: &ReportForm) -> Result<Report, Fault> {
    let kind = choose(
        "subjectKind",
        &form.subject_kind,
        &[("pupil", SubjectKind::Pupil), ("staff", SubjectKind::Staff), ("other", SubjectKind::Other)],
    )?;
    let child_safe = child_safe(&form.child_safe, &form.child_safe_words)?;
    let mut others = Vec::new();
    for (place, other) in form.others.iter().enumerate() {
        let field = format!("others-{place}-name");
        let roles = [("child-at-risk", Role::ChildAtRisk), ("witness", Role::Witness), ("reporter", Role::Reporter)];
        others.push(Involved {
            name: words(&field, &other.name)?,
            role: choose(&format!("others-{place}-role"), &other.role, &roles)?,
        });
    }
    let enrolled = match form.subject_enrolled.as_deref() {
        None | Some("") => None,
        Some(id) => Some(person_id("subjectEnrolled", id)?),
    };
    Ok(Report {
        title: words("title", &form.title)?,
        what: words("what", &form.what)?,
        when: words("when", &form.when)?,
        reporter: words("reporter", &form.reporter)?,
        reported_to: words("reportedTo", &form.reported_to)?,
        subject: Subject {
            name: words("subject", &form.subject)?,
            kind,
            enrolled,
            works_with_children: form.works_with_children,
        },
        others,
        place: words("place", &form.place)?,
        category: words("category", &form.category)?.as_str().to_owned(),
        child_safe,
    })
}

/// The answer to *is the child safe now?*
fn child_safe(answer: &str, typed: &str) -> Result<ChildSafe, Fault> {
    Ok(match answer {
        "no-child" => ChildSafe::NoChild,
        "safe" => ChildSafe::Safe { how: words("childSafeWords", typed)? },
        "not-safe" => ChildSafe::NotSafe { done: words("childSafeWords", typed)? },
        _ => return Err(Fault::with("choice-unknown", "field", label("childSafe")).at("childSafe")),
    })
}

/// An act as a command.
pub(crate) fn command(act: Act, at: Moment) -> Result<Command, Fault> {
    Ok(match act {
        Act::Preserve { what, identity, place, custodian, seal } => Command::Preserve(PreservedItem {
            what: words("what", &what)?,
            identity: words("identity", &identity)?,
            place: words("place", &place)?,
            custodian: words("custodian", &custodian)?,
            seal: words("seal", &seal)?,
            at,
        }),
        Act::FinishPreserve { nothing_because } => {
            Command::FinishPreserve(optional("nothingBecause", nothing_because.as_deref().unwrap_or_default())?)
        }
        Act::Triage { exit, reason } => {
            let exits = [
                ("log-only", TriageExit::LogOnly),
                ("other-incidents", TriageExit::OtherIncidents),
                ("illegal-route", TriageExit::IllegalRoute),
            ];
            Command::Triage(choose("exit", &exit, &exits)?, words("reason", &reason)?)
        }
        Act::HarmTest { met, words: said, lado } => Command::AnswerHarmTest(match met.as_str() {
            "no" => HarmTest::No { reason: words("words", &said)? },
            "yes-or-unsure" => HarmTest::YesOrUnsure {
                lado: words("lado", lado.as_deref().unwrap_or_default())?,
                at,
                advice: words("words", &said)?,
            },
            _ => return Err(Fault::with("choice-unknown", "field", label("met")).at("met")),
        }),
        Act::FormGroup { members, managed, declared, despite, external } => {
            let member = |id: &String| {
                let from = external.iter().find(|from| from.person == *id);
                Ok(GroupMember {
                    person: person_id("members", id)?,
                    managed_by_subject: managed.contains(id),
                    despite: optional("despite", &despite)?.filter(|_| managed.contains(id)),
                    external: from.map(|from| words("external", &from.from)).transpose()?,
                })
            };
            let members: Result<Vec<_>, Fault> = members.iter().map(member).collect();
            Command::FormGroup(members?, words("declared", &declared)?)
        }
        Act::ChooseComputer { asset_tag, not_for_pupils, can_leave, filter } => Command::ChooseComputer {
            asset_tag: words("assetTag", &asset_tag)?,
            not_for_pupils,
            can_leave,
            filter: words("filter", &filter)?,
        },
        Act::Find { finding, reasons, police_grounds } => {
            let findings = [
                ("substance", Finding::Substance),
                ("no-substance", Finding::NoSubstance),
                ("disagreed", Finding::Disagreed),
            ];
            Command::Find(choose("finding", &finding, &findings)?, words("reasons", &reasons)?, police_grounds)
        }
        Act::ChooseActions { table, row, lines, internal, authority, police } => Command::ChooseActions {
            table,
            row: row.map(|row| usize::try_from(row).unwrap_or(usize::MAX)),
            lines: lines.into_iter().enumerate().map(action).collect::<Result<_, _>>()?,
            response: Response { internal, authority, police },
        },
        Act::Isolate { lines } => {
            let line = |(place, line): (usize, crate::wire::forms::IsolationForm)| {
                Ok(IsolationLine {
                    step: line.step,
                    done: line.done,
                    words: words(&format!("lines-{place}-words"), &line.words)?,
                })
            };
            Command::Isolate(lines.into_iter().enumerate().map(line).collect::<Result<_, Fault>>()?)
        }
        Act::Retain { review_on, rule } => {
            Command::Retain(words("reviewOn", &review_on)?.as_str().to_owned(), words("rule", &rule)?)
        }
        Act::Refer { to, person, reference, advice } => Command::Refer(Referral {
            to: words("to", &to)?,
            person: words("person", &person)?,
            reference: words("reference", &reference)?,
            at,
            advice: words("advice", &advice)?,
        }),
        Act::Custody { item, custodian, place } => {
            Command::Custody(words("item", &item)?, words("custodian", &custodian)?, words("place", &place)?)
        }
        Act::Note { words: said } => Command::Note(words("words", &said)?),
        Act::Correct { seq, words: said } => Command::Correct(self::seq("seq", &seq)?, words("words", &said)?),
        Act::AskDestruction { entry, ground } => {
            let target = match entry.as_deref().map(str::trim) {
                None | Some("") => DestructionTarget::Case,
                Some(entry) => DestructionTarget::Entry { entry: seq("entry", entry)? },
            };
            Command::AskDestruction(target, words("ground", &ground)?)
        }
        Act::AgreeDestruction { asked } => Command::AgreeDestruction(seq("asked", &asked)?),
        other @ (Act::LogOnly { .. }
        | Act::Reroute { .. }
        | Act::ChangeSubject { .. }
        | Act::Involve { .. }
        | Act::AnswerChildSafe { .. }
        | Act::ReplaceMember { .. }
        | Act::ChangeComputer { .. }
        | Act::PauseReview
        | Act::ChangeRoles { .. }
        | Act::DecideDisagreement { .. }
        | Act::MoveAction { .. }
        | Act::ReleaseAction { .. }
        | Act::Reopen { .. }
        | Act::PlaceHold { .. }
        | Act::LiftHold { .. }
        | Act::AnswerChart { .. }
        | Act::StartClock { .. }
        | Act::StopClock { .. }
        | Act::ReleaseComputer { .. }
        | Act::ReleaseCase { .. }
        | Act::PrintExhibit { .. }
        | Act::EndHandOver { .. }) => turns::command(other)?,
    })
}

/// What a capture is to be, and the gate's answers.
pub(crate) fn capture(form: &CaptureForm) -> Result<(ExhibitKind, GateAnswers), Fault> {
    let kinds = [("page", ExhibitKind::Page), ("whole-page", ExhibitKind::WholePage)];
    Ok((choose("kind", &form.kind, &kinds)?, answers(&form.child, form.extreme.as_deref())?))
}

/// A screen or a window.
pub(crate) fn surface(what: &str) -> Result<Surface, Fault> {
    choose("what", what, &[("screen", Surface::Screen), ("window", Surface::Window)])
}

/// The gate's answers.
pub(crate) fn answers(child: &str, extreme: Option<&str>) -> Result<GateAnswers, Fault> {
    let answers = [("yes", GateAnswer::Yes), ("not-sure", GateAnswer::NotSure), ("no", GateAnswer::No)];
    let extreme = match extreme {
        None | Some("") => None,
        Some(answer) => Some(choose("extreme", answer, &answers)?),
    };
    Ok(GateAnswers { child: choose("child", child, &answers)?, extreme })
}

fn action((place, line): (usize, ActionLine)) -> Result<ActionChosen, Fault> {
    let states = [("proposed", ActionState::Proposed), ("in-hand", ActionState::InHand), ("done", ActionState::Done)];
    let state = if line.chosen {
        choose(&format!("lines-{place}-state"), &line.state, &states)?
    } else {
        ActionState::NotChosen
    };
    let due = line.due.trim();
    Ok(ActionChosen {
        action: line.action,
        proposed: false,
        chosen: line.chosen,
        departure: optional(&format!("lines-{place}-departure"), &line.departure)?,
        owner: optional(&format!("lines-{place}-owner"), &line.owner)?.filter(|_| line.chosen),
        due: Some(due.to_owned()).filter(|due| line.chosen && !due.is_empty()),
        state,
        outcome: optional(&format!("lines-{place}-outcome"), &line.outcome)?,
        held: optional(&format!("lines-{place}-held"), &line.held)?.filter(|_| line.chosen),
    })
}

fn choose<T: Copy>(field: &str, given: &str, choices: &[(&str, T)]) -> Result<T, Fault> {
    let found = choices.iter().find(|(id, _)| *id == given).map(|(_, choice)| *choice);
    found.ok_or_else(|| Fault::with("choice-unknown", "field", label(field)).at(field))
}

/// A field's name as words: `reportedTo` is `reported to`.
fn label(field: &str) -> String {
    let mut words = String::new();
    for letter in field.chars() {
        if letter.is_uppercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}
