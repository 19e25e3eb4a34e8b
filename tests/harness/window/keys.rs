//! A window used with the keyboard alone: Tab to a control, then its keys.

use fantoccini::key::Key;
use serde_json::json;

use super::Window;

/// More answers than any question has.
const ANSWERS: usize = 40;

impl Window {
    /// Goes to the button of an act, once it is on, and presses it.
    pub async fn enter(&self, act: &str) {
        self.wait(&format!("[data-act='{act}']:not([aria-disabled='true'])")).await;
        self.tab_to(&format!("[data-act='{act}']")).await;
        self.key(Key::Enter).await;
    }

    /// Goes to the field with this id, and types.
    pub async fn keyed(&self, id: &str, text: &str) {
        self.wait(&format!("#{id}")).await;
        self.tab_to(&format!("#{id}")).await;
        self.type_keys(text).await;
        let stands = self.script("return document.activeElement.value", vec![]).await;
        if stands != json!(text) {
            self.fail(&format!("{id} holds {stands} after {text:?} was typed")).await;
        }
    }

    /// Goes to a question, and along its answers to the one with this id.
    pub async fn take(&self, question: &str, id: &str) {
        self.wait(&format!("#{id}")).await;
        self.tab_to(&format!("input[name='{question}']")).await;
        self.key(' ').await;
        for _ in 0..ANSWERS {
            if self.has(&format!("#{id}:checked")).await {
                return;
            }
            self.key(Key::Down).await;
        }
        self.fail(&format!("the arrow keys do not reach {id}")).await;
    }

    /// Goes to the box with this id, and ticks it.
    pub async fn ticked(&self, id: &str) {
        self.wait(&format!("#{id}")).await;
        self.tab_to(&format!("#{id}")).await;
        self.key(' ').await;
        self.wait(&format!("#{id}:checked")).await;
    }

    /// Goes to a list, and types how the entry begins.
    pub async fn listed(&self, id: &str, begins: &str) {
        self.wait(&format!("#{id}")).await;
        self.tab_to(&format!("#{id}")).await;
        self.type_keys(begins).await;
        let taken = "const list = document.activeElement; return list.options?.[list.selectedIndex]?.text ?? ''";
        let taken = self.script(taken, vec![]).await;
        if !taken.as_str().is_some_and(|taken| taken.starts_with(begins)) {
            self.fail(&format!("{id} shows {taken} after {begins:?} was typed")).await;
        }
    }
}
