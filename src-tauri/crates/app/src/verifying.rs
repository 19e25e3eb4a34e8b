//! Verifying what somebody brings back: a form, a package, a ledger's excerpt, by the same rules as the program for
//! strangers. Here the known signer is the school's own authority, or the one of another school whose fingerprint somebody
//! typed from its card; the known time-stamp authorities are those that this school chose. No case is opened for it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use trail_seal::package::{EXCERPT, Excerpt, Files as _, Flat, Folder, PackageVerdict, verify_excerpt, verify_package};
use trail_seal::verify::{Expectation, Signature, Standing, State, Times, Verdict, Wholeness, verify};

use crate::app::App;
use crate::fault::Fault;
use crate::keeping::groups;
use crate::reading;
use crate::wire::case::Fact;
use crate::wire::verifying::{VerifyFact, VerifyForm, VerifyTime, VerifyView};

/// Bytes that a single file may have at most: 256 MiB. Volumes have 50 MB.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Whom a verification knows.
struct Known {
    expected: Expectation,
    /// The authority was typed from a card; otherwise it is the school's own.
    is_typed: bool,
}

impl App {
    /// Says what holds of a file or a package's folder, by its path.
    ///
    /// # Errors
    /// - If nobody is signed in, there is nothing at that path, or it cannot be read.
    /// - If a head or a fingerprint was typed that is none, or the file is none that has a head.
    pub fn verify(&self, form: &VerifyForm) -> Result<VerifyView, Fault> {
        let typed = reading::words("path", &form.path)?;
        let path = Path::new(typed.as_str());
        let unread = |error: std::io::Error| Fault::with("verify-unread", "detail", error.to_string()).at("path");
        let about = fs::metadata(path).map_err(unread)?;
        let head = typed_head(form)?;
        let known = self.known(&form.fingerprint)?;
        if about.is_dir() {
            let folder = Folder::at(path);
            let verdict = verify_package(&folder, &known.expected);
            let read = Flat::of(&folder).map_or_else(|| folder.read(EXCERPT), |flat| flat.read(EXCERPT));
            let excerpt = read.ok().and_then(|bytes| Excerpt::read(&bytes));
            let found = self.of_package("package", typed.as_str(), &verdict, excerpt.as_ref(), head);
            return Ok(VerifyView { signer_says: self.signer(verdict.standing(), &known), ..found });
        }
        if about.len() > LARGEST {
            return Err(Fault::new("verify-too-large").at("path"));
        }
        let mut bytes = Vec::new();
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(unread)?;
        self.verify_bytes(typed.as_str(), &bytes, head, &known)
    }

    /// The same of a file that was dropped on the page, with the fingerprint of another school's authority or nothing.
    ///
    /// # Errors
    /// - If nobody is signed in.
    /// - If what was typed is no fingerprint.
    pub fn verify_file(&self, bytes: &[u8], fingerprint: &str) -> Result<VerifyView, Fault> {
        self.verify_bytes("", bytes, None, &self.known(fingerprint)?)
    }

    fn verify_bytes(
        &self,
        name: &str,
        bytes: &[u8],
        head: Option<(u64, [u8; 32])>,
        known: &Known,
    ) -> Result<VerifyView, Fault> {
        // One that was dropped has no path.
        let field = if name.is_empty() { "file" } else { "path" };
        if bytes.starts_with(b"{") {
            // Whose keys these are, an excerpt alone does not say.
            let verdict = verify_excerpt(bytes);
            return Ok(self.of_package("excerpt", name, &verdict, Excerpt::read(bytes).as_ref(), head));
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Err(Fault::new("verify-zip").at(field));
        }
        if head.is_some() {
            return Err(Fault::new("verify-no-head").at("entry"));
        }
        let verdict = verify(bytes, &known.expected);
        Ok(VerifyView { signer_says: self.signer(verdict.standing(), known), ..self.of_form(name, &verdict) })
    }

    /// The authority that was typed, or the school's own; and every time-stamp authority that this school ever chose.
    fn known(&self, fingerprint: &str) -> Result<Known, Fault> {
        let register = &self.desk()?.register;
        let typed = match fingerprint.trim() {
            "" => None,
            typed => Some(reading::printed_hash("fingerprint", typed)?),
        };
        let is_typed = typed.is_some();
        let expected = Expectation {
            authority_fingerprint: typed.or_else(|| register.authority()).map(|hash| *hash.bytes()),
            time_authorities: register.time_roots().iter().map(|root| *root.bytes()).collect(),
        };
        Ok(Known { expected, is_typed })
    }

    /// Whose the signer is: compared with the school's own authority, or with what somebody typed.
    fn signer(&self, standing: Standing, known: &Known) -> String {
        let way = if known.is_typed { "typed" } else { "own" };
        self.phrases.say(&format!("verifying.signer.{way}.{}", standing_id(standing)), &[])
    }

    fn of_form(&self, name: &str, verdict: &Verdict) -> VerifyView {
        let facts = verdict.findings().iter().map(|finding| fact(finding.state(), finding.says())).collect();
        let signatures = verdict.signatures().iter().map(|signature| Fact {
            label: signature.name.clone(),
            value: format!(
                "{}, {}, {} UTC",
                signature.position.as_deref().unwrap_or("no position"),
                signature.reason,
                signature.at.format("%-d %B %Y, %H:%M:%S")
            ),
            mono: false,
        });
        let sum = Fact {
            label: self.phrases.say("verifying.file-sum", &[]),
            value: figures(verdict.file_sha256()),
            mono: true,
        };
        let authority = verdict.authority_fingerprint().map(|found| self.authority(verdict.authority_name(), found));
        VerifyView {
            name: name.to_owned(),
            is: "form".to_owned(),
            facts,
            details: signatures
                .chain([sum])
                .chain(authority)
                .chain(self.time_authorities_of(verdict.signatures()))
                .collect(),
            time: verdict.times().map(|times| self.timed(times)),
            ..self.headed(verdict.wholeness(), verdict.standing(), verdict.is_practice())
        }
    }

