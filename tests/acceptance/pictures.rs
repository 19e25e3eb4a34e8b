//! Pictures that nobody here wrote, malformed ones and bombs: each is decoded or refused within its limits, and the
//! process that tries it leaves nothing behind.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the counts are told")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use acceptance::house::{House, default_people};
use acceptance::outside::{built, run};
use acceptance::perform::{Ended, Walk};
use acceptance::script::{sign_in, walk_on, walk_to};
use evidence_trail::parts::pictures::PictureProcess;
use serde_json::Map;
use trail_app::ports::Pictures;
use trail_picture::content;
use trail_picture::message::{NoPicture, Shape, Span, Task};

#[path = "pictures/made.rs"]
mod made;

/// A second for the picture, and a half for a busy computer to notice that it is over.
const LONGEST: Duration = Duration::from_millis(1_500);
/// Kilobytes of memory that a process may have come to.
const MOST_MEMORY: u64 = 512 * 1024;

/// What came of many pictures.
#[derive(Default)]
struct Came {
    counts: BTreeMap<&'static str, usize>,
    longest: Duration,
    wrong: Vec<String>,
}

fn came(all: &[(String, Vec<u8>)]) -> Came {
    let process = PictureProcess::run_by(built("evidence-trail"));
    let (next, sum) = (AtomicUsize::new(0), Mutex::new(Came::default()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((name, bytes)) = all.get(next.fetch_add(1, Ordering::SeqCst)) {
                    // What it is by its content is asked of every file; it must answer.
                    let _content = content::of(bytes);
                    let draw = || {
                        let begun = Instant::now();
                        (process.draw(Task::Show, &[], bytes, &AtomicBool::new(false)), begun.elapsed())
                    };
                    let (mut drawn, mut took) = draw();
                    if drawn == Err(NoPicture::Late) && took <= LONGEST {
                        // On a busy computer a process may start late: what takes too long does so twice.
                        (drawn, took) = draw();
                    }
                    let mut sum = sum.lock().unwrap();
                    let what = match &drawn {
                        Ok(drawn) if is_plain_rgb8(&drawn.png, drawn.size) => "decoded",
                        Ok(_) => {
                            sum.wrong.push(format!("{name}: not an opaque RGB8 picture of its size"));
                            "wrong"
                        }
                        Err(NoPicture::TooLarge(..)) => "refused by the size in its header",
                        Err(NoPicture::Malformed) => "refused as damaged or of another kind",
                        Err(NoPicture::Memory) => "refused for its memory",
                        Err(NoPicture::Late) => "refused for its time",
                        Err(why @ (NoPicture::Stopped | NoPicture::NotRun(_))) => {
                            sum.wrong.push(format!("{name}: {why}"));
                            "wrong"
                        }
                    };
                    *sum.counts.entry(what).or_default() += 1;
                    sum.longest = sum.longest.max(took);
                    if took > LONGEST {
                        sum.wrong.push(format!("{name}: took {took:?}"));
                    }
                }
            });
        }
    });
    sum.into_inner().unwrap()
}

/// A PNG that holds nothing but pixels: opaque, 8 bits for each of three colours, not interlaced.
fn is_plain_rgb8(png: &[u8], size: (u32, u32)) -> bool {
    let Ok(reader) = png::Decoder::new(std::io::Cursor::new(png)).read_info() else { return false };
    let info = reader.info();
    let plain = info.color_type == png::ColorType::Rgb && info.bit_depth == png::BitDepth::Eight && !info.interlaced;
    let pixels_alone = chunk_kinds(png).is_some_and(|kinds| {
        let between = kinds.strip_prefix(&[*b"IHDR"]).and_then(|rest| rest.strip_suffix(&[*b"IEND"]));
        between.is_some_and(|between| !between.is_empty() && between.iter().all(|kind| kind == b"IDAT"))
    });
    plain && (info.width, info.height) == size && pixels_alone
}

/// The kinds of a PNG's chunks in order; nothing where it is cut.
fn chunk_kinds(png: &[u8]) -> Option<Vec<[u8; 4]>> {
    let (mut rest, mut kinds) = (png.get(8..)?, Vec::new());
    while let Some((length, after)) = rest.split_first_chunk() {
        let (kind, after) = after.split_first_chunk()?;
        kinds.push(*kind);
        rest = after.get(usize::try_from(u32::from_be_bytes(*length)).ok()? + 4..)?;
    }
    rest.is_empty().then_some(kinds)
}

