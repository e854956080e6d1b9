//! Keeping what the queue shows as a view: saving it under a name, changing a saved one, renaming and deleting it.

use super::super::view::Wanted;
use crate::{
    form::{ActionForm, Form, KeyField, after_each, use_form},
    pages::shared::{fold::Fold, refusal::Refusal},
    rpc::views::{ChangeView, DeleteView, RenameView, SaveView},
    texts::desk,
    ui::{
        field::{Select, TextField},
        submit::Submit,
        toast::toast,
    },
    viewer::{remote, role},
    views::kept_views,
};
use contract::{Role, choice::Choices, text::VIEW_NAME_MAX, view::Sharing};
use leptos::prelude::*;

/// What can be done with the view that is shown. Where a gateway keeps the tickets, nothing.
#[component]
pub fn Keeping(wanted: Memo<Wanted>) -> impl IntoView {
    (!remote()).then(|| view! { <Offered wanted /> })
}

/// The forms are made here, where they stay: what each does changes which of them are offered.
#[component]
fn Offered(wanted: Memo<Wanted>) -> impl IntoView {
    let (t, tell, kept) = (desk(), toast(), kept_views());
    let (save, change) = (use_form::<SaveView>(), use_form::<ChangeView>());
    let (rename, delete) = (use_form::<RenameView>(), use_form::<DeleteView>());
    let told = move |text: &'static str| {
        move || {
            kept.refresh();
            tell(text.to_owned());
        }
    };
    after_each(save.successes(), told(t.view_saved));
    after_each(change.successes(), told(t.view_saved));
    after_each(rename.successes(), told(t.view_saved));
    after_each(delete.successes(), told(t.view_deleted));
    let changed = Memo::new(move |_| wanted.with(Wanted::is_changed));
    let on_saved = Memo::new(move |_| wanted.with(|wanted| wanted.saved.is_some()));
    let may_change = Memo::new(move |_| wanted.with(|wanted| wanted.may_change(role())));
    view! {
        <div class="view-keeping" class:hidden=move || !changed.get() && !may_change.get()>
            <Show when=move || changed.get() && may_change.get()>
                <Change wanted form=change />
            </Show>
            <Show when=move || changed.get() && on_saved.get()>
                <Save wanted form=save label=t.save_as_new />
            </Show>
            <Show when=move || changed.get() && !on_saved.get()>
                <Save wanted form=save label=t.save_view />
            </Show>
            <Show when=move || may_change.get()>
                <Edit wanted rename delete />
            </Show>
        </div>
    }
}

/// What is shown, under a name of its own.
#[component]
fn Save(wanted: Memo<Wanted>, form: Form, label: &'static str) -> impl IntoView {
    let (t, action) = (desk(), form.action);
    let query = move || wanted.with(Wanted::shown);
    view! {
        <Fold label open=form.was_refused() done=form.successes()>
            <ActionForm action attr:class="flex flex-col gap-3">
                <Refusal problem=form.error_elsewhere(&["name"]) />
                <KeyField form />
                <input type="hidden" name="query" value=query prop:value=query />
                <TextField id="view-name" name="name" label=t.view_name value=form.value("name", "") maxlength=VIEW_NAME_MAX error=form.error("name") />
                <SharedWith id="view-sharing" value=form.value("sharing", Sharing::Private.as_str()) />
                <Submit pending=action.pending() class="btn btn-primary btn-sm self-start">{t.save}</Submit>
            </ActionForm>
        </Fold>
    }
}

/// The saved view lists and shows what the queue does now.
#[component]
fn Change(wanted: Memo<Wanted>, form: Form) -> impl IntoView {
    let (action, problem) = (form.action, form.problem);
    let query = move || wanted.with(Wanted::shown);
    view! {
        <ActionForm action>
            <ViewField wanted />
            <input type="hidden" name="query" value=query prop:value=query />
            <Submit pending=action.pending() class="btn btn-ghost btn-sm">{desk().save_changes}</Submit>
        </ActionForm>
        <Refusal problem />
    }
}

/// Another name, other readers, or none at all. Built anew for each view, so that it begins with what that is called.
#[component]
fn Edit(wanted: Memo<Wanted>, rename: Form, delete: Form) -> impl IntoView {
    let t = desk();
    let known = Memo::new(move |_| {
        wanted.with(|wanted| wanted.saved.as_ref().map(|saved| (saved.id, saved.name.clone(), saved.sharing)))
    });
    move || {
        let (_, name, sharing) = known.get()?;
        let (renaming, deleting) = (rename.action, delete.action);
        Some(view! {
            <Fold label=t.edit_view open=rename.was_refused() done=rename.successes() keeps=true>
                <ActionForm action=renaming attr:class="flex flex-col gap-3">
                    <Refusal problem=rename.error_elsewhere(&["name"]) />
                    <ViewField wanted />
                    <TextField id="view-rename" name="name" label=t.view_name value=rename.value("name", &name) maxlength=VIEW_NAME_MAX error=rename.error("name") />
                    <SharedWith id="view-share" value=rename.value("sharing", sharing.as_str()) />
                    <Submit pending=renaming.pending() class="btn btn-primary btn-sm self-start">{t.save}</Submit>
                </ActionForm>
                <ActionForm action=deleting attr:class="mt-3 border-t border-base-300 pt-3">
                    <Refusal problem=delete.problem />
                    <ViewField wanted />
                    <Submit pending=deleting.pending() class="btn btn-ghost btn-sm text-error">{t.delete_view}</Submit>
                </ActionForm>
            </Fold>
        })
    }
}

/// The saved view that a form is about.
#[component]
fn ViewField(wanted: Memo<Wanted>) -> impl IntoView {
    let id = move || wanted.with(|wanted| wanted.saved.as_ref().map(|saved| saved.id.to_string()).unwrap_or_default());
    view! { <input type="hidden" name="view_id" value=id prop:value=id /> }
}

/// Who has the view: for admins to choose.
#[component]
fn SharedWith(id: &'static str, value: String) -> impl IntoView {
    let options = Sharing::choices().into_iter().map(|choice| (choice.value, choice.label)).collect();
    (role() == Role::Admin).then(|| view! { <Select id name="sharing" label=desk().shared_with options value /> })
}
