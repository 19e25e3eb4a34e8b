//! Who may sign what, and when.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the support module serves several tests")]

#[path = "support/document.rs"]
mod document;

use document::{School, build, record};
use lopdf::{Object, dictionary};
use trail_seal::sign::{Form, SignError, Unsigned, Whole, sign, sign_one};
use trail_seal::verify::{Expectation, Standing, Wholeness, verify};

#[test]
fn three_people_sign_in_turn_and_each_stage_is_a_type_of_its_own() {
    let school = School::open(false);
    let form = Form::<Unsigned>::open(record()).unwrap();
    let form = form.sign(&school.signer(0), &school.fonts, &school.rng).unwrap();
    let form = form.sign(&school.signer(1), &school.fonts, &school.rng).unwrap();
    let form: Form<Whole> = form.sign(&school.signer(2), &school.fonts, &school.rng).unwrap();
    let verdict = verify(form.bytes(), &school.card());
    assert_eq!((verdict.wholeness(), verdict.standing()), (Wholeness::Intact, Standing::Known));
    let names: Vec<&str> = verdict.signatures().iter().map(|signature| signature.name.as_str()).collect();
    assert_eq!(names, ["Jo Stirling", "Priya Anand", "Amara Okonkwo-Pryce"]);
    assert!(matches!(Form::<Unsigned>::open(form.into_bytes()), Err(SignError::Complete)));
}

#[test]
fn each_signature_leaves_the_bytes_before_it_alone() {
    let school = School::open(false);
    let mut before = record();
    for place in 0..3 {
        let after = school.sign(&before, place).unwrap();
        assert_eq!(&after[..before.len()], before.as_slice());
        before = after;
    }
}

#[test]
fn nobody_signs_out_of_turn_or_twice_or_once_all_have() {
    let school = School::open(false);
    assert!(matches!(school.sign(&record(), 1), Err(SignError::Order { next }) if next == "first"));
    let one = school.signed(1);
    assert!(matches!(school.sign(&one, 0), Err(SignError::Twice { .. })));
    assert!(matches!(school.sign(&one, 2), Err(SignError::Order { next }) if next == "second"));
    let head = school.signer(2);
    assert!(matches!(sign(&one, "first", &head, &school.fonts, &school.rng), Err(SignError::Order { .. })));
    let whole = school.signed(3);
    assert!(school.sign(&whole, 2).is_err());
}

#[test]
fn a_document_with_one_place_takes_one_signature() {
    let school = School::open(false);
    let volume = build(&["volume"], 0, |_| {});
    let signed = sign_one(&volume, &school.signer(0), &school.fonts, &school.rng).unwrap();
    assert_eq!(verify(&signed, &Expectation::default()).wholeness(), Wholeness::Intact);
    assert!(sign_one(&signed, &school.signer(1), &school.fonts, &school.rng).is_err());
    assert!(sign_one(&record(), &school.signer(0), &school.fonts, &school.rng).is_err());
}

#[test]
fn a_document_that_others_wrote_or_that_acts_is_not_signed() {
    let school = School::open(false);
    let refused = |pdf: &[u8]| matches!(school.sign(pdf, 0), Err(SignError::NotOurs));
    let names = document::THREE;
    assert!(refused(b"%PDF-1.7 but nothing else"));
    assert!(refused(&build(&["first", "second"], 0, |_| {})));
    assert!(refused(&build(&["second", "first", "head"], 0, |_| {})));
    assert!(refused(&build(&names, 0, |doc| {
        let info = doc.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let info = doc.get_dictionary_mut(info).unwrap();
        info.set("Producer", Object::string_literal("Another program"));
    })));
    assert!(refused(&build(&names, 0, |doc| {
        let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
        doc.catalog_mut().unwrap().set("OpenAction", script);
    })));
    assert!(refused(&build(&names, 0, |doc| {
        let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()] };
        let link = doc.add_object(link);
        let page = *doc.get_pages().get(&1).unwrap();
        let page = doc.get_dictionary_mut(page).unwrap();
        page.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap().push(Object::Reference(link));
    })));
}

#[test]
fn a_note_is_refused_where_no_page_lists_it_and_where_a_page_holds_it_unnamed() {
    let school = School::open(false);
    let loose = build(&document::THREE, 0, |doc| {
        doc.add_object(dictionary! { "Type" => "Annot", "Subtype" => "FreeText" });
    });
    let unnamed = build(&document::THREE, 0, |doc| {
        let page = *doc.get_pages().get(&1).unwrap();
        let annotations = doc.get_dictionary_mut(page).unwrap().get_mut(b"Annots").unwrap();
        let note = dictionary! { "Subtype" => "FreeText", "Contents" => Object::string_literal("No concern.") };
        annotations.as_array_mut().unwrap().push(Object::Dictionary(note));
    });
    for pdf in [loose, unnamed] {
        assert!(matches!(school.sign(&pdf, 0), Err(SignError::NotOurs)));
    }
}

