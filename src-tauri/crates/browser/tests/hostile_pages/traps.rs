//! What would notice that a page got out: files, processes, programs that a protocol would start, a closed address.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::site::CANARY;

/// The engine's own processes.
const OURS: [&str; 6] =
    ["trail-browser", "WebKitWebProces", "WebKitNetworkPr", "WebKitGPUProces", "bwrap", "xdg-dbus-proxy"];

/// Programs that a desktop starts for an address.
const OPENERS: [&str; 12] = [
    "xdg-open",
    "gio",
    "gvfs-open",
    "gnome-open",
    "kde-open",
    "exo-open",
    "sensible-browser",
    "x-www-browser",
    "xdg-email",
    "thunderbird",
    "evolution",
    "ssh",
];

/// Traps around one browser.
pub(crate) struct Traps {
    folder: PathBuf,
    closed: TcpListener,
    begun: SystemTime,
}

impl Traps {
    /// Sets the traps in this folder, and tries one.
    pub(crate) fn set(folder: &Path) -> Self {
        let bin = folder.join("bin");
        let applications = folder.join("share/applications");
        for made in [&bin, &applications] {
            std::fs::create_dir_all(made).unwrap();
        }
        for opener in OPENERS {
            let script = format!("#!/bin/sh\n/bin/touch {}/started-{opener}\n", folder.display());
            let at = bin.join(opener);
            std::fs::write(&at, script).unwrap();
            std::fs::set_permissions(&at, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let schemes =
            ["mailto", "tel", "sms", "ftp", "ms-settings", "magnet", "vnc", "evidence-trail", "steam", "ssh", "file"];
        let kinds: String = schemes.iter().map(|scheme| format!("x-scheme-handler/{scheme};")).collect();
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Trap\nExec={}/xdg-open %u\nMimeType={kinds}\n",
            bin.display()
        );
        std::fs::write(applications.join("trap.desktop"), entry).unwrap();
        let defaults: String =
            schemes.iter().map(|scheme| format!("x-scheme-handler/{scheme}=trap.desktop\n")).collect();
        std::fs::write(applications.join("mimeapps.list"), format!("[Default Applications]\n{defaults}")).unwrap();
        let closed = TcpListener::bind("127.0.0.1:0").unwrap();
        closed.set_nonblocking(true).unwrap();
        let traps = Self { folder: folder.to_owned(), closed, begun: SystemTime::now() };
        traps.try_one(&bin);
        traps
    }

    /// A trap that does not snap would hold everything to be harmless.
    fn try_one(&self, bin: &Path) {
        assert!(std::process::Command::new(bin.join("xdg-open")).status().unwrap().success());
        assert_eq!(self.started(), ["started-xdg-open"], "the traps do not work");
        std::fs::remove_file(self.folder.join("started-xdg-open")).unwrap();
    }

    /// Host and port that nothing may reach.
    pub(crate) fn closed(&self) -> String {
        self.closed.local_addr().unwrap().to_string()
    }

    /// What a page got out of, in words.
    pub(crate) fn sprung(&self, profile: &Path) -> Vec<String> {
        let mut faults = Vec::new();
        if self.closed.accept().is_ok() {
            faults.push("an address that is not allowed was reached".to_owned());
        }
        faults.extend(self.started());
        faults.extend(foreign(profile));
        faults
    }

    fn started(&self) -> Vec<String> {
        let names = std::fs::read_dir(&self.folder).unwrap().flatten().map(|entry| entry.file_name());
        names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.starts_with("started-")).collect()
    }

    /// Files that hold what a page gave, anywhere a program might put them: in the profile too.
    pub(crate) fn files(&self, profile: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut look = |place: &Path, deep: u32| self.search(place, deep, &mut found);
        look(profile, 12);
        for place in ["/tmp", "/var/tmp", "/dev/shm"] {
            look(Path::new(place), 2);
        }
        look(&std::env::current_dir().unwrap(), 1);
        if let Some(home) = std::env::var_os("HOME") {
            look(Path::new(&home), 1);
            for below in ["Downloads", "Desktop", ".cache", ".local/share"] {
                look(&Path::new(&home).join(below), 3);
            }
        }
        found
    }

    fn search(&self, place: &Path, deep: u32, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
            let (path, Ok(about)) = (entry.path(), entry.metadata()) else { continue };
            if path.to_string_lossy().contains(CANARY) {
                found.push(format!("file {}", path.display()));
            }
            if about.is_dir() && deep > 0 {
                self.search(&path, deep - 1, found);
            }
            let is_new = about.modified().is_ok_and(|at| at >= self.begun);
            if about.is_file() && is_new && about.len() < 4_000_000 {
                let bytes = std::fs::read(&path).unwrap_or_default();
                if bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()) {
                    found.push(format!("file {}", path.display()));
                }
            }
        }
    }
}

/// Processes that have this browser's environment, whatever they did since, and are none of the engine's own.
fn foreign(profile: &Path) -> Vec<String> {
    let mark = profile.to_string_lossy().into_owned().into_bytes();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        if !environment.windows(mark.len()).any(|window| window == mark) {
            continue;
        }
        let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
        if !name.is_empty() && !OURS.contains(&name.trim_end()) {
            found.push(format!("process {}", name.trim_end()));
        }
    }
    found
}
