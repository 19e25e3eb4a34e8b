//! Screens and windows as they really are: on a display of this test's own, with a window manager and without one. What
//! another program drew is compared pixel by pixel with what was shot.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use acceptance::house::{House, default_people};
use acceptance::outside::{built, run};
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_on, walk_to};
use acceptance::window::display::Display;
use evidence_trail::parts::screens::SystemScreens;
use serde_json::Map;
use trail_app::ports::{Named, NoShot, OnScreen, Screens, Shot};
use trail_domain::event::capture::screen::{GatedScreen, Surface};

/// Says that the display is this test's own.
const OWN: &str = "EVIDENCE_TRAIL_TEST_DISPLAY";
/// What the other program draws: one colour on the left, another on the right.
const LEFT: [u8; 3] = [200, 120, 40];
const RIGHT: [u8; 3] = [10, 60, 220];
const SIZE: (u32, u32) = (300, 200);
const NAME: &str = "Placeholder chat";

/// A program that ends with this value.
struct Program(Child);

impl Program {
    fn start(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str], home: &Path) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).env("EVIDENCE_TRAIL_HOME", home);
        Self(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that ended by itself is what was wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_window_and_a_screen_are_listed_by_name_and_shot_as_they_were_drawn() {
    if std::env::var_os(OWN).is_some() {
        return on_its_own_display();
    }
    let display = Display::start();
    let this = std::env::current_exe().unwrap();
    let ended = Command::new(this)
        .args(["--exact", "a_window_and_a_screen_are_listed_by_name_and_shot_as_they_were_drawn", "--nocapture"])
        .envs([(OWN, "1"), ("DISPLAY", display.name()), ("GDK_BACKEND", "x11"), ("XDG_SESSION_TYPE", "x11")])
        .env_remove("WAYLAND_DISPLAY")
        .status();
    assert!(ended.unwrap().success(), "what was tried on its own display did not hold");
}

#[test]
fn under_wayland_no_picture_is_left_on_the_disk_because_none_is_taken() {
    if std::env::var_os(OWN).is_some() {
        let offered = list(&SystemScreens::without(built("evidence-trail")));
        assert!(matches!(&offered, Err(NoShot::NotOffered(why)) if why.contains("Wayland")), "{offered:?}");
        return;
    }
    let ended = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "under_wayland_no_picture_is_left_on_the_disk_because_none_is_taken"])
        .envs([(OWN, "1"), ("XDG_SESSION_TYPE", "wayland")])
        .stdout(Stdio::null())
        .status();
    assert!(ended.unwrap().success(), "screens were offered under Wayland");
}

#[test]
fn the_form_and_the_volume_say_what_was_shot_and_what_is_not_known_of_it() {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("captured")).unwrap();
    assert_eq!(walk.perform("screen", Map::new()), Ended::Done);
    walk_on(&mut walk, "captured", "form").unwrap();
    let documents = walk.view().unwrap().documents;
    let of = |kind: &str| documents.iter().find(|document| document.kind == kind).unwrap().sha256.clone();
    let [volume, record] = ["volume", "record"].map(|kind| {
        let path = walk.save(&of(kind)).unwrap().path;
        let text = run("pdftotext", &["-layout", &path, "-"]);
        String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
    });
    for words in [
        "One window",
        NAME,
        "320 by 200",
        "recording double 1",
        "because the double does not tell",
        "No picture made before. Both questions answered No",
    ] {
        assert!(volume.contains(words), "the volume does not say {words}:\n{volume}");
    }
    let row = "Screen or window, as it was shown";
    assert!(record.contains("A chat") && record.contains(row), "the list does not name it:\n{record}");
}

