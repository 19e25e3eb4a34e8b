//! What is told of navigation.

use std::time::Duration;

use trail_browser::client::{BrowserFault, BrowserProcess};
use trail_browser::known;

use trail_browser::protocol::bounded::{Address, Text};
use trail_browser::protocol::facts::{CaptureRefusal, Fact};
use trail_browser::protocol::observation::{Observation, Refused};
use trail_browser::protocol::{CaptureKind, Navigate};
use trail_browser::training::serve;

use crate::stage::{Display, SOON, Stage, program};

#[test]
fn a_visit_is_told_step_by_step() {
    let mut stage = Stage::set();
    stage.open("/board");
    // The engine tells the title before or after the end of the load, as it likes.
    let (mut titled, mut loaded) = (false, false);
    stage.expect(|seen| {
        titled |= matches!(seen, Observation::Title(_));
        loaded |= matches!(seen, Observation::NavigationFinished(_));
        titled && loaded
    });
    let address = stage.site.url("/board");
    let seen = stage.browser.observations();
    let place = |fits: &dyn Fn(&Observation) -> bool| {
        seen.iter().position(|seen| fits(&seen.what)).unwrap_or_else(|| panic!("{seen:#?}"))
    };
    let started = place(&|seen| matches!(seen, Observation::NavigationStarted(at) if at.as_str() == address));
    let committed = place(&|seen| matches!(seen, Observation::NavigationCommitted(at) if at.as_str() == address));
    let finished = place(&|seen| matches!(seen, Observation::NavigationFinished(at) if at.as_str() == address));
    assert!(started < committed && committed < finished);
    place(
        &|seen| matches!(seen, Observation::Title(title) if title.as_str() == "Message board - Hollybrook School intranet"),
    );
    place(&|seen| match seen {
        Observation::Responded { response, .. } => {
            let school = response
                .headers
                .entries()
                .iter()
                .any(|(name, value)| name.as_str() == "X-Training-Site" && value.as_str() == "Hollybrook School");
            response.status == 200 && school
        }
        _ => false,
    });
    assert!(seen.iter().all(|seen| seen.seen_at > 0 && seen.received_at >= seen.seen_at - 1000));
}

#[test]
fn each_redirect_is_told_with_its_status() {
    let mut stage = Stage::set();
    stage.visit("/redirect");
    let hops: Vec<_> = stage
        .browser
        .observations()
        .into_iter()
        .filter_map(|seen| match seen.what {
            Observation::Redirected(hop) => {
                Some((hop.from.to_string(), hop.to.to_string(), hop.status.observed().copied()))
            }
            _ => None,
        })
        .collect();
    let url = |path| stage.site.url(path);
    let expected = [
        (url("/redirect"), url("/redirect-again"), Some(302)),
        (url("/redirect-again"), url("/moved-here"), Some(302)),
    ];
    assert_eq!(hops, expected);
    stage.reveal(60);
    let page = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap().page;
    assert_eq!(page.requested.observed().unwrap().as_str(), stage.site.url("/redirect"));
    assert_eq!(page.final_address.as_str(), stage.site.url("/moved-here"));
    assert_eq!(page.redirects.entries().len(), 2);
    assert_eq!(page.title.observed().unwrap().as_str(), "The library has moved - Hollybrook School intranet");
}

#[test]
fn a_page_finds_nothing_of_us() {
    let mut stage = Stage::set();
    stage.open("/probe");
    let title =
        stage.expect(|seen| matches!(seen, Observation::Title(title) if title.as_str() != "Probe: not run yet"));
    let Observation::Title(title) = title else { panic!() };
    assert_eq!(title.as_str(), "Probe found nothing, frame included");
}

