//! What a file is, told by its content and never by the sender's word.
//!
//! Only what stands in [`ACCEPTED`] is taken. Whatever a browser might run or render as a page is refused: HTML, SVG,
//! XML, scripts and programs, also under a harmless name, also hidden in the head of a picture.

use super::archive;
use contract::file::ACCEPTED;
use std::io::{self, Read, Seek, SeekFrom};

const HEAD: usize = 8 * 1024;
/// How far into a picture or PDF an old browser would look for a page.
const SNIFFED: usize = 1024;
const PAGE_TAGS: [&str; 6] = ["<script", "<html", "<svg", "<body", "<iframe", "<!doctype"];

/// Why a file is not taken.
#[derive(Debug)]
pub enum Unfit {
    /// What to tell the person, at the field.
    Refused(String),
    /// Our disk did not give the bytes back.
    Unreadable(io::Error),
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// The media type of this content, if it is one that is accepted and `name` does not claim another.
///
/// # Errors
/// When it is not accepted, contradicts its name, or cannot be read.
pub fn judge(file: &mut (impl Read + Seek), name: &str) -> Result<&'static str, Unfit> {
    let head = head_of(file)?;
    let kind = match by_signature(&head) {
        Some("application/zip") => archive::kind(file)?.ok_or_else(|| refused("This ZIP file is damaged."))?,
        Some(kind) if hides_a_page(&head) || archive::ends_as_zip(file)? => {
            return Err(refused(&format!("This {} carries something else inside.", label(kind))));
        }
        Some(kind) => kind,
        None => text(file, &head)?,
    };
    agrees(kind, name)?;
    Ok(kind)
}

/// What is accepted, in a sentence for people.
pub const ACCEPTED_WORDS: &str =
    "Send a JPEG, PNG, GIF, WebP or HEIC picture, a PDF, plain text, a ZIP, or a Word, Excel or PowerPoint file.";

fn refused(why: &str) -> Unfit {
    Unfit::Refused(format!("{why} {ACCEPTED_WORDS}"))
}

fn head_of(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The accepted kinds that announce themselves in their first bytes.
fn by_signature(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some("application/zip"),
        _ if infer::image::is_heif(head) => Some("image/heif"),
        _ => None,
    }
}

fn hides_a_page(head: &[u8]) -> bool {
    let sniffed = head[..head.len().min(SNIFFED)].to_ascii_lowercase();
    PAGE_TAGS.iter().any(|tag| sniffed.windows(tag.len()).any(|part| part == tag.as_bytes()))
}

/// Plain text, whole: valid UTF-8, or UTF-16 that says so, without NUL, and not a page or script in disguise.
fn text(file: &mut (impl Read + Seek), head: &[u8]) -> Result<&'static str, Unfit> {
    file.seek(SeekFrom::Start(0))?;
    let opening = match head {
        [0xFF, 0xFE, ..] => opening_of_utf16(file, u16::from_le_bytes)?,
        [0xFE, 0xFF, ..] => opening_of_utf16(file, u16::from_be_bytes)?,
        _ => opening_of_utf8(file)?,
    };
    let Some(opening) = opening else { return Err(refused(&not_text(head))) };
    if looks_like_markup(&opening.0) {
        return Err(refused("This is a web page, drawing or other markup, which could run in a browser."));
    }
    if ["#!", "%!PS", "{\\rtf"].iter().any(|start| opening.0.starts_with(start)) {
        return Err(refused("This is a script or a document that can carry one."));
    }
    Ok("text/plain")
}

/// What to call something that is neither of an accepted kind nor text.
fn not_text(head: &[u8]) -> String {
    match infer::get(head) {
        Some(found) => format!("This is a .{} file.", found.extension()),
        None if head.contains(&0) => "It is not clear what this file is.".to_owned(),
        None => "If this is text, save it as UTF-8 and send it again.".to_owned(),
    }
}

/// As a browser sniffs it: a tag, comment, declaration or instruction comes first. Log lines like `<13>Nov 22` do not.
fn looks_like_markup(opening: &str) -> bool {
    opening
        .strip_prefix('<')
        .and_then(|rest| rest.chars().next())
        .is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '!' | '?' | '/' | '%'))
}

