//! Files that somebody gave, and boxes over a picture, in the real window.

use acceptance::doubles::coloured;
use acceptance::window::keeping::problem;
use acceptance::window::{Window, steps};
use fantoccini::key::Key;

use super::{alone, from_more, in_session};

const MAIL: &[u8] = b"From: parent@families.example\r\nSubject: placeholder\r\n\r\nPlaceholder for content of concern";

#[tokio::test(flavor = "multi_thread")]
async fn files_are_imported_behind_the_gate_and_a_picture_is_drawn_over() {
    alone(async {
        let given = tempfile::tempdir().unwrap();
        let (photo, mail) = (given.path().join("photo.png"), given.path().join("mail.eml"));
        std::fs::write(&photo, coloured(900, 600, [200, 120, 40])).unwrap();
        std::fs::write(&mail, MAIL).unwrap();
        let (_home, mut window) = in_session("procedure/files", "import", "import").await;
        import_nothing(&window).await;
        window.give_file("file", &photo).await;
        window.wait_for_words("[data-chosen-file]", "photo.png").await;
        said_of_it(&window, "A photo of a screen").await;
        window.look("import-filled").await;
        window.press("ask-import").await;
        window.at("gate-first").await;
        window.wait_for_words("main", "Nothing of it has been read").await;
        window.look("import-gate").await;
        steps::both_no(&mut window, "JS/1").await;
        from_more(&mut window, "import", "import").await;
        window.give_file("file", &mail).await;
        said_of_it(&window, "A forwarded e-mail").await;
        window.press("ask-import").await;
        steps::both_no(&mut window, "JS/2").await;
        window.look("review-imported").await;
        window.press("end-session").await;
        window.at("case").await;
        draw_over(&mut window).await;
        window.close().await;
    })
    .await;
}

async fn import_nothing(window: &Window) {
    window.press("ask-import").await;
    problem(window, "Choose the file").await;
    problem(window, "Say where the file came from and who gave it").await;
}

async fn said_of_it(window: &Window, title: &str) {
    window.write("source", "Forwarded to the office by a parent on 20 November").await;
    window.write("title", title).await;
    window.write("nature", "Placeholder for content of concern").await;
    window.write("concern", "It names a pupil").await;
}

async fn draw_over(window: &mut Window) {
    window.press("go-exhibits").await;
    window.at("exhibits").await;
    assert!(!window.has("main img").await, "no picture is shown before somebody asks for it");
    window.wait_for_words("[data-exhibit='JS/2']", "A forwarded e-mail").await;
    assert!(!window.has("[data-exhibit='JS/2'] [data-picture]").await, "an e-mail is not shown");
    window.click("[data-exhibit='JS/1'] [data-act='draw-over']").await;
    window.at("draw-over").await;
    window.press("keep-drawn").await;
    problem(window, "Draw at least one box, number, frame or arrow").await;
    for (id, text) in [("across", "100"), ("down", "80"), ("acrossEnd", "400"), ("downEnd", "200")] {
        window.write(id, text).await;
    }
    window.press("add-shape").await;
    window.wait("[data-shapes='1']").await;
    window.press("reveal-picture").await;
    window.wait("[data-picture='revealed'] img").await;
    window.look("draw-over-revealed").await;
    window.write("title", "The photo with a name covered").await;
    window.write("nature", "The name of a pupil who is not concerned").await;
    window.write("concern", "For the copy that goes to the Local Authority").await;
    window.press("keep-drawn").await;
    window.at("exhibits").await;
    window.wait("[data-exhibit='JS/3']").await;
    window.click("[data-exhibit='JS/3'] [data-act='reveal-picture']").await;
    window.wait("[data-exhibit='JS/3'] [data-picture='revealed'] img").await;
    window.look("exhibits-drawn-over").await;
    point_out(window).await;
}

/// Numbers by the keyboard alone.
async fn point_out(window: &mut Window) {
    window.click("[data-exhibit='JS/1'] [data-act='draw-over']").await;
    window.at("draw-over").await;
    window.tick("kind-number").await;
    for (number, [across, down, across_end, down_end]) in
        [["100", "80", "400", "200"], ["500", "300", "760", "420"]].into_iter().enumerate()
    {
        let typed = [("across", across), ("down", down), ("acrossEnd", across_end), ("downEnd", down_end)];
        for (id, text) in typed {
            window.write(id, text).await;
        }
        window.press("add-shape").await;
        window.wait(&format!("[data-shapes='{}']", number + 1)).await;
    }
    window.press("keep-drawn").await;
    problem(window, "Say what number 1 points out").await;
    problem(window, "Say what number 2 points out").await;
    window.write("pointsOut0", "The name of the account").await;
    window.write("pointsOut1", "The time of the post").await;
    window.write("title", "The photo with two places pointed out").await;
    window.write("nature", "Placeholder for content of concern").await;
    window.write("concern", "For the panel").await;
    window.press("reveal-picture").await;
    window.wait("[data-picture='revealed'] img").await;
    window.look("draw-over-numbers").await;
    window.press("keep-drawn").await;
    window.at("exhibits").await;
    window.wait_for_words("[data-exhibit='JS/4']", "annotated picture").await;
    window.click("[data-exhibit='JS/4'] [data-act='reveal-picture']").await;
    window.wait("[data-exhibit='JS/4'] [data-picture='revealed'] img").await;
    window.click("[data-exhibit='JS/4'] summary").await;
    window.wait_for_words("[data-exhibit='JS/4']", "The time of the post").await;
    window.look("exhibits-annotated").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn halt_before_an_import_keeps_nothing_of_the_file() {
    alone(async {
        let given = tempfile::tempdir().unwrap();
        let photo = given.path().join("photo.png");
        std::fs::write(&photo, coloured(300, 200, [33, 44, 55])).unwrap();
        let (_home, mut window) = in_session("procedure/files-halt", "import", "import").await;
        window.give_file("file", &photo).await;
        said_of_it(&window, "A photo of a screen").await;
        window.press("ask-import").await;
        window.at("gate-first").await;
        window.key(Key::F8).await;
        window.at("halt").await;
        assert!(!window.has("[data-exhibit]").await);
        window.close().await;
    })
    .await;
}
