//! Versions of a pack: what it was copied from, and what has to hold of the next one.

use serde::Deserialize;
use toml::Spanned;

use super::PolicyPack;
use super::fault::{Flaw, PackFault};
use crate::ids::Hash;

/// The pack that another was copied from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasedOn {
    pub(super) id: Spanned<String>,
    pub(super) version: u32,
    pub(super) hash: Hash,
}

impl BasedOn {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }

    /// Its version, from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// SHA-256 of its text.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }
}

impl PolicyPack {
    /// The text of a copy under another id: version 1, naming this pack as what it is based on. Nothing else of the
    /// text is touched.
    ///
    /// # Errors
    /// - If the id is not one (small letters, digits and hyphens) or is this pack's own.
    /// - If what comes out is no pack, because the head of this one is laid out in an unusual way.
    pub fn copied_as(&self, id: &str) -> Result<String, PackFault> {
        let name = format!("{id}.toml");
        if id == self.id() {
            let flaw =
                Flaw::missing(format!("the copy has the id \"{id}\" of this pack"), "choose another id".to_owned());
            return Err(PackFault::flawed(&name, "", flaw));
        }
        let line_of = |at: usize| self.text().bytes().take(at).filter(|b| *b == b'\n').count();
        let id_line = line_of(self.written.id.span().start);
        let version_line = line_of(self.written.version.span().start);
        let dropped = self.written.based_on.as_ref().map(|based_on| line_of(based_on.span().start));
        let mut text = String::new();
        for (number, line) in self.text().lines().enumerate().filter(|(number, _)| Some(*number) != dropped) {
            if number == id_line {
                text.push_str(&format!("id = \"{id}\""));
            } else if number == version_line {
                let (origin, version, hash) = (self.id(), self.version(), self.hash);
                text.push_str("version = 1\n");
                text.push_str(&format!("based_on = {{ id = \"{origin}\", version = {version}, hash = \"{hash}\" }}"));
            } else {
                text.push_str(line);
            }
            text.push('\n');
        }
        Self::parse(&name, &text)?;
        Ok(text)
    }

    /// Reads the next version of this pack, as it was edited.
    ///
    /// # Errors
    /// - If the text does not parse under this pack's id.
    /// - If its version is not the one after this.
    /// - If it names another pack as what it is based on.
    pub fn parse_next(&self, text: &str) -> Result<Self, PackFault> {
        let name = format!("{}.toml", self.id());
        let next = Self::parse(&name, text)?;
        let fault =
            |at: usize, what: String, instead: String| PackFault::flawed(&name, text, Flaw::at(at, what, instead));
        let due = self.version().saturating_add(1);
        if next.version() != due {
            let what = format!("this is version {}, and the one before it is {}", next.version(), self.version());
            return Err(fault(next.written.version.span().start, what, format!("write version = {due}")));
        }
        if next.based_on() != self.based_on() {
            let at = next.written.based_on.as_ref().map_or(0, |based_on| based_on.span().start);
            return Err(fault(
                at,
                "the new version names another pack as what it is based on".to_owned(),
                "leave based_on as the version before has it".to_owned(),
            ));
        }
        Ok(next)
    }
}
