//! The check of the record as the pages tell it. It says what was looked at and what could not be; it gives no number
//! of entries, since some are not for everybody who is signed in.

use std::time::Duration;

use trail_store::{CheckPart, CheckStep, FaultKind, LedgerVerdict};

use super::anchor::Anchor;
pub(crate) use super::watch::Stand;
use super::watch::Watch;
use crate::app::{App, SessionLock, State};
use crate::fault::Fault;
use crate::progress::hundredths;
use crate::show::dates;
use crate::wire::LedgerLine;
use crate::wire::store::{CheckLine, CheckView};

/// How long what leaves the store waits for the check.
const PATIENCE: Duration = Duration::from_secs(2);

impl App {
    /// Begins the check of the whole record behind the work. One that runs is stopped first.
    pub(crate) fn begin_check(&mut self) {
        let began = self.ports.clock.now();
        if let State::Open(desk) = &mut self.state {
            desk.watch = None;
            let watch = match desk.vault.checker() {
                // Boxed: what is moved about leaves no copies of keys on the way.
                Ok(checker) => {
                    let checker = Box::new(checker);
                    Watch::start(began, move |stop, on| checker.run(stop, |step| on(share(&step))))
                }
                Err(error) => Watch::failed(began, error.to_string()),
            };
            if desk.ledger_line.holds {
                // From here on the foot of the page says what the check finds, until something is added.
                desk.ledger_line.text.clear();
            }
            desk.watch = Some(watch);
        }
    }

    /// How the check stands, after a wait of 2 seconds at most. A press of HALT ends it.
    pub(crate) fn wait_for_check(&self) -> Stand {
        let watch = self.desk().ok().and_then(|desk| desk.watch.as_ref());
        watch.map_or(Stand::Running(0), |watch| watch.wait(PATIENCE, || self.brake.is_pressed()))
    }

    /// Checks the whole record anew, and says how it stands.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn check_ledger(&mut self) -> Result<LedgerLine, Fault> {
        self.desk_mut()?;
        self.begin_check();
        self.wait_for_check();
        Ok(self.ledger_line())
    }

    /// How the check of the record stands. It does not begin one.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn check_record(&mut self) -> Result<CheckView, Fault> {
        let line = self.check_line();
        let desk = self.desk()?;
        let began = desk.watch.as_ref().map_or_else(String::new, |watch| dates::exact(watch.began));
        let stand = desk.watch.as_ref().map(Watch::now);
        let because = match &stand {
            Some(Stand::Failed(because)) => because.clone(),
            Some(Stand::Running(_) | Stand::Ended(_)) | None => String::new(),
        };
        let places = [("began", began.as_str()), ("because", because.as_str())];
        let faults = match &stand {
            Some(Stand::Ended(verdict)) => self.faults(verdict),
            Some(Stand::Running(_) | Stand::Failed(_)) | None => Vec::new(),
        };
        Ok(CheckView {
            text: self.phrases.say(&format!("check.{}", line.state), &places),
            state: line.state,
            done: line.done,
            of: line.of,
            facts: self.facts(),
            faults,
            head: None,
            anchor: self.anchor_in_words(),
        })
    }

    /// The check in one line, for every page.
    pub(crate) fn check_line(&self) -> CheckLine {
        let stand = self.desk().ok().and_then(|desk| desk.watch.as_ref()).map(Watch::now);
        let broken = self.desk().is_ok_and(|desk| desk.register.broken_anchor().is_some());
        let (state, done) = match stand {
            None => ("none", 0),
            Some(Stand::Running(done)) => ("running", done),
            Some(Stand::Ended(verdict)) if verdict.holds() && !broken => ("holds", 100),
            Some(Stand::Ended(_)) => ("does-not-hold", 100),
            Some(Stand::Failed(_)) => ("cannot-tell", 0),
        };
        CheckLine { state: state.to_owned(), done, of: 100 }
    }

    /// The foot's line: what does not hold comes before when the record was last added to.
    pub(crate) fn ledger_line(&self) -> LedgerLine {
        let Ok(desk) = self.desk() else { return LedgerLine { text: String::new(), holds: true } };
        let state = self.check_line().state;
        let says = |key: &str, holds| LedgerLine { text: self.phrases.say(key, &[]), holds };
        if desk.register.broken_anchor().is_some() {
            says("ledger-line.anchor-broken", false)
        } else if state == "does-not-hold" {
            says("ledger-line.does-not-hold", false)
        } else if !desk.ledger_line.holds || !desk.ledger_line.text.is_empty() {
            desk.ledger_line.clone()
        } else if state == "holds" {
            says("ledger-line.holds", true)
        } else {
            says("ledger-line.not-checked", true)
        }
    }

    fn facts(&self) -> Vec<String> {
        let mut facts = self.phrases.list("check-fact");
        let says = |key: &str, because: &str| self.phrases.say(key, &[("because", because)]);
        match &self.session_lock {
            SessionLock::Told { sleep_waits } => {
                facts.push(self.phrases.say("session-lock.told", &[]));
                if let Err(because) = sleep_waits {
                    facts.push(says("session-lock.sleep-does-not-wait", because));
                }
            }
            SessionLock::NotTold { because } => facts.push(says("session-lock.not-told", because)),
        }
        if self.desk().is_ok_and(|desk| !desk.vault.needs_device_secret()) {
            facts.push(self.phrases.say("anchor.passphrase-only", &[]));
        }
        facts.push(self.font_pack_line());
        facts
    }

    /// Each kind of fault once, without the entry's number.
    fn faults(&self, verdict: &LedgerVerdict) -> Vec<String> {
        let mut faults: Vec<String> = Vec::new();
        for fault in &verdict.faults {
            let words = self.phrases.say(&format!("record-fault.{}", fault_id(fault.what)), &[]);
            if !faults.contains(&words) {
                faults.push(words);
            }
        }
        faults
    }

    fn anchor_in_words(&self) -> String {
        match self.desk().map(|desk| &desk.anchor) {
            Ok(Anchor::Agrees) => self.phrases.say("anchor.agrees", &[]),
            Ok(Anchor::Broken) => self.phrases.say("anchor.broken", &[]),
            Ok(Anchor::NotKept) | Err(_) => self.phrases.say("anchor.not-kept", &[]),
            Ok(Anchor::NotRead(because)) => self.phrases.say("anchor.not-read", &[("because", because.as_str())]),
        }
    }
}

