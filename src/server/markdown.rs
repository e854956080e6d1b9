//! Markdown to HTML that is safe to put on a page: rendered by comrak with raw HTML off, then sanitised by ammonia,
//! either of which alone would do. Links open in a new tab without a referrer; images are links, so that reading a
//! ticket never calls somebody else's server.

mod kept;

use ammonia::{Builder, clean_text};
use comrak::{
    Arena, Node, Options,
    arena_tree::NodeEdge,
    format_html,
    nodes::{AstNode, NodeValue},
    parse_document,
};
use contract::{id::PersonId, mention::SCHEME};
use kept::Kept;
use maud::html;
use std::{collections::HashSet, sync::LazyLock};

/// Renders what a person wrote.
pub fn to_html(text: &str) -> String {
    MESSAGES.html(text)
}

/// Renders a note: as [`to_html`], and whom it mentions is marked.
pub fn note_to_html(text: &str) -> String {
    NOTES.html(text)
}

static MESSAGES: LazyLock<Kept> = LazyLock::new(|| Kept::new(message));
static NOTES: LazyLock<Kept> = LazyLock::new(|| Kept::new(note));

/// How deep quotes, lists and emphasis may lie in each other. What is checked and laid out within each of those around it
/// takes the square of its depth.
const DEPTH_MAX: usize = 32;
/// How many cells a text may have. Short rows are filled up to the widest one: a few lines could become millions.
const CELLS_MAX: usize = 20_000;

fn message(text: &str) -> String {
    rendered(text, &SANITISER, |_, _| {})
}

fn note(text: &str) -> String {
    rendered(text, &NOTE_SANITISER, mark_mention)
}

fn rendered(text: &str, sanitiser: &Builder<'_>, change: impl for<'a> Fn(&'a Arena<'a>, Node<'a>)) -> String {
    let options = if has_cells_without_end(text) { &*WITHOUT_TABLES } else { &*OPTIONS };
    let arena = Arena::new();
    let root = parse_document(&arena, text, options);
    if lies_too_deep(root) {
        return plain(text);
    }
    // Collected first, for changing takes nodes out.
    for node in root.descendants().collect::<Vec<_>>() {
        change(&arena, node);
    }
    let mut html = String::new();
    // Writing to a string does not fail.
    _ = format_html(root, options, &mut html);
    sanitiser.clean(&html).to_string()
}

/// The text as it was typed.
fn plain(text: &str) -> String {
    let lines = text.lines().enumerate();
    html! { p { @for (nth, line) in lines { @if nth > 0 { br; } (line) } } }.into_string()
}

fn has_cells_without_end(text: &str) -> bool {
    let widest = text.lines().map(|line| line.matches('|').count() + 1).max().unwrap_or(1);
    widest > 1 && widest.saturating_mul(text.lines().count()) > CELLS_MAX
}

fn lies_too_deep<'a>(root: Node<'a>) -> bool {
    let mut depth = 0;
    root.traverse().any(|edge| {
        match edge {
            NodeEdge::Start(_) => depth += 1,
            NodeEdge::End(_) => depth -= 1,
        }
        depth > DEPTH_MAX
    })
}

/// Puts a marked name in the place of a link to somebody and the `@` before it.
fn mark_mention<'a>(arena: &'a Arena<'a>, link: Node<'a>) {
    let is_mention = match &link.data().value {
        NodeValue::Link(to) => to.url.strip_prefix(SCHEME).is_some_and(|id| id.parse::<PersonId>().is_ok()),
        _ => false,
    };
    let Some(before) = link.previous_sibling().filter(|_| is_mention) else { return };
    {
        let mut before = before.data_mut();
        let NodeValue::Text(text) = &mut before.value else { return };
        let Some(rest) = text.strip_suffix('@') else { return };
        *text = rest.to_owned().into();
    }
    let name: String = link
        .descendants()
        .filter_map(|node| match &node.data().value {
            NodeValue::Text(text) => Some(text.to_string()),
            _ => None,
        })
        .collect();
    let marked = NodeValue::Raw(format!("<mark>@{}</mark>", clean_text(&name)));
    link.insert_before(arena.alloc(AstNode::from(marked)));
    link.detach();
}

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(options);

