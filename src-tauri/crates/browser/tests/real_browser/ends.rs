//! HALT, kill, hang, and starts that fail.

use std::time::{Duration, Instant};

use trail_browser::client::{BrowserFault, BrowserProcess, Launch};
use trail_browser::protocol::CaptureKind;
use trail_browser::protocol::observation::{HaltedBy, Observation, WhyCovered};

use crate::hostile::processes_of;
use crate::stage::{Display, SOON, Stage, program};

const HANG: &str = "<title>hangs</title><body>hangs<script>setTimeout(()=>{while(true){}},400)</script>";

/// Far above what is measured, far below what a person would wait for.
const AT_ONCE: Duration = Duration::from_secs(2);

#[test]
fn halt_by_key_ends_everything() {
    let mut stage = Stage::set();
    stage.visit("/members/k7");
    stage.reveal(60);
    halt_and_check(&mut stage);
}

#[test]
fn halt_by_key_ends_a_page_that_hangs() {
    let mut stage = Stage::with_pages(&[("/hangs", HANG)]);
    stage.visit("/hangs");
    stage.expect(|seen| matches!(seen, Observation::Unresponsive));
    halt_and_check(&mut stage);
}

fn halt_and_check(stage: &mut Stage) {
    let group = stage.browser.id();
    assert!(!processes_of(group, "WebKitWebProces").is_empty());
    focus(&stage.display);
    let begun = Instant::now();
    stage.display.run("xdotool", &["key", "F8"]);
    let halted = stage.expect(|seen| matches!(seen, Observation::Halted(_)));
    assert_eq!(halted, Observation::Halted(HaltedBy::Key));
    while stage.browser.is_alive() {
        assert!(begun.elapsed() < AT_ONCE, "the browser outlived HALT");
        std::thread::sleep(Duration::from_millis(1));
    }
    println!("HALT key to dead: {:?}", begun.elapsed());
    let killed = stage.browser.kill();
    assert_eq!(killed.left, 0);
    let fault = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Ended), "{fault}");
}

/// Without a window manager the keys go to the window under the pointer.
fn focus(display: &Display) {
    display.run("xdotool", &["mousemove", "500", "400"]);
    std::thread::sleep(Duration::from_millis(100));
}

#[test]
fn halt_by_button_ends_everything() {
    let mut stage = Stage::set();
    stage.visit("/board");
    stage.display.run("xdotool", &["mousemove", "1040", "30", "mousedown", "1"]);
    let halted = stage.expect(|seen| matches!(seen, Observation::Halted(_)));
    assert_eq!(halted, Observation::Halted(HaltedBy::Button));
    assert_eq!(stage.browser.kill().left, 0);
}

#[test]
fn the_other_keys_reveal_and_cover_and_f7_and_f9_do_nothing() {
    let mut stage = Stage::set();
    stage.visit("/board");
    focus(&stage.display);
    stage.display.run("xdotool", &["key", "F7", "key", "F9", "key", "F4"]);
    stage.expect(|seen| matches!(seen, Observation::Revealed { seconds: 30 }));
    stage.display.run("xdotool", &["key", "Escape"]);
    stage.expect(|seen| matches!(seen, Observation::Covered(WhyCovered::Asked)));
    stage.reveal(1);
    stage.expect(|seen| matches!(seen, Observation::Covered(WhyCovered::TimeOver)));
    assert!(stage.browser.is_alive());
}

#[test]
fn a_page_that_hangs_is_told_and_killed() {
    let mut stage = Stage::with_pages(&[("/hangs", HANG)]);
    stage.visit("/hangs");
    stage.reveal(60);
    stage.expect(|seen| matches!(seen, Observation::Unresponsive));
    let fault = stage.browser.capture(CaptureKind::Viewport, Duration::from_secs(1)).unwrap_err();
    assert!(matches!(fault, BrowserFault::Late(_) | BrowserFault::Refused(_)), "{fault}");
    let group = stage.browser.id();
    let killed = stage.browser.kill();
    println!("kill of a hanging page: {:?}", killed.took);
    assert_eq!(killed.left, 0);
    assert!(killed.took < AT_ONCE);
    for name in ["trail-browser", "WebKitWebProces", "WebKitNetworkPr", "bwrap", "xdg-dbus-proxy"] {
        assert!(processes_of(group, name).is_empty(), "{name}");
    }
    assert!(!stage.browser.is_alive());
}

