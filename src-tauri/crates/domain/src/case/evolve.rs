//! How each event changes a case. Never refuses what is recorded: the ledger is the truth.

use super::{
    Actions, BrokenHistory, Case, Copy, Destruction, Document, DocumentKind, Event, Group, Halt, Recorded, Session,
    SessionId, Stamp,
};

impl Case {
    /// The case that the first entry opens.
    pub(super) fn opened(entry: &Recorded) -> Result<Self, BrokenHistory> {
        let Event::CaseOpened { case, reference, pack, report } = &entry.event else {
            return Err(BrokenHistory::NotOpened);
        };
        Ok(Self {
            id: case.clone(),
            reference: reference.clone(),
            pack: pack.clone(),
            report: report.clone(),
            opened: stamp(entry),
            preserved: Vec::new(),
            preserve_finished: None,
            triage: None,
            harm: None,
            harm_met: None,
            harm_asked_since: stamp(entry),
            group: None,
            computer: None,
            sessions: Vec::new(),
            exhibits: Vec::new(),
            views: Vec::new(),
            finding: None,
            actions: None,
            isolation: None,
            documents: Vec::new(),
            copies: Vec::new(),
            hand_overs: Vec::new(),
            viewed: Vec::new(),
            printed: Vec::new(),
            retained: None,
            rerouted: Vec::new(),
            subjects: Vec::new(),
            child_safe_since: stamp(entry),
            child_safe: Vec::new(),
            involved: Vec::new(),
            logged: None,
            computers_before: Vec::new(),
            decided: None,
            reopened: Vec::new(),
            holds: Vec::new(),
            clocks: Vec::new(),
            chart_answers: Vec::new(),
            halts: Vec::new(),
            computer_released: Vec::new(),
            stopped: Vec::new(),
            referrals: Vec::new(),
            custody: Vec::new(),
            notes: Vec::new(),
            corrections: Vec::new(),
            left_out: None,
            destructions: Vec::new(),
            marks_asked_for: Vec::new(),
            erased: Vec::new(),
            entries: vec![entry.seq],
            last: entry.seq,
        })
    }