fn on_its_own_display() {
    let folder = tempfile::tempdir().unwrap();
    let screens = SystemScreens::without(built("evidence-trail"));
    let alone = list(&screens).unwrap();
    assert!(alone.all.iter().all(|one| one.of.surface == Surface::Screen) && !alone.all.is_empty(), "{alone:?}");
    assert!(alone.no_windows.is_some_and(|why| why.contains("no window manager")), "it says why there are none");

    let manager = || Program::start("openbox", &[], folder.path());
    let (_manager, _) = started(&screens, "the window manager", manager, |named| named.no_windows.is_none());
    let picture = folder.path().join("drawn.png");
    std::fs::write(&picture, two_colours()).unwrap();
    // A window manager names its list before it looks after windows, and one that comes in between is nobody's.
    let other = || Program::start("display", &[picture.to_str().unwrap()], folder.path());
    let (drawn, listed) = started(&screens, "the other program's window", other, |named| window(named).is_some());
    let unnamed = window(&listed).unwrap().of.clone();
    assert!(unnamed.name.to_lowercase().contains("display"), "without a title it has its program's name: {unnamed:?}");

    // A page of another talk, say: the name is another by now, so it is not what was asked about.
    rename(unnamed.number, NAME);
    let listed = until(&screens, "its new name", |named| window(named).is_some_and(|one| one.of.name == NAME));
    assert_eq!(shoot(&screens, &unnamed), Err(NoShot::Gone));
    let asked = window(&listed).unwrap().of.clone();
    std::thread::sleep(Duration::from_millis(500));
    let shot = shoot(&screens, &asked).unwrap();
    assert_eq!((&shot.facts.of, shot.picture.size, shot.picture.offset), (&asked, SIZE, (0, 0)));
    assert!(shot.facts.program.observed().is_some_and(|program| program.to_lowercase().contains("display")));
    assert!(shot.facts.display.observed().is_some(), "{:?}", shot.facts.display);
    let pixels = pixels(&shot);
    for (place, pixel) in pixels.iter().enumerate() {
        let expected = if place % SIZE.0 as usize >= SIZE.0 as usize / 2 { RIGHT } else { LEFT };
        assert_eq!(*pixel, expected, "at {} across, {} down", place % 300, place / 300);
    }
    whole_screen(&screens);

    assert_eq!(screens.shoot(&asked, &AtomicBool::new(true)), Err(NoShot::Stopped));
    assert_eq!(screens.list(&AtomicBool::new(true)), Err(NoShot::Stopped));
    let another = GatedScreen { number: asked.number + 1, ..asked.clone() };
    assert_eq!(shoot(&screens, &another), Err(NoShot::Gone));
    assert!(run("xdotool", &["windowminimize", &asked.number.to_string()]).status.success());
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(shoot(&screens, &asked), Err(NoShot::Failed("the window is minimised".to_owned())));
    own_windows_are_left_out(&screens, folder.path());
    drop(drawn);
    until(&screens, "the end of the window", |named| window(named).is_none());
    assert_eq!(shoot(&screens, &asked), Err(NoShot::Gone));
}

fn whole_screen(screens: &SystemScreens) {
    let named = list(screens).unwrap();
    let screen = named.all.iter().find(|one| one.of.surface == Surface::Screen).unwrap().of.clone();
    let shot = shoot(screens, &screen).unwrap();
    assert_eq!(shot.picture.size, (1600, 1200));
    let pixels = pixels(&shot);
    for colour in [LEFT, RIGHT] {
        assert_eq!(pixels.iter().filter(|pixel| **pixel == colour).count(), 150 * 200, "{colour:?}");
    }
}

/// The program's own window is there, and not in the list; a program of another name sees it.
fn own_windows_are_left_out(screens: &SystemScreens, folder: &Path) {
    let _ours = Program::start(built("evidence-trail"), &[], folder);
    let is_ours = |one: &OnScreen| one.of.name.contains("Evidence Trail");
    let other = SystemScreens::without("another-program".into());
    until(&other, "our own window", |named| named.all.iter().any(is_ours));
    let listed = list(screens).unwrap();
    assert!(!listed.all.iter().any(is_ours), "our own window is listed: {listed:?}");
    let theirs = list(&other).unwrap().all.into_iter().find(is_ours).unwrap().of;
    assert_eq!(shoot(screens, &theirs), Err(NoShot::Gone), "our own window was shot");
}

fn list(screens: &SystemScreens) -> Result<Named, NoShot> {
    screens.list(&AtomicBool::new(false))
}

fn shoot(screens: &SystemScreens, of: &GatedScreen) -> Result<Shot, NoShot> {
    screens.shoot(of, &AtomicBool::new(false))
}

/// The one window of the other program.
fn window(named: &Named) -> Option<&OnScreen> {
    let is_theirs =
        |one: &&OnScreen| one.program.as_ref().is_some_and(|program| program.to_lowercase().contains("display"));
    named.all.iter().filter(|one| one.of.surface == Surface::Window).find(is_theirs)
}

fn rename(number: u32, name: &str) {
    assert!(
        run("xprop", &["-id", &number.to_string(), "-f", "_NET_WM_NAME", "8u", "-set", "_NET_WM_NAME", name])
            .status
            .success()
    );
}

/// A program, once what it brings is there. It is started again where that does not come.
fn started(
    screens: &SystemScreens,
    what: &str,
    start: impl Fn() -> Program,
    holds: impl Fn(&Named) -> bool,
) -> (Program, Named) {
    for _ in 0..6 {
        let program = start();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(5) {
            let named = list(screens).unwrap();
            if holds(&named) {
                return (program, named);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    panic!("{what} never came");
}

fn until(screens: &SystemScreens, what: &str, holds: impl Fn(&Named) -> bool) -> Named {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let named = list(screens).unwrap();
        if holds(&named) {
            return named;
        }
        assert!(Instant::now() < deadline, "{what} did not come: {named:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn two_colours() -> Vec<u8> {
    let (width, height) = SIZE;
    let row: Vec<u8> = (0..width).flat_map(|x| if x < width / 2 { LEFT } else { RIGHT }).collect();
    let rows: Vec<u8> = (0..height).flat_map(|_| row.clone()).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&rows).unwrap();
    writer.finish().unwrap();
    out
}

/// The pixels of a picture that is opaque RGB8 and not interlaced.
fn pixels(shot: &Shot) -> Vec<[u8; 3]> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(shot.picture.png.as_slice())).read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.color_type, info.bit_depth, info.interlaced), (png::ColorType::Rgb, png::BitDepth::Eight, false));
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    bytes.chunks_exact(3).map(|pixel| pixel.try_into().unwrap()).collect()
}
