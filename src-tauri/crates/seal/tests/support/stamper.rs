//! A time-stamp authority that nobody here wrote: `openssl ts` with keys and certificates of its own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is wrong with an authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Nothing: P-256 under a root on P-256.
    None,
    /// Nothing: RSA under an intermediate under a root with RSA, and fractions of a second.
    Rsa,
    /// Its certificate ended before it stamps.
    Expired,
    /// Its certificate is not for time-stamping alone.
    Purpose,
    /// Its certificate is for time-stamping, but does not say so as critical.
    NotCritical,
    /// It takes no SHA-256.
    Refuses,
}

/// An authority in a folder of its own.
pub(crate) struct Stamper {
    folder: PathBuf,
    flaw: Flaw,
}

impl Stamper {
    /// Makes its keys and certificates.
    pub(crate) fn make(folder: &Path, flaw: Flaw) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let made = Self { folder: folder.to_owned(), flaw };
        made.write("extensions.cnf", EXTENSIONS);
        let digests = if flaw == Flaw::Refuses { "sha512" } else { "sha256" };
        let fractions = if flaw == Flaw::Rsa { "clock_precision_digits = 3\n" } else { "" };
        let config = CONFIG.replace("DIGESTS", digests).replace("FRACTIONS", fractions);
        made.write("ts.cnf", &config.replace("FOLDER", &folder.display().to_string()));
        made.write("serial", "01\n");
        made.write("chain.pem", "");
        made.root();
        let (issuer, days) =
            (if flaw == Flaw::Rsa { "middle" } else { "root" }, if flaw == Flaw::Expired { "-1" } else { "30" });
        if flaw == Flaw::Rsa {
            made.issued("middle", "root", "middle", "30");
            std::fs::copy(made.path("middle.pem"), made.path("chain.pem")).unwrap();
        }
        made.issued("tsa", issuer, "tsa", days);
        if let Some(section) = made.other_section() {
            made.issued("other", "root", section, "30");
        }
        made
    }

    /// Its root certificate.
    pub(crate) fn root_pem(&self) -> String {
        std::fs::read_to_string(self.path("root.pem")).unwrap()
    }

    /// Where that is.
    pub(crate) fn root_path(&self) -> PathBuf {
        self.path("root.pem")
    }

    /// What it answers.
    pub(crate) fn reply(&self, question: &[u8]) -> Vec<u8> {
        let (asked, answer) = (self.path("question.tsq"), self.path("answer.tsr"));
        std::fs::write(&asked, question).unwrap();
        let arguments = ["ts", "-reply", "-config", "ts.cnf", "-queryfile", "question.tsq", "-out", "answer.tsr"];
        self.openssl(&arguments);
        if self.other_section().is_some() { self.signed_by_another() } else { std::fs::read(answer).unwrap() }
    }

    /// Whether `openssl ts -verify` is content with an answer to a question.
    pub(crate) fn is_verified(&self, question: &[u8], answer: &[u8]) -> bool {
        std::fs::write(self.path("asked.tsq"), question).unwrap();
        std::fs::write(self.path("kept.tsr"), answer).unwrap();
        let fixed = ["ts", "-verify", "-queryfile", "asked.tsq", "-in", "kept.tsr", "-CAfile", "root.pem"];
        let out = Command::new("openssl").args(fixed).current_dir(&self.folder).output().unwrap();
        String::from_utf8_lossy(&out.stdout).contains("Verification: OK")
    }

    /// Whether `openssl ts -verify` is content with an answer for a hash.
    pub(crate) fn is_verified_for(&self, digest: &[u8; 32], answer: &[u8]) -> bool {
        std::fs::write(self.path("kept.tsr"), answer).unwrap();
        let figures: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let fixed = ["ts", "-verify", "-digest", &figures, "-in", "kept.tsr", "-CAfile", "root.pem"];
        let out = Command::new("openssl").args(fixed).current_dir(&self.folder).output().unwrap();
        String::from_utf8_lossy(&out.stdout).contains("Verification: OK")
    }

    /// What the certificate says that signs in the place of its own, where it has one.
    fn other_section(&self) -> Option<&'static str> {
        match self.flaw {
            Flaw::Purpose => Some("other"),
            Flaw::NotCritical => Some("lax"),
            Flaw::None | Flaw::Rsa | Flaw::Expired | Flaw::Refuses => None,
        }
    }

    /// The same content as a real answer, signed with a certificate that is not for time-stamping alone and critically.
    /// `openssl ts` does not do that; `openssl cms` does.
    fn signed_by_another(&self) -> Vec<u8> {
        self.openssl(&["ts", "-reply", "-in", "answer.tsr", "-token_out", "-out", "token.der"]);
        self.openssl(&["cms", "-verify", "-noverify", "-inform", "DER", "-in", "token.der", "-out", "content.der"]);
        let mut arguments = vec!["cms", "-sign", "-binary", "-nodetach", "-cades", "-outform", "DER", "-md", "sha256"];
        arguments.extend(["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-in", "content.der", "-out", "other.der"]);
        arguments.extend(["-signer", "other.pem", "-inkey", "other.key", "-nosmimecap"]);
        self.openssl(&arguments);
        let token = std::fs::read(self.path("other.der")).unwrap();
        let length = u16::try_from(token.len() + 5).unwrap().to_be_bytes();
        [&[0x30, 0x82, length[0], length[1], 0x30, 0x03, 0x02, 0x01, 0x00], token.as_slice()].concat()
    }

    fn root(&self) {
        self.key("root");
        let arguments = ["req", "-x509", "-new", "-key", "root.key", "-sha256", "-days", "60", "-out", "root.pem"];
        let rest = ["-subj", "/O=Time for tests/CN=Root of time", "-config", "extensions.cnf", "-extensions", "root"];
        self.openssl(&[arguments.as_slice(), &rest].concat());
    }

    fn issued(&self, name: &str, issuer: &str, section: &str, days: &str) {
        self.key(name);
        let [key, request, certificate] = ["key", "csr", "pem"].map(|kind| format!("{name}.{kind}"));
        let subject = format!("/O=Time for tests/CN=Time {name}");
        self.openssl(&["req", "-new", "-key", &key, "-subj", &subject, "-config", "extensions.cnf", "-out", &request]);
        let [by, by_key] = ["pem", "key"].map(|kind| format!("{issuer}.{kind}"));
        let mut arguments = vec!["x509", "-req", "-in", &request, "-CA", &by, "-CAkey", &by_key, "-CAcreateserial"];
        arguments.extend(["-sha256", "-days", days, "-extfile", "extensions.cnf", "-extensions", section]);
        arguments.extend(["-out", &certificate]);
        self.openssl(&arguments);
    }

    fn key(&self, name: &str) {
        let file = format!("{name}.key");
        let (kind, option) =
            if self.flaw == Flaw::Rsa { ("RSA", "rsa_keygen_bits:2048") } else { ("EC", "ec_paramgen_curve:P-256") };
        self.openssl(&["genpkey", "-algorithm", kind, "-pkeyopt", option, "-out", &file]);
    }

    fn openssl(&self, arguments: &[&str]) {
        let out = Command::new(OsStr::new("openssl")).args(arguments).current_dir(&self.folder).output();
        let out = out.unwrap_or_else(|problem| panic!("openssl cannot be run: {problem}"));
        assert!(out.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

const EXTENSIONS: &str = "\
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[middle]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[lax]
keyUsage = critical, digitalSignature
extendedKeyUsage = timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[other]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
";

const CONFIG: &str = "\
[tsa]
default_tsa = here
[here]
serial = FOLDER/serial
signer_cert = FOLDER/tsa.pem
signer_key = FOLDER/tsa.key
certs = FOLDER/chain.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.13762.3
digests = DIGESTS
accuracy = secs:1
FRACTIONSordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
";