#[test]
fn a_start_that_fails_says_why() {
    let nowhere = Launch::new("/nonexistent/evidence-trail", []);
    assert!(matches!(BrowserProcess::spawn(&nowhere), Err(BrowserFault::NotStarted(_))));
    let silent = Launch::new("/bin/true", []);
    assert!(matches!(BrowserProcess::spawn(&silent), Err(BrowserFault::Ended)));
    let babble = Launch::new("/bin/echo", ["a line that is no message of ours".into()]);
    assert!(matches!(BrowserProcess::spawn(&babble), Err(BrowserFault::Garbled)));
    let fault = BrowserProcess::spawn(&program().on_display(":4099")).unwrap_err();
    assert!(fault.to_string().contains("no display"), "{fault}");
}

#[test]
fn a_browser_is_killed_at_once() {
    let mut stage = Stage::set();
    stage.visit("/members/k7");
    stage.reveal(60);
    let killed = stage.browser.kill();
    println!("kill of a browser: {:?}", killed.took);
    assert_eq!(killed.left, 0);
    assert!(killed.took < AT_ONCE);
}

#[test]
fn what_the_browser_wrote_is_left_where_it_is_after_halt_only() {
    let mut stage = Stage::set();
    stage.visit("/board");
    let (killed, folder) = stage.browser.kill_and_keep();
    assert_eq!(killed.left, 0);
    assert!(folder.join("cache").is_dir(), "HALT leaves it");
    drop(stage);
    assert!(folder.join("cache").is_dir(), "and so does the end of everything else");
    std::fs::remove_dir_all(&folder).unwrap();
    let mut stage = Stage::set();
    let folder = stage.browser.profile().folder().to_owned();
    assert_eq!(stage.browser.kill().left, 0);
    assert!(!folder.exists(), "an ordinary end leaves nothing");
}

#[test]
fn a_page_that_hangs_is_left_by_opening_another() {
    let mut stage = Stage::with_pages(&[("/hangs", HANG)]);
    stage.visit("/hangs");
    stage.expect(|seen| matches!(seen, Observation::Unresponsive));
    stage.visit("/board");
    stage.reveal(30);
    stage.browser.capture(CaptureKind::Viewport, SOON).unwrap();
}

#[test]
fn a_browser_that_is_stopped_is_late_and_killed() {
    let mut stage = Stage::set();
    stage.visit("/board");
    let id = stage.browser.id().to_string();
    let stopped = std::process::Command::new("kill").args(["-STOP", &id]).status().unwrap();
    assert!(stopped.success());
    let fault = stage.browser.capture(CaptureKind::Viewport, Duration::from_millis(500)).unwrap_err();
    assert!(matches!(fault, BrowserFault::Late(_)), "{fault}");
    assert!(stage.browser.is_alive());
    assert_eq!(stage.browser.kill().left, 0);
}

#[test]
fn a_browser_whose_application_is_gone_ends_with_all_it_started() {
    let display = Display::open();
    let home = std::env::temp_dir().join(format!("orphan-{}", std::process::id()));
    std::fs::create_dir(&home).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_trail-browser"));
    // As the client starts it: with nothing of the session around, whose bus the sandbox would want a proxy for.
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("DISPLAY", &display.name).env("HOME", &home).env("GSETTINGS_BACKEND", "memory");
    command.env("XDG_RUNTIME_DIR", &home).env("GDK_BACKEND", "x11");
    command.env("EVIDENCE_BROWSER_TERMS", r#"{"allow_private":[],"only_these":false}"#);
    command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null());
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut orphan = command.spawn().unwrap();
    let group = orphan.id();
    let begun = Instant::now();
    while processes_of(group, "WebKitWebProces").is_empty() {
        assert!(begun.elapsed() < SOON);
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(orphan.stdin.take());
    let begun = Instant::now();
    while ["trail-browser", "WebKitWebProces", "WebKitNetworkPr", "bwrap"]
        .iter()
        .any(|name| !processes_of(group, name).is_empty())
    {
        // The kernel ends them; a busy machine may take its time over the sandbox's namespaces.
        assert!(begun.elapsed() < 3 * SOON, "left in the group: {:?}", processes_of(group, "WebKitWebProces"));
        std::thread::sleep(Duration::from_millis(20));
    }
    orphan.wait().unwrap();
    std::fs::remove_dir_all(&home).unwrap();
}
