//! Bad input, answered in words, with nothing lost.
#![cfg(target_os = "linux")]