/// The first visible characters of a text, however much blank there is before them.
#[derive(Default)]
struct Opening(String);

impl Opening {
    fn see(&mut self, c: char) {
        let blank = c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}');
        if self.0.len() < 16 && !(self.0.is_empty() && blank) {
            self.0.push(c);
        }
    }
}

/// `None` when it is not UTF-8 or has a NUL.
fn opening_of_utf8(file: &mut impl Read) -> io::Result<Option<Opening>> {
    let mut opening = Opening::default();
    let mut buffer = vec![0; 64 * 1024];
    let mut kept = 0;
    loop {
        let read = file.read(&mut buffer[kept..])?;
        let filled = kept + read;
        let valid = match std::str::from_utf8(&buffer[..filled]) {
            Ok(part) => part.len(),
            Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
            Err(_) => return Ok(None),
        };
        let part = std::str::from_utf8(&buffer[..valid]).expect("just found valid");
        if part.contains('\0') {
            return Ok(None);
        }
        part.chars().take(if opening.0.len() < 16 { usize::MAX } else { 0 }).for_each(|c| opening.see(c));
        if read == 0 {
            return Ok(Some(opening));
        }
        buffer.copy_within(valid..filled, 0);
        kept = filled - valid;
    }
}

/// `None` when it is not UTF-16 or has a NUL.
fn opening_of_utf16(file: &mut impl Read, unit: fn([u8; 2]) -> u16) -> io::Result<Option<Opening>> {
    let mut opening = Opening::default();
    let mut odd = false;
    let mut bytes = io::BufReader::with_capacity(64 * 1024, file).bytes();
    let units = std::iter::from_fn(|| {
        let first = bytes.next()?;
        let Some(second) = bytes.next() else {
            odd = true;
            return None;
        };
        Some(first.and_then(|first| second.map(|second| unit([first, second]))))
    });
    // A read error ends the text as NUL does: it cannot be judged.
    for c in char::decode_utf16(units.map(|unit| unit.unwrap_or(0))) {
        match c {
            Ok('\0') | Err(_) => return Ok(None),
            Ok(c) => opening.see(c),
        }
    }
    Ok((!odd).then_some(opening))
}

/// The name may have no ending; one that it has must be one of the kind's.
fn agrees(kind: &'static str, name: &str) -> Result<(), Unfit> {
    let Some(ending) = ending(name) else { return Ok(()) };
    let own = ACCEPTED.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, endings)| endings);
    if own.contains(&ending.as_str()) {
        return Ok(());
    }
    Err(refused(&format!("The name ends in .{ending}, but this is a {}.", label(kind))))
}

/// `pdf` of `Invoice 7.PDF`. Numbers are no ending (`server.log.1` aside, `version 1.2`), nor is the rest of a sentence.
fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    let counts =
        !ending.is_empty() && !ending.chars().any(char::is_whitespace) && !ending.chars().all(|c| c.is_ascii_digit());
    counts.then(|| ending.to_lowercase())
}

