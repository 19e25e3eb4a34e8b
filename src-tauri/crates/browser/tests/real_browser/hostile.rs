//! What a page may not do to us.

use std::time::Duration;

use trail_browser::client::BrowserFault;
use trail_browser::protocol::bounded::Address;
use trail_browser::protocol::facts::CaptureRefusal;
use trail_browser::protocol::observation::{Observation, Refused};
use trail_browser::protocol::{CaptureKind, Navigate, Pass};

use crate::stage::{SOON, Stage};

#[test]
fn a_download_is_refused() {
    let mut stage = Stage::set();
    stage.visit("/");
    stage.open("/download");
    assert_eq!(stage.expect_refused(Refused::Download), stage.site.url("/download"));
    std::thread::sleep(Duration::from_millis(300));
    let files = files_below(stage.browser.profile().folder());
    let file = files.iter().find(|(name, bytes)| name.contains("notes.bin") || holds(bytes, b"Placeholder for a file"));
    assert!(file.is_none(), "{:?}", file.map(|file| &file.0));
}

#[test]
fn dialogs_windows_and_printing_are_refused_and_told() {
    let page = "<title>asks</title><script>alert('first');const c=confirm('second');prompt('third');\
        window.print();document.title='confirmed '+c;\
        const a=document.createElement('a');a.href='/board';a.target='_blank';document.body?.append(a);\
        document.documentElement.append(a);a.click();window.open('/board');</script>";
    let mut stage = Stage::with_pages(&[("/asks", page)]);
    stage.open("/asks");
    for words in ["first", "second", "third"] {
        assert_eq!(stage.expect_refused(Refused::Dialog), words);
    }
    stage.expect(|seen| matches!(seen, Observation::Title(title) if title.as_str() == "confirmed false"));
    assert!(
        !stage
            .browser
            .observations()
            .iter()
            .any(|seen| matches!(&seen.what, Observation::NavigationCommitted(at) if at.as_str().ends_with("/board")))
    );
}

#[test]
fn permissions_are_refused() {
    let page = "<title>waits</title><script>navigator.geolocation.getCurrentPosition(()=>document.title='placed',()=>document.title='refused')</script>";
    let mut stage = Stage::with_pages(&[("/place", page)]);
    stage.open("/place");
    // The engine may refuse by itself, as the page does not come over https.
    stage.expect(|seen| matches!(seen, Observation::Title(title) if title.as_str() == "refused"));
}

#[test]
fn a_form_is_sent_only_after_a_reason() {
    let page = "<title>sends</title><form method=post action=/post></form><script>document.forms[0].submit()</script>";
    let mut stage = Stage::with_pages(&[("/sends", page)]);
    stage.open("/sends");
    let seen = stage.expect(|seen| matches!(seen, Observation::FormPost { .. }));
    assert!(matches!(seen, Observation::FormPost { let_through: false, .. }));
    let to = |path: &str| Navigate::LetThrough(Pass::Form(Address::new(path).unwrap()));
    stage.order(to(&stage.site.url("/another")));
    stage.open("/sends");
    let seen = stage.expect(|seen| matches!(seen, Observation::FormPost { .. }));
    assert!(matches!(seen, Observation::FormPost { let_through: false, .. }), "a reason is for one form");
    stage.order(to(&stage.site.url("/post")));
    stage.open("/sends");
    let seen = stage.expect(|seen| matches!(seen, Observation::FormPost { .. }));
    assert!(matches!(seen, Observation::FormPost { let_through: true, .. }));
    let thanks = stage.site.url("/thanks");
    stage.expect(|seen| matches!(seen, Observation::NavigationFinished(at) if at.as_str() == thanks));
    stage.open("/sends");
    let seen = stage.expect(|seen| matches!(seen, Observation::FormPost { .. }));
    assert!(matches!(seen, Observation::FormPost { let_through: false, .. }), "one reason, one form");
}

#[test]
fn a_flood_of_history_and_titles_is_counted_not_told() {
    let page = "<title>floods</title><script>let i=0;setInterval(()=>{for(let k=0;k<50;k++){document.title='t'+(++i);\
        try{history.pushState(0,'','/floods?'+i)}catch(e){}}},5)</script>";
    let mut stage = Stage::with_pages(&[("/floods", page)]);
    stage.visit("/floods");
    stage.expect(|seen| matches!(seen, Observation::NotTold { .. }));
    assert!(stage.browser.observations().len() < 2000);
    stage.reveal(30);
    stage.browser.capture(CaptureKind::Viewport, SOON).unwrap();
}

