//! Pictures: pixel for pixel where they belong, and nowhere else.

use super::made::{self, FONTS, OnDisk, VOLUME, png};
use crate::form::exhibits::{self, PictureFile};
use crate::form::{FormError, PictureError};
use crate::sha256;

#[test]
fn pictures_come_out_pixel_for_pixel() {
    let disk = OnDisk::new("pictures", &VOLUME);
    let prefix = disk.folder.join("out");
    disk.ask("pdfimages", &["-png"], &[prefix.to_str().unwrap()]);
    let sizes = [(1920, 1080, 1), (1920, 1080, 2), (1920, 2140, 3)];
    for (number, (width, height, seed)) in sizes.into_iter().enumerate() {
        let file = std::fs::File::open(disk.folder.join(format!("out-{number:03}.png"))).unwrap();
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
        let mut found = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut found).unwrap();
        assert_eq!((info.width, info.height), (width, height));
        assert!(found[..info.buffer_size()] == made::pixels(width, height, seed)[..], "picture {number}");
    }
}

#[test]
fn the_compressed_data_is_copied_as_it_is() {
    let model = made::volume();
    let file = &model.exhibits[0].views[0].file.png;
    let start = file.windows(4).position(|bytes| bytes == b"IDAT").unwrap() + 4;
    let beginning = &file[start..start + 2_000];
    assert!(VOLUME.bytes().windows(beginning.len()).any(|bytes| bytes == beginning));
}

#[test]
fn documents_in_words_have_no_picture() {
    for (name, drawn) in made::in_words() {
        let disk = OnDisk::new(&format!("words-{name}"), drawn);
        let list = disk.ask("pdfimages", &["-list"], &[]);
        assert_eq!(list.lines().count(), 2, "{name}: {list}");
        let document = lopdf::Document::load_mem(drawn.bytes()).unwrap();
        for object in document.objects.values() {
            if let lopdf::Object::Stream(stream) = object {
                let subtype = stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).unwrap_or_default();
                assert_ne!(subtype, b"Image", "{name}");
            }
        }
        for page in document.get_pages().into_values() {
            let content = String::from_utf8_lossy(&document.get_page_content(page)).into_owned();
            for operator in [" Do", "\nBI", " BI "] {
                assert!(!content.contains(operator), "{name}: {operator}");
            }
        }
    }
}

/// The kind of picture of a words-only document has no value: this compiles only while that holds.
#[test]
fn paper_for_words_only_has_no_picture_to_place() {
    fn none(picture: crate::form::paper::WordsOnly) -> u8 {
        match picture {}
    }
    let takes: fn(crate::form::paper::WordsOnly) -> u8 = none;
    assert_eq!(size_of::<crate::form::paper::WordsOnly>(), 0);
    assert_ne!(takes as usize, 0);
}

#[test]
fn another_kind_of_picture_is_refused() {
    let pixel = [10, 20, 30, 40];
    let cases = [
        (png(1, 1, &pixel, png::ColorType::Rgba, false), PictureError::OtherKind),
        (png(1, 1, &pixel[..1], png::ColorType::Grayscale, false), PictureError::OtherKind),
        (b"GIF89a".to_vec(), PictureError::NotPng),
        (png(1, 1, &pixel[..3], png::ColorType::Rgb, false)[..40].to_vec(), PictureError::Damaged),
    ];
    for (file, expected) in cases {
        let mut model = made::volume();
        made::first_exhibit(&mut model).views[0].file = PictureFile { sha256: sha256(&file), png: file };
        match exhibits::lay_out(&model, &FONTS) {
            Err(FormError::Picture { mark, number, reason }) => {
                assert_eq!((mark.as_str(), number, reason), ("JS/1", 1, expected));
            }
            other => panic!("{expected:?}: {other:?}"),
        }
    }
}

#[test]
fn an_interlaced_picture_is_refused() {
    let mut file = png(1, 1, &[1, 2, 3], png::ColorType::Rgb, false);
    // The last byte of the header says whether the picture is interlaced.
    file[28] = 1;
    assert_eq!(crate::form::picture::Picture::read(&file).err(), Some(PictureError::OtherKind));
}

#[test]
fn a_picture_that_is_not_the_one_on_record_is_refused() {
    let mut model = made::volume();
    made::first_exhibit(&mut model).views[0].file.sha256[0] ^= 1;
    assert!(matches!(
        exhibits::lay_out(&model, &FONTS),
        Err(FormError::Picture { reason: PictureError::OtherFile, .. })
    ));
}

#[test]
fn a_volume_is_never_larger_than_a_volume_may_be() {
    let mut model = made::volume();
    let png = vec![0; exhibits::MOST_BYTES as usize + 1];
    made::first_exhibit(&mut model).views[0].file = PictureFile { sha256: sha256(&png), png };
    assert!(matches!(exhibits::lay_out(&model, &FONTS), Err(FormError::VolumeTooLarge { .. })));
}

#[test]
fn exhibits_are_divided_over_volumes_in_their_order() {
    let half = exhibits::MOST_BYTES / 2;
    assert_eq!(exhibits::divided(&[]), []);
    assert_eq!(exhibits::divided(&[half, half, 1]), [0..2, 2..3]);
    assert_eq!(exhibits::divided(&[0, 3 * half, 1, half]), [0..1, 1..2, 2..4]);
}
