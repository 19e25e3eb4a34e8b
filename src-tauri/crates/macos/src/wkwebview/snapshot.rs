//! What a view shows, as pixels.

use std::cell::Cell;

use block2::RcBlock;
use objc2::MainThreadMarker;
use objc2_app_kit::NSImage;
use objc2_core_foundation::{CGPoint, CGRect, CGSize};
use objc2_core_graphics::{
    CGBitmapContextCreate, CGColorSpace, CGContext, CGImage, CGImageAlphaInfo, kCGColorSpaceSRGB,
};
use objc2_foundation::NSError;
use objc2_web_kit::WKSnapshotConfiguration;

use super::read::words;
use super::view::View;

/// Bytes of one pixel: red, green, blue, and one that says nothing.
const EACH: usize = 4;

/// Pixels in sRGB on white, row after row from the top. Each has four bytes: red, green, blue, and one that says
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Painted {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl View {
    /// Paints what the view shows. `settled` waits until what the page changed last is on the screen.
    pub fn paint(&self, settled: bool, then: impl FnOnce(Result<Painted, String>) + 'static) {
        let Some(main) = MainThreadMarker::new() else {
            return then(Err("a picture can be made on the main thread only".to_owned()));
        };
        let then = Cell::new(Some(then));
        let done = RcBlock::new(move |image: *mut NSImage, error: *mut NSError| {
            if let Some(then) = then.take() {
                // SAFETY: the engine hands over a picture that lives until the block returns, or none.
                let painted = unsafe { image.as_ref() }.map(pixels);
                let fault = || words(error).unwrap_or_else(|| "the web engine made no picture".to_owned());
                then(painted.unwrap_or_else(|| Err(fault())));
            }
        });
        // SAFETY: the block takes what the engine hands over.
        unsafe {
            let how = WKSnapshotConfiguration::new(main);
            how.setAfterScreenUpdates(settled);
            self.web().takeSnapshotWithConfiguration_completionHandler(Some(&how), &done);
        }
    }
}

/// Draws the picture at its own size in pixels.
fn pixels(image: &NSImage) -> Result<Painted, String> {
    let fault = |what: &str| format!("the web engine's picture could not be read ({what})");
    // SAFETY: without a place, a context and hints there is nothing to point to.
    let picture = unsafe { image.CGImageForProposedRect_context_hints(std::ptr::null_mut(), None, None) }
        .ok_or_else(|| fault("it has no pixels"))?;
    let (width, height) = (CGImage::width(Some(&picture)), CGImage::height(Some(&picture)));
    let length = width.checked_mul(height).and_then(|pixels| pixels.checked_mul(EACH));
    let length = length.filter(|length| *length > 0).ok_or_else(|| fault("its size"))?;
    let mut bytes = vec![u8::MAX; length];
    // SAFETY: a constant of the system.
    let space = CGColorSpace::with_name(Some(unsafe { kCGColorSpaceSRGB })).ok_or_else(|| fault("its colours"))?;
    // SAFETY: there are as many bytes as is said, and they live longer than the context.
    let context = unsafe {
        CGBitmapContextCreate(
            bytes.as_mut_ptr().cast(),
            width,
            height,
            8,
            width * EACH,
            Some(&space),
            CGImageAlphaInfo::NoneSkipLast.0,
        )
    };
    let context = context.ok_or_else(|| fault("no room to draw it in"))?;
    let all = CGRect::new(CGPoint::new(0.0, 0.0), CGSize::new(width as f64, height as f64));
    CGContext::set_rgb_fill_color(Some(&context), 1.0, 1.0, 1.0, 1.0);
    CGContext::fill_rect(Some(&context), all);
    CGContext::draw_image(Some(&context), all, Some(&picture));
    drop(context);
    let side = |length: usize| u32::try_from(length).map_err(|_| fault("its size"));
    Ok(Painted { width: side(width)?, height: side(height)?, bytes })
}
