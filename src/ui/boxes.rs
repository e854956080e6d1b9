//! Boxes to tick, in a form that narrows a list. They stand as the address says, also after going back.

use leptos::prelude::*;

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
    let boxes = options.into_iter().map(|(value, label)| view! { <Box label name value chosen /> });
    view! {
        <fieldset>
            <legend class="text-2xs font-medium text-base-content/70">{legend}</legend>
            <div class="flex flex-wrap gap-x-4 gap-y-1">{boxes.collect_view()}</div>
        </fieldset>
    }
}

/// One of them.
#[component]
pub fn Box(
    #[prop(into)] label: String,
    name: &'static str,
    #[prop(into)] value: String,
    chosen: Signal<Vec<String>>,
) -> impl IntoView {
    let this = value.clone();
    let checked = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&this)));
    view! {
        <label class="flex min-h-6 items-center gap-1.5">
            <input class="checkbox checkbox-xs" type="checkbox" name=name value=value checked=checked.get_untracked() prop:checked=move || checked.get() />
            {label}
        </label>
    }
}
