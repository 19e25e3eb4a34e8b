//! What somebody would do next, so that random sequences also reach the far end of the procedure.

use trail_domain::case::Case;
use trail_domain::event::capture::{GateAnswer, GateAnswers, StoppedBy};
use trail_domain::event::course::Decision;
use trail_domain::event::document::{DocumentKind, DocumentMade, SignatureField, Signed};
use trail_domain::event::keeping::DestructionTarget;
use trail_domain::event::release::{CaseRelease, ComputerRelease, ComputerUse, PoliceSaid, Verdict};
use trail_domain::event::report::{GroupMember, HarmTest, PreservedItem, TriageExit};
use trail_domain::event::review::{
    ActionChosen, ActionState, ComputerCheck, Finding, IsolationLine, Referral, Response, SessionEnd, View,
};
use trail_domain::ids::{Hash, PersonId, Seq, SessionId};
use trail_domain::pack::PolicyPack;
use trail_domain::procedure::follow::alerts;
use trail_domain::procedure::outcome::{is_isolated, isolation_required, isolation_steps};
use trail_domain::procedure::{Command, closing, intake};
use trail_domain::time::Moment;
use trail_domain::words::Noted;

use crate::world::{TAG, person, words};

/// The page that is looked at.
pub(crate) const PAGE: &str = "https://board.example/topic/1";

/// One thing to do.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// A command.
    Do(Box<Command>),
    /// Answer the gate for the page.
    Gate(GateAnswers),
    /// Answer the gate for a file that somebody gave.
    GateFile(GateAnswers),
    /// Answer the gate for a window outside the evidence browser.
    GateScreen(GateAnswers),
    /// Ask for leave to draw over the picture kept last.
    Mark,
    /// Keep what the newest permit allows.
    Keep,
    /// Keep another page by the newest permit.
    KeepAnother,
    /// Ask to see the pictures.
    See,
    /// Let the years pass until the case's day of review has come.
    Wait,
    /// Ask for leave to destroy what was asked for last.
    Destroy,
    /// HALT is pressed in another case of the store, or the computer is released after it.
    Elsewhere(bool),
}

impl From<Command> for Act {
    fn from(command: Command) -> Self {
        Self::Do(Box::new(command))
    }
}

/// *No* twice.
pub(crate) const NO_TWICE: GateAnswers = GateAnswers { child: GateAnswer::No, extreme: Some(GateAnswer::No) };

/// What a diligent school would do next, and who does it.
pub(crate) fn forward(case: &Case, pack: &PolicyPack, salt: u8) -> (Act, PersonId) {
    let (first, second) =
        case.reviewers().map_or_else(|| reviewers_for(case), |(first, second)| (first.clone(), second.clone()));
    let by_first = |command: Command| (command.into(), first.clone());
    if case.halt().is_some() {
        return by_first(under_halt(case, pack, salt, &second));
    }
    if case.preserve_finished().is_none() {
        return by_first(if case.preserved().is_empty() && salt.is_multiple_of(2) {
            Command::Preserve(item())
        } else {
            Command::FinishPreserve(Some(words("nothing else was found")))
        });
    }
    if case.is_log_only() {
        // Now and then there is more to it.
        let more = salt.is_multiple_of(4);
        return by_first(if more {
            Command::Reroute(TriageExit::OtherIncidents, words("there is more"))
        } else {
            Command::Note(words("nothing else came up"))
        });
    }
    let Some((_, exit, _)) = case.triage() else {
        if salt >= 240 {
            return by_first(Command::Log(words("a small thing"), crate::turns::logged(pack, salt | 1)));
        }
        let exit = intake::exits(case, pack).first().copied().unwrap_or(TriageExit::IllegalRoute);
        return by_first(Command::Triage(exit, words("as the chart says")));
    };
    if *exit == TriageExit::IllegalRoute && case.release().is_none() {
        return by_first(match (case.isolation(), case.referrals()) {
            (None, _) => Command::Isolate(isolation(case, pack)),
            (Some(_), []) => Command::Refer(referral()),
            (Some(_), [_, ..]) => Command::Retain("2032-11-22".to_owned(), words("six years")),
        });
    }
    if case.report().subject.works_with_children && case.harm_test().is_none() {
        return by_first(Command::AnswerHarmTest(HarmTest::No { reason: words("no child was near") }));
    }
    let Some(group) = case.group() else {
        let head = person(2);
        // Now and then the head is in it at first, and leaves again.
        let second = if salt % 8 == 5 && case.report().subject.enrolled.is_none() { &head } else { &second };
        return by_first(Command::FormGroup(vec![member(&first), member(second)], words("none")));
    };
    if group.members.iter().any(|member| member.person == person(2)) {
        let second = reviewers_for(case).1;
        return by_first(Command::ReplaceMember(person(2), member(&second), words("they sign off")));
    }
    if case.was_halted() && case.computer().is_some() && salt.is_multiple_of(16) {
        // Somebody tries to look again after the release.
        return by_first(open(&first, &second, salt));
    }
    if case.computer().is_none() && !case.was_halted() {
        return by_first(computer(true, true));
    }
    if case.open_session().is_some() {
        return match salt % 4 {
            _ if salt >= 236 => by_first(Command::Halt(StoppedBy::Pressed, Some(PAGE.to_owned()))),
            0 if salt.is_multiple_of(16) => (Act::GateFile(NO_TWICE), first),
            0 if salt % 16 == 8 => (Act::GateScreen(NO_TWICE), first),
            0 if salt % 16 == 4 && !case.exhibits().is_empty() => (Act::Mark, first),
            0 => (Act::Gate(NO_TWICE), first),
            1 | 2 => (Act::Keep, first),
            _ => by_first(Command::EndSession(SessionEnd::Ended)),
        };
    }
    if case.sessions().is_empty() && !case.was_halted() {
        return by_first(open(&first, &second, salt));
    }
    closing_steps(case, pack, salt, &first, &second)
}

