//! Text that people type: normalised first, judged second, so that no check can be slipped past by an invisible
//! character. Line ends become `\n`, composed characters become one (Unicode NFC), and characters that only hide or
//! reorder others are dropped. Joiners (U+200C, U+200D) stay where something visible surrounds them: emoji and
//! Persian need them.

use crate::FieldError;
use unicode_normalization::UnicodeNormalization;

/// The longest subject, in characters.
pub const SUBJECT_MAX: usize = 200;
/// The longest body of a ticket, reply or note, in characters.
pub const BODY_MAX: usize = 50_000;
/// The longest reason, comment or other short remark, in characters.
pub const REMARK_MAX: usize = 2_000;
/// The longest title of canned replies, in characters.
pub const REPLY_TITLE_MAX: usize = 100;
/// The longest name of a view, in characters.
pub const VIEW_NAME_MAX: usize = 60;
/// The longest file name, in characters.
pub const FILE_NAME_MAX: usize = 150;
/// The longest payment id, in characters.
pub const PAYMENT_ID_MAX: usize = 100;

/// The longest words to look for, in characters.
pub const QUERY_MAX: usize = 200;

/// Words to look for: no longer than somebody types. What is asked of an index for each of them is not for thousands.
///
/// # Errors
/// When they are longer than [`QUERY_MAX`].
pub fn query(field: &str, words: &str) -> Result<(), FieldError> {
    let too_long = words.chars().nth(QUERY_MAX).is_some();
    if too_long { Err(FieldError::new(field, format!("Shorten this to {QUERY_MAX} characters."))) } else { Ok(()) }
}

/// One line of text: a subject, a name.
///
/// # Errors
/// When it is blank, longer than `max` characters, or holds a control character.
pub fn line(field: &str, raw: &str, max: usize) -> Result<String, FieldError> {
    let text = clean(raw);
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(FieldError::new(field, "Use one line of plain text, without control characters."));
    }
    judged(field, text, max)
}

/// Several lines of text: a body, a reason. Tabs and line ends are kept; other control characters are refused.
///
/// # Errors
/// When it is blank, longer than `max` characters, or holds a control character.
pub fn block(field: &str, raw: &str, max: usize) -> Result<String, FieldError> {
    let text = clean(raw);
    let text = text.trim_end().trim_start_matches('\n');
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(FieldError::new(field, "Remove the control characters from this text."));
    }
    judged(field, text, max)
}

/// The name under which a file is shown and saved: the last part of the path the sender gave, without anything that
/// could hide its ending, leave its folder or make it a dotfile. Never empty.
pub fn file_name(raw: &str) -> String {
    let cleaned = clean(raw);
    let last = cleaned.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String =
        last.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?')).collect();
    let name = visible.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if name.is_empty() || name.chars().all(is_joiner) {
        return "file".to_owned();
    }
    shortened(name)
}

/// Whether anything of `text` can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_joiner(c) || is_invisible(c))
}

fn judged(field: &str, text: &str, max: usize) -> Result<String, FieldError> {
    if is_blank(text) {
        return Err(FieldError::new(field, "Fill this in: it is empty."));
    }
    let length = text.chars().count();
    if length > max {
        return Err(FieldError::new(field, format!("Shorten this to {max} characters: it has {length}.")));
    }
    Ok(text.to_owned())
}

fn clean(raw: &str) -> String {
    raw.replace("\r\n", "\n").replace('\r', "\n").nfc().filter(|c| !is_invisible(*c)).collect()
}

/// Characters that show nothing and hide or reorder their neighbours: zero-width spaces, direction overrides, tags.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Marks that show nothing by themselves and that some scripts and emoji need.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}'..='\u{200F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{2800}' | '\u{FE0F}')
}

/// Shortened from the middle, so that the ending survives.
fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= FILE_NAME_MAX {
        return name.to_owned();
    }
    let ending: String =
        name.rsplit_once('.').map(|(_, e)| format!(".{e}")).filter(|e| e.chars().count() <= 12).unwrap_or_default();
    let keep = FILE_NAME_MAX - ending.chars().count();
    name.chars().take(keep).collect::<String>() + &ending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_look_for_are_as_long_as_somebody_types() {
        assert!(query("q", &"界".repeat(QUERY_MAX)).is_ok());
        let refused = query("q", &"界".repeat(QUERY_MAX + 1)).unwrap_err();
        assert_eq!((refused.field.as_str(), refused.message.as_str()), ("q", "Shorten this to 200 characters."));
    }

    #[test]
    fn a_subject_is_normalised_before_it_is_judged() {
        let table: [(&str, Result<&str, ()>); 11] = [
            ("  Charged twice  ", Ok("Charged twice")),
            ("Cafe\u{301}", Ok("Café")),
            ("pay\u{200B}ment", Ok("payment")),
            ("\u{202E}gpj.exe", Ok("gpj.exe")),
            ("👩\u{200D}💻 locked out", Ok("👩\u{200D}💻 locked out")),
            ("دفعة مكررة", Ok("دفعة مكررة")),
            ("", Err(())),
            (" \t ", Err(())),
            ("\u{200B}\u{200D}\u{FEFF}", Err(())),
            ("two\nlines", Err(())),
            ("bell\u{7}", Err(())),
        ];
        for (raw, expected) in table {
            assert_eq!(line("subject", raw, SUBJECT_MAX).map_err(|_| ()), expected.map(str::to_owned), "{raw:?}");
        }
    }

    #[test]
    fn lengths_are_counted_in_characters_and_the_limit_itself_is_allowed() {
        assert!(line("subject", &"界".repeat(SUBJECT_MAX), SUBJECT_MAX).is_ok());
        let refused = line("subject", &"界".repeat(SUBJECT_MAX + 1), SUBJECT_MAX).unwrap_err();
        assert_eq!(
            (refused.field.as_str(), refused.message.as_str()),
            ("subject", "Shorten this to 200 characters: it has 201.")
        );
    }

    #[test]
    fn a_body_keeps_its_lines_and_its_indentation() {
        assert_eq!(block("body", "\n\n    code\r\n\tmore\n\n", BODY_MAX).unwrap(), "    code\n\tmore");
        assert!(block("body", "null\u{0}byte", BODY_MAX).is_err());
    }

    #[test]
    fn a_file_name_cannot_leave_its_folder_or_hide_its_ending() {
        let table = [
            ("photo.jpg", "photo.jpg"),
            ("C:\\Users\\me\\scan.pdf", "scan.pdf"),
            ("../../etc/passwd", "passwd"),
            (".htaccess", "htaccess"),
            (".ht\u{200B}access", "htaccess"),
            ("\u{200B}.htaccess", "htaccess"),
            ("invoice\u{202E}gpj.exe", "invoicegpj.exe"),
            ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
            ("فاتورة 🧾.pdf", "فاتورة 🧾.pdf"),
            ("...", "file"),
            ("", "file"),
        ];
        for (raw, expected) in table {
            assert_eq!(file_name(raw), expected, "{raw:?}");
        }
        let long = file_name(&format!("{}.pdf", "x".repeat(400)));
        assert!(long.ends_with(".pdf") && long.chars().count() == FILE_NAME_MAX);
    }
}
