//! A time server on this computer alone: it answers over UDP as one on the network does, or says nothing.

use std::net::UdpSocket;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Bytes of a question and of an answer (RFC 5905, figure 8).
const LENGTH: usize = 48;
/// Seconds from 1900 to 1970.
const TO_1970: u64 = 2_208_988_800;

/// A time server of stratum 2.
pub struct ClockServer {
    /// Where it is asked.
    pub address: String,
    asked: Arc<AtomicUsize>,
}

impl ClockServer {
    /// Serves a clock that is so many seconds before this computer's; none where it never answers.
    #[must_use]
    pub fn start(before: Option<u64>) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap().to_string();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        // It ends with the test's own process.
        std::thread::spawn(move || {
            let mut question = [0; 512];
            while let Ok((length, asker)) = socket.recv_from(&mut question) {
                count.fetch_add(1, Ordering::SeqCst);
                if let Some(before) = before.filter(|_| length >= LENGTH) {
                    let _ = socket.send_to(&answer(&question[40..48], before), asker);
                }
            }
        });
        Self { address, asked }
    }

    /// How often it was asked.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

#[allow(clippy::disallowed_methods, reason = "it serves the time of this computer")]
fn answer(chance: &[u8], before: u64) -> [u8; LENGTH] {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seconds = (now.as_secs() + TO_1970 + before) << 32;
    let stamp = (seconds | ((u64::from(now.subsec_nanos()) << 32) / 1_000_000_000)).to_be_bytes();
    let mut packet = [0; LENGTH];
    (packet[0], packet[1]) = (0b00_100_100, 2);
    packet[24..32].copy_from_slice(chance);
    packet[32..40].copy_from_slice(&stamp);
    packet[40..48].copy_from_slice(&stamp);
    packet
}
