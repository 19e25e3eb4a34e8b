//! Papers in words that are made when somebody asks for them: the logs, the case summary, the draft of a statement.

use std::fs;
use std::path::Path;

use trail_app::wire::report::LogForm;

use super::Example;
use crate::house::PASSPHRASE;
use crate::perform::Walk;

impl Example {
    /// Saves each of them, as whoever reviewed, and copies them to the folder of the example.
    pub(super) fn papers(&mut self, walk: &mut Walk) -> Result<(), String> {
        let (folder, jo, case) = (self.out.join("papers"), walk.house.id("JS"), walk.case.clone());
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        for (log, name) in [("incident", "Incident log"), ("reporting", "Reporting log")] {
            self.step(&format!("{name}, as PDF and as a table"), |_| {
                let form =
                    LogForm { log: log.to_owned(), period: String::new(), from: String::new(), to: String::new() };
                while walk.house.app.log_over(&form).map_err(|fault| fault.to_string())?.rows.is_none() {}
                for csv in [false, true] {
                    let saved =
                        walk.house.app.save_log(&form, csv, &jo, PASSPHRASE).map_err(|fault| fault.to_string())?;
                    copied(&saved.path, &folder)?;
                }
                Ok(())
            })?;
        }
        self.step("Case summary, one page and its text", |_| {
            let saved = walk.house.app.save_summary(&case, &jo, PASSPHRASE).map_err(|stop| format!("{stop:?}"))?;
            copied(&saved.path, &folder)?;
            copied(&saved.text_path, &folder)
        })?;
        self.step("Draft of a witness statement", |_| {
            let saved = walk.house.app.save_statement(&case, &jo, PASSPHRASE).map_err(|stop| format!("{stop:?}"))?;
            copied(&saved.path, &folder)
        })
    }
}

fn copied(path: &str, folder: &Path) -> Result<(), String> {
    let path = Path::new(path);
    let name = path.file_name().ok_or("a saved paper has no name")?;
    fs::copy(path, folder.join(name)).map(|_| ()).map_err(|error| error.to_string())
}