#[test]
fn a_picture_with_anything_but_pixels_is_not_called_plain() {
    let plain = made::noise_png(3, 2);
    assert!(is_plain_rgb8(&plain, (3, 2)));
    assert!(!is_plain_rgb8(&plain, (2, 3)));
    for kind in [b"tEXt", b"iTXt", b"eXIf", b"tIME"] {
        let body = match kind {
            b"tIME" => &b"\x07\xea\x0b\x1b\0\0\0"[..],
            b"iTXt" => b"a\0\0\0\0\0word",
            _ => b"a\0word",
        };
        let mut with = plain.clone();
        // After the header, which with signature, length, kind and check has 33 bytes.
        drop(with.splice(33..33, made::chunk(kind, body)));
        assert!(!is_plain_rgb8(&with, (3, 2)), "{}", String::from_utf8_lossy(kind));
    }
}

#[track_caller]
fn tell(what: &str, came: &Came) {
    println!("{what}:");
    for (count, times) in &came.counts {
        println!("{times:>8}  {count}");
    }
    println!("{:>8}  ms at the longest, with starting the process", came.longest.as_millis());
    assert!(came.wrong.is_empty(), "{}", came.wrong.join("\n"));
}

#[test]
fn malformed_pictures_and_bombs_are_decoded_or_refused_within_their_limits() {
    let made = made::all();
    let came = came(&made);
    tell("Made for this test", &came);
    let floors =
        [("decoded", 2), ("refused by the size in its header", 9), ("refused as damaged or of another kind", 100)];
    for (what, floor) in floors {
        assert!(came.counts.get(what).is_some_and(|times| *times >= floor), "too few: {what}");
    }
}

#[test]
fn the_pictures_of_a_picture_librarys_own_tests_are_decoded_or_refused() {
    let Some(archive) = archive() else {
        println!("SKIPPED: Pillow's sources are not under target/pictures; `cargo xtask test` fetches them with pip");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (archive.to_string_lossy().into_owned(), folder.path().to_string_lossy().into_owned());
    assert!(run("tar", &["-xzf", &from, "-C", &to]).status.success(), "the sources can be unpacked");
    let mut all = Vec::new();
    gather(folder.path(), &mut all);
    assert!(all.len() > 800, "there are {} only", all.len());
    let came = came(&all);
    tell(&format!("{} files of Pillow's tests", all.len()), &came);
    assert!(came.counts.get("decoded").is_some_and(|times| *times > 300), "too few were decoded");
}

fn archive() -> Option<PathBuf> {
    let folder = built("evidence-trail").ancestors().nth(2)?.join("pictures");
    let named = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    named.into_iter().find(|path| path.to_string_lossy().ends_with(".tar.gz"))
}

/// Everything under a folder of tests that is not a program.
fn gather(folder: &Path, all: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            gather(&path, all);
        } else if name.contains("/Tests/") && !name.ends_with(".py") {
            all.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn the_process_that_decodes_has_no_more_memory_than_it_may() {
    let program = built("evidence-trail");
    for (name, file) in made::hungry() {
        let said = [vec![0, 0], file].concat();
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("said");
        std::fs::write(&at, &said).unwrap();
        let command = format!(
            "/usr/bin/time -f 'peak %M' -o {peak} {} --decode-picture {} < {} 2>/dev/null | wc -c",
            program.display(),
            said.len(),
            at.display(),
            peak = folder.path().join("peak").display(),
        );
        drop(run("sh", &["-c", &command]));
        let Ok(told) = std::fs::read_to_string(folder.path().join("peak")) else {
            println!("SKIPPED: /usr/bin/time is not there");
            return;
        };
        let peak = told.lines().find_map(|line| line.strip_prefix("peak ")?.parse::<u64>().ok()).unwrap();
        println!("{name}: {} MB at the most", peak / 1024);
        assert!((20_000..=MOST_MEMORY).contains(&peak), "{name}: {peak} kB");
    }
}

#[test]
fn halt_ends_the_decoding_at_once() {
    let process = PictureProcess::run_by(built("evidence-trail"));
    let slow = made::hungry().remove(0).1;
    let begun = Instant::now();
    let stopped = process.draw(Task::Draw, &[], &slow, &AtomicBool::new(true));
    assert_eq!(stopped, Err(NoPicture::Stopped));
    assert!(begun.elapsed() < Duration::from_millis(100), "it took {:?}", begun.elapsed());
}

#[test]
fn a_black_box_leaves_nothing_of_what_was_under_it() {
    let process = PictureProcess::run_by(built("evidence-trail"));
    let file = made::noise_png(300, 200);
    let shapes = [Shape::Black(Span { left: 50, top: 40, right: 249, bottom: 159 })];
    let drawn = process.draw(Task::Draw, &shapes, &file, &AtomicBool::new(false)).unwrap();
    let (was, is) = (made::pixels(&file), made::pixels(&drawn.png));
    for (place, (before, after)) in was.chunks(3).zip(is.chunks(3)).enumerate() {
        let (x, y) = (place % 300, place / 300);
        let under = (50..250).contains(&x) && (40..160).contains(&y);
        assert_eq!(after, if under { &[0, 0, 0][..] } else { before }, "{x} {y}");
    }
}

#[test]
fn every_pixel_beside_a_mark_is_as_it_was() {
    let process = PictureProcess::run_by(built("evidence-trail"));
    let file = made::noise_png(300, 200);
    let frame = Span { left: 100, top: 80, right: 180, bottom: 140 };
    let drawn = process.draw(Task::Draw, &[Shape::Numbered(frame, 12)], &file, &AtomicBool::new(false)).unwrap();
    let (was, is) = (made::pixels(&file), made::pixels(&drawn.png));
    assert_eq!((drawn.size, was.len()), ((300, 200), is.len()));
    let mut changed = 0;
    for (place, (before, after)) in was.chunks(3).zip(is.chunks(3)).enumerate() {
        let (x, y) = (place % 300, place / 300);
        let beside = !(98..183).contains(&x) || !(60..143).contains(&y);
        let inside = (103..178).contains(&x) && (83..138).contains(&y);
        assert!(!(beside || inside) || before == after, "{x} {y}");
        changed += usize::from(before != after);
    }
    assert!(changed > 1_000, "{changed} pixels were drawn");
}

#[test]
fn a_volume_says_what_each_number_points_out_and_where() {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("captured")).unwrap();
    let numbered = serde_json::json!([
        { "kind": "number", "left": 10, "top": 12, "right": 60, "bottom": 30, "words": "The name that was given" },
        { "kind": "number", "left": 20, "top": 40, "right": 60, "bottom": 50, "words": "The time of the post" },
    ]);
    let fields = [("shapes".to_owned(), numbered)].into_iter().collect();
    assert_eq!(walk.perform("mark", fields), Ended::Done);
    walk_on(&mut walk, "captured", "form").unwrap();
    let exhibits = walk.view().unwrap().exhibits;
    assert_eq!((exhibits[1].kind.as_str(), exhibits[1].next_number), ("Derived: annotated picture", 3));
    assert_eq!(
        (exhibits[0].pictures.len(), exhibits[0].next_number),
        (1, 1),
        "the original is there, without a number"
    );
    let documents = walk.view().unwrap().documents;
    let volume = documents.iter().find(|document| document.kind == "volume").unwrap().sha256.clone();
    let path = walk.save(&volume).unwrap().path;
    let text = run("pdftotext", &["-layout", &path, "-"]);
    let text = String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Derived: annotated picture",
        "2 numbered frames",
        "Number 1 The name that was given Stated",
        "Number 2 The time of the post Stated",
        "1 at 10, 12 to 60, 30; 2 at 20, 40 to 60, 50",
        "Jo Stirling, operator",
    ] {
        assert!(text.contains(words), "the volume does not say {words}:\n{text}");
    }
}

