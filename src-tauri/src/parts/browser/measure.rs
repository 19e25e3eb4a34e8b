//! How much a page may put in the record until a reviewer acts again. What lies beyond is counted.

use trail_domain::event::review::VisitKind;
use trail_domain::time::Moment;

/// Entries at once, and how often one more.
pub(super) const MOST: u64 = 200;
const ONE_MORE_EACH_MICROS: i64 = 4_000_000;
/// Bytes of a page's own text, until a reviewer acts again.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// What is left of it.
#[derive(Debug)]
pub(super) struct Measure {
    left: u64,
    bytes: usize,
    since: Moment,
    last: Moment,
    over: u64,
}

impl Default for Measure {
    fn default() -> Self {
        let never = Moment::from_micros(0);
        Self { left: MOST, bytes: MOST_BYTES, since: never, last: never, over: 0 }
    }
}

impl Measure {
    /// Takes what one entry costs. `false` where it is only counted.
    pub(super) fn spend(&mut self, at: Moment, bytes: usize) -> bool {
        let more = (at.micros() - self.since.micros()).max(0) / ONE_MORE_EACH_MICROS;
        if more > 0 {
            self.left = self.left.saturating_add(u64::try_from(more).unwrap_or(0)).min(MOST);
            self.since = at;
        }
        if self.left == 0 || bytes > self.bytes {
            self.leave_out(at, 1);
            return false;
        }
        self.left -= 1;
        self.bytes -= bytes;
        true
    }

    /// Counts what is not recorded one by one.
    pub(super) fn leave_out(&mut self, at: Moment, count: u64) {
        self.last = at;
        self.over = self.over.saturating_add(count);
    }

    /// All of it again. How many things were left out.
    pub(super) fn renew(&mut self) -> u64 {
        self.left = MOST;
        self.bytes = MOST_BYTES;
        std::mem::take(&mut self.over)
    }

    /// When something was last left out.
    pub(super) fn last(&self) -> Moment {
        self.last
    }
}

/// Bytes of text in an entry that a page or a server chose.
pub(super) fn text(what: &VisitKind) -> usize {
    match what {
        VisitKind::Answered { headers, .. } => headers.iter().map(|(name, value)| name.len() + value.len()).sum(),
        VisitKind::Loaded { title, .. } => title.observed().map_or(0, String::len),
        VisitKind::Failed { because } | VisitKind::NotReached { because } | VisitKind::Crashed { because } => {
            because.len()
        }
        VisitKind::Refused { what } => what.len(),
        VisitKind::Asked
        | VisitKind::Followed
        | VisitKind::SentOn { .. }
        | VisitKind::Began { .. }
        | VisitKind::Reached { .. }
        | VisitKind::AwayHeld
        | VisitKind::FormHeld
        | VisitKind::PasswordFormHeld
        | VisitKind::SignInHeld
        | VisitKind::SignInShown
        | VisitKind::FormSent
        | VisitKind::Silent
        | VisitKind::LeftOut { .. }
        | VisitKind::FolderKept { .. }
        | VisitKind::Revealed => 0,
    }
}
