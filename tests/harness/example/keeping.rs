//! The store is kept: the record checked against a head on paper, a backup made, and brought back with both recovery
//! codes on a computer that never saw it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use trail_app::wire::store::{MakeBackup, Restore};

use super::Example;
use crate::house::{House, PASSPHRASE};
use crate::outside::{built, said};
use crate::perform::Walk;

/// What was kept.
pub(super) struct Copied {
    /// The backup's folder.
    pub(super) backup: PathBuf,
    /// What the record was checked against.
    pub(super) head: String,
}

impl Example {
    /// Checks the record against the head that the form prints, backs it up, and restores the backup in a scratch folder.
    pub(super) fn keep(&mut self, walk: &mut Walk, form: &Path) -> Result<Copied, String> {
        let head = self.step("Check the record against the head printed on the form", |_| {
            let (seq, hash) = printed_head(form)?;
            let verdict = walk.house.app.check_head(&seq, &hash).map_err(|fault| fault.to_string())?;
            if verdict.holds { Ok(format!("against entry {seq}, {hash}")) } else { Err(verdict.text) }
        })?;
        let medium = self.out.join("backup");
        fs::create_dir_all(&medium).map_err(|error| error.to_string())?;
        let backup = self.step("Make a backup, checked by itself", |_| back_up(walk, &medium))?;
        self.restore(walk, form, &medium)?;
        Ok(Copied { backup, head })
    }

    fn restore(&mut self, walk: &Walk, form: &Path, medium: &Path) -> Result<(), String> {
        let codes = walk.house.codes.clone().ok_or("nobody noted the recovery codes")?;
        let (head, case) = (walk.house.id("AO"), walk.case.clone());
        let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut other = House::bare(scratch, built("evidence-trail")).map_err(|fault| fault.to_string())?;
        self.step("Open the backup on another computer with both codes", |_| {
            let medium = medium.display().to_string();
            let seen = other.app.look_at_backup(&medium, &codes).map_err(|fault| fault.to_string())?;
            if seen.cases.len() == 1 { Ok(()) } else { Err(format!("{} cases are in it", seen.cases.len())) }
        })?;
        self.step("Restore it there", |_| {
            let restored = other.app.restore(&restoring(&head)).map_err(|fault| fault.to_string());
            restored.map(|_| ())
        })?;
        let mut there = Walk::new(other);
        there.case = case;
        self.step("Check the restored record, and the form in it", |_| {
            let line = there.house.app.check_ledger().map_err(|fault| fault.to_string())?;
            if !line.holds {
                return Err(line.text);
            }
            let view = there.view().ok_or("the case did not come back")?;
            let record = view.documents.iter().find(|document| document.kind == "record" && document.current);
            let record = record.ok_or("the form did not come back")?;
            let bytes = there.house.app.document(&there.case, &record.sha256).map_err(|stop| stop.to_string())?;
            let saved = fs::read(form).map_err(|error| error.to_string())?;
            if *bytes == saved { Ok(()) } else { Err("the form is another one than before".to_owned()) }
        })?;
        there.house.app.lock();
        Ok(())
    }
}

fn back_up(walk: &mut Walk, medium: &Path) -> Result<PathBuf, String> {
    let form = MakeBackup {
        folder: medium.display().to_string(),
        medium: "A folder of the worked example".to_owned(),
        holder: "Amara Okonkwo-Pryce".to_owned(),
        person: walk.house.id("AO"),
        passphrase: PASSPHRASE.to_owned(),
    };
    let made = walk.house.app.make_backup(&form).map_err(|fault| fault.to_string())?;
    let name = made.rows.first().map(|row| row.name.clone()).ok_or("the backup is not listed")?;
    Ok(medium.join(name))
}

fn restoring(person: &str) -> Restore {
    Restore {
        person: person.to_owned(),
        passphrase: PASSPHRASE.to_owned(),
        halted: Vec::new(),
        same_computer: false,
        computer_name: "HB-REVIEW-02".to_owned(),
        asset_tag: "HB-0418".to_owned(),
        serial: "5CG0456ABC".to_owned(),
        location: "Safeguarding office, room 2.04".to_owned(),
        reason: "A rehearsal of the change of computer".to_owned(),
        custody: "The computer before is in use".to_owned(),
    }
}

/// The head as somebody would type it off the form: read from its text, not from anything of ours.
fn printed_head(form: &Path) -> Result<(String, String), String> {
    let output =
        Command::new("pdftotext").arg("-raw").arg(form).arg("-").output().map_err(|error| {
            format!("pdftotext is needed to read the printed head ({error}); it is in poppler-utils")
        })?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    read_head(&text).ok_or_else(|| format!("no head is printed on {}: {}", form.display(), said(&output)))
}

/// `entry 1,234. ...` and the 64 figures after `Ledger head (SHA-256)`.
fn read_head(text: &str) -> Option<(String, String)> {
    let (before, after) = text.rsplit_once("Ledger head (SHA-256)")?;
    let (_, entry) = before.rsplit_once("entry ")?;
    let entry: String = entry.chars().take_while(|letter| *letter != '.').filter(char::is_ascii_digit).collect();
    let hash: String = after
        .chars()
        .take_while(|letter| letter.is_ascii_hexdigit() || letter.is_whitespace())
        .filter(char::is_ascii_hexdigit)
        .collect();
    (hash.len() >= 64 && !entry.is_empty()).then(|| (entry, hash.chars().take(64).collect()))
}

#[cfg(test)]
mod tests {
    use super::read_head;

    #[test]
    fn a_head_is_read_off_the_text_of_a_form() {
        let hash = "0A1B 2C3D ".repeat(8);
        let text =
            format!("HB-2026-7K · entry 1,234. Form made 22 November\nLedger head (SHA-256)\n{hash}\nFingerprint");
        let read = read_head(&text).map(|(entry, hash)| (entry, hash.len()));
        assert_eq!(read, Some(("1234".to_owned(), 64)));
        assert_eq!(read_head("entry 7. Ledger head (SHA-256) 0A1B"), None);
    }
}