fn label(kind: &str) -> &'static str {
    match kind {
        "image/jpeg" => "JPEG picture",
        "image/png" => "PNG picture",
        "image/gif" => "GIF picture",
        "image/webp" => "WebP picture",
        "image/heif" => "HEIC picture",
        "application/pdf" => "PDF",
        "text/plain" => "plain text",
        "application/zip" => "ZIP file",
        _ => "document of an office program",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const PDF: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

    fn told(content: &[u8], name: &str) -> Result<&'static str, String> {
        judge(&mut Cursor::new(content), name).map_err(|unfit| match unfit {
            Unfit::Refused(why) => why,
            Unfit::Unreadable(error) => panic!("{error}"),
        })
    }

    #[test]
    fn accepted_kinds_are_told_by_their_content() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("günlük".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let table: [(&[u8], &str, &str); 12] = [
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "photo.JPG", "image/jpeg"),
            (PNG, "shot.png", "image/png"),
            (PNG, "a name without an ending", "image/png"),
            (PNG, "version 1.2", "image/png"),
            (b"GIF89a\x01\0\x01\0", "wait.gif", "image/gif"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "a.webp", "image/webp"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_0001.HEIC", "image/heif"),
            (PDF, "invoice.pdf", "application/pdf"),
            (b"12:00 paid\n\x1b[31mred\x1b[0m\n", "server.log", "text/plain"),
            (b"<13>Nov 22 08:00:00 host pay: ok", "syslog.txt", "text/plain"),
            (b"GIFT vouchers, BMW, MZ: all words", "words.txt", "text/plain"),
            (&utf16, "notes.txt", "text/plain"),
        ];
        for (content, name, kind) in table {
            assert_eq!(told(content, name), Ok(kind), "{name}");
        }
    }

    #[test]
    fn what_a_browser_could_run_is_refused_under_any_name() {
        let blank_first = format!("\u{FEFF}{} <SCRIPT>alert(1)</SCRIPT>", " \n".repeat(50_000));
        let utf16: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain(" <svg/>".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let table: [&[u8]; 12] = [
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"\n\n<html>",
            b"<!-- harmless --><svg onload=alert(1)>",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<?xml version='1.0'?><svg/>",
            b"<?php system($_GET['c']);",
            b"</p><img src=x onerror=alert(1)>",
            "\u{200B}<a href=javascript:alert(1)>".as_bytes(),
            blank_first.as_bytes(),
            &utf16,
            b"#!/bin/sh\nrm -rf /\n",
            b"%!PS-Adobe-3.0",
        ];
        for content in table {
            for name in ["page.txt", "page", "page.html", "page.svg", "page.png"] {
                assert!(
                    told(content, name).is_err(),
                    "{name}: {}",
                    String::from_utf8_lossy(&content[..16.min(content.len())])
                );
            }
        }
    }

    #[test]
    fn programs_and_unknown_kinds_are_refused() {
        for content in [
            b"MZ\x90\0\x03\0\0\0".as_slice(),
            b"\x7FELF\x02\x01\x01\0",
            b"\xCA\xFE\xBA\xBE\0\0\0\x34",
            b"text with a \0 in it",
            b"latin-1 caf\xE9",
            b"\xFF\xFEodd",
        ] {
            assert!(told(content, "harmless.txt").is_err(), "{content:?}");
        }
    }

    #[test]
    fn a_name_that_claims_another_kind_is_refused_with_the_reason() {
        let why = told(PNG, "invoice.pdf").unwrap_err();
        assert!(why.starts_with("The name ends in .pdf, but this is a PNG picture."), "{why}");
        for (content, name) in
            [(PDF, "photo.png"), (PNG, "run.exe"), (b"hello", "run.js"), (b"hello", "a.svg"), (b"a", "a.html")]
        {
            assert!(told(content, name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_picture_with_a_page_or_an_archive_inside_is_refused() {
        assert!(told(b"GIF89a/*<script>alert(1)</script>*/", "a.gif").is_err());
        let with_archive = [PNG, b"PK\x05\x06", &[0; 18]].concat();
        assert!(told(&with_archive, "a.png").is_err());
    }

    #[test]
    fn a_character_split_between_two_reads_is_still_one_character() {
        let text = "x".repeat(64 * 1024 - 1) + "界" + &"y".repeat(100_000);
        assert_eq!(told(text.as_bytes(), "long.txt"), Ok("text/plain"));
        assert!(told(&text.as_bytes()[..64 * 1024 + 1], "cut.txt").is_err());
    }

    #[test]
    fn a_beginning_of_anything_is_judged_without_a_panic() {
        let starts: [&[u8]; 8] = [
            b"\xFF\xD8\xFF\xE1\xFF\xFFExif\0\0MM\0*",
            b"RIFF\xFF\xFF\xFF\xFFWEBPVP8X",
            b"\xFF\xFF\xFF\xFFftypmif1\0\0\0\0heic",
            b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml",
            b"PK\x05\x06\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\xFF\xFF\xFF\xFF",
            b"\x7FELF\x02\x01\x01\0\0\0\0\0",
            b"\xFE\xFF\xD8\x00\xD8\x00",
        ];
        for start in starts {
            for length in 0..=start.len() {
                for padding in [0, 1, 600] {
                    let content = [&start[..length], &vec![0xFF; padding]].concat();
                    let _ = told(&content, "a");
                }
            }
        }
    }
}
