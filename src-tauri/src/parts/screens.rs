//! Screens and windows outside the evidence browser, where this build and this computer offer them.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use trail_app::ports::{Named, NoShot, Screens, Shot};
use trail_domain::event::capture::screen::GatedScreen;

#[cfg(all(feature = "screen", target_os = "linux"))]
mod at_once;
#[cfg(all(feature = "screen", target_os = "linux"))]
mod x11;

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
    fn list(&self) -> Result<Named, NoShot> {
        let program = self.program.clone();
        at_once::or_never(&AtomicBool::new(false), move || x11::list(&program))
    }

    fn shoot(&self, of: &GatedScreen, stop: &AtomicBool) -> Result<Shot, NoShot> {
        let (program, of) = (self.program.clone(), of.clone());
        at_once::or_never(stop, move || x11::shoot(&program, &of))
    }
}

#[cfg(not(all(feature = "screen", target_os = "linux")))]
impl Screens for SystemScreens {
    fn list(&self) -> Result<Named, NoShot> {
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
