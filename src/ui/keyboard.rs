//! What the browser says of a key.

use leptos::ev::KeyboardEvent;

/// Whether the key belongs to an input method that composes a character, and is no command. 229 is the code that a browser
/// gives to such keys; one of them says nothing else of the Enter that ends a composition.
pub fn is_composing(pressed: &KeyboardEvent) -> bool {
    pressed.is_composing() || pressed.key_code() == 229
}
