//! Pages of keeping the store, filled in as the people of a school would.

use std::path::Path;

use serde_json::json;

use super::Window;
use crate::outside::{run, said};

/// Goes to a part of keeping the store, from whatever page has the bar above it.
pub async fn go_to(window: &mut Window, part: &str) {
    window.press("go-store").await;
    window.at("store").await;
    window.press(&format!("go-{part}")).await;
}

/// The error summary is there, has the focus, and says this; the window's title says that there is an error.
pub async fn problem(window: &Window, words: &str) {
    window.wait_for_words(".govuk-error-summary", words).await;
    window.wait("main:not([aria-busy='true'])").await;
    let heard = "const box = document.querySelector('.govuk-error-summary');
        return [document.activeElement === box, document.title.startsWith('Error: ')];";
    let heard = window.script(heard, vec![]).await;
    if heard != json!([true, true]) {
        window.fail(&format!("the focus is not on the summary, or the title says no error: {heard}")).await;
    }
}

/// What a control holds now.
pub async fn holds(window: &Window, id: &str) -> String {
    let value = window.script("return document.getElementById(arguments[0]).value", vec![json!(id)]).await;
    value.as_str().unwrap_or_default().to_owned()
}

/// Both recovery codes, typed from paper.
pub async fn type_codes(window: &Window, codes: &[String; 2]) {
    for (place, code) in codes.iter().enumerate() {
        window.write(&format!("codes-{place}"), code).await;
    }
}

/// Who acts, shown by their passphrase. One who is alone is not asked who it is.
pub async fn acts(window: &Window, [person, field]: [&str; 2], name: &str, passphrase: &str) {
    if window.has(&format!("#{person}")).await {
        window.choose(person, name).await;
    }
    window.write(field, passphrase).await;
}

/// A new passphrase, typed twice.
pub async fn new_passphrase(window: &Window, passphrase: &str) {
    window.write("passphrase", passphrase).await;
    window.wait("[data-strength='enough']").await;
    window.write("again", passphrase).await;
}

/// Presses a button in the row of an enrolled person.
pub async fn press_for(window: &Window, name: &str, act: &str) {
    let find = "const [name, act] = arguments;
        const row = [...document.querySelectorAll('li[data-person]')].find((one) => one.querySelector('h3').innerText.startsWith(name));
        return row?.querySelector(`[data-act='${act}']`) ? row.dataset.person : null;";
    window.wait("li[data-person]").await;
    match window.script(find, vec![json!(name), json!(act)]).await.as_str() {
        Some(id) => window.click(&format!("li[data-person='{id}'] [data-act='{act}']")).await,
        None => window.fail(&format!("the row of {name} has no {act}")).await,
    }
}

/// The head that a printed record ends with: the number of the entry and the hash, as they stand on the paper.
#[must_use]
pub fn printed_head(record: &Path) -> [String; 2] {
    let text = said(&run("pdftotext", &["-layout", &record.display().to_string(), "-"]));
    let after = text.split("Case and ledger entry").nth(1).expect("the record prints its ledger entry");
    let number = after.split("entry ").nth(1).and_then(|rest| rest.split(". ").next()).expect("a number");
    let printed = after.split("Ledger head (SHA-256)").nth(1).expect("the record prints its head");
    let lines: Vec<&str> = printed.lines().map(str::trim).filter(|line| !line.is_empty()).take(2).collect();
    [number.to_owned(), lines.join(" ")]
}
