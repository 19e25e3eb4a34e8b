//! Pages that nobody here wrote, from documentation packages of Debian and demonstrations in npm packages, rendered by the
//! evidence browser and by Chromium: heights side by side, and both pictures in the folder given, for looking at. The
//! packages are fetched when it runs; one that cannot be had is *not tried*.
//!
//! Needs a display (`Xvfb` will do), `trail-browser` beside it, `apt-get`, `dpkg-deb`, `npm`, `tar` and `chromium`.
#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use trail_browser::client::{BrowserProcess, Launch};
use trail_browser::protocol::bounded::Address;
use trail_browser::protocol::observation::Observation;
use trail_browser::protocol::{CaptureKind, Navigate};

const LOAD: Duration = Duration::from_secs(60);
const SCROLL: Duration = Duration::from_secs(150);
/// The tallest picture that Chromium is asked for, in pixels.
const TALLEST: u32 = 16_000;
/// Chromium says how tall the page is half a second after it was loaded.
const MEASURED: &str = "<script>addEventListener('load',()=>setTimeout(()=>document.documentElement.setAttribute(\
'data-height',Math.max(document.documentElement.scrollHeight,document.body?document.body.scrollHeight:0)),500))</script>";

/// What the page has, where it comes from, and its path in there.
const PAGES: [(&str, &str, &str); 14] = [
    ("very tall", "deb:python3.11-doc", "usr/share/doc/python3.11/html/library/stdtypes.html"),
    ("tall, code", "deb:python3.11-doc", "usr/share/doc/python3.11/html/howto/logging-cookbook.html"),
    ("Japanese", "deb:debian-reference-ja", "usr/share/debian-reference/ch09.ja.html"),
    ("Chinese", "deb:debian-reference-zh-cn", "usr/share/debian-reference/ch10.zh-cn.html"),
    ("frames", "deb:junit-doc", "usr/share/doc/junit-doc/doc/api/index.html"),
    ("a long index", "deb:junit-doc", "usr/share/doc/junit-doc/doc/api/index-all.html"),
    ("right to left", "npm:persian-datepicker@1.2.0", "package/dist/index.html"),
    ("right to left, own font", "npm:persian-datepicker@1.2.0", "package/assets/IRANSans.html"),
    ("canvas", "npm:smoothie@1.36.1", "package/docs/tutorial.html"),
    ("canvas", "npm:signature_pad@1.6.0", "package/example/index.html"),
    ("sticky", "npm:sticky-kit@1.1.3", "package/test/index.html"),
    ("sticky, tables", "npm:stickyfilljs@2.1.0", "package/test/index.html"),
    ("lazy pictures", "npm:blazy@1.8.2", "package/example/index.html"),
    ("a slider", "npm:slick-carousel@2.0.0", "package/index.html"),
];

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder for the pictures")?);
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    println!("| what it has | package and page | evidence browser | Chromium | difference |");
    println!("|---|---|---|---|---|");
    for (number, (what, package, page)) in PAGES.iter().enumerate() {
        let name = package.split_once(':').map_or(*package, |(_, name)| name);
        let row = match fetched(&folder, package) {
            Ok(root) if root.join(page).is_file() => compared(&folder, number + 1, &root, page),
            Ok(_) => Err("the package has no such page".into()),
            Err(why) => {
                println!("| {what} | {name}, `{page}` | *not tried*: {why} | | |");
                continue;
            }
        };
        match row {
            Ok((ours, note, theirs)) => {
                let difference = f64::from(ours) / f64::from(theirs.max(1)) * 100.0 - 100.0;
                println!("| {what} | {name}, `{page}` | {ours} px{note} | {theirs} px | {difference:+.1} % |");
            }
            Err(why) => println!("| {what} | {name}, `{page}` | *failed*: {why} | | |"),
        }
    }
    Ok(())
}

/// The unpacked package, fetched once in a run.
fn fetched(folder: &Path, package: &str) -> Outcome<PathBuf> {
    let (kind, name) = package.split_once(':').ok_or("a package has a kind")?;
    let root = folder.join(name.replace(['/', '@'], "-"));
    if root.is_dir() {
        return Ok(root);
    }
    let into = folder.join("fetched");
    if into.is_dir() {
        std::fs::remove_dir_all(&into)?;
    }
    std::fs::create_dir_all(&into)?;
    if kind == "deb" {
        done(Command::new("apt-get").args(["download", "-q", name]).current_dir(&into))?;
    } else {
        done(Command::new("npm").args(["pack", "--silent", name]).current_dir(&into))?;
    }
    let file = std::fs::read_dir(&into)?.next().ok_or("nothing came")??.path();
    std::fs::create_dir_all(&root)?;
    let unpacked = if kind == "deb" {
        done(Command::new("dpkg-deb").arg("-x").args([&file, &root]))
    } else {
        done(Command::new("tar").arg("xzf").arg(&file).arg("-C").arg(&root))
    };
    unpacked.inspect_err(|_| drop(std::fs::remove_dir_all(&root)))?;
    Ok(root)
}