fn closing_steps(case: &Case, pack: &PolicyPack, salt: u8, first: &PersonId, second: &PersonId) -> (Act, PersonId) {
    let by_first = |command: Command| (command.into(), first.clone());
    for reviewer in case.judges() {
        if !case.sealed_views().any(|(_, sealed)| sealed == reviewer) {
            let view =
                View { person: reviewer.clone(), substance: !salt.is_multiple_of(8), reasons: words("what I saw") };
            return (Command::SealView(view).into(), reviewer.clone());
        }
    }
    let Some((_, finding, ..)) = case.finding() else {
        let yes = case.opened_views().map_or(0, |views| views.iter().filter(|(_, view)| view.substance).count());
        let finding = match (2 * yes).cmp(&case.judges().len()) {
            std::cmp::Ordering::Less => Finding::NoSubstance,
            std::cmp::Ordering::Equal => Finding::Disagreed,
            std::cmp::Ordering::Greater => Finding::Substance,
        };
        return by_first(Command::Find(finding, words("from both views"), Vec::new()));
    };
    if *finding == Finding::Disagreed && case.substance().is_none() {
        // Now and then a third member is asked for, where there is one.
        let head = person(if case.report().subject.enrolled == Some(person(2)) { 4 } else { 2 });
        let third = (0..5).map(person).find(|who| {
            let subject = case.report().subject.enrolled.as_ref() == Some(who);
            !subject && !case.took_part(who) && [0, 1, 3].map(person).contains(who)
        });
        let decision = match third.filter(|_| salt & 16 == 16) {
            Some(third) => Decision::ThirdMember { member: member(&third) },
            None if salt & 32 == 32 => Decision::Substance,
            None => Decision::NoSubstance,
        };
        return (Command::DecideDisagreement(decision, words("as I see it")).into(), head);
    }
    if case.substance() != Some(false) && case.actions().is_none() {
        // In the template the first row asks for the police, the second does not.
        return by_first(actions(pack, usize::from(salt / 2)));
    }
    if isolation_required(case) && !is_isolated(case) {
        return by_first(Command::Isolate(isolation(case, pack)));
    }
    let edition = case.form().map_or(0, |form| form.made.edition);
    if case.form().is_none_or(|form| form.returned.is_some()) {
        return by_first(Command::MakeDocument(document(DocumentKind::Record, edition + 1)));
    }
    match closing::next_field(case) {
        Some(SignatureField::First) => (sign(case, SignatureField::First, first).into(), first.clone()),
        Some(SignatureField::Second) => (sign(case, SignatureField::Second, second).into(), second.clone()),
        Some(SignatureField::Head | SignatureField::Maker) => {
            // Now and then somebody signs off who may not.
            let wrong = usize::from(salt / 4 % 5);
            let head_may_not = case.report().subject.enrolled == Some(person(2)) || case.took_part(&person(2));
            let right = if head_may_not { 4 } else { 2 };
            let head = person(if salt.is_multiple_of(4) { wrong } else { right });
            (sign(case, SignatureField::Head, &head).into(), head)
        }
        None if case.retained().is_none() => by_first(Command::Retain("2032-11-22".to_owned(), words("six years"))),
        None => destroying(case, salt, first, second),
    }
}

