//! The procedure: what may be done, by whom, in which order, and what comes of it.
//!
//! [`decide`] answers a command with the events to record or with a refusal. HALT is looked at before anything
//! else. Pictures are the exception that proves the rule: keeping one takes a [`permit::CapturePermit`], which
//! only [`gate`] makes, and reading one takes a [`permit::ViewPermit`], which only [`halt::permit_view`] makes.

use crate::case::Case;
use crate::event::capture::thing::Thing;
use crate::event::capture::{ExhibitKind, StoppedBy};
use crate::event::course::{ComputerChange, Decision, PausedBy};
use crate::event::document::{DocumentMade, Signed};
use crate::event::handing::{HandOver, HandOverEnd};
use crate::event::keeping::DestructionTarget;
use crate::event::release::{CaseRelease, ComputerRelease};
use crate::event::report::{ChildSafe, GroupMember, HarmTest, Involved, Logged, PreservedItem, Subject, TriageExit};
use crate::event::review::held::Leave;
use crate::event::review::{
    ActionChosen, ActionState, ComputerCheck, Finding, IsolationLine, Referral, Response, SessionEnd, View, Visit,
};
use crate::event::{Event, Turn};
use crate::ids::{ExhibitMark, Hash, PersonId, Seq, SessionId};
use crate::pack::{PolicyPack, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::register::Register;
use crate::time::Moment;
use crate::words::Words;

pub mod charts;
pub mod closing;
pub mod computer;
pub mod continuity;
pub mod disposal;
mod facts;
pub mod floor;
pub mod follow;
pub mod freeze;
pub mod gate;
pub mod group;
pub mod halt;
pub mod handing;
pub mod import;
pub mod intake;
mod keeping;
pub mod leave;
pub mod log;
pub mod marked;
pub mod outcome;
pub mod papers;
pub mod permit;
pub mod policy;
pub mod release;
pub mod review;
pub mod screen;
pub mod stamping;
pub mod support;

/// What the core must be told, since it has no clock and sees nobody.
#[derive(Debug, Clone, Copy)]
pub struct Now<'a> {
    /// The time.
    pub at: Moment,
    /// Who acts.
    pub by: &'a PersonId,
    /// Who is signed in.
    pub signed_in: &'a [PersonId],
    /// Who and what is registered.
    pub register: &'a Register,
}

impl Now<'_> {
    /// Whether this person is signed in.
    #[must_use]
    pub fn is_signed_in(&self, person: &PersonId) -> bool {
        self.signed_in.contains(person)
    }
}

/// Words instead of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsOnly {
    /// The device or item; without one it is an address.
    pub thing: Option<Thing>,
    /// A few words.
    pub title: Words,
    /// The nature of the content, or what was looked at.
    pub nature: Words,
    /// The reason for concern.
    pub concern: Words,
    /// The address, exactly, where there is one.
    pub address: Option<String>,
}

impl WordsOnly {
    /// The kind of exhibit that it makes: never one with a picture.
    #[must_use]
    pub fn kind(&self) -> ExhibitKind {
        self.thing.as_ref().map_or(ExhibitKind::AddressOnly, Thing::kind)
    }
}

