//! A case goes over to a further designated computer, and its form says so; and the clock beside a time server.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use acceptance::doubles::NoKeychain;
use acceptance::house::{Doubles, House, PASSPHRASE, START, default_people, set_up};
use acceptance::outside::{run, said};
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_to};
use acceptance::sntp::ClockServer;
use evidence_trail::parts::time_server::NetworkTime;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use trail_app::wire::store::RegisterComputer;
use trail_app::wire::time::SetTimeServer;

fn done(walk: &mut Walk, act: &str, values: &[(&str, Value)]) {
    let values: Map<String, Value> = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    assert_eq!(walk.perform(act, values), Ended::Done, "{act}");
}

/// Ends the session, goes on to the form, and reads it.
fn form_of(walk: &mut Walk) -> String {
    for act in ["end-session", "seal-view"] {
        done(walk, act, &[]);
    }
    done(walk, "seal-view", &[("who", json!("PA"))]);
    for act in ["find", "choose-actions", "isolate", "make-form"] {
        done(walk, act, &[]);
    }
    let record = walk.view().unwrap().documents.into_iter().find(|document| document.kind == "record").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.pdf");
    std::fs::write(&file, walk.house.app.document(&walk.case, &record.sha256).unwrap().as_slice()).unwrap();
    let text = said(&run("pdftotext", &["-raw", &file.display().to_string(), "-"]));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A school with two people signed in that asks over the real network.
fn asking(folder: &TempDir) -> Walk {
    let mut doubles = Doubles::new(START, Box::new(NoKeychain));
    doubles.ports.time_servers = Box::new(NetworkTime);
    let mut house = House::given(folder.path(), doubles).unwrap();
    house.app.set_up(&set_up(&default_people())).unwrap();
    house.learn_people();
    let mut walk = Walk::new(house);
    // Set-up signed the first person in.
    sign_in(&mut walk, &["PA".to_owned()]).unwrap();
    walk
}

fn choose(walk: &mut Walk, server: &str) -> Result<Option<String>, String> {
    let form =
        SetTimeServer { server: server.to_owned(), person: walk.house.id("JS"), passphrase: PASSPHRASE.to_owned() };
    walk.house.app.set_time_server(&form).map(|view| view.server).map_err(|fault| fault.code().to_owned())
}

#[test]
fn a_time_server_is_asked_where_two_chose_one_and_the_form_has_its_figures() {
    let folder = tempfile::tempdir().unwrap();
    let mut walk = asking(&folder);
    let server = ClockServer::start(Some(5));
    walk_to(&mut walk, Some("session")).unwrap();
    assert_eq!(choose(&mut walk, "http://time.example"), Err("time-server-bad".to_owned()));
    assert_eq!(choose(&mut walk, ""), Err("time-server-unchanged".to_owned()));
    assert_eq!(choose(&mut walk, &server.address), Ok(Some(server.address.clone())));
    // Where no session may be opened, nobody is asked.
    assert!(matches!(walk.perform("open-session", Map::new()), Ended::Refused(..)), "one is open");
    assert_eq!(server.asked(), 0);
    done(&mut walk, "end-session", &[]);
    done(&mut walk, "open-session", &[]);
    assert_eq!(server.asked(), 1);
    let text = form_of(&mut walk);
    for words in [
        "Not recorded, because the school chose no time server",
        &format!("Time server {}, stratum 2", server.address),
        "ms slow; round trip",
        "Evidence Trail, over the network",
    ] {
        assert!(text.contains(words), "the form does not say {words}:\n{text}");
    }
}

#[test]
fn a_time_server_that_is_silent_holds_nobody_up_and_the_form_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut walk = asking(&folder);
    let silent = ClockServer::start(None);
    choose(&mut walk, &silent.address).unwrap();
    let begun = Instant::now();
    walk_to(&mut walk, Some("session")).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20) && silent.asked() == 1, "{:?}", begun.elapsed());
    let text = form_of(&mut walk);
    assert!(text.contains(&format!("{} did not answer within 2 seconds", silent.address)), "{text}");
}

#[test]
fn halt_does_not_wait_for_a_time_server_and_no_session_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut walk = asking(&folder);
    let silent = ClockServer::start(None);
    walk_to(&mut walk, Some("session")).unwrap();
    done(&mut walk, "end-session", &[]);
    choose(&mut walk, &silent.address).unwrap();
    let brake = walk.house.app.brake();
    let address = silent.address.clone();
    let pressing = std::thread::spawn(move || {
        while silent.asked() == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        brake.press();
        Instant::now()
    });
    let ended = walk.perform("open-session", Map::new());
    let pressed = pressing.join().unwrap();
    assert!(pressed.elapsed() < Duration::from_secs(1), "HALT waited {:?} for {address}", pressed.elapsed());
    assert!(matches!(&ended, Ended::Trouble(code, _) if code == "capture-void"), "{ended:?}");
    assert_eq!(walk.perform("halt", Map::new()), Ended::Done);
    assert_eq!(walk.view().unwrap().sessions.len(), 1, "no session was opened");
}

#[test]
fn practice_asks_no_time_server() {
    let folder = tempfile::tempdir().unwrap();
    let mut walk = asking(&folder);
    let server = ClockServer::start(Some(0));
    choose(&mut walk, &server.address).unwrap();
    drop(walk);
    let practice = folder.path().join("practice");
    std::fs::create_dir_all(&practice).unwrap();
    for entry in std::fs::read_dir(folder.path().join("store")).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), practice.join(entry.file_name())).unwrap();
    }
    let mut doubles = Doubles::new(START, Box::new(NoKeychain));
    doubles.ports.time_servers = Box::new(NetworkTime);
    let mut house = House::given(folder.path(), doubles).unwrap();
    house.app.begin_practice().unwrap();
    house.learn_people();
    let mut walk = Walk::new(house);
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    assert_eq!(walk.house.app.time_server().unwrap().server, Some(server.address.clone()));
    walk_to(&mut walk, Some("session")).unwrap();
    assert_eq!(server.asked(), 0);
    assert!(form_of(&mut walk).contains("in practice no time server is asked"));
}

#[test]
fn a_change_of_computer_stands_in_the_form() {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("review")).unwrap();
    let form = RegisterComputer {
        computer_name: "HB-REVIEW-02".to_owned(),
        asset_tag: "HB-0418".to_owned(),
        serial: "5CG0999XYZ".to_owned(),
        location: "Deputy's office".to_owned(),
        person: walk.house.id("JS"),
        passphrase: PASSPHRASE.to_owned(),
    };
    assert_eq!(walk.house.app.register_computer(&form).unwrap().len(), 2);
    assert_eq!(walk.house.app.register_computer(&form).unwrap_err().code(), "computer-known");
    done(&mut walk, "change-computer", &[]);
    done(&mut walk, "open-session", &[("assetTag", json!("HB-0418"))]);
    let text = form_of(&mut walk);
    let change =
        "from HB-REVIEW-01 to HB-REVIEW-02 (HB-0418), because: It failed. Recorded by Jo Stirling and Priya Anand.";
    assert!(text.contains(change), "{text}");
    assert!(text.contains("Jo Stirling has HB-REVIEW-01, Office safe"), "{text}");
}
