//! Where the school's staff find support after a review: what is shown, and two people saying it.

use trail_domain::procedure::support::{self, LONGEST, MOST};
use trail_domain::words::Words;

use crate::app::App;
use crate::fault::Fault;
use crate::keeping::refused;
use crate::wire::support::{SetSupport, SupportView};

impl App {
    /// The school's own contacts.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn support(&self) -> Result<SupportView, Fault> {
        let contacts = self.desk()?.register.support().iter().map(ToString::to_string).collect();
        Ok(SupportView { contacts })
    }

    /// Two people say which contacts are shown from here on.
    ///
    /// # Errors
    /// - If there are too many, or one is too long.
    /// - If the passphrase is wrong.
    /// - If fewer than two people are signed in, or this computer is frozen.
    /// - If they are shown already.
    pub fn set_support(&mut self, form: &SetSupport) -> Result<SupportView, Fault> {
        let lines = form.contacts.lines().filter(|line| !line.trim().is_empty());
        let contact = |line: &str| Words::new(line).ok().filter(|words| words.as_str().chars().count() <= LONGEST);
        let contacts: Option<Vec<Words>> = lines.map(contact).collect();
        let contacts = contacts.filter(|contacts| contacts.len() <= MOST);
        let contacts = contacts.ok_or_else(|| Fault::new("support-long").at("contacts"))?;
        let (by, with, here) = self.with_another(&form.person, &form.passphrase)?;
        let desk = self.desk()?;
        let events = support::set(contacts, with, &desk.now(self.ports.clock.now(), &by, &here));
        let events = events.map_err(|refusal| refused(&refusal, Fault::new("support-unchanged").at("contacts")))?;
        self.append_store(&events, &by)?;
        self.support()
    }
}
