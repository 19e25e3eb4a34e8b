//! The application's side: starts the evidence browser, listens, asks for pictures, and kills it.
//!
//! A browser that is dead, hangs, or talks rubbish is an *answer* here: every call returns, within
//! its deadline, with a [`BrowserFault`] that says so.

mod ears;
mod group;
mod launch;

use std::io::Write;
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

pub use ears::Observed;
pub use group::Group;
pub use launch::{Launch, Profile};

use crate::protocol::facts::{CaptureRefusal, PageFacts, PictureFacts};
use crate::protocol::frame::write_message;
use crate::protocol::observation::{Engine, Observation};
use crate::protocol::{CaptureKind, CaptureRequest, Navigate, ToBrowser};
use ears::{Answer, Ears};

/// How many orders may wait for a browser that does not read.
const MOST_ORDERS: usize = 64;
/// How long a start may take.
const START: Duration = Duration::from_secs(30);
/// How long the end of a killed process is waited for. The kernel needs a few milliseconds.
const END: Duration = Duration::from_secs(5);

/// Why the evidence browser did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum BrowserFault {
    /// The process could not be started.
    #[error("the evidence browser could not be started ({0}); install Evidence Trail again")]
    NotStarted(std::io::Error),
    /// It said itself that it cannot go on.
    #[error("the evidence browser stopped: {0}")]
    Crashed(String),
    /// It ended without a word.
    #[error("the evidence browser ended; open it again to go on")]
    Ended,
    /// It sent what is no message. Nothing it says is believed any more: kill it.
    #[error("the evidence browser sent something unreadable; close it and open it again")]
    Garbled,
    /// It did not answer in time.
    #[error("the evidence browser did not answer within {0:?}; close it and open it again")]
    Late(Duration),
    /// It does not take orders fast enough.
    #[error("the evidence browser is not taking orders; close it and open it again")]
    Deaf,
    /// It made no picture, and says why.
    #[error("no picture was made: {0:?}")]
    Refused(CaptureRefusal),
}

/// One picture as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Size, offset, time.
    pub facts: PictureFacts,
    /// The PNG.
    pub png: Vec<u8>,
}

/// An answered capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// What was asked for.
    pub what: CaptureKind,
    /// The views, top to bottom: the exhibit.
    pub views: Vec<Picture>,
    /// One picture of the whole page, derived.
    pub stitched: Option<Picture>,
    /// What was known of the page.
    pub page: PageFacts,
}

/// What a kill found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Killed {
    /// From the call until no process of the browser was left.
    pub took: Duration,
    /// Processes of the browser that were still there when waiting ended. 0 is the only good number.
    pub left: usize,
}

/// A running evidence browser. Dropping it kills it.
#[derive(Debug)]
pub struct BrowserProcess {
    child: Child,
    group: Group,
    orders: Option<SyncSender<ToBrowser>>,
    ears: Arc<Ears>,
    engine: Option<Engine>,
    next_id: u64,
    reaped: bool,
    profile: Profile,
}

impl BrowserProcess {
    /// Starts a browser and waits until it stands ready.
    ///
    /// # Errors
    /// - If the program or its profile folder cannot be made or started.
    /// - If it says why it cannot run, for example because there is no display.
    /// - If it is not ready within 30 seconds.
    pub fn spawn(launch: &Launch) -> Result<Self, BrowserFault> {
        let (mut child, group, profile) = launch.start().map_err(BrowserFault::NotStarted)?;
        let ears = Arc::new(Ears::default());
        let (orders, waiting) = sync_channel::<ToBrowser>(MOST_ORDERS);
        let pipes = child.stdin.take().zip(child.stdout.take());
        let mut browser =
            Self { child, group, orders: Some(orders), ears, engine: None, next_id: 1, reaped: false, profile };
        let Some((mut input, output)) = pipes else {
            return Err(BrowserFault::Ended);
        };
        let listening = Arc::clone(&browser.ears);
        std::thread::Builder::new()
            .name("browser-ears".into())
            .spawn(move || listening.listen(output))
            .map_err(BrowserFault::NotStarted)?;
        std::thread::Builder::new()
            .name("browser-orders".into())
            .spawn(move || {
                for order in waiting {
                    if write_message(&mut input, &order, &[])
                        .and(input.flush().map_err(crate::protocol::frame::FrameFault::Broken))
                        .is_err()
                    {
                        return;
                    }
                }
            })
            .map_err(BrowserFault::NotStarted)?;
        let ready = browser.wait_for(START, |seen| matches!(seen, Observation::Ready(_)))?;
        if let Observation::Ready(engine) = ready.what {
            browser.engine = Some(engine);
        }
        Ok(browser)
    }

