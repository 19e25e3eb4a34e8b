//! Where the school's staff find support after a review: what is shown, and two people saying it.

use trail_domain::procedure::support;
use trail_domain::words::Words;

use crate::app::App;
use crate::fault::Fault;
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
        let contacts: Option<Vec<Words>> = lines.map(|line| Words::new(line).ok()).collect();
        let contacts = contacts.filter(|contacts| support::fit(contacts));
        let contacts = contacts.ok_or_else(|| Fault::new("support-long").at("contacts"))?;
        let known = Fault::new("support-unchanged").at("contacts");
        self.by_two(&form.person, &form.passphrase, known, |with, now| support::set(contacts, with, now))?;
        self.support()
    }
}
