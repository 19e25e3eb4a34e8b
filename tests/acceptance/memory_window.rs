//! The real program with its real keychain and its real window: after lock no key is in the memory of any process of
//! ours, and no word and no picture of a case in that of the main one. Before it they are, or this would show nothing.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use acceptance::house::PASSPHRASE;
use acceptance::memory::needles::{of_secrets, of_words, secrets};
use acceptance::memory::{Drawn, Needle, Seeded, Sighting, around, doubles, search, told, work};
use acceptance::soak::line::Drawer;
use acceptance::window::{Window, processes, steps};
use evidence_trail::parts::clock::SystemClock;
use evidence_trail::parts::keychain::SystemKeychain;
use serde_json::json;
use trail_app::ports::Keychain;
use trail_store::{DeviceSecret, Found, Passphrase, Vault};

const SEED: [u8; 16] = *b"a second chance.";
const WORDS: &str = "Quince-Marzipan-Velocipede is the word that nobody else writes";
const GROUND: &str = "MEMORY_WINDOW_GROUND";
const UNLOCKED: &str = "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;";
/// Longest that a web view may live on after a lock.
const GONE: Duration = Duration::from_secs(15);
/// Within this time of a lock the program has overwritten what the window's libraries freed.
const WIPED: Duration = Duration::from_secs(12);

/// The processes of ours.
struct Ours {
    main: u32,
    web: Vec<u32>,
}

/// What is looked for: keys, which nobody of ours may hold after lock; and what a case holds, which the main one may not.
struct Wanted {
    keys: Vec<Needle>,
    contents: Vec<Needle>,
}

