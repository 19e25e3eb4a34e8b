//! The procedure: what may be done, by whom, in which order, and what comes of it.
//!
//! [`decide`] answers a command with the events to record or with a refusal. HALT is looked at before anything
//! else. Pictures are the exception that proves the rule: keeping one takes a [`permit::CapturePermit`], which
//! only [`gate`] makes, and reading one takes a [`permit::ViewPermit`], which only [`halt::permit_view`] makes.

use crate::case::Case;
use crate::event::Event;
use crate::event::capture::{ExhibitKind, StoppedBy};
use crate::event::document::{DocumentMade, Signed};
use crate::event::keeping::DestructionTarget;
use crate::event::report::{GroupMember, HarmTest, PreservedItem, TriageExit};
use crate::event::review::{
    ActionChosen, ComputerCheck, Finding, IsolationLine, Referral, Response, SessionEnd, View, Visit,
};
use crate::ids::{Hash, PersonId, Seq, SessionId};
use crate::pack::{PolicyPack, Stage};
use crate::refusal::{Refusal, RefusalCode};
use crate::register::Register;
use crate::time::Moment;
use crate::words::Words;

pub mod closing;
pub mod disposal;
pub mod floor;
pub mod gate;
pub mod halt;
pub mod intake;
pub mod outcome;
pub mod permit;
pub mod review;

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
    /// `AddressOnly`, `Device` or `PhysicalItem`.
    pub kind: ExhibitKind,
    /// A few words.
    pub title: Words,
    /// The nature of the content, or what was looked at.
    pub nature: Words,
    /// The reason for concern.
    pub concern: Words,
    /// The address, exactly, where there is one.
    pub address: Option<String>,
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
    /// Retain: review day and rule.
    Retain(String, Words),
    /// HALT.
    Halt(StoppedBy, Option<String>),
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
        Command::FormGroup(members, declared) => intake::form_group(case, members, declared, now),
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
        Command::Retain(day, rule) => closing::retain(case, day, rule, now),
        Command::Halt(because, address) => halt::halt(case, because, address, now),
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
