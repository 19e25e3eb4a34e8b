//! What the tests are made of: worked documents, pictures, and the tools that look at them.

use crate::form::card::CardModel;
use crate::form::destruction::DestructionModel;
use crate::form::emergency::EmergencyModel;
use crate::form::exhibits::{ExhibitModel, PictureFile, VolumeModel};
use crate::form::handing::{self, HandOverModel};
use crate::form::kit::KitModel;
use crate::form::log::LogModel;
use crate::form::record::RecordModel;
use crate::form::referral::ReferralModel;
use crate::form::statement::StatementModel;
use crate::form::summary::SummaryModel;
use crate::form::termly::TermlyModel;
use crate::form::{Drawn, Fonts, card, destruction, emergency, kit, log, statement, summary, termly};
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

pub(in crate::form) static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

pub(super) static RECORD: LazyLock<Drawn> = LazyLock::new(|| crate::form::record::lay_out(&record(), &FONTS).unwrap());
pub(super) static COPY: LazyLock<Drawn> =
    LazyLock::new(|| crate::form::record::lay_out_copy(&record(), &redacted_copy(), &FONTS).unwrap());
pub(super) static VOLUME: LazyLock<Drawn> =
    LazyLock::new(|| crate::form::exhibits::lay_out(&volume(), &FONTS).unwrap());
pub(super) static REFERRAL: LazyLock<Drawn> =
    LazyLock::new(|| crate::form::referral::lay_out(&referral(), &FONTS).unwrap());
pub(super) static KIT: LazyLock<Drawn> = LazyLock::new(|| kit::lay_out(&kit(), &FONTS).unwrap());
pub(super) static CARD: LazyLock<Drawn> = LazyLock::new(|| card::lay_out(&card(), &FONTS).unwrap());
pub(super) static EMERGENCY: LazyLock<Drawn> = LazyLock::new(|| emergency::lay_out(&emergency(), &FONTS).unwrap());
pub(super) static DESTRUCTION: LazyLock<Drawn> =
    LazyLock::new(|| destruction::lay_out(&destruction(), &FONTS).unwrap());
pub(super) static TERMLY: LazyLock<Drawn> = LazyLock::new(|| termly::lay_out(&termly(), &FONTS).unwrap());
pub(super) static INCIDENTS: LazyLock<Drawn> = LazyLock::new(|| log::lay_out(&incident_log(), &FONTS).unwrap());
pub(super) static REPORTING: LazyLock<Drawn> = LazyLock::new(|| log::lay_out(&reporting_log(), &FONTS).unwrap());
pub(super) static SUMMARY: LazyLock<Drawn> = LazyLock::new(|| summary::lay_out(&case_summary(), &FONTS).unwrap());
pub(super) static STATEMENT: LazyLock<Drawn> =
    LazyLock::new(|| statement::lay_out(&draft_statement(), &FONTS).unwrap());

pub(super) static COVER: LazyLock<Drawn> = LazyLock::new(|| handing::cover_sheet(&hand_over(), &FONTS).unwrap());
pub(super) static CHECK: LazyLock<Drawn> = LazyLock::new(|| handing::check_sheet(&hand_over(), &FONTS).unwrap());
pub(super) static RECEIPT: LazyLock<Drawn> =
    LazyLock::new(|| handing::receipt(&hand_over(), &[0xC4; 32], &FONTS).unwrap());

/// The worked documents that are in words only.
pub(super) fn in_words() -> [(&'static str, &'static Drawn); 15] {
    [
        ("record", &RECORD),
        ("copy", &COPY),
        ("referral", &REFERRAL),
        ("kit", &KIT),
        ("card", &CARD),
        ("emergency", &EMERGENCY),
        ("destruction", &DESTRUCTION),
        ("cover", &COVER),
        ("check", &CHECK),
        ("receipt", &RECEIPT),
        ("termly", &TERMLY),
        ("incident-log", &INCIDENTS),
        ("reporting-log", &REPORTING),
        ("summary", &SUMMARY),
        ("statement", &STATEMENT),
    ]
}

macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../../../../../../tests/golden/", $name))
    };
}

pub(in crate::form) fn record() -> RecordModel {
    serde_json::from_str(golden!("record.json")).unwrap()
}

fn redacted_copy() -> crate::form::record::RedactedCopy {
    crate::form::record::RedactedCopy {
        purpose: "For the Local Authority: words in which only the people you chose are named.".to_owned(),
        edition: 2,
        sha256: [0xD7; 32],
        replaced: 2,
    }
}