#[test]
fn after_lock_no_process_of_ours_holds_a_key() {
    let ground = tempfile::tempdir().unwrap();
    for folder in ["user", "runtime", "home"] {
        std::fs::create_dir_all(ground.path().join(folder)).unwrap();
    }
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(ground.path().join("runtime"), std::fs::Permissions::from_mode(0o700)).unwrap();
    let me = std::env::current_exe().unwrap();
    let line = format!("{UNLOCKED} exec {} --ignored --exact other_half --nocapture", me.display());
    let status = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", &line])
        .env("HOME", ground.path().join("user"))
        .env("XDG_RUNTIME_DIR", ground.path().join("runtime"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_DATA_HOME")
        .env(GROUND, ground.path())
        .status()
        .unwrap_or_else(|error| panic!("dbus-run-session is needed ({error})"));
    assert!(status.success(), "the other half failed; what it saw stands above");
}

/// The other half, in a session of its own with a keychain that is open.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the test here, in a session of its own"]
async fn other_half() {
    let Some(ground) = std::env::var_os(GROUND).map(PathBuf::from) else { return };
    let home = ground.join("home");
    let wanted = school(&home);
    let mut window = Window::open("memory", &home, "").await;
    to_the_picture(&mut window, &ground).await;
    let before = ours(&window);
    let everything: Vec<&Needle> = wanted.keys.iter().chain(&wanted.contents).collect();
    let (seen, read) = search(before.main, &everything).unwrap();
    println!("main, before lock ({} MiB):\n{}", read >> 20, told(&seen));
    are_seen(&seen, &["data key", "ledger seed of JS", "ledger seed of PA", "case key", "words", "picture"]);
    let seen = in_all(&before.web, &wanted.contents);
    println!("web, before lock:\n{}", told(&seen));
    assert!(seen.iter().any(|seen| seen.name.starts_with("words")), "no web process shows the case: nothing is shown");

    window.press("lock").await;
    window.at("sign-in").await;
    gone(&before.web);
    tokio::time::sleep(WIPED).await;
    let after = ours(&window);
    assert_eq!(after.main, before.main, "the program went on");
    let (left, read) = search(after.main, &everything).unwrap();
    println!("main, after lock ({} MiB):\n{}", read >> 20, told(&left));
    for words in left.iter().filter(|seen| seen.name.starts_with("words")) {
        println!("  around {:#x}: {}", words.at, around(after.main, words.at).unwrap_or_else(|error| error));
    }
    let in_web = in_all(&after.web, &wanted.keys);
    println!(
        "web, after lock: {} processes, {} keys looked for\n{}",
        after.web.len(),
        wanted.keys.len(),
        told(&in_web)
    );
    assert!(left.is_empty(), "left in the main process after lock:\n{}", told(&left));
    assert!(in_web.is_empty(), "left in a web process after lock:\n{}", told(&in_web));
    window.close().await;
}

/// Makes a school whose every secret is known here, and gives its keychain's part to the real one.
fn school(home: &Path) -> Wanted {
    let entropy = Seeded::telling(SEED);
    let drawer = Drawer::default();
    let mut doubles = doubles(entropy.clone(), Box::new(drawer.clone()));
    doubles.ports.clock = Box::new(SystemClock::start());
    let mut drawn: Drawn = Vec::new();
    let mut before = 0;
    let mut walk = work(home, doubles, WORDS, |part| {
        let all = entropy.told();
        drawn.push((part.to_owned(), all[before..].to_vec()));
        before = all.len();
    })
    .unwrap();
    let (mark, sha256) = walk.pictures[0].clone();
    let picture = walk.house.app.picture(&walk.case, &sha256).unwrap();
    assert_eq!(mark, "JS/1");
    walk.house.app.lock();
    drop(walk);
    let mut device = Vec::new();
    for (name, secret) in drawer.secrets() {
        SystemKeychain.keep(&name, &secret).unwrap();
        device.extend((secret.len() == 32).then_some(secret));
    }
    let mut keys = secrets(&drawn, home, &device);
    keys.extend(form_keys(home, &device[0]));
    assert!(keys.contains_key("device secret"), "the store needs no keychain");
    let mut contents = of_words(WORDS);
    contents.push(Needle { name: "picture".to_owned(), bytes: picture[60..100].to_vec() });
    Wanted { keys: of_secrets(&keys), contents }
}

/// The two reviewers' keys for forms: they were not drawn here, so the store is asked for them.
fn form_keys(home: &Path, device: &[u8]) -> Vec<(String, Vec<u8>)> {
    let secret = || DeviceSecret::new(device.try_into().unwrap());
    let pass = || Passphrase::new(PASSPHRASE.to_owned());
    let keys = ["JS", "PA"].map(|initials| {
        let Found::Locked(locked) = Vault::find(&home.join("store")).unwrap() else { panic!("there is a store") };
        let person = locked.labels().into_iter().find(|label| label.initials.as_str() == initials).unwrap().id;
        let mut vault = locked.unlock(&person, &pass(), Some(&secret())).map_err(|(_, error)| error).unwrap();
        let pkcs8 = vault.form_key(&person, &pass(), Some(&secret())).unwrap();
        // PKCS #8 of a P-256 key (RFC 5915): the private key is an octet string of 32 bytes that begins at 36.
        assert_eq!(pkcs8[34..36], [0x04, 0x20]);
        (format!("form key of {initials}"), pkcs8[36..68].to_vec())
    });
    keys.to_vec()
}

/// Both sign in, a backup is made under a passphrase, and the picture of the case is looked at.
async fn to_the_picture(window: &mut Window, ground: &Path) {
    steps::both_sign_in(window).await;
    window.at("cases").await;
    let people = window.invoke("app_view", json!({})).await;
    let form = json!({
        "folder": ground, "medium": "USB stick 2", "holder": "Amara Okonkwo-Pryce",
        "person": people["signedIn"][0]["person"]["id"], "passphrase": PASSPHRASE,
    });
    let made = window.invoke("make_backup", json!({ "form": form })).await;
    assert_eq!(made["rows"].as_array().map(Vec::len), Some(1), "{made}");
    window.press("open-case").await;
    window.at("case").await;
    window.press("go-exhibits").await;
    window.press("reveal-picture").await;
    window.wait("[data-picture='revealed'] img").await;
}

fn ours(window: &Window) -> Ours {
    let all = window.processes();
    let of = |part: &str| -> Vec<u32> {
        all.iter().filter(|(id, line)| line.contains(part) && processes::runs(**id)).map(|(id, _)| *id).collect()
    };
    let program = acceptance::outside::built("evidence-trail").display().to_string();
    let main = all.iter().find(|(_, line)| line.starts_with(&program)).map(|(id, _)| *id);
    let web: Vec<u32> = of("WebKitWebProcess").into_iter().chain(of("WebKitNetworkProcess")).collect();
    assert!(web.len() >= 2, "{all:#?}");
    Ours { main: main.expect("the program runs"), web }
}

/// The web view of before is gone, with the process that showed it.
fn gone(before: &[u32]) {
    let until = Instant::now() + GONE;
    let shows = |id: &u32| {
        let line = std::fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.contains("WebKitWebProcess") && processes::runs(*id)
    };
    while before.iter().any(shows) {
        assert!(Instant::now() < until, "the web process of before the lock still runs");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn in_all(processes: &[u32], needles: &[Needle]) -> Vec<Sighting> {
    let needles: Vec<&Needle> = needles.iter().collect();
    processes.iter().flat_map(|id| search(*id, &needles).unwrap().0).collect()
}

fn are_seen(seen: &[Sighting], wanted: &[&str]) {
    let seen: BTreeSet<&str> = seen.iter().map(|sighting| sighting.name.as_str()).collect();
    for wanted in wanted {
        assert!(seen.contains(wanted), "{wanted} was not found before lock: the search shows nothing");
    }
}
