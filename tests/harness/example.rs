//! The worked example, step by step: two reviewers and a headteacher, one case to the signed form, a second case into
//! HALT. Real store, real evidence browser, real documents, and the verifier's own word at the end.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use trail_app::wire::case::CaseView;
use trail_browser::training;

use crate::house::House;
use crate::outside::{built, root, said};
use crate::perform::{Ended, Walk};
use keeping::Copied;

mod chosen;
mod handing;
mod keeping;
mod papers;
mod review;
mod stamping;

/// What was asked for.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Addresses to review instead of the training site.
    pub urls: Vec<String>,
    /// Leave the encrypted store behind.
    pub keep_store: bool,
    /// Where it writes to; `target/example` where nothing is said.
    pub out: Option<PathBuf>,
    /// Values instead of the happy path's own, by act.
    pub values: Map<String, Value>,
}

/// The worked example.
pub struct Example {
    wanted: Wanted,
    out: PathBuf,
    steps: Vec<(String, Duration)>,
    /// Who stamps the signatures, or why nobody does.
    stamps: String,
}

impl Example {
    /// An example.
    #[must_use]
    pub fn new(wanted: Wanted) -> Self {
        let out = wanted.out.clone().unwrap_or_else(|| root().join("target/example"));
        Self { wanted, out, steps: Vec::new(), stamps: String::new() }
    }

    /// What was done, and how long each step took.
    #[must_use]
    pub fn table(&self) -> String {
        let width = self.steps.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        let mut table = String::new();
        for (name, took) in &self.steps {
            let _ = writeln!(table, "{name:width$}  {:>8.2} s", took.as_secs_f64());
        }
        table
    }

    /// Runs it. Answers where everything is.
    ///
    /// # Errors
    /// - If any step is refused, goes wrong, or the verifier does not accept the form.
    pub fn run(&mut self) -> Result<String, String> {
        if self.out.exists() {
            fs::remove_dir_all(&self.out).map_err(|error| error.to_string())?;
        }
        fs::create_dir_all(&self.out).map_err(|error| error.to_string())?;
        let site = training::serve().map_err(|error| format!("the training site could not be served: {error}"))?;
        let mut private = vec![site.host_and_port()];
        let urls = if self.wanted.urls.is_empty() {
            vec![site.url("/board/topic-1"), site.url("/gallery")]
        } else {
            self.wanted.urls.clone()
        };
        // Whoever names an address has opted it in, private or not.
        private.extend(urls.iter().filter_map(|url| host_and_port(url)));
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut walk = self.step("Set up the school", |_| {
            House::real(folder, built("evidence-trail"), private).map(Walk::new).map_err(|fault| fault.to_string())
        })?;
        let done = self.procedure(&mut walk, &urls).and_then(|form| {
            let copied = self.keep(&mut walk, &form)?;
            let referral = self.halt(&mut walk, &urls[0])?;
            Ok((form, copied, referral))
        });
        walk.house.app.lock();
        let store = self.wanted.keep_store.then(|| walk.house.keep().join("store"));
        let (form, copied, referral) = done?;
        let Copied { backup, head } = copied;
        let mut summary = format!(
            "Signed form:      {}\nReferral record:  {}\nBackup:           {}\nRecord checked:   {head}\n\
             Time-stamps:      {}\n\
             Everything else:  {}",
            form.display(),
            referral.display(),
            backup.display(),
            self.stamps,
            self.out.display()
        );
        if let Some(store) = store {
            let _ = write!(summary, "\nEncrypted store:  {}", store.display());
        }
        Ok(summary)
    }

