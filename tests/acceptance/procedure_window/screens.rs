//! A picture of a whole screen, in the real window: chosen by name, the two questions, kept; and HALT at the question.

use acceptance::window::keeping::problem;
use acceptance::window::{Window, ready, steps};
use fantoccini::key::Key;

use super::{alone, opened};

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_is_chosen_by_name_and_kept_behind_the_gate() {
    alone(async {
        let home = ready::home_before("session", &[]);
        let mut window = Window::open("procedure/screens", home.path(), "").await;
        choosing(&mut window).await;
        window.press("ask-screen").await;
        problem(&window, "Choose a screen or a window").await;
        problem(&window, "Say why it is a concern").await;
        assert!(!window.has("main img").await, "the list shows names only");
        window.look("screens-empty").await;
        chosen(&window).await;
        window.look("screens-chosen").await;
        window.press("ask-screen").await;
        window.at("gate-first").await;
        window.wait_for_words("main", "No picture has been taken").await;
        window.look("screens-gate").await;
        steps::both_no(&mut window, "JS/1").await;
        window.look("review-with-a-screen").await;
        window.press("end-session").await;
        window.at("case").await;
        window.press("go-exhibits").await;
        window.at("exhibits").await;
        window.wait_for_words("[data-exhibit='JS/1']", "Screen or window, as it was shown").await;
        window.click("[data-exhibit='JS/1'] [data-act='reveal-picture']").await;
        window.wait("[data-exhibit='JS/1'] [data-picture='revealed'] img").await;
        window.look("exhibits-with-a-screen").await;
        window.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn halt_before_a_screen_is_shot_keeps_nothing() {
    alone(async {
        let home = ready::home_before("session", &[]);
        let mut window = Window::open("procedure/screens-halt", home.path(), "").await;
        choosing(&mut window).await;
        chosen(&window).await;
        window.press("ask-screen").await;
        window.at("gate-first").await;
        window.key(Key::F8).await;
        window.at("halt").await;
        assert!(!window.has("[data-exhibit]").await);
        window.close().await;
    })
    .await;
}

/// Both are signed in, a session is open, and the names of what is on the screen are listed.
async fn choosing(window: &mut Window) {
    steps::both_sign_in(window).await;
    opened(window).await;
    steps::open_session(window).await;
    window.press("more").await;
    window.press("screen").await;
    window.at("choose-screen").await;
    window.wait("input[name='screen']").await;
}

async fn chosen(window: &Window) {
    window.click("input[name='screen']").await;
    window.write("title", "The screen as it was").await;
    window.write("nature", "Placeholder for content of concern").await;
    window.write("concern", "It names a pupil").await;
}
