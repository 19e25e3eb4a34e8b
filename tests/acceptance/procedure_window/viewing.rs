//! An exhibit on a page of its own, and a device and an item described field by field, in the real window.

use acceptance::house::PASSPHRASE;
use acceptance::window::keeping::{acts, go_to, problem};
use acceptance::window::{Window, ready, steps};

use super::{alone, opened};

#[tokio::test(flavor = "multi_thread")]
async fn an_exhibit_is_looked_at_zoomed_compared_verified_and_its_paper_copy_recorded() {
    alone(async {
        let kept = ready::kept_with_two_exhibits();
        let mut window = Window::open("procedure/exhibit", kept.home.path(), "").await;
        steps::both_sign_in(&mut window).await;
        opened(&mut window).await;
        window.press("go-exhibits").await;
        window.at("exhibits").await;
        window.click("[data-exhibit='JS/1'] [data-act='open-exhibit']").await;
        window.shown("exhibit").await;
        assert!(!window.has("main img").await, "no picture is shown before somebody asks for it");
        window.wait_for_words("[data-continuity]", "Produced and kept in the store").await;
        window.press("reveal-picture").await;
        window.wait("[data-picture='revealed'] img").await;
        window.wait_for_words("tbody", "Shown on screen: View 1").await;
        window.press("zoom-whole").await;
        window.wait("[data-zoom='1']").await;
        window.press("zoom-in").await;
        window.wait("[data-zoom='1.5']").await;
        by_key(&window, "-").await;
        window.wait("[data-zoom='1']").await;
        by_key(&window, "0").await;
        window.wait("[data-zoom='fit']").await;
        window.look("exhibit-revealed").await;
        let looks = "return [...document.querySelectorAll('tr[data-continuity]')]\
                     .filter((row) => row.innerText.includes('Shown on screen')).length";
        assert_eq!(window.script(looks, vec![]).await, 1, "one look is one entry");
        // Another picture beside it covers both until they are asked for again.
        window.choose("beside", "JS/2, View 2").await;
        window.wait(".panes-beside.two").await;
        assert!(!window.has("[data-picture='revealed']").await, "both are covered");
        window.press("reveal-picture").await;
        window.wait(".picture-pane[data-picture='revealed'] + .picture-pane[data-picture='revealed'] img").await;
        window.look("exhibit-compared").await;
        window.press("verify-exhibit").await;
        window.wait("[data-verified='true']").await;
        window.wait_for_words("[data-verified]", "Each is the file that was kept").await;
        window.click("[data-act='paper-copy']").await;
        window.press("print-exhibit").await;
        problem(&window, "Enter who has the copy").await;
        window.write("copyHolder", "Jo Stirling, in the file in the safe").await;
        window.press("print-exhibit").await;
        window.wait_for_words("tbody", "Paper copy 1, as stated. It is with: Jo Stirling").await;
        window.smallest("exhibit").await;
        window.widen().await;
        window.press("leave-exhibit").await;
        window.at("exhibits").await;
        window.close().await;
    })
    .await;
}

/// A key as it is pressed while the focus is on the picture's frame.
async fn by_key(window: &Window, key: &str) {
    let press = "document.querySelector('.picture-pane .frame').dispatchEvent(new KeyboardEvent('keydown', \
                 { key: arguments[0], bubbles: true }))";
    window.script(press, vec![serde_json::json!(key)]).await;
}

/// The school's own contacts, before the review.
async fn names_support(window: &mut Window) {
    go_to(window, "support").await;
    window.wait("[data-contacts='0']").await;
    window.write("contacts", "Employee assistance, extension 214").await;
    acts(window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
    window.press("set-support").await;
    window.wait("[data-contacts='1']").await;
    window.press("go-cases").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_and_an_item_are_described_field_by_field() {
    alone(async {
        let home = ready::home_before("session", &[]);
        let mut window = Window::open("procedure/things", home.path(), "").await;
        steps::both_sign_in(&mut window).await;
        names_support(&mut window).await;
        opened(&mut window).await;
        steps::open_session(&mut window).await;
        window.press("more").await;
        window.press("record-device").await;
        window.shown("describe-device").await;
        window.press("keep-thing").await;
        problem(&window, "Enter who made the device, or say why it is not recorded").await;
        problem(&window, "Enter what was looked at, or say why it is not recorded").await;
        steps::describe(&window, "A pupil's tablet").await;
        for (id, text) in [
            ("deviceMake", "Acme"),
            ("deviceModel", "Slate 4"),
            ("deviceSerial", "SL4-0099"),
            ("deviceOwner", "The school"),
            ("deviceLocation", "Locked office"),
            ("handedOverBy", "A class teacher"),
            ("lookedAt", "The messages of one group"),
        ] {
            window.write(id, text).await;
        }
        window.press("unknown-handedOverAt").await;
        window.write("handedOverAt", "nobody wrote down the time").await;
        window.look("describe-device-filled").await;
        window.press("keep-thing").await;
        window.at("review").await;
        window.wait("[data-exhibit='JS/1']").await;
        window.press("more").await;
        window.press("record-item").await;
        window.shown("describe-physical-item").await;
        steps::describe(&window, "A printout").await;
        for (id, text) in [
            ("itemDescription", "Two sheets, stapled"),
            ("itemSeal", "S-1043"),
            ("itemCustodian", "Jo Stirling"),
            ("itemPlace", "Office safe"),
        ] {
            window.write(id, text).await;
        }
        window.press("unknown-itemMark").await;
        window.write("itemMark", "it has no mark").await;
        window.press("keep-thing").await;
        window.at("review").await;
        window.wait("[data-exhibit='JS/2']").await;
        window.press("end-session").await;
        window.at("case").await;
        window.wait("[data-debrief]").await;
        window.wait_for_words("[data-debrief] [data-own-contact]", "Employee assistance, extension 214").await;
        window.wait_for_words("[data-debrief] [data-support]", "Education Support").await;
        window.look("case-debrief").await;
        window.write("words", "Three pages were looked at together.").await;
        window.press("keep-debrief").await;
        window.press("go-exhibits").await;
        window.at("exhibits").await;
        window.click("[data-exhibit='JS/1'] [data-act='open-exhibit']").await;
        window.at("exhibit").await;
        window.wait_for_words("main", "Not recorded, because nobody wrote down the time").await;
        window.whole("exhibit-device").await;
        window.close().await;
    })
    .await;
}
