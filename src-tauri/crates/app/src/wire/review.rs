//! The review workspace, asked for again and again while a session is open.

use serde::Serialize;
use ts_rs::TS;

use super::case::ExhibitRow;

/// The review workspace.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReviewView {
    /// The case.
    pub case: String,
    /// Its reference.
    pub reference: String,
    /// Which session, from 1.
    pub session: u32,
    /// Operator's name.
    pub operator: String,
    /// Observer's name.
    pub observer: String,
    /// Seconds used.
    pub used_seconds: u32,
    /// Seconds allowed.
    pub limit_seconds: u32,
    /// The observer's confirmation is due.
    pub observer_due: bool,
    /// The page.
    pub page: PageView,
    /// What the browser's test of itself came to at its latest start, where it did not pass.
    pub self_test: Option<String>,
    /// What waits for a reason, where something does.
    pub held: Option<HeldView>,
    /// Addresses visited, newest first.
    pub visits: Vec<VisitRow>,
    /// Exhibits, newest first.
    pub exhibits: Vec<ExhibitRow>,
    /// The mark that the next exhibit will have.
    pub next_mark: String,
    /// The gate's two questions, in their order.
    pub gate: [GateQuestion; 2],
    /// The same before an import.
    pub gate_for_file: [GateQuestion; 2],
    /// Bytes that a file to import may have at most.
    pub import_limit: u32,
    /// A file may be imported; otherwise why not.
    pub cannot_import: Option<String>,
    /// The case was halted: the workspace is gone.
    pub halted: bool,
    /// The session is still open.
    pub open: bool,
}

/// What the evidence browser shows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    /// `none`, `loading`, `loaded`, `failed`, `gone`.
    pub state: String,
    /// State in words (`Loaded 14:31:52 GMT`, or why not, and what to do).
    pub said: String,
    /// The address, split for reading: before the host, the host, after it.
    pub before_host: String,
    /// The host, in punycode where scripts mix.
    pub host: String,
    /// The rest.
    pub after_host: String,
    /// The address exactly.
    pub address: String,
    /// The page's title, plain text.
    pub title: String,
    /// Certificate kept.
    pub secure: bool,
    /// Covered (grey, blurred, silent).
    pub covered: bool,
    /// Seconds until it covers itself again.
    pub covers_in: u32,
    /// The whole page was scrolled through while revealed.
    pub scrolled_through: bool,
    /// It may be captured now; otherwise why not.
    pub cannot_capture: Option<String>,
}

/// What the evidence browser holds until two people give a reason.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeldView {
    /// `other-site`, `form`, `password-form` or `sign-in`.
    pub what: String,
    /// What is held, in a sentence.
    pub title: String,
    /// What a reason does.
    pub hint: String,
    /// The address for reading.
    pub address: String,
    /// The reason has to name an account.
    pub needs_account: bool,
}

/// An address visited.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VisitRow {
    /// When.
    pub at: String,
    /// What in words (`open now`, `sent on (302)`, `download refused`).
    pub what: String,
    /// The address for reading.
    pub address: String,
    /// The exhibit made there.
    pub mark: Option<String>,
}

/// A question of the gate, with its three answers and what each leads to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateQuestion {
    /// The question.
    pub question: String,
    /// What to think of for a whole page.
    pub whole: String,
    /// What *yes* leads to.
    pub yes_hint: String,
    /// What *not sure* leads to.
    pub not_sure_hint: String,
    /// What *no* leads to.
    pub no_hint: String,
}

/// Every file of an exhibit, hashed again from the bytes that are stored.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExhibitCheck {
    /// The exhibit.
    pub mark: String,
    /// Each file is the one that was kept.
    pub holds: bool,
    /// What was compared, when, and what came of it.
    pub said: String,
    /// File by file.
    pub files: Vec<FileCheck>,
}

/// A file, hashed again.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileCheck {
    /// What it is.
    pub what: String,
    /// Its name in a hand-over.
    pub name: String,
    /// SHA-256 in its entry.
    pub recorded: String,
    /// SHA-256 of the bytes that are stored; none where they are gone, or do not open as what was kept.
    pub found: Option<String>,
    /// The two are the same.
    pub holds: bool,
}
