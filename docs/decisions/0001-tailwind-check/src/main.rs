//! Gives single utility classes of the product to both crates called tailwind-rs and prints what is wrong with the
//! style sheet that comes out. Zero wrong classes for one of them would be the reason to open decision 0001 again.
//! Tailwind itself (of `style/node_modules`) is held to the same expectations first, which shows that they are fair.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};

/// What a right style sheet for one class must contain, spaces aside.
struct Case {
    class: &'static str,
    /// The escaped class selector, with the state it applies in.
    selector: &'static str,
    /// The condition around the rule; empty for none.
    condition: &'static [&'static str],
    /// The start of a declaration; one of them is enough (versions of Tailwind differ in how they write values).
    declaration: &'static [&'static str],
}

const fn plain(class: &'static str, selector: &'static str, declaration: &'static [&'static str]) -> Case {
    Case { class, selector, condition: &[], declaration }
}

const fn under(
    class: &'static str,
    selector: &'static str,
    condition: &'static [&'static str],
    declaration: &'static [&'static str],
) -> Case {
    Case { class, selector, condition, declaration }
}

const DARK: &[&str] = &["prefers-color-scheme:dark", ".dark"];
const WIDE: &[&str] = &["@media(width>=48rem)", "@media(min-width:768px)", "@media(min-width:48rem)"];

const CASES: &[Case] = &[
    plain("flex", ".flex", &["display:flex"]),
    plain("grid", ".grid", &["display:grid"]),
    plain("hidden", ".hidden", &["display:none"]),
    plain("p-4", ".p-4", &["padding:1rem", "padding:calc(var(--spacing)*4)"]),
    plain("px-3", ".px-3", &["padding-inline:calc(var(--spacing)*3)", "padding-left:0.75rem", "padding-left:.75rem"]),
    plain("gap-2", ".gap-2", &["gap:0.5rem", "gap:.5rem", "gap:calc(var(--spacing)*2)"]),
    plain("min-w-0", ".min-w-0", &["min-width:0", "min-width:calc(var(--spacing)*0)"]),
    plain("truncate", ".truncate", &["overflow:hidden", "text-overflow:ellipsis"]),
    plain("text-sm", ".text-sm", &["font-size:0.875rem", "font-size:.875rem", "font-size:var(--text-sm)"]),
    plain("font-medium", ".font-medium", &["font-weight:500", "font-weight:var(--font-weight-medium)"]),
    plain("tabular-nums", ".tabular-nums", &["font-variant-numeric", "--tw-numeric-spacing:tabular-nums"]),
    plain(
        "rounded-lg",
        ".rounded-lg",
        &["border-radius:0.5rem", "border-radius:.5rem", "border-radius:var(--radius-lg)"],
    ),
    plain(
        "bg-sky-600",
        ".bg-sky-600",
        &[
            "background-color:#0284c7",
            "background-color:var(--color-sky-600)",
            "background-color:rgba(2,132,199,1)",
            "background-color:oklch(",
        ],
    ),
    plain("w-1/2", r".w-1\/2", &["width:50%", "width:calc(1/2*100%)"]),
    plain("inset-0", ".inset-0", &["inset:0", "inset:calc(var(--spacing)*0)", "top:0"]),
    plain("-mt-1", ".-mt-1", &["margin-top:-0.25rem", "margin-top:-.25rem", "margin-top:calc(var(--spacing)*-1)"]),
    plain("line-clamp-2", ".line-clamp-2", &["-webkit-line-clamp:2"]),
    plain("sr-only", ".sr-only", &["position:absolute"]),
    plain("grid-cols-[18rem_1fr_20rem]", r".grid-cols-\[18rem_1fr_20rem\]", &["grid-template-columns:18rem1fr20rem"]),
    plain("max-w-[72ch]", r".max-w-\[72ch\]", &["max-width:72ch"]),
    plain("bg-sky-600/10", r".bg-sky-600\/10", &["background-color:"]),
    under(
        "hover:bg-sky-600",
        r".hover\:bg-sky-600:hover",
        &[],
        &[
            "background-color:#0284c7",
            "background-color:var(--color-sky-600)",
            "background-color:rgba(2,132,199,1)",
            "background-color:oklch(",
        ],
    ),
    under("focus-visible:outline-2", r".focus-visible\:outline-2:focus-visible", &[], &["outline-width:2px"]),
    under("disabled:opacity-50", r".disabled\:opacity-50:disabled", &[], &["opacity:50%", "opacity:0.5", "opacity:.5"]),
    under("md:flex", r".md\:flex", WIDE, &["display:flex"]),
    under("dark:bg-slate-900", r".dark\:bg-slate-900", DARK, &["background-color:"]),
    under(
        "motion-reduce:transition-none",
        r".motion-reduce\:transition-none",
        &["prefers-reduced-motion:reduce"],
        &["transition-property:none", "transition:none"],
    ),
    under("group-hover:opacity-100", r".group-hover\:opacity-100", &[".group"], &["opacity:100%", "opacity:1"]),
    under(
        "md:hover:underline",
        r".md\:hover\:underline:hover",
        WIDE,
        &["text-decoration-line:underline", "text-decoration:underline"],
    ),
];

