//! Views: operations 91–94.

use crate::{Client, Result};
use contract::{
    endpoints::Operation as Op,
    id::ViewId,
    view::{NewView, View, ViewEdit, Views},
};

impl Client {
    /// 91, *Views*: all that the caller has, each with its count.
    pub async fn views(&self) -> Result<Views> {
        self.call(Op::GetViews, &[]).send().await
    }

    /// 92, *Save View*.
    pub async fn save_view(&self, new: &NewView) -> Result<View> {
        self.call(Op::PostView, &[]).json(new).await
    }

    /// 93, *Change View*.
    pub async fn edit_view(&self, id: ViewId, edit: &ViewEdit) -> Result<View> {
        self.call(Op::PutView, &[&id]).json(edit).await
    }

    /// 94, *Delete View*.
    pub async fn delete_view(&self, id: ViewId) -> Result<()> {
        self.call(Op::DeleteView, &[&id]).done().await
    }
}
