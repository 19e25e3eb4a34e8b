//! Handing a case over: the form as it is filled in, and the folder that the recipient has in the end.

use std::path::{Path, PathBuf};

use trail_app::wire::handing::{HandOverForm, HandedOver};

use crate::house::PASSPHRASE;
use crate::outside::{run, said};

/// Handing over to this stick, which is a folder and is made.
#[must_use]
pub fn to_stick(person: String, variant: &str, delivery: &str, stick: &Path) -> HandOverForm {
    std::fs::create_dir_all(stick).unwrap();
    HandOverForm {
        variant: variant.to_owned(),
        delivery: delivery.to_owned(),
        named: Vec::new(),
        pictures: Vec::new(),
        to: "DC Rowan Ellery".to_owned(),
        organisation: "Example Constabulary".to_owned(),
        reference: "EX/4711/26".to_owned(),
        medium: "USB stick, blue label".to_owned(),
        serial: "0930-AA41".to_owned(),
        folder: stick.display().to_string(),
        person,
        passphrase: PASSPHRASE.to_owned(),
    }
}

/// The folder that the recipient has: the one that was written, or what 7-Zip takes out of a ZIP.
#[must_use]
pub fn received(handed: &HandedOver, into: &Path) -> PathBuf {
    let Some(passphrase) = &handed.passphrase else { return PathBuf::from(&handed.path) };
    let unpacked = run("7z", &["x", "-y", &format!("-p{passphrase}"), &format!("-o{}", into.display()), &handed.path]);
    assert!(unpacked.status.success(), "{}", said(&unpacked));
    into.join(Path::new(&handed.path).file_stem().unwrap())
}
