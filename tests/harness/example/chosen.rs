//! What two people choose for their school before the first case: who is asked for the time, and where staff find support.

use serde_json::json;

use super::Example;
use crate::house::PASSPHRASE;
use crate::perform::Walk;
use crate::sntp::ClockServer;

impl Example {
    /// Has them choose a time server, which is this computer's own and for this run only, and write the contacts.
    pub(super) fn choose(&mut self, walk: &mut Walk) -> Result<(), String> {
        let person = walk.house.id("JS");
        self.step("Choose a time server", |_| {
            let server = ClockServer::start(Some(0));
            let form = json!({ "server": server.address, "person": person, "passphrase": PASSPHRASE });
            let form = serde_json::from_value(form).map_err(|error| error.to_string())?;
            walk.house.app.set_time_server(&form).map(drop).map_err(|fault| fault.to_string())
        })?;
        self.step("Say where staff find support", |_| {
            let contacts = "Staff counsellor, by the office: ask for the green card";
            let form = json!({ "contacts": contacts, "person": person, "passphrase": PASSPHRASE });
            let form = serde_json::from_value(form).map_err(|error| error.to_string())?;
            walk.house.app.set_support(&form).map(drop).map_err(|fault| fault.to_string())
        })
    }
}
