//! The question and the answer (RFC 5905, figure 8), and what an answer must hold to be taken.

use std::time::Duration;

use trail_app::ports::TimeRead;

/// Bytes of a packet without extensions.
pub(super) const LENGTH: usize = 48;
/// Seconds from 1900, where the protocol's time begins, to 1970.
const TO_1970: u64 = 2_208_988_800;
/// Version 4, asked by a client.
const CLIENT: u8 = 0b00_100_011;
/// The mode of a server's answer.
const SERVER: u8 = 4;
/// The warning that the server's own clock is not set.
const ALARM: u8 = 3;
/// The highest stratum of a clock that is set; 16 says that it is not (RFC 5905, figure 11).
const FARTHEST: u8 = 15;
/// The largest distance from the reference clock that is believed, in seconds (MAXDISP: RFC 5905, section 7.2).
const FARTHEST_SECONDS: i128 = 16;
/// How much a server may be said to have taken longer than the whole way, in units of 2^-32 seconds: a millisecond.
const GRAIN: i128 = (1 << 32) / 1_000;

/// A moment in the protocol's own form: seconds since 1900 in the upper half, parts of one in the lower. It begins
/// again in 2036, so only differences of less than 68 years are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp(pub(super) u64);

impl Stamp {
    /// A moment by its distance from 1970.
    pub(super) fn since_1970(since: Duration) -> Self {
        Self(((since.as_secs().wrapping_add(TO_1970)) << 32) | parts(since.subsec_nanos()))
    }

    fn later(self, by: Duration) -> Self {
        Self(self.0.wrapping_add((by.as_secs() << 32) | parts(by.subsec_nanos())))
    }

    /// How far this is after another, in units of 2^-32 seconds.
    #[allow(clippy::cast_possible_wrap, reason = "the difference wraps as the protocol's time does")]
    fn after(self, other: Self) -> i128 {
        i128::from(self.0.wrapping_sub(other.0) as i64)
    }
}

fn parts(nanos: u32) -> u64 {
    (u64::from(nanos) << 32) / 1_000_000_000
}

/// A question that was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// Drawn by chance. It stands where the time of asking would: the server sends it back, which nobody can who did
    /// not see the question, and learns nothing of this computer's clock.
    pub(super) chance: [u8; 8],
    /// When it was sent, by this computer's clock.
    pub(super) at: Stamp,
}

impl Asked {
    /// The bytes of the question.
    pub(super) fn question(&self) -> [u8; LENGTH] {
        let mut packet = [0; LENGTH];
        packet[0] = CLIENT;
        packet[40..].copy_from_slice(&self.chance);
        packet
    }

    /// What the answer tells, if it is one: `took` is how long it was waited for.
    ///
    /// # Errors
    /// - If it does not hold, in words that end a sentence.
    pub(super) fn judge(&self, answer: &[u8], took: Duration) -> Result<TimeRead, String> {
        let says = |why: &str| Err(why.to_owned());
        let Some((packet, _)) = answer.split_first_chunk::<LENGTH>() else {
            return says("its answer is shorter than one of a time server");
        };
        let [first, stratum, ..] = *packet;
        let (leap, version, mode) = (first >> 6, first >> 3 & 0b111, first & 0b111);
        if mode != SERVER || !matches!(version, 3 | 4) {
            return says("its answer is not one of a time server");
        }
        if packet[24..32] != self.chance {
            return says("its answer is not to this question");
        }
        if stratum == 0 {
            let code: String =
                packet[12..16].iter().map(|byte| char::from(*byte)).filter(char::is_ascii_graphic).collect();
            return Err(format!("it refused to answer ({code})"));
        }
        if leap == ALARM || stratum > FARTHEST {
            return says("it says that its own clock is not set");
        }
        let (received, sent) = (stamp(packet, 32), stamp(packet, 40));
        let inside = sent.after(received);
        let whole = self.at.later(took).after(self.at);
        if sent.0 == 0 || received.0 == 0 || inside < 0 {
            return says("its answer has no times that can be");
        }
        if distance(packet) >= FARTHEST_SECONDS << 16 {
            return says("it says that its own clock is not to be relied on");
        }
        if inside > whole + GRAIN {
            return says("it says that it took longer than the whole way took");
        }
        // The offset and the delay of RFC 5905, section 8; the sign is this computer's, and fast is positive.
        let behind = (received.after(self.at) + sent.after(self.at.later(took))) / 2;
        Ok(TimeRead {
            fast_by_ms: i64::try_from(millis(-behind)).map_err(|_| "its time cannot be".to_owned())?,
            round_trip_ms: u32::try_from(millis((whole - inside).max(0))).unwrap_or(u32::MAX),
            stratum,
        })
    }
}

/// Half the way to the reference clock and how much it may be off, in units of 2^-16 seconds.
fn distance(packet: &[u8; LENGTH]) -> i128 {
    let short = |at: usize| packet[at..].first_chunk().map_or(0, |bytes| i128::from(u32::from_be_bytes(*bytes)));
    short(4) / 2 + short(8)
}

fn stamp(packet: &[u8; LENGTH], at: usize) -> Stamp {
    Stamp(packet[at..].first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes)))
}

/// Whole milliseconds of 2^-32 seconds, to the nearest.
fn millis(units: i128) -> i128 {
    (units * 1_000 + (units.signum() << 31)) / (1 << 32)
}
