//! Keeping views. Everybody of staff has their own and the shared ones; of others' own there is no trace.

use super::{
    counts::Counts,
    queries::{self, Owner},
};
use crate::{
    caller::Caller,
    clock::Timestamp,
    db::{Connection, Tx},
    error::Error,
};
use contract::{
    id::ViewId,
    view::{NewView, Preset, PresetCount, Sharing, VIEWS_MAX, View, ViewEdit, ViewFilter, Views, folded, may_change},
};

/// *Views*: the presets of the caller's role, their own views, then the shared ones, each with its count.
///
/// # Errors
/// When the database fails.
pub fn list(db: &Connection, caller: &Caller, now: Timestamp) -> Result<Views, Error> {
    let mut counts = Counts::new(db, now);
    let mut presets = Vec::new();
    for preset in Preset::of(caller.role()) {
        let count = counts.of(caller, &ViewFilter::all_of(*preset))?;
        presets.extend(count.map(|count| PresetCount { preset: *preset, count }));
    }
    let mut saved = queries::of(db, Owner::Person(caller.id()))?;
    saved.extend(queries::of(db, Owner::AllStaff)?);
    for view in &mut saved {
        view.count = counts.of(caller, &view.filter)?;
    }
    Ok(Views { presets, saved })
}

/// *Save View*.
///
/// # Errors
/// The fields at fault, among them a name that is taken and one view too many; 403 when sharing is not theirs to do.
pub fn add(tx: &Tx<'_>, caller: &Caller, new: NewView) -> Result<View, Error> {
    let NewView { name, sharing, filter, columns } = new.checked()?;
    let sharing = sharing.unwrap_or(Sharing::Private);
    let view = View { view_id: ViewId(tx.new_id()), name, sharing, filter, columns, count: None };
    let owner = room_for(tx, caller, &view, None)?;
    queries::insert(tx, &view, owner, caller.id(), tx.now())?;
    counted(tx, caller, view)
}

/// *Change View*: its name, what it lists and shows, and with whom it is shared.
///
/// # Errors
/// 404 when the caller does not have it; 403 when it is not theirs to change; as [`add`].
pub fn edit(tx: &Tx<'_>, caller: &Caller, id: ViewId, edit: ViewEdit) -> Result<View, Error> {
    let before = find_to_change(tx, caller, id)?;
    let ViewEdit { name, sharing, filter, columns } = edit.checked()?;
    let view = View {
        view_id: id,
        name: name.unwrap_or_else(|| before.name.clone()),
        sharing: sharing.unwrap_or(before.sharing),
        filter: filter.unwrap_or_else(|| before.filter.clone()),
        columns: columns.unwrap_or_else(|| before.columns.clone()),
        count: None,
    };
    let owner = room_for(tx, caller, &view, Some(before.sharing))?;
    queries::update(tx, &view, owner, tx.now())?;
    counted(tx, caller, view)
}

/// *Delete View*.
///
/// # Errors
/// 404 when the caller does not have it; 403 when it is not theirs to delete.
pub fn remove(tx: &Tx<'_>, caller: &Caller, id: ViewId) -> Result<(), Error> {
    find_to_change(tx, caller, id)?;
    Ok(queries::delete(tx, id)?)
}

fn find_to_change(tx: &Tx<'_>, caller: &Caller, id: ViewId) -> Result<View, Error> {
    let view = queries::find(tx, id, caller.id())?.ok_or_else(Error::not_found)?;
    if may_change(caller.role(), view.sharing) { Ok(view) } else { Err(Error::forbidden()) }
}

/// Whose the view will be, if they may have it under this name and beside the others. `before` says with whom a view
/// that is there already was shared.
fn room_for(tx: &Tx<'_>, caller: &Caller, view: &View, before: Option<Sharing>) -> Result<Owner, Error> {
    if !may_change(caller.role(), view.sharing) {
        return Err(Error::forbidden());
    }
    let owner = match view.sharing {
        Sharing::Private => Owner::Person(caller.id()),
        Sharing::Shared => Owner::AllStaff,
    };
    if queries::named(tx, owner, &folded(&view.name))?.is_some_and(|other| other != view.view_id) {
        return Err(Error::invalid("name", "There is a view with this name already. Choose another."));
    }
    if before != Some(view.sharing) && queries::count(tx, owner)? >= VIEWS_MAX {
        return Err(Error::invalid("name", format!("There are {VIEWS_MAX} views already. Delete one first.")));
    }
    Ok(owner)
}

fn counted(tx: &Tx<'_>, caller: &Caller, view: View) -> Result<View, Error> {
    let count = Counts::new(tx, tx.now()).of(caller, &view.filter)?;
    Ok(View { count, ..view })
}