/// A command in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Preserve an item.
    Preserve(PreservedItem),
    /// Preserving is complete; with no item, the reason.
    FinishPreserve(Option<Words>),
    /// Choose the way out of triage.
    Triage(TriageExit, Words),
    /// Answer the harm test.
    AnswerHarmTest(HarmTest),
    /// Form the group.
    FormGroup(Vec<GroupMember>, Words),
    /// Choose the designated computer.
    ChooseComputer {
        /// The asset tag read off it.
        asset_tag: Words,
        /// Pupils do not use it.
        not_for_pupils: bool,
        /// It can be taken off site.
        can_leave: bool,
        /// The filter categories opened for it, by whom, until when.
        filter: Words,
    },
    /// Open a session.
    OpenSession {
        /// Its id.
        session: SessionId,
        /// Who produces exhibits.
        operator: PersonId,
        /// Who watches.
        observer: PersonId,
        /// The check.
        check: ComputerCheck,
    },
    /// The observer confirms.
    Confirm,
    /// Record what the browser did.
    Record(Vec<Visit>),
    /// Keep words only.
    KeepWords(WordsOnly),
    /// A capture failed; nothing was kept.
    RecordFault(String),
    /// End the session.
    EndSession(SessionEnd),
    /// Seal one's own view.
    SealView(View),
    /// Record the finding.
    Find(Finding, Words, Vec<String>),
    /// Choose the actions.
    ChooseActions {
        /// `pupils` or `staff`.
        table: String,
        /// Row from 0.
        row: Option<usize>,
        /// Lines.
        lines: Vec<ActionChosen>,
        /// Who else responds.
        response: Response,
    },
    /// Record the isolation checklist.
    Isolate(Vec<IsolationLine>),
    /// Record a document that was made.
    MakeDocument(DocumentMade),
    /// Record a signature.
    Sign(Signed),
    /// The head returns the form.
    ReturnForm(Words),
    /// Record that a copy of a document is saved outside the store: SHA-256 of the file, and where.
    SaveCopy(Hash, Words),
    /// Record that a paper in words, which is not kept, is saved outside the store: its name, SHA-256, and where.
    NoteCopy(String, Hash, Words),
    /// Record that a package is handed over.
    HandOver(Box<HandOver>),
    /// Record what became of a package: its number, how, in words.
    EndHandOver(u32, HandOverEnd, Words),
    /// Record that a picture of the case is given to the window: SHA-256 of it.
    ViewPicture(Hash),
    /// Record a paper copy of an exhibit: who holds it, and where.
    PrintExhibit(ExhibitMark, Words),
    /// Retain: review day and rule.
    Retain(String, Words),
    /// HALT.
    Halt(StoppedBy, Option<String>),
    /// Take a stricter way than before.
    Reroute(TriageExit, Words),
    /// Say who is the person concerned, as it is known now, and what was learned.
    ChangeSubject(Subject, Words),
    /// Add somebody who is involved, and what was learned.
    Involve(Involved, Words),
    /// Answer again whether the child is safe now, and what was learned.
    AnswerChildSafe(ChildSafe, Words),
    /// Only log the incident: why, and what was done.
    Log(Words, Logged),
    /// Replace a member of the group: who leaves, who comes, why.
    ReplaceMember(PersonId, GroupMember, Words),
    /// Change the designated computer.
    ChangeComputer {
        /// The asset tag read off the new one.
        asset_tag: Words,
        /// The filter categories opened for it, by whom, until when.
        filter: Words,
        /// Why.
        reason: Words,
        /// Who has the one before.
        custodian: Words,
        /// Where that is.
        place: Words,
        /// The second person.
        with: PersonId,
    },
    /// Pause the review.
    Pause(PausedBy),
    /// Operator and observer change places.
    ChangeRoles,
    /// Let something through that the evidence browser held back.
    LetThrough(Box<Leave>),
    /// Sign-off decides a disagreement.
    DecideDisagreement(Decision, Words),
    /// An action went on: how far, and what came of it.
    MoveAction(String, ActionState, Words),
    /// A held action may go ahead: who said so.
    ReleaseAction(String, Words),
    /// Reopen a retained case.
    Reopen(Words, PersonId),
    /// Place a legal hold.
    PlaceHold(Words),
    /// Lift the hold that the entry at this position placed.
    LiftHold(Seq, Words, PersonId),
    /// Answer a question of a chart that the record does not answer.
    AnswerChart {
        /// The chart, by the pack's id.
        chart: String,
        /// The box that asks.
        question: String,
        /// The box that the answer leads to.
        answer: String,
        /// What the answer rests on.
        words: Words,
    },
    /// Start a clock of the pack.
    StartClock(String, Words),
    /// What a clock asks for was done.
    StopClock(String, Words),
    /// Record that the police released the computer.
    ReleaseComputer(ComputerRelease),
    /// Record that the police released the halted case.
    ReleaseCase(CaseRelease),
    /// Record a referral.
    Refer(Referral),
    /// Record custody: item, custodian, place.
    Custody(Words, Words, Words),
    /// Add words.
    Note(Words),
    /// Correct an earlier entry.
    Correct(Seq, Words),
    /// Ask for destruction on a ground.
    AskDestruction(DestructionTarget, Words),
    /// Agree to what the entry at this position asked for.
    AgreeDestruction(Seq),
}

