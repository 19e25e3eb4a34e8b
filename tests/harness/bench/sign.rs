//! One signature on a volume of about 8 MB, and its verifying, beside pyHanko with the same key.

use std::process::Command;

use chrono::{DateTime, Utc};
use ring::rand::SystemRandom;
use serde::Deserialize;
use trail_seal::authority::{Authority, Certificate, FormKey, Subject};
use trail_seal::form::{Fonts, exhibits};
use trail_seal::sign::{Signer, sign_one};
use trail_seal::verify::{Expectation, verify};

use super::scratch::{Scratch, ask, python};
use super::spread::{mean, median, worked};
use super::table::Row;
use super::{Measured, child, folder, pictures};

const BYTES: u64 = 8_000_000;
const ROUNDS: usize = 25;

/// Who signs, and who vouches for them.
pub(super) struct School {
    pub(super) authority: Authority,
    pub(super) key: FormKey,
    pub(super) certificate: Certificate,
    pub(super) at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Theirs {
    sign_ms: Vec<f64>,
    verify_ms: Vec<f64>,
    valid: bool,
}

pub(super) fn measure() -> Measured {
    let scratch = Scratch::new()?;
    let school = school()?;
    let volume = volume()?;
    let fonts = Fonts::bundled().map_err(|error| error.to_string())?;
    let rng = SystemRandom::new();
    let (mut signing, mut verifying, mut signed, mut wall) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (made, ms, core) = worked(|| sign_one(&volume, &school.signer(), &fonts, &rng));
        signed = made.map_err(|error| error.to_string())?;
        wall.push(ms);
        signing.push(core);
        let (verdict, _, core) = worked(|| verify(&signed, &Expectation::default()));
        if !verdict.all_holds() {
            return Err("our own verifier does not accept the signed volume".to_owned());
        }
        verifying.push(core);
    }
    let (sign, check, wall) = (mean(&signing), mean(&verifying), median(&wall));
    let made =
        format!("{:.1} MB, ECDSA P-256, mean of {ROUNDS}, in memory, time on a core.", volume.len() as f64 / 1e6);
    let theirs = scratch.write("volume.pdf", &volume).and_then(|_| pyhanko(&scratch, &school, &signed));
    let ours = |what: &str, ms: f64| Row::new(what, format!("{ms:.1} ms"));
    let with = "ours checks the whole file first and draws a visible signature; pyHanko does neither";
    let mut rows = match theirs {
        Ok(theirs) => {
            let (their_sign, their_check) = (mean(&theirs.sign_ms), mean(&theirs.verify_ms));
            let accepted = if theirs.valid { "pyHanko accepts ours." } else { "pyHanko does NOT accept ours." };
            vec![
                ours("sign", sign)
                    .beside(format!("pyHanko {their_sign:.1} ms"), their_sign / sign)
                    .target(">= 3x faster", their_sign / sign >= 3.0)
                    .note(&made)
                    .note(&format!("In this ratio {with}.")),
                ours("verify", check)
                    .beside(format!("pyHanko {their_check:.1} ms"), their_check / check)
                    .target("faster", check < their_check && theirs.valid)
                    .note(accepted),
            ]
        }
        Err(why) => {
            let none = format!("pyHanko: not run: {why}");
            vec![ours("sign", sign).note(&made).note(&none), ours("verify", check).note(&none)]
        }
    };
    rows.push(ours("sign, with the visible signature, by the clock", wall).target("<= 150 ms", wall <= 150.0));
    Ok(rows)
}

/// A volume of pictures that is about so large, not yet signed.
fn volume() -> Result<Vec<u8>, String> {
    let paths = pictures::write(&folder()?.join("pictures-to-sign"), 12)?;
    let (mut model, _) = child::models()?;
    let template = model.exhibits.first().cloned().ok_or("the worked volume has no exhibit")?;
    model.exhibits.clear();
    let mut bytes = 0;
    for (place, path) in paths.iter().enumerate() {
        let exhibit = child::exhibit(&template, place, path)?;
        bytes += exhibit.views.iter().map(|view| view.file.png.len() as u64).sum::<u64>();
        model.exhibits.push(exhibit);
        if bytes >= BYTES {
            break;
        }
    }
    let fonts = Fonts::bundled().map_err(|error| error.to_string())?;
    Ok(exhibits::lay_out(&model, &fonts).map_err(|error| error.to_string())?.into_bytes())
}

pub(super) fn school() -> Result<School, String> {
    let rng = SystemRandom::new();
    let at = Utc::now();
    let authority = Authority::create("Hollybrook School", false, at, &rng).map_err(|error| error.to_string())?;
    let key = FormKey::generate(&rng).map_err(|error| error.to_string())?;
    let subject = Subject {
        name: "Jo Stirling",
        position: "Designated safeguarding lead",
        initials: "JS",
        school: "Hollybrook School",
    };
    let certificate = authority.issue(&subject, &key.public(), at, &rng).map_err(|error| error.to_string())?;
    Ok(School { authority, key, certificate, at })
}

impl School {
    fn signer(&self) -> Signer<'_> {
        Signer {
            key: &self.key,
            certificate: &self.certificate,
            authority: self.authority.certificate(),
            name: "Jo Stirling",
            position: "Designated safeguarding lead",
            reason: "Made the volume",
            location: "Hollybrook School",
            at: self.at,
            time_note: "by this computer’s clock",
        }
    }
}

/// The same file signed by pyHanko with the same key and an invisible field of its own, and our signed file verified.
fn pyhanko(scratch: &Scratch, school: &School, signed: &[u8]) -> Result<Theirs, String> {
    scratch.write("signed.pdf", signed)?;
    scratch.write("key.der", school.key.pkcs8())?;
    scratch.write("certificate.der", school.certificate.der())?;
    scratch.write("authority.der", school.authority.certificate().der())?;
    let mut command: Command = python("pyhanko_sign.py");
    let said = ask(command.arg(scratch.path()).arg(ROUNDS.to_string()))?;
    serde_json::from_slice(&said).map_err(|error| format!("its answer cannot be read: {error}"))
}
