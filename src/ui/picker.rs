//! Choosing one of many by typing: a dialog over the page, with a list in groups and the whole of what is marked beside
//! it. Arrows mark, Enter chooses, Escape leaves everything as it was.
//!
//! It is a popover: a modal dialog makes the page behind it inert, for which a browser styles every element of it anew,
//! and that took longer than all the rest. What is behind is covered, and whoever goes there by Tab leaves the dialog.

use super::keyboard::is_composing;
use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, Node};

/// Things under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    pub items: Vec<Item>,
    /// Whether its items were found by the words already, wherever those stand.
    pub found: bool,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: String,
    pub text: String,
    /// Stands at the end of the line: a key, a number.
    pub hint: String,
}

/// What the component says.
#[derive(Clone, Copy)]
pub struct PickerTexts {
    pub title: &'static str,
    pub search: &'static str,
    pub close: &'static str,
    pub loading: &'static str,
    pub whole: &'static str,
    pub none_match: &'static str,
    pub none_yet: &'static str,
    pub keys: &'static str,
}

/// `<Picker id="reply-canned" open groups texts key="/" on_key on_choose />`. It opens and closes with `open`, and is built when
/// it first opens: a page has several, and most are never opened.
#[component]
pub fn Picker(
    id: &'static str,
    open: RwSignal<bool>,
    /// None while they are on their way.
    groups: Signal<Option<Vec<Group>>>,
    /// Why there are none.
    #[prop(optional, into)]
    failed: Signal<Option<String>>,
    texts: PickerTexts,
    /// The key that opened it: pressed once more at once, it was meant as it is.
    #[prop(default = "")]
    key: &'static str,
    #[prop(optional, into)] on_key: Option<Callback<()>>,
    /// What is typed, for whoever finds by it.
    #[prop(optional)]
    typed: Option<RwSignal<String>>,
    /// Whether the whole of what is marked stands beside the list.
    #[prop(default = true)]
    whole: bool,
    on_choose: Callback<Item>,
) -> impl IntoView {
    let asked = Memo::new(move |before: Option<&bool>| before == Some(&true) || open.get());
    move || {
        asked.get().then(|| {
            let words = typed.unwrap_or_else(|| RwSignal::new(String::new()));
            view! { <Opened id open groups failed texts key on_key words whole on_choose /> }
        })
    }
}

