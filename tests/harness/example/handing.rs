//! The worked example hands its case over: to the police in an encrypted ZIP, to the Local Authority as loose files, and as a
//! draft for a subject access request in a folder, which the verifier judges.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use trail_app::wire::handing::{HandOverForm, HandedOver};

use super::Example;
use crate::house::PASSPHRASE;
use crate::perform::Walk;

/// The picture in which a name was covered: the third exhibit, after two pages.
const COVERED: &str = "JS/3";

/// How the case's name of the person concerned in the worked example begins.
const CONCERNED: &str = "Pupil A, Year 9";

impl Example {
    /// Makes a package of each kind of delivery. Whoever is signed in makes and signs them.
    pub(super) fn hand_over(&mut self, walk: &mut Walk, person: &str, fingerprint: &str) -> Result<(), String> {
        let folder = self.out.join("packages");
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let people = walk.house.app.hand_overs(&walk.case).map_err(|fault| fault.to_string())?.people;
        let concerned = people.into_iter().find(|name| name.starts_with(CONCERNED)).ok_or("nobody is concerned")?;
        let mut made = |name: &str, variant: &str, delivery: &str, named: Value| {
            self.step(name, |_| package(walk, &folder, (person, variant, delivery), &named))
        };
        let zip = made("Hand over to the police, encrypted ZIP", "police", "zip", json!([]))?;
        let loose = made("Hand over to the Local Authority, loose files", "local-authority", "loose", json!([]))?;
        let draft = made("Draft for a subject access request", "subject-access", "bag", json!([concerned]))?;
        let words = zip.passphrase.ok_or("the ZIP has no passphrase")?;
        // Only here is one written down, so that whoever looks at the example can open its ZIP.
        fs::write(folder.join("passphrase of the example.txt"), format!("{words}\n"))
            .map_err(|error| error.to_string())?;
        for package in [loose, draft] {
            self.verify(Path::new(&package.path), fingerprint)?;
        }
        Ok(())
    }
}

fn package(
    walk: &mut Walk,
    folder: &Path,
    (person, variant, delivery): (&str, &str, &str),
    named: &Value,
) -> Result<HandedOver, String> {
    let pictures = if variant == "local-authority" { json!([COVERED]) } else { json!([]) };
    let form: HandOverForm = serde_json::from_value(json!({
        "variant": variant, "delivery": delivery, "named": named, "pictures": pictures,
        "to": "Rowan Ellery", "organisation": "Example authority", "reference": "EX/4711/26",
        "medium": "A folder of the worked example", "serial": "None: it is no medium of its own",
        "folder": folder.display().to_string(), "person": walk.house.id(person), "passphrase": PASSPHRASE,
    }))
    .map_err(|error| error.to_string())?;
    let case = walk.case.clone();
    walk.house.app.hand_over(&case, &form).map_err(|stop| stop.to_string())
}
