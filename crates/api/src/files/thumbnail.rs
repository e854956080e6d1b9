//! Thumbnails: small pictures made here, so that a page of files neither loads nor trusts the originals.
//!
//! The picture is decoded within bounds and encoded anew: nothing of the original bytes, its metadata or its place
//! on the map survives. A picture that cannot be decoded within them simply has no thumbnail.

use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    metadata::Orientation,
};
use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};
use tokio::sync::Semaphore;

/// The longer side of a thumbnail, in pixels.
pub const SIDE_MAX: u32 = 320;
/// Pictures with more pixels than this are not decoded: a few kilobytes can unpack to gigabytes.
const PIXELS_MAX: u64 = 50_000_000;
/// Most memory that decoding one picture may take, in bytes.
const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// Pictures decoded at the same time.
static PERMITS: Semaphore = Semaphore::const_new(2);

/// A thumbnail of the picture in this file, or `None` when it is none, is damaged or too large.
pub async fn make(path: &Path, media_type: &str) -> Option<Vec<u8>> {
    let format = match media_type {
        "image/jpeg" => ImageFormat::Jpeg,
        "image/png" => ImageFormat::Png,
        "image/gif" => ImageFormat::Gif,
        "image/webp" => ImageFormat::WebP,
        _ => return None,
    };
    let path = PathBuf::from(path);
    let _permit = PERMITS.acquire().await.ok()?;
    // A decoder that panics is a picture without a thumbnail, too.
    tokio::task::spawn_blocking(move || shrink(&path, format)).await.ok()?
}

/// The media type of thumbnail bytes that were made here.
pub fn media_type(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" }
}

fn shrink(path: &Path, format: ImageFormat) -> Option<Vec<u8>> {
    let mut reader = ImageReader::with_format(BufReader::new(File::open(path).ok()?), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > MEMORY_MAX {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    let side = SIDE_MAX.min(width.max(height));
    let mut small = picture.thumbnail(side, side);
    drop(picture);
    small.apply_orientation(orientation);
    encode(&small)
}

/// JPEG, or PNG where something is see-through.
fn encode(small: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (width, height) = (small.width(), small.height());
    if small.color().has_alpha() {
        let pixels = small.to_rgba8();
        PngEncoder::new(&mut bytes).write_image(&pixels, width, height, ExtendedColorType::Rgba8).ok()?;
    } else {
        let pixels = small.to_rgb8();
        JpegEncoder::new_with_quality(&mut bytes, 80)
            .write_image(&pixels, width, height, ExtendedColorType::Rgb8)
            .ok()?;
    }
    Some(bytes)
}