/// The dialog.
#[component]
fn Opened(
    id: &'static str,
    open: RwSignal<bool>,
    groups: Signal<Option<Vec<Group>>>,
    failed: Signal<Option<String>>,
    texts: PickerTexts,
    key: &'static str,
    on_key: Option<Callback<()>>,
    words: RwSignal<String>,
    whole: bool,
    on_choose: Callback<Item>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let field = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    let marked = RwSignal::new(0_usize);
    // While it is closed it holds nothing.
    let shown = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        groups.with(|all| words.with(|words| matching(all.as_deref().unwrap_or(&[]), words)))
    });
    let items =
        Memo::new(move |_| shown.with(|shown| shown.iter().flat_map(|group| group.items.clone()).collect::<Vec<_>>()));
    let current = Memo::new(move |_| items.with(|items| items.get(marked.get()).cloned()));
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !is_shown(&dialog) {
            words.set(String::new());
            marked.set(0);
            _ = dialog.show_popover();
            if let Some(field) = field.get_untracked() {
                field.set_value("");
                _ = field.focus();
            }
        } else if !open.get() && is_shown(&dialog) {
            hide(&dialog);
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            hide(&dialog);
        }
    };
    let on_toggle = move |_| {
        if dialog.get_untracked().is_some_and(|dialog| !is_shown(&dialog)) {
            open.set(false);
        }
    };
    let on_focusout = move |left: FocusEvent| {
        let to = left.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        if to.is_some_and(|to| dialog.get_untracked().is_some_and(|dialog| !dialog.contains(Some(&to)))) {
            open.set(false);
        }
    };
    // Behind the last of a page Tab leads to nothing that would be named.
    let on_tab = move |pressed: &KeyboardEvent| {
        if pressed.key() == "Tab" {
            request_animation_frame(move || {
                let focused = document().active_element();
                let dialog = dialog.try_get_untracked().flatten();
                if dialog.is_some_and(|dialog| is_shown(&dialog) && !dialog.contains(focused.as_deref())) {
                    open.set(false);
                }
            });
        }
    };
    let choose = move |item: Item| {
        close();
        on_choose.run(item);
    };
    let mark = move |to: usize| {
        marked.set(to);
        request_animation_frame(move || show_marked(list));
    };
    let on_keydown = move |pressed: KeyboardEvent| {
        if is_composing(&pressed) {
            return;
        }
        let (at, count) = (marked.get_untracked(), items.with_untracked(Vec::len));
        match pressed.key().as_str() {
            "ArrowDown" if count > 0 => mark((at + 1) % count),
            "ArrowUp" if count > 0 => mark((at + count - 1) % count),
            "Enter" => {
                if let Some(item) = current.get_untracked() {
                    choose(item);
                }
            }
            "Escape" => close(),
            pressed if !key.is_empty() && pressed == key && words.with_untracked(String::is_empty) => {
                close();
                if let Some(on_key) = on_key {
                    on_key.run(());
                }
            }
            _ => return,
        }
        pressed.prevent_default();
    };
    let option = move |index: usize| format!("{id}-{index}");
    let active = move || current.with(Option::is_some).then(|| option(marked.get()));
    let nothing = move || {
        let text = match (failed.get(), groups.with(Option::is_some), words.with(String::is_empty)) {
            (Some(why), ..) => why,
            (None, false, _) => texts.loading.to_owned(),
            (None, true, true) => texts.none_yet.to_owned(),
            (None, true, false) => texts.none_match.to_owned(),
        };
        (open.get() && items.with(Vec::is_empty)).then(|| view! { <p class="p-3 text-base-content/70">{text}</p> })
    };
    let lists = move || {
        let mut index = 0;
        let groups = shown.get().into_iter().enumerate().map(|(which, group)| {
            let heading = format!("{id}-group-{which}");
            let named = heading.clone();
            let options = group.items.into_iter().map(|item| {
                let this = index;
                index += 1;
                let selected = move || if marked.get() == this { "true" } else { "false" };
                let (text, hint, chosen) = (item.text.clone(), item.hint.clone(), item);
                view! {
                    <div
                        class="picker-option"
                        role="option"
                        id=option(this)
                        aria-selected=selected
                        on:mousemove=move |_| marked.set(this)
                        on:click=move |_| choose(chosen.clone())
                    >
                        <span class="line-clamp-2 min-w-0 flex-1" dir="auto">{text}</span>
                        {(!hint.is_empty()).then(|| view! { <kbd class="key">{hint}</kbd> })}
                    </div>
                }
            });
            let options = options.collect_view();
            view! {
                <div role="group" aria-labelledby=named>
                    <p class="picker-group" id=heading dir="auto" role="presentation">{group.name}</p>
                    {options}
                </div>
            }
        });
        groups.collect_view()
    };
    view! {
        <dialog class="picker" popover="auto" aria-label=texts.title node_ref=dialog on:toggle=on_toggle on:focusout=on_focusout on:keydown=move |pressed| on_tab(&pressed) on:click=move |click| {
            // The dialog itself is clicked only outside of what it holds.
            if click.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlDialogElement>().is_some()) {
                close();
            }
        }>
            <div class="picker-box">
                <div class="flex items-center gap-2 border-b border-base-300 p-2">
                    <input
                        class="input input-sm flex-1"
                        type="text"
                        role="combobox"
                        aria-label=texts.search
                        aria-autocomplete="list"
                        aria-expanded="true"
                        aria-controls=format!("{id}-list")
                        aria-activedescendant=active
                        autocomplete="off"
                        dir="auto"
                        placeholder=texts.search
                        node_ref=field
                        on:input=move |input| {
                            words.set(event_target_value(&input));
                            marked.set(0);
                        }
                        on:keydown=on_keydown
                    />
                    <button class="btn btn-ghost btn-sm" type="button" on:click=move |_| close()>{texts.close}</button>
                </div>
                <div class="picker-panes" class:picker-lone=!whole>
                    <div class="picker-list">
                        <div role="listbox" id=format!("{id}-list") aria-label=texts.title node_ref=list>{lists}</div>
                        <div role="status">{nothing}</div>
                    </div>
                    {whole.then(|| view! {
                        <div class="picker-whole" role="region" aria-label=texts.whole tabindex="0" dir="auto">
                            {move || current.get().map(|item| item.text)}
                        </div>
                    })}
                </div>
                <p class="picker-keys">{texts.keys}</p>
            </div>
        </dialog>
    }
}

