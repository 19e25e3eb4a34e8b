//! Where things are: the top of the project and the folder for what is built.

use crate::stop::Stop;
use std::path::{Path, PathBuf};

/// The project on this disk.
pub(crate) struct Place {
    root: PathBuf,
    target: PathBuf,
}

/// How a binary is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Debug,
    Release,
}

impl Place {
    /// # Errors
    /// - If the folder two levels above this package is not the top of the project.
    pub(crate) fn find() -> Result<Self, Stop> {
        // Cargo says at run time where the package is, so that a project that was moved still runs.
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package
            .ancestors()
            .nth(2)
            .filter(|root| root.join("Cargo.lock").is_file())
            .ok_or_else(|| {
                Stop::new(
                    format!("{} is not inside the project.", package.display()),
                    "Go to the project's top folder and call `cargo xtask` there.",
                )
            })?
            .to_path_buf();
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder for what is built; it may not be there yet.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    pub(crate) fn assets(&self) -> PathBuf {
        self.root.join("assets")
    }

    /// Programs installed for the tests, apart from what is built of the project itself.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// The Python environment of the outside judges.
    pub(crate) fn judges(&self) -> PathBuf {
        self.target.join("pyhanko")
    }

    /// Pictures that somebody else's tests are made of.
    pub(crate) fn pictures(&self) -> PathBuf {
        self.target.join("pictures")
    }

    /// What is built for Windows.
    pub(crate) fn windows(&self) -> PathBuf {
        self.target.join("windows")
    }

    /// Whether something of the project was built here before.
    pub(crate) fn is_built(&self) -> bool {
        self.binary(Profile::Debug, "evidence-trail").is_file()
    }

    pub(crate) fn binary(&self, profile: Profile, name: &str) -> PathBuf {
        let folder = match profile {
            Profile::Debug => "debug",
            Profile::Release => "release",
        };
        self.target.join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}