fn done(command: &mut Command) -> Outcome<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() { Ok(()) } else { Err("it could not be fetched or unpacked".into()) }
}

/// Both heights, and what is to be said of ours.
fn compared(folder: &Path, number: usize, root: &Path, page: &str) -> Outcome<(u32, String, u32)> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let host = listener.local_addr()?.to_string();
    let (from, shown) = (root.to_owned(), page.to_owned());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (from, shown) = (from.clone(), shown.clone());
            // A browser that goes away in the middle of a file has what it wanted.
            std::thread::spawn(move || drop(serve(stream, &from, &shown)));
        }
    });
    let url = format!("http://{host}/{page}");
    let (height, (width, view), note) = ours(folder, number, &host, &url)?;
    let theirs = theirs(folder, number, &url, width, view)?;
    Ok((height, note, theirs))
}

fn ours(folder: &Path, number: usize, host: &str, url: &str) -> Outcome<(u32, (u32, u32), String)> {
    let exe = std::env::current_exe()?;
    let beside = exe.parent().and_then(Path::parent).ok_or("no folder")?.join("trail-browser");
    let mut browser = BrowserProcess::spawn(&Launch::new(beside, []).allowing(host))?;
    browser.send(Navigate::Open(Address::new(url)?))?;
    browser.wait_for(LOAD, |seen| matches!(seen, Observation::NavigationFinished(_)))?;
    std::thread::sleep(Duration::from_millis(500));
    browser.send(Navigate::Reveal { seconds: 300 })?;
    browser.wait_for(LOAD, |seen| matches!(seen, Observation::Revealed { .. }))?;
    browser.send(Navigate::ScrollThrough)?;
    browser.wait_for(SCROLL, |seen| matches!(seen, Observation::ScrolledThrough { .. }))?;
    let captured = browser.capture(CaptureKind::WholePage, LOAD)?;
    let picture = captured.stitched.first().or(captured.views.first()).ok_or("no picture")?;
    std::fs::write(folder.join(format!("{number:02}-ours.png")), &picture.png)?;
    let mut notes = vec![format!("{} views", captured.views.len())];
    if captured.stitched.len() > 1 {
        notes.push(format!("{} pictures below each other", captured.stitched.len()));
    }
    if let Some(count) = captured.page.standing.observed().filter(|count| **count > 0) {
        notes.push(format!("{count} standing still"));
    }
    if captured.page.grew > 0 {
        notes.push(format!("grew {} times", captured.page.grew));
    }
    if let Some(count) = captured.page.coming.observed().filter(|count| **count > 0) {
        notes.push(format!("{count} pictures not come"));
    }
    let layout = captured.page.layout;
    Ok((layout.scroll_height, (layout.width, layout.height), format!(" ({})", notes.join(", "))))
}

fn theirs(folder: &Path, number: usize, url: &str, width: u32, view: u32) -> Outcome<u32> {
    let chromium = |height: u32| {
        let mut command = Command::new("chromium");
        command.args(["--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--timeout=20000"]);
        command.arg(format!("--window-size={width},{height}")).stdin(Stdio::null()).stderr(Stdio::null());
        command
    };
    let dom =
        chromium(view).args(["--virtual-time-budget=8000", "--dump-dom"]).arg(format!("{url}?measured")).output()?;
    let dom = String::from_utf8_lossy(&dom.stdout).into_owned();
    let height = dom.split_once("data-height=\"").and_then(|(_, rest)| rest.split('"').next()?.parse::<u32>().ok());
    // A page of frames has no body that could be measured, and is as tall as the window.
    let height = height.or_else(|| dom.contains("<frameset").then_some(view));
    let height = height.ok_or("Chromium did not say how tall the page is")?;
    let picture = folder.join(format!("{number:02}-chromium.png"));
    chromium(height.clamp(1, TALLEST))
        .arg("--virtual-time-budget=8000")
        .arg(format!("--screenshot={}", picture.display()))
        .arg(url)
        .stdout(Stdio::null())
        .status()?;
    Ok(height)
}

/// One file below the root; the page itself measures where that is asked for.
fn serve(mut stream: TcpStream, root: &Path, page: &str) -> std::io::Result<()> {
    let mut bytes = [0; 8192];
    let read = stream.read(&mut bytes)?;
    let request = String::from_utf8_lossy(&bytes[..read]).into_owned();
    let target = request.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_owned();
    let (path, asked) = target.split_once('?').unwrap_or((&target, ""));
    let is_below = !path.split('/').any(|part| part == "..");
    let file = is_below.then(|| std::fs::read(root.join(path)).ok()).flatten();
    let Some(mut body) = file else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    if path == page && asked == "measured" {
        body.extend_from_slice(MEASURED.as_bytes());
    }
    let kind = match Path::new(path).extension().and_then(std::ffi::OsStr::to_str).unwrap_or_default() {
        "html" | "htm" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)
}
