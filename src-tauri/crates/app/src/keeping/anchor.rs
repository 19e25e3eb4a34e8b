//! Anchors: where the record ended is kept in this computer's keychain and printed on every form. A record that does
//! not agree with one of them was cut, rewritten, or an old copy was put back; nothing leaves it until two people have
//! looked into that.

use trail_domain::event::Event;
use trail_domain::event::keeping::{AnchorBroken, AnchorPlace};
use trail_domain::ids::{Hash, PersonId, Seq};
use trail_store::StoreError;

use super::check::Stand;
use super::heads::Head;
use crate::app::{App, State};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::reading;
use crate::wire::AppView;
use crate::wire::store::HeadVerdict;

/// How the record stands to the head that this computer's keychain keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// It agrees with it.
    Agrees,
    /// It does not.
    Broken,
    /// None was kept yet.
    NotKept,
    /// There is no keychain, or it does not answer: why.
    NotRead(String),
}

impl App {
    /// Compares the record with the head in the keychain, before anything is added to it. What does not agree is
    /// recorded.
    pub(crate) fn compare_anchor(&mut self, by: &PersonId) -> Result<(), Fault> {
        let anchor = match self.kept_head()? {
            Err(anchor) => anchor,
            Ok(head) => match self.desk()?.vault.compare(head) {
                Ok(_) => Anchor::Agrees,
                Err(StoreError::RolledBack { .. } | StoreError::Rewritten { .. }) => {
                    self.record_broken(AnchorPlace::Keychain, head, by)?;
                    Anchor::Broken
                }
                Err(error) => return Err(error.into()),
            },
        };
        if let State::Open(desk) = &mut self.state {
            desk.anchor = anchor;
        }
        Ok(())
    }

    /// Keeps in the keychain where the record ends now. Not while it does not agree with the head that is there: that
    /// one would be lost.
    pub(crate) fn keep_head(&mut self) {
        let Some(head) = self.head_to_keep().filter(|_| self.ports.keychain.is_there()) else { return };
        let answer = self.heads.keep(self.ports.keychain.as_ref(), head);
        if let (State::Open(desk), Err(error)) = (&mut self.state, answer) {
            desk.anchor = Anchor::NotRead(error.to_string());
        }
    }

    /// The same behind the work: nothing waits for the keychain, HALT least of all. Whoever shows the application calls
    /// it from time to time, so that an entry which is cut off is missed although nobody has locked since.
    pub fn note_head(&self) {
        if let Some(head) = self.head_to_keep() {
            self.heads.keep_behind(&self.ports.keychain, head);
        }
    }

    fn head_to_keep(&self) -> Option<Head> {
        let desk = self.desk().ok().filter(|desk| desk.register.broken_anchor().is_none())?;
        let (seq, hash) = desk.vault.head().ok().flatten()?;
        let kept = [&seq.0.to_be_bytes()[..], &hash.bytes()[..]].concat();
        Some(Head { name: self.head_name(desk), kept })
    }

    /// Under which name the head of a store stands in the keychain. Practice has names of its own.
    fn head_name(&self, desk: &Desk) -> String {
        let practice = if self.practice { "practice/" } else { "" };
        format!("{practice}{}/head", desk.vault.store())
    }

    /// Two people have looked into a record that does not agree with its anchor, and go on.
    ///
    /// # Errors
    /// - If two people are not signed in, no reason is given, or there is nothing to accept.
    /// - If it cannot be written.
    pub fn accept_anchor(&mut self, reason: &str) -> Result<AppView, Fault> {
        let reason = reading::words("reason", reason)?;
        let desk = self.desk_mut()?;
        let [first, second] = &desk.people()[..] else { return Err(Fault::new("two-needed-now")) };
        let (broken, _) = desk.register.broken_anchor().ok_or_else(|| Fault::new("nothing-broken"))?;
        let event = Event::AnchorAccepted { broken, with: second.clone(), reason };
        let by = first.clone();
        self.append_store(&[event], &by)?;
        if let State::Open(desk) = &mut self.state
            && desk.register.broken_anchor().is_none()
        {
            desk.anchor = Anchor::NotKept;
        }
        self.keep_head();
        Ok(self.view())
    }

