//! What the sheets on paper must say: recovery kit, enrolment card, emergency card, certificate of destruction.

use super::made::{self, CARD, DESTRUCTION, EMERGENCY, FONTS, KIT, OnDisk, TERMLY};
use super::stress::stays_inside;
use crate::form::address::capitals;
use crate::form::destruction::Target;
use crate::form::model::Terms;
use crate::form::{Drawn, FormError, card, destruction, emergency, kit, termly};

/// All words in their order, with one space between them.
fn said(name: &str, drawn: &Drawn) -> String {
    let text = OnDisk::new(&format!("sheet-{name}"), drawn).ask("pdftotext", &["-raw"], &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn the_cards_are_one_page_each_and_the_kit_three() {
    assert_eq!([CARD.pages(), EMERGENCY.pages(), KIT.pages()], [1, 1, 3]);
    let mut model = made::emergency();
    model.contacts.clear();
    model.practice = true;
    assert_eq!(emergency::lay_out(&model, &FONTS).unwrap().pages(), 1);
    let mut model = made::card();
    model.replaces = Some([0xAB; 32]);
    assert_eq!(card::lay_out(&model, &FONTS).unwrap().pages(), 1);
}

#[test]
fn practice_stands_on_every_sheet() {
    let (mut kit, mut card) = (made::kit(), made::card());
    let (mut emergency, mut destruction) = (made::emergency(), made::destruction());
    (kit.practice, card.practice, emergency.practice, destruction.heading.practice) = (true, true, true, true);
    let drawn = [
        kit::lay_out(&kit, &FONTS).unwrap(),
        card::lay_out(&card, &FONTS).unwrap(),
        emergency::lay_out(&emergency, &FONTS).unwrap(),
        destruction::lay_out(&destruction, &FONTS).unwrap(),
    ];
    for (number, drawn) in drawn.iter().enumerate() {
        let text = said(&format!("practice-{number}"), drawn);
        assert_eq!(text.matches("PRACTICE – NOT EVIDENCE").count(), 2 * drawn.pages(), "{number}");
        assert!(!text.contains("OFFICIAL"), "{number}");
    }
}

#[test]
fn each_page_of_the_kit_has_one_code_and_says_where_both_are() {
    let disk = OnDisk::new("kit-codes", &KIT);
    let model = made::kit();
    for page in [1, 2] {
        let number = page.to_string();
        let text = disk.ask("pdftotext", &["-raw", "-f", &number, "-l", &number], &["-"]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        says(
            &text,
            &[
                "Both codes are needed, always together.",
                "One code alone opens nothing.",
                "It never opens anybody’s signing key.",
                "every backup of it",
                "To restore on another computer",
                "the school safe",
                "the chair of governors",
            ],
        );
        let (own, other) = (&model.codes[page - 1], &model.codes[2 - page]);
        for (mine, others) in own.iter().zip(other) {
            assert!(text.contains(mine.as_str()), "{mine} on page {page}");
            assert!(!text.contains(others.as_str()), "{others} on page {page}");
        }
    }
    let card = disk.ask("pdftotext", &["-f", "3", "-l", "3"], &["-"]);
    assert!(model.codes.iter().flatten().all(|group| !card.contains(group.as_str())), "the card holds no secret");
}

#[test]
fn a_kit_without_a_code_is_refused() {
    let mut model = made::kit();
    model.codes[1] = vec![" ".to_owned()];
    assert!(matches!(kit::lay_out(&model, &FONTS), Err(FormError::Missing { .. })));
}

#[test]
fn the_enrolment_card_has_both_fingerprints_whole() {
    let model = made::card();
    let text = OnDisk::new("card-hash", &CARD).ask("pdftotext", &[], &["-"]);
    for hash in [&model.certificate, &model.fingerprint] {
        let figures = capitals(hash);
        assert!(text.contains(&figures[..32]) && text.contains(&figures[32..]), "{figures}");
    }
    let text = said("card", &CARD);
    says(&text, &["Jo Stirling", "initials JS", "Signature in ink", "Date", "this is the person’s first certificate"]);
}

#[test]
fn a_card_of_new_keys_names_the_certificate_that_it_replaces() {
    let mut model = made::card();
    model.replaces = Some([0xAB; 32]);
    let text = said("card-renewed", &card::lay_out(&model, &FONTS).unwrap());
    says(&text, &[&"AB".repeat(16), "which is revoked"]);
    assert!(!text.contains("first certificate"));
    let again: card::CardModel = serde_json::from_str(&serde_json::to_string(&model).unwrap()).unwrap();
    assert_eq!(again, model);
}

#[test]
fn a_card_without_a_name_is_refused() {
    let mut model = made::card();
    model.name = " ".to_owned();
    assert!(matches!(card::lay_out(&model, &FONTS), Err(FormError::Missing { what: "name" })));
}

#[test]
fn the_emergency_card_works_without_the_program() {
    let mut model = made::emergency();
    let text = said("emergency", &EMERGENCY);
    says(&text, &["after HALT was pressed", "Evidence Trail cannot be used", "you do not need permission", "999"]);
    says(&text, &["01632 960101", "What was done, in order, with times", "Reference", "It holds no secret."]);
    // Nobody was entered: the places are named all the same, with lines for ink.
    model.contacts.clear();
    model.terms = Terms { pupil: "student".to_owned(), headteacher: "principal".to_owned() };
    let text = said("emergency-usual", &emergency::lay_out(&model, &FONTS).unwrap());
    says(&text, &["Police: 999 in danger, else 101", "Principal", "Chair of governors, if it is about the principal"]);
    assert!(!text.to_lowercase().contains("headteacher"));
}

#[test]
fn a_certificate_of_destruction_names_what_still_holds_it() {
    let text = said("destruction", &DESTRUCTION);
    says(&text, &["All of this case was destroyed", "2 backups and 1 copy on record still hold it"]);
    says(&text, &["USB stick 3, green label", "the school safe", "until then both recovery codes can bring back"]);
    says(&text, &["Jo Stirling", "Priya Anand", "Amara Okonkwo-Pryce", "ledger entry 21,904"]);

    let mut model = made::destruction();
    model.backups.clear();
    model.copies.clear();
    model.target = Target::Entry;
    let text = said("destruction-none", &destruction::lay_out(&model, &FONTS).unwrap());
    says(&text, &["Part of this case was destroyed", "No backup and no copy is on record that still holds it."]);
    says(&text, &["were erased"]);
    assert!(!text.contains("on record still hold it"));
    assert!(!text.contains("The key of the case was destroyed"));
}

#[test]
fn a_certificate_of_nothing_is_refused() {
    let mut model = made::destruction();
    model.destroyed.clear();
    assert!(matches!(destruction::lay_out(&model, &FONTS), Err(FormError::Missing { .. })));
}

#[test]
fn long_names_and_long_lists_stay_inside() {
    let name = "Wilhelmina-Konstantinopolitanskaya".repeat(6)[..200].to_owned();
    let mut model = made::card();
    model.school.name.clone_from(&name);
    model.name.clone_from(&name);
    model.position.clone_from(&name);
    stays_inside("card-long", &card::lay_out(&model, &FONTS).unwrap());

    let mut model = made::emergency();
    model.school.name.clone_from(&name);
    model.contacts = vec![(name.clone(), "01632 960101".to_owned()); 9];
    stays_inside("emergency-long", &emergency::lay_out(&model, &FONTS).unwrap());

    let mut model = made::kit();
    model.keepers = [name.clone(), name.clone()];
    model.computer.clone_from(&name);
    stays_inside("kit-long", &kit::lay_out(&model, &FONTS).unwrap());

    let mut model = made::destruction();
    let (entry, backup) = (model.destroyed[0].clone(), model.backups[0].clone());
    model.destroyed.resize(300, entry);
    model.backups.resize(40, backup);
    model.backups[7].holder.clone_from(&name);
    model.copies = vec![name; 12];
    let drawn = destruction::lay_out(&model, &FONTS).unwrap();
    stays_inside("destruction-long", &drawn);
    says(&said("destruction-long", &drawn), &["300 rows; the list ends here.", "40 rows; the list ends here."]);
}

#[test]
fn the_termly_report_prints_what_it_is_given_and_names_nobody() {
    let text = said("termly", &TERMLY);
    says(
        &text,
        &[
            "Summer term 2026",
            "about 35",
            "Getting round filtering 11",
            "Sharing passwords fewer than 5",
            "Still open not shown",
            "The counts are too small to print without pointing at somebody.",
            "This report names nobody.",
            "Ledger entry 2,960",
            "Chair of governors",
        ],
    );
    assert!(!text.contains("Case "), "it belongs to no case");
    let mut model = made::termly();
    // More kinds than a page holds, with labels that wrap.
    let row = model.charts[0].rows[2].clone();
    model.charts[0].rows.extend(std::iter::repeat_n(row, 24));
    assert!(termly::lay_out(&model, &FONTS).unwrap().pages() <= 3);
    model.charts.clear();
    assert!(matches!(termly::lay_out(&model, &FONTS), Err(FormError::Missing { .. })));
}
