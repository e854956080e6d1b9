//! What the server asked while it rendered travels in the page as JSON. It is read there the way answers of server
//! functions are read, so that a browser loads one reader of each type and not two.

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
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
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