/// What comes after the procedure: waiting, asking, agreeing, deciding.
fn destroying(case: &Case, salt: u8, first: &PersonId, second: &PersonId) -> (Act, PersonId) {
    match case.destructions().last() {
        None if salt & 8 == 0 => (Act::Wait, first.clone()),
        None => (ask_destruction(case, salt), first.clone()),
        Some(request) if request.agreed.is_none() => {
            // Now and then who asked agrees with themselves.
            let by = if salt.is_multiple_of(8) { first } else { second };
            (Command::AgreeDestruction(request.asked.seq).into(), by.clone())
        }
        Some(_) => (Act::Destroy, person(usize::from(salt % 5))),
    }
}

/// Asks for destruction of the case, of its first exhibit, or of an entry that may be anything.
pub(crate) fn ask_destruction(case: &Case, salt: u8) -> Act {
    let first = case.exhibits().first().map(|(stamp, ..)| DestructionTarget::Entry { entry: stamp.seq });
    let target = match salt % 3 {
        0 => DestructionTarget::Case,
        1 => first.unwrap_or(DestructionTarget::Case),
        _ => DestructionTarget::Entry { entry: Seq(u64::from(salt)) },
    };
    Command::AskDestruction(target, words("the day has come")).into()
}

fn under_halt(case: &Case, pack: &PolicyPack, salt: u8, second: &PersonId) -> Command {
    match salt % 8 {
        4 => Command::ReleaseComputer(computer_release(second)),
        5 => Command::ReleaseCase(case_release(case, salt, second)),
        0 => Command::Isolate(isolation(case, pack)),
        1 => Command::Refer(referral()),
        2 => Command::Custody(words("the computer"), words("the headteacher"), words("the office")),
        _ => {
            let made = case.documents().iter().filter(|document| document.made.kind == DocumentKind::Referral).count();
            Command::MakeDocument(document(DocumentKind::Referral, u32::try_from(made).unwrap() + 1))
        }
    }
}

fn police() -> PoliceSaid {
    PoliceSaid {
        force: words("County police"),
        officer: words("PC 4471"),
        reference: words("CP/2026/118"),
        on: "2026-11-22".to_owned(),
        channel: words("A call to the number on their website"),
    }
}

pub(crate) fn computer_release(with: &PersonId) -> ComputerRelease {
    ComputerRelease { said: police(), what: ComputerUse::MayBeUsed, with: with.clone() }
}

/// A release of the case; every other one names the first exhibit as not illegal.
pub(crate) fn case_release(case: &Case, salt: u8, with: &PersonId) -> CaseRelease {
    let verdicts =
        [Verdict::NotIllegal, Verdict::SchoolMayProceed, Verdict::NoFurtherAction, Verdict::DirectedToDispose];
    let named = salt & 32 == 0;
    let verdict = if named { Verdict::NotIllegal } else { verdicts[usize::from(salt >> 6)] };
    let first = case.exhibits().iter().find(|(_, _, exhibit)| !exhibit.files.is_empty());
    let exhibits = first.filter(|_| named).map(|(_, _, exhibit)| exhibit.mark.clone());
    CaseRelease { said: police(), verdict, exhibits: exhibits.into_iter().collect(), with: with.clone() }
}

/// Two senior people who are not the subject.
pub(crate) fn reviewers_for(case: &Case) -> (PersonId, PersonId) {
    let mut free = [0, 1, 3].map(person).into_iter().filter(|who| case.report().subject.enrolled.as_ref() != Some(who));
    (free.next().unwrap(), free.next().unwrap())
}

