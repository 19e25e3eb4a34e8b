//! The line between a journey and who watches it: a socket, so that no watched system call is the line's own. The
//! keychain stands at its other end, as the real one stands in a process of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use trail_app::ports::{Keychain, KeychainFault};
use zeroize::Zeroizing;

/// The longest silence of a journey.
const SILENCE: Duration = Duration::from_secs(60);

/// What a keychain holds, by name.
pub type Secrets = BTreeMap<String, Vec<u8>>;

/// An entry that the journey saw in its timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Position.
    pub seq: u64,
    /// Kind.
    pub kind: String,
    /// Beginning of its hash.
    pub hash: String,
    /// Whether it belongs to the case.
    pub in_case: bool,
}

/// What a journey tells after an act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// The act.
    pub act: String,
    /// Whether it was done; if not, what came of it.
    pub ended: Option<String>,
    /// The case.
    pub case: String,
    /// What is new in the record, as the application shows it.
    pub seen: Vec<Seen>,
    /// Whether HALT was said to be in force, written down or not.
    pub halted: bool,
    /// Files that were saved, in the school's folder, with their SHA-256.
    pub saved: Vec<(String, String)>,
    /// Passphrases that hold from now on, by initials.
    pub passphrases: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Said {
    Ready,
    Done(Box<Ack>),
    Read(String),
    Keep(String, Vec<u8>),
    End,
}

#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Go,
    Secret(Option<Vec<u8>>),
}

/// The journey's end of the line.
#[derive(Clone)]
pub struct Teller(Arc<Mutex<(BufReader<UnixStream>, UnixStream)>>);

impl Teller {
    /// Calls who watches.
    ///
    /// # Errors
    /// - If nobody listens.
    pub fn call(path: &Path) -> std::io::Result<Self> {
        let stream = UnixStream::connect(path)?;
        Ok(Self(Arc::new(Mutex::new((BufReader::new(stream.try_clone()?), stream)))))
    }

    /// Says that it is ready, and waits for the word.
    pub fn ready(&self) {
        let _ = self.ask(&Said::Ready);
    }

    /// Tells what an act came to, and waits until it is taken down.
    pub fn done(&self, ack: Ack) {
        let _ = self.ask(&Said::Done(Box::new(ack)));
    }

    /// Says that it is at its end.
    pub fn end(&self) {
        let _ = self.ask(&Said::End);
    }

    fn ask(&self, said: &Said) -> Option<Answer> {
        let mut line = self.0.lock().ok()?;
        let mut text = serde_json::to_string(said).ok()?;
        text.push('\n');
        line.1.write_all(text.as_bytes()).ok()?;
        let mut answer = String::new();
        line.0.read_line(&mut answer).ok()?;
        serde_json::from_str(&answer).ok()
    }
}

impl Keychain for Teller {
    fn is_there(&self) -> bool {
        true
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainFault> {
        match self.ask(&Said::Read(name.to_owned())) {
            Some(Answer::Secret(secret)) => Ok(secret.map(Zeroizing::new)),
            Some(Answer::Go) | None => Err(KeychainFault("no answer".to_owned())),
        }
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), KeychainFault> {
        let kept = self.ask(&Said::Keep(name.to_owned(), secret.to_vec()));
        kept.map(|_| ()).ok_or_else(|| KeychainFault("no answer".to_owned()))
    }
}

/// The watcher's end: listens, and serves the keychain.
pub struct Listener(UnixListener);

/// A journey that called.
pub struct Caller {
    reader: BufReader<UnixStream>,
    stream: UnixStream,
}

impl Listener {
    /// Listens at this path.
    ///
    /// # Errors
    /// - If nothing can be bound there.
    pub fn at(path: &Path) -> std::io::Result<Self> {
        Ok(Self(UnixListener::bind(path)?))
    }

    /// Waits for the journey to call; none where `gone` says that it never will.
    pub fn accept(&self, mut gone: impl FnMut() -> bool) -> Option<Caller> {
        self.0.set_nonblocking(true).ok()?;
        loop {
            match self.0.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(false).ok()?;
                    stream.set_read_timeout(Some(SILENCE)).ok()?;
                    let reader = BufReader::new(stream.try_clone().ok()?);
                    return Some(Caller { reader, stream });
                }
                Err(_) if gone() => return None,
                Err(_) => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}

impl Caller {
    /// Serves the keychain until the journey is ready. Whether it got there.
    pub fn until_ready(&mut self, secrets: &mut Secrets) -> bool {
        loop {
            match self.next() {
                Some(Said::Ready) => return true,
                Some(Said::Done(_) | Said::End) | None => return false,
                Some(Said::Read(name)) => self.answer(&Answer::Secret(secrets.get(&name).cloned())),
                Some(Said::Keep(name, secret)) => {
                    secrets.insert(name, secret);
                    self.answer(&Answer::Go);
                }
            }
        }
    }

    /// Gives the word, serves the keychain and takes down what is told, until the journey ends or dies. Whether it
    /// came to its end by itself. `on` hears each act before the journey goes on.
    pub fn follow(&mut self, secrets: &mut Secrets, mut on: impl FnMut(&Ack)) -> (Vec<Ack>, bool) {
        self.answer(&Answer::Go);
        let mut acks = Vec::new();
        loop {
            match self.next() {
                Some(Said::Done(ack)) => {
                    on(&ack);
                    acks.push(*ack);
                    self.answer(&Answer::Go);
                }
                Some(Said::Read(name)) => self.answer(&Answer::Secret(secrets.get(&name).cloned())),
                Some(Said::Keep(name, secret)) => {
                    secrets.insert(name, secret);
                    self.answer(&Answer::Go);
                }
                Some(Said::End) => {
                    self.answer(&Answer::Go);
                    return (acks, true);
                }
                Some(Said::Ready) | None => return (acks, false),
            }
        }
    }

    fn next(&mut self) -> Option<Said> {
        let mut text = String::new();
        self.reader.read_line(&mut text).ok().filter(|read| *read > 0)?;
        serde_json::from_str(&text).ok()
    }

    fn answer(&mut self, answer: &Answer) {
        if let Ok(text) = serde_json::to_string(answer) {
            let _ = self.stream.write_all(format!("{text}\n").as_bytes());
        }
    }
}

/// A keychain in memory, shared with who looks into it.
#[derive(Clone, Default)]
pub struct Drawer(pub Arc<Mutex<Secrets>>);

impl Drawer {
    /// A keychain that holds these.
    #[must_use]
    pub fn holding(secrets: &Secrets) -> Self {
        Self(Arc::new(Mutex::new(secrets.clone())))
    }

    /// What it holds now.
    #[must_use]
    pub fn secrets(&self) -> Secrets {
        self.0.lock().unwrap().clone()
    }
}

impl Keychain for Drawer {
    fn is_there(&self) -> bool {
        true
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainFault> {
        Ok(self.0.lock().unwrap().get(name).cloned().map(Zeroizing::new))
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), KeychainFault> {
        self.0.lock().unwrap().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }
}
