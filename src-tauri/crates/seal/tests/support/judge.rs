//! Programs that nobody here wrote, asked about a signed document.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs a program; gives what it said, and whether it was content.
pub(crate) fn ask(program: impl AsRef<OsStr>, arguments: &[&OsStr]) -> (String, bool) {
    let program = program.as_ref();
    let out = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|problem| panic!("{} cannot be run: {problem}", program.display()));
    let said = [out.stdout, out.stderr].concat();
    (String::from_utf8_lossy(&said).into_owned(), out.status.success())
}

/// Every signature valid, of the PAdES kind, and the last over the whole document.
pub(crate) fn poppler(pdf: &Path, signatures: usize) {
    let (said, content) = ask("pdfsig", &["-nocert".as_ref(), pdf.as_ref()]);
    assert!(content, "{said}");
    assert_eq!(said.matches("Signature is Valid").count(), signatures, "{said}");
    assert_eq!(said.matches("ETSI.CAdES.detached").count(), signatures, "{said}");
    assert_eq!(said.matches("Total document signed").count(), 1, "{said}");
    let last = said.split(&format!("Signature #{signatures}")).nth(1).unwrap();
    assert!(last.contains("Total document signed"), "{said}");
}

/// No fault and no warning.
pub(crate) fn qpdf(pdf: &Path) {
    let (said, content) = ask("qpdf", &["--check".as_ref(), pdf.as_ref()]);
    assert!(content && !said.contains("WARNING"), "{said}");
}

/// Every signature valid under the authority, and nothing but signing between them.
pub(crate) fn pyhanko(pdf: &Path, pem: &Path, signatures: usize) {
    let arguments = ["sign", "validate", "--pretty-print", "--validation-time", "claimed", "--trust"];
    let arguments = arguments.map(OsStr::new);
    let arguments = [arguments.as_slice(), &[pem.as_ref(), pdf.as_ref()]].concat();
    let (said, content) = ask(pyhanko_program(), &arguments);
    assert!(content, "{said}");
    assert_eq!(said.matches("The signature is judged VALID.").count(), signatures, "{said}");
    assert_eq!(said.matches("signing and form filling operations").count(), signatures - 1, "{said}");
    assert_eq!(said.matches("The signer's certificate is trusted.").count(), signatures, "{said}");
    assert!(said.contains("covers the entire file"), "{said}");
}

/// The digest, the signature value, and the signing certificate bound into each signature.
pub(crate) fn openssl(pdf: &Path, pem: &Path, folder: &Path, signatures: usize) {
    let bytes = std::fs::read(pdf).unwrap();
    let marker = b"/Contents <";
    let starts: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(marker)).collect();
    assert_eq!(starts.len(), signatures);
    for (number, start) in starts.into_iter().enumerate() {
        let open = start + marker.len() - 1;
        let close = open + bytes[open..].iter().position(|&byte| byte == b'>').unwrap();
        let cms = hex::decode(&bytes[open + 1..close]).unwrap();
        let length = 4 + usize::from(u16::from_be_bytes([cms[2], cms[3]]));
        let end = close + bytes[close..].windows(5).position(|found| found == b"%%EOF").unwrap() + 5;
        let content = [&bytes[..open], &bytes[close + 1..end]].concat();
        let [signature, data] = ["cms", "bin"].map(|kind| folder.join(format!("{number}.{kind}")));
        std::fs::write(&signature, &cms[..length]).unwrap();
        std::fs::write(&data, content).unwrap();
        // 19 November 2026, 14:10:07 UTC: the programs' own clock plays no part.
        let fixed =
            ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-attime", "1795097407", "-out", "/dev/null"];
        let mut arguments = fixed.map(OsStr::new).to_vec();
        let named: [(&str, &Path); 3] = [("-in", &signature), ("-content", &data), ("-CAfile", pem)];
        for (option, path) in named {
            arguments.extend([OsStr::new(option), path.as_ref()]);
        }
        let (said, content) = ask("openssl", &arguments);
        assert!(content && said.contains("CAdES Verification successful"), "signature {}: {said}", number + 1);
    }
}

/// The bag is whole and valid.
pub(crate) fn bagit(folder: &Path) -> bool {
    let beside = pyhanko_program();
    let [python, bagit] = ["python", "bagit.py"].map(|name| beside.with_file_name(name));
    assert!(bagit.exists(), "bagit is missing. Run: target/pyhanko/bin/pip install bagit==1.9.0");
    ask(python, &[bagit.as_ref(), "--validate".as_ref(), folder.as_ref()]).1
}

/// The Python of the outside judges, which has what pyHanko needs to read certificates and signatures.
pub(crate) fn python() -> PathBuf {
    pyhanko_program().with_file_name("python")
}

pub(crate) fn pyhanko_program() -> PathBuf {
    let path = std::env::var_os("PYHANKO")
        .map_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("../pyhanko/bin/pyhanko"), PathBuf::from);
    assert!(
        path.exists(),
        "pyHanko is missing. Run: python3 -m venv target/pyhanko && target/pyhanko/bin/pip install pyhanko==0.38.0 pyhanko-cli"
    );
    path
}
