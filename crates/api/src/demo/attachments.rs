//! Files that demo customers send: drawn and written here, small, of the kinds that real tickets carry.

use super::story::{Attachment, Language};
use crate::{dice::Dice, error::Error};
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};
use std::fmt::Write;

/// A name and bytes for this kind of file.
///
/// # Errors
/// When a picture cannot be encoded.
pub fn make(kind: Attachment, language: Language, day: &str, dice: &mut Dice) -> Result<(String, Vec<u8>), Error> {
    let number = dice.between(1000, 9999);
    Ok(match kind {
        Attachment::Screenshot => (screenshot_name(language, day), png(&statement_page(dice))?),
        Attachment::Photo => (format!("IMG_{number}.jpg"), jpeg(&landscape(dice))?),
        Attachment::Invoice => (format!("invoice-{number}.pdf"), pdf(&invoice(number, day, dice))),
        Attachment::Statement => (format!("statement {day}.pdf"), pdf(&statement(day, dice))),
        Attachment::Log => (format!("checkout-{day}.log"), log(day, dice).into_bytes()),
    })
}

fn screenshot_name(language: Language, day: &str) -> String {
    match language {
        Language::Ar => format!("لقطة الشاشة 🧾 {day}.png"),
        Language::Zh => format!("截图 {day}.png"),
        Language::Tr => format!("Ekran görüntüsü {day}.png"),
        Language::De => format!("Bildschirmfoto {day}.png"),
        _ => format!("Screenshot {day}.png"),
    }
}

/// Rows of bars, as a banking page looks from afar.
fn statement_page(dice: &mut Dice) -> RgbImage {
    let mut page = RgbImage::from_pixel(480, 320, Rgb([248, 249, 251]));
    bar(&mut page, [0, 0, 480, 36], Rgb([33, 56, 94]));
    bar(&mut page, [16, 12, 90, 12], Rgb([220, 228, 240]));
    for row in 0..8 {
        let top = 56 + row * 32;
        let width = u32::try_from(dice.between(80, 220)).unwrap_or(80);
        let colour = if row == 2 || row == 3 { Rgb([205, 66, 70]) } else { Rgb([70, 84, 104]) };
        bar(&mut page, [16, top + 22, 448, 1], Rgb([222, 226, 232]));
        bar(&mut page, [16, top, width, 10], Rgb([150, 160, 176]));
        bar(&mut page, [400, top, 64, 10], colour);
    }
    page
}

/// A sky and hills in two colours.
fn landscape(dice: &mut Dice) -> RgbImage {
    let phase = u32::try_from(dice.between(0, 120)).unwrap_or_default();
    RgbImage::from_fn(400, 300, |x, y| {
        let hill = 160 + (x + phase) % 160 / 4 + (x / 3 + phase) % 90 / 2;
        let light = u8::try_from(y / 4).unwrap_or(u8::MAX);
        if y < hill { Rgb([120 + light, 170 + light / 2, 225]) } else { Rgb([70, 120 - light / 3, 80]) }
    })
}

fn bar(page: &mut RgbImage, [left, top, width, height]: [u32; 4], colour: Rgb<u8>) {
    for y in top..(top + height).min(page.height()) {
        for x in left..(left + width).min(page.width()) {
            page.put_pixel(x, y, colour);
        }
    }
}

fn png(picture: &RgbImage) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(Error::internal)?;
    Ok(bytes)
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 85)
        .write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(Error::internal)?;
    Ok(bytes)
}

fn invoice(number: i64, day: &str, dice: &mut Dice) -> Vec<String> {
    let mut lines = vec![format!("Invoice {number}"), format!("Date: {day}"), String::new()];
    let mut total = 0;
    for item in ["Machine parts", "Packing", "Freight", "Insurance"] {
        let price = dice.between(2_000, 60_000);
        total += price;
        lines.push(format!("{item:<30} {:>8}.{:02} EUR", price / 100, price % 100));
    }
    lines.push(format!("{:<30} {:>8}.{:02} EUR", "Total", total / 100, total % 100));
    lines
}

fn statement(day: &str, dice: &mut Dice) -> Vec<String> {
    let mut lines = vec!["Statement of account".to_owned(), format!("Printed on {day}"), String::new()];
    lines.extend((0..12).map(|_| {
        let amount = dice.between(500, 90_000);
        format!("{:<30} {:>8}.{:02} EUR", "Card payment", amount / 100, amount % 100)
    }));
    lines
}

/// One page of fixed-width text, as PDF 1.4 with a right table of offsets.
fn pdf(lines: &[String]) -> Vec<u8> {
    let mut text = String::from("BT /F1 11 Tf 14 TL 56 780 Td\n");
    for line in lines {
        let line = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(text, "({line}) Tj T*");
    }
    text.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        let _ = writeln!(file, "{offset:010} 00000 n ");
    }
    let _ = write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

fn log(day: &str, dice: &mut Dice) -> String {
    let mut text = String::new();
    for line in 0..240 {
        let (minute, second) = (line / 8, dice.between(0, 60));
        let status = if dice.falls(4) { 502 } else { 201 };
        let millis = dice.between(80, 900);
        let _ = writeln!(
            text,
            "{day}T18:{minute:02}:{second:02}Z POST /v1/payments {status} {millis} ms x-request-id={:016x}",
            dice.roll()
        );
    }
    text
}
