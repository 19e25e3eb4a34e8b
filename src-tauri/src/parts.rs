//! The real parts behind the application's ports.

mod at_once;
pub mod browser;
pub mod clock;
pub mod computer;
pub mod font_pack;
pub mod keychain;
pub mod pictures;
pub mod screens;
pub mod session_lock;
pub mod time_server;
pub mod time_stamps;
pub mod training;

use std::path::PathBuf;
use std::sync::Arc;

use trail_app::ports::Ports;

/// All the real parts, with the evidence browser as this very program in browser mode.
#[must_use]
pub fn ports() -> Ports {
    let program = std::env::current_exe().unwrap_or_else(|_| "evidence-trail".into());
    run_by(program)
}

/// All the real parts, with processes of their own run by this program.
#[must_use]
pub fn run_by(program: PathBuf) -> Ports {
    Ports {
        clock: Box::new(clock::SystemClock::start()),
        entropy: Box::new(clock::SystemEntropy::new()),
        random: ring::rand::SystemRandom::new(),
        keychain: Arc::new(keychain::SystemKeychain),
        computer: Box::new(computer::ThisComputer::at(crate::start::folders().store)),
        browser: Box::new(browser::EvidenceBrowser::run_by(program.clone())),
        pictures: Box::new(pictures::PictureProcess::run_by(program.clone())),
        fonts: Box::new(font_pack::PacksHere::beside(program.clone())),
        screens: Box::new(screens::SystemScreens::without(program)),
        training: Box::new(training::Training::default()),
        time_stamps: Box::new(time_stamps::NetworkTimeStamps),
        time_servers: Box::new(time_server::NetworkTime),
    }
}
