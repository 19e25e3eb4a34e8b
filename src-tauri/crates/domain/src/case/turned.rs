//! How each turn changes a case.

use super::{Case, ChartAnswer, ClockTold, DocumentKind, HandedOver, Hold, Printed, Stamp, Viewed};
use crate::event::course::Decision;
use crate::event::report::{GroupMember, HarmTest, Subject, TriageExit};
use crate::event::{Event, Turn};
use crate::ids::PersonId;
use crate::words::Words;

impl Case {
    /// The case as it would be with this turn: for asking what would follow. Nothing is recorded.
    pub(crate) fn imagine(&mut self, event: &Event) {
        let stamp = Stamp { seq: self.last, ..self.opened.clone() };
        if let Event::Turn(turn) = event {
            self.turn(turn, stamp);
        }
    }

    pub(super) fn turn(&mut self, turn: &Turn, stamp: Stamp) {
        match turn {
            Turn::ComputerReleased { release } => self.computer_released.push((stamp, release.clone())),
            Turn::CaseReleased { release } => {
                if let Some(halt) = self.halts.last_mut().filter(|halt| halt.released.is_none()) {
                    halt.released = Some((stamp, release.clone()));
                    self.back_to_judgement();
                }
            }
            Turn::Rerouted { exit, reason } => self.reroute(stamp, *exit, reason),
            Turn::SubjectChanged { subject, reason } => {
                let before = std::mem::replace(&mut self.report.subject, subject.clone());
                self.ask_of(&before, &stamp);
                self.subjects.push((stamp, before, reason.clone()));
            }
            Turn::InvolvedAdded { involved, reason } => {
                self.report.others.push(involved.clone());
                self.involved.push((stamp, involved.clone(), reason.clone()));
            }
            Turn::ChildSafetyAnswered { child_safe, reason } => {
                self.report.child_safe = child_safe.clone();
                self.child_safe_since = stamp.clone();
                self.child_safe.push((stamp, child_safe.clone(), reason.clone()));
            }
            Turn::Logged { logged } => self.logged = Some((stamp, logged.clone())),
            Turn::MemberReplaced { left, member, reason } => self.replace(stamp, left, member, reason),
            Turn::ComputerChanged { change } => {
                let after = (stamp.clone(), change.computer.clone(), change.filter.clone());
                if let Some((_, before, _)) = self.computer.replace(after) {
                    let custody = (change.custodian.clone(), change.place.clone());
                    self.custody.push((stamp.clone(), before.name.clone(), custody.0, custody.1));
                    self.computers_before.push((stamp, before, change.clone()));
                }
            }
            Turn::ReviewPaused { session, because } => self.in_session(session, |open| {
                open.pauses.push((stamp, *because));
                open.is_paused = true;
            }),
            Turn::RolesChanged { session, operator, observer } => self.in_session(session, |open| {
                open.swaps.push(stamp);
                open.operator = operator.clone();
                open.observer = observer.clone();
            }),
            Turn::LetThrough { session, given } => {
                self.in_session(session, |open| open.leaves.push((stamp, given.as_ref().clone())));
            }
            Turn::DisagreementDecided { decision, reasons } => self.decide(stamp, decision, reasons),
            Turn::ActionMoved { action, state, outcome } => {
                let Some(actions) = &mut self.actions else { return };
                for line in actions.lines.iter_mut().filter(|line| line.action == *action) {
                    line.state = *state;
                    line.outcome = Some(outcome.clone());
                }
                actions.moved.push((stamp, action.clone(), outcome.clone()));
            }
            Turn::ActionReleased { action, said } => {
                let Some(actions) = &mut self.actions else { return };
                for line in actions.lines.iter_mut().filter(|line| line.action == *action) {
                    line.held = None;
                }
                actions.moved.push((stamp, action.clone(), said.clone()));
            }
            Turn::Reopened { reason, with } => {
                self.reopened.push((stamp, with.clone(), reason.clone()));
                self.back_to_judgement();
            }
            Turn::HoldPlaced { reason } => {
                self.holds.push(Hold { placed: stamp, reason: reason.clone(), lifted: None });
            }
            Turn::HoldLifted { hold, reason, with } => {
                if let Some(placed) = self.holds.iter_mut().find(|placed| placed.placed.seq == *hold) {
                    placed.lifted = Some((stamp, reason.clone(), with.clone()));
                }
            }
            Turn::ChartAnswered { chart, question, answer, words, harm_test_met } => {
                if *harm_test_met {
                    self.meet_the_harm_test(&stamp);
                }
                self.chart_answers.push(ChartAnswer {
                    stamp,
                    chart: chart.clone(),
                    question: question.clone(),
                    answer: answer.clone(),
                    words: words.clone(),
                });
            }
            Turn::ClockStarted { clock, words } => {
                let (clock, words) = (clock.clone(), words.clone());
                self.clocks.push(ClockTold { clock, started: stamp, words, stopped: None });
            }
            Turn::HandedOver { hand_over } => {
                let given = hand_over.as_ref().clone();
                self.hand_overs.push(HandedOver { stamp, given, ended: Vec::new() });
            }
            Turn::HandOverEnded { number, how, words } => {
                if let Some(known) = self.hand_overs.iter_mut().find(|known| known.given.number == *number) {
                    known.ended.push((stamp, *how, words.clone()));
                }
            }
            // Entries of the store, not of a case.
            Turn::TimeAuthoritiesSet { .. }
            | Turn::PaperSaved { .. }
            | Turn::TimeServerSet { .. }
            | Turn::SupportSet { .. } => {}
            Turn::ExhibitViewed { mark, sha256, here } => {
                self.viewed.push(Viewed { stamp, mark: mark.clone(), sha256: *sha256, here: here.clone() });
            }
            Turn::ExhibitPrinted { mark, copy, holder } => {
                self.printed.push(Printed { stamp, mark: mark.clone(), copy: *copy, holder: holder.clone() });
            }
            Turn::ClockStopped { clock, words } => {
                let mut told = self.clocks.iter_mut().rev();
                if let Some(told) = told.find(|told| told.clock == *clock && told.stopped.is_none()) {
                    told.stopped = Some((stamp, words.clone()));
                }
            }
        }
    }