static WITHOUT_TABLES: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = options();
    options.extension.table = false;
    options
});

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = false;
    // People end a line where they mean it to end.
    options.render.hardbreaks = true;
    options.render.escape = true;
    options
}

static NOTE_SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = sanitiser();
    // Nobody can write one: HTML in a text is shown as text.
    builder.add_tags(["mark"]);
    builder
});

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(sanitiser);

fn sanitiser() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .generic_attributes(HashSet::new())
        .set_tag_attribute_value("a", "target", "_blank")
        // What scrolls sideways must be reachable by keyboard.
        .set_tag_attribute_value("pre", "tabindex", "0")
        .set_tag_attribute_value("table", "tabindex", "0")
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_formatted() {
        assert_eq!(
            to_html("**Twice** `pay_1`\nagain").trim(),
            "<p><strong>Twice</strong> <code>pay_1</code><br>\nagain</p>"
        );
        assert!(to_html("```\nlet x = 1 < 2;\n```").contains("<pre tabindex=\"0\"><code>let x = 1 &lt; 2;"));
        assert!(
            to_html("see https://example.com/x")
                .contains(r#"<a href="https://example.com/x" target="_blank" rel="noopener noreferrer nofollow">"#)
        );
    }

    #[test]
    fn a_mention_is_marked_in_a_note_and_nowhere_else() {
        let sam = "@[Sam *Reed* & Co](person:0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d)";
        let marked = "<mark>@Sam Reed &amp; Co</mark>";
        assert_eq!(
            note_to_html(&format!("Ask {sam}, **please**")).trim(),
            format!("<p>Ask {marked}, <strong>please</strong></p>")
        );
        assert_eq!(note_to_html(sam).trim(), format!("<p>{marked}</p>"));
        for html in [to_html(sam), note_to_html(&format!("`{sam}`")), note_to_html("@[Sam](person:1) <mark>x</mark>")] {
            assert!(!html.contains("<mark") && !html.contains("href"), "{html}");
        }
    }

    #[test]
    fn security_exhaustion_no_text_becomes_much_more_than_it_is() {
        let table = |columns: usize, rows: usize| {
            format!("{}\n{}\n{}", "a|".repeat(columns), "-|".repeat(columns), "a\n".repeat(rows))
        };
        let hostile = [
            ">".repeat(50_000),
            "> ".repeat(25_000),
            "- ".repeat(25_000),
            "1. ".repeat(16_000),
            (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth % 160))).collect(),
            "*a _a ".repeat(8_000),
            table(4_000, 17_000),
            table(100, 24_000),
            table(12, 24_000),
        ];
        for text in hostile {
            for html in [to_html(&text), note_to_html(&text)] {
                let start: String = text.chars().take(20).collect();
                assert!(html.len() < 12 * text.len() + 1_000, "{start:?}… of {} became {}", text.len(), html.len());
            }
        }
        assert!(to_html(&table(8, 100)).contains("<table"), "a table of some hundred cells is one");
        assert!(to_html(&">".repeat(20)).matches("<blockquote>").count() == 20);
        assert_eq!(
            to_html(&format!("{}\na & <b>", ">".repeat(40))),
            format!("<p>{}<br>a &amp; &lt;b&gt;</p>", "&gt;".repeat(40))
        );
    }

    #[test]
    fn nothing_that_runs_gets_through() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "![x](https://tracker.example/p.png)",
            "<svg onload=alert(1)>",
            "<a href='x' onclick='alert(1)'>x</a>",
            "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
            "<style>body{display:none}</style>",
            "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
            "`</code><script>alert(1)</script>`",
        ] {
            let named = format!("@[{hostile}](person:0190f3c2-7c1e-7d3a-9b1f-2f6f0a8b4c5d)");
            let html = format!("{}{}{}", to_html(hostile), note_to_html(hostile), note_to_html(&named)).to_lowercase();
            for forbidden in
                ["<script", "<img", "<svg", "<iframe", "<style", "<form", "href=\"javascript", "href=\"data"]
            {
                assert!(!html.contains(forbidden), "{hostile} became {html}");
            }
        }
    }
}