/// How many hundredths of the whole are done. Each part has its share, by what it takes of the time.
fn share(step: &CheckStep) -> u32 {
    let (from, to) = match step.what {
        CheckPart::Pages => (0, 20),
        CheckPart::Structure => (20, 30),
        CheckPart::Entries => (30, 70),
        CheckPart::Files => (70, 100),
    };
    from + hundredths(step.done, step.of) * (to - from) / 100
}

fn fault_id(what: FaultKind) -> &'static str {
    match what {
        FaultKind::Gap => "gap",
        FaultKind::Unchained => "unchained",
        FaultKind::Altered => "altered",
        FaultKind::UnknownSigner => "unknown-signer",
        FaultKind::BadSignature => "bad-signature",
        FaultKind::BodyMissing => "body-missing",
        FaultKind::BodyAltered => "body-altered",
        FaultKind::BadNote => "bad-note",
        FaultKind::HaltMissing => "halt-missing",
        FaultKind::FileMissing => "file-missing",
        FaultKind::FileAltered => "file-altered",
        FaultKind::FileUnaccounted => "file-unaccounted",
        FaultKind::AccessUnaccounted => "access-unaccounted",
        FaultKind::HaltUnaccounted => "halt-unaccounted",
        FaultKind::BodyUnaccounted => "body-unaccounted",
        FaultKind::ErasureUnaccounted => "erasure-unaccounted",
        FaultKind::BadPages => "bad-pages",
        FaultKind::OtherRules => "other-rules",
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckPart, CheckStep, share};

    #[test]
    fn the_parts_of_a_check_follow_each_other_to_the_whole() {
        let at = |what, done| share(&CheckStep { done, of: 8, what });
        let parts = [CheckPart::Pages, CheckPart::Structure, CheckPart::Entries, CheckPart::Files];
        let shares: Vec<u32> = parts.into_iter().flat_map(|part| [at(part, 0), at(part, 8)]).collect();
        assert_eq!(shares, [0, 20, 20, 30, 30, 70, 70, 100]);
    }
}
