//! Evidence Trail. Started with `--evidence-browser` it is the evidence browser, a process of its own that knows no
//! key and no database; with `--decode-picture` it decodes one picture within limits and ends; with `open --read-only
//! STORE` it reads a store for the police and writes nothing to it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use zeroizing_alloc::ZeroAlloc;

/// Every part of memory is overwritten when it is freed.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    match words.next() {
        Some(word) if word == evidence_trail::parts::browser::BROWSER_MODE => trail_browser::run(),
        Some(word) if word == trail_picture::child::MODE => trail_picture::child::run(words),
        Some(word) if word == evidence_trail::police::OPEN => evidence_trail::police::run(words),
        Some(_) | None => evidence_trail::run(),
    }
}
