//! A display, the training site and a browser for one test.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use trail_browser::client::{BrowserProcess, Launch};
use trail_browser::protocol::Navigate;
use trail_browser::protocol::bounded::Address;
use trail_browser::protocol::observation::{Observation, Refused};
use trail_browser::training::{Served, serve_with};

pub(crate) const SOON: Duration = Duration::from_secs(20);

/// An X display of its own, ended with the test.
pub(crate) struct Display {
    server: Child,
    pub(crate) name: String,
}

impl Display {
    pub(crate) fn open() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1200x900x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut line = String::new();
        BufReader::new(server.stdout.take().expect("piped")).read_line(&mut line).expect("Xvfb names its display");
        let name = format!(":{}", line.trim());
        assert_ne!(name, ":", "Xvfb did not start");
        Self { server, name }
    }

    pub(crate) fn run(&self, program: &str, args: &[&str]) -> String {
        let out = Command::new(program).args(args).env("DISPLAY", &self.name).output();
        let out = out.unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Everything for one test. The browser goes before its display.
pub(crate) struct Stage {
    pub(crate) browser: BrowserProcess,
    pub(crate) site: Served,
    pub(crate) display: Display,
}

pub(crate) fn program() -> Launch {
    let launch = Launch::new(env!("CARGO_BIN_EXE_trail-browser"), Vec::<OsString>::new());
    if std::env::var_os("LOUD").is_some() { launch.loud() } else { launch }
}

impl Stage {
    pub(crate) fn set() -> Self {
        Self::with_pages(&[])
    }

    pub(crate) fn with_pages(pages: &[(&str, &str)]) -> Self {
        let (site, display) = (serve_with(pages).unwrap(), Display::open());
        let launch = program().allowing(&site.host_and_port()).on_display(&display.name);
        let browser = BrowserProcess::spawn(&launch).unwrap();
        Self { browser, site, display }
    }

    pub(crate) fn order(&mut self, order: Navigate) {
        self.browser.send(order).unwrap();
    }

    pub(crate) fn open(&mut self, path: &str) {
        let address = Address::new(&self.site.url(path)).unwrap();
        self.order(Navigate::Open(address));
    }

    /// Opens a page of the site and waits until it is loaded.
    pub(crate) fn visit(&mut self, path: &str) {
        self.open(path);
        self.expect(|seen| matches!(seen, Observation::NavigationFinished(_)));
    }

    pub(crate) fn reveal(&mut self, seconds: u16) {
        self.order(Navigate::Reveal { seconds });
        self.expect(|seen| matches!(seen, Observation::Revealed { .. }));
    }

    /// What stands on the screen.
    pub(crate) fn screen(&self) -> Decoded {
        let out = Command::new("import")
            .args(["-window", "root", "-depth", "8", "-interlace", "None", "-define", "png:color-type=2", "png:-"])
            .env("DISPLAY", &self.display.name)
            .output()
            .expect("ImageMagick is installed");
        Decoded::read(&out.stdout)
    }

    pub(crate) fn expect(&self, fits: impl FnMut(&Observation) -> bool) -> Observation {
        match self.browser.wait_for(SOON, fits) {
            Ok(seen) => seen.what,
            Err(fault) => panic!("{fault}; observed: {:#?}", self.browser.observations()),
        }
    }

    pub(crate) fn expect_refused(&self, what: Refused) -> String {
        let seen = self.expect(|seen| matches!(seen, Observation::Refused { what: which, .. } if *which == what));
        match seen {
            Observation::Refused { concerning, .. } => concerning.as_str().to_owned(),
            other => panic!("{other:?}"),
        }
    }
}

/// The pixels of a PNG: width, height, and a way to ask for one.
pub(crate) struct Decoded {
    pub(crate) width: u32,
    pub(crate) height: u32,
    rgb: Vec<u8>,
}

impl Decoded {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let info = reader.info();
        assert_eq!(
            (info.color_type, info.bit_depth, info.interlaced),
            (png::ColorType::Rgb, png::BitDepth::Eight, false)
        );
        let (width, height) = (info.width, info.height);
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut rgb).unwrap();
        Self { width, height, rgb }
    }

    pub(crate) fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let from = (y as usize * self.width as usize + x as usize) * 3;
        [self.rgb[from], self.rgb[from + 1], self.rgb[from + 2]]
    }

    pub(crate) fn rows(&self, from: u32, count: u32) -> &[u8] {
        let row = self.width as usize * 3;
        &self.rgb[from as usize * row..(from + count) as usize * row]
    }

    pub(crate) fn has(&self, colour: [u8; 3]) -> bool {
        self.rgb.chunks_exact(3).any(|pixel| pixel == colour)
    }
}
