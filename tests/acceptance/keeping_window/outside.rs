//! The time server and the school's own contacts for support: chosen by two, and bad input answered.

use acceptance::house::PASSPHRASE;
use acceptance::window::keeping::{acts, go_to, holds, problem};

use super::{alone, for_two};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_choose_the_time_server_and_write_the_contacts() {
    alone(async {
        let (_home, mut window) = for_two("keeping/outside", &["time-server", "support"]).await;
        go_to(&mut window, "time-server").await;
        window.wait_for_words("[data-time-server='none']", "Nobody").await;
        window.write("server", "http://time.example").await;
        acts(&window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
        window.press("set-time-server").await;
        problem(&window, "This is not the name of a time server").await;
        assert_eq!(holds(&window, "server").await, "http://time.example", "what was typed stays");
        window.look("time-server-bad").await;
        window.write("server", "time.school.example").await;
        acts(&window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
        window.press("set-time-server").await;
        window.wait_for_words("main .answer", "It is asked when you open the next review").await;
        window.wait("[data-time-server='time.school.example']").await;
        window.look("time-server-chosen").await;
        go_to(&mut window, "support").await;
        window.wait("[data-contacts='0']").await;
        window.write("contacts", "Employee assistance, day and night: 01632 960 014").await;
        acts(&window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
        window.press("set-support").await;
        window.wait("[data-contacts='1']").await;
        window.look("support-written").await;
        window.smallest("support-written").await;
        window.widen().await;
        window.zoomed("support-written").await;
        window.close().await;
    })
    .await;
}