fn main() {
    std::panic::set_hook(Box::new(|_| {})); // a panic is a finding here, printed below
    report("tailwindcss itself", tailwind);
    report("tailwind-css 0.13.0", |class| {
        let mut builder = tailwind_css::TailwindBuilder::default();
        let reset = builder.bundle().map_err(|error| error.to_string())?;
        builder.trace(class, false).map_err(|error| error.to_string())?;
        let all = builder.bundle().map_err(|error| error.to_string())?;
        Ok(all.strip_prefix(&reset).unwrap_or(&all).to_owned())
    });
    report("tailwind-rs-core 0.15.4", |class| {
        let mut generator = tailwind_rs_core::CssGenerator::new();
        generator.add_class(class).map_err(|error| error.to_string())?;
        Ok(generator.generate_css())
    });
}

fn tailwind(class: &str) -> Result<String, String> {
    let input = format!(
        r#"@import "tailwindcss/theme"; @import "tailwindcss/utilities" source(none); @source inline("{class}");"#
    );
    let run = || -> std::io::Result<String> {
        let mut child = Command::new("node_modules/.bin/tailwindcss")
            .args(["--input", "-", "--optimize"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../style"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        child.stdin.take().expect("it is piped").write_all(input.as_bytes())?;
        Ok(String::from_utf8_lossy(&child.wait_with_output()?.stdout).into_owned())
    };
    run().map_err(|error| format!("{error}; `make setup` installs it"))
}

fn report(name: &str, compile: impl Fn(&str) -> Result<String, String>) {
    println!("{name}");
    let mut wrong = 0;
    for case in CASES {
        let found = match catch_unwind(AssertUnwindSafe(|| compile(case.class))) {
            Err(_) => Some("panics".to_owned()),
            Ok(Err(error)) => Some(format!("refused: {}", one_line(&error))),
            Ok(Ok(css)) => fault(case, &css),
        };
        if let Some(fault) = found {
            wrong += 1;
            println!("  {:30} {fault}", case.class);
        }
    }
    println!("  {wrong} of {} classes come out wrong\n", CASES.len());
}

/// The first thing wrong with `css` as the style sheet of this one class.
fn fault(case: &Case, css: &str) -> Option<String> {
    let dense: String = css.chars().filter(|c| !c.is_whitespace()).collect();
    let lacks = |needles: &[&str]| !needles.is_empty() && !needles.iter().any(|needle| dense.contains(needle));
    let what = if lacks(case.declaration) {
        "no right declaration"
    } else if !dense.contains(case.selector) {
        "wrong selector"
    } else if lacks(case.condition) {
        "applies always"
    } else {
        return None;
    };
    Some(format!("{what}: {}", one_line(css)))
}

fn one_line(css: &str) -> String {
    let dense = css.split_whitespace().collect::<Vec<_>>().join(" ");
    if dense.is_empty() { "(nothing)".to_owned() } else { dense.chars().take(110).collect() }
}
