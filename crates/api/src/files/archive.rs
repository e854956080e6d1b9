//! What a ZIP file holds, as far as its list of names tells: enough to know a Word, Excel or PowerPoint file from any
//! other archive. Nothing is unpacked.

use std::io::{self, Read, Seek, SeekFrom};

/// Size of the record at a ZIP's end, without its comment.
const END: usize = 22;
const COMMENT_MAX: usize = 65_535;
/// Longest list of names that is read: office files stay far below it.
const LIST_MAX: usize = 4_000_000;

const OFFICE: &str = "application/vnd.openxmlformats-officedocument.";

/// The media type of a ZIP file, or `None` when its list of names cannot be read.
///
/// # Errors
/// When the bytes cannot be read.
pub fn kind(file: &mut (impl Read + Seek)) -> io::Result<Option<&'static str>> {
    let Some(names) = names(file)? else { return Ok(None) };
    let has = |name: &str| names.iter().any(|n| n == name);
    let macros = names.iter().any(|n| n.ends_with("vbaProject.bin"));
    if !has("[Content_Types].xml") || macros {
        return Ok(Some("application/zip"));
    }
    let found = ["wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"]
        .into_iter()
        .zip(["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"])
        .find(|(_, part)| has(part));
    Ok(Some(found.map_or("application/zip", |(name, _)| office(name))))
}

/// Whether these bytes, which begin as something else, end as a ZIP file does.
///
/// # Errors
/// When the bytes cannot be read.
pub fn ends_as_zip(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    Ok(end_record(file)?.is_some())
}

fn office(name: &str) -> &'static str {
    contract::file::ACCEPTED
        .iter()
        .map(|(kind, _)| *kind)
        .find(|kind| kind.strip_prefix(OFFICE) == Some(name))
        .expect("the office kinds are accepted")
}

/// Where the list of names lies: its offset and length.
fn end_record(file: &mut (impl Read + Seek)) -> io::Result<Option<(u64, usize)>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_length = length.min((END + COMMENT_MAX) as u64);
    file.seek(SeekFrom::Start(length - tail_length))?;
    let mut tail = Vec::new();
    file.by_ref().take(tail_length).read_to_end(&mut tail)?;
    let Some(last) = tail.len().checked_sub(END) else { return Ok(None) };
    let found = (0..=last).rev().find(|at| {
        tail[*at..].starts_with(b"PK\x05\x06") && *at + END + usize::from(u16_at(&tail, at + 20)) == tail.len()
    });
    Ok(found.map(|at| (u64::from(u32_at(&tail, at + 16)), u32_at(&tail, at + 12) as usize)))
}

fn names(file: &mut (impl Read + Seek)) -> io::Result<Option<Vec<String>>> {
    let Some((offset, length)) = end_record(file)? else { return Ok(None) };
    if length > LIST_MAX {
        return Ok(None);
    }
    let mut list = Vec::new();
    file.seek(SeekFrom::Start(offset))?;
    file.by_ref().take(length as u64).read_to_end(&mut list)?;
    Ok((list.len() == length).then(|| read_names(&list)).flatten())
}

fn read_names(mut list: &[u8]) -> Option<Vec<String>> {
    let mut names = Vec::new();
    while !list.is_empty() {
        if list.len() < 46 || !list.starts_with(b"PK\x01\x02") {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(u16_at(list, at)));
        names.push(String::from_utf8_lossy(list.get(46..46 + name)?).into_owned());
        list = list.get(46 + name + extra + comment..)?;
    }
    Some(names)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// A ZIP file of empty entries with these names.
    fn zip(names: &[&str]) -> Vec<u8> {
        let (mut body, mut list) = (Vec::new(), Vec::new());
        for name in names {
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            let offset = u32::try_from(body.len()).unwrap().to_le_bytes();
            body.extend([b"PK\x03\x04".as_slice(), &[0; 22], &length, &[0; 2], name.as_bytes()].concat());
            list.extend([b"PK\x01\x02".as_slice(), &[0; 24], &length, &[0; 12], &offset, name.as_bytes()].concat());
        }
        let count = u16::try_from(names.len()).unwrap().to_le_bytes();
        let (size, offset) = (u32::try_from(list.len()).unwrap(), u32::try_from(body.len()).unwrap());
        let end =
            [b"PK\x05\x06".as_slice(), &[0; 4], &count, &count, &size.to_le_bytes(), &offset.to_le_bytes(), &[0; 2]];
        [body, list, end.concat()].concat()
    }

    #[test]
    fn office_files_are_told_from_other_archives() {
        let table = [
            (vec!["[Content_Types].xml", "word/document.xml"], "wordprocessingml.document"),
            (vec!["[Content_Types].xml", "xl/workbook.xml"], "spreadsheetml.sheet"),
            (vec!["[Content_Types].xml", "ppt/presentation.xml"], "presentationml.presentation"),
        ];
        for (names, expected) in table {
            let kind = kind(&mut Cursor::new(zip(&names))).unwrap().unwrap();
            assert_eq!(kind.strip_prefix(OFFICE), Some(expected));
        }
        for names in
            [vec![], vec!["photo.jpg"], vec!["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]]
        {
            assert_eq!(kind(&mut Cursor::new(zip(&names))).unwrap(), Some("application/zip"), "{names:?}");
        }
    }

    #[test]
    fn a_cut_or_invented_archive_is_not_one() {
        let whole = zip(&["photo.jpg"]);
        assert_eq!(kind(&mut Cursor::new(&whole[..whole.len() - 1])).unwrap(), None);
        let mut lies = whole.clone();
        let end = lies.len() - END;
        lies[end + 12..end + 16].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(kind(&mut Cursor::new(lies)).unwrap(), None);
    }
}
