//! A further designated computer: registered by two, and a case that goes over to it.

use acceptance::house::PASSPHRASE;
use acceptance::window::Window;
use acceptance::window::keeping::{acts, go_to, holds, problem};

use super::{alone, for_two};

#[tokio::test(flavor = "multi_thread")]
async fn a_further_computer_is_registered_and_a_case_goes_over_to_it() {
    alone(async {
        let (_home, mut window) = for_two("keeping/computers", &["computers"]).await;
        go_to(&mut window, "computers").await;
        window.wait("#computerName").await;
        window.look("computers-for-two").await;
        window.smallest("computers-for-two").await;
        window.widen().await;
        window.zoomed("computers-for-two").await;
        window.press("register-computer").await;
        problem(&window, "Enter its asset tag").await;
        window.look("computers-empty").await;
        registered(&mut window).await;
        goes_over(&mut window).await;
        window.close().await;
    })
    .await;
}

async fn registered(window: &mut Window) {
    window.write("computerName", "HB-REVIEW-02").await;
    window.write("assetTag", "hb-0417").await;
    window.write("serial", "5CG0999XYZ").await;
    window.write("location", "Deputy's office, room 1.02").await;
    acts(window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
    window.press("register-computer").await;
    problem(window, "A computer with this asset tag is registered already").await;
    assert_eq!(holds(window, "serial").await, "5CG0999XYZ", "what was typed stays");
    window.write("assetTag", "HB-0418").await;
    acts(window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
    window.press("register-computer").await;
    window.wait_for_words("main .answer", "The computer is registered").await;
    window.wait_for_words("[data-computer='1']", "HB-0418").await;
    window.look("computers-registered").await;
}

async fn goes_over(window: &mut Window) {
    window.press("go-cases").await;
    window.at("cases").await;
    window.press("open-case").await;
    window.at("case").await;
    window.press("go-changes").await;
    window.at("changes").await;
    window.tick("which-change-computer").await;
    window.press("change-on").await;
    window.wait("#assetTag-0").await;
    window.tick("assetTag-0").await;
    window.write("filter", "None was opened").await;
    window.write("custodian", "Jo Stirling").await;
    window.write("place", "Office safe").await;
    window.write("reason", "Its disk failed").await;
    window.look("case-goes-over").await;
    window.press("record-change").await;
    window.wait("main[data-page='case']").await;
    window.press("stage-computer").await;
    window.wait_for_words("main", "HB-REVIEW-02").await;
    window.look("computer-of-the-case").await;
}
