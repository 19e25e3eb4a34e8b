//! Listens to the browser, on a thread of its own, within bounds.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::BrowserFault;
use crate::clock::now;
use crate::protocol::facts::CaptureRefusal;
use crate::protocol::frame::{FrameFault, read_message};
use crate::protocol::observation::Observation;
use crate::protocol::{CapturedHeader, FromBrowser, Micros, Status, Told};

/// The most observations kept for somebody who does not fetch them.
const MOST_KEPT: usize = 20_000;

/// An observation with both times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// The wall clock of this process when it was received.
    pub received_at: Micros,
    /// The wall clock of the browser when it was seen.
    pub seen_at: Micros,
    /// What was seen.
    pub what: Observation,
}

pub(super) enum Answer {
    Captured(Box<CapturedHeader>, Vec<Vec<u8>>),
    Refused(CaptureRefusal),
}

#[derive(Debug, Default)]
pub(super) struct Ears {
    heard: Mutex<Heard>,
    news: Condvar,
}

#[derive(Default)]
struct Heard {
    log: VecDeque<Observed>,
    /// Number of the log's first entry, counted from the start.
    first: usize,
    drained: usize,
    waited: usize,
    expected: Option<u64>,
    answer: Option<Answer>,
    ended: Option<End>,
}

#[derive(Debug, Clone)]
enum End {
    Silent,
    Crashed(String),
    Garbled,
}

impl std::fmt::Debug for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heard").field("kept", &self.log.len()).field("ended", &self.ended).finish_non_exhaustive()
    }
}

impl Ears {
    pub(super) fn listen(&self, mut pipe: impl Read) {
        loop {
            let message = read_message::<FromBrowser>(&mut pipe);
            let mut heard = self.lock();
            match message {
                Ok((FromBrowser::Status(Status { seen_at, what }), pictures)) => heard.take(seen_at, what, pictures),
                Ok((FromBrowser::Crash { reason }, _)) => heard.ended = Some(End::Crashed(reason.as_str().to_owned())),
                Err(FrameFault::Closed | FrameFault::Broken(_)) => {
                    heard.ended.get_or_insert(End::Silent);
                }
                Err(FrameFault::TooLong | FrameFault::Unreadable) => heard.ended = Some(End::Garbled),
            }
            let over = heard.ended.is_some();
            drop(heard);
            self.news.notify_all();
            if over {
                return;
            }
        }
    }

    pub(super) fn drain(&self) -> Vec<Observed> {
        let mut heard = self.lock();
        let from = heard.drained.saturating_sub(heard.first);
        let news = heard.log.iter().skip(from).cloned().collect();
        heard.drained = heard.first + heard.log.len();
        heard.forget_what_is_done();
        news
    }

    pub(super) fn wait(
        &self,
        at_most: Duration,
        mut fits: impl FnMut(&Observation) -> bool,
    ) -> Result<Observed, BrowserFault> {
        let deadline = Instant::now() + at_most;
        let mut heard = self.lock();
        loop {
            while let Some(seen) = heard.log.get(heard.waited.saturating_sub(heard.first)).cloned() {
                heard.waited = heard.waited.max(heard.first) + 1;
                if fits(&seen.what) {
                    return Ok(seen);
                }
            }
            if let Some(end) = &heard.ended {
                return Err(end.fault());
            }
            heard = self.sleep(heard, deadline).ok_or(BrowserFault::Late(at_most))?;
        }
    }

    pub(super) fn expect(&self, id: u64) {
        let mut heard = self.lock();
        heard.expected = Some(id);
        heard.answer = None;
    }

    pub(super) fn answer(&self, at_most: Duration) -> Result<Answer, BrowserFault> {
        let deadline = Instant::now() + at_most;
        let mut heard = self.lock();
        loop {
            if let Some(answer) = heard.answer.take() {
                heard.expected = None;
                return Ok(answer);
            }
            if let Some(end) = &heard.ended {
                return Err(end.fault());
            }
            match self.sleep(heard, deadline) {
                Some(more) => heard = more,
                None => {
                    self.lock().expected = None;
                    return Err(BrowserFault::Late(at_most));
                }
            }
        }
    }

    pub(super) fn ended(&self) -> Option<BrowserFault> {
        self.lock().ended.as_ref().map(End::fault)
    }

    fn lock(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep<'a>(&self, heard: MutexGuard<'a, Heard>, deadline: Instant) -> Option<MutexGuard<'a, Heard>> {
        let left = deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        Some(self.news.wait_timeout(heard, left).unwrap_or_else(PoisonError::into_inner).0)
    }
}

