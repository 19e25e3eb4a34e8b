//! What the papers of a hand-over must say.

use super::made::{self, CHECK, COVER, FONTS, OnDisk, RECEIPT};
use super::stress::stays_inside;
use crate::form::address::capitals;
use crate::form::{Drawn, handing};

/// All words in their order, with one space between them.
fn said(name: &str, drawn: &Drawn) -> String {
    let text = OnDisk::new(&format!("handing-{name}"), drawn).ask("pdftotext", &["-raw"], &["-"]);
    text.replace(['\u{A0}', '\u{2011}'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn the_cover_sheet_names_who_has_not_signed_and_what_was_left_out() {
    let text = said("cover", &COVER);
    says(&text, &["1 document lacks a signature.", "Not signed by Amara Okonkwo-Pryce", "DC Rowan Ellery"]);
    says(&text, &["EX/4711/26", "0930-AA41", "JS/1, view 1 of 2", "What is not in it, and why"]);
    let mut model = made::hand_over();
    model.documents[0].missing.clear();
    model.exhibits.clear();
    model.left_out.clear();
    let text = said("cover-all", &handing::cover_sheet(&model, &FONTS).unwrap());
    says(&text, &["Every signature", "no picture is in this package", "Nothing of the case was left out"]);
    assert!(!text.contains("lacks a signature"));
    model.documents.clear();
    let text = said("cover-none", &handing::cover_sheet(&model, &FONTS).unwrap());
    says(&text, &["No signed document is in this package."]);
}

#[test]
fn the_check_sheet_is_one_page_and_its_commands_are_whole() {
    assert_eq!(CHECK.pages(), 1);
    let text = OnDisk::new("check-commands", &CHECK).ask("pdftotext", &["-layout"], &["-"]);
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for command in [
        r"certutil -hashfile data\certificates\authority.cer SHA256",
        "certutil -hashfile statement.json SHA256",
        "gc manifest-sha256.txt|%{$h,$f=$_ -split ' ';if((Get-FileHash $f).Hash -ne $h){$f}}",
        "sha256sum -c manifest-sha256.txt",
        "openssl x509 -inform DER -in data/certificates/authority.cer -out ca.pem",
        r"openssl cms -verify -cades -binary -inform DER -in statement.p7s \",
    ] {
        assert!(lines.iter().any(|line| line.contains(command)), "{command} on one line of {text}");
    }
    let mut model = made::hand_over();
    model.heading.school.name = "Wilhelmina-Konstantinopolitanskaya ".repeat(5);
    let drawn = handing::check_sheet(&model, &FONTS).unwrap();
    stays_inside("check-long", &drawn);
    assert_eq!(drawn.pages(), 1);
}

#[test]
fn the_receipt_has_the_hash_of_the_package_and_four_places_to_sign() {
    let text = OnDisk::new("receipt-hash", &RECEIPT).ask("pdftotext", &[], &["-"]);
    let figures = capitals(&[0xC4; 32]);
    assert!(text.contains(&figures[..32]), "{figures}");
    let text = said("receipt", &RECEIPT);
    says(&text, &["Handed over by", "Received by", "Medium came back to", "Medium wiped or destroyed by"]);
    says(&text, &["2 documents and 2 files of exhibits", "signed electronically by Jo Stirling"]);
    assert_eq!(RECEIPT.pages(), 1);
}

#[test]
fn long_lists_and_names_stay_inside() {
    let mut model = made::hand_over();
    let (document, file) = (model.documents[0].clone(), model.exhibits[0].clone());
    model.documents.resize(40, document);
    model.exhibits.resize(300, file);
    model.to = "Wilhelmina-Konstantinopolitanskaya".repeat(6);
    stays_inside("cover-long", &handing::cover_sheet(&model, &FONTS).unwrap());
    stays_inside("receipt-long", &handing::receipt(&model, &[1; 32], &FONTS).unwrap());
}
