//! A policy saved as a file and opened from one: bad paths are answered, faults are named before anything is kept.

use std::path::Path;

use acceptance::window::Window;
use acceptance::window::keeping::{holds, problem};

/// Begins and ends with the text in the editor.
pub(crate) async fn saved_and_opened(window: &mut Window, folder: &Path) {
    let path = saved(window, folder).await;
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(holds(window, "policyText").await, text, "the file is the text");
    window.press("back").await;
    window.wait("main[data-page='policy']").await;
    window.press("open-policy-file").await;
    window.shown("policy-open").await;
    window.smallest("policy-open").await;
    window.widen().await;
    window.press("open-policy").await;
    problem(window, "Enter the path of the file").await;
    open(window, "policy.toml").await;
    problem(window, "This is not the whole of a path").await;
    open(window, &folder.join("absent.toml").display().to_string()).await;
    problem(window, "The file cannot be opened").await;
    window.look("policy-open-absent").await;

    let faulty = folder.join("faulty.toml");
    std::fs::write(&faulty, text.replacen("route = \"school\"", "route = \"scool\"", 1)).unwrap();
    open(window, &faulty.display().to_string()).await;
    window.wait("[data-faults='1']").await;
    window.wait_for_words(".fault-table", "scool").await;
    window.wait_for_words("main", "You have a draft").await;
    window.look("policy-open-faulty").await;
    window.zoomed("policy-open-faulty").await;
    window.smallest("policy-open-faulty").await;
    window.widen().await;
    window.press("go-on-with-file").await;
    window.wait("main[data-page='policy-edit'] [data-faults='1'] [data-act='show-line']").await;
    window.press("back").await;
    window.wait("main[data-page='policy']").await;
    window.press("open-policy-file").await;
    window.wait("main[data-page='policy-open']").await;
    open(window, &path).await;
    window.wait("[data-opened]").await;
    window.look("policy-open-good").await;
    window.press("go-on-with-file").await;
    window.wait("main[data-page='policy-edit']").await;
    assert_eq!(holds(window, "policyText").await, text);
}

async fn saved(window: &mut Window, folder: &Path) -> String {
    window.press("open-save-policy").await;
    window.press("save-policy").await;
    problem(window, "Enter the folder").await;
    window.write("policyFolder", &folder.join("absent").display().to_string()).await;
    window.press("save-policy").await;
    problem(window, "There is no such folder").await;
    window.write("policyFolder", &folder.display().to_string()).await;
    window.press("save-policy").await;
    window.wait_for_words("main .answer", "The text is saved as").await;
    window.look("policy-saved").await;
    folder.join("our-school-version-1.toml").display().to_string()
}

async fn open(window: &Window, path: &str) {
    window.write("policyPath", path).await;
    window.press("open-policy").await;
}