#[test]
fn only_http_and_https_are_opened() {
    let mut stage = Stage::with_pages(&[
        ("/to-data", "<script>location.href='data:text/html,<title>escaped</title>'</script>"),
        (
            "/to-file",
            "<script>location.href='file:///etc/hostname'</script><iframe src='file:///etc/hostname'></iframe>",
        ),
        ("/to-mail", "<script>location.href='mailto:a@school.example'</script>"),
        ("/to-own", "<script>location.href='evidence-trail://open'</script>"),
    ]);
    for address in [
        "file:///etc/hostname",
        "data:text/html,<title>escaped</title>",
        "javascript:1",
        "ftp://a.example/",
        "x:",
        "no address",
    ] {
        stage.order(Navigate::Open(Address::new(address).unwrap()));
        assert_eq!(stage.expect_refused(Refused::Scheme), address);
    }
    for (path, scheme) in [("/to-data", "data:"), ("/to-mail", "mailto:"), ("/to-own", "evidence-trail:")] {
        stage.open(path);
        assert!(stage.expect_refused(Refused::Scheme).starts_with(scheme), "{path}");
    }
    // The engine itself refuses a page's wish for a file, without telling anybody.
    stage.visit("/to-file");
    std::thread::sleep(Duration::from_millis(300));
    let gone = |seen: &Observation| {
        let address = match seen {
            Observation::NavigationStarted(at)
            | Observation::NavigationCommitted(at)
            | Observation::NavigationFinished(at) => at,
            _ => return false,
        };
        !address.as_str().starts_with(&stage.site.url("/"))
    };
    let seen = stage.browser.observations();
    assert!(!seen.iter().any(|seen| gone(&seen.what)), "{seen:#?}");
}

#[test]
fn private_addresses_are_refused_to_reviewers_and_to_pages() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    other.set_nonblocking(true).unwrap();
    let port = other.local_addr().unwrap().port();
    let page = format!(
        "<title>tries</title><img src='http://127.0.0.1:{port}/a.png'><iframe src='http://localhost:{port}/'></iframe>\
        <script>fetch('http://127.0.0.1:{port}/b',{{mode:'no-cors'}}).catch(()=>{{}});\
        try{{new WebSocket('ws://127.0.0.1:{port}/c')}}catch(e){{}}</script>"
    );
    let mut stage = Stage::with_pages(&[("/tries", &page)]);
    let address = format!("http://127.0.0.1:{port}/");
    stage.order(Navigate::Open(Address::new(&address).unwrap()));
    assert_eq!(stage.expect_refused(Refused::PrivateAddress), address);
    stage.open("/tries");
    for _knock in ["frame", "picture or fetch"] {
        assert!(stage.expect_refused(Refused::PrivateAddress).contains(&port.to_string()));
    }
    std::thread::sleep(Duration::from_millis(500));
    assert!(other.accept().is_err(), "something reached a private address");
}

#[test]
fn practice_reaches_its_own_site_only() {
    let (site, display) = (serve().unwrap(), Display::open());
    let launch = program().allowing(&site.host_and_port()).and_nothing_else().on_display(&display.name);
    let mut browser = BrowserProcess::spawn(&launch).unwrap();
    let outside = Address::new("https://club-board.example/").unwrap();
    browser.send(Navigate::Open(outside)).unwrap();
    browser.wait_for(SOON, |seen| matches!(seen, Observation::Refused { what: Refused::Outside, .. })).unwrap();
    browser.send(Navigate::Open(Address::new(&site.url("/")).unwrap())).unwrap();
    browser.wait_for(SOON, |seen| matches!(seen, Observation::NavigationFinished(_))).unwrap();
}

#[test]
fn an_address_that_does_not_answer_is_told() {
    let (closed, display) = (std::net::TcpListener::bind("127.0.0.1:0").unwrap(), Display::open());
    let at = closed.local_addr().unwrap().to_string();
    drop(closed);
    let launch = program().allowing(&at).on_display(&display.name);
    let mut browser = BrowserProcess::spawn(&launch).unwrap();
    browser.send(Navigate::Open(Address::new(&format!("http://{at}/")).unwrap())).unwrap();
    let why = browser.wait_for(SOON, |seen| matches!(seen, Observation::NotConnected { .. })).unwrap();
    assert!(format!("{why:?}").contains("refused"), "{why:?}");
    browser.wait_for(SOON, |seen| matches!(seen, Observation::NavigationFailed { .. })).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let seen = browser.observations();
    assert!(!seen.iter().any(|seen| matches!(seen.what, Observation::NavigationFinished(_))), "{seen:#?}");
    let fault = browser.capture(CaptureKind::Viewport, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Refused(CaptureRefusal::NoPage)), "{fault}");
}

