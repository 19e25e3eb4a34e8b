//! The observer's PIN: short, for one session. It stands in memory alone and goes with the session, so that the operator
//! cannot confirm in the observer's place.

use trail_domain::ids::PersonId;
use zeroize::Zeroizing;

use crate::fault::Fault;

/// How many digits it may have.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
/// So many wrong ones in a session, and no further one is taken in it.
const MOST_WRONG: u8 = 5;

/// A PIN.
pub(crate) struct Pin {
    of: PersonId,
    digits: Zeroizing<String>,
    wrong: u8,
}

impl Pin {
    /// Takes what the observer chose.
    ///
    /// # Errors
    /// - If it is not 4 to 8 digits, or the same digit throughout.
    pub(crate) fn chosen(of: PersonId, typed: &str) -> Result<Self, Fault> {
        let typed = typed.trim();
        let first = typed.chars().next();
        let fits = DIGITS.contains(&typed.len())
            && typed.chars().all(|digit| digit.is_ascii_digit())
            && typed.chars().any(|digit| Some(digit) != first);
        if fits {
            Ok(Self { of, digits: Zeroizing::new(typed.to_owned()), wrong: 0 })
        } else {
            Err(Fault::new("pin-form").at("pin"))
        }
    }

    /// Whose it is.
    pub(crate) fn of(&self) -> &PersonId {
        &self.of
    }

    /// Looks whether it was typed.
    ///
    /// # Errors
    /// - If something else was typed, or too often before.
    pub(crate) fn check(&mut self, typed: &str) -> Result<(), Fault> {
        if self.wrong >= MOST_WRONG {
            return Err(Fault::new("pin-spent").at("pin"));
        }
        if typed.trim() == self.digits.as_str() {
            self.wrong = 0;
            return Ok(());
        }
        self.wrong += 1;
        let left = MOST_WRONG - self.wrong;
        Err(if left == 0 { Fault::new("pin-spent") } else { Fault::with("pin-wrong", "left", left.to_string()) }
            .at("pin"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, MOST_WRONG, Pin};
    use trail_domain::ids::PersonId;

    fn chosen(typed: &str) -> Result<Pin, Fault> {
        Pin::chosen(PersonId::from_bytes([1; 16]), typed)
    }

    #[test]
    fn four_to_eight_digits_that_differ_are_taken() {
        for typed in ["4417", " 12345678 "] {
            assert!(chosen(typed).is_ok(), "{typed}");
        }
        for typed in ["", "441", "123456789", "44a7", "1111", "४४१७"] {
            assert_eq!(chosen(typed).err().map(|fault| fault.code()), Some("pin-form"), "{typed}");
        }
    }

    #[test]
    fn after_five_wrong_ones_the_right_one_is_not_taken_either() {
        let mut pin = chosen("4417").unwrap_or_else(|_| panic!("it fits"));
        for _ in 1..MOST_WRONG {
            assert_eq!(pin.check("4418").err().map(|fault| fault.code()), Some("pin-wrong"));
        }
        assert!(pin.check("4417").is_ok(), "the right one begins the count anew");
        for _ in 0..MOST_WRONG {
            assert!(pin.check("4418").is_err());
        }
        assert_eq!(pin.check("4417").err().map(|fault| fault.code()), Some("pin-spent"));
    }
}
