//! A file that somebody gave becomes an exhibit: the gate first, with nothing read; then its bytes, untouched.

use trail_domain::event::capture::{ExhibitFile, GatedFile, ImportFacts, Shows};
use trail_domain::ids::Hash;
use trail_domain::procedure::gate::{self, Gate};
use trail_domain::procedure::import::{self, ImportDraft};
use trail_domain::procedure::permit::CapturePermit;
use trail_domain::words::{Noted, Words};
use trail_picture::content::{self, Content};
use trail_picture::message::{Drawn, NoPicture, Task};
use trail_store::Checked;
use zeroize::Zeroizing;

use super::{App, CaseId, Described, Fault, PersonId, Stop, reading};
use crate::wire::Answer;
use crate::wire::forms::ImportForm;

/// Bytes that a file may have at most: 100 MB.
pub(crate) const LARGEST: u32 = 100_000_000;

impl App {
    /// Imports a file, after the gate. Where the answers are not *no* twice its bytes are not looked at.
    ///
    /// # Errors
    /// - If nobody is signed in, or there is no such case for them.
    pub fn import_file(&mut self, case: &str, form: &ImportForm, bytes: Zeroizing<Vec<u8>>) -> Result<Answer, Fault> {
        let id = reading::case_id(case)?;
        let pack = self.pack_of(&id)?;
        if let Some(halted) = self.halted_in_its_window(case)? {
            return Ok(halted);
        }
        match self.try_import(&id, form, bytes) {
            Ok(answer) => Ok(answer),
            Err(stop) => Ok(self.stopped(stop, &pack)),
        }
    }

    fn try_import(&mut self, id: &CaseId, form: &ImportForm, bytes: Zeroizing<Vec<u8>>) -> Result<Answer, Stop> {
        self.running_review(id)?;
        if self.practice {
            return Err(Fault::new("practice-no-import").into());
        }
        let answers = reading::answers(&form.child, form.extreme.as_deref())?;
        let file = GatedFile { name: form.name.clone(), bytes: u64::from(form.size) };
        let at = self.ports.clock.now();
        let by = self.operator(id)?;
        let desk = self.desk()?;
        let case = desk.case(id)?;
        let here = desk.people();
        let gate = gate::answer_for_file(case, self.pack(case.pack())?, &file, answers, &desk.now(at, &by, &here))?;
        match gate {
            Gate::Halted(events) => {
                // Whatever came with the answer goes before anything is written.
                drop(bytes);
                self.halted_at_the_gate(id, &events, &by)
            }
            Gate::Stopped(events) => {
                drop(bytes);
                self.record(id, &events, &by)?;
                Ok(Answer::Stopped { case: Box::new(self.show_case(id)?) })
            }
            Gate::Open(events, permit) => {
                // Looked at after the answers: no size keeps anybody from HALT.
                may_be_kept(form.size)?;
                let described = Described::read(&form.title, &form.nature, &form.concern)?;
                let source = reading::words("source", &form.source)?;
                if u64::try_from(bytes.len()) != Ok(file.bytes) {
                    return Err(Fault::new("import-cut").at("file").into());
                }
                self.record(id, &events, &by)?;
                let kept = self.keep_import(id, permit, described, (file.name, source), bytes, &by);
                if let Err(stop) = &kept {
                    self.note_fault(id, stop);
                }
                kept
            }
        }
    }

    fn keep_import(
        &mut self,
        id: &CaseId,
        permit: CapturePermit,
        described: Described,
        (name, source): (String, Words),
        bytes: Zeroizing<Vec<u8>>,
        by: &PersonId,
    ) -> Result<Answer, Stop> {
        let content = content::of(&bytes);
        let seen = self.seen(&content, &bytes);
        if seen == Err(NoPicture::Stopped) {
            return Err(Fault::new("capture-void").into());
        }
        let size = match &seen {
            Ok(drawn) => Noted::Observed(drawn.whole),
            Err(_) if !content.is_picture => Noted::NotRecorded("files of this kind are not decoded".to_owned()),
            Err(why) => Noted::NotRecorded(why.to_string()),
        };
        let facts = ImportFacts { name, source, content: content.words.to_owned(), size };
        let (files, kept) = files(&permit, &content, bytes, seen.ok());
        let Described { title, nature, concern } = described;
        let draft = ImportDraft { title, nature, concern, files, facts };
        let at = self.ports.clock.now();
        let desk = self.desk()?;
        let here = desk.people();
        let event = import::exhibit(&permit, desk.case(id)?, draft, &desk.now(at, by, &here))?;
        self.store_exhibit(id, permit, event, &kept, by)
    }

    /// A picture to look at, made apart from everything else. HALT ends that at once.
    fn seen(&self, content: &Content, bytes: &[u8]) -> Result<Drawn, NoPicture> {
        if !content.is_picture {
            return Err(NoPicture::Malformed);
        }
        let stop = self.brake.stops();
        self.ports.pictures.draw(Task::Show, &[], bytes, &stop)
    }
}

/// # Errors
/// - If the file is empty, or larger than any may be.
fn may_be_kept(size: u32) -> Result<(), Fault> {
    match size {
        0 => Err(Fault::new("import-empty").at("file")),
        large if large > LARGEST => Err(Fault::new("import-too-large").at("file")),
        _ => Ok(()),
    }
}

/// The file as it came, then the picture to look at.
fn files(
    permit: &CapturePermit,
    content: &Content,
    bytes: Zeroizing<Vec<u8>>,
    seen: Option<Drawn>,
) -> (Vec<ExhibitFile>, Vec<Checked>) {
    let stem = permit.mark().to_string().replace('/', "-");
    let original = Checked::of(bytes);
    let sha256: Hash = *original.sha256();
    let mut files = vec![ExhibitFile {
        name: format!("{stem}-original"),
        media_type: content.media_type.to_owned(),
        bytes: u64::try_from(original.bytes().len()).unwrap_or(u64::MAX),
        sha256,
        shows: Shows::Original,
    }];
    let mut kept = vec![original];
    if let Some(drawn) = seen {
        let (width, height) = drawn.whole;
        let smaller = if drawn.size == drawn.whole { "pixel for pixel" } else { "made smaller" };
        let how = format!(
            "Decoded from the file ({width} \u{d7} {height} pixels, the first picture in it), {smaller}, on white"
        );
        let picture = Checked::of(drawn.png);
        files.push(ExhibitFile {
            name: format!("{stem}-derived.png"),
            media_type: "image/png".to_owned(),
            bytes: u64::try_from(picture.bytes().len()).unwrap_or(u64::MAX),
            sha256: *picture.sha256(),
            shows: Shows::Derived { size: drawn.size, from: vec![sha256], how },
        });
        // A file may be the very PNG that is made from it: its bytes are kept once.
        if *picture.sha256() != sha256 {
            kept.push(picture);
        }
    }
    (files, kept)
}
