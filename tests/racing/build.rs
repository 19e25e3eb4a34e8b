//! Says that this package is the one on the scheduler.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo::rustc-cfg=racing");
    println!("cargo::rerun-if-changed=build.rs");
}
