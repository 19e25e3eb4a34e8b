//! Measures the evidence browser on this computer: start, capture of a page of 10,000 pixels, kill.
//! With a folder as its argument it also keeps pictures of the window, for looking at.
//!
//! Needs a display (`Xvfb` will do) and the program `trail-browser` beside it.
#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::path::Path;
use std::time::{Duration, Instant};

use trail_browser::client::{BrowserProcess, Launch};
use trail_browser::protocol::bounded::Address;
use trail_browser::protocol::observation::Observation;
use trail_browser::protocol::{CaptureKind, Navigate};
use trail_browser::training::serve;

const SOON: Duration = Duration::from_secs(30);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pictures = std::env::args_os().nth(1);
    let look = |name: &str| {
        if let Some(folder) = &pictures {
            std::thread::sleep(Duration::from_millis(1500));
            let file = Path::new(folder).join(name);
            let _ = std::process::Command::new("import").args(["-window", "root"]).arg(file).status();
        }
    };
    let site = serve()?;
    let exe = std::env::current_exe()?;
    let beside = exe.parent().and_then(Path::parent).ok_or("no folder")?.join("trail-browser");
    let begun = Instant::now();
    let mut browser = BrowserProcess::spawn(&Launch::new(beside, []).allowing(&site.host_and_port()))?;
    println!("start to ready          {:?}", begun.elapsed());
    println!("engine                  {:?}", browser.engine());
    look("1-empty.png");
    visit(&mut browser, &site.url("/board/topic-3"))?;
    look("2-covered.png");
    browser.send(Navigate::Reveal { seconds: 30 })?;
    look("3-revealed.png");
    visit(&mut browser, &site.url("/gallery"))?;
    browser.send(Navigate::Reveal { seconds: 120 })?;
    browser.send(Navigate::ScrollThrough)?;
    browser.wait_for(SOON, |seen| matches!(seen, Observation::ScrolledThrough { .. }))?;
    for _ in 0..5 {
        let begun = Instant::now();
        let captured = browser.capture(CaptureKind::WholePage, SOON)?;
        let bytes: usize = captured.views.iter().chain(&captured.stitched).map(|picture| picture.png.len()).sum();
        println!("10,000 px, {} views     {:?}, {bytes} bytes", captured.views.len(), begun.elapsed());
    }
    for _ in 0..3 {
        let begun = Instant::now();
        browser.capture(CaptureKind::Viewport, SOON)?;
        println!("viewport                {:?}", begun.elapsed());
    }
    println!("kill                    {:?}", browser.kill());
    Ok(())
}

fn visit(browser: &mut BrowserProcess, address: &str) -> Result<(), Box<dyn std::error::Error>> {
    browser.send(Navigate::Open(Address::new(address)?))?;
    browser.wait_for(SOON, |seen| matches!(seen, Observation::NavigationFinished(_)))?;
    Ok(())
}
