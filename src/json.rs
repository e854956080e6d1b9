//! What the server asked while it rendered travels in the page as JSON. It is read there the way answers of server
//! functions are read, so that a browser loads one reader of each type and not two.
//!
//! Leptos writes it into a script as a literal in double quotes, and JSON is full of these. So single and double quotes change
//! places on the way: nearly nothing is left to be escaped there, one sign at a time, and the page is a few kilobytes shorter.

use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
};
use serde::{Serialize, de::DeserializeOwned};

/// JSON, read from bytes.
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        let mut json = serde_json::to_vec(value)?;
        json.iter_mut().for_each(|byte| *byte = exchanged(*byte));
        Ok(String::from_utf8(json).expect("ASCII for ASCII"))
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(&text.bytes().map(exchanged).collect::<Vec<_>>())
    }
}

/// A single quote for a double one and a double quote for a single one.
const fn exchanged(byte: u8) -> u8 {
    match byte {
        b'"' => b'\'',
        b'\'' => b'"',
        other => other,
    }
}

/// What is asked for a page, once more whenever the source changes.
pub fn resource<S, T, Asking>(
    source: impl Fn() -> S + Send + Sync + 'static,
    ask: impl Fn(S) -> Asking + Send + Sync + 'static,
) -> Resource<T, Json>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Asking: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(source, ask, false)
}

/// What the server found, told to the browser with the page.
pub fn shared<T: Serialize + DeserializeOwned>(found: impl FnOnce() -> T) -> T {
    SharedValue::<T, Json>::new_with_encoding(found).into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_travels_in_a_page_comes_back_as_it_was_with_next_to_no_double_quotes() {
        for text in ["", "plain", "He said \"it's\" \\ 'so' \u{2028}</script>", "\"'\\\"'", "مرحبا 👋"] {
            let value = vec![("subject".to_owned(), text.to_owned())];
            let sent = Json::encode(&value).expect("text is JSON");
            assert_eq!(sent.matches('"').count(), text.matches('\'').count(), "{sent}");
            let back: Vec<(String, String)> = Json::decode(&sent).expect("it comes back");
            assert_eq!(back, value);
        }
    }
}
