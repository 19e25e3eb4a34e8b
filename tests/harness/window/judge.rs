//! The signed form, judged by programs that nobody here wrote, and by our own verifier.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::outside::{built, root, run, said};

/// Every outside judge accepts it, with this many signatures. Evidence for pyHanko lies in `folder`.
pub fn all_accept(form: &Path, signatures: usize, folder: &Path) {
    poppler(form, signatures);
    qpdf(form);
    pyhanko(form, signatures, folder);
}

/// Our verifier accepts it, under the fingerprint that set-up showed.
pub fn verifier_accepts(form: &Path, fingerprint: &str) {
    let output = verify(form, &["--fingerprint", fingerprint]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

/// One flipped byte is refused by our verifier with a reason, wherever it lies, and by poppler.
pub fn a_flipped_byte_is_refused(form: &Path, folder: &Path) {
    let whole = fs::read(form).unwrap();
    for part in [5, 2] {
        let mut bytes = whole.clone();
        let at = bytes.len() / part;
        bytes[at] ^= 1;
        let changed = folder.join("changed.pdf");
        fs::write(&changed, bytes).unwrap();
        let output = verify(&changed, &[]);
        let words = said(&output);
        assert_eq!(output.status.code(), Some(1), "byte {at}: {words}");
        assert!(
            words.to_lowercase().contains("changed") || words.to_lowercase().contains("differ"),
            "byte {at}: {words}"
        );
        let poppler = said(&run("pdfsig", &["-nocert", &changed.display().to_string()]));
        assert!(!poppler.contains("Signature is Valid"), "byte {at}: {poppler}");
    }
}

fn poppler(form: &Path, signatures: usize) {
    let output = run("pdfsig", &["-nocert", &form.display().to_string()]);
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    assert_eq!(words.matches("Signature is Valid").count(), signatures, "{words}");
    let last = words.split(&format!("Signature #{signatures}")).nth(1).unwrap_or_default();
    assert!(last.contains("Total document signed"), "{words}");
}

fn qpdf(form: &Path) {
    let output = run("qpdf", &["--check", &form.display().to_string()]);
    let words = said(&output);
    assert!(output.status.success() && !words.contains("WARNING"), "{words}");
}

fn pyhanko(form: &Path, signatures: usize, folder: &Path) {
    let pem = folder.join("authority.pem");
    fs::write(&pem, authority(form, folder)).unwrap();
    let program = std::env::var_os("PYHANKO").map_or_else(|| root().join("target/pyhanko/bin/pyhanko"), PathBuf::from);
    let [pem, form] = [pem, form.to_owned()].map(|path| path.display().to_string());
    let output = run(
        &program.display().to_string(),
        &["sign", "validate", "--pretty-print", "--validation-time", "claimed", "--trust", &pem, &form],
    );
    let words = said(&output);
    assert!(output.status.success(), "{words}");
    assert_eq!(words.matches("The signature is judged VALID.").count(), signatures, "{words}");
    assert_eq!(words.matches("The signer's certificate is trusted.").count(), signatures, "{words}");
    assert_eq!(words.matches("signing and form filling operations").count(), signatures - 1, "{words}");
    assert!(words.contains("covers the entire file"), "{words}");
}

/// The certificate in the first signature that nobody else signed, as PEM, taken out by openssl.
fn authority(form: &Path, folder: &Path) -> String {
    let bytes = fs::read(form).unwrap();
    let marker = b"/Contents <";
    let start =
        bytes.windows(marker.len()).position(|found| found == marker).expect("there is a signature") + marker.len();
    let end = start + bytes[start..].iter().position(|byte| *byte == b'>').expect("the signature ends");
    let digits = std::str::from_utf8(&bytes[start..end]).unwrap();
    let cms: Vec<u8> =
        (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect();
    let file = folder.join("signature.cms");
    fs::write(&file, cms).unwrap();
    let listed = run("openssl", &["pkcs7", "-inform", "DER", "-print_certs", "-in", &file.display().to_string()]);
    let listed = said(&listed);
    let certificate = listed.split("subject=").find(|part| {
        let mut lines = part.lines();
        let subject = lines.next().unwrap_or_default();
        lines.next().and_then(|line| line.strip_prefix("issuer=")) == Some(subject)
    });
    let certificate =
        certificate.unwrap_or_else(|| panic!("the authority's certificate is not in the signature: {listed}"));
    certificate[certificate.find("-----BEGIN").expect("it is PEM")..].to_owned()
}

fn verify(form: &Path, more: &[&str]) -> Output {
    Command::new(built("evidence-trail-verify")).arg(form).args(more).output().unwrap()
}
