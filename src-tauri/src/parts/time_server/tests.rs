//! Against a real server on this computer's own network, which answers well or with one thing wrong.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::UdpSocket;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use trail_app::ports::{NoTime, SECONDS_FOR_THE_TIME, TimeRead, TimeServers};

use super::packet::{Asked, LENGTH, Stamp};
use super::{NetworkTime, PORT, address};

/// What the server makes of a well-formed answer before it sends it.
type Spoils = fn(&mut Vec<u8>);

/// The protocol's time on this computer, moved by so many milliseconds.
#[allow(clippy::disallowed_methods, reason = "the server has this computer's clock")]
fn time(moved_by_ms: i64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let moved = i64::try_from(now.as_millis()).unwrap() + moved_by_ms;
    Stamp::since_1970(Duration::from_millis(moved.try_into().unwrap())).0
}

/// An answer of stratum 2, by a clock that is moved by so many milliseconds.
fn answer(question: &[u8], moved_by_ms: i64) -> Vec<u8> {
    let mut packet = vec![0; LENGTH];
    packet[0] = 0b00_100_100;
    packet[1] = 2;
    packet[24..32].copy_from_slice(&question[40..48]);
    let now = time(moved_by_ms).to_be_bytes();
    packet[32..40].copy_from_slice(&now);
    packet[40..48].copy_from_slice(&now);
    packet
}

/// Moves one of its times on by nine seconds.
fn later(answer: &mut [u8], at: usize) {
    let moved = u64::from_be_bytes(answer[at..at + 8].try_into().unwrap()) + (9 << 32);
    answer[at..at + 8].copy_from_slice(&moved.to_be_bytes());
}

/// Serves one question, and gives where and what was asked.
fn serve(moved_by_ms: i64, spoil: Spoils) -> (String, std::thread::JoinHandle<Vec<u8>>) {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = socket.local_addr().unwrap().to_string();
    let served = std::thread::spawn(move || {
        let mut room = [0; 512];
        let (length, asker) = socket.recv_from(&mut room).unwrap();
        let mut answer = answer(&room[..length], moved_by_ms);
        spoil(&mut answer);
        socket.send_to(&answer, asker).unwrap();
        room[..length].to_vec()
    });
    (at, served)
}

fn ask(server: &str) -> Result<TimeRead, NoTime> {
    NetworkTime.ask(server, &AtomicBool::new(false))
}

#[test]
fn the_difference_and_the_way_are_told_in_milliseconds() {
    for moved in [0, 5_000, -90_000, 3_600_000] {
        let (at, served) = serve(moved, |_| {});
        let read = ask(&at).unwrap();
        let question = served.join().unwrap();
        assert!((read.fast_by_ms + moved).abs() <= 50, "{moved}: {read:?}");
        assert!(read.round_trip_ms <= 100 && read.stratum == 2, "{read:?}");
        assert_eq!((question.len(), question[0]), (LENGTH, 0b00_100_011));
        // Nothing of this computer is in it.
        assert!(question[1..40].iter().all(|byte| *byte == 0) && question[40..].iter().any(|byte| *byte != 0));
    }
}