/// Hides it. Where nothing had the focus before, the field would keep it until the page is painted anew, and take the next key.
fn hide(dialog: &HtmlElement) {
    _ = dialog.hide_popover();
    let active = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
    if let Some(active) = active.filter(|active| dialog.contains(Some(active))) {
        _ = active.blur();
    }
}

fn is_shown(dialog: &Element) -> bool {
    dialog.matches(":popover-open").unwrap_or(false)
}

/// Does this each time it opens: its items are read when they are wanted. In the browser only.
pub fn when_opened(open: RwSignal<bool>, then: impl Fn() + 'static) {
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if now && before != Some(true) {
            then();
        }
        now
    });
}

/// The groups and items that hold every one of these words, in the name of the group or in the text. First come the items that
/// begin with the first word, then those of which a word does.
fn matching(groups: &[Group], words: &str) -> Vec<Group> {
    let words: Vec<_> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let fits = |group: &Group, item: &Item| {
        let text = format!("{}\n{}", group.name, item.text).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let rank = |item: &Item| {
        let (text, first) = (item.text.to_lowercase(), words.first().map_or("", String::as_str));
        let begins = text.split_whitespace().position(|word| word.starts_with(first));
        begins.map_or(2, |at| at.min(1))
    };
    let narrowed = groups.iter().map(|group| {
        let mut items: Vec<_> = group.items.iter().filter(|item| group.found || fits(group, item)).cloned().collect();
        if !group.found {
            items.sort_by_key(rank);
        }
        Group { name: group.name.clone(), items, found: group.found }
    });
    narrowed.filter(|group| !group.items.is_empty()).collect()
}

/// Brings what is marked into sight, within its list.
fn show_marked(list: NodeRef<html::Div>) {
    let Some(list) = list.get_untracked() else { return };
    let Ok(Some(marked)) = list.query_selector("[aria-selected=true]") else { return };
    let (window, row) = (Element::get_bounding_client_rect(&list), marked.get_bounding_client_rect());
    let beyond = (row.bottom() - window.bottom()).max(0.0) + (row.top() - window.top()).min(0.0);
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    list.set_scroll_top(list.scroll_top() + beyond.round() as i32);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_the_word_comes_first() {
        let item = |text: &str| Item { id: text.to_owned(), text: text.to_owned(), hint: String::new() };
        let people = ["Aylin Demir", "Karim Haddad", "Mia Adler", "Ada Lindgren"].map(item).to_vec();
        let groups = [Group { name: "Staff".into(), items: people, found: false }];
        let found = |words: &str| {
            let items = matching(&groups, words).remove(0).items;
            items.into_iter().map(|item| item.text).collect::<Vec<_>>()
        };
        assert_eq!(found("ad"), ["Ada Lindgren", "Mia Adler", "Karim Haddad"]);
        assert_eq!(found(""), ["Aylin Demir", "Karim Haddad", "Mia Adler", "Ada Lindgren"], "as they came");
    }

    #[test]
    fn every_word_must_be_found_in_the_name_or_the_text() {
        let item = |text: &str| Item { id: text.to_owned(), text: text.to_owned(), hint: String::new() };
        let groups = [
            Group {
                name: "Refund: on its way".into(),
                items: vec![item("It was sent today."), item("Ten days.")],
                found: false,
            },
            Group { name: "Card".into(), items: vec![item("Blocked today; a refund is possible.")], found: false },
        ];
        let found = |words: &str| {
            let groups = matching(&groups, words);
            groups.iter().flat_map(|group| group.items.iter().map(|item| item.text.clone())).collect::<Vec<_>>()
        };
        assert_eq!(found("").len(), 3);
        assert_eq!(found("REFUND today"), ["It was sent today.", "Blocked today; a refund is possible."]);
        assert_eq!(found("way ten"), ["Ten days."]);
        assert!(matching(&groups, "nothing").is_empty());
        let by_others = [Group { name: "Tickets".into(), items: vec![item("Hotel")], found: true }];
        assert_eq!(matching(&by_others, "nothing").len(), 1, "what was found elsewhere stays");
    }
}
