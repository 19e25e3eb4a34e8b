//! Screens and windows on X11, through xcap. A window is known by its number and its name together: where either is
//! another by now, it is not what was asked about.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use trail_app::ports::{Clock, Named, NoShot, OnScreen, Picture, Shot};
use trail_domain::event::capture::MOST_NAME;
use trail_domain::event::capture::screen::{GatedScreen, ScreenFacts, Surface};
use trail_domain::words::Noted;
use xcap::image::RgbaImage;
use xcap::{Monitor, Window, XCapError};

use crate::parts::clock::SystemClock;

/// What takes the pictures, with the one version that the manifest allows.
const TAKEN_BY: &str = "xcap 0.9.8 on X11";

/// What Linux puts behind the path of a program whose file was replaced or removed while it runs (proc(5), *exe*).
const REPLACED: &[u8] = b" (deleted)";

/// Names every screen and every window but those of `program`.
pub(super) fn list(program: &Path) -> Result<Named, NoShot> {
    x11_only()?;
    let screens = Monitor::all().map_err(failed)?;
    let mut all: Vec<OnScreen> = screens.iter().filter_map(screen).map(|of| OnScreen { of, program: None }).collect();
    // Without a window manager nobody keeps the list of windows.
    let no_windows = match Window::all() {
        Ok(windows) => {
            all.extend(windows.iter().filter(|window| !is_ours(window, program)).filter_map(named));
            None
        }
        Err(why) => Some(format!("no window manager says which windows there are ({why})")),
    };
    Ok(Named { all, no_windows })
}

/// Shoots the one that was asked about, unless it was `given_up` by then.
pub(super) fn shoot(program: &Path, asked: &GatedScreen, given_up: &AtomicBool) -> Result<Shot, NoShot> {
    x11_only()?;
    match asked.surface {
        Surface::Screen => shoot_screen(asked, given_up),
        Surface::Window => shoot_window(program, asked, given_up),
    }
}

fn shoot_screen(asked: &GatedScreen, given_up: &AtomicBool) -> Result<Shot, NoShot> {
    let screens = Monitor::all().map_err(failed)?;
    let of = |known: &Monitor| screen(known).as_ref() == Some(asked);
    let found = screens.into_iter().find(of).ok_or(NoShot::Gone)?;
    still_wanted(given_up)?;
    let picture = opaque(&found.capture_image().map_err(failed)?)?;
    let none = |because: &str| Noted::NotRecorded(because.to_owned());
    let facts = ScreenFacts {
        of: screen(&found).ok_or(NoShot::Gone)?,
        program: none("a whole screen belongs to no program"),
        display: none("it is a whole screen itself"),
        overlaid: Noted::NotRecorded("a whole screen shows what lies on top".to_owned()),
        taken_by: TAKEN_BY.to_owned(),
    };
    Ok(Shot { picture, facts })
}

fn shoot_window(program: &Path, asked: &GatedScreen, given_up: &AtomicBool) -> Result<Shot, NoShot> {
    let windows = Window::all().map_err(failed)?;
    let is_asked = |window: &Window| !is_ours(window, program) && named(window).is_some_and(|known| known.of == *asked);
    let found = windows.into_iter().find(is_asked).ok_or(NoShot::Gone)?;
    if found.is_minimized().map_err(failed)? {
        return Err(NoShot::Failed("the window is minimised".to_owned()));
    }
    still_wanted(given_up)?;
    let picture = opaque(&found.capture_image().map_err(failed)?)?;
    // Asked again: what has another name by now may show something else.
    let OnScreen { of, program } = named(&found).ok_or(NoShot::Gone)?;
    let screens = Monitor::all().and_then(|screens| screens.iter().map(Monitor::name).collect());
    let facts = ScreenFacts {
        of,
        program: program.map_or_else(|| Noted::NotRecorded("the window does not tell".to_owned()), Noted::Observed),
        display: lies_on(&screens),
        overlaid: Noted::NotRecorded("X11 does not tell, so what lay over the window may be in its picture".to_owned()),
        taken_by: TAKEN_BY.to_owned(),
    };
    Ok(Shot { picture, facts })
}

/// Looked at right before the picture: after HALT none is taken, not even one that is dropped.
fn still_wanted(given_up: &AtomicBool) -> Result<(), NoShot> {
    if given_up.load(Ordering::SeqCst) { Err(NoShot::Stopped) } else { Ok(()) }
}

/// The screen that a window lies on, of the names of all. xcap takes one edge of a screen for another, so that of
/// several it may name the wrong one.
fn lies_on(screens: &Result<Vec<String>, XCapError>) -> Noted<String> {
    match screens.as_deref() {
        Ok([]) => Noted::NotRecorded("the system names no screen".to_owned()),
        Ok([only]) => Noted::Observed(only.clone()),
        Ok([_, _, ..]) => Noted::NotRecorded(
            "there are several screens, and it is not told reliably on which of them a window lies".to_owned(),
        ),
        Err(why) => Noted::NotRecorded(why.to_string()),
    }
}