#[test]
fn every_answer_that_does_not_hold_is_refused_by_its_reason() {
    let refused: [(Spoils, &str); 14] = [
        (|answer| answer.truncate(47), "shorter"),
        (|answer| answer[0] = 0b00_100_011, "not one of a time server"),
        (|answer| answer[0] = 0b00_100_101, "not one of a time server"),
        (|answer| answer[0] = 0b00_010_100, "not one of a time server"),
        (|answer| answer[24] ^= 1, "not to this question"),
        (|answer| answer[31] ^= 1, "not to this question"),
        (
            |answer| {
                answer[1] = 0;
                answer[12..16].copy_from_slice(b"RATE");
            },
            "refused to answer (RATE)",
        ),
        (|answer| answer[0] |= 0b11_000_000, "own clock is not set"),
        (|answer| answer[1] = 16, "own clock is not set"),
        (|answer| answer[40..48].fill(0), "no times that can be"),
        (|answer| answer[32..40].fill(0), "no times that can be"),
        (|answer| later(answer, 32), "no times that can be"),
        (|answer| answer[9] = 16, "not to be relied on"),
        (|answer| later(answer, 40), "longer than the whole way"),
    ];
    for (place, (spoil, why)) in refused.into_iter().enumerate() {
        let (at, served) = serve(0, spoil);
        let came = ask(&at);
        served.join().unwrap();
        let Err(NoTime::NotTaken(said)) = came else { panic!("{place}: {came:?}") };
        assert!(said.contains(why), "{place}: {said}");
    }
    for fits in [
        (|answer| answer[1] = 15) as Spoils,
        |answer| answer[1] = 1,
        |answer| answer[0] = 0b01_100_100,
        |answer| answer[0] = 0b00_011_100,
        |answer| answer.extend([7; 20]),
    ] {
        let (at, served) = serve(0, fits);
        assert!(ask(&at).is_ok());
        served.join().unwrap();
    }
}

#[test]
fn a_server_that_does_not_answer_is_left_after_two_seconds_and_at_halt_at_once() {
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = silent.local_addr().unwrap().to_string();
    let begun = Instant::now();
    assert_eq!(ask(&at), Err(NoTime::TooSlow));
    let waited = begun.elapsed().as_secs_f64();
    assert!((1.5..SECONDS_FOR_THE_TIME as f64 + 1.0).contains(&waited), "{waited} s");
    let stop = Arc::new(AtomicBool::new(false));
    let pressed = Arc::clone(&stop);
    let begun = Instant::now();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        pressed.store(true, Ordering::SeqCst);
    });
    assert_eq!(NetworkTime.ask(&at, &stop), Err(NoTime::Stopped));
    assert!(begun.elapsed() < Duration::from_millis(1_500), "HALT waited {:?}", begun.elapsed());
    assert_eq!(NetworkTime.ask(&at, &stop), Err(NoTime::Stopped), "nobody is asked after it");
}

#[test]
fn what_answers_from_elsewhere_is_not_heard() {
    let server = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = server.local_addr().unwrap().to_string();
    let served = std::thread::spawn(move || {
        let mut room = [0; 512];
        let (length, asker) = server.recv_from(&mut room).unwrap();
        let other = UdpSocket::bind("127.0.0.1:0").unwrap();
        other.send_to(&answer(&room[..length], 60_000), asker).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        server.send_to(&answer(&room[..length], 0), asker).unwrap();
    });
    let read = ask(&at).unwrap();
    served.join().unwrap();
    assert!(read.fast_by_ms.abs() < 1_000, "{read:?}");
}

#[test]
fn the_time_goes_on_where_the_protocol_begins_again_in_2036() {
    let at = Stamp(u64::MAX - (1 << 31));
    let asked = Asked { chance: [9; 8], at };
    let mut packet = answer(&asked.question(), 0);
    // One second later it stands at half a second after the new beginning.
    for place in [32, 40] {
        packet[place..place + 8].copy_from_slice(&(1_u64 << 31).to_be_bytes());
    }
    let read = asked.judge(&packet, Duration::from_millis(10)).unwrap();
    assert_eq!((read.fast_by_ms, read.round_trip_ms), (-995, 10));
}

#[test]
fn a_server_is_named_with_or_without_its_port() {
    for (server, port) in
        [("127.0.0.1", PORT), ("127.0.0.1:5000", 5_000), ("[::1]", PORT), ("[::1]:77", 77), ("::1", PORT)]
    {
        assert_eq!(address(server).map(|found| found.port()), Ok(port), "{server}");
    }
    assert!(matches!(address("no such name."), Err(NoTime::NotReached(_))));
}
