//! Ways to attack a signed document: those that are published, each as its paper describes it, and some of our own.
//!
//! Shadow attacks: Mainka and others, NDSS 2021. Universal forgery, incremental saving and signature wrapping: Mladenov
//! and others, CCS 2019. Evil annotation and sneaky signature: Rohlmann and others, IEEE S&P 2021.

#[path = "forgery/insider.rs"]
mod insider;
#[path = "forgery/prepared.rs"]
mod prepared;
#[path = "forgery/saved.rs"]
mod saved;
#[path = "forgery/signature.rs"]
mod signature;

use lopdf::Document;
use trail_seal::sign::sign;

use super::document::{School, build};

/// What is attacked: a document of the school with every place signed.
pub(crate) struct Ground {
    pub(crate) school: School,
    pub(crate) stranger: School,
    names: &'static [&'static str],
    pub(crate) whole: Vec<u8>,
}

impl Ground {
    pub(crate) fn of(school: School, stranger: School, names: &'static [&'static str]) -> Self {
        let mut ground = Self { school, stranger, names, whole: Vec::new() };
        ground.whole = ground.signed(names.len());
        ground
    }

    /// The document with its first `count` signatures.
    pub(crate) fn signed(&self, count: usize) -> Vec<u8> {
        self.sign(build(self.names, 0, |_| {}), &self.school, count)
    }

    /// Another document with every place signed.
    fn prepared(&self, change: impl FnOnce(&mut Document)) -> Vec<u8> {
        self.sign(build(self.names, 0, change), &self.school, self.names.len())
    }

    fn unsigned(&self, change: impl FnOnce(&mut Document)) -> Vec<u8> {
        build(self.names, 0, change)
    }

    fn sign(&self, base: Vec<u8>, school: &School, count: usize) -> Vec<u8> {
        (0..count).fold(base, |pdf, place| {
            sign(&pdf, self.names[place], &school.signer(place), &school.fonts, school.dice()).unwrap()
        })
    }
}

/// The document after the act.
pub(crate) fn made(act: &str, ground: &Ground) -> Vec<u8> {
    let whole = ground.whole.as_slice();
    let mut file = whole.to_vec();
    match act {
        "page-content" => flip(&mut file, find(whole, b" re S") - 1),
        "picture" => flip(&mut file, find(whole, b"stream\n") + 9),
        "base-table" => flip(&mut file, find(whole, b"00000 n") - 2),
        "base-start" => flip(&mut file, find(whole, b"startxref\n") + 11),
        "revision-table" => flip(&mut file, find_last(whole, b"00000 n") - 2),
        "revision-trailer" => set(&mut file, find_last(whole, b"/Root ") + 6, b'1'),
        "signed-name" => flip(&mut file, find_last(whole, b"/Name (") + 9),
        "appended-bytes" => file.extend_from_slice(b"\n% a note"),
        "appended-newline" => file.push(b'\n'),
        "prefixed-bytes" => drop(file.splice(0..0, *b"#!/bin/sh\n")),
        "other-producer" => return ground.unsigned(prepared::other_producer),
        "annotation-in-base" => return insider::signed(&ground.unsigned(|doc| saved::annotate(doc, None)), ground),
        "script-in-base" => return insider::signed(&ground.unsigned(|doc| saved::run_script(doc, None)), ground),
        "note-on-untyped-page" => return insider::signed(&ground.unsigned(prepared::untyped_page), ground),
        "optional-content-in-base" => return insider::signed(&ground.unsigned(prepared::optional_content), ground),
        "cover-in-base" => return insider::signed(&ground.unsigned(prepared::cover), ground),
        "external-stream-in-base" => return insider::signed(&ground.unsigned(prepared::external_stream), ground),
        "hidden-objects-in-base" => return prepared::packed(&ground.signed(0)),
        "last-revision-dropped" => return ground.signed(ground.names.len() - 1),
        "all-revisions-dropped" => return ground.signed(0),
        "middle-revision-dropped" => return [&ground.signed(1), &whole[ground.signed(2).len()..]].concat(),
        "revision-repeated" => file.extend_from_slice(&whole[ground.signed(ground.names.len() - 1).len()..]),
        "forged-school" => return ground.sign(ground.signed(0), &ground.stranger, ground.names.len()),
        _ => {
            return signature::made(act, ground)
                .or_else(|| saved::made(act, ground))
                .unwrap_or_else(|| panic!("{act}"));
        }
    }
    file
}

fn flip(file: &mut [u8], at: usize) {
    file[at] ^= 1;
}

fn set(file: &mut [u8], at: usize, byte: u8) {
    file[at] = byte;
}

fn find(file: &[u8], word: &[u8]) -> usize {
    file.windows(word.len()).position(|found| found == word).unwrap()
}

fn find_last(file: &[u8], word: &[u8]) -> usize {
    file.windows(word.len()).rposition(|found| found == word).unwrap()
}
