//! The time server that is asked at each check of the computer: which it is, and two people choosing it.

use trail_domain::procedure::stamping;

use crate::app::App;
use crate::fault::Fault;
use crate::wire::time::{SetTimeServer, TimeServerView};

impl App {
    /// Which time server is asked.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn time_server(&self) -> Result<TimeServerView, Fault> {
        let server = self.desk()?.register.time_server().map(ToOwned::to_owned);
        Ok(TimeServerView { server })
    }

    /// Two people choose which time server is asked from here on, or that none is.
    ///
    /// # Errors
    /// - If it cannot be the name or the address of one.
    /// - If the passphrase is wrong.
    /// - If fewer than two people are signed in, or this computer is frozen.
    /// - If it is asked already.
    pub fn set_time_server(&mut self, form: &SetTimeServer) -> Result<TimeServerView, Fault> {
        let typed = form.server.trim();
        let server = (!typed.is_empty()).then(|| typed.to_owned());
        if server.as_deref().is_some_and(|server| !stamping::is_server(server)) {
            return Err(Fault::new("time-server-bad").at("server"));
        }
        let known = Fault::new("time-server-unchanged").at("server");
        self.by_two(&form.person, &form.passphrase, known, |with, now| stamping::set_server(server, with, now))?;
        self.time_server()
    }
}