pub(super) fn referral() -> ReferralModel {
    serde_json::from_str(golden!("referral.json")).unwrap()
}

pub(super) fn kit() -> KitModel {
    serde_json::from_str(golden!("kit.json")).unwrap()
}

pub(super) fn card() -> CardModel {
    serde_json::from_str(golden!("card.json")).unwrap()
}

pub(super) fn emergency() -> EmergencyModel {
    serde_json::from_str(golden!("emergency.json")).unwrap()
}

pub(super) fn destruction() -> DestructionModel {
    serde_json::from_str(golden!("destruction.json")).unwrap()
}

pub(super) fn hand_over() -> HandOverModel {
    serde_json::from_str(golden!("hand-over.json")).unwrap()
}

pub(super) fn termly() -> TermlyModel {
    serde_json::from_str(golden!("termly.json")).unwrap()
}

pub(super) fn incident_log() -> LogModel {
    serde_json::from_str(golden!("incident-log.json")).unwrap()
}

pub(super) fn reporting_log() -> LogModel {
    serde_json::from_str(golden!("reporting-log.json")).unwrap()
}

pub(super) fn case_summary() -> SummaryModel {
    serde_json::from_str(golden!("summary.json")).unwrap()
}

pub(super) fn draft_statement() -> StatementModel {
    serde_json::from_str(golden!("statement.json")).unwrap()
}

/// The worked volume: two plain coloured views and what was made from them.
pub(super) fn volume() -> VolumeModel {
    let mut model: VolumeModel = serde_json::from_str(golden!("volume.json")).unwrap();
    let exhibit = &mut model.exhibits[0];
    exhibit.views[0].file = picture(1920, 1080, 1);
    exhibit.views[1].file = picture(1920, 1080, 2);
    exhibit.derived[0].file = picture(1920, 2140, 3);
    let hashes: Vec<[u8; 32]> = exhibit.views.iter().map(|view| view.file.sha256).collect();
    for (source, hash) in exhibit.derived[0].made_from.iter_mut().zip(hashes) {
        source.sha256 = hash;
    }
    model
}

pub(super) fn first_exhibit(model: &mut VolumeModel) -> &mut ExhibitModel {
    &mut model.exhibits[0]
}

/// Plain coloured fields, different for each seed.
pub(super) fn pixels(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            let field = (x / 160 + y / 90 * 3 + seed) % 7;
            let shade = (190 + field * 9) as u8;
            out.extend([shade, shade.wrapping_add((seed * 7) as u8), (200 + (y * 50 / height)) as u8]);
        }
    }
    out
}

pub(super) fn png(width: u32, height: u32, pixels: &[u8], color: png::ColorType, interlaced: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut info = png::Info::with_size(width, height);
    info.color_type = color;
    info.bit_depth = png::BitDepth::Eight;
    info.interlaced = interlaced;
    let encoder = png::Encoder::with_info(&mut out, info).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(pixels).unwrap();
    writer.finish().unwrap();
    out
}

pub(super) fn picture(width: u32, height: u32, seed: u32) -> PictureFile {
    let png = png(width, height, &pixels(width, height, seed), png::ColorType::Rgb, false);
    PictureFile { sha256: crate::sha256(&png), png }
}

/// A document as a file in a folder of its own, which goes with it.
pub(in crate::form) struct OnDisk {
    pub(super) folder: PathBuf,
    pub(super) file: PathBuf,
}

impl OnDisk {
    pub(in crate::form) fn new(name: &str, drawn: &Drawn) -> Self {
        let all = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../target/forms");
        let folder = all.join(format!("{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("document.pdf");
        std::fs::write(&file, drawn.bytes()).unwrap();
        if std::env::var_os("TRAIL_KEEP_FORMS").is_some() {
            std::fs::copy(&file, all.join(format!("{name}.pdf"))).unwrap();
        }
        Self { folder, file }
    }

    /// What a tool says of the file; the tool must be installed and must succeed.
    pub(in crate::form) fn ask(&self, tool: &str, before: &[&str], after: &[&str]) -> String {
        let out = Command::new(tool)
            .args(before)
            .arg(&self.file)
            .args(after)
            .output()
            .unwrap_or_else(|error| panic!("{tool} is needed by this test: {error}"));
        let said = String::from_utf8(out.stdout).unwrap();
        let complained = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success() && !complained.contains("Error"), "{tool}: {said}{complained}");
        said
    }

    pub(in crate::form) fn text(&self) -> String {
        self.ask("pdftotext", &["-layout"], &["-"])
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}
