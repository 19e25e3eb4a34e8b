//! The termly report: shown, and saved for governors as a PDF or as a table.

mod csv;
mod logs;
mod saving;

use trail_seal::form::model::{Letterhead, School, Terms};
use trail_seal::form::termly::{self as paper, TermlyModel};

use crate::app::App;
use crate::fault::Fault;
use crate::issuing::form_fault;
use crate::show::{dates, termly, terms::Term};
use crate::wire::case::Choice;
use crate::wire::report::{CountChart, CountRow, PaperSaved, ReportView, TermReport};

/// What the names of its files begin with.
const STEM: &str = "termly-report";

impl App {
    /// The report of a term, the present one where none is named. It reads no more cases at a time than a look at the
    /// list does, so that whoever presses HALT does not wait for it: ask until there is a report.
    ///
    /// # Errors
    /// - If nobody is signed in, or a case cannot be read.
    /// - If there is no such term among those to choose from.
    pub fn term_report(&self, term: Option<&str>) -> Result<ReportView, Fault> {
        let (term, terms) = self.term(term)?;
        let (read, all) = self.read_on()?;
        let cases = if read == all { Some(self.all(termly::counted)?) } else { None };
        let pack = self.pack_for_new()?;
        let today = dates::day(self.ports.clock.now());
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(ReportView {
            terms,
            chosen: term.id(),
            report: cases.map(|cases| termly::report(&cases, term, &pack, &today, &self.phrases)),
            read: (count(read), count(all)),
            saved: self.saved_before(&[STEM])?,
        })
    }

    /// Saves the report of a term in the folder for outgoing documents, as a PDF or as a table (`csv`). It leaves the
    /// store, so whoever saves it types their passphrase again, and the store's ledger says that it was saved.
    ///
    /// # Errors
    /// - If the passphrase is wrong, or nobody signed in has it.
    /// - If HALT stands, or this computer is frozen.
    /// - As [`App::term_report`]; and if not every case was read yet.
    /// - If the file cannot be made or written.
    pub fn save_report(&mut self, term: &str, csv: bool, person: &str, passphrase: &str) -> Result<PaperSaved, Fault> {
        self.refuse_in_doubt()?;
        self.not_frozen()?;
        let by = self.acting_with(person, passphrase, "savePassphrase")?;
        let view = self.term_report(Some(term))?;
        let report = view.report.ok_or_else(|| Fault::new("report-not-read"))?;
        let (name, bytes) = if csv {
            (format!("{STEM}-{}.csv", view.chosen), table(&report))
        } else {
            (format!("{STEM}-{}.pdf", view.chosen), self.report_on_paper(report)?)
        };
        self.save_paper(&name, &bytes, &by, &[STEM])
    }

    fn term(&self, id: Option<&str>) -> Result<(Term, Vec<Choice>), Fault> {
        let terms = self.terms_back();
        let chosen = match id {
            None => terms.first(),
            Some(id) => terms.iter().find(|term| term.id() == id),
        };
        let chosen = *chosen.ok_or_else(|| Fault::with("choice-unknown", "field", "term").at("term"))?;
        Ok((chosen, terms.iter().map(choice).collect()))
    }

    /// The terms to choose from, the present one first.
    fn terms_back(&self) -> Vec<Term> {
        Term::of(self.ports.clock.now().in_uk().0.date()).back(termly::TERMS)
    }

    /// What heads a paper over several cases, made now.
    fn letterhead(&self) -> Result<Letterhead, Fault> {
        let desk = self.desk()?;
        let school = desk.register.school().ok_or_else(|| Fault::new("no-store"))?;
        let (entry, hash) = desk.vault.head()?.ok_or_else(|| Fault::new("no-store"))?;
        let pack = self.pack_for_new()?;
        Ok(Letterhead {
            school: School { name: school.name.to_string(), address: school.address.to_string() },
            terms: Terms { pupil: pack.terms().pupil().to_owned(), headteacher: pack.terms().head().to_owned() },
            marking: pack.marking().to_owned(),
            practice: self.practice,
            made: self.ports.clock.now().utc(),
            ledger_entry: entry.0,
            ledger_head: *hash.bytes(),
        })
    }

    fn report_on_paper(&self, report: TermReport) -> Result<Vec<u8>, Fault> {
        let row = |row: CountRow| paper::CountRow { label: row.label, printed: row.printed, bar: row.bar };
        let rows = |rows: Vec<CountRow>| rows.into_iter().map(row).collect();
        let chart = |chart: CountChart| paper::CountChart {
            title: chart.title,
            rows: rows(chart.rows),
            instead: chart.instead,
        };
        let model = TermlyModel {
            letterhead: self.letterhead()?,
            term: report.title,
            span: report.span,
            scope: report.scope,
            figures: report
                .figures
                .into_iter()
                .map(|one| paper::Figure { figure: one.figure, caption: one.caption })
                .collect(),
            charts: report.charts.into_iter().map(chart).collect(),
            six: rows(report.six.rows),
        };
        let fonts = self.fonts()?;
        Ok(paper::lay_out(&model, &fonts).map_err(form_fault)?.into_bytes())
    }
}

fn choice(term: &Term) -> Choice {
    Choice { id: term.id(), label: term.title(), hint: Some(term.span()), refused: None }
}

/// The report as a table: chart, row, count as printed.
fn table(report: &TermReport) -> Vec<u8> {
    let mut rows = vec![vec!["Chart", "Row", "Count"], vec!["Term", &report.title, &report.span]];
    rows.extend(report.figures.iter().map(|one| vec!["Figures", &one.caption, &one.figure]));
    for chart in report.charts.iter().chain([&report.six]) {
        rows.extend(chart.instead.iter().map(|why| vec![chart.title.as_str(), why, ""]));
        rows.extend(chart.rows.iter().map(|row| vec![chart.title.as_str(), &row.label, &row.printed]));
    }
    rows.push(vec!["How to read the counts", &report.small, &report.scope]);
    csv::file(&rows)
}
