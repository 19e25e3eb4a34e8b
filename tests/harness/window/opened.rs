//! An opened window, and what a person does in it. Every wait has an end; what does not come fails with the name of
//! the page and a picture of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::axe;
use super::driver::{Driver, shown_in};
use super::pictures::Pictures;
use crate::outside::built;

mod sizes;

use sizes::{HIGH, WIDE};

/// Longest wait for what a person waits for.
pub const WAIT: Duration = Duration::from_secs(30);

/// Longest wait for one answer of the driver.
const ANSWER: Duration = Duration::from_secs(60);

/// The program's window.
pub struct Window {
    client: Client,
    driver: Driver,
    pictures: Pictures,
    folder: PathBuf,
    looked: BTreeSet<String>,
    violations: Vec<String>,
}

impl Window {
    /// Opens the program on this home, with these private addresses opted in; `run` names the folder for pictures.
    pub async fn open(run: &str, home: &Path, private: &str) -> Self {
        let folder = shown_in(run);
        let pictures = Pictures::in_folder(&folder);
        let driver = Driver::start(home, private, &folder.join("said.log"));
        let program = built("evidence-trail");
        let wanted = json!({ "tauri:options": { "application": program } });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted.as_object().cloned().unwrap());
        let address = driver.address();
        let connected = tokio::time::timeout(ANSWER, builder.connect(&address)).await;
        let client = connected.expect("the window did not open in time").expect("the window opens");
        let window = Self { client, driver, pictures, folder, looked: BTreeSet::new(), violations: Vec::new() };
        window.answer("the window's size", window.client.set_window_rect(0, 0, WIDE, HIGH)).await;
        window
    }

    /// Closes it, and waits until the program has ended. No page that was looked at may have violated anything.
    pub async fn close(self) {
        let Self { client, driver, violations, .. } = self;
        // The driver answers that the session is over before, or after, the program has ended.
        let _ = tokio::time::timeout(ANSWER, client.close()).await;
        driver.wait_until_the_program_ended();
        assert!(violations.is_empty(), "axe-core found violations:\n{}", violations.join("\n"));
    }

    /// The evidence browsers that run now.
    #[must_use]
    pub fn evidence_browsers(&self) -> Vec<u32> {
        self.driver.evidence_browsers()
    }

    /// Every process that came from the driver, with its command line: the program, and its web processes.
    #[must_use]
    pub fn processes(&self) -> BTreeMap<u32, String> {
        self.driver.processes()
    }

    /// Waits until this page is in front and the core is at rest. A page that was not looked at before is checked
    /// by axe-core and kept as a picture.
    pub async fn at(&mut self, page: &str) {
        self.find(&format!("main[data-page='{page}']:not([aria-busy='true'])")).await;
        if self.looked.insert(page.to_owned()) {
            self.look(page).await;
        }
    }

    /// Checks what is in front now by axe-core, and keeps a picture of it under this name.
    pub async fn look(&mut self, name: &str) {
        // What fades in has its colours only then.
        tokio::time::sleep(Duration::from_millis(250)).await;
        let png = self.answer("a picture", self.client.screenshot()).await;
        self.pictures.keep(name, &png);
        if self.script("return typeof axe === 'undefined'", vec![]).await == json!(true) {
            self.script(axe::SOURCE.as_str(), vec![]).await;
        }
        let found = axe::read(&self.answer("axe-core", self.client.execute_async(axe::ASK, vec![])).await);
        for line in &found.practice {
            println!("{name}: good practice: {line}");
        }
        self.violations.extend(found.violations.into_iter().map(|line| format!("{name}: {line}")));
    }

    /// Presses the button of an act, once it is on.
    pub async fn press(&self, act: &str) {
        self.click(&format!("[data-act='{act}']:not([aria-disabled='true'])")).await;
    }

    /// Locks, and waits for the window that is made in place of this one.
    pub async fn lock(&self) {
        let before = self.answer("the window", self.client.window()).await;
        self.press("lock").await;
        let deadline = Instant::now() + WAIT;
        while self.client.windows().await.is_ok_and(|handles| handles.contains(&before)) {
            if Instant::now() > deadline {
                self.fail("the window that was locked is still there").await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.wait("main[data-page='sign-in']:not([aria-busy='true'])").await;
    }

    /// Clicks on what this selector finds first.
    pub async fn click(&self, css: &str) {
        let deadline = Instant::now() + WAIT;
        loop {
            let element = self.find(css).await;
            match self.within(&format!("a click on {css}"), element.click()).await {
                Ok(()) => return,
                Err(error) if Instant::now() > deadline => {
                    self.fail(&format!("{css} cannot be clicked: {error}")).await
                }
                // It was drawn anew, or lies under the foot of the window: a person scrolls to it.
                Err(_) => {
                    let scroll = "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center', behavior: 'instant' })";
                    self.script(scroll, vec![json!(css)]).await;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    /// Types into the field with this id, in place of what stands there.
    pub async fn write(&self, id: &str, text: &str) {
        let field = self.find(&format!("#{id}")).await;
        if self.answer(id, field.prop("value")).await.is_some_and(|value| !value.is_empty()) {
            self.answer(id, field.clear()).await;
        }
        // The driver types a key for each letter; a new line has a key of its own.
        self.answer(id, field.send_keys(&text.replace('\n', "\u{E007}"))).await;
        let stands = self.answer(id, field.prop("value")).await.unwrap_or_default();
        if stands != text {
            self.fail(&format!("{id} holds {stands:?} after {text:?} was typed")).await;
        }
    }

    /// Gives a file to the control with this id, as its dialog would.
    pub async fn give_file(&self, id: &str, file: &Path) {
        let field = self.find(&format!("#{id}")).await;
        self.answer(id, field.send_keys(&file.display().to_string())).await;
    }

    /// Ticks a box, or takes one of several answers, by the id of its control.
    pub async fn tick(&self, id: &str) {
        self.click(&format!("#{id}")).await;
        let control = self.find(&format!("#{id}")).await;
        if !self.answer(id, control.is_selected()).await {
            self.fail(&format!("{id} was clicked and is not ticked")).await;
        }
    }

    /// Takes the entry of a list that begins with these words. Gives its value.
    pub async fn choose(&self, id: &str, begins: &str) -> String {
        // A page that is drawn again meanwhile has another list.
        for _ in 0..2 {
            if let Some(value) = self.chosen(id, begins).await {
                return value;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        match self.chosen(id, begins).await {
            Some(value) => value,
            None => self.fail(&format!("no entry of {id} that begins with {begins:?} could be taken")).await,
        }
    }

    async fn chosen(&self, id: &str, begins: &str) -> Option<String> {
        let list = self.find(&format!("#{id}")).await;
        // The driver is content with a list whose edge is in sight, and then cannot click it.
        let seen = "arguments[0].scrollIntoView({ block: 'center' });";
        self.within(id, self.client.execute(seen, vec![json!(list)])).await.ok()?;
        let path = format!(".//option[starts-with(normalize-space(.), \"{begins}\")]");
        let option = self.within(id, list.find(Locator::XPath(&path))).await.ok()?;
        self.within(id, option.click()).await.ok()?;
        self.within(id, option.prop("value")).await.ok().flatten()
    }

    /// Presses a key, wherever the focus is.
    pub async fn key(&self, key: impl Into<char>) {
        let value = key.into();
        let keys = KeyActions::new("keys".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.answer("a key", self.client.perform_actions(keys)).await;
    }

    /// Types with the keyboard alone, wherever the focus is.
    pub async fn type_keys(&self, text: &str) {
        let keys = text.chars().fold(KeyActions::new("keys".to_owned()), |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.answer("keys", self.client.perform_actions(keys)).await;
    }

    /// Presses Tab until the focus is on what this selector names.
    pub async fn tab_to(&self, css: &str) {
        for _ in 0..80 {
            self.key(Key::Tab).await;
            let there = "return document.activeElement !== null && document.activeElement.matches(arguments[0])";
            if self.script(there, vec![json!(css)]).await == json!(true) {
                return;
            }
        }
        self.fail(&format!("80 presses of Tab do not reach {css}")).await;
    }

    /// The text of what this selector finds first.
    pub async fn text(&self, css: &str) -> String {
        let element = self.find(css).await;
        self.answer(css, element.text()).await
    }

    /// An attribute of what this selector finds first.
    pub async fn attribute(&self, css: &str, name: &str) -> String {
        let element = self.find(css).await;
        self.answer(css, element.attr(name)).await.unwrap_or_default()
    }

    /// Whether something answers to this selector now.
    pub async fn has(&self, css: &str) -> bool {
        !self.answer(css, self.client.find_all(Locator::Css(css))).await.is_empty()
    }

    /// Waits until something answers to this selector.
    pub async fn wait(&self, css: &str) {
        self.find(css).await;
    }

    /// Waits until the first that answers to this selector says these words.
    pub async fn wait_for_words(&self, css: &str, words: &str) {
        let deadline = Instant::now() + WAIT;
        loop {
            // What was found may be drawn anew before it is read.
            let says = match self.within(css, self.client.find(Locator::Css(css))).await {
                Ok(found) => self.within(css, found.text()).await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if says.contains(words) {
                return;
            }
            if Instant::now() > deadline {
                self.fail(&format!("{css} does not say {words:?} but {says:?}")).await;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.answer("a script", self.client.execute(script, arguments)).await
    }

    /// Calls a command of the core as the page does. Gives what it answers, or what it throws under `thrown`.
    pub async fn invoke(&self, command: &str, arguments: Value) -> Value {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(done, (thrown) => done({ thrown }));";
        self.answer(command, self.client.execute_async(script, vec![json!(command), arguments])).await
    }

    /// Whether the page can load a picture from this address.
    pub async fn picture_loads(&self, address: &str) -> bool {
        let script = "const [address, done] = arguments; const image = new Image();
            image.onload = () => done(image.naturalWidth > 0); image.onerror = () => done(false);
            image.src = address;";
        self.answer("a picture", self.client.execute_async(script, vec![json!(address)])).await == json!(true)
    }

    /// Fails, with the name of the page, what it answers, and a picture.
    pub async fn fail(&self, what: &str) -> ! {
        let says = "return (document.querySelector('main')?.dataset.page ?? 'no page') + ': '
            + [...document.querySelectorAll('main .answer, main [role=alert]')].map((one) => one.innerText).join(' | ')";
        let page = match tokio::time::timeout(Duration::from_secs(5), self.client.execute(says, vec![])).await {
            Ok(Ok(page)) => page.to_string(),
            Ok(Err(_)) | Err(_) => "the window does not answer".to_owned(),
        };
        let picture = self.folder.join("failed.png");
        if let Ok(Ok(png)) = tokio::time::timeout(Duration::from_secs(5), self.client.screenshot()).await {
            std::fs::write(&picture, png).unwrap();
        }
        panic!("{what}\n  page {page}\n  picture: {}", picture.display());
    }

    /// At a lock the window is closed and made anew: the handle that is there now is the one to look at.
    async fn look_at_the_window(&self) {
        if self.client.window().await.is_ok() && self.client.current_url().await.is_ok() {
            return;
        }
        for _ in 0..60 {
            if let Ok(handles) = self.client.windows().await
                && let Some(handle) = handles.into_iter().next_back()
                && self.client.switch_to_window(handle).await.is_ok()
                && self.client.current_url().await.is_ok()
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn find(&self, css: &str) -> Element {
        self.look_at_the_window().await;
        let waited = || self.client.wait().at_most(WAIT).every(Duration::from_millis(50));
        if let Ok(element) = self.within(css, waited().for_element(Locator::Css(css))).await {
            return element;
        }
        // The window may have been made anew meanwhile.
        self.look_at_the_window().await;
        match self.within(css, waited().for_element(Locator::Css(css))).await {
            Ok(element) => element,
            Err(_) => self.fail(&format!("{css} did not come within {} seconds", WAIT.as_secs())).await,
        }
    }

    async fn answer<T>(&self, what: &str, asked: impl Future<Output = Result<T, CmdError>>) -> T {
        match self.within(what, asked).await {
            Ok(answer) => answer,
            Err(error) => self.fail(&format!("{what}: {error}")).await,
        }
    }

    async fn within<T>(&self, what: &str, asked: impl Future<Output = Result<T, CmdError>>) -> Result<T, CmdError> {
        match tokio::time::timeout(ANSWER, asked).await {
            Ok(answer) => answer,
            Err(_) => self.fail(&format!("{what}: no answer within {} seconds", ANSWER.as_secs())).await,
        }
    }
}
