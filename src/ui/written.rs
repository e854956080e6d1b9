//! Views that are written as text. What has neither state nor listeners of its own need not be built element by element:
//! its HTML is one string, made by `maud`, which escapes whatever people typed. On the server that is all there is to do;
//! the browser takes the element as it came, or has its own parser build it. `docs/decisions/0019-written-views.md`.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        view::{Position, PositionState},
    },
};
use maud::{Markup, PreEscaped};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement};

/// What Leptos puts behind the children of an element, and looks for when the page comes to life. What is written in place of a
/// view has it too.
pub const END: PreEscaped<&str> = PreEscaped("<!>");

/// One element, written as text. It takes no attributes from outside.
pub struct Written(String);

/// Shows this markup, which is one element.
pub fn written(markup: Markup) -> Written {
    Written(markup.into_string())
}

thread_local! {
    /// The browser's parser, for one element at a time.
    static PARSER: HtmlTemplateElement = template();
}

fn template() -> HtmlTemplateElement {
    document().create_element("template").expect("every document makes templates").unchecked_into()
}

impl Written {
    fn element(&self) -> Element {
        PARSER.with(|parser| {
            parser.set_inner_html(&self.0);
            parser.content().first_element_child().expect("markup that is shown is an element")
        })
    }
}

impl Render for Written {
    type State = WrittenState;

    fn build(self) -> Self::State {
        WrittenState { element: self.element(), html: self.0 }
    }

    fn rebuild(self, state: &mut Self::State) {
        if self.0 != state.html {
            let mut new = self.build();
            state.element.insert_before_this(&mut new.element);
            state.element.unmount();
            *state = new;
        }
    }
}

impl AddAnyAttr for Written {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self::Output<NewAttr> {
        self
    }
}

impl RenderHtml for Written {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn html_len(&self) -> usize {
        self.0.len()
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, html: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        html.push_str(&self.0);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        let element = cursor.current().unchecked_into();
        position.set(Position::NextChild);
        WrittenState { html: self.0, element }
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}

/// The element, and what it was written from.
pub struct WrittenState {
    html: String,
    element: Element,
}

impl Mountable for WrittenState {
    fn unmount(&mut self) {
        self.element.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&web_sys::Node>) {
        self.element.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}
