//! The designated computers of the school: those that are registered, and a further one by two people.

use trail_domain::people::Computer;
use trail_domain::procedure::computer;

use crate::app::App;
use crate::fault::Fault;
use crate::reading;
use crate::wire::case::Fact;
use crate::wire::store::RegisterComputer;

impl App {
    /// The registered computers, oldest first, as label and value.
    ///
    /// # Errors
    /// - If nobody is signed in.
    pub fn computers(&self) -> Result<Vec<Vec<Fact>>, Fault> {
        let facts = |computer: &Computer| {
            vec![
                crate::show::fact("Name", computer.name.as_str()),
                crate::show::fact("Asset tag", computer.asset_tag.as_str()),
                crate::show::fact("Serial number", computer.serial.as_str()),
                crate::show::fact("Where it stands", computer.location.as_str()),
            ]
        };
        Ok(self.desk()?.register.computers().iter().map(facts).collect())
    }

    /// Registers a further computer. The one who is named does it, with their passphrase; another who is signed in stands
    /// behind it.
    ///
    /// # Errors
    /// - If an answer is missing, or the passphrase is wrong.
    /// - If fewer than two people are signed in, or this computer is frozen.
    /// - If a computer with this asset tag is registered.
    pub fn register_computer(&mut self, form: &RegisterComputer) -> Result<Vec<Vec<Fact>>, Fault> {
        let computer = Computer {
            name: reading::words("computerName", &form.computer_name)?,
            asset_tag: reading::words("assetTag", &form.asset_tag)?,
            serial: reading::words("serial", &form.serial)?,
            location: reading::words("location", &form.location)?,
        };
        let known = Fault::new("computer-known").at("assetTag");
        self.by_two(&form.person, &form.passphrase, known, |with, now| computer::register(computer, with, now))?;
        self.computers()
    }
}
