//! The check sheet: one page, what an ordinary Windows computer has first, other public tools second.

use super::{Delivered, HandOverModel, sheet, title};
use crate::form::address;
use crate::form::grid::{BODY, LEFT, MONO, WIDTH};
use crate::form::line::{Line, after, beside};
use crate::form::words::Words;
use crate::form::{Drawn, Fonts, FormError, shape};

type Pages<'a> = super::Pages<'a>;

/// What is said of a ZIP.
const UNPACK: &str = "what Windows itself opens as a ZIP cannot read AES-256.";
/// What is said of loose files.
const LOOSE: &str = "The files lie in one folder: where a name has two underscores, the package’s own has a slash.";

/// Names each file that is not the one in the list; on one line, with no gap that a line could break at.
const EACH: &str = "gc manifest-sha256.txt|%{$h,$f=$_ -split '  ';if((Get-FileHash $f).Hash -ne $h){$f}}";

/// The same where the files lie loose in one folder, by the list that is signed and not the one that lies beside them.
const EACH_LOOSE: &str = "gc manifest-*|%{$h,$f=$_-replace'/','__'-split'  ';if((Get-FileHash $f).Hash-ne$h){$f}}";

const AUTHORITY: &str = r"certutil -hashfile data\certificates\authority.cer SHA256";
const AUTHORITY_LOOSE: &str = "certutil -hashfile data__certificates__authority.cer SHA256";

/// Lays out the check sheet.
///
/// # Errors
/// - If the page references do not settle or the file cannot be finished, which are faults of the program.
pub fn lay_out(model: &HandOverModel, fonts: &Fonts) -> Result<Drawn, FormError> {
    sheet(model, "Check sheet", fonts, |flow| {
        title(flow, model, "How to check this package");
        let words = "**Check it on a copy, and before you open anything else.** Nothing of ours is needed for steps 1 to 5. \
                     If a step does not hold, stop: do not rely on the package, and ring the school.";
        let words = match model.delivery {
            Delivered::Folder => words.to_owned(),
            Delivered::Zip => format!("{words} Unpack the ZIP first, with 7-Zip: {UNPACK}"),
            Delivered::Loose => format!("{words} {LOOSE}"),
        };
        flow.boxed(&Words::ours(&words));
        flow.part_title("On an ordinary Windows computer");
        steps(flow, 1, &windows(model.delivery));
        let hash = address::hash(flow.fonts, &model.heading.fingerprint, 4);
        flow.text(&Words::ours("**Fingerprint of the school’s authority (SHA-256)**"), BODY, LEFT, WIDTH);
        flow.set(LEFT, &hash);
        flow.y += 3.0;
        flow.part_title("With other public tools");
        steps(flow, 6, &elsewhere(model.delivery));
        flow.part_title("What this does not tell");
        let words = "That what a site showed was true. Who used a device or an account. The time, beyond what the school’s \
                     computer said. What the ledger’s entries of other cases say: of them only the hashes are here.";
        flow.text(&Words::ours(words), BODY, LEFT, WIDTH);
        flow.end_of_document();
    })
}

/// A step: what to do, and the commands, each on a line of its own so that it is copied as it is.
struct Step {
    words: Words,
    commands: Vec<&'static str>,
}

fn step(words: &str, commands: &[&'static str]) -> Step {
    Step { words: Words::ours(words), commands: commands.to_vec() }
}

fn windows(delivered: Delivered) -> [Step; 5] {
    let is_loose = delivered == Delivered::Loose;
    let authority = if is_loose { AUTHORITY_LOOSE } else { AUTHORITY };
    let each = if is_loose { EACH_LOOSE } else { EACH };
    [
        step(
            "Ring the school on a number that you found yourself and ask for the 64 characters on its fingerprint card. \
             They must be the fingerprint printed below, and what this gives:",
            &[authority],
        ),
        step(
            "Compare with the signed receipt, which you have on paper:",
            &["certutil -hashfile statement.json SHA256"],
        ),
        step(
            "In PowerShell, in the package’s folder. It names each file that is not as it was; if it prints nothing, all \
             are:",
            &[each],
        ),
        step(
            "The list itself must stand in statement.json. Open that file and find in it what this gives:",
            &["certutil -hashfile manifest-sha256.txt SHA256"],
        ),
        step(
            "Open each signed document in Adobe Reader; a redacted copy has no signature. It says that the signer’s \
             **identity is unknown**, since it does not know the school. Look at the signer’s certificate, and at the \
             authority above it: its SHA-256 must be the fingerprint. Expect only the signatures that the cover sheet \
             names, the last over the whole file.",
            &[],
        ),
    ]
}

fn elsewhere(delivered: Delivered) -> [Step; 4] {
    let (sums, own): (&[&'static str], &[&'static str]) = match delivered {
        Delivered::Folder | Delivered::Zip => (&["sha256sum -c manifest-sha256.txt", "bagit.py --validate ."], &OWN),
        Delivered::Loose => (&["sed 's|/|__|g' manifest-sha256.txt | sha256sum -c"], &OWN_LOOSE),
    };
    [
        step("Every file, and the bag:", sums),
        step("The maker’s signature; the backslash goes on with the same command:", own),
        step(
            "The signatures in a document. A valid signature alone is not enough: expect those on the cover sheet and no \
             others.",
            &["pdfsig FILE.pdf"],
        ),
        step(
            "All of it at once, offline. It comes from the same maker as the package, so let it be the last step and not \
             the first. Status 0 only if all holds.",
            &["evidence-trail-verify FOLDER"],
        ),
    ]
}

const OWN: [&str; 3] = [
    "openssl x509 -inform DER -in data/certificates/authority.cer -out ca.pem",
    r"openssl cms -verify -cades -binary -inform DER -in statement.p7s \",
    "    -content statement.json -CAfile ca.pem -out statement.checked",
];
const OWN_LOOSE: [&str; 3] =
    ["openssl x509 -inform DER -in data__certificates__authority.cer -out ca.pem", OWN[1], OWN[2]];

fn steps(flow: &mut Pages<'_>, first: usize, items: &[Step]) {
    let mut out: Vec<Line> = Vec::new();
    for (number, step) in (first..).zip(items) {
        let mut lines = flow.lines(&step.words, BODY, WIDTH - 6.0);
        for command in &step.commands {
            lines.push(shape::one_line(flow.fonts, &Words::default().then_mono(command), MONO));
        }
        out.extend(after(if out.is_empty() { 0.0 } else { 1.1 }, beside(flow.item_number(number), lines, 6.0)));
    }
    flow.set(LEFT, &out);
    flow.y += 3.0;
}
