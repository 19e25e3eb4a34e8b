//! After lock no key is left in memory, and no word of a case. Before it all of them are, or this would show nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use acceptance::memory::needles::{of_secrets, of_words, secrets};
use acceptance::memory::{Drawn, Seeded, doubles, search, told, work};
use acceptance::outside::built;
use acceptance::soak::line::{Drawer, Listener, Secrets};

const SEED: [u8; 16] = *b"chance is fixed.";
const WORDS: &str = "Quince-Marzipan-Velocipede is the word that nobody else writes";

#[test]
fn after_lock_no_key_and_no_word_of_a_case_is_in_memory() {
    let twin_folder = tempfile::tempdir().unwrap();
    let drawn = twin(twin_folder.path());
    let ground = tempfile::tempdir().unwrap();
    let (folder, line) = (ground.path().join("school"), ground.path().join("line"));
    std::fs::create_dir_all(&folder).unwrap();
    let listener = Listener::at(&line).unwrap();
    let mut child = Command::new(built("memory-child")).arg(&folder).arg(&line).spawn().unwrap();
    let mut caller = listener.accept(|| child.try_wait().unwrap().is_some()).expect("the child calls");
    let mut known =
        Secrets::from([("seed".to_owned(), SEED.to_vec()), ("words".to_owned(), WORDS.as_bytes().to_vec())]);
    assert!(caller.until_ready(&mut known), "the child did not get ready");
    let device: Vec<Vec<u8>> =
        known.iter().filter(|(name, kept)| *name != "seed" && kept.len() == 32).map(|(_, kept)| kept.clone()).collect();

    let mut needles = of_secrets(&secrets(&drawn, &folder, &device));
    needles.extend(of_words(WORDS));
    let (before, read) = search(child.id(), &needles).unwrap();
    let mut after = Vec::new();
    let (_, ended) = caller.follow(&mut known, |_| after = search(child.id(), &needles).unwrap().0);
    assert!(ended && child.wait().unwrap().success());

    println!("{} things looked for in {} MiB", needles.len(), read >> 20);
    println!("before lock:\n{}", told(&before));
    println!("after lock:\n{}", told(&after));
    let seen: BTreeSet<&str> = before.iter().map(|sighting| sighting.name.as_str()).collect();
    for wanted in ["data key", "ledger seed of JS", "ledger seed of PA", "case key", "words"] {
        assert!(seen.contains(wanted), "{wanted} was not found before lock: the search shows nothing");
    }
    assert!(after.is_empty(), "left in memory after lock:\n{}", told(&after));
}

/// The same work in this process, with the same chance: what it draws, the child draws.
fn twin(folder: &Path) -> Drawn {
    let entropy = Seeded::telling(SEED);
    let mut drawn: Drawn = Vec::new();
    let mut before = 0;
    let told = entropy.clone();
    let mut walk = work(folder, doubles(entropy, Box::new(Drawer::default())), WORDS, |part| {
        let all = told.told();
        drawn.push((part.to_owned(), all[before..].to_vec()));
        before = all.len();
    })
    .unwrap();
    walk.house.app.lock();
    drawn
}
