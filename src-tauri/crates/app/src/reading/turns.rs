//! Acts that change a case in its course, parsed into commands.

use trail_domain::event::course::{Decision, PausedBy};
use trail_domain::event::handing::HandOverEnd;
use trail_domain::event::release::{CaseRelease, ComputerRelease, ComputerUse, PoliceSaid, Verdict};
use trail_domain::event::report::{GroupMember, Involved, Logged, ParentsTold, Role, Subject, SubjectKind, TriageExit};
use trail_domain::event::review::ActionState;
use trail_domain::ids::ExhibitMark;
use trail_domain::procedure::Command;

use super::{child_safe, choose, label, optional, person_id, seq, words};
use crate::fault::Fault;
use crate::wire::act::Act;
use crate::wire::forms::PoliceForm;

/// A change as a command. Other acts are parsed where they belong.
pub(super) fn command(act: Act) -> Result<Command, Fault> {
    Ok(match act {
        Act::LogOnly { reason, table, row, actions, words: said, parents_told, parents } => {
            let parents = words("parents", &parents)?;
            let parents =
                if parents_told { ParentsTold::Yes { how: parents } } else { ParentsTold::No { because: parents } };
            let row = row.map(|row| usize::try_from(row).unwrap_or(usize::MAX));
            let logged = Logged { table, row, actions, words: words("words", &said)?, parents };
            Command::Log(words("reason", &reason)?, logged)
        }
        Act::Reroute { exit, reason } => {
            let exits = [
                ("log-only", TriageExit::LogOnly),
                ("other-incidents", TriageExit::OtherIncidents),
                ("illegal-route", TriageExit::IllegalRoute),
            ];
            Command::Reroute(choose("exit", &exit, &exits)?, words("reason", &reason)?)
        }
        Act::ChangeSubject { name, kind, enrolled, works_with_children, reason } => {
            let kinds = [("pupil", SubjectKind::Pupil), ("staff", SubjectKind::Staff), ("other", SubjectKind::Other)];
            let enrolled = match enrolled.as_deref() {
                None | Some("") => None,
                Some(id) => Some(person_id("enrolled", id)?),
            };
            let (name, kind) = (words("name", &name)?, choose("kind", &kind, &kinds)?);
            Command::ChangeSubject(Subject { name, kind, enrolled, works_with_children }, words("reason", &reason)?)
        }
        Act::Involve { name, role, reason } => {
            let roles =
                [("child-at-risk", Role::ChildAtRisk), ("witness", Role::Witness), ("reporter", Role::Reporter)];
            let involved = Involved { name: words("name", &name)?, role: choose("role", &role, &roles)? };
            Command::Involve(involved, words("reason", &reason)?)
        }
        Act::AnswerChildSafe { child_safe: answer, words: said } => {
            let reason =
                optional("childSafeWords", &said)?.map_or_else(|| words("words", "No child is involved"), Ok)?;
            Command::AnswerChildSafe(child_safe(&answer, &said)?, reason)
        }
        Act::ReplaceMember { left, came, external, managed, despite, reason } => {
            let member = GroupMember {
                person: person_id("came", &came)?,
                managed_by_subject: managed,
                despite: optional("despite", &despite)?,
                external: optional("external", &external)?,
            };
            Command::ReplaceMember(person_id("left", &left)?, member, words("reason", &reason)?)
        }
        Act::ChangeComputer { asset_tag, filter, reason, custodian, place, with } => Command::ChangeComputer {
            asset_tag: words("assetTag", &asset_tag)?,
            filter: words("filter", &filter)?,
            reason: words("reason", &reason)?,
            custodian: words("custodian", &custodian)?,
            place: words("place", &place)?,
            with: person_id("with", &with)?,
        },
        Act::PauseReview => Command::Pause(PausedBy::Asked),
        Act::ChangeRoles { .. } => Command::ChangeRoles,
        Act::DecideDisagreement { decision, member, reasons } => {
            let decision = match decision.as_str() {
                "substance" => Decision::Substance,
                "no-substance" => Decision::NoSubstance,
                "third-member" => Decision::ThirdMember {
                    member: GroupMember {
                        person: person_id("member", member.as_deref().unwrap_or_default())?,
                        managed_by_subject: false,
                        despite: None,
                        external: None,
                    },
                },
                _ => return Err(Fault::with("choice-unknown", "field", label("decision")).at("decision")),
            };
            Command::DecideDisagreement(decision, words("reasons", &reasons)?)
        }
        Act::MoveAction { action, state, outcome } => {
            let states =
                [("proposed", ActionState::Proposed), ("in-hand", ActionState::InHand), ("done", ActionState::Done)];
            Command::MoveAction(action, choose("state", &state, &states)?, words("outcome", &outcome)?)
        }
        Act::ReleaseAction { action, said } => Command::ReleaseAction(action, words("said", &said)?),
        Act::Reopen { reason, with } => Command::Reopen(words("reason", &reason)?, person_id("with", &with)?),
        Act::PlaceHold { reason } => Command::PlaceHold(words("reason", &reason)?),
        Act::LiftHold { hold, reason, with } => {
            Command::LiftHold(seq("hold", &hold)?, words("reason", &reason)?, person_id("with", &with)?)
        }
        Act::AnswerChart { chart, question, answer, words: said } => {
            Command::AnswerChart { chart, question, answer, words: words("words", &said)? }
        }
        Act::StartClock { clock, words: said } => Command::StartClock(clock, words("words", &said)?),
        Act::StopClock { clock, words: said } => Command::StopClock(clock, words("words", &said)?),
        Act::ReleaseComputer { what, said, with } => {
            let whats = [("may-be-used", ComputerUse::MayBeUsed), ("taken", ComputerUse::Taken)];
            let what = choose("what", &what, &whats)?;
            Command::ReleaseComputer(ComputerRelease { said: police(&said)?, what, with: person_id("with", &with)? })
        }
        Act::ReleaseCase { verdict, exhibits, said, with } => Command::ReleaseCase(CaseRelease {
            said: police(&said)?,
            verdict: verdict_of(&verdict)?,
            exhibits: exhibits.iter().map(|text| mark("exhibits", text)).collect::<Result<_, _>>()?,
            with: person_id("with", &with)?,
        }),
        Act::PrintExhibit { mark, holder } => {
            Command::PrintExhibit(super::exhibit_mark(&mark)?, words("copyHolder", &holder)?)
        }
        Act::EndHandOver { number, how, words: said } => {
            let ends = [("returned", HandOverEnd::Returned), ("wiped", HandOverEnd::Wiped)];
            Command::EndHandOver(number, choose("how", &how, &ends)?, words("words", &said)?)
        }
        Act::Preserve { .. }
        | Act::FinishPreserve { .. }
        | Act::Triage { .. }
        | Act::HarmTest { .. }
        | Act::FormGroup { .. }
        | Act::ChooseComputer { .. }
        | Act::Find { .. }
        | Act::ChooseActions { .. }
        | Act::Isolate { .. }
        | Act::Retain { .. }
        | Act::Refer { .. }
        | Act::Custody { .. }
        | Act::Note { .. }
        | Act::Correct { .. }
        | Act::AskDestruction { .. }
        | Act::AgreeDestruction { .. } => {
            return Err(Fault::with("internal", "detail", "the act is no change of the case"));
        }
    })
}

fn police(form: &PoliceForm) -> Result<PoliceSaid, Fault> {
    Ok(PoliceSaid {
        force: words("force", &form.force)?,
        officer: words("officer", &form.officer)?,
        reference: words("reference", &form.reference)?,
        on: words("on", &form.on)?.to_string(),
        channel: words("channel", &form.channel)?,
    })
}

fn verdict_of(text: &str) -> Result<Verdict, Fault> {
    let verdicts = [
        ("not-illegal", Verdict::NotIllegal),
        ("school-may-proceed", Verdict::SchoolMayProceed),
        ("no-further-action", Verdict::NoFurtherAction),
        ("directed-to-dispose", Verdict::DirectedToDispose),
    ];
    choose("verdict", text, &verdicts)
}

fn mark(field: &str, text: &str) -> Result<ExhibitMark, Fault> {
    let wrong = |_| Fault::with("choice-unknown", "field", label(field)).at(field);
    ExhibitMark::try_from(text.trim().to_uppercase()).map_err(wrong)
}