/// Answers a command.
///
/// # Errors
/// - If the procedure, HALT or the floor refuses it; the refusal says why, by which clause, and what opens it.
pub fn decide(case: &Case, pack: &PolicyPack, command: Command, now: &Now<'_>) -> Result<Vec<Event>, Refusal> {
    halt::look_first(case, &command)?;
    freeze::look(case, &command, now.register)?;
    // Nothing stands between a signed-in person and HALT, not even who sits beside them.
    let anybody = matches!(command, Command::Halt(..));
    if anybody {
        signed_in(now)?
    } else {
        admitted(case, now)?
    }
    match command {
        Command::Preserve(item) => intake::preserve(case, item),
        Command::FinishPreserve(reason) => intake::finish_preserve(case, reason),
        Command::Triage(exit, reason) => intake::triage(case, pack, exit, reason),
        Command::AnswerHarmTest(test) => intake::answer_harm_test(case, test),
        Command::FormGroup(members, declared) => group::form(case, members, declared, now),
        Command::ChooseComputer { asset_tag, not_for_pupils, can_leave, filter } => {
            intake::choose_computer(case, &asset_tag, not_for_pupils, can_leave, filter, now)
        }
        Command::OpenSession { session, operator, observer, check } => {
            review::open_session(case, session, operator, observer, check, now)
        }
        Command::Confirm => review::confirm(case, now),
        Command::Record(visits) => review::record(case, visits),
        Command::KeepWords(words) => review::keep_words(case, words, now),
        Command::RecordFault(because) => review::record_fault(case, because),
        Command::EndSession(how) => review::end_session(case, how),
        Command::SealView(view) => outcome::seal_view(case, view, now),
        Command::Find(finding, reasons, grounds) => outcome::find(case, pack, finding, reasons, grounds, now),
        Command::ChooseActions { table, row, lines, response } => {
            outcome::choose_actions(case, pack, table, row, lines, response)
        }
        Command::Isolate(lines) => outcome::isolate(case, pack, lines),
        Command::MakeDocument(made) => closing::make_document(case, made, now),
        Command::Sign(signed) => closing::sign(case, signed, now),
        Command::ReturnForm(reasons) => closing::return_form(case, reasons, now),
        Command::SaveCopy(sha256, place) => closing::save_copy(case, sha256, place),
        Command::NoteCopy(name, sha256, place) => closing::note_copy(name, sha256, place),
        Command::HandOver(given) => handing::hand_over(case, *given),
        Command::EndHandOver(number, how, words) => handing::end(case, number, how, words),
        Command::ViewPicture(sha256) => continuity::view(case, sha256, now),
        Command::PrintExhibit(mark, holder) => continuity::print(case, mark, holder),
        Command::Retain(day, rule) => closing::retain(case, day, rule, now),
        Command::Halt(because, address) => halt::halt(case, because, address, now),
        Command::Reroute(exit, reason) => facts::reroute(case, exit, reason),
        Command::ChangeSubject(subject, reason) => facts::change_subject(case, pack, subject, reason, now),
        Command::Involve(involved, reason) => facts::involve(case, pack, involved, reason),
        Command::AnswerChildSafe(answer, reason) => facts::child_safe(case, pack, answer, reason),
        Command::Log(reason, logged) => log::log(case, pack, reason, logged, now),
        Command::ReplaceMember(left, member, reason) => group::replace(case, left, member, reason, now),
        Command::ChangeComputer { asset_tag, filter, reason, custodian, place, with } => {
            let second = with.clone();
            let change = |computer| ComputerChange { computer, filter, reason, custodian, place, with };
            keeping::change_computer(case, &asset_tag, change, &second, now)
        }
        Command::Pause(because) => review::pause(case, because),
        Command::ChangeRoles => review::change_roles(case, now),
        Command::LetThrough(given) => leave::let_through(case, *given, now),
        Command::DecideDisagreement(decision, reasons) => group::decide(case, decision, reasons, now),
        Command::MoveAction(action, state, outcome) => follow::go_on(case, action, state, outcome),
        Command::ReleaseAction(action, said) => follow::release(case, action, said),
        Command::Reopen(reason, with) => keeping::reopen(case, reason, with, now),
        Command::PlaceHold(reason) => Ok(vec![Event::Turn(Turn::HoldPlaced { reason })]),
        Command::LiftHold(hold, reason, with) => keeping::lift_hold(case, hold, reason, with, now),
        Command::AnswerChart { chart, question, answer, words } => {
            charts::answer(case, pack, chart, question, answer, words)
        }
        Command::StartClock(clock, words) => keeping::start_clock(pack, clock, words),
        Command::StopClock(clock, words) => keeping::stop_clock(case, clock, words),
        Command::ReleaseComputer(release) => release::computer(case, release, now),
        Command::ReleaseCase(release) => release::case(case, release, now),
        Command::Refer(referral) => Ok(vec![Event::Referred { referral }]),
        Command::Custody(item, custodian, place) => Ok(vec![Event::CustodyRecorded { item, custodian, place }]),
        Command::Note(words) => Ok(vec![Event::NoteAdded { words }]),
        Command::Correct(corrects, words) => closing::correct(case, corrects, words),
        Command::AskDestruction(target, ground) => disposal::ask(case, target, ground, now),
        Command::AgreeDestruction(asked) => disposal::agree(case, asked, now),
    }
}

/// Who acts is signed in.
fn signed_in(now: &Now<'_>) -> Result<(), Refusal> {
    if now.is_signed_in(now.by) { Ok(()) } else { Err(Refusal::new(RefusalCode::NotSignedIn, Stage::Group)) }
}

/// Who acts is signed in, and no subject of the case is.
fn admitted(case: &Case, now: &Now<'_>) -> Result<(), Refusal> {
    signed_in(now)?;
    match &case.report().subject.enrolled {
        Some(subject) if now.is_signed_in(subject) => Err(Refusal::new(RefusalCode::SubjectExcluded, Stage::Group)),
        Some(_) | None => Ok(()),
    }
}
