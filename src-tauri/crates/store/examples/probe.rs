#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::type_complexity, reason = "a probe")]
use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::Connection;
use std::time::Instant;

fn main() {
    let temp = tempfile::tempdir_in("target").unwrap();
    let ways: Vec<(&str, bool, &str)> = vec![
        ("plain", false, ""),
        ("plain cache 32M", false, "PRAGMA cache_size=-32000"),
        ("cipher", true, ""),
        ("cipher cache 32M", true, "PRAGMA cache_size=-32000"),
        ("cipher sha256", true, "PRAGMA cipher_hmac_algorithm=HMAC_SHA256"),
        ("cipher sha256 cache 32M", true, "PRAGMA cipher_hmac_algorithm=HMAC_SHA256; PRAGMA cache_size=-32000"),
        ("cipher no hmac cache 32M", true, "PRAGMA cipher_use_hmac=OFF; PRAGMA cache_size=-32000"),
        ("cipher secure_delete", true, "PRAGMA secure_delete=ON; PRAGMA cache_size=-32000"),
    ];
    let made: Vec<(&str, Connection)> = ways
        .iter()
        .enumerate()
        .map(|(n, (name, keyed, more))| {
            let c = Connection::open(temp.path().join(format!("{n}.db"))).unwrap();
            if *keyed {
                c.pragma_update(None, "key", format!("x'{}'", "ab".repeat(32))).unwrap();
                c.pragma(None, "cipher_page_size", 16384, |_| Ok(())).unwrap();
            } else {
                c.pragma_update(None, "page_size", 16384).unwrap();
            }
            for one in more.split(';').filter(|one| !one.trim().is_empty()) {
                let mut s = c.prepare(one).unwrap();
                let mut rows = s.query(()).unwrap();
                while rows.next().unwrap().is_some() {}
            }
            c.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
            c.pragma_update(None, "synchronous", "FULL").unwrap();
            c.execute_batch("CREATE TABLE file (id INTEGER PRIMARY KEY, sha256 BLOB, bytes BLOB)").unwrap();
            (*name, c)
        })
        .collect();
    let mut times = vec![Vec::new(); made.len()];
    for round in 0..50 {
        let mut bytes = vec![0; 2_000_000];
        SystemRandom::new().fill(&mut bytes).unwrap();
        for k in 0..made.len() {
            let n = (k + round) % made.len();
            let start = Instant::now();
            made[n]
                .1
                .prepare_cached("INSERT INTO file (sha256, bytes) VALUES (?1, ?2)")
                .unwrap()
                .execute((&bytes[..32], &bytes))
                .unwrap();
            if round >= 8 {
                times[n].push(start.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    let mut first = 0.0;
    for ((name, _), times) in made.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let median = times[times.len() / 2];
        if first == 0.0 {
            first = median;
        }
        println!("{name:28} {median:7.2} ms  {:5.2}x   least {:6.2}", median / first, times[0]);
    }
    let bytes = vec![7_u8; 2_000_000];
    let start = Instant::now();
    for _ in 0..20 {
        std::hint::black_box(ring::digest::digest(&ring::digest::SHA256, &bytes));
    }
    println!("sha256 of 2 MB {:.2} ms", start.elapsed().as_secs_f64() * 50.0);
}
