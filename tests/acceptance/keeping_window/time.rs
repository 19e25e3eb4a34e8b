//! Time-stamp authorities: chosen by two, a bad address answered, and nobody asked again.

use acceptance::house::PASSPHRASE;
use acceptance::time::{Does, TimeServer};
use acceptance::window::keeping::{acts, go_to, holds, problem};

use super::{alone, for_two};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_choose_who_vouches_for_the_time() {
    alone(async {
        let (home, mut window) = for_two("keeping/time", &["time"]).await;
        let server = TimeServer::start(&home.path().join("authority"), Does::Stamp);
        go_to(&mut window, "time").await;
        window.wait("#firstAddress").await;
        window.wait_for_words("[data-authority='none']", "Nobody is asked").await;
        window.look("time-for-two").await;
        window.smallest("time-for-two").await;
        window.widen().await;
        window.zoomed("time-for-two").await;
        window.press("set-time-authorities").await;
        problem(&window, "Enter your passphrase").await;
        window.write("firstAddress", "time.example").await;
        window.write("firstRoot", &server.root).await;
        acts(&window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
        window.press("set-time-authorities").await;
        problem(&window, "This is not an address that a time-stamp authority can be asked at").await;
        assert_eq!(holds(&window, "firstAddress").await, "time.example", "what was typed stays");
        window.look("time-bad-address").await;
        window.write("firstAddress", &server.address).await;
        acts(&window, ["person", "passphrase"], "Jo Stirling", PASSPHRASE).await;
        window.press("set-time-authorities").await;
        window.wait_for_words("main .answer", "They are asked at the next signature").await;
        window.wait_for_words("[data-authority='0']", "Root of time").await;
        window.look("time-chosen").await;
        window.close().await;
    })
    .await;
}
