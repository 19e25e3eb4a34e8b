use super::{BUILD, Proof, TESTS, missing, packages};
use crate::system::System;

#[test]
fn a_fresh_debian_is_told_every_package() {
    let missing = missing(BUILD, System::Debian, |_| false);
    assert_eq!(
        packages(&missing, System::Debian),
        ["pkg-config", "libwebkit2gtk-4.1-dev", "libssl-dev", "nodejs", "npm"]
    );
}

#[test]
fn only_what_is_missing_is_asked_for() {
    let missing = missing(BUILD, System::Debian, |proof| proof != Proof::Library("libcrypto"));
    assert_eq!(packages(&missing, System::Debian), ["libssl-dev"]);
}

#[test]
fn a_computer_with_everything_is_asked_for_nothing() {
    assert!(missing(BUILD, System::Debian, |_| true).is_empty());
}

#[test]
fn a_system_is_not_asked_for_what_it_does_not_need() {
    let missing = missing(BUILD, System::MacOs, |_| false);
    assert_eq!(packages(&missing, System::MacOs), ["node"]);
}

#[test]
fn one_package_that_brings_two_things_is_named_once() {
    let needs = BUILD.iter().chain(TESTS);
    let missing = missing(needs, System::Arch, |_| false);
    let packages = packages(&missing, System::Arch);
    let engines = packages.iter().filter(|name| **name == "webkit2gtk-4.1");
    assert_eq!(engines.count(), 1);
}
