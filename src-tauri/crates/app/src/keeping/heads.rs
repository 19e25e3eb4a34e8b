//! Heads on their way to the keychain. A keychain may be slow, or ask somebody something first: what must not wait for
//! it leaves the head here, and a thread takes it there. The latest one counts; one is written at a time.

use std::sync::{Arc, Mutex, PoisonError};

use crate::ports::{Keychain, KeychainFault};

/// Where the record of a store ends, under the name that it has in the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) name: String,
    pub(crate) kept: Vec<u8>,
}

/// The way to the keychain.
#[derive(Clone, Default)]
pub(crate) struct Heads {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    next: Mutex<Option<Head>>,
    /// Held while one is written, so that an older head never comes after a newer one. It holds what came of the last.
    writing: Mutex<Option<KeychainFault>>,
    /// What was left here last.
    last: Mutex<Option<Head>>,
}

impl Heads {
    /// Keeps it, and waits until it is kept.
    ///
    /// # Errors
    /// - If the keychain refuses.
    pub(crate) fn keep(&self, keychain: &dyn Keychain, head: Head) -> Result<(), KeychainFault> {
        self.leave(head);
        match self.write(keychain) {
            None => Ok(()),
            Some(fault) => Err(fault),
        }
    }

    /// Has it kept, and waits for nothing. One that was left here last is not written again.
    pub(crate) fn keep_behind(&self, keychain: &Arc<dyn Keychain>, head: Head) {
        if self.inner.last.lock().unwrap_or_else(PoisonError::into_inner).as_ref() == Some(&head) {
            return;
        }
        self.leave(head);
        let (mine, keychain) = (self.clone(), Arc::clone(keychain));
        let thread = std::thread::Builder::new().name("head".to_owned());
        // Where there is no thread to be had, the head waits for the next that is kept; it is not lost before a lock.
        drop(thread.spawn(move || {
            if keychain.is_there() {
                mine.write(keychain.as_ref());
            }
        }));
    }

    fn leave(&self, head: Head) {
        *self.inner.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(head.clone());
        *self.inner.next.lock().unwrap_or_else(PoisonError::into_inner) = Some(head);
    }

    /// Writes what is left here; what another thread has just written need not be written again.
    fn write(&self, keychain: &dyn Keychain) -> Option<KeychainFault> {
        let mut came = self.inner.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let next = self.inner.next.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(head) = next {
            *came = keychain.keep(&head.name, &head.kept).err();
        }
        came.clone()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use zeroize::Zeroizing;

    use super::{Head, Heads};
    use crate::ports::{Keychain, KeychainFault};

    /// A keychain that tells what it is given, and goes on when it is let.
    struct Slow {
        told: Mutex<Sender<Vec<u8>>>,
        go_on: Mutex<Receiver<()>>,
    }

    impl Keychain for Slow {
        fn is_there(&self) -> bool {
            true
        }

        fn read(&self, _name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainFault> {
            Ok(None)
        }

        fn keep(&self, _name: &str, secret: &[u8]) -> Result<(), KeychainFault> {
            self.told.lock().unwrap().send(secret.to_vec()).unwrap();
            self.go_on.lock().unwrap().recv().map_err(|_| KeychainFault("it went away".to_owned()))
        }
    }

    fn head(kept: u8) -> Head {
        Head { name: "store/head".to_owned(), kept: vec![kept] }
    }

    #[test]
    fn who_leaves_a_head_does_not_wait_and_the_latest_comes_last() {
        let (told, seen) = channel();
        let (go_on, wait) = channel();
        let keychain: Arc<dyn Keychain> = Arc::new(Slow { told: Mutex::new(told), go_on: Mutex::new(wait) });
        let heads = Heads::default();
        heads.keep_behind(&keychain, head(1));
        assert_eq!(seen.recv_timeout(Duration::from_secs(20)).unwrap(), [1]);
        // The first is still being written.
        heads.keep_behind(&keychain, head(2));
        heads.keep_behind(&keychain, head(3));
        heads.keep_behind(&keychain, head(3));
        for _ in 0..3 {
            go_on.send(()).unwrap();
        }
        heads.keep(keychain.as_ref(), head(3)).unwrap();
        let rest: Vec<Vec<u8>> = seen.try_iter().collect();
        assert_eq!(rest.last(), Some(&vec![3]), "{rest:?}");
        assert!(!rest.contains(&vec![2]), "one that was overtaken is not written: {rest:?}");
    }

    #[test]
    fn who_waits_hears_that_the_keychain_refuses() {
        let (told, _seen) = channel();
        let (go_on, wait) = channel();
        drop(go_on);
        let keychain = Slow { told: Mutex::new(told), go_on: Mutex::new(wait) };
        assert!(Heads::default().keep(&keychain, head(1)).is_err());
    }
}