#[test]
fn a_volume_says_what_was_given_what_is_derived_and_from_which_file() {
    let mut walk = Walk::new(House::with(&default_people()));
    sign_in(&mut walk, &["JS", "PA"].map(ToOwned::to_owned)).unwrap();
    walk_to(&mut walk, Some("captured")).unwrap();
    for act in ["import", "mark"] {
        assert_eq!(walk.perform(act, Map::new()), Ended::Done, "{act}");
    }
    walk_on(&mut walk, "captured", "form").unwrap();
    let documents = walk.view().unwrap().documents;
    let of = |kind: &str| documents.iter().find(|document| document.kind == kind).unwrap().sha256.clone();
    let exhibits = walk.view().unwrap().exhibits;
    let [import, marked] = ["JS/2", "JS/3"].map(|mark| exhibits.iter().find(|one| one.mark == mark).unwrap());
    let source = &marked.facts.iter().find(|fact| fact.label == "Derived from SHA-256").unwrap().value;
    assert_eq!(&exhibits.iter().find(|one| one.mark == "JS/1").unwrap().pictures[0].sha256, source);
    let [volume, record] = ["volume", "record"].map(|kind| walk.save(&of(kind)).unwrap().path);
    let read = |path: &str| {
        let text = run("pdftotext", &["-layout", path, "-"]);
        String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (volume, record) = (read(&volume), read(&record));
    for words in ["photo.png", "Brought on a stick by a parent", "File not opened before", "1 black box"] {
        assert!(volume.contains(words), "the volume does not say {words}:\n{volume}");
    }
    let original = &import.facts.iter().find(|fact| fact.label == "SHA-256 of the file as it came").unwrap().value;
    // Hashes are printed in groups, in capital letters.
    let hashes = record.replace(' ', "").to_lowercase();
    assert!(hashes.contains(&original[..16]), "the list does not name the file:\n{record}");
    assert!(record.contains("The file as it came"));
}
