//! Content that is built when it is rendered, and not before. While a `Suspense` waits, Leptos builds what stands within it
//! and walks through it for what else is awaited, up to three times for one page; a queue or a conversation awaits nothing.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        ssr::StreamBuilder,
        view::{Position, PositionState},
    },
};

/// `Settled::new(move || view! { <Rows rows /> })`: for what awaits nothing itself.
pub struct Settled<F> {
    owner: Owner,
    build: F,
}

impl<F> Settled<F> {
    /// What `build` builds, in the name of whoever asks now.
    pub fn new(build: F) -> Self {
        Self { owner: Owner::current().unwrap_or_default(), build }
    }
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
        self.owner.with(|| (self.build)().to_html_with_buf(html, position, escape, mark_branches, extra_attrs));
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        html: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.owner.with(|| {
            (self.build)().to_html_async_with_buf::<OUT_OF_ORDER>(html, position, escape, mark_branches, extra_attrs);
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
