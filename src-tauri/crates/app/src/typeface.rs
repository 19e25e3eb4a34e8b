//! The fonts of a document: the program's own, and the font pack where there is one.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use trail_seal::form::{FontPack, Fonts};

use crate::App;
use crate::fault::Fault;
use crate::issuing::form_fault;

/// What is read once while the program runs.
#[derive(Default)]
pub(crate) struct Typeface {
    pack: OnceLock<Result<(PathBuf, FontPack), String>>,
    fonts: OnceLock<Arc<Fonts>>,
}

impl App {
    /// The fonts to lay a document out and to draw a signature with. Why there is no font pack among them, stands on the
    /// page that checks the record.
    pub(crate) fn fonts(&self) -> Result<Arc<Fonts>, Fault> {
        if let Some(fonts) = self.typeface.fonts.get() {
            return Ok(Arc::clone(fonts));
        }
        let pack = self.found_pack().as_ref().ok().map(|(_, pack)| pack);
        let fonts = Fonts::with(pack).map_err(form_fault)?;
        Ok(Arc::clone(self.typeface.fonts.get_or_init(|| Arc::new(fonts))))
    }

    /// What draws Chinese, Japanese and Korean, in words.
    pub(crate) fn font_pack_line(&self) -> String {
        match self.found_pack() {
            Ok((file, _)) => self.phrases.say("font-pack.found", &[("file", &file.display().to_string())]),
            Err(because) => self.phrases.say("font-pack.none", &[("because", because)]),
        }
    }

    fn found_pack(&self) -> &Result<(PathBuf, FontPack), String> {
        self.typeface.pack.get_or_init(|| {
            let found = self.ports.fonts.pack()?;
            let file = found.file.display().to_string();
            let read = FontPack::read(found.bytes).map_err(|why| format!("{file} cannot be used: {why}"))?;
            Ok((found.file, read))
        })
    }
}