#[test]
fn nothing_is_signed_that_hides_on_a_page_or_shows_two_faces() {
    let school = School::open(false);
    let refused = |change: &dyn Fn(&mut lopdf::Document)| {
        matches!(school.sign(&build(&document::THREE, 0, |doc| change(doc)), 0), Err(SignError::NotOurs))
    };
    let page = |doc: &lopdf::Document| *doc.get_pages().get(&1).unwrap();
    let note = || dictionary! { "Subtype" => "FreeText", "Contents" => Object::string_literal("No concern.") };
    assert!(!refused(&|_| {}), "an unchanged record is signed");
    // A viewer takes for a page what does not say that it is one.
    assert!(refused(&|doc| {
        let id = page(doc);
        let page = doc.get_dictionary_mut(id).unwrap();
        page.remove(b"Type");
        page.get_mut(b"Annots").and_then(Object::as_array_mut).unwrap().push(Object::Dictionary(note()));
    }));
    for key in ["OCProperties", "Collection", "Perms"] {
        assert!(refused(&|doc| doc.catalog_mut().unwrap().set(key, dictionary! {})), "{key}");
    }
    assert!(refused(&|doc| {
        let id = page(doc);
        let content = doc.get_dictionary(id).unwrap().get(b"Contents").unwrap().as_reference().unwrap();
        let stream = doc.get_object_mut(content).and_then(Object::as_stream_mut).unwrap();
        stream.dict.set("F", Object::string_literal("page.txt"));
    }));
    // The look of an unsigned place goes when it is signed: it holds no picture and nothing from outside. What its letters
    // and lines cover is not looked at.
    for (held, is_taken) in [("Font", true), ("XObject", false)] {
        let look = |doc: &mut lopdf::Document| {
            let keys = dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
                "Resources" => dictionary! { held => dictionary! {} },
            };
            let look = doc.add_object(lopdf::Stream::new(keys, b"0 0 9 9 re S".to_vec()));
            let id = page(doc);
            let field = doc.get_dictionary(id).unwrap().get(b"Annots").unwrap().as_array().unwrap()[2].as_reference();
            doc.get_dictionary_mut(field.unwrap()).unwrap().set("AP", dictionary! { "N" => look });
        };
        assert_eq!(refused(&look), !is_taken, "{held}");
    }
}

#[test]
fn a_document_changed_since_its_last_signature_is_not_signed_again() {
    let school = School::open(false);
    let mut one = school.signed(1);
    let at = one.windows(3).position(|found| found == b"re ").unwrap();
    one[at - 2] ^= 1;
    assert!(matches!(school.sign(&one, 1), Err(SignError::Broken)));
}

#[test]
fn a_key_signs_only_under_its_own_name_and_certificate() {
    let school = School::open(false);
    let other = School::open(false);
    let jo = school.signer(0);
    for wrong in [
        trail_seal::sign::Signer { name: "Priya Anand", ..jo },
        trail_seal::sign::Signer { position: "Headteacher", ..jo },
        trail_seal::sign::Signer { key: &school.people[1].key, ..jo },
    ] {
        let refused = sign(&record(), "first", &wrong, &school.fonts, &school.rng);
        assert!(matches!(refused, Err(SignError::WrongPerson { .. })));
    }
    let unknown = trail_seal::sign::Signer { authority: other.authority.certificate(), ..jo };
    let refused = sign(&record(), "first", &unknown, &school.fonts, &school.rng);
    assert!(matches!(refused, Err(SignError::NotVouchedFor)));
}

#[test]
fn another_schools_fingerprint_makes_the_signer_unknown_and_practice_shows() {
    let school = School::open(true);
    let verdict =
        verify(&school.signed(3), &Expectation { authority_fingerprint: Some([7; 32]), ..Expectation::default() });
    assert_eq!((verdict.wholeness(), verdict.standing()), (Wholeness::Intact, Standing::Unknown));
    assert!(!verdict.all_holds() && verdict.is_practice());
}

#[test]
fn a_long_name_in_another_script_is_drawn_whole_and_holds() {
    use trail_seal::authority::{FormKey, Subject};
    let school = School::open(false);
    let name = "Łucja Κωνσταντίνου-Жуковская ".repeat(5);
    let name = name.trim();
    let key = FormKey::generate(&school.rng).unwrap();
    let subject = Subject { name, position: "Teacher (日本語)", initials: "ŁK", school: "Hollybrook School" };
    let certificate = school.authority.issue(&subject, &key.public(), document::noon(0), &school.rng).unwrap();
    let signer = trail_seal::sign::Signer {
        name,
        position: subject.position,
        key: &key,
        certificate: &certificate,
        ..school.signer(0)
    };
    let signed = sign(&record(), "first", &signer, &school.fonts, &school.rng).unwrap();
    let verdict = verify(&signed, &Expectation::default());
    assert_eq!(verdict.signatures()[0].name, name);
    assert!(verdict.signatures()[0].holds);
}