    /// Compares the record with a head that stands on paper. A slip of the pen must not stop everything: only what is
    /// typed twice the same, and does not agree, is recorded.
    ///
    /// # Errors
    /// - If what was typed is no head, nobody is signed in, or the record cannot be read.
    pub fn check_head(&mut self, seq: &str, hash: &str) -> Result<HeadVerdict, Fault> {
        let head = reading::head("seq", seq, hash)?;
        let desk = self.desk_mut()?;
        let compared = desk.vault.compare(head);
        let again = desk.typed_head.replace(head) == Some(head);
        let by = desk.first()?;
        let key = match compared {
            Ok(_) => "head.holds",
            Err(StoreError::RolledBack { .. } | StoreError::Rewritten { .. }) if again => {
                self.record_broken(AnchorPlace::Paper, head, &by)?;
                "head.broken"
            }
            Err(StoreError::RolledBack { .. } | StoreError::Rewritten { .. }) => "head.type-again",
            Err(error) => return Err(error.into()),
        };
        Ok(HeadVerdict {
            holds: key == "head.holds",
            text: self.phrases.say(&format!("{key}.text"), &[]),
            todo: self.phrases.say(&format!("{key}.todo"), &[]),
        })
    }

    /// Where the record ends: for what is printed. It counts all entries, so it is not shown on a page.
    ///
    /// # Errors
    /// - If nobody is signed in, or it cannot be read.
    pub fn head(&self) -> Result<(Seq, Hash), Fault> {
        self.desk()?.vault.head()?.ok_or_else(|| Fault::new("no-store"))
    }

    /// Refuses what leaves the store, or binds somebody to it, while the record is in doubt or not checked to its end.
    /// A press of HALT ends the wait.
    pub(crate) fn refuse_in_doubt(&self) -> Result<(), Fault> {
        let desk = self.desk()?;
        if desk.register.broken_anchor().is_some() {
            return Err(Fault::new("anchor-broken"));
        }
        match self.wait_for_check() {
            Stand::Ended(verdict) if verdict.holds() => Ok(()),
            Stand::Ended(_) => Err(Fault::new("record-broken")),
            Stand::Running(done) => Err(Fault::with("check-running", "done", done.to_string())),
            Stand::Failed(detail) => Err(Fault::with("check-failed", "detail", detail)),
        }
    }

    /// The head in the keychain, or how it stands without one.
    fn kept_head(&self) -> Result<Result<(Seq, Hash), Anchor>, Fault> {
        if !self.ports.keychain.is_there() {
            return Ok(Err(Anchor::NotRead(self.phrases.say("anchor.no-keychain", &[]))));
        }
        let name = self.head_name(self.desk()?);
        Ok(match self.ports.keychain.read(&name) {
            Err(error) => Err(Anchor::NotRead(error.to_string())),
            Ok(None) => Err(Anchor::NotKept),
            Ok(Some(kept)) => read_head(&kept).ok_or_else(|| Anchor::NotRead(self.phrases.say("anchor.garbled", &[]))),
        })
    }

    /// Records that the record does not agree with a head. Once for each: looking again adds nothing.
    fn record_broken(&mut self, place: AnchorPlace, expected: (Seq, Hash), by: &PersonId) -> Result<(), Fault> {
        let desk = self.desk()?;
        if desk.register.broken_anchor().is_some_and(|(_, known)| known.expected == expected) {
            return Ok(());
        }
        let found = desk.vault.head()?.map_or(Seq(0), |(seq, _)| seq);
        self.append_store(&[Event::AnchorBroken { broken: AnchorBroken { place, expected, found } }], by)
    }
}

fn read_head(kept: &[u8]) -> Option<(Seq, Hash)> {
    let (seq, hash) = kept.split_first_chunk::<8>()?;
    Some((Seq(u64::from_be_bytes(*seq)), Hash::new(hash.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Hash, Seq, read_head};
    use crate::reading;

    #[test]
    fn a_kept_head_reads_back_and_another_length_does_not() {
        let kept = [&7_u64.to_be_bytes()[..], &[9; 32]].concat();
        assert_eq!(read_head(&kept), Some((Seq(7), Hash::new([9; 32]))));
        assert_eq!(read_head(&kept[1..]), None);
        assert_eq!(read_head(&[kept, vec![0]].concat()), None);
    }

    #[test]
    fn a_head_is_typed_as_it_is_printed() {
        let hash = "0A ".repeat(32);
        for entry in [" 1234 ", "1,234"] {
            assert_eq!(reading::head("seq", entry, &hash).unwrap(), (Seq(1234), Hash::new([10; 32])));
        }
        assert_eq!(reading::head("seq", "12", "0a").unwrap_err().code(), "hash-form");
        assert_eq!(reading::head("seq", "twelve", &hash).unwrap_err().code(), "choice-unknown");
    }
}
