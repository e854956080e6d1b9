//! Content that is built when it is rendered, and not before. While a `Suspense` waits, Leptos builds what stands within it
//! and walks through it for what else is awaited, up to three times for one page; a queue or a conversation awaits nothing.
//!
//! What stands on a page so often that building it, only to turn it into text, shows, is written by the server and built by the
//! browser alone. The two say the same; builds with debug assertions, and so all tests of pages, hold one against the other.
//! `docs/decisions/0019-written-views.md`.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        ssr::StreamBuilder,
        view::{Position, PositionState},
    },
};
use maud::Markup;

/// `Settled::new(move || view! { <Rows rows /> })`: for what awaits nothing itself.
pub struct Settled<F> {
    owner: Owner,
    build: F,
    write: Option<Box<dyn FnOnce() -> Markup + Send>>,
}

impl<F> Settled<F> {
    /// What `build` builds, in the name of whoever asks now.
    pub fn new(build: F) -> Self {
        Self { owner: Owner::current().unwrap_or_default(), build, write: None }
    }

    /// The same, as text: one element, which the server shows instead of building it. It takes no attributes from outside.
    pub fn written(self, write: impl FnOnce() -> Markup + Send + 'static) -> Self {
        // What only the server does is not sent to browsers.
        let write = cfg!(feature = "ssr").then(|| Box::new(write) as _);
        Self { write, ..self }
    }
}

/// What the server writes, held against what the browser builds where debug assertions are on.
#[cfg_attr(not(debug_assertions), expect(unused_variables, reason = "only held against"))]
fn text<V: RenderHtml>(write: impl FnOnce() -> Markup, build: impl FnOnce() -> V) -> String {
    let written = write().into_string();
    #[cfg(debug_assertions)]
    assert_eq!(written, build().to_html(), "what is written and what is built differ");
    written
}

impl<F, V> Render for Settled<F>
where
    F: FnOnce() -> V,
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

impl<F, V> AddAnyAttr for Settled<F>
where
    F: FnOnce() -> V + Send + 'static,
    V: RenderHtml + 'static,
{
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr> {
        self
    }
}

impl<F, V> RenderHtml for Settled<F>
where
    F: FnOnce() -> V + Send + 'static,
    V: RenderHtml + 'static,
{
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn to_html_with_buf(
        self,
        html: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.owner.with(|| match self.write {
            Some(write) => {
                html.push_str(&text(write, self.build));
                *position = Position::NextChild;
            }
            None => (self.build)().to_html_with_buf(html, position, escape, mark_branches, extra_attrs),
        });
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        html: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.owner.with(|| match self.write {
            Some(write) => {
                html.push_sync(&text(write, self.build));
                *position = Position::NextChild;
            }
            None => {
                let view = (self.build)();
                view.to_html_async_with_buf::<OUT_OF_ORDER>(html, position, escape, mark_branches, extra_attrs);
            }
        });
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
