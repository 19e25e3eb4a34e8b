//! The worked example runs, and outside judges accept what it made.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::outside::{built, root, run, said};

#[test]
fn the_worked_example_runs_and_its_form_convinces_outside_judges() {
    if std::env::var_os("DISPLAY").is_none() {
        panic!("this test needs a display: run it by `cargo xtask test`");
    }
    let output = Command::new(built("worked-example")).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    kept(&said(&output));
    let out = root().join("target/example");
    let record = one(&out, "record-of-review");
    let volume = one(&out, "exhibits-volume");
    let referral = one(&out.join("halted"), "police-referral");
    let pem = out.join("authority.pem");
    for (file, signatures) in [(&record, 3), (&volume, 1)] {
        pdfsig(file, signatures);
        pyhanko(file, &pem, signatures);
        let check = run("qpdf", &["--check", text(file)]);
        assert!(check.status.success(), "{}", said(&check));
    }
    pdfsig(&referral, 1);
    assert!(one(&out, "log").exists());
    let papers = out.join("papers");
    for name in ["incident-log", "reporting-log", "case-summary", "statement-draft"] {
        let files: Vec<PathBuf> = std::fs::read_dir(&papers).unwrap().map(|entry| entry.unwrap().path()).collect();
        let named = |path: &&PathBuf| path.file_name().unwrap().to_string_lossy().contains(name);
        let pdf = files.iter().filter(named).find(|path| path.extension().is_some_and(|end| end == "pdf"));
        let pdf = pdf.unwrap_or_else(|| panic!("no {name} in {files:?}"));
        let check = run("qpdf", &["--check", text(pdf)]);
        assert!(check.status.success(), "{}", said(&check));
    }
    let text_of_form = said(&run("pdftotext", &["-layout", text(&record), "-"]));
    let passed = text_of_form.contains("passed: the picture of the known page has its colours");
    assert!(passed, "the form tells of no self-test: {text_of_form}");
    for told in [
        "Time server",
        "Derived: drawn over a picture · The same with a name covered",
        "Derived: annotated picture · The same with the time pointed out",
        "File that was given · A photo of a screen",
    ] {
        assert!(text_of_form.contains(told), "the form does not tell {told:?}: {text_of_form}");
    }
    covered(&out);
    pixels(&volume, &out);
    refused_when_changed(&record);
}

/// The log says that the record was checked, backed up and restored, and how long each took.
fn kept(log: &str) {
    let steps = [
        "Check the record against the head printed on the form",
        "Make a backup, checked by itself",
        "Open the backup on another computer with both codes",
        "Restore it there",
        "Check the restored record, and the form in it",
    ];
    for step in steps {
        let line = log.lines().find(|line| line.starts_with(step)).unwrap_or_else(|| panic!("no {step:?} in:\n{log}"));
        assert!(line.trim_end().ends_with(" s") && line.contains('.'), "no time stands beside it: {line:?}");
    }
    let backup = log.lines().find_map(|line| line.strip_prefix("Backup:")).expect("the log names the backup").trim();
    for file in ["backup.json", "keys.json", "ledger.db", "READ ME.txt"] {
        assert!(Path::new(backup).join(file).is_file(), "{file} is missing in {backup}");
    }
}

/// The pictures in the volume are those that were captured, pixel for pixel.
fn pixels(volume: &Path, out: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let stem = folder.path().join("p");
    assert!(run("pdfimages", &["-png", text(volume), text(&stem)]).status.success());
    let bound = decoded(&folder.path().join("p-000.png"));
    assert_eq!(bound, decoded(&out.join("JS-1-1.png")), "the first view was changed in the volume");
}

/// The Local Authority gets the one picture in which a name was covered, as it stands in the case, and no other.
fn covered(out: &Path) {
    let package = one(&out.join("packages"), "local-authority");
    let picture = one(&package, "data__redacted__pictures__");
    assert_eq!(decoded(&picture), decoded(&out.join("JS-3-1.png")));
    assert_ne!(decoded(&picture), decoded(&out.join("JS-1-1.png")), "nothing was covered");
}

fn decoded(path: &Path) -> Vec<u8> {
    let file = std::io::BufReader::new(std::fs::File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels
}

/// One flipped byte is refused, with a reason.
fn refused_when_changed(record: &Path) {
    let mut bytes = std::fs::read(record).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 1;
    let folder = tempfile::tempdir().unwrap();
    let changed = folder.path().join("changed.pdf");
    std::fs::write(&changed, bytes).unwrap();
    let output = Command::new(built("evidence-trail-verify")).arg(&changed).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).to_lowercase().contains("altered"), "{}", said(&output));
}

fn pdfsig(file: &Path, signatures: usize) {
    let output = run("pdfsig", &["-nocert", text(file)]);
    let said = said(&output);
    assert_eq!(said.matches("Signature is Valid.").count(), signatures, "{said}");
    assert_eq!(said.matches("Total document signed").count(), 1, "{said}");
}

fn pyhanko(file: &Path, pem: &Path, signatures: usize) {
    let program = std::env::var_os("PYHANKO").map_or_else(|| root().join("target/pyhanko/bin/pyhanko"), PathBuf::from);
    let time = pem.with_file_name("time-authority.pem");
    let mut arguments =
        vec!["sign", "validate", "--pretty-print", "--validation-time", "claimed", "--trust", text(pem)];
    arguments.extend(["--trust", text(&time), text(file)]);
    let output = run(text(&program), &arguments);
    let said = said(&output);
    assert_eq!(said.matches("The signature is judged VALID.").count(), signatures, "{said}");
    assert_eq!(said.matches("The signer's certificate is trusted.").count(), signatures, "{said}");
    assert_eq!(said.matches("The TSA certificate is trusted.").count(), signatures, "each has a time-stamp: {said}");
    assert!(said.contains("covers the entire file"), "{said}");
}

fn one(folder: &Path, part: &str) -> PathBuf {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found: Vec<PathBuf> =
        entries.filter(|path| path.file_name().unwrap().to_string_lossy().contains(part)).collect();
    assert_eq!(found.len(), 1, "{part} in {}: {found:?}", folder.display());
    found.into_iter().next().unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
