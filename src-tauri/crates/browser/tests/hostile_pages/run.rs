//! Opens the pages of one family in one browser, one after the other, and looks after each.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use trail_browser::client::{BrowserProcess, Launch, Observed};
use trail_browser::protocol::Navigate;
use trail_browser::protocol::bounded::Address;
use trail_browser::protocol::observation::Observation;

use crate::bad_tls::BadTls;
use crate::case::Case;
use crate::site::Site;
use crate::stage::Display;
use crate::traps::Traps;

/// How long a page that is calm may take to open after a hostile one: also one that floods, which may keep it out until
/// somebody asks again.
const CALM: Duration = Duration::from_secs(20);

/// After so long somebody clicks once more.
const AGAIN: Duration = Duration::from_secs(3);

/// What came of one page.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) family: &'static str,
    pub(crate) name: &'static str,
    pub(crate) seen: String,
    pub(crate) faults: Vec<String>,
    pub(crate) took: Duration,
}

/// A browser with its site and traps.
pub(crate) struct Worker {
    browser: BrowserProcess,
    site: Site,
    traps: Traps,
    _tls: BadTls,
    display: Display,
    folder: PathBuf,
    launch: Launch,
}

impl Worker {
    pub(crate) fn start(number: usize, cases: &[Case]) -> Self {
        let family = cases[0].family;
        let folder = std::env::temp_dir().join(format!("hostile-{}-{number}-{family}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        let traps = Traps::set(&folder.join("traps"));
        let tls = BadTls::serve(&folder.join("tls"));
        let mut fill = vec![("{closed}", traps.closed()), ("{commands}", commands())];
        fill.extend(tls.at.iter().map(|(name, at)| (*name, at.clone())));
        let site = Site::serve(cases, fill);
        let display = Display::open();
        let profiles = folder.join("profiles");
        std::fs::create_dir(&profiles).unwrap();
        // The traps stand before everything else on the path and among the desktop's entries.
        let start = format!(
            "PATH={0}/bin:$PATH XDG_DATA_DIRS={0}/share:${{XDG_DATA_DIRS:-/usr/share}} exec {1}",
            folder.join("traps").display(),
            env!("CARGO_BIN_EXE_trail-browser")
        );
        let mut launch = Launch::new("/bin/sh", [OsString::from("-c"), OsString::from(start)])
            .allowing(&site.host)
            .on_display(&display.name)
            .with_files_in(profiles);
        for (_, at) in &tls.at {
            launch = launch.allowing(at);
        }
        let browser = BrowserProcess::spawn(&launch).unwrap();
        Self { browser, site, traps, _tls: tls, display, folder, launch }
    }

    pub(crate) fn run(mut self, cases: Vec<Case>) -> Vec<Row> {
        let mut rows: Vec<Row> = cases.iter().map(|case| self.one(case)).collect();
        let profile = self.browser.profile().folder().to_owned();
        self.browser.kill();
        let mut left = self.traps.sprung(&profile);
        if profile.exists() {
            left.push("the profile was left behind".to_owned());
        }
        if let Some(last) = rows.last_mut() {
            last.faults.extend(left);
        }
        let _ = std::fs::remove_dir_all(&self.folder);
        rows
    }

    fn one(&mut self, case: &Case) -> Row {
        let begun = Instant::now();
        let mut faults = Vec::new();
        self.open(&self.site.address(case));
        let mut seen: Vec<Observation> = Vec::new();
        let mut clicked = !case.click;
        let mut clicked_at = begun;
        let all = |seen: &[Observation], said: &[String]| {
            (case.silent || !said.is_empty()) && case.must.iter().all(|must| must.is_in(seen, said))
        };
        loop {
            seen.extend(self.browser.observations().into_iter().map(|seen| seen.what));
            let said = self.site.told(case);
            if !clicked && seen.iter().any(|seen| matches!(seen, Observation::NavigationFinished(_))) {
                self.click(&mut seen);
                (clicked, clicked_at) = (true, Instant::now());
            }
            if clicked && all(&seen, &said) {
                break;
            }
            // A busy computer may lose a click, as a person's.
            if case.click && clicked && clicked_at.elapsed() > AGAIN {
                self.click(&mut seen);
                clicked_at = Instant::now();
            }
            if begun.elapsed() > case.patience || !self.browser.is_alive() {
                let missing = case.must.iter().filter(|must| !must.is_in(&seen, &said)).map(|must| must.words());
                faults.extend(missing.map(|must| format!("not seen: {must}")));
                if !case.silent && said.is_empty() {
                    faults.push("the page's probe did not run".to_owned());
                }
                faults.push(format!("told instead: {}", brief(&seen, &said)));
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(case.settle);
        let profile = self.browser.profile().folder().to_owned();
        faults.extend(
            self.site.told(case).into_iter().filter(|told| told.starts_with("FOUND") || told.starts_with("ESCAPED")),
        );
        faults.extend(self.traps.sprung(&profile));
        faults.extend(self.traps.files(&profile));
        if let Err(why) = self.calm() {
            faults.push(format!("no other page opens after it: {why}"));
            self.browser = BrowserProcess::spawn(&self.launch).unwrap();
        }
        let said = case.must.iter().map(|must| must.words()).collect::<Vec<_>>().join(", ");
        let seen = if said.is_empty() { "ran, and found nothing".to_owned() } else { said };
        Row { family: case.family, name: case.name, seen, faults, took: begun.elapsed() }
    }

    /// Reveals the page and clicks into its middle, as a reviewer does.
    fn click(&mut self, seen: &mut Vec<Observation>) {
        self.browser.send(Navigate::Reveal { seconds: 60 }).unwrap();
        let begun = Instant::now();
        while !seen.iter().any(|seen| matches!(seen, Observation::Revealed { .. })) && begun.elapsed() < CALM {
            seen.extend(self.browser.observations().into_iter().map(|seen| seen.what));
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(150));
        self.display.run("xdotool", &["mousemove", "500", "450", "click", "1"]);
    }

    fn open(&mut self, address: &str) {
        self.browser.send(Navigate::Open(Address::new(address).unwrap())).unwrap();
    }

    /// Whether the browser still opens a page.
    fn calm(&mut self) -> Result<(), String> {
        let calm = self.site.url("/calm");
        let begun = Instant::now();
        self.open(&calm);
        let mut seen = Vec::new();
        let mut asked = begun;
        while begun.elapsed() < CALM {
            // Somebody who waits asks again, and then the page before has to go.
            if asked.elapsed() > CALM / 3 {
                self.open(&calm);
                asked = Instant::now();
            }
            if !self.browser.is_alive() {
                return Err("the browser has ended".to_owned());
            }
            let after = begun.elapsed().as_millis();
            for Observed { what, .. } in self.browser.observations() {
                if matches!(&what, Observation::NavigationFinished(at) if at.as_str() == calm) {
                    return Ok(());
                }
                seen.push(format!("after {after} ms {}", brief(&[what], &[])));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Err(seen.join("; "))
    }
}

fn brief(seen: &[Observation], said: &[String]) -> String {
    let told = |seen: &&Observation| !matches!(seen, Observation::Progress(_) | Observation::Layout(_));
    let seen: Vec<String> =
        seen.iter().filter(told).take(12).map(|seen| format!("{seen:?}").chars().take(160).collect()).collect();
    format!("{seen:?} {:?}", said.iter().take(6).collect::<Vec<_>>())
}

/// Every command that the application's own pages have, as a list of a script.
fn commands() -> String {
    let list = include_str!("../../../../commands.txt");
    let names: Vec<String> = list.split_whitespace().map(|name| format!("'{name}'")).collect();
    names.join(",")
}
