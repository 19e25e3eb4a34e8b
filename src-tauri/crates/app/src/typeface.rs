//! The fonts of a document: the program's own, and the font pack where there is one.

use std::path::PathBuf;
use std::sync::OnceLock;

use trail_seal::form::{FontPack, Fonts};

use crate::App;
use crate::fault::Fault;
use crate::issuing::form_fault;

/// The font pack, looked for once while the program runs.
#[derive(Default)]
pub(crate) struct Typeface {
    pack: OnceLock<Result<(PathBuf, FontPack), String>>,
}

impl App {
    /// The fonts to lay a document out with.
    pub(crate) fn fonts(&self) -> Result<Fonts, Fault> {
        Fonts::with(self.font_pack()).map_err(form_fault)
    }

    /// The font pack, if there is one that can be used. Why not, stands on the page that checks the record.
    pub(crate) fn font_pack(&self) -> Option<FontPack> {
        self.found_pack().as_ref().ok().map(|(_, pack)| *pack)
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
