//! What the window system is asked may never be answered. Nobody waits for it: HALT comes first, and time runs out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use trail_app::ports::NoShot;

/// The longest that the window system may take.
const LONGEST: Duration = Duration::from_secs(5);
/// Between two looks at HALT.
const EVERY: Duration = Duration::from_millis(5);

/// Asks on a thread of its own. What comes too late, or after HALT, is dropped there and wiped as it is freed.
///
/// # Errors
/// - If it fails, takes longer than five seconds, or `stop` is set before it is done.
pub(super) fn or_never<T: Send + 'static>(
    stop: &AtomicBool,
    ask: impl FnOnce() -> Result<T, NoShot> + Send + 'static,
) -> Result<T, NoShot> {
    let until = Instant::now() + LONGEST;
    let (tell, told) = mpsc::sync_channel(1);
    let asked = std::thread::Builder::new().name("screens".to_owned()).spawn(move || {
        // Where nobody waits any more, the answer ends here.
        let _ = tell.send(ask());
    });
    asked.map_err(|error| NoShot::Failed(error.to_string()))?;
    loop {
        let came = told.recv_timeout(EVERY);
        if stop.load(Ordering::SeqCst) {
            return Err(NoShot::Stopped);
        }
        match came {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Timeout) if Instant::now() < until => {}
            Err(RecvTimeoutError::Timeout) => {
                return Err(NoShot::Failed("the window system did not answer within 5 seconds".to_owned()));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(NoShot::Failed("the part that takes the picture ended by itself".to_owned()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NoShot, or_never};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::{Duration, Instant};

    #[test]
    fn halt_does_not_wait_for_the_window_system_and_drops_what_comes_at_that_moment() {
        let never = || {
            std::thread::sleep(Duration::from_secs(4));
            Ok(())
        };
        let stop = Arc::new(AtomicBool::new(false));
        let pressed = Arc::clone(&stop);
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            pressed.store(true, Ordering::SeqCst);
        });
        let begun = Instant::now();
        assert_eq!(or_never(&stop, never), Err(NoShot::Stopped));
        assert!(begun.elapsed() < Duration::from_secs(2));
        assert_eq!(or_never(&stop, || Ok(1)), Err(NoShot::Stopped), "done, but HALT was pressed");
        assert_eq!(or_never(&AtomicBool::new(false), || Ok(1)), Ok(1));
    }
}