    fn of_package(
        &self,
        is: &str,
        name: &str,
        verdict: &PackageVerdict,
        excerpt: Option<&Excerpt>,
        head: Option<(u64, [u8; 32])>,
    ) -> VerifyView {
        let mut facts: Vec<VerifyFact> = Vec::new();
        if let Some((seq, hash)) = head {
            let (state, words) = match excerpt.and_then(|excerpt| excerpt.hash_at(seq)) {
                Some(found) if found == hash => (State::Holds, "verifying.head.same"),
                Some(_) => (State::DoesNotHold, "verifying.head.other"),
                None => (State::NotChecked, "verifying.head.absent"),
            };
            facts.push(fact(state, &self.phrases.say(words, &[("entry", &seq.to_string())])));
        }
        facts.extend(verdict.facts().iter().map(|found| fact(found.state(), found.says())));
        let mut details = Vec::new();
        if let Some(stated) = verdict.statement() {
            let to = format!("{}, {}", stated.to, stated.organisation);
            let case = format!("{}, {}", stated.reference, stated.school);
            details.push(Fact { label: self.phrases.say("verifying.case", &[]), value: case, mono: false });
            details.push(Fact { label: self.phrases.say("verifying.to", &[]), value: to, mono: false });
        }
        if let Some(sum) = verdict.statement_sha256() {
            details.push(Fact {
                label: self.phrases.say("verifying.statement-sum", &[]),
                value: figures(sum),
                mono: true,
            });
        }
        details.extend(verdict.authority().map(|(name, found)| self.authority(Some(name), found)));
        let signatures = verdict.documents().iter().flat_map(|(_, document)| document.signatures());
        details.extend(self.time_authorities_of(signatures));
        VerifyView {
            name: name.to_owned(),
            is: is.to_owned(),
            facts,
            details,
            time: verdict.times().map(|times| self.timed(times)),
            ..self.headed(verdict.wholeness(), verdict.standing(), verdict.is_practice())
        }
    }

    fn authority(&self, name: Option<&str>, fingerprint: [u8; 32]) -> Fact {
        let label = self.phrases.say("verifying.authority", &[("name", name.unwrap_or("no name"))]);
        Fact { label, value: figures(fingerprint), mono: true }
    }

    /// The time-stamp authorities that are named, each once, with what their roots are compared by.
    fn time_authorities_of<'a>(&self, signatures: impl IntoIterator<Item = &'a Signature>) -> Vec<Fact> {
        let named = signatures.into_iter().filter_map(|signature| signature.stamp.as_ref());
        let named: BTreeMap<[u8; 32], &str> = named.map(|stamp| (stamp.root, stamp.by.as_str())).collect();
        let fact = |(root, by): (&[u8; 32], &&str)| Fact {
            label: self.phrases.say("verifying.time-authority", &[("name", by)]),
            value: figures(*root),
            mono: true,
        };
        named.iter().map(fact).collect()
    }

    fn timed(&self, times: Times) -> VerifyTime {
        let is = match times {
            Times::ByComputer => "by-computer",
            Times::Known => "known",
            Times::NotCompared => "not-compared",
            Times::Unknown => "unknown",
            Times::Broken => "broken",
        };
        VerifyTime { is: is.to_owned(), says: self.phrases.say(&format!("verifying.time.{is}"), &[]) }
    }

    fn headed(&self, wholeness: Wholeness, standing: Standing, practice: bool) -> VerifyView {
        let wholeness = match wholeness {
            Wholeness::Intact => "intact",
            Wholeness::Altered => "altered",
            Wholeness::CannotTell => "cannot-tell",
        };
        VerifyView {
            name: String::new(),
            is: String::new(),
            wholeness: wholeness.to_owned(),
            wholeness_says: self.phrases.say(&format!("verifying.wholeness.{wholeness}"), &[]),
            signer: standing_id(standing).to_owned(),
            signer_says: String::new(),
            time: None,
            practice,
            facts: Vec::new(),
            details: Vec::new(),
        }
    }
}

/// A head from paper: both its parts, or none.
fn typed_head(form: &VerifyForm) -> Result<Option<(u64, [u8; 32])>, Fault> {
    if form.entry.trim().is_empty() && form.hash.trim().is_empty() {
        return Ok(None);
    }
    let (seq, hash) = reading::head("entry", &form.entry, &form.hash)?;
    Ok(Some((seq.0, *hash.bytes())))
}

fn standing_id(standing: Standing) -> &'static str {
    match standing {
        Standing::Known => "known",
        Standing::Unknown => "unknown",
        Standing::NotCompared => "not-compared",
    }
}

fn fact(state: State, says: &str) -> VerifyFact {
    let state = match state {
        State::Holds => "holds",
        State::DoesNotHold => "fails",
        State::NotChecked => "not-checked",
    };
    VerifyFact { state: state.to_owned(), says: says.to_owned() }
}

fn figures(hash: [u8; 32]) -> String {
    groups(&hex::encode(hash))
}
