//! Boxes to tick, in a form that narrows a list. They stand as the address says, also after going back.

use super::{settled::Settled, written::END};
use leptos::prelude::*;
use maud::{Markup, html};

/// Several of one kind. `options` are (value, label).
/// `<Boxes legend="Status" name="status" options=… chosen=… />`
#[component]
pub fn Boxes(
    legend: &'static str,
    name: &'static str,
    options: Vec<(String, String)>,
    /// The values that are ticked.
    chosen: Signal<Vec<String>>,
) -> impl IntoView {
    let same = options.clone();
    let write = move || {
        let chosen = chosen.get_untracked();
        html! {
            fieldset {
                legend class="text-2xs font-medium text-base-content/70" { (legend) (END) }
                div class="flex flex-wrap gap-x-4 gap-y-1" {
                    @for (value, label) in &same { (text(label, name, value, &chosen)) }
                    (END) (END)
                }
                (END) (END)
            }
        }
    };
    let build = move || {
        let boxes = options.into_iter().map(|(value, label)| view! { <Box label name value chosen /> });
        view! {
            <fieldset>
                <legend class="text-2xs font-medium text-base-content/70">{legend}</legend>
                <div class="flex flex-wrap gap-x-4 gap-y-1">{boxes.collect_view()}</div>
            </fieldset>
        }
    };
    Settled::new(build).written(write)
}

/// One of them.
#[component]
pub fn Box(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(into)] value: String,
    chosen: Signal<Vec<String>>,
) -> impl IntoView {
    let same = (label.clone(), value.clone());
    let write = move || text(&same.0, name, &same.1, &chosen.get_untracked());
    let build = move || {
        let this = value.clone();
        let checked = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&this)));
        view! {
            <label class="flex min-h-6 items-center gap-1.5">
                <input class="checkbox checkbox-xs" type="checkbox" name=name value=value checked=checked.get_untracked() prop:checked=move || checked.get() />
                {label}
            </label>
        }
    };
    Settled::new(build).written(write)
}

/// A box as it stands in a page.
fn text(label: &str, name: &str, value: &str, chosen: &[String]) -> Markup {
    html! {
        label class="flex min-h-6 items-center gap-1.5" {
            input type="checkbox" name=(name) value=(value) checked[chosen.iter().any(|one| one == value)] class="checkbox checkbox-xs";
            (label) (END) (END)
        }
    }
}
