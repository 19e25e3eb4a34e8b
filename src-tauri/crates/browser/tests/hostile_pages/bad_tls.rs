//! Servers whose certificates do not hold, made for the test with `openssl`.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Servers with bad certificates, ended with the test.
pub(crate) struct BadTls {
    servers: Vec<Child>,
    folder: PathBuf,
    /// Name and where it listens.
    pub(crate) at: Vec<(&'static str, String)>,
}

/// Placeholder in pages, subject, and how long the certificate holds.
const KINDS: [(&str, &str, &[&str]); 5] = [
    ("{tls-self-signed}", "/CN=127.0.0.1", &["-days", "2"]),
    ("{tls-expired}", "/CN=127.0.0.1", &["-not_before", "20200101000000Z", "-not_after", "20200201000000Z"]),
    ("{tls-not-yet}", "/CN=127.0.0.1", &["-not_before", "20990101000000Z", "-not_after", "20990201000000Z"]),
    ("{tls-wrong-name}", "/CN=another-school.example", &["-days", "2"]),
    ("{tls-homograph}", "/CN=xn--pple-43d.example", &["-days", "2"]),
];

impl BadTls {
    pub(crate) fn serve(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let mut made = Self { servers: Vec::new(), folder: folder.to_owned(), at: Vec::new() };
        made.openssl(&["genrsa", "-out", "key.pem", "2048"]);
        for (number, (name, subject, dates)) in KINDS.iter().enumerate() {
            let certificate = format!("cert{number}.pem");
            made.certificate(subject, dates, &certificate);
            made.listen(name, &["-key", "key.pem", "-cert", &certificate]);
        }
        made.certificate("/CN=127.0.0.1", &["-days", "2"], "old.pem");
        made.listen("{tls-old}", &["-key", "key.pem", "-cert", "old.pem", "-tls1", "-cipher", "ALL:@SECLEVEL=0"]);
        made
    }

    /// `openssl req -x509` takes dates only in its newer versions; `ca` takes them in all.
    fn certificate(&self, subject: &str, dates: &[&str], out: &str) {
        if dates[0] == "-days" {
            let mut args = vec!["req", "-x509", "-new", "-key", "key.pem", "-subj", subject, "-out", out];
            args.extend(dates);
            return self.openssl(&args);
        }
        std::fs::write(self.folder.join("ca.cnf"), CA).unwrap();
        std::fs::write(self.folder.join("index.txt"), "").unwrap();
        std::fs::write(self.folder.join("serial"), "01\n").unwrap();
        self.openssl(&["req", "-new", "-key", "key.pem", "-subj", subject, "-out", "request.pem"]);
        let (from, to) = (dates[1], dates[3]);
        self.openssl(&[
            "ca",
            "-batch",
            "-selfsign",
            "-config",
            "ca.cnf",
            "-keyfile",
            "key.pem",
            "-in",
            "request.pem",
            "-startdate",
            from,
            "-enddate",
            to,
            "-notext",
            "-out",
            out,
        ]);
    }

    fn openssl(&self, args: &[&str]) {
        let out = Command::new("openssl").args(args).current_dir(&self.folder).output().expect("openssl is installed");
        assert!(out.status.success(), "openssl {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    }

    fn listen(&mut self, name: &'static str, args: &[&str]) {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = free.local_addr().unwrap().to_string();
        drop(free);
        let server = Command::new("openssl")
            .args(["s_server", "-quiet", "-www", "-accept", &at])
            .args(args)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.servers.push(server);
        self.at.push((name, at));
    }
}

impl Drop for BadTls {
    fn drop(&mut self) {
        for server in &mut self.servers {
            let _killed = server.kill();
            let _reaped = server.wait();
        }
    }
}

const CA: &str = "[ca]\ndefault_ca=x\n[x]\ndir=.\ndatabase=index.txt\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\n\
policy=p\nunique_subject=no\n[p]\ncommonName=supplied\n";
