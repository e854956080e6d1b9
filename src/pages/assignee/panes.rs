//! The widths of the panes: dragged, or moved with the arrow keys, and remembered in this browser. The server knows them
//! from a cookie, so that a page comes as wide as it was left.

use crate::{http, json::shared, texts::command};
use leptos::{ev::PointerEvent, html, prelude::*};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement, KeyboardEvent};

/// The name of the cookie.
pub const COOKIE: &str = "panes";
/// How far an arrow key moves an edge, in pixels.
const STEP: i32 = 16;

/// Widths in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Widths {
    pub queue: i32,
    pub context: i32,
}

impl Default for Widths {
    fn default() -> Self {
        Self { queue: 352, context: 264 }
    }
}

impl Widths {
    /// Reads what [`Widths::written`] wrote; whatever else stands there is the usual.
    pub fn read(text: &str) -> Self {
        let widths =
            text.split_once('.').and_then(|(queue, context)| Some((queue.parse().ok()?, context.parse().ok()?)));
        widths.map_or_else(Self::default, |(queue, context)| Self { queue, context }.within())
    }

    /// As the cookie keeps them.
    pub fn written(self) -> String {
        format!("{}.{}", self.queue, self.context)
    }

    /// As custom properties of the style sheet.
    pub fn style(self) -> String {
        format!(":root{{--queue-width:{}px;--context-width:{}px}}", self.queue, self.context)
    }

    fn within(self) -> Self {
        Self { queue: Side::Queue.within(self.queue), context: Side::Context.within(self.context) }
    }
}

/// Which pane an edge belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Queue,
    Context,
}

impl Side {
    const fn least(self) -> i32 {
        match self {
            Self::Queue => 260,
            Self::Context => 220,
        }
    }

    const fn most(self) -> i32 {
        match self {
            Self::Queue => 640,
            Self::Context => 480,
        }
    }

    fn within(self, width: i32) -> i32 {
        width.clamp(self.least(), self.most())
    }
}

/// The widths, in context of the desk.
#[derive(Clone, Copy)]
struct Panes(RwSignal<Widths>);

/// Puts the widths in context. Called once, by the frame of the desk.
pub fn provide_panes() {
    let widths = shared(|| http::left_with_request::<Widths>().unwrap_or_default());
    let widths = RwSignal::new(widths);
    provide_context(Panes(widths));
    Effect::new(move |before: Option<Widths>| {
        let now = widths.get();
        if before.is_some_and(|before| before != now) {
            show(now);
        }
        now
    });
}

/// The edge of a pane, to be moved (ARIA authoring practices, window splitter).
#[component]
pub fn Edge(side: Side) -> impl IntoView {
    let t = command();
    let Panes(widths) = expect_context();
    let edge = NodeRef::<html::Div>::new();
    let dragged = StoredValue::new(None::<(i32, i32)>);
    let width = move || widths.with(|widths| of(*widths, side));
    let set = move |width: i32| {
        widths.update(|widths| match side {
            Side::Queue => widths.queue = side.within(width),
            Side::Context => widths.context = side.within(width),
        });
    };
    // The context stands at the end: its edge is on its other side.
    let sign = if side == Side::Queue { 1 } else { -1 };
    let on_down = move |down: PointerEvent| {
        down.prevent_default();
        dragged.set_value(Some((down.client_x(), width())));
        if let Some(edge) = edge.get_untracked() {
            _ = edge.set_pointer_capture(down.pointer_id());
        }
    };
    let on_move = move |moved: PointerEvent| {
        if let Some((from, width)) = dragged.get_value() {
            set(width + sign * (moved.client_x() - from));
        }
    };
    let on_up = move |_: PointerEvent| {
        if dragged.get_value().is_some() {
            dragged.set_value(None);
            remember(widths.get_untracked());
        }
    };
    let on_key = move |pressed: KeyboardEvent| {
        let to = match pressed.key().as_str() {
            "ArrowLeft" => width() - sign * STEP,
            "ArrowRight" => width() + sign * STEP,
            "Home" => side.least(),
            "End" => side.most(),
            _ => return,
        };
        pressed.prevent_default();
        set(to);
        remember(widths.get_untracked());
    };
    view! {
        <div
            class="desk-edge needs-js"
            role="separator"
            aria-orientation="vertical"
            aria-label=if side == Side::Queue { t.queue_width } else { t.context_width }
            aria-valuemin=side.least()
            aria-valuemax=side.most()
            aria-valuenow=width
            tabindex="0"
            node_ref=edge
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:keydown=on_key
        ></div>
    }
}

const fn of(widths: Widths, side: Side) -> i32 {
    match side {
        Side::Queue => widths.queue,
        Side::Context => widths.context,
    }
}

fn show(widths: Widths) {
    let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    let style = root.style();
    _ = style.set_property("--queue-width", &format!("{}px", widths.queue));
    _ = style.set_property("--context-width", &format!("{}px", widths.context));
}

fn remember(widths: Widths) {
    if let Some(document) = document().dyn_ref::<HtmlDocument>() {
        _ = document.set_cookie(&format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", widths.written()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_remembered_within_reason() {
        let chosen = Widths { queue: 400, context: 300 };
        assert_eq!(Widths::read(&chosen.written()), chosen);
        for (text, expected) in [
            ("", Widths::default()),
            ("400", Widths::default()),
            ("a.b", Widths::default()),
            ("1}body{display:none.2", Widths::default()),
            ("1.9999", Widths { queue: 260, context: 480 }),
        ] {
            assert_eq!(Widths::read(text), expected, "{text}");
        }
    }
}
