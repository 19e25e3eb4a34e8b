#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
use super::*;
use chrono::TimeZone;
use ring::rand::SystemRandom;

fn day(year: i32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, 11, 19, 14, 3, 0).unwrap()
}

fn person() -> Subject<'static> {
    Subject {
        name: "Jo Stirling",
        position: "Designated safeguarding lead",
        initials: "JS",
        school: "Hollybrook School",
    }
}

#[test]
fn an_authority_vouches_for_the_keys_it_was_shown_and_for_no_other() {
    let rng = SystemRandom::new();
    let authority = Authority::create("Hollybrook School", false, day(2026), &rng).unwrap();
    let other = Authority::create("Hollybrook School", false, day(2026), &rng).unwrap();
    let key = FormKey::generate(&rng).unwrap();
    let certificate = authority.issue(&person(), &key.public(), day(2026), &rng).unwrap();

    assert_eq!(authority.certificate().common_name(), "Hollybrook School records authority");
    assert!(authority.certificate().is_authority() && !authority.certificate().is_signer());
    assert!(certificate.is_signer() && !certificate.is_authority());
    assert!(certificate.is_issued_by(authority.certificate()));
    assert!(!certificate.is_issued_by(other.certificate()));
    assert_eq!(certificate.public_key(), Some(key.public()));
    assert_eq!(certificate.common_name(), "Jo Stirling");
    assert_eq!(certificate.position().as_deref(), Some("Designated safeguarding lead"));
    assert!(certificate.is_valid_at(day(2028)) && !certificate.is_valid_at(day(2030)));
    assert!(!certificate.is_practice());
}

#[test]
fn practice_is_written_into_the_authority_and_all_it_issues() {
    let rng = SystemRandom::new();
    let authority = Authority::create("Hollybrook School", true, day(2026), &rng).unwrap();
    let key = FormKey::generate(&rng).unwrap();
    let certificate = authority.issue(&person(), &key.public(), day(2026), &rng).unwrap();
    assert!(authority.certificate().common_name().contains("PRACTICE"));
    assert!(authority.certificate().is_practice() && certificate.is_practice());
}

#[test]
fn an_authority_is_taken_up_again_only_with_its_own_key() {
    let rng = SystemRandom::new();
    let authority = Authority::create("Hollybrook School", false, day(2026), &rng).unwrap();
    let again = Authority::from_parts(authority.certificate().der(), authority.pkcs8().clone()).unwrap();
    assert_eq!(again.certificate(), authority.certificate());
    let stranger = FormKey::generate(&rng).unwrap();
    let refused = Authority::from_parts(authority.certificate().der(), stranger.pkcs8().clone());
    assert!(matches!(refused, Err(AuthorityError::Mismatch)));
}

#[test]
fn a_certificate_never_outlives_its_authority_and_dates_past_2049_hold() {
    let rng = SystemRandom::new();
    let authority = Authority::create("Hollybrook School", false, day(2035), &rng).unwrap();
    assert_eq!(authority.certificate().valid_until(), day(2055));
    let key = FormKey::generate(&rng).unwrap();
    let late = authority.issue(&person(), &key.public(), day(2054), &rng).unwrap();
    assert_eq!(late.valid_until(), day(2055));
    let refused = authority.issue(&person(), &key.public(), day(2056), &rng);
    assert!(matches!(refused, Err(AuthorityError::NotValidThen)));
}

#[test]
fn an_empty_or_endless_name_is_refused() {
    let rng = SystemRandom::new();
    let long = "a".repeat(201);
    for school in ["", "   ", long.as_str()] {
        let refused = Authority::create(school, false, day(2026), &rng);
        assert!(matches!(refused, Err(AuthorityError::Name)));
    }
}

#[test]
fn a_changed_certificate_is_not_issued_by_its_authority() {
    let rng = SystemRandom::new();
    let authority = Authority::create("Hollybrook School", false, day(2026), &rng).unwrap();
    let der = authority.certificate().der();
    for place in 0..der.len() {
        let mut changed = der.to_vec();
        changed[place] ^= 1;
        if let Ok(read) = Certificate::from_der(&changed) {
            assert!(!read.is_authority(), "byte {place} was changed unseen");
        }
    }
}