/// Under Wayland the desktop would hand the picture over as an ordinary file, where it stands unencrypted.
fn x11_only() -> Result<(), NoShot> {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|set| set.eq_ignore_ascii_case(value));
    let wayland = is("XDG_SESSION_TYPE", "wayland")
        || std::env::var_os("WAYLAND_DISPLAY").is_some_and(|display| !display.is_empty());
    if wayland {
        let because = "this desktop runs on Wayland, which would leave the picture unencrypted on the disk for a moment; \
                       a session on X11 does not";
        return Err(NoShot::NotOffered(because.to_owned()));
    }
    Ok(())
}

fn screen(known: &Monitor) -> Option<GatedScreen> {
    let name = cut(known.name().ok()?);
    Some(GatedScreen { surface: Surface::Screen, number: known.id().ok()?, name })
        .filter(|screen| !screen.name.is_empty())
}

/// A window by its title, or without one by its program's name; none where it has neither.
fn named(window: &Window) -> Option<OnScreen> {
    let text = |told: Result<String, XCapError>| told.ok().map(cut).filter(|name| !name.trim().is_empty());
    let program = text(window.app_name());
    let name = text(window.title()).or_else(|| program.clone())?;
    Some(OnScreen { of: GatedScreen { surface: Surface::Window, number: window.id().ok()?, name }, program })
}

fn cut(name: String) -> String {
    if name.chars().count() > MOST_NAME { name.chars().take(MOST_NAME).collect() } else { name }
}

/// A window of this process, or of another one that this program runs in: the evidence browser, or a second start.
fn is_ours(window: &Window, program: &Path) -> bool {
    // A window that does not tell its process is none of ours: the toolkit of our windows tells it.
    let Ok(pid) = window.pid() else { return false };
    let runs = std::fs::read_link(format!("/proc/{pid}/exe"));
    pid == std::process::id() || runs.is_ok_and(|runs| runs_program(&runs, program))
}

/// Whether what a process `runs` is this program, also where an upgrade has put another file in its place.
fn runs_program(runs: &Path, program: &Path) -> bool {
    let program = program.canonicalize().unwrap_or_else(|_| program.to_owned());
    in_its_place(runs) == in_its_place(&program)
}

fn in_its_place(told: &Path) -> &Path {
    let path = told.as_os_str().as_bytes();
    Path::new(OsStr::from_bytes(path.strip_suffix(REPLACED).unwrap_or(path)))
}

/// Our own PNG of it. What shows through belongs to the desktop's shadows and is not told from what does not.
fn opaque(seen: &RgbaImage) -> Result<Picture, NoShot> {
    let taken = SystemClock::start().now();
    let (width, height) = seen.dimensions();
    let rgb: Vec<u8> = seen.as_raw().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect();
    let png = trail_picture::encode::opaque(width, height, &rgb).map_err(|why| NoShot::Failed(why.to_string()))?;
    Ok(Picture { png, size: (width, height), offset: (0, 0), taken })
}

fn failed(why: XCapError) -> NoShot {
    NoShot::Failed(why.to_string())
}

#[cfg(test)]
mod tests {
    use super::{NoShot, Noted, TAKEN_BY, XCapError, lies_on, runs_program, still_wanted};
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn the_version_that_is_recorded_is_the_one_that_is_built_in() {
        let manifest = include_str!("../../../Cargo.toml");
        let version = TAKEN_BY.split(' ').nth(1).unwrap_or_default();
        assert!(manifest.contains(&format!("xcap = {{ version = \"={version}\"")), "{TAKEN_BY}");
    }

    #[test]
    fn of_several_screens_none_is_named_as_the_one_that_a_window_lay_on() {
        let names = |all: &[&str]| Ok(all.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(lies_on(&names(&["HDMI-1"])), Noted::Observed("HDMI-1".to_owned()));
        for (screens, because) in [
            (names(&["HDMI-1", "DP-2"]), "several screens"),
            (names(&[]), "no screen"),
            (Err(XCapError::new("the extension is missing")), "the extension is missing"),
        ] {
            let Noted::NotRecorded(told) = lies_on(&screens) else { panic!("{because}: a screen is named") };
            assert!(told.contains(because), "{told}");
        }
    }

    #[test]
    fn a_window_of_this_program_is_ours_after_an_upgrade_too() {
        let program = Path::new("/nowhere/bin/evidence-trail");
        let runs = |told: &str| runs_program(Path::new(told), program);
        assert!(runs("/nowhere/bin/evidence-trail") && runs("/nowhere/bin/evidence-trail (deleted)"));
        assert!(!runs("/nowhere/bin/chat") && !runs("/nowhere/bin/chat (deleted)"));
        assert!(!runs("/elsewhere/bin/evidence-trail (deleted)"));
        let started_after = Path::new("/nowhere/bin/evidence-trail (deleted)");
        assert!(runs_program(program, started_after), "this process is the one that runs the file before");
    }

    #[test]
    fn nothing_is_shot_when_nobody_waits_for_it() {
        assert_eq!(still_wanted(&AtomicBool::new(true)), Err(NoShot::Stopped));
        assert_eq!(still_wanted(&AtomicBool::new(false)), Ok(()));
    }
}