    /// Takes one more entry.
    ///
    /// # Errors
    /// - If the entry opens a case again, or belongs to the store.
    pub fn evolve(&mut self, entry: &Recorded) -> Result<(), BrokenHistory> {
        let stamp = stamp(entry);
        match &entry.event {
            Event::CaseOpened { .. }
            | Event::StoreMade { .. }
            | Event::PackKept { .. }
            | Event::PolicyAdopted { .. }
            | Event::PersonEnrolled { .. }
            | Event::ComputerRegistered { .. }
            | Event::PassphraseChanged { .. }
            | Event::PersonRenewed { .. }
            | Event::PersonRemoved { .. }
            | Event::BackedUp { .. }
            | Event::BackupGone { .. }
            | Event::Restored { .. }
            | Event::AnchorBroken { .. }
            | Event::AnchorAccepted { .. }
            | Event::Migrated { .. }
            | Event::SignedIn { .. }
            | Event::SignedOut { .. }
            | Event::WrongPassphrases { .. }
            | Event::ClockSetBack { .. } => return Err(BrokenHistory::Misplaced(entry.seq)),
            Event::ItemPreserved { item } => self.preserved.push((stamp, item.clone())),
            Event::PreserveFinished { nothing_because } => {
                self.preserve_finished = Some((stamp, nothing_because.clone()));
            }
            Event::Triaged { exit, reason } => self.triage = Some((stamp, *exit, reason.clone())),
            Event::HarmTested { test } => self.harm = Some((stamp, test.clone())),
            Event::GroupFormed { members, declared } => {
                let (members, declared) = (members.clone(), declared.clone());
                self.group = Some(Group { members, declared, stamp, replaced: Vec::new(), third: None });
            }
            Event::ComputerChosen { computer, filter } => {
                self.computer = Some((stamp, computer.clone(), filter.clone()));
            }
            Event::SessionOpened { session, operator, observer, check } => self.sessions.push(Session {
                id: session.clone(),
                operator: operator.clone(),
                observer: observer.clone(),
                check: check.clone(),
                opened: stamp,
                ended: None,
                visits: Vec::new(),
                visit_entries: Vec::new(),
                confirmed: Vec::new(),
                faults: Vec::new(),
                pauses: Vec::new(),
                is_paused: false,
                swaps: Vec::new(),
                leaves: Vec::new(),
            }),
            Event::ObserverConfirmed { session } => self.in_session(session, |open| {
                open.confirmed.push(stamp.at);
                open.is_paused = false;
            }),
            Event::Visited { session, visit } => self.in_session(session, |open| {
                open.visits.push(visit.clone());
                open.visit_entries.push(stamp.seq);
            }),
            Event::GateAnswered { .. } => {}
            Event::ExhibitKept { session, exhibit } => {
                self.exhibits.push((stamp, session.clone(), exhibit.as_ref().clone()));
            }
            Event::CaptureFailed { session, because } => {
                self.in_session(session, |open| open.faults.push((stamp.at, because.clone())));
            }
            Event::SessionEnded { session, how } => {
                self.in_session(session, |open| open.ended = Some((stamp, how.clone())));
            }
            Event::ViewSealed { view } => self.views.push((stamp, view.clone())),
            Event::FindingRecorded { finding, reasons, police_grounds } => {
                self.finding = Some((stamp, *finding, reasons.clone(), police_grounds.clone()));
                self.decided = None;
            }
            Event::ActionsChosen { table, row, actions, response } => {
                self.actions = Some(Actions {
                    table: table.clone(),
                    row: *row,
                    lines: actions.clone(),
                    response: *response,
                    stamp,
                    moved: Vec::new(),
                });
            }
            Event::Isolated { lines } => self.isolation = Some((stamp, lines.clone())),
            Event::DocumentMade { document } => self.documents.push(Document {
                made: document.clone(),
                stamp,
                signatures: Vec::new(),
                returned: None,
                superseded: false,
            }),
            Event::DocumentSigned { signed } => {
                let of = |document: &&mut Document| {
                    document.made.kind == signed.kind
                        && document.made.edition == signed.edition
                        && document.made.form_edition == signed.form_edition
                };
                if let Some(document) = self.documents.iter_mut().rev().find(of) {
                    document.signatures.push((stamp, signed.clone()));
                }
            }
            Event::FormReturned { returned } => {
                let of = |document: &&mut Document| {
                    document.made.kind == DocumentKind::Record && document.made.edition == returned.edition
                };
                if let Some(form) = self.documents.iter_mut().rev().find(of) {
                    form.returned = Some((stamp, returned.clone()));
                }
            }
            Event::CopySaved { name, sha256, pictures, place } => self
                .copies
                .push((stamp, Copy { name: name.clone(), sha256: *sha256, pictures: *pictures, place: place.clone() })),
            Event::Retained { review_on, rule } => self.retained = Some((stamp, review_on.clone(), rule.clone())),
            Event::Halted { by, because, address, sealed } => {
                // The first HALT stands until the police release it: nothing recorded meanwhile can move or lift it.
                if self.halt().is_none() {
                    self.halts.push(Halt {
                        stamp,
                        by: by.clone(),
                        because: *because,
                        address: address.clone(),
                        sealed: sealed.clone(),
                        released: None,
                    });
                }
            }
            Event::StoppedAndReferred { address, .. } => self.stopped.push((stamp, address.clone())),
            Event::Referred { referral } => self.referrals.push((stamp, referral.clone())),
            Event::CustodyRecorded { item, custodian, place } => {
                self.custody.push((stamp, item.clone(), custodian.clone(), place.clone()));
            }
            Event::NoteAdded { words } => self.notes.push((stamp, words.clone())),
            Event::Corrected { corrects, words } => self.corrections.push((stamp, *corrects, words.clone())),
            Event::ExhibitsLeftOut { because } => self.left_out = Some((stamp, because.clone())),
            Event::DestructionAsked { target, ground, mark } => {
                self.marks_asked_for.extend(mark.clone());
                self.destructions.push(Destruction {
                    asked: stamp,
                    target: *target,
                    ground: ground.clone(),
                    agreed: None,
                });
            }
            Event::DestructionAgreed { asked } => {
                if let Some(request) = self.destructions.iter_mut().find(|request| request.asked.seq == *asked) {
                    request.agreed = Some(stamp);
                }
            }
            Event::Erased { entry, .. } => self.erased.push((stamp, *entry)),
            Event::Turn(turn) => self.turn(turn, stamp),
        }
        self.entries.push(entry.seq);
        self.last = entry.seq;
        Ok(())
    }

    pub(super) fn in_session(&mut self, id: &SessionId, change: impl FnOnce(&mut Session)) {
        if let Some(session) = self.sessions.iter_mut().find(|session| &session.id == id) {
            change(session);
        }
    }
}

fn stamp(entry: &Recorded) -> Stamp {
    Stamp { seq: entry.seq, at: entry.at, by: entry.by.clone() }
}
