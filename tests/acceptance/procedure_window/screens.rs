//! A picture of a whole screen, in the real window: chosen by name, the two questions, kept; and HALT at the question.

use std::time::Duration;

use acceptance::window::keeping::problem;
use acceptance::window::{Window, steps};
use fantoccini::key::Key;

use super::{alone, from_more, in_session};

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_is_chosen_by_name_and_kept_behind_the_gate() {
    alone(async {
        let (_home, mut window) = in_session("procedure/screens", "screen", "choose-screen").await;
        window.wait("input[name='screen']").await;
        window.press("ask-screen").await;
        problem(&window, "Choose a screen or a window").await;
        problem(&window, "Say why it is a concern").await;
        assert!(!window.has("main img").await, "the list shows names only");
        window.look("screens-empty").await;
        window.press("list-again").await;
        // The list comes by itself: what it must not wipe is looked at after it.
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(window.has(".govuk-error-summary").await, "listing them again wiped what is lacking");
        window.press("leave-screen").await;
        window.at("review").await;
        // What was lacking there is not lacking here.
        window.wait("main[data-page='review']:not(:has(.govuk-error-summary))").await;
        from_more(&mut window, "screen", "choose-screen").await;
        window.wait("input[name='screen']").await;
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
        let (_home, mut window) = in_session("procedure/screens-halt", "screen", "choose-screen").await;
        window.wait("input[name='screen']").await;
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

async fn chosen(window: &Window) {
    window.click("input[name='screen']").await;
    window.write("title", "The screen as it was").await;
    window.write("nature", "Placeholder for content of concern").await;
    window.write("concern", "It names a pupil").await;
}
