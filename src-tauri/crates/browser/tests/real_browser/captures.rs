//! Pictures.

use trail_browser::client::BrowserFault;
use trail_browser::protocol::facts::CaptureRefusal;
use trail_browser::protocol::observation::Observation;
use trail_browser::protocol::{CaptureKind, Navigate};

use crate::stage::{Decoded, SOON, Stage};

#[test]
fn a_covered_page_is_not_captured() {
    let mut stage = Stage::set();
    let fault = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Refused(CaptureRefusal::NoPage)), "{fault}");
    stage.visit("/members/k7");
    let fault = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Refused(CaptureRefusal::Covered)), "{fault}");
    stage.reveal(60);
    stage.order(Navigate::Cover);
    let fault = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Refused(CaptureRefusal::Covered)), "{fault}");
}

#[test]
fn a_viewport_shows_what_the_page_shows() {
    let mut stage = Stage::set();
    stage.visit("/members/k7");
    stage.reveal(60);
    let captured = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap();
    assert_eq!(captured.views.len(), 1);
    assert!(captured.stitched.is_none());
    let view = &captured.views[0];
    let picture = Decoded::read(&view.png);
    assert_eq!((picture.width, picture.height), (view.facts.width, view.facts.height));
    assert!(picture.has([0x9b, 0xd5, 0xd0]), "the teal placeholder");
    assert!(picture.has([0x54, 0x35, 0x7f]), "the training band");
    let page = &captured.page;
    assert_eq!(page.final_address.as_str(), stage.site.url("/members/k7"));
    assert_eq!(page.response.observed().unwrap().status, 200);
    assert_eq!(page.remote.observed().unwrap().as_str(), stage.site.host_and_port());
    assert!(page.certificate.observed().is_none());
    assert!(!page.loading);
}

#[test]
fn the_whole_page_only_after_it_was_scrolled_through() {
    let mut stage = Stage::set();
    stage.visit("/gallery");
    stage.reveal(120);
    let fault = stage.browser.capture(CaptureKind::WholePage, SOON).unwrap_err();
    assert!(matches!(fault, BrowserFault::Refused(CaptureRefusal::NotScrolledThrough)), "{fault}");
    stage.order(Navigate::ScrollThrough);
    stage.expect(|seen| matches!(seen, Observation::ScrolledThrough { scroll_height: 10_000 }));
    let captured = stage.browser.capture(CaptureKind::WholePage, SOON).unwrap();
    let whole = Decoded::read(&captured.stitched.as_ref().unwrap().png);
    assert_eq!(whole.height, 10_000);
    assert_eq!(whole.at(10, 9_999), [0x0b, 0x5a, 0x5f], "the footer's colour");
    assert_eq!(whole.at(10, 9_899), [255, 255, 255], "the last tile's line");
    let mut top = 0;
    for view in &captured.views {
        let part = Decoded::read(&view.png);
        assert_eq!(view.facts.scroll_y, top);
        assert_eq!(part.rows(0, part.height), whole.rows(top, part.height), "view at {top}");
        top += part.height;
    }
    assert_eq!(top, 10_000);
}

#[test]
fn a_page_taller_than_a_surface_is_taken_view_by_view() {
    let page = "<title>very tall</title><body style='margin:0;background:#ffffff'><div style='height:39900px'></div>\
        <div style='height:100px;background:#0b5a5f'></div>";
    let mut stage = Stage::with_pages(&[("/very-tall", page)]);
    stage.visit("/very-tall");
    stage.reveal(200);
    stage.order(Navigate::ScrollThrough);
    let thorough = |seen: &Observation| matches!(seen, Observation::ScrolledThrough { scroll_height: 40_000 });
    stage.browser.wait_for(3 * SOON, thorough).unwrap();
    let captured = stage.browser.capture(CaptureKind::WholePage, 3 * SOON).unwrap();
    assert!(captured.stitched.is_none());
    let height = captured.page.layout.height;
    assert_eq!(captured.views.len(), 40_000_usize.div_ceil(height as usize));
    let last = captured.views.last().unwrap();
    assert_eq!(last.facts.scroll_y + height, 40_000);
    let picture = Decoded::read(&last.png);
    assert_eq!(picture.at(5, picture.height - 1), [0x0b, 0x5a, 0x5f]);
    assert_eq!(picture.at(5, picture.height - 101), [255, 255, 255]);
}

