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
