//! What is in a store, in plain words.

use std::fmt::Write;

use trail_domain::case::Case;
use trail_domain::people::Standing;
use trail_domain::time::Moment;
use trail_store::{FileListed, LedgerVerdict, ReadOnly, StoreError};

/// Everything that is told before anything is written.
pub(super) fn text(store: &ReadOnly, verdict: &LedgerVerdict) -> Result<String, StoreError> {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = sections(&mut out, store, verdict)?;
    Ok(out)
}

fn sections(out: &mut String, store: &ReadOnly, verdict: &LedgerVerdict) -> Result<std::fmt::Result, StoreError> {
    let mut tell = || -> Result<std::fmt::Result, StoreError> {
        let practice = if store.is_practice() { " (PRACTICE: nothing here is evidence)" } else { "" };
        let mut done = writeln!(out, "School: {}{practice}\nStore: {}", store.school(), store.store());
        if let Some((seq, hash)) = store.head()? {
            done = done.and(writeln!(out, "The record ends at entry {seq}, {hash}"));
        }
        done = done.and(writeln!(out, "\nPeople"));
        for person in store.people() {
            let standing = standing(person.standing);
            done = done.and(writeln!(out, "  {} {}, {} ({standing})", person.initials, person.name, person.position));
        }
        done = done.and(self::verdict(out, verdict)).and(writeln!(out, "\nCases"));
        for id in store.cases()? {
            let entries = store.events(&id)?;
            let halted = if store.is_halted(&id) { "HALTED: its pictures are sealed" } else { "not halted" };
            let name = Case::replay(&entries).map_or_else(
                |_| format!("{id}: its entries do not make a case"),
                |case| format!("{}, opened {}: {}", case.reference(), moment(case.opening().at), case.report().title),
            );
            done = done.and(writeln!(out, "  {name}\n    {} entries, {halted}", entries.len()));
            for file in store.files(&id)? {
                done = done.and(writeln!(out, "    {}", line(&file)));
            }
        }
        Ok(done)
    };
    tell()
}

fn verdict(out: &mut String, verdict: &LedgerVerdict) -> std::fmt::Result {
    if verdict.holds() {
        return writeln!(
            out,
            "\nThe record holds: {} entries and {} files were checked. {} files were looked for and not read, because \
             their case is halted.",
            verdict.entries, verdict.files, verdict.unread_files
        );
    }
    writeln!(out, "\nTHE RECORD DOES NOT HOLD:")?;
    for fault in &verdict.faults {
        writeln!(out, "  entry {}: {:?}", fault.seq, fault.what)?;
    }
    Ok(())
}

/// A file in one line: its hash, size and name, and whether it can be read.
fn line(file: &FileListed) -> String {
    let of = file.exhibit.as_ref().map_or_else(|| "document".to_owned(), |mark| format!("exhibit {mark}"));
    let sealed = if file.readable { "" } else { ", SEALED" };
    let name = if file.name.is_empty() { "signed" } else { &file.name };
    format!("{} {of}, entry {}, {name}, {} bytes{sealed}", file.sha256, file.seq, file.bytes)
}

/// In UTC, to the second.
pub(super) fn moment(at: Moment) -> String {
    at.utc().format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Senior => "may review",
        Standing::Head => "headteacher",
        Standing::Deputy => "stands in for sign-off",
    }
}