#[test]
fn nothing_of_a_covered_page_reaches_the_screen() {
    let page = "<title>shouts</title><body style='margin:0;background:#ff00c8'><dialog id=d \
        style='width:3000px;height:3000px;background:#ff00c8'></dialog><div popover id=p style='width:100%;height:100%;background:#ff00c8'></div>\
        <script>d.showModal();try{p.showPopover()}catch(e){};document.documentElement.requestFullscreen?.().catch(()=>{})</script>";
    let mut stage = Stage::with_pages(&[("/shouts", page)]);
    stage.visit("/shouts");
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert!(!stage.screen().has([0xff, 0x00, 0xc8]), "the page is seen through its cover");
    stage.reveal(60);
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert!(stage.screen().has([0xff, 0x00, 0xc8]), "the page is not shown although it was revealed");
    stage.order(Navigate::Cover);
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert!(!stage.screen().has([0xff, 0x00, 0xc8]), "the page stays after it was covered");
}

#[test]
fn pictures_still_to_come_and_what_stands_still_are_told() {
    let page = "<title>waits</title><body style='margin:0'><header style='position:sticky;top:0'>head</header>\
        <aside style='position:fixed;bottom:0'>foot</aside><div style='height:30000px'></div>\
        <img loading=lazy src='/status/200' width=10 height=10>";
    let mut stage = Stage::with_pages(&[("/waits", page)]);
    stage.visit("/waits");
    stage.reveal(60);
    let captured = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap().page;
    assert_eq!((captured.coming.observed(), captured.standing.observed()), (Some(&1), Some(&2)));
    assert_eq!((captured.grew, captured.zoom), (0, 100));
}

#[test]
fn a_page_without_an_end_is_told() {
    let page = "<title>endless</title><body style='margin:0'><script>const more=()=>{const d=document.createElement('div');\
        d.style.height='3000px';document.body.append(d)};more();onscroll=()=>{if(scrollY+innerHeight>document.body.scrollHeight-50)more()}</script>";
    let mut stage = Stage::with_pages(&[("/endless", page)]);
    stage.visit("/endless");
    stage.reveal(200);
    // How soon an end is reached is the computer's affair.
    let mut grew = 0;
    for _each_end in 0..60 {
        stage.order(Navigate::ScrollThrough);
        std::thread::sleep(std::time::Duration::from_secs(1));
        grew = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap().page.grew;
        if grew >= 2 {
            return;
        }
    }
    panic!("it grew {grew} times");
}

#[test]
fn what_is_found_is_not_marked_in_a_picture_and_the_size_is_told() {
    let page = "<title>words</title><body>word <b>word</b> another";
    let mut stage = Stage::with_pages(&[("/words", page)]);
    stage.visit("/words");
    stage.reveal(120);
    let before = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap();
    stage.display.run("xdotool", &["mousemove", "500", "400"]);
    std::thread::sleep(std::time::Duration::from_millis(200));
    let plain = stage.screen();
    stage.display.run("xdotool", &["key", "ctrl+f"]);
    stage.display.run("xdotool", &["type", "word"]);
    stage.display.run("xdotool", &["key", "Return"]);
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_ne!(stage.screen().rows(80, 200), plain.rows(80, 200), "nothing was found");
    let after = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap();
    assert_eq!(Decoded::read(&after.views[0].png).rows(0, 200), Decoded::read(&before.views[0].png).rows(0, 200));
    stage.display.run("xdotool", &["key", "ctrl+plus"]);
    std::thread::sleep(std::time::Duration::from_millis(300));
    let larger = stage.browser.capture(CaptureKind::Viewport, SOON).unwrap();
    assert_eq!(larger.page.zoom, 125);
    assert_ne!(Decoded::read(&larger.views[0].png).rows(0, 200), Decoded::read(&before.views[0].png).rows(0, 200));
}
