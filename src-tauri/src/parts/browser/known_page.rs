//! Whether the engine drew the known page as it should: its colours have the known hash.

use trail_browser::known;
use trail_browser::protocol::bounded::Text;
use trail_browser::protocol::facts::Fact;
use trail_domain::event::review::SelfTest;
use trail_domain::ids::Hash;

/// What the colours that the engine told come to.
pub(super) fn judge(told: &Fact<Text>) -> SelfTest {
    let colours = match told {
        Fact::Observed(colours) => colours.as_str(),
        Fact::NotTold(because) => {
            return SelfTest::Failed { because: format!("the known page could not be drawn: {}", because.as_str()) };
        }
    };
    match hex::decode(colours).map(|bytes| Hash::of(&bytes)) {
        Ok(sha256) if *sha256.bytes() == known::SHA256 => SelfTest::Passed { sha256 },
        Ok(_) | Err(_) => {
            let of = known::colours().len() / 6;
            let count = of - alike(colours);
            SelfTest::Failed { because: format!("{count} of the {of} colours of the known page came out as others") }
        }
    }
}

fn alike(colours: &str) -> usize {
    let known = known::colours();
    let (seen, known) = (colours.as_bytes().chunks(6), known.as_bytes().chunks(6));
    seen.zip(known).filter(|(seen, known)| seen == known).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a test fails by panicking")]

    use super::*;

    fn told(colours: &str) -> SelfTest {
        judge(&Fact::Observed(Text::new(colours)))
    }

    #[test]
    fn only_the_known_colours_have_the_known_hash() {
        let known = known::colours();
        assert!(matches!(told(&known), SelfTest::Passed { sha256 } if *sha256.bytes() == known::SHA256));
        let SelfTest::Failed { because } = told(&known.replace("0b0c0c", "0b0c0d")) else { panic!("one is another") };
        assert_eq!(because, "1 of the 32 colours of the known page came out as others");
        assert!(matches!(told(""), SelfTest::Failed { .. }));
        assert!(matches!(told("no colours"), SelfTest::Failed { .. }));
    }

    #[test]
    fn a_page_that_was_not_drawn_says_why() {
        let SelfTest::Failed { because } = judge(&Fact::NotTold(Text::new("it does not answer"))) else {
            panic!("nothing was drawn")
        };
        assert_eq!(because, "the known page could not be drawn: it does not answer");
    }
}