pub(crate) fn item() -> PreservedItem {
    PreservedItem {
        what: words("A telephone"),
        identity: words("Serial 1"),
        place: words("The safe"),
        custodian: words("Jo Stirling"),
        seal: words("none: no bag was there"),
        at: Moment::from_micros(0),
    }
}

pub(crate) fn member(who: &PersonId) -> GroupMember {
    GroupMember { person: who.clone(), managed_by_subject: false, despite: None, external: None }
}

pub(crate) fn computer(not_for_pupils: bool, can_leave: bool) -> Command {
    Command::ChooseComputer { asset_tag: words(TAG), not_for_pupils, can_leave, filter: words("opened for one day") }
}

pub(crate) fn open(operator: &PersonId, observer: &PersonId, salt: u8) -> Command {
    let unknown = || "not looked for".to_owned();
    let check = ComputerCheck {
        asset_tag: words(TAG),
        reference: Moment::from_micros(0),
        shown: Moment::from_micros(0),
        reference_is: words("the speaking clock"),
        free_bytes: Noted::NotRecorded(unknown()),
        disk_encrypted: Noted::NotRecorded(unknown()),
        remote_control: Noted::NotRecorded(unknown()),
        programs: Noted::NotRecorded(unknown()),
        synced_folder: Noted::NotRecorded(unknown()),
        time_server: Noted::NotRecorded(unknown()),
        halt_key_tried: true,
    };
    let session = SessionId::from_bytes([salt; 16]);
    Command::OpenSession { session, operator: operator.clone(), observer: observer.clone(), check }
}

pub(crate) fn actions(pack: &PolicyPack, row: usize) -> Command {
    let table = pack.sanctions("pupils").unwrap();
    let row = row % table.rows().len();
    let police = table.rows()[row].proposes("police");
    let lines = table.actions().map(|(id, _)| {
        let chosen = table.rows()[row].proposes(id);
        ActionChosen {
            action: id.to_owned(),
            proposed: chosen,
            chosen,
            departure: None,
            owner: chosen.then(|| words("Jo Stirling")),
            due: chosen.then(|| "2026-11-30".to_owned()),
            state: if chosen { ActionState::Proposed } else { ActionState::NotChosen },
            outcome: None,
            held: (chosen && police && alerts(id)).then(|| words("until the police say so")),
        }
    });
    Command::ChooseActions {
        table: "pupils".to_owned(),
        row: Some(row),
        lines: lines.collect(),
        response: Response { internal: true, authority: false, police },
    }
}

pub(crate) fn isolation(case: &Case, pack: &PolicyPack) -> Vec<IsolationLine> {
    let line = |step| IsolationLine { step, done: true, words: words("at once, by Jo Stirling") };
    isolation_steps(case, pack).into_iter().map(line).collect()
}

pub(crate) fn referral() -> Referral {
    Referral {
        to: words("Police"),
        person: words("an officer"),
        reference: words("REF-1"),
        at: Moment::from_micros(0),
        advice: words("leave it as it is"),
    }
}

pub(crate) fn document(kind: DocumentKind, edition: u32) -> DocumentMade {
    DocumentMade {
        kind,
        edition,
        form_edition: edition,
        name: format!("{edition}.pdf"),
        sha256: Hash::of(format!("{kind:?} {edition}").as_bytes()),
        bytes: 1,
        pages: 1,
        head: (Seq(1), Hash::of(b"head")),
        binds: Vec::new(),
    }
}

/// The right signature for the newest form, in this field.
pub(crate) fn sign(case: &Case, field: SignatureField, who: &PersonId) -> Command {
    let (edition, before) = case.form().map_or((1, Hash::of(b"none")), |form| {
        (form.made.edition, form.signatures.last().map_or(form.made.sha256, |(_, earlier)| earlier.sha256))
    });
    Command::Sign(Signed {
        kind: DocumentKind::Record,
        edition,
        form_edition: edition,
        field,
        person: who.clone(),
        before,
        sha256: Hash::of(before.bytes()),
        bytes: 2,
        time: None,
    })
}
