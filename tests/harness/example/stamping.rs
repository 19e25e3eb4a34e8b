//! The example's own time-stamp authority: `openssl ts` on this computer, for this run only.

use std::fs;
use std::path::Path;
use std::process::Command;

use trail_app::wire::time::SetTimeAuthorities;

use crate::house::PASSPHRASE;
use crate::perform::Walk;
use crate::time::{Does, TimeServer};

/// Starts it where OpenSSL is there, and has two people choose it. Says who stamps, or why nobody does.
pub(super) fn chosen(walk: &mut Walk, folder: &Path, out: &Path) -> Result<String, String> {
    if !Command::new("openssl").arg("version").output().is_ok_and(|said| said.status.success()) {
        return Ok("none, because openssl is not on this computer".to_owned());
    }
    let server = TimeServer::start(&folder.join("time-authority"), Does::Stamp);
    let form = SetTimeAuthorities {
        first_address: server.address.clone(),
        first_root: server.root.clone(),
        second_address: String::new(),
        second_root: String::new(),
        person: walk.house.id("JS"),
        passphrase: PASSPHRASE.to_owned(),
    };
    walk.house.app.set_time_authorities(&form).map_err(|fault| fault.to_string())?;
    fs::write(out.join("time-authority.pem"), &server.root).map_err(|error| error.to_string())?;
    Ok("by openssl ts on this computer, an authority of this run only (time-authority.pem)".to_owned())
}