    /// What was answered of somebody else does not count. Of the same person, of whom more is known now, it counts unless
    /// it was that the test is not met.
    fn ask_of(&mut self, before: &Subject, stamp: &Stamp) {
        let is_other = !self.report.subject.is_same_person(before);
        if is_other {
            self.harm_met = None;
        }
        let fell = self.harm.take_if(|(_, test)| is_other || matches!(test, HarmTest::No { .. }));
        let is_new = self.harm_test_open() && !before.works_with_children && self.harm_met.is_none();
        if is_other || fell.is_some() || is_new {
            self.harm_asked_since = stamp.clone();
        }
    }

    /// A criterion holds: that the test is not met is no answer any more, and the LADO has to be asked from now on. What
    /// the LADO advised already stays.
    fn meet_the_harm_test(&mut self, stamp: &Stamp) {
        let was_asked = self.harm_test_open();
        self.harm_met.get_or_insert_with(|| stamp.clone());
        self.harm.take_if(|(_, test)| matches!(test, HarmTest::No { .. }));
        if !was_asked && self.harm.is_none() {
            self.harm_asked_since = stamp.clone();
        }
    }

    fn reroute(&mut self, stamp: Stamp, exit: TriageExit, reason: &Words) {
        let before = self.triage.replace((stamp.clone(), exit, reason.clone()));
        if before.is_some_and(|(_, before, _)| before == TriageExit::LogOnly) {
            // What was logged and closed goes on.
            self.retained = None;
        }
        self.rerouted.push((stamp, exit, reason.clone()));
    }

    fn replace(&mut self, stamp: Stamp, left: &PersonId, member: &GroupMember, reason: &Words) {
        let Some(group) = &mut self.group else { return };
        for place in group.members.iter_mut().filter(|place| place.person == *left) {
            *place = member.clone();
        }
        if group.third.as_ref() == Some(left) {
            group.third = Some(member.person.clone());
        }
        group.replaced.push((stamp, left.clone(), member.person.clone(), reason.clone()));
    }

    fn decide(&mut self, stamp: Stamp, decision: &Decision, reasons: &Words) {
        if let (Decision::ThirdMember { member }, Some(group)) = (decision, &mut self.group) {
            group.third = Some(member.person.clone());
            group.members.push(member.clone());
            self.finding = None;
        }
        self.decided = Some((stamp, decision.clone(), reasons.clone()));
    }

    /// What was judged and what followed is judged anew; it stays in the ledger, and in the edition that printed it.
    fn back_to_judgement(&mut self) {
        self.views.clear();
        self.finding = None;
        self.decided = None;
        self.actions = None;
        self.retained = None;
        for document in &mut self.documents {
            document.superseded |= document.made.kind != DocumentKind::Referral;
        }
    }
}
