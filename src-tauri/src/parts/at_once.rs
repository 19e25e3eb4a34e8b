//! A question that may never be answered, as to a window system or over a network. Nobody waits for it: HALT comes
//! first, and time runs out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Between two looks at HALT.
const GLANCE: Duration = Duration::from_millis(5);

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// HALT was pressed.
    Stopped,
    /// None came in time.
    TooSlow,
    /// The question could not be asked.
    NotAsked(String),
    /// What asked ended by itself.
    Ended,
}

/// Asks on a thread of its own, and not at all where `stop` is set already. What comes too late, or after HALT, is
/// dropped there and wiped as it is freed. `ask` is given a flag that is set from when nobody waits any more: it looks
/// at that before it does what cannot be taken back.
///
/// # Errors
/// - If `stop` is set before there is an answer.
/// - If there is none within `longest`.
/// - If no thread can be started, or it ends without an answer.
pub(super) fn or_never<T: Send + 'static>(
    stop: &AtomicBool,
    longest: Duration,
    ask: impl FnOnce(&AtomicBool) -> T + Send + 'static,
) -> Result<T, NoAnswer> {
    if stop.load(Ordering::SeqCst) {
        return Err(NoAnswer::Stopped);
    }
    let until = Instant::now() + longest;
    let given_up = Arc::new(AtomicBool::new(false));
    let theirs = Arc::clone(&given_up);
    let (tell, told) = mpsc::sync_channel(1);
    let asked = std::thread::Builder::new().name("asking".to_owned()).spawn(move || {
        // Where nobody waits any more, the answer ends here.
        let _ = tell.send(ask(&theirs));
    });
    asked.map_err(|error| NoAnswer::NotAsked(error.to_string()))?;
    let answer = loop {
        let came = told.recv_timeout(GLANCE);
        if stop.load(Ordering::SeqCst) {
            break Err(NoAnswer::Stopped);
        }
        match came {
            Ok(answer) => break Ok(answer),
            Err(RecvTimeoutError::Timeout) if Instant::now() < until => {}
            Err(RecvTimeoutError::Timeout) => break Err(NoAnswer::TooSlow),
            Err(RecvTimeoutError::Disconnected) => break Err(NoAnswer::Ended),
        }
    };
    given_up.store(answer.is_err(), Ordering::SeqCst);
    answer
}

#[cfg(test)]
mod tests {
    use super::{NoAnswer, or_never};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;
    use std::time::{Duration, Instant};

    const LONG: Duration = Duration::from_secs(5);

    /// A flag that somebody sets after a while.
    fn pressed_after(wait: Duration) -> Arc<AtomicBool> {
        let stop = Arc::new(AtomicBool::new(false));
        let pressed = Arc::clone(&stop);
        std::thread::spawn(move || {
            std::thread::sleep(wait);
            pressed.store(true, Ordering::SeqCst);
        });
        stop
    }

    #[test]
    fn halt_does_not_wait_for_an_answer_and_drops_what_comes_at_that_moment() {
        let stop = pressed_after(Duration::from_millis(50));
        let begun = Instant::now();
        assert_eq!(or_never(&stop, LONG, |_| std::thread::sleep(Duration::from_secs(4))), Err(NoAnswer::Stopped));
        assert!(begun.elapsed() < Duration::from_secs(2));
        let stop = Arc::new(AtomicBool::new(false));
        let pressed = Arc::clone(&stop);
        let answered = move |_: &AtomicBool| pressed.store(true, Ordering::SeqCst);
        assert_eq!(or_never(&stop, LONG, answered), Err(NoAnswer::Stopped), "done, but HALT was pressed");
        assert_eq!(or_never(&AtomicBool::new(false), LONG, |_| 1), Ok(1));
    }

    #[test]
    fn nothing_is_asked_after_halt() {
        let (tell, told) = mpsc::channel();
        let asked = or_never(&AtomicBool::new(true), LONG, move |_| tell.send(()));
        assert_eq!(asked, Err(NoAnswer::Stopped));
        assert_eq!(told.recv_timeout(LONG), Err(mpsc::RecvTimeoutError::Disconnected), "it was asked all the same");
    }

    #[test]
    fn what_asks_is_told_when_nobody_waits_any_more() {
        let never = Arc::new(AtomicBool::new(false));
        let soon = Duration::from_millis(30);
        let each = [(pressed_after(soon), LONG, NoAnswer::Stopped), (never, soon, NoAnswer::TooSlow)];
        for (stop, longest, why) in each {
            let (tell, told) = mpsc::channel();
            let waits = move |given_up: &AtomicBool| {
                while !given_up.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(1));
                }
                let _ = tell.send(());
            };
            assert_eq!(or_never(&stop, longest, waits), Err(why));
            assert!(told.recv_timeout(LONG).is_ok(), "it goes on as if somebody waited");
        }
    }

    #[test]
    fn what_ends_without_an_answer_is_told() {
        let ends = |_: &AtomicBool| -> u8 { std::panic::resume_unwind(Box::new("it ends")) };
        assert_eq!(or_never(&AtomicBool::new(false), LONG, ends), Err(NoAnswer::Ended));
    }
}
