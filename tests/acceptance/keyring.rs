//! A real keychain: present, locked, absent, with a wrong secret, and reset. Over an existing store none of these makes
//! a new secret, and each says what to do. Every case runs in a session bus and a home of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells"
)]

use std::path::Path;
use std::process::Command;

use acceptance::house::{Doubles, House, PASSPHRASE, START, default_people, set_up};
use acceptance::outside::{run, said};
use evidence_trail::parts::keychain::SystemKeychain;
use serde_json::{Value, json};

const UNLOCKED: &str = "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;";
/// Running, with its collection locked: unlocked with another password than it was made with.
const LOCKED: &str = "printf other | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;";
const NONE: &str = "";

/// A school on a computer with a keychain, of which it keeps everything in one folder.
struct Computer {
    ground: tempfile::TempDir,
}

impl Computer {
    /// Sets a school up while the keychain is open.
    fn set_up() -> Self {
        let computer = Self { ground: tempfile::tempdir().unwrap() };
        for folder in ["home", "runtime", "school"] {
            std::fs::create_dir_all(computer.at(folder)).unwrap();
        }
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(computer.at("runtime"), std::fs::Permissions::from_mode(0o700)).unwrap();
        let told = computer.does(UNLOCKED, "set-up");
        assert_eq!(told["done"], json!(true), "{told}");
        computer
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.ground.path().join(name)
    }

    /// Runs this test's own other half in a session of its own, after this shell text.
    fn does(&self, first: &str, what: &str) -> Value {
        let me = std::env::current_exe().unwrap();
        let out = self.at("told.json");
        let _ = std::fs::remove_file(&out);
        let line = format!("{first} exec {} --ignored --exact other_half --nocapture", me.display());
        let mut command = Command::new("dbus-run-session");
        command
            .args(["--", "sh", "-c", &line])
            .env("HOME", self.at("home"))
            .env("XDG_RUNTIME_DIR", self.at("runtime"))
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("DISPLAY")
            .env_remove("XDG_DATA_HOME")
            .env("KEYRING_DOES", what)
            .env("KEYRING_SCHOOL", self.at("school"))
            .env("KEYRING_TELLS", &out);
        let output = command.output().unwrap_or_else(|error| panic!("dbus-run-session is needed ({error})"));
        let text = std::fs::read_to_string(&out).unwrap_or_else(|_| panic!("{what}: {}", said(&output)));
        serde_json::from_str(&text).unwrap()
    }

    fn keyrings(&self) -> Vec<(String, Vec<u8>)> {
        let folder = self.at("home/.local/share/keyrings");
        let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        let mut files: Vec<(String, Vec<u8>)> = entries
            .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
            .collect();
        files.sort();
        files
    }
}

fn store_is_as_it_was(computer: &Computer, keys: &[u8]) {
    assert_eq!(std::fs::read(computer.at("school/store/keys.json")).unwrap(), keys, "the key file was changed");
}

#[test]
fn present_it_signs_in() {
    let computer = Computer::set_up();
    let told = computer.does(UNLOCKED, "sign-in");
    assert_eq!(told["done"], json!(true), "{told}");
}

#[test]
fn locked_it_says_so_and_makes_no_secret() {
    refused(LOCKED, |_| {});
}

#[test]
fn absent_it_says_so_and_makes_no_secret() {
    refused(NONE, |computer| std::fs::remove_dir_all(computer.at("home/.local/share/keyrings")).unwrap());
}

#[test]
fn reset_it_says_so_and_makes_no_secret() {
    refused(UNLOCKED, |computer| std::fs::remove_dir_all(computer.at("home/.local/share/keyrings")).unwrap());
}

#[test]
fn with_another_stores_secret_it_says_so_and_keeps_it() {
    let computer = Computer::set_up();
    let told = computer.does(UNLOCKED, "spoil");
    assert_eq!(told["done"], json!(true), "{told}");
    let keys = std::fs::read(computer.at("school/store/keys.json")).unwrap();
    let told = computer.does(UNLOCKED, "sign-in");
    assert_eq!(told["done"], json!(false), "{told}");
    says_what_to_do(&told);
    let kept = computer.does(UNLOCKED, "read");
    assert_eq!(kept["secret"], json!(vec![7; 32]), "the wrong secret was replaced: {kept}");
    store_is_as_it_was(&computer, &keys);
}

fn refused(session: &str, happens: impl Fn(&Computer)) {
    let computer = Computer::set_up();
    happens(&computer);
    let keys = std::fs::read(computer.at("school/store/keys.json")).unwrap();
    let before = computer.keyrings();
    let told = computer.does(session, "sign-in");
    assert_eq!(told["done"], json!(false), "{told}");
    says_what_to_do(&told);
    let read = computer.does(UNLOCKED, "read");
    if before.is_empty() {
        assert_eq!(read["secret"], Value::Null, "a secret was made: {read}");
    }
    store_is_as_it_was(&computer, &keys);
}

fn says_what_to_do(told: &Value) {
    let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
    println!("{}: {} {}", text("code"), text("happened"), text("todo"));
    assert!(text("code").contains("keychain") || text("code").contains("device"), "{told}");
    assert!(!text("todo").is_empty(), "{told}");
}

/// The other half, started by the tests in a session of its own.
#[test]
#[ignore = "started by the tests here, in a session of its own"]
fn other_half() {
    let Ok(what) = std::env::var("KEYRING_DOES") else { return };
    let school = std::env::var("KEYRING_SCHOOL").unwrap();
    let told = does(&what, Path::new(&school));
    std::fs::write(std::env::var("KEYRING_TELLS").unwrap(), told.to_string()).unwrap();
}

fn does(what: &str, school: &Path) -> Value {
    use trail_app::ports::Keychain;
    let mut house = House::given(school, Doubles::new(START, Box::new(SystemKeychain))).unwrap();
    let store = || {
        let found = trail_store::Vault::find(&school.join("store")).unwrap();
        let trail_store::Found::Locked(vault) = found else { panic!("there is a store") };
        vault.store().to_string()
    };
    let ended = match what {
        "set-up" => {
            let form = trail_app::wire::forms::SetUp { without_keychain: false, ..set_up(&default_people()) };
            house.app.set_up(&form).map(|_| ())
        }
        "sign-in" => {
            let person = house.id("JS");
            house.app.sign_in(&person, PASSPHRASE).map(|_| ())
        }
        "spoil" => {
            drop(house);
            let kept = SystemKeychain.keep(&store(), &[7; 32]);
            return json!({ "done": kept.is_ok(), "happened": format!("{kept:?}") });
        }
        _ => {
            drop(house);
            let read = SystemKeychain.read(&store());
            let secret = read.as_ref().ok().and_then(|kept| kept.as_ref().map(|kept| kept.to_vec()));
            return json!({ "done": read.is_ok(), "secret": secret });
        }
    };
    match ended {
        Ok(()) => json!({ "done": true }),
        Err(fault) => {
            let words = fault.in_words(house.app.phrases());
            let mut told = serde_json::to_value(&words).unwrap();
            told["done"] = json!(false);
            told
        }
    }
}

/// Without these the tests would show nothing.
#[test]
fn the_real_keychain_is_installed() {
    assert!(run("gnome-keyring-daemon", &["--version"]).status.success());
}
