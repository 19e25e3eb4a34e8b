//! The incident log and the reporting log of some days: saved as a PDF to print, or as a table for a spreadsheet.

use chrono::NaiveDate;
use trail_seal::form::log::{self as paper, LogKind, LogModel, LogRow};

use super::{choice, csv};
use crate::app::App;
use crate::fault::Fault;
use crate::issuing::form_fault;
use crate::show::{Scene, dates, log};
use crate::wire::report::{LogForm, LogSpan, PaperSaved};

/// The days of a log, the first and the last.
#[derive(Clone, Copy)]
struct Days(NaiveDate, NaiveDate);

impl App {
    /// How many cases a log of these days has. It reads no more cases at a time than a look at the list does, so that
    /// whoever presses HALT does not wait for it: ask until there is a count.
    ///
    /// # Errors
    /// - If nobody is signed in, or a case cannot be read.
    /// - If there is no such log or term, or the days are none.
    pub fn log_over(&self, form: &LogForm) -> Result<LogSpan, Fault> {
        kind(&form.log)?;
        let terms = self.terms_back();
        let days = self.days(form)?;
        let (read, all) = self.read_on()?;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let rows = if read == all { Some(count(self.in_days(days, |_| ())?.len())) } else { None };
        Ok(LogSpan {
            terms: terms.iter().map(choice).collect(),
            chosen: if form.period.is_empty() {
                terms.first().map_or_else(String::new, |term| term.id())
            } else {
                form.period.clone()
            },
            span: span(days),
            rows,
            read: (count(read), count(all)),
            saved: self.saved_before(&stems())?,
        })
    }

    /// Saves a log in the folder for outgoing documents, as a PDF or as a table (`csv`). It names people and leaves the
    /// store, so whoever saves it types their passphrase again. It has the cases that the people who are signed in may
    /// open, and no other; addresses are withheld where they are on every paper. The store's ledger says that it was saved.
    ///
    /// # Errors
    /// - If the passphrase is wrong, or nobody signed in has it.
    /// - If HALT stands, or this computer is frozen.
    /// - As [`App::log_over`]; and if not every case was read yet.
    /// - If the file cannot be made or written.
    pub fn save_log(&mut self, form: &LogForm, csv: bool, person: &str, passphrase: &str) -> Result<PaperSaved, Fault> {
        self.refuse_in_doubt()?;
        self.not_frozen()?;
        let by = self.acting_with(person, passphrase, "savePassphrase")?;
        let kind = kind(&form.log)?;
        let days = self.days(form)?;
        let (read, all) = self.read_on()?;
        if read != all {
            return Err(Fault::new("report-not-read"));
        }
        let mut rows = self.in_days(days, |scene| LogRow {
            case: scene.case.reference().to_string(),
            cells: log::printed(scene, kind),
        })?;
        rows.reverse();
        let stem = format!("{}-{}-to-{}", stem(kind), days.0, days.1);
        let (name, bytes) = if csv {
            (format!("{stem}.csv"), table(kind, &rows))
        } else {
            (format!("{stem}.pdf"), self.log_on_paper(kind, days, rows)?)
        };
        self.save_paper(&name, &bytes, &by, &stems())
    }

    /// The days that are asked for: those of a term, or the two that were entered.
    fn days(&self, form: &LogForm) -> Result<Days, Fault> {
        if form.period == "days" {
            let day = |text: &str, field: &str| {
                NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| Fault::new("log-days").at(field))
            };
            let (from, to) = (day(&form.from, "logFrom")?, day(&form.to, "logTo")?);
            return if from <= to { Ok(Days(from, to)) } else { Err(Fault::new("log-days").at("logTo")) };
        }
        let terms = self.terms_back();
        let term = terms.iter().find(|term| form.period.is_empty() || term.id() == form.period);
        let (from, to) = term.ok_or_else(|| Fault::with("choice-unknown", "field", "term").at("logPeriod"))?.days();
        Ok(Days(from, to))
    }

    /// What `make` makes of the cases that were opened in these days, the newest first.
    fn in_days<T>(&self, days: Days, make: impl Fn(&Scene<'_>) -> T) -> Result<Vec<T>, Fault> {
        let in_them = |scene: &Scene<'_>| {
            let opened = scene.case.opening().at.in_uk().0.date();
            (days.0 <= opened && opened <= days.1).then(|| make(scene))
        };
        Ok(self.all(in_them)?.into_iter().flatten().collect())
    }

    fn log_on_paper(&self, kind: LogKind, days: Days, rows: Vec<LogRow>) -> Result<Vec<u8>, Fault> {
        let model = LogModel {
            kind,
            letterhead: self.letterhead()?,
            span: span(days),
            scope: self.phrases.say("log.scope", &[]),
            rows,
        };
        let fonts = self.fonts()?;
        Ok(paper::lay_out(&model, &fonts).map_err(form_fault)?.into_bytes())
    }
}

fn kind(id: &str) -> Result<LogKind, Fault> {
    match id {
        "incident" => Ok(LogKind::Incident),
        "reporting" => Ok(LogKind::Reporting),
        _ => Err(Fault::with("choice-unknown", "field", "log").at("logKind")),
    }
}

/// What the names of all logs begin with.
fn stems() -> [&'static str; 2] {
    [LogKind::Incident, LogKind::Reporting].map(stem)
}

fn stem(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Incident => "incident-log",
        LogKind::Reporting => "reporting-log",
    }
}

fn span(days: Days) -> String {
    let day = |day: NaiveDate| dates::written_day(&day.to_string());
    format!("{} to {}", day(days.0), day(days.1))
}

fn table(kind: LogKind, rows: &[LogRow]) -> Vec<u8> {
    let heads = ["Case"].iter().chain(kind.columns()).map(|head| (*head).to_owned());
    let row = |row: &LogRow| [&row.case].into_iter().chain(&row.cells).cloned().collect();
    let all: Vec<Vec<String>> = std::iter::once(heads.collect()).chain(rows.iter().map(row)).collect();
    csv::file(&all)
}