#[test]
fn a_page_that_never_finishes_can_be_seen_captured_and_stopped() {
    let mut stage = Stage::set();
    stage.open("/slow");
    stage.expect(|seen| matches!(seen, Observation::NavigationCommitted(_)));
    stage.reveal(60);
    let captured = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap();
    assert!(captured.page.loading);
    assert!(captured.page.finished_at.observed().is_none());
    stage.order(Navigate::StopLoading);
    stage.expect(|seen| matches!(seen, Observation::NavigationFailed { .. }));
    let seen = stage.browser.observations();
    assert!(!seen.iter().any(|seen| matches!(seen.what, Observation::NavigationFinished(_))), "{seen:#?}");
    stage.visit("/board");
}

#[test]
fn a_certificate_that_does_not_hold_is_told_and_the_page_not_loaded() {
    let folder = std::env::temp_dir().join(format!("tls-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let made = std::process::Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=hollybrook.example"])
        .args(["-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(&folder)
        .output()
        .expect("openssl is installed");
    assert!(made.status.success());
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = free.local_addr().unwrap().to_string();
    drop(free);
    let mut server = std::process::Command::new("openssl")
        .args(["s_server", "-quiet", "-www", "-accept", &at, "-key", "key.pem", "-cert", "cert.pem"])
        .current_dir(&folder)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let display = Display::open();
    let mut browser = BrowserProcess::spawn(&program().allowing(&at).on_display(&display.name)).unwrap();
    browser.send(Navigate::Open(Address::new(&format!("https://{at}/")).unwrap())).unwrap();
    let refused = browser.wait_for(SOON, |seen| matches!(seen, Observation::CertificateRefused { .. }));
    let failed = browser.wait_for(SOON, |seen| matches!(seen, Observation::NavigationFailed { .. }));
    std::thread::sleep(Duration::from_millis(300));
    let seen = browser.observations();
    let _ = server.kill();
    let _ = server.wait();
    std::fs::remove_dir_all(&folder).unwrap();
    let Ok(Observation::CertificateRefused { certificate, .. }) = refused.map(|seen| seen.what) else {
        panic!("{seen:#?}")
    };
    assert!(certificate.subject.observed().unwrap().as_str().contains("hollybrook.example"));
    assert!(certificate.faults.as_str().contains("not signed by an authority"), "{}", certificate.faults);
    assert!(certificate.chain.entries()[0].as_str().starts_with("-----BEGIN CERTIFICATE-----"));
    assert!(certificate.expires.observed().is_some());
    assert!(failed.is_ok());
    assert!(
        !seen
            .iter()
            .any(|seen| matches!(seen.what, Observation::NavigationFinished(_) | Observation::NavigationCommitted(_))),
        "{seen:#?}"
    );
}

#[test]
fn each_start_draws_the_known_page_and_keeps_its_colours() {
    let mut stage = Stage::set();
    for _start in 0..2 {
        let engine = stage.browser.engine().unwrap();
        assert_eq!(engine.known_page, Fact::Observed(Text::new(&known::colours())));
        stage = Stage::set();
    }
    // Nothing of it is a page that was visited, or that a reviewer could go back to.
    stage.order(Navigate::Back);
    std::thread::sleep(std::time::Duration::from_millis(300));
    let told = stage.browser.observations();
    assert!(!told.iter().any(|told| matches!(told.what, Observation::NavigationStarted(_))), "{told:?}");
    let none = stage.browser.capture(CaptureKind::Viewport, SOON);
    assert!(matches!(none, Err(BrowserFault::Refused(CaptureRefusal::NoPage))));
}