    fn procedure(&mut self, walk: &mut Walk, urls: &[String]) -> Result<PathBuf, String> {
        self.act(walk, "Second person signs in", "sign-in", json!({ "who": "PA" }))?;
        let (folder, out) = (walk.house.folder().to_owned(), self.out.clone());
        self.stamps = self.step("Choose a time-stamp authority", |_| stamping::chosen(walk, &folder, &out))?;
        self.choose(walk)?;
        self.act(walk, "Report", "open-case", json!({}))?;
        self.act(walk, "Preserve", "preserve", json!({}))?;
        self.act(walk, "Nothing more to preserve", "finish-preserve", json!({}))?;
        self.act(walk, "Triage", "triage", json!({}))?;
        self.act(walk, "Group", "form-group", json!({}))?;
        self.act(walk, "Computer", "choose-computer", json!({}))?;
        self.act(walk, "Open the session", "open-session", json!({ "referenceTime": clock_now() }))?;
        for (number, url) in urls.iter().enumerate() {
            self.review_page(walk, url, number > 0)?;
        }
        self.exhibits_by_hand(walk)?;
        self.act(walk, "Record an address in words", "words", json!({}))?;
        self.act(walk, "Observer confirms", "confirm-observer", json!({ "who": "PA" }))?;
        self.act(walk, "End the session", "end-session", json!({}))?;
        self.act(walk, "First view sealed", "seal-view", json!({ "who": "JS" }))?;
        self.act(walk, "Second view sealed", "seal-view", json!({ "who": "PA" }))?;
        self.act(walk, "Finding", "find", json!({}))?;
        self.act(walk, "Actions", "choose-actions", json!({}))?;
        self.act(walk, "Isolation", "isolate", json!({}))?;
        self.act(walk, "Make volumes and form", "make-form", json!({}))?;
        self.act(walk, "First reviewing person signs", "sign-form", json!({ "field": "first", "who": "JS" }))?;
        self.act(walk, "Second reviewing person signs", "sign-form", json!({ "field": "second", "who": "PA" }))?;
        self.papers(walk)?;
        walk.house.app.lock();
        self.act(walk, "Headteacher signs in", "sign-in", json!({ "who": "AO" }))?;
        self.act(walk, "Headteacher signs off", "sign-form", json!({ "field": "head", "who": "AO" }))?;
        self.act(walk, "Retain", "retain", json!({}))?;
        self.step("Check the whole ledger", |_| {
            let line = walk.house.app.check_ledger().map_err(|fault| fault.to_string())?;
            if line.holds { Ok(()) } else { Err(line.text) }
        })?;
        self.hand_out(walk)
    }

    /// Saves form, volumes, pictures and log, and has the verifier judge what was signed.
    fn hand_out(&mut self, walk: &mut Walk) -> Result<PathBuf, String> {
        let view = walk.view().ok_or("the case cannot be seen")?;
        let out = self.out.clone();
        let form = self.step("Save form, exhibits and log", |_| save_all(walk, &view, &out))?;
        let pem = walk.house.app.authority_pem().map_err(|fault| fault.to_string())?;
        fs::write(self.out.join("authority.pem"), pem).map_err(|error| error.to_string())?;
        let fingerprint = walk.house.app.authority_fingerprint().map_err(|fault| fault.to_string())?;
        self.verify(&form, &fingerprint)?;
        let volumes: Vec<PathBuf> = named(&self.out, "exhibits-volume");
        for volume in volumes {
            self.verify(&volume, &fingerprint)?;
        }
        self.hand_over(walk, "AO", &fingerprint)?;
        Ok(form)
    }

    /// A second case, into HALT: the browser is dead, nothing is shown any more, the referral record is made.
    fn halt(&mut self, walk: &mut Walk, url: &str) -> Result<PathBuf, String> {
        walk.house.app.lock();
        for who in ["JS", "PA"] {
            self.act(walk, "Sign in again", "sign-in", json!({ "who": who }))?;
        }
        let steps = ["open-case", "preserve", "finish-preserve", "triage", "form-group", "choose-computer"];
        for act in steps {
            self.act(walk, &format!("Second case: {act}"), act, json!({}))?;
        }
        self.act(walk, "Second case: session", "open-session", json!({ "referenceTime": clock_now() }))?;
        self.review_page(walk, url, false)?;
        self.act(walk, "HALT", "halt", json!({}))?;
        let shown = walk.pictures.last().cloned().ok_or("no picture was kept")?.1;
        self.step("No picture can be read any more", |_| {
            if walk.can_read(&shown) { Err("a sealed picture was read".to_owned()) } else { Ok(()) }
        })?;
        self.act(walk, "Record the call to the police", "refer", json!({}))?;
        self.act(walk, "Police referral record", "make-referral", json!({}))?;
        let view = walk.view().ok_or("the case cannot be seen")?;
        let out = self.out.clone();
        let fingerprint = walk.house.app.authority_fingerprint().map_err(|fault| fault.to_string())?;
        save_all(walk, &view, &out.join("halted"))?;
        let record = named(&out.join("halted"), "police-referral").pop().ok_or("no referral record was saved")?;
        self.verify(&record, &fingerprint)?;
        Ok(record)
    }