#[test]
fn a_page_that_closes_itself_takes_nobody_along() {
    let mut stage = Stage::with_pages(&[("/closes", "<title>closes</title><script>window.close()</script>")]);
    stage.visit("/closes");
    stage.visit("/board");
    assert!(stage.browser.is_alive());
}

#[test]
fn a_name_in_the_page_does_not_change_what_we_measure() {
    let page = "<title>lies</title><body style='margin:0'><img name=scrollingElement><div style='height:3000px'></div>\
        <script>Object.defineProperty(window,'innerHeight',{get:()=>3000});\
        Object.defineProperty(Element.prototype,'scrollHeight',{get:()=>100})</script>";
    let mut stage = Stage::with_pages(&[("/lies", page)]);
    stage.open("/lies");
    let seen = stage.expect(|seen| matches!(seen, Observation::Layout(layout) if layout.scroll_height > 2900));
    let Observation::Layout(layout) = seen else { panic!() };
    assert!(layout.height < 1000, "{layout:?}");
}

#[test]
fn a_page_that_grows_must_be_scrolled_again() {
    let page = "<title>grows</title><body style='margin:0'><div id=d style='height:400px'></div>\
        <script>setTimeout(()=>document.getElementById('d').style.height='2000px',1500)</script>";
    let mut stage = Stage::with_pages(&[("/grows", page)]);
    stage.visit("/grows");
    stage.reveal(60);
    stage.expect(|seen| matches!(seen, Observation::ScrolledThrough { .. }));
    stage.expect(|seen| matches!(seen, Observation::Layout(layout) if layout.scroll_height == 2000));
    let fault = stage.browser.capture(CaptureKind::WholePage, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Refused(CaptureRefusal::NotScrolledThrough)), "{fault}");
}

#[test]
fn the_end_of_a_pages_process_is_told_and_another_page_opens() {
    let mut stage = Stage::set();
    stage.visit("/board");
    let pages = processes_of(stage.browser.id(), "WebKitWebProces");
    assert!(!pages.is_empty());
    for page in pages {
        let _ = std::process::Command::new("kill").args(["-9", &page.to_string()]).status();
    }
    stage.expect(|seen| matches!(seen, Observation::PageProcessEnded(_)));
    let fault = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Refused(CaptureRefusal::NoPage)), "{fault}");
    stage.visit("/members/k7");
}

#[test]
fn nothing_of_a_page_is_written_to_the_profile() {
    const CANARY: &str = "canary-5d1e9c77";
    let page = format!(
        "<title>{CANARY}</title><body>{CANARY}<script>try{{localStorage.setItem('k','{CANARY}');\
        document.cookie='k={CANARY};max-age=9999';indexedDB.open('{CANARY}')}}catch(e){{}}</script>"
    );
    let mut stage = Stage::with_pages(&[("/canary", &page)]);
    stage.visit("/canary");
    stage.reveal(30);
    stage.browser.capture(CaptureKind::Viewport, SOON).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let folder = stage.browser.profile().folder().to_owned();
    for (name, bytes) in files_below(&folder) {
        assert!(!name.contains(CANARY) && !holds(&bytes, CANARY.as_bytes()), "{name}");
    }
    stage.browser.kill();
    assert!(!folder.exists());
}

pub(crate) fn processes_of(group: u32, name: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        let Some((head, rest)) = stat.rsplit_once(')') else {
            continue;
        };
        let runs = !rest.trim_start().starts_with(['Z', 'X']);
        let in_group = rest.split_whitespace().nth(2) == Some(&group.to_string());
        if runs && in_group && head.ends_with(&format!("({name}")) {
            found.push(entry.file_name().to_string_lossy().parse().unwrap());
        }
    }
    found
}

fn files_below(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            files.extend(files_below(&path));
        } else if entry.file_type().is_ok_and(|kind| kind.is_file()) {
            files.push((path.display().to_string(), std::fs::read(&path).unwrap_or_default()));
        }
    }
    files
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}