impl Heard {
    fn take(&mut self, seen_at: Micros, what: Told, pictures: Vec<Vec<u8>>) {
        match what {
            Told::Observed(what) => self.note(seen_at, what),
            Told::Captured(header) if self.expected == Some(header.id) => {
                self.answer = Some(Answer::Captured(header, pictures));
            }
            Told::CaptureRefused { id, why } if self.expected == Some(id) => self.answer = Some(Answer::Refused(why)),
            // An answer that came after its deadline: its pictures end here.
            Told::Captured(_) | Told::CaptureRefused { .. } => {}
        }
    }

    fn note(&mut self, seen_at: Micros, what: Observation) {
        if self.log.len() >= MOST_KEPT
            && let Some(gone) = self.log.pop_front()
        {
            self.first += 1;
            // What nobody fetched is lost, and the log says so in its place.
            if let Some(oldest) = self.log.front_mut() {
                let count = observations_in(&gone.what).saturating_add(observations_in(&oldest.what));
                oldest.what = Observation::NotTold { count };
            }
        }
        self.log.push_back(Observed { received_at: now(), seen_at, what });
    }

    /// Keeps what a wait has yet to look at.
    fn forget_what_is_done(&mut self) {
        let done = self.drained.min(self.waited.max(self.drained.saturating_sub(MOST_KEPT / 2)));
        while self.first < done && self.log.pop_front().is_some() {
            self.first += 1;
        }
    }
}

fn observations_in(what: &Observation) -> u64 {
    if let Observation::NotTold { count } = what { *count } else { 1 }
}

impl End {
    fn fault(&self) -> BrowserFault {
        match self {
            Self::Silent => BrowserFault::Ended,
            Self::Crashed(reason) => BrowserFault::Crashed(reason.clone()),
            Self::Garbled => BrowserFault::Garbled,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::protocol::bounded::Text;
    use crate::protocol::frame::write_message;

    fn wire(messages: &[FromBrowser]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for message in messages {
            write_message(&mut bytes, message, &[]).unwrap();
        }
        bytes
    }

    fn progress(percent: u8) -> FromBrowser {
        FromBrowser::Status(Status { seen_at: 1, what: Told::Observed(Observation::Progress(percent)) })
    }

    #[test]
    fn waits_go_on_where_the_last_one_ended_and_draining_gives_all() {
        let ears = Ears::default();
        ears.listen(wire(&[progress(10), progress(20), progress(10)]).as_slice());
        let tenth = |seen: &Observation| *seen == Observation::Progress(10);
        assert!(ears.wait(Duration::ZERO, tenth).is_ok());
        assert!(ears.wait(Duration::ZERO, tenth).is_ok());
        assert!(matches!(ears.wait(Duration::ZERO, tenth), Err(BrowserFault::Ended)));
        assert_eq!(ears.drain().len(), 3);
        assert_eq!(ears.drain().len(), 0);
    }

    #[test]
    fn each_way_to_end_has_its_own_words() {
        let crash = wire(&[FromBrowser::Crash { reason: Text::new("no display") }]);
        let mut long = u32::MAX.to_be_bytes().to_vec();
        long.push(0);
        for (bytes, expected) in [
            (crash, "the evidence browser stopped: no display"),
            (vec![], "the evidence browser ended; open it again to go on"),
            (wire(&[progress(1)])[..9].to_vec(), "the evidence browser ended; open it again to go on"),
            (long, "the evidence browser sent something unreadable; close it and open it again"),
        ] {
            let ears = Ears::default();
            ears.listen(bytes.as_slice());
            assert_eq!(ears.ended().unwrap().to_string(), expected);
        }
    }

    #[test]
    fn a_flood_is_bounded_and_says_what_was_lost() {
        let mut heard = Heard::default();
        for _ in 0..MOST_KEPT + 5 {
            heard.note(1, Observation::Progress(1));
        }
        assert_eq!(heard.log.len(), MOST_KEPT);
        assert_eq!(heard.log.front().unwrap().what, Observation::NotTold { count: 6 });
    }

    #[test]
    fn an_answer_nobody_waits_for_is_dropped() {
        let mut heard = Heard { expected: Some(2), ..Heard::default() };
        heard.take(1, Told::CaptureRefused { id: 1, why: CaptureRefusal::Covered }, vec![]);
        assert!(heard.answer.is_none());
        heard.take(1, Told::CaptureRefused { id: 2, why: CaptureRefusal::Covered }, vec![]);
        assert!(heard.answer.is_some());
    }
}