    /// The engine, as it named itself.
    #[must_use]
    pub fn engine(&self) -> Option<&Engine> {
        self.engine.as_ref()
    }

    /// The folder that holds everything the browser writes, until it is killed.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What holds its processes together: to kill them from another thread while this one waits for them.
    #[must_use]
    pub fn group(&self) -> Group {
        self.group.clone()
    }

    /// The process number of the browser, which is on Unix also that of its process group.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells the browser where to go or what to show. Does not wait for it.
    ///
    /// # Errors
    /// - If the browser has ended, or does not take orders.
    pub fn send(&mut self, order: Navigate) -> Result<(), BrowserFault> {
        self.order(ToBrowser::Navigate(order))
    }

    /// What was observed since this was last called. Never waits.
    #[must_use]
    pub fn observations(&self) -> Vec<Observed> {
        self.ears.drain()
    }

    /// Waits for the next observation, from where the last wait ended, that fits. Observations that
    /// do not fit are passed over; [`BrowserProcess::observations`] still gives them all.
    ///
    /// # Errors
    /// - If the deadline passes first.
    /// - If the browser ends first, by itself or because it crashed.
    pub fn wait_for(
        &self,
        at_most: Duration,
        fits: impl FnMut(&Observation) -> bool,
    ) -> Result<Observed, BrowserFault> {
        self.ears.wait(at_most, fits)
    }

    /// Asks for pictures and waits for them.
    ///
    /// # Errors
    /// - If the browser refuses, for example because the page is covered.
    /// - If the deadline passes first. A late picture is thrown away.
    /// - If the browser ends first, or does not take orders.
    pub fn capture(&mut self, what: CaptureKind, at_most: Duration) -> Result<Captured, BrowserFault> {
        let id = self.next_id;
        self.next_id += 1;
        self.ears.expect(id);
        self.order(ToBrowser::Capture(CaptureRequest { id, what }))?;
        match self.ears.answer(at_most)? {
            Answer::Refused(why) => Err(BrowserFault::Refused(why)),
            Answer::Captured(header, pictures) => assemble(*header, pictures),
        }
    }

    /// Whether the process still runs.
    #[must_use]
    pub fn is_alive(&mut self) -> bool {
        !self.reaped && group::runs(&mut self.child)
    }

    /// Kills the browser with everything it has started, and removes what it wrote. Works on a
    /// browser that hangs, and on one that is dead.
    pub fn kill(&mut self) -> Killed {
        let begun = Instant::now();
        self.orders = None;
        if !self.reaped {
            self.end_processes();
            // The group is named after a process that is not reaped yet: nobody else can bear the
            // number meanwhile.
            let deadline = begun + END;
            while self.group.members() > 0 && Instant::now() < deadline {
                self.end_processes();
                std::thread::sleep(Duration::from_millis(1));
            }
            self.reaped = group::reap(&mut self.child, deadline);
        }
        let left = self.group.members();
        let took = begun.elapsed();
        self.profile.remove();
        Killed { took, left }
    }

    /// Kills as [`BrowserProcess::kill`] does, and leaves what the browser wrote where it is. Says where.
    pub fn kill_and_keep(&mut self) -> (Killed, std::path::PathBuf) {
        self.profile.keep();
        (self.kill(), self.profile.folder().to_owned())
    }

    fn end_processes(&mut self) {
        self.group.kill();
        // The group is made by the child itself: between its fork and that there is only the child.
        let _ = self.child.kill();
    }

    fn order(&mut self, order: ToBrowser) -> Result<(), BrowserFault> {
        if let Some(fault) = self.ears.ended() {
            return Err(fault);
        }
        let Some(orders) = &self.orders else {
            return Err(BrowserFault::Ended);
        };
        orders.try_send(order).map_err(|error| match error {
            TrySendError::Full(_) => BrowserFault::Deaf,
            TrySendError::Disconnected(_) => BrowserFault::Ended,
        })
    }
}

impl Drop for BrowserProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

fn assemble(header: crate::protocol::CapturedHeader, pictures: Vec<Vec<u8>>) -> Result<Captured, BrowserFault> {
    let expected = header.views.len() + usize::from(header.stitched.is_some());
    let lengths = header.views.iter().chain(&header.stitched).map(|facts| facts.bytes as usize);
    if header.views.is_empty() || expected != pictures.len() || !lengths.eq(pictures.iter().map(Vec::len)) {
        return Err(BrowserFault::Garbled);
    }
    let mut pictures = pictures.into_iter();
    let views = header.views.into_iter().zip(pictures.by_ref()).map(|(facts, png)| Picture { facts, png }).collect();
    let stitched = header.stitched.zip(pictures.next()).map(|(facts, png)| Picture { facts, png });
    Ok(Captured { what: header.what, views, stitched, page: header.page })
}
