//! Every variant in every delivery, judged by programs that nobody here wrote: 7-Zip, bagit.py, and the check sheet followed
//! by a script that uses nothing of ours; and by two verifiers that share no code.

use std::path::{Path, PathBuf};

use acceptance::outside::{built, root, run, said};
use trail_app::wire::handing::HandedOver;

use super::{Walk, card, form, walked};

const VARIANTS: [&str; 5] = ["police", "lado", "local-authority", "headteacher", "subject-access"];

fn delivered(walk: &mut Walk, variant: &str, delivery: &str) -> HandedOver {
    let (case, mut form) = (walk.case.clone(), form(walk, variant));
    delivery.clone_into(&mut form.delivery);
    if variant == "subject-access" {
        form.named = vec!["Pupil A, Year 9".to_owned()];
    }
    walk.house.app.hand_over(&case, &form).unwrap_or_else(|stop| panic!("{variant}, {delivery}: {stop:?}"))
}

fn beside_pyhanko(name: &str) -> String {
    let pyhanko = PathBuf::from(std::env::var_os("PYHANKO").expect("PYHANKO names pyHanko's program"));
    pyhanko.with_file_name(name).display().to_string()
}

/// Follows the sheet: what it said, and whether all of it holds.
fn sheet(walk: &Walk, folder: &Path, receipt: &str) -> (String, bool) {
    let statement = std::fs::read_to_string(folder.join("statement.json")).unwrap();
    let statement: serde_json::Value = serde_json::from_str(&statement).unwrap();
    let made = said(&run("date", &["-d", statement["made"].as_str().unwrap(), "+%s"]));
    let script = root().join("src-tauri/crates/seal/tests/check_sheet.sh").display().to_string();
    let scratch = walk.house.folder().join("scratch").display().to_string();
    let (folder, card) = (folder.display().to_string(), hex::encode(card(walk)));
    let followed = run("sh", &[&script, &folder, &card, receipt, &scratch, made.trim()]);
    (said(&followed), followed.status.success())
}

/// What everybody says of a folder that holds a package.
fn all_agree(walk: &Walk, handed: &HandedOver, folder: &Path, what: &str) {
    let receipt = handed.statement.replace(' ', "");
    let (words, holds) = sheet(walk, folder, &receipt);
    assert!(holds && words.contains("all of the sheet holds"), "{what}: {words}");
    let (path, card) = (folder.display().to_string(), hex::encode(card(walk)));
    let ours = run(&built("evidence-trail-verify").display().to_string(), &[&path, "--fingerprint", &card]);
    assert!(ours.status.success(), "{what}: {}", said(&ours));
    let second = root().join("tests/second/verify.py").display().to_string();
    let theirs = said(&run(&beside_pyhanko("python"), &["-B", &second, "--fingerprint", &card, &path]));
    let theirs: serde_json::Value = serde_json::from_str(theirs.trim()).unwrap_or_else(|_| panic!("{what}: {theirs}"));
    let expected = serde_json::json!({"wholeness": "intact", "signer": "known", "practice": false, "fails": []});
    assert_eq!(theirs, expected, "{what}");
}

#[test]
fn every_variant_in_every_delivery_holds_for_programs_that_nobody_here_wrote() {
    let mut walk = walked("closed");
    let unpacked = walk.house.folder().join("unpacked");
    for variant in VARIANTS {
        let zip = delivered(&mut walk, variant, "zip");
        let passphrase = zip.passphrase.clone().unwrap();
        let tested = run("7z", &["t", &format!("-p{passphrase}"), &zip.path]);
        assert!(tested.status.success() && said(&tested).contains("Everything is Ok"), "{variant}: {}", said(&tested));
        let out = format!("-o{}", unpacked.display());
        assert!(run("7z", &["x", "-y", &format!("-p{passphrase}"), &out, &zip.path]).status.success(), "{variant}");
        let folder = unpacked.join(Path::new(&zip.path).file_stem().unwrap());
        let bagit = beside_pyhanko("bagit.py");
        let judged = run(&beside_pyhanko("python"), &[&bagit, "--validate", &folder.display().to_string()]);
        assert!(judged.status.success(), "{variant}: {}", said(&judged));
        all_agree(&walk, &zip, &folder, &format!("{variant}, from its ZIP"));

        let bag = delivered(&mut walk, variant, "bag");
        all_agree(&walk, &bag, Path::new(&bag.path), &format!("{variant}, a folder"));
        let loose = delivered(&mut walk, variant, "loose");
        let folder = PathBuf::from(&loose.path);
        all_agree(&walk, &loose, &folder, &format!("{variant}, loose"));
        let cover = folder.join("data__cover-sheet.pdf");
        assert!(run("qpdf", &["--check", &cover.display().to_string()]).status.success(), "{variant}");
        let mut bytes = std::fs::read(&cover).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&cover, bytes).unwrap();
        let (words, holds) = sheet(&walk, &folder, &loose.statement.replace(' ', ""));
        assert!(!holds && words.contains("not the one that was listed"), "{variant}: {words}");
    }
}

#[test]
fn another_passphrase_opens_no_file_of_a_zip() {
    let mut walk = walked("signed-1");
    let zip = delivered(&mut walk, "local-authority", "zip");
    let right = zip.passphrase.clone().unwrap();
    let (first, rest) = right.split_once('-').unwrap();
    let spaces = right.replace('-', " ");
    for wrong in [rest, first, &right.to_uppercase(), &spaces, &format!("{right}-"), ""] {
        let out = walk.house.folder().join("wrong");
        let opened = run("7z", &["x", "-y", &format!("-p{wrong}"), &format!("-o{}", out.display()), &zip.path]);
        assert!(!opened.status.success(), "{wrong} opens it");
        let whole = run("sh", &["-c", &format!("find '{}' -type f -size +0 2>/dev/null | wc -l", out.display())]);
        assert_eq!(said(&whole).trim(), "0", "{wrong} gives a file");
    }
    assert!(run("7z", &["t", &format!("-p{right}"), &zip.path]).status.success());
}
