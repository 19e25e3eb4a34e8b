//! What is held until people give a reason: pages of another site, forms with a password, sign-in boxes.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use trail_browser::client::{BrowserFault, BrowserProcess};
use trail_browser::protocol::bounded::{Address, Text};
use trail_browser::protocol::facts::CaptureRefusal;
use trail_browser::protocol::observation::{Observation, Refused};
use trail_browser::protocol::{CaptureKind, Navigate, Pass};
use trail_browser::training::serve_with;

use crate::stage::{Display, SOON, Stage, program};

/// Another site, that counts what it was asked for.
struct Other {
    host: String,
    asked: Arc<AtomicUsize>,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Other {
    fn serve(head: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let (asked, sent) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (count, kept) = (Arc::clone(&asked), Arc::clone(&sent));
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let mut bytes = [0; 4096];
                let read = stream.read(&mut bytes).unwrap_or(0);
                let request = String::from_utf8_lossy(&bytes[..read]).into_owned();
                let is_let_in = head.is_empty() || request.contains("Authorization: Basic");
                kept.lock().unwrap().push(request);
                let head = if is_let_in { "HTTP/1.1 200 OK\r\n" } else { head };
                let body = "<title>elsewhere</title><p>Placeholder";
                let answer = format!(
                    "{head}Content-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { host, asked, sent }
    }

    fn url(&self) -> String {
        format!("http://{}/", self.host)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// A browser that keeps to its first site, with another one beside it.
fn set(other: &Other, pages: &[(&str, &str)]) -> Stage {
    let (site, display) = (serve_with(pages).unwrap(), Display::open());
    let launch = program().allowing(&site.host_and_port()).allowing(&other.host).on_display(&display.name);
    let browser = BrowserProcess::spawn(&launch.keeping_to([site.host_and_port()])).unwrap();
    Stage { browser, site, display }
}

fn held(stage: &Stage) -> String {
    match stage.expect(|seen| matches!(seen, Observation::AwayHeld(_))) {
        Observation::AwayHeld(address) => address.as_str().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn site(other: &Other) -> Navigate {
    Navigate::LetThrough(Pass::Site(Text::new(&other.host)))
}

#[test]
fn a_page_that_the_server_sends_on_to_another_site_is_held_too() {
    let other = Other::serve("");
    let first = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let (home, to) = (first.local_addr().unwrap().to_string(), other.url());
    std::thread::spawn(move || {
        for mut stream in first.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let on = format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(on.as_bytes());
        }
    });
    let display = Display::open();
    let launch = program().allowing(&home).allowing(&other.host).on_display(&display.name).keeping_to([home.clone()]);
    let (site, browser) = (serve_with(&[]).unwrap(), BrowserProcess::spawn(&launch).unwrap());
    let mut stage = Stage { browser, site, display };
    stage.order(Navigate::Open(Address::new(&format!("http://{home}/")).unwrap()));
    assert_eq!(held(&stage), other.url());
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(other.asked(), 0, "not a byte was asked for");
    let fault = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Refused(CaptureRefusal::NoPage)), "{fault}");
}

#[test]
fn frames_and_pictures_of_another_site_are_not_concerned() {
    let other = Other::serve("");
    let page = format!("<title>parts</title><iframe src='{0}a'></iframe><img src='{0}b'>", other.url());
    let mut stage = set(&other, &[("/parts", &page)]);
    stage.visit("/parts");
    assert!(other.asked() >= 2, "both came: {}", other.asked());
    assert!(!stage.browser.observations().iter().any(|seen| matches!(seen.what, Observation::AwayHeld(_))));
}

#[test]
fn a_form_with_a_password_is_held_also_where_it_only_asks_and_its_answers_are_not_told() {
    let other = Other::serve("");
    let page = "<title>signs in</title><form action=/in><input name=who value=me><input type=password name=word value=placeholder></form>\
        <script>document.forms[0].submit()</script>";
    let mut stage = set(&other, &[("/form-in", page), ("/in", "<title>in</title>")]);
    stage.open("/form-in");
    let held = |seen: &Observation| matches!(seen, Observation::PasswordForm { let_through: false, .. });
    let Observation::PasswordForm { address, .. } = stage.expect(held) else { panic!("not this") };
    assert_eq!(address.as_str(), stage.site.url("/in"), "without what was filled in");
    stage.order(Navigate::LetThrough(Pass::Form(address)));
    stage.open("/form-in");
    stage.expect(|seen| matches!(seen, Observation::PasswordForm { let_through: true, .. }));
    stage.expect(|seen| matches!(seen, Observation::NavigationFinished(at) if at.as_str().contains("/in?who=me")));
    stage.open("/form-in");
    stage.expect(held);
}

#[test]
fn a_form_that_was_let_through_is_not_held_again_where_the_server_sends_it_on() {
    let other = Other::serve("");
    let page = "<title>signs in</title><form action=/post method=post><input name=who value=me>\
        <input type=password name=word value=placeholder></form><script>document.forms[0].submit()</script>";
    let mut stage = set(&other, &[("/form-in", page)]);
    stage.open("/form-in");
    let held = |seen: &Observation| matches!(seen, Observation::PasswordForm { let_through: false, .. });
    let Observation::PasswordForm { address, .. } = stage.expect(held) else { panic!("not this") };
    assert_eq!(address.as_str(), stage.site.url("/post"));
    stage.order(Navigate::LetThrough(Pass::Form(address)));
    stage.open("/form-in");
    stage.expect(|seen| matches!(seen, Observation::PasswordForm { let_through: true, .. }));
    stage.expect(|seen| matches!(seen, Observation::NavigationFinished(at) if at.as_str().ends_with("/thanks")));
    let seen = stage.browser.observations();
    assert_eq!(seen.iter().filter(|seen| held(&seen.what)).count(), 1, "{seen:#?}");
}

#[test]
fn a_sign_in_box_is_shown_once_for_a_reason_and_refused_without() {
    let other = Other::serve("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"Placeholder\"\r\n");
    let mut stage = set(&other, &[]);
    stage.order(site(&other));
    let open = Navigate::Open(Address::new(&other.url()).unwrap());
    stage.order(open.clone());
    assert_eq!(stage.expect_refused(Refused::SignIn), other.host);
    stage.order(Navigate::LetThrough(Pass::SignIn(Text::new(&other.host))));
    stage.order(open.clone());
    stage.expect(|seen| matches!(seen, Observation::SignInShown(host) if host.as_str() == other.host));
    // The box waits for people; another address leaves it, and the next one asks for a reason again.
    stage.visit("/board");
    stage.order(open);
    assert_eq!(stage.expect_refused(Refused::SignIn), other.host);
    let sent = other.sent.lock().unwrap();
    assert!(sent.iter().all(|request| !request.contains("Authorization")), "nobody signed in: {sent:?}");
}
