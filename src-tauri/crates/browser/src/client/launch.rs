//! How a browser is started: with nothing of ours but what it needs to show a page.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use super::group::Group;
use crate::address::Terms;
use crate::run::TERMS_VARIABLE;

/// What a window needs of the environment. Everything else stays behind: this process may hold
/// what a page must never read.
#[cfg(not(windows))]
const PASSED_ON: [&str; 20] = [
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "XDG_DATA_DIRS",
    "DBUS_SESSION_BUS_ADDRESS",
    "AT_SPI_BUS_ADDRESS",
    "PATH",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_TIME",
    "TZ",
    "GDK_BACKEND",
    "GDK_SCALE",
    "GDK_DPI_SCALE",
    "GTK_THEME",
];

/// What a window and the engine that Windows brings need of the environment.
#[cfg(windows)]
const PASSED_ON: [&str; 17] = [
    "SystemRoot",
    "SystemDrive",
    "windir",
    "ComSpec",
    "PATH",
    "PATHEXT",
    "USERNAME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "ProgramData",
    "ProgramFiles",
    "ProgramFiles(x86)",
    "CommonProgramFiles",
    "NUMBER_OF_PROCESSORS",
    "PROCESSOR_ARCHITECTURE",
    "OS",
];

/// How to start a browser.
#[derive(Debug, Clone)]
pub struct Launch {
    exe: PathBuf,
    args: Vec<OsString>,
    terms: Terms,
    display: Option<OsString>,
    loud: bool,
    files_in: Option<PathBuf>,
}

impl Launch {
    /// This program with these arguments, which must lead it to [`crate::run`].
    #[must_use]
    pub fn new(exe: impl Into<PathBuf>, args: impl IntoIterator<Item = OsString>) -> Self {
        Self {
            exe: exe.into(),
            args: args.into_iter().collect(),
            terms: Terms::default(),
            display: None,
            loud: false,
            files_in: None,
        }
    }

    /// Allows a private address, as `host:port`.
    #[must_use]
    pub fn allowing(mut self, host_and_port: &str) -> Self {
        self.terms.allow_private.push(host_and_port.to_owned());
        self
    }

    /// Allows nothing else, as in practice.
    #[must_use]
    pub fn and_nothing_else(mut self) -> Self {
        self.terms.only_these = true;
        self
    }

    /// Holds every page that is of none of these sites, see [`crate::address::site`].
    #[must_use]
    pub fn keeping_to(mut self, sites: impl IntoIterator<Item = String>) -> Self {
        self.terms.sites = Some(sites.into_iter().collect());
        self
    }

    /// Opens the window on this X display instead of the one of this process.
    #[must_use]
    pub fn on_display(mut self, display: impl Into<OsString>) -> Self {
        self.display = Some(display.into());
        self
    }

    /// Makes the folder for the engine's own files in this one. Without it that is the session's
    /// folder in memory where there is one.
    #[must_use]
    pub fn with_files_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.files_in = Some(folder.into());
        self
    }

    /// Lets the engine's complaints through to this process's standard error.
    #[must_use]
    pub fn loud(mut self) -> Self {
        self.loud = true;
        self
    }

    pub(super) fn start(&self) -> std::io::Result<(Child, Group, Profile)> {
        let mut profile = Profile::make(self.files_in.clone().unwrap_or_else(usual_place))?;
        let started = self.command(&profile)?.spawn().and_then(|mut child| match Group::of(&child) {
            Ok(group) => Ok((child, group)),
            Err(error) => {
                // One that ended by itself meanwhile is what was wanted.
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        });
        match started {
            Ok((child, group)) => Ok((child, group, profile)),
            Err(error) => {
                profile.remove();
                Err(error)
            }
        }
    }

    fn command(&self, profile: &Profile) -> std::io::Result<Command> {
        let mut command = Command::new(&self.exe);
        command.args(&self.args).env_clear();
        for name in PASSED_ON {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        if let Some(display) = &self.display {
            command
                .env("DISPLAY", display)
                .env("GDK_BACKEND", "x11")
                .env_remove("WAYLAND_DISPLAY")
                .env_remove("XAUTHORITY");
        }
        for (name, folder) in [
            ("HOME", ""),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_STATE_HOME", "state"),
            ("TMPDIR", "tmp"),
            ("TEMP", "tmp"),
            ("TMP", "tmp"),
        ] {
            command.env(name, profile.folder.join(folder));
        }
        // The sound and film library looks for its parts inside the page's process, not in a process of its own.
        command.env("GST_REGISTRY_FORK", "no");
        // Settings of the desktop are read from nowhere and written to nowhere.
        command.env("GSETTINGS_BACKEND", "memory");
        command.env(TERMS_VARIABLE, serde_json::to_string(&self.terms)?);
        command.current_dir(&profile.folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(if self.loud { Stdio::inherit() } else { Stdio::null() });
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        Ok(command)
    }
}

/// The folder in which a browser keeps what it must write. It is made for one process, only its
/// owner can read it, and it is removed with the process; after HALT it is left as it is.
#[derive(Debug)]
pub struct Profile {
    folder: PathBuf,
    /// HALT: whatever is in it stays as it is.
    kept: bool,
}

impl Profile {
    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn make(place: PathBuf) -> std::io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        for _ in 0..100 {
            let name = format!("evidence-browser-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let folder = place.join(name);
            match make_private(folder.as_os_str()) {
                Ok(()) => {
                    let profile = Self { folder, kept: false };
                    for part in ["cache", "data", "config", "state", "tmp"] {
                        make_private(profile.folder.join(part).as_os_str())?;
                    }
                    return Ok(profile);
                }
                // Left behind by a process of the same number: never taken over.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::ErrorKind::AlreadyExists.into())
    }

    pub(super) fn keep(&mut self) {
        self.kept = true;
    }

    pub(super) fn remove(&mut self) {
        if self.kept {
            return;
        }
        // A helper process that is just dying may still add a file: once more, then it is the
        // system's to clear.
        for _ in 0..3 {
            if std::fs::remove_dir_all(&self.folder).is_ok() || !self.folder.exists() {
                return;
            }
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "what lies there is the engine's own (fonts, settings), nothing of a page: its session is ephemeral, and a test searches the folder"
)]
fn usual_place() -> PathBuf {
    let session = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_dir());
    session.unwrap_or_else(std::env::temp_dir)
}

#[cfg(unix)]
fn make_private(folder: &OsStr) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(folder)
}

/// On Windows a folder is as private as the one it is made in: that of a person's temporary files is theirs.
#[cfg(not(unix))]
fn make_private(folder: &OsStr) -> std::io::Result<()> {
    std::fs::create_dir(folder)
}
