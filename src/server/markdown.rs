//! Markdown to HTML that is safe to put on a page: rendered by comrak with raw HTML off, then sanitised by ammonia,
//! either of which alone would do. Links open in a new tab without a referrer; images are links, so that reading a
//! ticket never calls somebody else's server.

use ammonia::Builder;
use comrak::{Options, markdown_to_html};
use std::{collections::HashSet, sync::LazyLock};

/// Renders what a person wrote.
pub fn to_html(text: &str) -> String {
    SANITISER.clean(&markdown_to_html(text, &OPTIONS)).to_string()
}

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = false;
    // People end a line where they mean it to end.
    options.render.hardbreaks = true;
    options.render.escape = true;
    options
});

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
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
});

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
            let html = to_html(hostile).to_lowercase();
            for forbidden in
                ["<script", "<img", "<svg", "<iframe", "<style", "<form", "href=\"javascript", "href=\"data"]
            {
                assert!(!html.contains(forbidden), "{hostile} became {html}");
            }
        }
    }
}
