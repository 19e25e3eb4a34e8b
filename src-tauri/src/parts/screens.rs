//! Screens and windows outside the evidence browser, where this build and this computer offer them.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
#[cfg(all(feature = "screen", target_os = "linux"))]
use std::time::Duration;

use trail_app::ports::{Named, NoShot, Screens, Shot};
use trail_domain::event::capture::screen::GatedScreen;

#[cfg(all(feature = "screen", target_os = "linux"))]
use super::at_once::{self, NoAnswer};

#[cfg(all(feature = "screen", target_os = "linux"))]
mod x11;

/// The longest that the window system may take.
#[cfg(all(feature = "screen", target_os = "linux"))]
const LONGEST: Duration = Duration::from_secs(5);

/// The screens and windows of this computer, without the windows of this program.
#[derive(Debug)]
pub struct SystemScreens {
    #[cfg_attr(not(all(feature = "screen", target_os = "linux")), allow(dead_code, reason = "no window is listed"))]
    program: PathBuf,
}

impl SystemScreens {
    /// Leaves out the windows of this program, which runs the evidence browser too.
    #[must_use]
    pub fn without(program: PathBuf) -> Self {
        Self { program }
    }
}

#[cfg(all(feature = "screen", target_os = "linux"))]
impl Screens for SystemScreens {
    fn list(&self, stop: &AtomicBool) -> Result<Named, NoShot> {
        let program = self.program.clone();
        asked(stop, move |_| x11::list(&program))
    }

    fn shoot(&self, of: &GatedScreen, stop: &AtomicBool) -> Result<Shot, NoShot> {
        let (program, of) = (self.program.clone(), of.clone());
        asked(stop, move |given_up| x11::shoot(&program, &of, given_up))
    }
}

/// What the window system answers, if it does.
#[cfg(all(feature = "screen", target_os = "linux"))]
fn asked<T: Send + 'static>(
    stop: &AtomicBool,
    ask: impl FnOnce(&AtomicBool) -> Result<T, NoShot> + Send + 'static,
) -> Result<T, NoShot> {
    at_once::or_never(stop, LONGEST, ask).unwrap_or_else(|why| {
        Err(match why {
            NoAnswer::Stopped => NoShot::Stopped,
            NoAnswer::TooSlow => {
                NoShot::Failed(format!("the window system did not answer within {} seconds", LONGEST.as_secs()))
            }
            NoAnswer::NotAsked(why) => NoShot::Failed(why),
            NoAnswer::Ended => NoShot::Failed("the part that asks the window system ended by itself".to_owned()),
        })
    })
}

#[cfg(not(all(feature = "screen", target_os = "linux")))]
impl Screens for SystemScreens {
    fn list(&self, _stop: &AtomicBool) -> Result<Named, NoShot> {
        Err(not_here())
    }

    fn shoot(&self, _of: &GatedScreen, _stop: &AtomicBool) -> Result<Shot, NoShot> {
        Err(not_here())
    }
}

#[cfg(not(all(feature = "screen", target_os = "linux")))]
fn not_here() -> NoShot {
    let because = if cfg!(target_os = "linux") {
        "this copy of the program was built without it"
    } else {
        "this version takes pictures of screens and windows on Linux (X11) only"
    };
    NoShot::NotOffered(because.to_owned())
}
