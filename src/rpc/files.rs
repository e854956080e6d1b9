//! Files: uploading and listing. Their bytes stream through plain routes, see `server::files`.

use crate::error::AppError;
use contract::{file::File, page::Page};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, MultipartData, MultipartFormData},
};

/// Uploads what the form's `file` fields hold, one after the other, as the bytes come.
#[server(endpoint = "files/upload", input = MultipartFormData)]
pub async fn upload(data: MultipartData) -> Result<Vec<File>, AppError> {
    use crate::server::{files, finsupport::finsupport};
    let form = data.into_inner().expect("the server receives, it does not send");
    Ok(files::upload_each(&finsupport()?, form).await?)
}

/// A page of the viewer's files.
#[server(endpoint = "files/mine", input = GetUrl)]
pub async fn my_files(#[server(default)] cursor: Option<String>) -> Result<Page<File>, AppError> {
    let filter = contract::file::FileFilter { cursor, ..Default::default() };
    Ok(crate::server::finsupport::finsupport()?.my_files(&filter).await?)
}
