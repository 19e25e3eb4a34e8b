//! What it needs besides to build pictures of screens and windows. The headers of Wayland and XCB come with those of
//! WebKitGTK.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Names, Need, Proof};
use crate::cargo::said;

pub(crate) const SHOTS: &[Need] = &[
    Need {
        what: "PipeWire with its headers, for pictures of windows",
        proof: Proof::Library("libpipewire-0.3"),
        names: Names {
            debian: "libpipewire-0.3-dev",
            fedora: "pipewire-devel",
            arch: "libpipewire",
            suse: "pipewire-devel",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "GBM with its headers, for pictures of windows",
        proof: Proof::Library("gbm"),
        names: Names {
            debian: "libgbm-dev",
            fedora: "mesa-libgbm-devel",
            arch: "mesa",
            suse: "libgbm-devel",
            macos: "",
            windows: "",
        },
    },
    Need {
        what: "libclang, which reads the headers of PipeWire",
        proof: Proof::Clang,
        names: Names {
            debian: "libclang-dev",
            fedora: "clang-devel",
            arch: "clang",
            suse: "clang-devel",
            macos: "",
            windows: "",
        },
    },
];

/// Whether libclang lies where it is looked for: where `LIBCLANG_PATH` or `llvm-config` says, or among the system's own.
pub(super) fn clang() -> bool {
    let named = std::env::var_os("LIBCLANG_PATH").map(PathBuf::from);
    let told = said(Command::new("llvm-config").arg("--libdir")).map(|folder| PathBuf::from(folder.trim()));
    let mut folders: Vec<PathBuf> = named.into_iter().chain(told).collect();
    folders.extend(
        ["/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"].map(PathBuf::from),
    );
    let versions = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    folders.extend(versions.filter(|path| holds_llvm(path)).map(|path| path.join("lib")));
    folders.iter().any(|folder| {
        let mut entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.any(|entry| entry.file_name().to_str().is_some_and(is_clang))
    })
}

/// `libclang-cpp` is another library, which the graphics drivers need. Headers are not read with it.
fn is_clang(name: &str) -> bool {
    let is_named_so = name.starts_with("libclang.so") || (name.starts_with("libclang-") && name.contains(".so"));
    is_named_so && !name.contains("-cpp.")
}

fn holds_llvm(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("llvm-"))
}

#[cfg(test)]
mod tests {
    use super::{SHOTS, is_clang};
    use crate::needs::{missing, packages};
    use crate::system::System;

    #[test]
    fn the_library_that_reads_headers_is_told_from_those_that_are_named_like_it() {
        for name in ["libclang.so", "libclang.so.1", "libclang-14.so.14.0.6", "libclang-18.so.1", "libclang-3.9.so"] {
            assert!(is_clang(name), "{name}");
        }
        for name in ["libclang-cpp.so.14", "libclang-cpp.so", "libclang_rt.so", "libclang.a", "libclangBasic.so"] {
            assert!(!is_clang(name), "{name}");
        }
    }

    #[test]
    fn a_fresh_debian_is_told_what_pictures_of_windows_need_and_a_mac_nothing() {
        let told = |system| packages(&missing(SHOTS, system, |_| false), system);
        assert_eq!(told(System::Debian), ["libpipewire-0.3-dev", "libgbm-dev", "libclang-dev"]);
        assert!(told(System::MacOs).is_empty());
    }
}
