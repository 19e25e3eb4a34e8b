//! tauri-driver, and below it WebKitWebDriver and the program.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::display::Display;
use super::processes;
use crate::outside::root;

/// A driver that listens, on ports of its own. Everything that comes from it ends with it, also after a panic.
pub struct Driver {
    child: Child,
    port: u16,
    // Ends after the driver.
    _display: Option<Display>,
}

impl Driver {
    /// Starts one whose program keeps its files under `home` and may open these private addresses.
    #[must_use]
    pub fn start(home: &Path, private: &str, log: &Path) -> Self {
        let display = Display::where_needed();
        let [port, native] = free_ports();
        let said = File::create(log).unwrap();
        let mut command = Command::new(program());
        command
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("EVIDENCE_TRAIL_HOME", home)
            .env("EVIDENCE_TRAIL_PRIVATE_ADDRESSES", private)
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said);
        if let Some(display) = &display {
            command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        }
        let child = command.spawn().unwrap_or_else(|error| panic!("tauri-driver could not be started: {error}"));
        let driver = Self { child, port, _display: display };
        // It hands on what it is asked to the driver below it, which listens later than it does.
        for port in [native, port] {
            wait_until_something_listens(port);
        }
        driver
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The evidence browsers that run now.
    #[must_use]
    pub fn evidence_browsers(&self) -> Vec<u32> {
        let all = processes::descendants(self.child.id());
        all.into_iter()
            .filter(|(id, line)| line.contains("--evidence-browser") && processes::runs(*id))
            .map(|(id, _)| id)
            .collect()
    }

    /// Every process that came from it, with its command line.
    #[must_use]
    pub fn processes(&self) -> BTreeMap<u32, String> {
        processes::descendants(self.child.id())
    }

    /// Waits until the program itself has ended, so that another may open its store.
    pub fn wait_until_the_program_ended(&self) {
        let deadline = Instant::now() + Duration::from_secs(15);
        let program = crate::outside::built("evidence-trail").display().to_string();
        while processes::descendants(self.child.id()).values().any(|line| line.contains(&program)) {
            assert!(Instant::now() < deadline, "the program did not end within 15 seconds of its window");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let mut ids: Vec<u32> = processes::descendants(self.child.id()).into_keys().collect();
        ids.push(self.child.id());
        processes::end(&ids);
        // It was asked to end, and made to.
        let _ = self.child.wait();
    }
}

/// The folder for what a run shows: `target/window/`, or a folder under it.
#[must_use]
pub fn shown_in(run: &str) -> PathBuf {
    let folder = root().join("target/window").join(run);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn program() -> PathBuf {
    let path =
        std::env::var_os("TAURI_DRIVER").map_or_else(|| root().join("target/tools/bin/tauri-driver"), PathBuf::from);
    assert!(path.is_file(), "{} is needed; `cargo xtask test` installs it", path.display());
    path
}

fn wait_until_something_listens(port: u16) {
    let deadline = Instant::now() + Duration::from_secs(20);
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
        assert!(Instant::now() < deadline, "nothing listens on port {port} after 20 seconds");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn free_ports() -> [u16; 2] {
    // Both are held until both are known, so that they differ.
    let held = [(); 2].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}
