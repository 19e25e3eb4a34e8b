//! The QR code of a document: case, ledger entry, ledger head, fingerprint. No address.

use super::FormError;
use qrcode::bits::Bits;
use qrcode::types::Color;
use qrcode::{EcLevel, QrCode, Version};

/// The modules of a code, row by row; true is black.
pub(super) struct Code {
    pub(super) size: usize,
    modules: Vec<bool>,
}

/// A run of black modules in a row.
pub(super) struct Bar {
    pub(super) row: usize,
    pub(super) from: usize,
    pub(super) length: usize,
}

impl Code {
    /// Encodes capitals, figures and `$%*+-./: ` in alphanumeric mode at level Q.
    pub(super) fn new(text: &str) -> Result<Self, FormError> {
        for version in 1..=40 {
            let mut bits = Bits::new(Version::Normal(version));
            if bits.push_alphanumeric_data(text.as_bytes()).is_err() || bits.push_terminator(EcLevel::Q).is_err() {
                continue;
            }
            let code = QrCode::with_bits(bits, EcLevel::Q).map_err(|_| FormError::Code)?;
            let size = code.width();
            let modules = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
            return Ok(Self { size, modules });
        }
        Err(FormError::Code)
    }

    /// The runs of black modules of all rows.
    pub(super) fn bars(&self) -> Vec<Bar> {
        let mut out = Vec::new();
        for row in 0..self.size {
            let mut at = 0;
            while at < self.size {
                let length = self.modules[row * self.size + at..(row + 1) * self.size]
                    .iter()
                    .take_while(|black| **black)
                    .count();
                if length > 0 {
                    out.push(Bar { row, from: at, length });
                }
                at += length.max(1);
            }
        }
        out
    }
}

/// What the code of a record holds. A reference with other characters than a code of this kind
/// can hold is replaced by the case's own id.
pub(super) fn of_record(reference: &str, case_id: &str, entry: u64, head: &[u8; 32], fingerprint: &[u8; 32]) -> String {
    let plain = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-./".contains(&b))
    };
    let reference = if plain(reference) { reference.to_owned() } else { case_id.to_ascii_uppercase() };
    format!("ET1:{reference}:{entry}:{}:{}", super::address::capitals(head), super::address::capitals(fingerprint))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_record_fits_forty_nine_modules() {
        let text = of_record("HB-2026-0014", "7f", 4187, &[0xAB; 32], &[0xCD; 32]);
        assert_eq!(Code::new(&text).unwrap().size, 49);
    }

    #[test]
    fn an_odd_reference_gives_way_to_the_case_id() {
        assert!(of_record("Année 1", "ab-12", 1, &[0; 32], &[0; 32]).starts_with("ET1:AB-12:1:"));
    }
}
