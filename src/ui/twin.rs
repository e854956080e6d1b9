//! Views that the server writes as text and the browser keeps alive: for what stands on a page so often that building it,
//! only to turn it into text, shows. The two say the same; builds with debug assertions hold one against the other wherever
//! the server writes, and so does every test of a page. `docs/decisions/0019-written-views.md`.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        view::{Position, PositionState},
    },
};
use maud::{Markup, PreEscaped};

/// What Leptos puts behind the children of an element, and looks for when the page comes to life.
pub const END: PreEscaped<&str> = PreEscaped("<!>");

/// `Twin::new(move || html! { li { (name) } }, move || view! { <li>{name}</li> })`: one element. It takes no attributes from
/// outside.
pub struct Twin<W, B> {
    owner: Owner,
    write: W,
    build: B,
}

impl<W, B> Twin<W, B> {
    /// What `write` writes on the server, and `build` builds in the browser, in the name of whoever asks now.
    pub fn new(write: W, build: B) -> Self {
        Self { owner: Owner::current().unwrap_or_default(), write, build }
    }
}

impl<W, B, V> Render for Twin<W, B>
where
    B: FnOnce() -> V,
    V: Render,
{
    type State = V::State;

    fn build(self) -> Self::State {
        self.owner.with(|| (self.build)().build())
    }

    fn rebuild(self, state: &mut Self::State) {
        self.owner.with(|| (self.build)().rebuild(state));
    }
}

impl<W, B, V> AddAnyAttr for Twin<W, B>
where
    W: FnOnce() -> Markup + Send + 'static,
    B: FnOnce() -> V + Send + 'static,
    V: RenderHtml + 'static,
{
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr> {
        self
    }
}

impl<W, B, V> RenderHtml for Twin<W, B>
where
    W: FnOnce() -> Markup + Send + 'static,
    B: FnOnce() -> V + Send + 'static,
    V: RenderHtml + 'static,
{
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = V::MIN_LENGTH;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn to_html_with_buf(self, html: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        let written = self.owner.with(|| (self.write)().into_string());
        #[cfg(debug_assertions)]
        assert_eq!(written, self.owner.with(|| (self.build)().to_html()), "twins differ");
        html.push_str(&written);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.owner.with(|| (self.build)().hydrate::<FROM_SERVER>(cursor, position))
    }

    async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        let view = self.owner.with(self.build);
        view.hydrate_async(cursor, position).await
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}
