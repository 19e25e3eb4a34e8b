//! A session of the tests' own: its own message bus, its own keychain, its own data folder.
//!
//! Tests must never read or write the keychain and the files of the person who runs them.

use crate::needs::on_path;
use crate::stop::Stop;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Unlocks a keychain that is there for this session only, then does what it was given.
const WITH_KEYCHAIN: &str =
    "printf throwaway | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec \"$@\"";

/// The folder of one session. It is removed when this value ends.
pub(crate) struct Session {
    folder: PathBuf,
}

impl Session {
    /// # Errors
    /// - If the folder cannot be made.
    pub(crate) fn new() -> Result<Self, Stop> {
        let not_made = |error: std::io::Error| {
            Stop::new(
                format!("the tests' own session has no folder: {error}."),
                "Look whether the folder for temporary files is full or may not be written.",
            )
        };
        let session = Self { folder: fresh_folder().map_err(not_made)? };
        for part in ["run", "data", "state"] {
            private_folder(&session.folder.join(part)).map_err(not_made)?;
        }
        Ok(session)
    }

    /// The same command inside the session, where the system knows sessions of this kind.
    pub(crate) fn around(&self, command: &Command) -> Command {
        let mut inside = self.wrapped(command);
        if let Some(folder) = command.get_current_dir() {
            inside.current_dir(folder);
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => inside.env(name, value),
                None => inside.env_remove(name),
            };
        }
        inside
            .env("XDG_RUNTIME_DIR", self.folder.join("run"))
            .env("XDG_DATA_HOME", self.folder.join("data"))
            .env("XDG_STATE_HOME", self.folder.join("state"));
        inside
    }

    fn wrapped(&self, command: &Command) -> Command {
        let mut inside = if on_path("dbus-run-session").is_none() {
            Command::new(command.get_program())
        } else {
            let mut session = Command::new("dbus-run-session");
            session.arg("--");
            if on_path("gnome-keyring-daemon").is_some() {
                session.args(["sh", "-c", WITH_KEYCHAIN, "sh"]);
            }
            session.arg(command.get_program());
            session
        };
        inside.args(command.get_args());
        inside
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A folder that stays behind holds nothing but throw-away keys.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A folder that was not there before, so that nobody else can have made it.
#[allow(
    clippy::disallowed_methods,
    reason = "the names of sockets in it may have 107 bytes at most, and it holds only throw-away keys"
)]
fn fresh_folder() -> std::io::Result<PathBuf> {
    let top = std::env::temp_dir();
    let names = (0..100).map(|n| top.join(format!("trail-tests-{}-{n}", std::process::id())));
    let mut last = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
    for folder in names {
        match private_folder(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

#[cfg(unix)]
fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn private_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir(folder)
}
