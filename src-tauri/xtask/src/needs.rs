//! What the work needs of the computer, how it is seen whether it is there, and what each system calls it.
//!
//! Looking for the thing itself (a program, a library) rather than for a package also counts
//! what was installed in another way. A linker is not in the list: without one this program
//! could not have been built.

pub(crate) mod shots;

use crate::cargo::said;
use crate::system::System;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One thing the work needs.
#[derive(Debug)]
pub(crate) struct Need {
    pub(crate) what: &'static str,
    proof: Proof,
    names: Names,
}

/// How it is seen that it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// A program on the search path.
    Program(&'static str),
    /// A library with its headers, as pkg-config knows it.
    Library(&'static str),
    /// The library of Clang, which programs load to read headers.
    Clang,
    /// Python modules that can be loaded.
    PythonModules(&'static str),
    /// One of these files.
    OneOf(&'static [&'static str]),
}

/// The package's name by system; empty where the system needs none.
#[derive(Debug)]
struct Names {
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
    suse: &'static str,
    macos: &'static str,
    windows: &'static str,
}

pub(crate) const BUILD: &[Need] = &[
    Need {
        what: "pkg-config, which finds system libraries",
        proof: Proof::Program("pkg-config"),
        names: Names {
            debian: "pkg-config",
            fedora: "pkgconf-pkg-config",
            arch: "pkgconf",
            suse: "pkgconf-pkg-config",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "WebKitGTK 4.1 with its headers, the web engine",
        proof: Proof::Library("webkit2gtk-4.1"),
        names: Names {
            debian: "libwebkit2gtk-4.1-dev",
            fedora: "webkit2gtk4.1-devel",
            arch: "webkit2gtk-4.1",
            suse: "webkit2gtk3-devel",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "OpenSSL with its headers, for the encrypted database",
        proof: Proof::Library("libcrypto"),
        names: Names {
            debian: "libssl-dev",
            fedora: "openssl-devel",
            arch: "openssl",
            suse: "libopenssl-devel",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "Node, which builds the screens",
        proof: Proof::Program("node"),
        names: Names {
            debian: "nodejs",
            fedora: "nodejs",
            arch: "nodejs",
            suse: "nodejs-default",
            macos: "node",
            windows: "OpenJS.NodeJS.LTS",
        },
    },
    Need {
        what: "npm, which fetches the screens' parts",
        proof: Proof::Program("npm"),
        names: Names {
            debian: "npm",
            fedora: "nodejs-npm",
            arch: "npm",
            suse: "npm-default",
            macos: "node",
            windows: "OpenJS.NodeJS.LTS",
        },
    },
];

pub(crate) const DISPLAY: &[Need] = &[Need {
    what: "Xvfb, a display without a screen",
    proof: Proof::Program("Xvfb"),
    names: Names {
        debian: "xvfb",
        fedora: "xorg-x11-server-Xvfb",
        arch: "xorg-server-xvfb",
        suse: "xorg-x11-server-Xvfb",
        macos: "",
        windows: "",
    },
}];

/// Read by whatever makes a document and looks at it from outside.
pub(crate) const PAPER: &[Need] = &[Need {
    what: "pdftotext and pdfsig, which read documents and judge their signatures",
    proof: Proof::Program("pdftotext"),
    names: Names {
        debian: "poppler-utils",
        fedora: "poppler-utils",
        arch: "poppler",
        suse: "poppler-tools",
        macos: "poppler",
        windows: "",
    },
}];

pub(crate) const PYTHON: &[Need] = &[Need {
    what: "Python 3 with virtual environments, for pyHanko and ReportLab",
    proof: Proof::PythonModules("venv, ensurepip"),
    names: Names {
        debian: "python3-venv",
        fedora: "python3",
        arch: "python",
        suse: "python3",
        macos: "python",
        windows: "Python.Python.3.12",
    },
}];

pub(crate) const TESTS: &[Need] = &[
    Need {
        what: "WebKitWebDriver, which drives the real window",
        proof: Proof::Program("WebKitWebDriver"),
        names: Names {
            debian: "webkit2gtk-driver",
            fedora: "webkit2gtk4.1",
            arch: "webkit2gtk-4.1",
            suse: "webkit2gtk3-minibrowser",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "dbus-run-session, for a session of the tests' own",
        proof: Proof::Program("dbus-run-session"),
        names: Names {
            debian: "dbus",
            fedora: "dbus-daemon",
            arch: "dbus",
            suse: "dbus-1-daemon",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "gnome-keyring, a keychain for the tests",
        proof: Proof::Program("gnome-keyring-daemon"),
        names: Names {
            debian: "gnome-keyring",
            fedora: "gnome-keyring",
            arch: "gnome-keyring",
            suse: "gnome-keyring",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "qpdf, an outside judge of PDF files",
        proof: Proof::Program("qpdf"),
        names: Names {
            debian: "qpdf",
            fedora: "qpdf",
            arch: "qpdf",
            suse: "qpdf",
            macos: "qpdf",
            windows: "QPDF.QPDF",
        },
    },
    Need {
        what: "7-Zip, an outside judge of encrypted packages",
        proof: Proof::Program("7z"),
        names: Names {
            debian: "p7zip-full",
            fedora: "p7zip-plugins",
            arch: "7zip",
            suse: "7zip",
            macos: "p7zip",
            windows: "7zip.7zip",
        },
    },
    Need {
        what: "xdotool, which presses keys in real windows",
        proof: Proof::Program("xdotool"),
        names: Names { debian: "xdotool", fedora: "xdotool", arch: "xdotool", suse: "xdotool", macos: "", windows: "" },
    },
    Need {
        what: "a window manager, which says which windows there are",
        proof: Proof::Program("openbox"),
        names: Names { debian: "openbox", fedora: "openbox", arch: "openbox", suse: "openbox", macos: "", windows: "" },
    },
    Need {
        what: "xprop, which gives windows their names",
        proof: Proof::Program("xprop"),
        names: Names {
            debian: "x11-utils",
            fedora: "xprop",
            arch: "xorg-xprop",
            suse: "xprop",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "ImageMagick, which takes pictures of the display",
        proof: Proof::Program("import"),
        names: Names {
            debian: "imagemagick",
            fedora: "ImageMagick",
            arch: "imagemagick",
            suse: "ImageMagick",
            macos: "imagemagick",
            windows: "",
        },
    },
    Need {
        what: "a font for Chinese, Japanese and Korean, to print them with",
        proof: Proof::OneOf(&[
            "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
        ]),
        names: Names {
            debian: "fonts-wqy-zenhei",
            fedora: "google-noto-sans-cjk-fonts",
            arch: "noto-fonts-cjk",
            suse: "google-noto-sans-cjk-fonts",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "OpenSSL's program, an outside judge of signatures",
        proof: Proof::Program("openssl"),
        names: Names {
            debian: "openssl",
            fedora: "openssl",
            arch: "openssl",
            suse: "openssl",
            macos: "openssl",
            windows: "",
        },
    },
];

/// What disturbs a store: on Linux alone.
pub(crate) const SOAK: &[Need] = &[
    Need {
        what: "strace, which makes system calls fail",
        proof: Proof::Program("strace"),
        names: Names { debian: "strace", fedora: "strace", arch: "strace", suse: "strace", macos: "", windows: "" },
    },
    Need {
        what: "FUSE 2 with its headers, for disks whose power is cut",
        proof: Proof::Library("fuse"),
        names: Names {
            debian: "libfuse-dev",
            fedora: "fuse-devel",
            arch: "fuse2",
            suse: "fuse-devel",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "mkfs.ext4, which makes disks in files",
        proof: Proof::Program("mkfs.ext4"),
        names: Names {
            debian: "e2fsprogs",
            fedora: "e2fsprogs",
            arch: "e2fsprogs",
            suse: "e2fsprogs",
            macos: "",
            windows: "",
        },
    },
];

pub(crate) const COMPARISON: &[Need] = &[Need {
    what: "Chromium, to compare full-page captures with",
    proof: Proof::Program("chromium"),
    names: Names { debian: "chromium", fedora: "chromium", arch: "chromium", suse: "chromium", macos: "", windows: "" },
}];

impl Need {
    pub(crate) fn package(&self, system: System) -> Option<&'static str> {
        let name = match system {
            System::Debian | System::OtherLinux => self.names.debian,
            System::Fedora => self.names.fedora,
            System::Arch => self.names.arch,
            System::Suse => self.names.suse,
            System::MacOs => self.names.macos,
            System::Windows => self.names.windows,
        };
        (!name.is_empty()).then_some(name)
    }
}

/// What of `needs` is not there, leaving out what the system does not need.
pub(crate) fn missing<'a>(
    needs: impl IntoIterator<Item = &'a Need>,
    system: System,
    holds: impl Fn(Proof) -> bool,
) -> Vec<&'a Need> {
    needs.into_iter().filter(|need| need.package(system).is_some() && !holds(need.proof)).collect()
}

/// The packages that bring what is missing, each once.
pub(crate) fn packages(missing: &[&Need], system: System) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for package in missing.iter().filter_map(|need| need.package(system)) {
        if !packages.contains(&package) {
            packages.push(package);
        }
    }
    packages
}

/// Looks at this computer.
pub(crate) fn holds(proof: Proof) -> bool {
    match proof {
        Proof::Program(name) => on_path(name).is_some(),
        Proof::Library(name) => said(Command::new("pkg-config").args(["--exists", name])).is_some(),
        Proof::Clang => shots::clang(),
        Proof::OneOf(files) => files.iter().any(|file| Path::new(file).is_file()),
        Proof::PythonModules(names) => said(Command::new(python()).args(["-c", &format!("import {names}")])).is_some(),
    }
}

pub(crate) fn python() -> &'static str {
    if cfg!(windows) { "python" } else { "python3" }
}

/// Where the program is found on the search path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    std::env::split_paths(&path)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{program}{ending}"))))
        .find(|file| may_run(file))
}

#[cfg(unix)]
fn may_run(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn may_run(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
mod tests;