    fn verify(&mut self, file: &Path, fingerprint: &str) -> Result<(), String> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.step(&format!("Verify {name}"), |_| {
            let output = std::process::Command::new(built("evidence-trail-verify"))
                .arg(file)
                .args(["--fingerprint", fingerprint])
                .output()
                .map_err(|error| error.to_string())?;
            if output.status.success() { Ok(()) } else { Err(said(&output)) }
        })
    }

    fn act(&mut self, walk: &mut Walk, name: &str, act: &str, values: Value) -> Result<(), String> {
        let mut all = self.wanted.values.get(act).and_then(Value::as_object).cloned().unwrap_or_default();
        all.extend(values.as_object().cloned().unwrap_or_else(Map::new));
        let values = all;
        self.step(name, |_| match walk.perform(act, values) {
            Ended::Done => Ok(()),
            other @ (Ended::Refused(..) | Ended::Trouble(..)) => Err(format!("{other:?}")),
        })
    }

    fn step<T>(&mut self, name: &str, run: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, String> {
        let start = Instant::now();
        let ran = run(self);
        self.steps.push((name.to_owned(), start.elapsed()));
        ran.map_err(|wrong| format!("{}: {wrong}", name.trim()))
    }
}

fn save_all(walk: &mut Walk, view: &CaseView, out: &Path) -> Result<PathBuf, String> {
    fs::create_dir_all(out).map_err(|error| error.to_string())?;
    let mut first = None;
    for document in view.documents.iter().filter(|document| document.readable) {
        let saved = walk.save(&document.sha256).map_err(|stop| stop.to_string())?;
        let path = out.join(&document.name);
        fs::copy(&saved.path, &path).map_err(|error| error.to_string())?;
        if document.kind == "record" || document.kind == "referral" {
            first.get_or_insert(path);
        }
    }
    for exhibit in &view.exhibits {
        for (number, picture) in (1..).zip(&exhibit.pictures) {
            let png = walk.house.app.picture(&walk.case, &picture.sha256).map_err(|stop| stop.to_string())?;
            let name = format!("{}-{number}.png", exhibit.mark.replace('/', "-"));
            fs::write(out.join(name), png.as_slice()).map_err(|error| error.to_string())?;
        }
    }
    let mut log = String::new();
    let mut rows = walk.house.app.timeline(&walk.case).map_err(|fault| fault.to_string())?;
    rows.reverse();
    for row in rows {
        let _ = writeln!(log, "{:>5}  {}  {}  {} ({})", row.seq, row.hash, row.at, row.what, row.who);
    }
    fs::write(out.join("log.txt"), log).map_err(|error| error.to_string())?;
    first.ok_or_else(|| "there is no form".to_owned())
}

fn named(folder: &Path, part: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    entries.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains(part))).collect()
}

/// `host:port` of an address, with the scheme's own port where none stands.
fn host_and_port(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let port = if scheme == "https" { 443 } else { 80 };
    Some(if authority.contains(':') { authority.to_owned() } else { format!("{authority}:{port}") })
}

fn clock_now() -> String {
    let now: trail_domain::time::Moment = chrono::Utc::now().into();
    now.in_uk().0.format("%H:%M:%S").to_string()
}
